// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The list of a queue's cases. Sorting is asked of the engine by a click on a header; J, K and the arrows walk,
// Enter opens, letters do what the case menu says. GUI thread.

#include <QTableView>
#include <QTimer>

#include <optional>
#include <vector>

#include "ui/kit/theme.hpp"
#include "ui/models/case_table_model.hpp"

namespace wl::ui {

class EmptyState;
struct CaseColumnSpec;

class CaseTable final : public QTableView {
    Q_OBJECT

public:
    CaseTable(CaseTableModel& model, ConsoleBridge& bridge, const Theme& theme, QWidget* parent = nullptr);

    [[nodiscard]] CaseKey currentCase() const;
    /// Makes the case's row current and scrolls to it; false if the list does not have it.
    bool choose(CaseKey key);
    [[nodiscard]] std::vector<CaseKey> selectedCases() const;
    /// Selects those of the cases that are listed, `beside` what is selected; the first becomes current. False, and
    /// nothing is changed, when they lie in more pieces than a list can mark quickly.
    bool select(const std::vector<CaseKey>& cases, bool beside);
    /// Tab-separated with a line of headers, as spreadsheets take it; at most `kCopyLimit` rows.
    [[nodiscard]] QString selectedAsText() const;
    [[nodiscard]] QString selectedNumbers() const;
    static constexpr int kCopyLimit = 10'000;

    /// Actions whose single-letter shortcuts also work here.
    /// `several`: those that take their place while more than one row is selected.
    void setLetterActions(const QList<QAction*>& actions, const QList<QAction*>& several) {
        m_letters = actions;
        m_lettersForSeveral = several;
    }
    [[nodiscard]] EmptyState& emptyState() { return *m_empty; }
    /// For the View menu and the header: one checkable action a column.
    [[nodiscard]] QList<QAction*> columnActions() const { return m_columnActions; }
    void showOrder(engine::CaseOrder order);
    void resetColumns();

Q_SIGNALS:
    /// The row the user stands on, a moment after it came to rest.
    void settled(wl::CaseKey key);
    void opened(wl::CaseKey key);
    void hovered(wl::CaseKey key);  ///< null when the pointer leaves
    void menuRequested(const QPoint& global);
    void selectionCountChanged(int rows);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void selectionChanged(const QItemSelection& selected, const QItemSelection& deselected) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

public:
    void keyboardSearch(const QString&) override {}  // letters are commands here

private:
    void buildHeader();
    /// The title's column takes the room that the others leave.
    void fitTitle();
    [[nodiscard]] int widthOf(const CaseColumnSpec& column) const;
    void sortBy(int column);
    void walk(int step);
    bool triggerLetter(const QList<QAction*>& actions, const QKeySequence& pressed);
    void keepPlace();
    void restorePlace();
    /// The rows of these cases, as few runs as there are; nothing when they are too many runs.
    [[nodiscard]] std::optional<QItemSelection> rowsOf(const std::vector<CaseKey>& cases) const;
    void tick();
    void updateEmpty();

    CaseTableModel& m_cases;
    ConsoleBridge& m_bridge;
    const Theme& m_theme;
    EmptyState* m_empty;
    QTimer m_rest;  ///< runs while the user walks through rows
    QTimer m_tick;  ///< until the first visible clock reads differently
    QList<QAction*> m_letters, m_lettersForSeveral;
    int m_selected{};
    bool m_keptAll{};
    QList<QAction*> m_columnActions;
    std::vector<CaseKey> m_keptSelection;
    CaseKey m_keptCurrent;
    CaseKey m_settled;
};

}  // namespace wl::ui
