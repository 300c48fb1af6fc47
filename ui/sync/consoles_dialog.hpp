// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The city's consoles: who, connected since when, how far behind, whose clock is off; letting one in, shutting one out;
// how this console connects; and what happened lately.

#include <QDialog>

#include "ui/models/console_bridge.hpp"

class QCheckBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;
class QTabWidget;
class QTreeWidget;

namespace wl::ui {

class ToneLabel;

class ConsolesDialog final : public QDialog {
    Q_OBJECT

public:
    explicit ConsolesDialog(ConsoleBridge& bridge, QWidget* parent = nullptr);

    void show(const engine::SyncStatus& status);
    using QDialog::show;
    void addConsole();

private:
    QWidget* consolesPage();
    QWidget* connectionPage();
    QWidget* noticesPage();
    void follow();
    void shutOut();
    void changeRole();
    void goOn();
    void apply();
    void takeSettings(const engine::SyncSettings& settings);
    [[nodiscard]] OriginId chosen() const;

    ConsoleBridge& m_bridge;
    QLabel* m_summary;
    QTabWidget* m_tabs;
    QTreeWidget* m_list{};
    QPushButton* m_add{};
    QPushButton* m_out{};
    QPushButton* m_role{};
    QPushButton* m_goOn{};
    QLabel* m_hint{};
    QCheckBox* m_on{};
    QCheckBox* m_discover{};
    QLineEdit* m_listen{};
    QLineEdit* m_peers{};
    QLabel* m_reach{};
    ToneLabel* m_problem{};
    QListWidget* m_notices{};
    bool m_settingsTouched{};
};

}  // namespace wl::ui
