// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dispatch/dispatch_panel.hpp"

#include <QGridLayout>
#include <QHeaderView>
#include <QInputDialog>
#include <QLabel>
#include <QListWidget>
#include <QLocale>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>
#include <span>

#include "ui/dispatch/age_bar.hpp"
#include "ui/kit/icons.hpp"
#include "ui/kit/look.hpp"
#include "ui/models/error_words.hpp"
#include "ui/models/query_slots.hpp"
#include "ui/models/value_words.hpp"

namespace wl::ui {

using namespace Qt::StringLiterals;

DispatchPanel::DispatchPanel(ConsoleBridge& bridge, const QueueListModel& queues, QWidget* parent)
    : QWidget(parent), m_bridge(bridge), m_queues(queues), m_model(bridge), m_ages(new AgeBar), m_view(new QTreeView),
      m_balance(new QLabel), m_suggestions(new QListWidget) {
    setObjectName(u"dispatchPanel"_s);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(grid(2), grid(2), grid(2), grid(2));
    all->setSpacing(grid(2));

    auto* signs = new QGridLayout;
    signs->setSpacing(grid(1));
    int nth = 0;
    for (const auto* id : {u"unassigned", u"at_risk", u"breached", u"offered", u"escalated", u"stalled"}) {
        const auto queue = QString::fromUtf16(id);
        auto* sign = new QToolButton;
        sign->setObjectName(u"dispatch_"_s + queue);
        sign->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        sign->setAutoRaise(true);
        sign->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        sign->setFocusPolicy(Qt::TabFocus);
        connect(sign, &QToolButton::clicked, this, [this, queue] { Q_EMIT queueWanted(queue); });
        signs->addWidget(sign, nth / 2, nth % 2);
        m_signs.emplace_back(queue, sign);
        ++nth;
    }
    all->addLayout(signs);
    all->addWidget(m_ages);

    m_view->setObjectName(u"workloadView"_s);
    m_view->setAccessibleName(tr("Workload by department and crew"));
    m_view->setModel(&m_model);
    m_view->setRootIsDecorated(false);
    m_view->setUniformRowHeights(true);
    m_view->setAllColumnsShowFocus(true);
    m_view->setAcceptDrops(true);
    m_view->setDropIndicatorShown(true);
    m_view->setDragDropMode(QAbstractItemView::DropOnly);
    m_view->header()->setStretchLastSection(false);
    m_view->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_view->header()->setSectionResizeMode(WorkloadModel::Name, QHeaderView::Stretch);
    all->addWidget(m_view, 1);

    m_balance->setText(tr("Could be balanced"));
    m_balance->setFont(strongFont(font()));
    m_suggestions->setObjectName(u"balanceSuggestions"_s);
    m_suggestions->setAccessibleName(tr("What could be moved from one crew to another"));
    m_suggestions->setToolTip(tr("Enter moves the cases; Ctrl+Z takes it back"));
    m_suggestions->setWordWrap(true);
    m_suggestions->setMaximumHeight(8 * fontMetrics().lineSpacing());
    m_balance->setBuddy(m_suggestions);
    all->addWidget(m_balance);
    all->addWidget(m_suggestions);

    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& at) {
        if (const auto* row = m_model.at(at.row())) Q_EMIT filterWanted(row->filter);
    });
    connect(&m_model, &WorkloadModel::counted, this, &DispatchPanel::refresh);
    connect(&m_queues, &QueueListModel::counted, this, &DispatchPanel::refresh);
    connect(&m_model, &WorkloadModel::dropped, this, [this](int row, const QList<qint64>& keys) {
        std::vector<CaseKey> cases;
        for (const auto key : keys) cases.push_back({key});
        if (const auto* to = m_model.at(row)) give(cases, to->department, to->crew);
    });
    connect(m_suggestions, &QListWidget::itemActivated, this, [this](const QListWidgetItem* item) {
        const auto at = static_cast<std::size_t>(m_suggestions->row(item));
        if (at < m_model.suggestions().size()) follow(m_model.suggestions()[at]);
    });
    refresh();
}

void DispatchPanel::showEvent(QShowEvent* event) {
    m_model.setWatched(true);
    QWidget::showEvent(event);
}
void DispatchPanel::hideEvent(QHideEvent* event) {
    m_model.setWatched(false);
    QWidget::hideEvent(event);
}

void DispatchPanel::refresh() {
    const QLocale locale;
    for (const auto& [id, sign] : m_signs) {
        const auto* queue = m_queues.entry(id);
        if (!queue) continue;
        sign->setIcon(themedIcon(queue->icon));
        sign->setText(u"%1  %2"_s.arg(queue->name, locale.toString(static_cast<qlonglong>(queue->tally.total))));
        sign->setToolTip(tr("Show the queue: %1").arg(queue->name));
    }
    m_ages->show(m_model.ages());
    const auto catalogue = m_bridge.catalogue();
    const auto row = m_suggestions->currentRow();
    m_suggestions->clear();
    for (const auto& s : m_model.suggestions())
        m_suggestions->addItem(tr("Move %Ln case(s) from %1 to %2: %3 against %4 days of work", nullptr, s.cases)
                                   .arg(fromText(catalogue->crewName(s.from)), fromText(catalogue->crewName(s.to)),
                                        locale.toString(s.fromDays, 'f', 1), locale.toString(s.toDays, 'f', 1)));
    m_suggestions->setCurrentRow(std::min(row, m_suggestions->count() - 1));
    m_suggestions->setVisible(m_suggestions->count() > 0);
    m_balance->setText(m_suggestions->count() > 0 ? tr("Could be balanced (Enter moves)")
                       : m_model.isCounted()      ? tr("The crews' work is balanced")
                                                  : tr("Counting…"));
}

void DispatchPanel::give(const std::vector<CaseKey>& cases, const std::string& department, const std::string& crew) {
    const auto rows = m_bridge.reader().rows(cases);
    if (!rows) return Q_EMIT told(errorWords(rows.error()).line());
    const bool leaves = std::ranges::any_of(*rows, [&](const auto& row) { return row.department != department; });
    std::string reason;
    if (leaves) {
        bool ok = false;
        const auto why = QInputDialog::getText(this, tr("Hand off"),
                                               tr("Why does it belong to %1? They have to accept.")
                                                   .arg(fromText(m_bridge.catalogue()->departmentName(department))),
                                               QLineEdit::Normal, {}, &ok);
        if (!ok) return;
        reason = why.trimmed().toStdString();
    }
    engine::CommandBatch batch;
    int skipped = 0;
    for (const auto& row : *rows) {
        if (row.status == Status::Closed || (row.department == department && row.crew == crew)) {
            ++skipped;
        } else if (row.department != department) {
            batch.commands.emplace_back(engine::OfferHandOff{{row.key, {}}, department, crew, reason});
        } else {
            engine::EditCase edit;
            edit.target.key = row.key;
            edit.fields.set(CaseField::Crew, crew.empty() ? Value{} : Value(crew));
            batch.commands.emplace_back(std::move(edit));
        }
    }
    submit(std::move(batch), skipped);
}

void DispatchPanel::follow(const rules::BalanceSuggestion& s) {
    const auto* from = m_bridge.catalogue()->crew(s.from);
    if (!from) return;
    engine::CaseQuery query;
    query.filter.open = true;
    query.filter.departments = {from->department};
    query.filter.crews = {s.from};
    query.filter.owners = {std::string()};
    query.filter.services = s.services;
    query.filter.areas = s.areas;
    m_bridge.query(std::move(query), DispatchSlot, this,
                   [this, s, department = from->department](const Result<engine::CaseListingPtr>& listing) {
                       if (!listing) return Q_EMIT told(errorWords(listing.error()).line());
                       auto keys = (*listing)->keys;
                       if (keys.size() > static_cast<std::size_t>(s.cases))
                           keys.resize(static_cast<std::size_t>(s.cases));
                       give(keys, department, s.to);
                   });
}

void DispatchPanel::submit(engine::CommandBatch batch, int skipped) {
    const auto count = static_cast<int>(batch.commands.size());
    const auto left = skipped > 0 ? u' ' + tr("%Ln case(s) left as they were.", nullptr, skipped) : QString();
    if (count == 0) return Q_EMIT told(tr("Nothing to change.") + left);
    m_bridge.submit(std::move(batch), this, [this, count, left](const Result<engine::Receipt>& done) {
        if (!done) return Q_EMIT told(errorWords(done.error()).line());
        Q_EMIT told(tr("%Ln case(s) given away.", nullptr, count) + left);
    });
}

}  // namespace wl::ui
