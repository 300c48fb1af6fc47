// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/admin/item_form.hpp"

#include <QDate>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>

#include "ui/admin/holiday_dialog.hpp"
#include "ui/admin/rows_editor.hpp"
#include "ui/kit/look.hpp"
#include "ui/kit/tone_label.hpp"
#include "ui/models/error_words.hpp"
#include "ui/models/value_words.hpp"

namespace wl::ui {
namespace {

using namespace Qt::StringLiterals;

struct Place {
    QString member;  ///< "*" for the item as a whole
    int row{-1};
};

// "policy/pothole.resolve" → resolve, "service/pothole.attributes[2].code" → attributes, row 2; nothing if it is about
// another item.
Place placeOf(const std::string& field, const std::string& path) {
    const auto text = fromText(field), own = fromText(path);
    if (text == own) return {u"*"_s};
    if (!text.startsWith(own + u'.')) return {};
    const auto rest = text.mid(own.size() + 1);
    Place place{rest.section(u'[', 0, 0).section(u'.', 0, 0)};
    bool number = false;
    const int row = rest.section(u'[', 1).section(u']', 0, 0).toInt(&number);
    if (number) place.row = row;
    return place;
}

}  // namespace

ItemForm::ItemForm(QWidget* parent) : QScrollArea(parent) {
    setObjectName(u"catalogueForm"_s);
    setWidgetResizable(true);
    setFrameShape(NoFrame);
    setMinimumWidth(grid(130));
    setFocusPolicy(Qt::NoFocus);
}

void ItemForm::say(const QString& words) {
    m_path.clear();
    m_editors.clear();
    m_errors.clear();
    m_unread.clear();
    auto* label = new QLabel(words);
    label->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    label->setContentsMargins(grid(4), grid(8), grid(4), grid(4));
    label->setWordWrap(true);
    setWidget(label);
}

void ItemForm::showItem(const FormKind& kind, const std::string& code, const QJsonObject& document,
                        const FormChoicesPtr& choices) {
    m_path = std::string(kind.kind) + '/' + code;
    m_document = document;
    m_editors.clear();
    m_errors.clear();
    m_unread.clear();
    auto* page = new QWidget;
    auto* form = new QFormLayout(page);
    form->setContentsMargins(grid(3), grid(1), grid(3), grid(3));
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setVerticalSpacing(grid(2));
    const auto addError = [&](const std::string& member) {
        auto* error = new ToneLabel;
        error->setObjectName(u"formError_"_s + fromText(member));
        error->hide();
        form->addRow(QString(), error);
        m_errors[member] = error;
    };
    auto* title = new QLabel(fromText(code));
    makeQuiet(title);
    title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    form->addRow(tr("Code"), title);
    addError("*");
    for (const auto& field : kind.fields) {
        auto* editor = makeFieldEditor(field, choices);
        editor->load(document);
        connect(editor, &FieldEditor::edited, this, [this, editor] { take(editor); });
        if (field.kind == FormField::Kind::Flag) form->addRow(QString(), editor);
        else form->addRow(field.label, editor);
        m_editors[field.member] = editor;
        addError(field.member);
        if (auto* days = qobject_cast<RowsEditor*>(editor); days && QLatin1StringView(field.member) == "holidays"_L1)
            form->addRow(QString(), holidayButton(*days));
    }
    setWidget(page);
}

// What is taken in stands in the table, and holds when it is published.
QWidget* ItemForm::holidayButton(RowsEditor& days) {
    auto* button = new QPushButton(tr("Take in &holidays…"));
    button->setObjectName(u"takeHolidays"_s);
    button->setAutoDefault(false);
    button->setToolTip(tr("The public ones of a region, or those of an iCalendar file"));
    connect(button, &QPushButton::clicked, this, [this, &days] {
        const auto zone = m_document.value(u"time_zone").toString(u"UTC"_s);
        auto* dialog = new HolidayDialog(zone, QDate::currentDate().year(), this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &HolidayDialog::found, &days, &RowsEditor::merge);
        dialog->open();
    });
    return button;
}

FieldEditor* ItemForm::editor(const QString& member) const {
    const auto found = m_editors.find(member.toStdString());
    return found == m_editors.end() ? nullptr : found->second;
}

void ItemForm::focusFirst() {
    if (auto* first = editor(u"name"_s)) first->setFocus(Qt::TabFocusReason);
}

void ItemForm::take(const FieldEditor* editor) {
    QString why;
    if (editor->store(m_document, &why)) m_unread.erase(editor->field().member);
    else m_unread[editor->field().member] = why;
    Q_EMIT edited();
}

QString ItemForm::mark(const std::vector<Error>& problems) {
    std::map<std::string, QString> words;
    QString elsewhere;
    for (const auto& problem : problems) {
        const auto [member, row] = placeOf(problem.field, m_path);
        auto line = errorWords(problem).line();
        if (row >= 0) line = tr("Row %1: %2").arg(row + 1).arg(line);
        if (m_path.empty() || member.isEmpty()) {
            if (elsewhere.isEmpty()) elsewhere = u"%1: %2"_s.arg(fromText(problem.field), line);
        } else {
            words.emplace(m_errors.contains(member.toStdString()) ? member.toStdString() : "*", line);
        }
    }
    for (const auto& [member, why] : m_unread) words[member] = why;
    for (const auto& [member, label] : m_errors) {
        const auto found = words.find(member);
        label->setText(found == words.end() ? QString() : found->second);
        label->setVisible(found != words.end());
    }
    return elsewhere;
}

}  // namespace wl::ui
