// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dispatch/jobs_dialog.hpp"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QShortcut>
#include <QTreeWidget>
#include <QVBoxLayout>

#include "engine/jobs.hpp"
#include "ui/dispatch/job_dialog.hpp"
#include "ui/kit/empty_state.hpp"
#include "ui/kit/look.hpp"
#include "ui/kit/tone_label.hpp"
#include "ui/models/error_words.hpp"
#include "ui/models/value_words.hpp"
#include "ui/models/vocab_words.hpp"

namespace wl::ui {
namespace {

using namespace Qt::StringLiterals;

enum Column : int { Title, State, Crew, From, To, Cases, Outcome };
constexpr int kCode = Qt::UserRole;

bool isOver(const rules::Job& job) { return job.state == "done" || job.state == "cancelled"; }

}  // namespace

JobsDialog::JobsDialog(ConsoleBridge& bridge, QWidget* parent)
    : QDialog(parent), m_bridge(bridge), m_list(new QTreeWidget), m_done(new QCheckBox(tr("&Finished ones too"))),
      m_show(new QPushButton(tr("&Show its cases"))), m_change(new QPushButton(tr("&Change…"))),
      m_finish(new QPushButton(tr("&Finish…"))) {
    setObjectName(u"jobsDialog"_s);
    setWindowTitle(tr("Jobs"));
    m_list->setObjectName(u"jobsList"_s);
    m_list->setAccessibleName(tr("Jobs"));
    m_list->setHeaderLabels({tr("Job"), tr("State"), tr("Crew"), tr("From"), tr("To"), tr("Cases"), tr("Outcome")});
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_list->header()->setSectionResizeMode(Title, QHeaderView::Stretch);
    m_list->headerItem()->setTextAlignment(Cases, Qt::AlignRight);
    m_done->setObjectName(u"jobsDone"_s);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_done);
    buttons->addStretch();
    const auto add = [&](QPushButton* button, const QString& name, const QString& tip) {
        button->setObjectName(name);
        button->setToolTip(tip);
        button->setAutoDefault(false);
        buttons->addWidget(button);
    };
    add(m_show, u"jobsShow"_s, tr("Enter"));
    add(m_change, u"jobsChange"_s, tr("F2"));
    add(m_finish, u"jobsFinish"_s, tr("F4"));
    auto* all = new QVBoxLayout(this);
    all->addWidget(m_list, 1);
    all->addLayout(buttons);
    resize(grid(230), grid(120));
    connect(m_list, &QTreeWidget::currentItemChanged, this, &JobsDialog::follow);
    connect(m_list, &QTreeWidget::itemActivated, m_show, &QPushButton::click);
    connect(m_done, &QCheckBox::toggled, this, &JobsDialog::fill);
    connect(m_show, &QPushButton::clicked, this, [this] {
        if (const auto* item = m_list->currentItem()) Q_EMIT casesWanted(item->data(Title, kCode).toString());
        accept();
    });
    connect(m_change, &QPushButton::clicked, this, &JobsDialog::change);
    connect(m_finish, &QPushButton::clicked, this, &JobsDialog::finish);
    connect(new QShortcut(Qt::Key_F2, this), &QShortcut::activated, m_change, &QPushButton::click);
    connect(new QShortcut(Qt::Key_F4, this), &QShortcut::activated, m_finish, &QPushButton::click);
    connect(&bridge, &ConsoleBridge::catalogueChanged, this, &JobsDialog::fill);
    fill();
    m_list->setFocus();
}

std::vector<CaseKey> JobsDialog::membersOf(const std::string& job) {
    const auto members = m_bridge.reader().casesOfJob(job);
    return members ? *members : std::vector<CaseKey>{};
}

void JobsDialog::fill() {
    const auto before = m_list->currentItem() ? m_list->currentItem()->data(Title, kCode).toString() : QString();
    m_list->clear();
    const auto catalogue = m_bridge.catalogue();
    for (const auto& job : catalogue->jobs()) {
        if (isOver(job) && !m_done->isChecked()) continue;
        auto* item = new QTreeWidgetItem(m_list);
        item->setText(Title, fromText(job.title));
        item->setText(State, job.state == "done"        ? tr("Done")
                             : job.state == "cancelled" ? tr("Cancelled")
                             : job.state == "under_way" ? tr("Under way")
                                                        : tr("Planned"));
        item->setText(Crew, job.crew.empty() ? QString() : fromText(catalogue->crewName(job.crew)));
        item->setText(From, jobMomentText(job.from, *catalogue));
        item->setText(To, jobMomentText(job.to, *catalogue));
        item->setText(Cases, QLocale().toString(static_cast<qlonglong>(membersOf(job.code).size())));
        item->setTextAlignment(Cases, Qt::AlignRight);
        item->setText(Outcome, job.outcome.empty() ? QString() : resolutionWord(job.outcome));
        item->setData(Title, kCode, fromText(job.code));
        if (fromText(job.code) == before) m_list->setCurrentItem(item);
    }
    if (!m_list->currentItem()) m_list->setCurrentItem(m_list->topLevelItem(0));
    auto* empty = m_list->findChild<EmptyState*>();
    if (!empty) empty = new EmptyState(m_list);
    empty->say(tr("No job is open"), tr("Select cases in the list and press W to make one of them."));
    empty->setVisible(m_list->topLevelItemCount() == 0);
    follow();
}

void JobsDialog::follow() {
    const auto catalogue = m_bridge.catalogue();
    const auto* job = current(*catalogue);
    m_show->setEnabled(job != nullptr);
    m_change->setEnabled(job != nullptr && job->state != "done");
    m_finish->setEnabled(job != nullptr && !isOver(*job));
}

const rules::Job* JobsDialog::current(const rules::Catalogue& catalogue) const {
    const auto* item = m_list->currentItem();
    return item ? catalogue.job(toText(item->data(Title, kCode).toString())) : nullptr;
}

void JobsDialog::change() {
    const auto catalogue = m_bridge.catalogue();
    const auto* job = current(*catalogue);
    if (!job) return;
    auto* dialog = new JobDialog(m_bridge, *job, membersOf(job->code), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &JobDialog::told, this, &JobsDialog::told);
    dialog->open();
}

void JobsDialog::finish() {
    const auto catalogue = m_bridge.catalogue();
    const auto* job = current(*catalogue);
    if (!job) return;
    auto* dialog = new FinishJobDialog(m_bridge, *job, membersOf(job->code).size(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &FinishJobDialog::told, this, &JobsDialog::told);
    dialog->open();
}

FinishJobDialog::FinishJobDialog(ConsoleBridge& bridge, const rules::Job& job, std::size_t cases, QWidget* parent)
    : QDialog(parent) {
    setObjectName(u"finishJobDialog"_s);
    setWindowTitle(tr("Finish the job"));
    auto* form = new QFormLayout(this);
    auto* what = new QLabel(tr("“%1”: its open cases (%Ln in all) are closed, and what you write stands in each as a "
                               "public update.",
                               nullptr, static_cast<int>(cases))
                                .arg(fromText(job.title)));
    what->setWordWrap(true);
    form->addRow(what);
    auto* outcome = new QComboBox;
    outcome->setObjectName(u"finishOutcome"_s);
    for (const auto resolution : kResolutions)
        if (resolution != "duplicate") outcome->addItem(resolutionWord(resolution), fromText(resolution));
    form->addRow(tr("&Outcome"), outcome);
    auto* note = new QPlainTextEdit;
    note->setObjectName(u"finishNote"_s);
    note->setTabChangesFocus(true);
    note->setFixedHeight(4 * fontMetrics().lineSpacing());
    form->addRow(tr("&What was done"), note);
    auto* error = new ToneLabel;
    error->setObjectName(u"finishError"_s);
    error->hide();
    form->addRow(error);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    buttons->button(QDialogButtonBox::Ok)->setText(tr("Finish"));
    form->addRow(buttons);
    setMinimumWidth(grid(110));
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    const auto go = [this, &bridge, code = job.code, outcome, note, error] {
        const auto fail = [error](const Error& why) {
            error->setText(errorWords(why).line());
            error->show();
        };
        auto batch =
            engine::finishJob(bridge.reader(), *bridge.catalogue(), code, toText(outcome->currentData().toString()),
                              toText(note->toPlainText().trimmed()));
        if (!batch) return fail(batch.error());
        bridge.submit(std::move(*batch), this, [this, fail](const Result<engine::Receipt>& done) {
            if (!done) return fail(done.error());
            Q_EMIT told(tr("The job is finished; Ctrl+Z takes it back."));
            accept();
        });
    };
    connect(buttons, &QDialogButtonBox::accepted, this, go);
    connect(new QShortcut(Qt::CTRL | Qt::Key_Return, this), &QShortcut::activated, this, go);
    note->setFocus();
}

}  // namespace wl::ui
