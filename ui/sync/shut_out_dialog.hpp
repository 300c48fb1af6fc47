// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Before a console is shut out for good: what that means, and why it is done.

#include <QDialog>

#include "ui/models/console_bridge.hpp"

class QLineEdit;
class QPushButton;

namespace wl::ui {

class ToneLabel;

class ShutOutDialog final : public QDialog {
    Q_OBJECT

public:
    ShutOutDialog(ConsoleBridge& bridge, const engine::ConsoleStatus& console, QWidget* parent = nullptr);

private:
    void shutOut();

    ConsoleBridge& m_bridge;
    OriginId m_origin;
    QLineEdit* m_reason;
    ToneLabel* m_problem;
    QPushButton* m_yes;
};

}  // namespace wl::ui
