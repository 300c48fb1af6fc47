// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dispatch/patterns_dialog.hpp"

#include <QCheckBox>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QShortcut>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <span>

#include "ui/dispatch/job_dialog.hpp"
#include "ui/kit/empty_state.hpp"
#include "ui/kit/icons.hpp"
#include "ui/kit/look.hpp"
#include "ui/models/error_words.hpp"
#include "ui/models/value_words.hpp"

namespace wl::ui {
namespace {

using namespace Qt::StringLiterals;

enum Column : int { Service, Where, Figures, Days, Recurrence, Newest };
constexpr int kEpisode = Qt::UserRole;

}  // namespace

PatternsDialog::PatternsDialog(ConsoleBridge& bridge, PatternFeed& feed, QWidget* parent)
    : QDialog(parent), m_bridge(bridge), m_feed(feed), m_list(new QTreeWidget),
      m_all(new QCheckBox(tr("&Acknowledged ones too"))), m_show(new QPushButton(tr("&Show its cases"))),
      m_job(new QPushButton(tr("Make a &job…"))), m_acknowledge(new QPushButton(tr("Ac&knowledge"))),
      m_state(new QLabel) {
    setObjectName(u"patternsDialog"_s);
    setWindowTitle(tr("Early patterns"));
    m_list->setObjectName(u"patternsList"_s);
    m_list->setAccessibleName(tr("Early patterns"));
    m_list->setHeaderLabels({tr("Service"), tr("Where"), tr("Cases"), tr("Within"), tr("As rare as"),
                             tr("Newest case")});
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_list->header()->setSectionResizeMode(Where, QHeaderView::Stretch);
    m_all->setObjectName(u"patternsAll"_s);
    m_state->setObjectName(u"patternsState"_s);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_all);
    buttons->addStretch();
    const auto add = [&](QPushButton* button, const QString& name, const QString& tip) {
        button->setObjectName(name);
        button->setToolTip(tip);
        button->setAutoDefault(false);
        buttons->addWidget(button);
    };
    add(m_show, u"patternsShow"_s, tr("Enter"));
    add(m_job, u"patternsJob"_s, tr("W"));
    add(m_acknowledge, u"patternsAcknowledge"_s, tr("A"));
    auto* all = new QVBoxLayout(this);
    all->addWidget(m_list, 1);
    all->addWidget(m_state);
    all->addLayout(buttons);
    resize(grid(240), grid(120));
    connect(m_list, &QTreeWidget::currentItemChanged, this, &PatternsDialog::follow);
    connect(m_list, &QTreeWidget::itemActivated, m_show, &QPushButton::click);
    connect(m_all, &QCheckBox::toggled, this, &PatternsDialog::fill);
    connect(m_show, &QPushButton::clicked, this, [this] {
        if (const auto* pattern = current()) Q_EMIT shown(*pattern);
    });
    connect(m_job, &QPushButton::clicked, this, &PatternsDialog::makeJob);
    connect(m_acknowledge, &QPushButton::clicked, this, &PatternsDialog::acknowledge);
    connect(new QShortcut(Qt::Key_W, this), &QShortcut::activated, m_job, &QPushButton::click);
    connect(new QShortcut(Qt::Key_A, this), &QShortcut::activated, m_acknowledge, &QPushButton::click);
    connect(&feed, &PatternFeed::changed, this, &PatternsDialog::fill);
    connect(&bridge, &ConsoleBridge::catalogueChanged, this, &PatternsDialog::fill);
    fill();
    m_list->setFocus();
}

QString PatternsDialog::whereOf(const engine::Pattern& pattern) {
    if (pattern.spot.cityWide) return tr("The whole city");
    QString where;
    if (const auto rows = m_bridge.reader().rows(std::span(pattern.cases).last(pattern.cases.empty() ? 0 : 1));
        rows && !rows->empty()) {
        where = areaName(m_bridge.engine().city().get(), rows->front().area);
        if (const auto address = fromText(rows->front().address); !address.isEmpty())
            where = where.isEmpty() ? tr("near %1").arg(address) : tr("%1, near %2").arg(where, address);
    }
    if (where.isEmpty())
        where = u"%1, %2"_s.arg(pattern.spot.centre.lat(), 0, 'f', 4).arg(pattern.spot.centre.lon(), 0, 'f', 4);
    return where;
}

void PatternsDialog::fill() {
    const auto before = m_list->currentItem() ? m_list->currentItem()->data(0, kEpisode).toULongLong() : 0;
    m_list->clear();
    const auto catalogue = m_bridge.catalogue();
    const auto patterns = m_feed.patterns();
    const QLocale locale;
    int quiet = 0;
    if (patterns)
        for (const auto& pattern : patterns->list) {
            if (pattern.acknowledged) ++quiet;
            if (pattern.acknowledged && !m_all->isChecked()) continue;
            auto* item = new QTreeWidgetItem(m_list);
            const auto days = static_cast<int>((pattern.spot.to - pattern.spot.from) / std::chrono::days(1));
            item->setText(Service, fromText(catalogue->serviceName(pattern.service)));
            item->setText(Where, whereOf(pattern));
            item->setToolTip(Where, item->text(Where));
            item->setText(Figures, patternFigures(pattern));
            item->setText(Days, pattern.spot.cityWide
                                    ? tr("%n day(s)", nullptr, days)
                                    : tr("%1 m, %n day(s)", nullptr, days).arg(int(pattern.spot.radiusMetres)));
            item->setText(Recurrence, recurrenceWords(pattern.spot.recurrenceDays));
            item->setText(Newest, jobMomentText(pattern.spot.to, *catalogue));
            item->setIcon(Service, themedIcon(pattern.acknowledged ? u"checkmark" : u"flag-red"));
            item->setData(0, kEpisode, static_cast<qulonglong>(pattern.spot.episode));
            if (pattern.spot.episode == before) m_list->setCurrentItem(item);
        }
    if (!m_list->currentItem()) m_list->setCurrentItem(m_list->topLevelItem(0));
    auto* empty = m_list->findChild<EmptyState*>();
    if (!empty) empty = new EmptyState(m_list);
    if (!patterns) empty->say(tr("Looking through the past"), tr("Patterns appear here as soon as it is done."));
    else
        empty->say(tr("Nothing out of the ordinary"),
                   tr("More cases of a service in one place than usual appear here."));
    empty->setVisible(m_list->topLevelItemCount() == 0);
    m_state->setText(!patterns ? QString()
                               : tr("%1 cases looked at, the newest of %2. %n acknowledged.", nullptr, quiet)
                                     .arg(locale.toString(static_cast<qlonglong>(patterns->cases)),
                                          jobMomentText(patterns->asOf, *catalogue)));
    follow();
}

const engine::Pattern* PatternsDialog::current() const {
    const auto* item = m_list->currentItem();
    if (!item || !m_feed.patterns()) return nullptr;
    const auto episode = item->data(0, kEpisode).toULongLong();
    const auto& list = m_feed.patterns()->list;
    const auto at = std::ranges::find_if(list, [&](const engine::Pattern& p) { return p.spot.episode == episode; });
    return at == list.end() ? nullptr : &*at;
}

void PatternsDialog::follow() {
    const auto* pattern = current();
    m_show->setEnabled(pattern != nullptr);
    m_job->setEnabled(pattern != nullptr && !pattern->cases.empty());
    m_acknowledge->setEnabled(pattern != nullptr && !pattern->acknowledged);
}

void PatternsDialog::makeJob() {
    const auto* pattern = current();
    if (!pattern || pattern->cases.empty()) return;
    rules::Job job;
    job.title =
        toText(tr("%1, %2").arg(fromText(m_bridge.catalogue()->serviceName(pattern->service)), whereOf(*pattern)));
    if (const auto* service = m_bridge.catalogue()->service(pattern->service)) job.department = service->department;
    auto* dialog = new JobDialog(m_bridge, job, pattern->cases, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &JobDialog::told, this, &PatternsDialog::told);
    dialog->open();
}

void PatternsDialog::acknowledge() {
    const auto* pattern = current();
    if (!pattern) return;
    m_bridge.submit(engine::PublishCatalogue{{engine::acknowledgementOf(*pattern, m_bridge.now(), m_bridge.agent())}},
                    this, [this](const Result<engine::Receipt>& done) {
                        Q_EMIT told(
                            done ? tr("Acknowledged; it stays quiet until it grows twofold. Ctrl+Z takes it back.")
                                 : errorWords(done.error()).line());
                    });
}

}  // namespace wl::ui
