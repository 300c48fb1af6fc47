// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Before a console is shut out for good: what that means, and why it is done.

#include "ui/sync/console_dialog.hpp"

class QLineEdit;

namespace wl::ui {

class ShutOutDialog final : public ConsoleDialog {
    Q_OBJECT

public:
    ShutOutDialog(ConsoleBridge& bridge, const engine::ConsoleStatus& console, QWidget* parent = nullptr);

private:
    [[nodiscard]] Work work() const override;

    QLineEdit* m_reason;
};

}  // namespace wl::ui
