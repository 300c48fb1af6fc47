// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What one console may do: look only, work on cases of the city or of one department, or change the catalogue too.

#include <QDialog>

#include "ui/models/console_bridge.hpp"

class QComboBox;
class QLabel;
class QPushButton;

namespace wl::ui {

class ToneLabel;

class RoleDialog final : public QDialog {
    Q_OBJECT

public:
    RoleDialog(ConsoleBridge& bridge, const engine::ConsoleStatus& console, QWidget* parent = nullptr);

private:
    void explain();
    void change();

    ConsoleBridge& m_bridge;
    OriginId m_origin;
    QComboBox* m_role;
    QComboBox* m_department;
    QLabel* m_meaning;
    ToneLabel* m_problem;
    QPushButton* m_yes{};
};

}  // namespace wl::ui
