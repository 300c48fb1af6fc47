// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dispatch/job_dialog.hpp"

#include <QComboBox>
#include <QDateTime>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QKeyEvent>
#include <QTimeZone>

#include "engine/jobs.hpp"
#include "ui/kit/look.hpp"
#include "ui/kit/tone_label.hpp"
#include "ui/models/choice_match.hpp"
#include "ui/models/error_words.hpp"
#include "ui/models/time_words.hpp"
#include "ui/models/value_words.hpp"

namespace wl::ui {
namespace {

using namespace Qt::StringLiterals;

const auto kForm = u"yyyy-MM-dd HH:mm"_s;

}  // namespace

std::optional<Instant> jobMoment(const QString& typed, const rules::Catalogue& catalogue) {
    const auto text = typed.simplified();
    if (text.isEmpty()) return Instant{};
    auto at = QDateTime::fromString(text, kForm);
    if (!at.isValid()) at = QDateTime::fromString(text + u" 00:00"_s, kForm);
    if (!at.isValid()) return std::nullopt;
    at.setTimeZone(zoneOf(catalogue));
    return Instant{at.toMSecsSinceEpoch()};
}

QString jobMomentText(Instant at, const rules::Catalogue& catalogue) {
    return at ? QDateTime::fromMSecsSinceEpoch(at.ms, zoneOf(catalogue)).toString(kForm) : QString();
}

JobDialog::JobDialog(ConsoleBridge& bridge, rules::Job job, std::vector<CaseKey> cases, QWidget* parent)
    : QDialog(parent), m_bridge(bridge), m_job(std::move(job)), m_isNew(m_job.code.empty()), m_cases(std::move(cases)),
      m_title(new QLineEdit), m_from(new QLineEdit), m_to(new QLineEdit), m_materials(new QLineEdit),
      m_crew(new QComboBox), m_state(new QComboBox), m_note(new QPlainTextEdit), m_error(new ToneLabel) {
    setObjectName(u"jobDialog"_s);
    setWindowTitle(m_isNew ? tr("Group into a job") : tr("Job"));
    const auto catalogue = bridge.catalogue();
    m_title->setText(fromText(m_job.title));
    m_title->selectAll();
    m_crew->addItem(tr("(none yet)"), QString());
    for (const auto& crew : crewChoices(*catalogue, m_job.department))
        if (!crew.code.isEmpty()) m_crew->addItem(crew.name, crew.code);
    m_crew->setCurrentIndex(std::max(0, m_crew->findData(fromText(m_job.crew))));
    m_state->addItem(tr("Planned"), u"planned"_s);
    m_state->addItem(tr("Under way"), u"under_way"_s);
    m_state->addItem(tr("Cancelled"), u"cancelled"_s);
    if (m_job.state == "done") m_state->addItem(tr("Done"), u"done"_s);
    m_state->setCurrentIndex(std::max(0, m_state->findData(fromText(m_job.state))));
    m_from->setText(jobMomentText(m_job.from, *catalogue));
    m_to->setText(jobMomentText(m_job.to, *catalogue));
    for (auto* line : {m_from, m_to}) line->setPlaceholderText(tr("2026-12-01 08:00; empty: not planned yet"));
    m_materials->setText(fromText(m_job.materials));
    m_note->setPlainText(fromText(m_job.note));
    m_note->setTabChangesFocus(true);
    m_note->setFixedHeight(3 * fontMetrics().lineSpacing() + grid(3));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel);
    m_save = buttons->button(QDialogButtonBox::Save);
    auto* form = new QFormLayout(this);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    const auto row = [&](const QString& label, const QString& name, QWidget* editor) {
        editor->setObjectName(name);
        editor->setAccessibleName(QString(label).remove(u'&'));
        form->addRow(label, editor);
    };
    row(tr("&What is to be done"), u"jobTitle"_s, m_title);
    auto* members = new QLabel(tr("%Ln case(s)", nullptr, static_cast<int>(m_cases.size())));
    row(tr("Cases"), u"jobMembers"_s, members);
    row(tr("&Crew"), u"jobCrew"_s, m_crew);
    row(tr("&From"), u"jobFrom"_s, m_from);
    row(tr("&To"), u"jobTo"_s, m_to);
    row(tr("&State"), u"jobState"_s, m_state);
    form->setRowVisible(m_state, !m_isNew);
    row(tr("&Materials"), u"jobMaterials"_s, m_materials);
    row(tr("&Note"), u"jobNote"_s, m_note);
    m_error->setObjectName(u"jobError"_s);
    m_error->hide();
    form->addRow(m_error);
    form->addRow(buttons);
    setMinimumWidth(grid(120));
    connect(buttons, &QDialogButtonBox::accepted, this, &JobDialog::save);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    m_title->setFocus();
}

// Not a shortcut: those wait for the window system to call the dialog active, which some never do for a dialog of a
// dialog.
void JobDialog::keyPressEvent(QKeyEvent* event) {
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && event->modifiers().testFlag(Qt::ControlModifier)) return save();
    QDialog::keyPressEvent(event);
}

void JobDialog::fail(const Error& error) {
    m_error->setText(errorWords(error).line());
    m_error->show();
}

std::optional<Instant> JobDialog::instantOf(const QLineEdit& line, const char* field) {
    const auto at = jobMoment(line.text(), *m_bridge.catalogue());
    if (!at) fail({ErrorKind::Input, "job.moment", field, toText(line.text())});
    return at;
}

void JobDialog::save() {
    const auto from = instantOf(*m_from, "from"), to = instantOf(*m_to, "to");
    if (!from || !to) return;
    if (*from && *to && *to <= *from) return fail({ErrorKind::Input, "job.window", "to", {}});
    m_job.title = toText(m_title->text().trimmed());
    m_job.crew = toText(m_crew->currentData().toString());
    if (const auto* crew = m_bridge.catalogue()->crew(m_job.crew)) m_job.department = crew->department;
    m_job.from = *from;
    m_job.to = *to;
    m_job.state = toText(m_state->currentData().toString());
    m_job.materials = toText(m_materials->text().trimmed());
    m_job.note = toText(m_note->toPlainText().trimmed());
    auto made = batch();
    if (!made) return fail(made.error());
    m_save->setEnabled(false);
    m_bridge.submit(std::move(*made), this, [this](const Result<engine::Receipt>& done) {
        m_save->setEnabled(true);
        if (!done) return fail(done.error());
        Q_EMIT told(m_isNew ? tr("%Ln case(s) are one job now.", nullptr, static_cast<int>(m_cases.size()))
                            : tr("The job is changed."));
        accept();
    });
}

// The crew of a job is that of its cases.
Result<engine::CommandBatch> JobDialog::batch() {
    if (m_isNew) return engine::openJob(m_bridge.reader(), m_cases, m_bridge.now(), m_job);
    if (m_job.title.empty()) return wl::fail(ErrorKind::Input, "job.title_missing", "title");
    engine::CommandBatch out;
    out.commands.emplace_back(engine::PublishCatalogue{{rules::toItem(m_job)}});
    WL_TRY(const auto rows, m_bridge.reader().rows(m_cases));
    for (const auto& row : rows) {
        if (m_job.crew.empty() || row.status == Status::Closed || row.crew == m_job.crew ||
            row.department != m_job.department)
            continue;
        engine::EditCase edit;
        edit.target.key = row.key;
        edit.fields.set(CaseField::Crew, m_job.crew);
        out.commands.emplace_back(std::move(edit));
    }
    return out;
}

}  // namespace wl::ui
