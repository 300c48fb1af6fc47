// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What one console may do: look only, work on cases of the city or of one department, or change the catalogue too.

#include "ui/sync/console_dialog.hpp"

class QComboBox;
class QLabel;

namespace wl::ui {

class RoleDialog final : public ConsoleDialog {
    Q_OBJECT

public:
    RoleDialog(ConsoleBridge& bridge, const engine::ConsoleStatus& console, QWidget* parent = nullptr);

private:
    void explain();
    [[nodiscard]] ConsoleRole chosen() const;
    [[nodiscard]] Work work() const override;

    QComboBox* m_role;
    QComboBox* m_department;
    QLabel* m_meaning;
};

}  // namespace wl::ui
