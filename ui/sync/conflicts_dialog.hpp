// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Fields that two people changed without seeing each other: every value with its author and time, one key to choose.

#include <QDialog>

#include "ui/models/console_bridge.hpp"

class QLabel;
class QListWidget;
class QPushButton;
class QVBoxLayout;

namespace wl::ui {

class ToneLabel;

class ConflictsDialog final : public QDialog {
    Q_OBJECT

public:
    explicit ConflictsDialog(ConsoleBridge& bridge, QWidget* parent = nullptr);

    /// Conflicts in the list.
    [[nodiscard]] int count() const { return static_cast<int>(m_conflicts.size()); }

Q_SIGNALS:
    void caseWanted(wl::CaseKey key);

private:
    struct Side {
        Value value;
        QString words, by;
    };
    struct Conflict {
        CaseKey key;
        QString number, service, label;
        CaseField field{};
        std::vector<Side> sides;  ///< the shown value first
    };
    void load();
    /// Reads the next few cases, then the event loop has its turn.
    void readNext(const engine::CaseListingPtr& listing, std::size_t at);
    void read(CaseKey key);
    void fill();
    void showCurrent();
    void choose(std::size_t side);

    ConsoleBridge& m_bridge;
    std::vector<Conflict> m_conflicts, m_reading;
    QLabel* m_title;
    QWidget* m_split;
    QListWidget* m_list;
    QWidget* m_sides;
    QVBoxLayout* m_sidesLayout;
    ToneLabel* m_problem;
    QPushButton* m_open;
    bool m_loading{}, m_again{};
};

}  // namespace wl::ui
