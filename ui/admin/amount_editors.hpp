// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A number and its unit: how long a target is, and when a step of an escalation comes.

#include "ui/admin/field_editor.hpp"

class QComboBox;
class QSpinBox;

namespace wl::ui {

/// Number and unit side by side; 0 is `none`.
class AmountEditor : public FieldEditor {
    Q_OBJECT

protected:
    AmountEditor(const FormField& field, const QStringList& units, const QString& none);
    void put(int amount, int unit);
    [[nodiscard]] int amount() const;
    [[nodiscard]] int unit() const;

private:
    QSpinBox* m_amount;
    QComboBox* m_unit;
    bool m_filling{};
};

/// {amount, unit}; minutes that are whole hours are shown as hours.
class TargetEditor final : public AmountEditor {
    Q_OBJECT

public:
    explicit TargetEditor(const FormField& field);

private:
    void show(const QJsonValue& value) override;
    [[nodiscard]] std::optional<QJsonValue> read(QString* why) const override;
};

/// Of a step: `percent` of the target's time, or `minutes` after due, negative before it.
class WhenEditor final : public AmountEditor {
    Q_OBJECT

public:
    explicit WhenEditor(const FormField& field);
    void load(const QJsonObject& document) override;
    [[nodiscard]] bool store(QJsonObject& document, QString* why) const override;

private:
    void show(const QJsonValue&) override {}
    [[nodiscard]] std::optional<QJsonValue> read(QString*) const override { return std::nullopt; }
};

}  // namespace wl::ui
