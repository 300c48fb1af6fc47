// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The hours of each day of the week, a line a day: 08:30-12:00 13:00-17:00.

#include <array>

#include "ui/admin/field_editor.hpp"

class QLineEdit;

namespace wl::ui {

class WeekEditor final : public FieldEditor {
    Q_OBJECT

public:
    explicit WeekEditor(const FormField& field);

private:
    void show(const QJsonValue& value) override;
    [[nodiscard]] std::optional<QJsonValue> read(QString* why) const override;

    std::array<QLineEdit*, 7> m_days{};
};

}  // namespace wl::ui
