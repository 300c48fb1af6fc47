// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The centre of the desk: a queue's cases, the bar that narrows them, and the question that both ask of the engine.

#include <QWidget>

#include "ui/kit/theme.hpp"
#include "ui/models/case_feed.hpp"
#include "ui/models/case_table_model.hpp"

namespace wl::ui {

class CaseTable;
class FilterBar;
struct QueueEntry;

class QueuePanel final : public QWidget {
    Q_OBJECT

public:
    QueuePanel(ConsoleBridge& bridge, const Theme& theme, QWidget* parent = nullptr);

    /// Shows a queue; the filters of the bar stay as they are.
    void showQueue(const QueueEntry& queue);
    void setOrder(engine::CaseOrder order);
    [[nodiscard]] CaseTable& table() { return *m_table; }
    [[nodiscard]] FilterBar& bar() { return *m_bar; }
    [[nodiscard]] CaseFeed& feed() { return m_feed; }
    [[nodiscard]] CaseTableModel& model() { return m_model; }
    /// Offered where the queue is empty.
    void setEmptyActions(QAction* newCase, QAction* clearFilters);

Q_SIGNALS:
    void listed();

private:
    void take(const engine::CaseListingPtr& listing);
    void explainEmptiness();

    CaseTableModel m_model;
    CaseFeed m_feed;
    FilterBar* m_bar;
    CaseTable* m_table;
    QString m_queueName;
    QAction* m_newCase{};
    QAction* m_clearFilters{};
};

}  // namespace wl::ui
