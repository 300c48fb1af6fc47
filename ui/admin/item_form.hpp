// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One item as a form: an editor a member, and what is wrong with it under the member it is about.

#include <QJsonObject>
#include <QScrollArea>

#include <map>

#include "domain/result.hpp"
#include "ui/admin/field_editor.hpp"

namespace wl::ui {

class RowsEditor;
class ToneLabel;

class ItemForm final : public QScrollArea {
    Q_OBJECT

public:
    explicit ItemForm(QWidget* parent = nullptr);

    void showItem(const FormKind& kind, const std::string& code, const QJsonObject& document,
                  const FormChoicesPtr& choices);
    /// Nothing to edit; says so.
    void say(const QString& words);
    /// Puts problems beside the members they are about; gives back the first that is about another item, in words.
    QString mark(const std::vector<Error>& problems);
    /// What is typed can be read.
    [[nodiscard]] bool isReadable() const { return m_unread.empty(); }
    [[nodiscard]] QJsonObject document() const { return m_document; }
    [[nodiscard]] FieldEditor* editor(const QString& member) const;
    void focusFirst();

Q_SIGNALS:
    /// The document is another now, or something typed cannot be read.
    void edited();

private:
    void take(const FieldEditor* editor);
    [[nodiscard]] QWidget* holidayButton(RowsEditor& days);

    std::string m_path;  ///< "kind/code"
    QJsonObject m_document;
    std::map<std::string, FieldEditor*> m_editors;
    std::map<std::string, ToneLabel*> m_errors;
    std::map<std::string, QString> m_unread;  ///< by member: why what is typed cannot be read
};

}  // namespace wl::ui
