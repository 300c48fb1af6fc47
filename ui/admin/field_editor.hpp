// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The editors of a form: one for each kind of member. An editor that nobody touched gives back the bytes it was given.

#include <QJsonObject>
#include <QWidget>

#include <memory>
#include <optional>

#include "ui/models/catalogue_form.hpp"

namespace wl::ui {

using FormChoicesPtr = std::shared_ptr<const FormChoices>;

class FieldEditor : public QWidget {
    Q_OBJECT

public:
    explicit FieldEditor(FormField field, QWidget* parent = nullptr);

    [[nodiscard]] const FormField& field() const { return m_field; }
    /// Shows the member; nothing is announced.
    virtual void load(const QJsonObject& document);
    /// Writes what is there into the document. False where it cannot be read, and why.
    [[nodiscard]] virtual bool store(QJsonObject& document, QString* why) const;

Q_SIGNALS:
    void edited();

protected:
    virtual void show(const QJsonValue& value) = 0;
    [[nodiscard]] virtual std::optional<QJsonValue> read(QString* why) const = 0;
    /// Puts the part into this editor, which takes its focus and its names.
    void place(QWidget* part);

private:
    FormField m_field;
};

/// Named form_MEMBER after its member.
[[nodiscard]] FieldEditor* makeFieldEditor(const FormField& field, const FormChoicesPtr& choices);

}  // namespace wl::ui
