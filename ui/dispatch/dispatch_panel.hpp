// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The left of the Dispatch perspective: what waits for somebody, how old what nobody owns is, who has how much, and
// what could be moved. Choosing a row narrows queue and map; cases dropped on a row go there.

#include <QWidget>

#include "ui/models/queue_list_model.hpp"
#include "ui/models/workload_model.hpp"

class QLabel;
class QListWidget;
class QToolButton;
class QTreeView;

namespace wl::ui {

class AgeBar;

class DispatchPanel final : public QWidget {
    Q_OBJECT

public:
    DispatchPanel(ConsoleBridge& bridge, const QueueListModel& queues, QWidget* parent = nullptr);

    [[nodiscard]] WorkloadModel& workload() { return m_model; }
    /// Gives cases to a crew, or offers them to another department with a reason; one undo.
    void give(const std::vector<CaseKey>& cases, const std::string& department, const std::string& crew);
    /// Moves what a suggestion says.
    void follow(const rules::BalanceSuggestion& suggestion);

Q_SIGNALS:
    void queueWanted(const QString& id);
    /// A department or crew was chosen: its open cases.
    void filterWanted(const wl::engine::CaseFilter& filter);
    void told(const QString& line);

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void refresh();
    void submit(engine::CommandBatch batch, int skipped);

    ConsoleBridge& m_bridge;
    const QueueListModel& m_queues;
    WorkloadModel m_model;
    std::vector<std::pair<QString, QToolButton*>> m_signs;
    AgeBar* m_ages;
    QTreeView* m_view;
    QLabel* m_balance;
    QListWidget* m_suggestions;
};

}  // namespace wl::ui
