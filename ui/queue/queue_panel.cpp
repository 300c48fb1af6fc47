// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/queue/queue_panel.hpp"

#include <QVBoxLayout>

#include "ui/kit/empty_state.hpp"
#include "ui/models/error_words.hpp"
#include "ui/models/query_slots.hpp"
#include "ui/models/queue_list_model.hpp"
#include "ui/queue/case_table.hpp"
#include "ui/queue/filter_bar.hpp"

namespace wl::ui {

using namespace Qt::StringLiterals;

QueuePanel::QueuePanel(ConsoleBridge& bridge, const Theme& theme, QWidget* parent)
    : QWidget(parent), m_model(bridge), m_feed(bridge, CaseTableSlot), m_bar(new FilterBar(bridge, this)),
      m_table(new CaseTable(m_model, bridge, theme, this)) {
    setObjectName(u"queuePanel"_s);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_bar);
    column->addWidget(m_table, 1);
    m_table->emptyState().say(tr("Reading the queue"), {});
    connect(m_bar, &FilterBar::filterChanged, &m_feed, &CaseFeed::setNarrowing);
    connect(&m_model, &CaseTableModel::orderRequested, &m_feed, &CaseFeed::setOrder);
    connect(&m_feed, &CaseFeed::listed, this, &QueuePanel::take);
    connect(&m_feed, &CaseFeed::failed, this, [this](const Error& error) {
        const auto words = errorWords(error);
        m_table->emptyState().say(words.what, words.advice);
    });
}

void QueuePanel::setEmptyActions(QAction* newCase, QAction* clearFilters) {
    m_newCase = newCase;
    m_clearFilters = clearFilters;
}

void QueuePanel::showQueue(const QueueEntry& queue) {
    m_queueName = queue.name;
    m_feed.setQueue(queue.filter);
}

void QueuePanel::setOrder(engine::CaseOrder order) {
    m_model.setOrder(order);
    m_table->showOrder(order);
    m_feed.setOrder(order);
}

void QueuePanel::take(const engine::CaseListingPtr& listing) {
    m_model.setListing(listing);
    explainEmptiness();
    Q_EMIT listed();
}

void QueuePanel::explainEmptiness() {
    if (m_model.rowCount() > 0) return;
    auto& empty = m_table->emptyState();
    QList<QAction*> actions;
    if (m_bar->isEmpty()) {
        if (m_newCase) actions << m_newCase;
        empty.say(tr("No cases in “%1”").arg(m_queueName), tr("A case that belongs here appears by itself."), actions);
    } else {
        if (m_clearFilters) actions << m_clearFilters;
        empty.say(tr("No case in “%1” matches the filters").arg(m_queueName), tr("Take a filter away to see more."),
                  actions);
    }
}

}  // namespace wl::ui
