// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/admin/field_editor.hpp"

#include <QCheckBox>
#include <QComboBox>
#include <QCompleter>
#include <QDate>
#include <QHBoxLayout>
#include <QJsonArray>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSpinBox>
#include <QTimeZone>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

#include "domain/time_zone.hpp"
#include "ui/admin/amount_editors.hpp"
#include "ui/admin/rows_editor.hpp"
#include "ui/admin/week_editor.hpp"
#include "ui/kit/check_popup.hpp"
#include "ui/kit/icons.hpp"
#include "ui/kit/look.hpp"
#include "ui/models/value_words.hpp"

namespace wl::ui {
namespace {

using namespace Qt::StringLiterals;
using Kind = FormField::Kind;

/// One line: text, words with commas, a day, an instant.
class LineField final : public FieldEditor {
public:
    LineField(const FormField& field, FormChoicesPtr choices)
        : FieldEditor(field), m_choices(std::move(choices)), m_line(new QLineEdit) {
        m_line->setPlaceholderText(field.hint);
        connect(m_line, &QLineEdit::textEdited, this, &FieldEditor::edited);
        place(m_line);
    }

private:
    void show(const QJsonValue& value) override {
        m_given = value;
        QStringList words;
        for (const auto one : value.toArray()) words << one.toString();
        m_line->setText(value.isArray() ? words.join(u", "_s) : value.toString());
        m_shown = m_line->text();
    }
    std::optional<QJsonValue> read(QString* why) const override {
        const auto text = m_line->text();
        if (text == m_shown) return m_given;
        if (field().kind == Kind::Words) {
            QJsonArray list;
            for (const auto& word : text.split(u',', Qt::SkipEmptyParts))
                if (!word.trimmed().isEmpty()) list.append(word.trimmed());
            return list;
        }
        const auto plain = text.trimmed();
        const bool isDay = QDate::fromString(plain, Qt::ISODate).isValid() && plain.size() == 10;
        if (plain.isEmpty() || (field().kind != Kind::Day && field().kind != Kind::Moment)) return plain;
        if (field().kind == Kind::Day && isDay) return plain;
        if (field().kind == Kind::Moment && isDay) {
            const QTimeZone zone(m_choices->zone().toLatin1());
            const auto at = QDate::fromString(plain, Qt::ISODate).startOfDay(zone.isValid() ? zone : QTimeZone::utc());
            return fromText(isoInstant({at.toMSecsSinceEpoch()}));
        }
        if (field().kind == Kind::Moment && parseIsoInstant(plain.toStdString())) return plain;
        *why = tr("Write a day like 2026-12-24.");
        return std::nullopt;
    }

    FormChoicesPtr m_choices;
    QLineEdit* m_line;
    QJsonValue m_given;
    QString m_shown;
};

/// Several lines: one text, a list of texts, or key=name pairs.
class TextField final : public FieldEditor {
public:
    explicit TextField(const FormField& field) : FieldEditor(field), m_text(new QPlainTextEdit) {
        m_text->setTabChangesFocus(true);
        m_text->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        m_text->setPlaceholderText(field.hint);
        fit();
        connect(m_text, &QPlainTextEdit::textChanged, this, [this] {
            if (!m_filling) Q_EMIT edited();
        });
        place(m_text);
    }

private:
    void show(const QJsonValue& value) override {
        m_given = value;
        QStringList lines;
        for (const auto one : value.toArray())
            lines << (one.isObject() ? one[u"key"].toString() + u'=' + one[u"name"].toString() : one.toString());
        m_filling = true;
        m_text->setPlainText(value.isArray() ? lines.join(u'\n') : value.toString());
        m_filling = false;
        m_shown = m_text->toPlainText();
        fit();
    }
    /// As high as what it holds, so that a whole message can be read.
    void fit() {
        const int lines = std::clamp(m_text->blockCount() + 1, field().kind == Kind::Text ? 3 : 4, 14);
        m_text->setFixedHeight(lines * fontMetrics().lineSpacing() + grid(3));
    }
    std::optional<QJsonValue> read(QString* why) const override {
        const auto text = m_text->toPlainText();
        if (text == m_shown) return m_given;
        if (field().kind == Kind::Text) return text.trimmed();
        QJsonArray list;
        for (const auto& line : text.split(u'\n', Qt::SkipEmptyParts)) {
            const auto plain = line.trimmed();
            if (plain.isEmpty()) continue;
            if (field().kind == Kind::Lines) {
                list.append(plain);
                continue;
            }
            const auto equals = plain.indexOf(u'=');
            if (equals < 1 || equals + 1 == plain.size()) {
                *why = tr("An answer is written like “small=Small”: %1").arg(plain);
                return std::nullopt;
            }
            list.append(QJsonObject{{u"key"_s, plain.left(equals).trimmed()},
                                    {u"name"_s, plain.mid(equals + 1).trimmed()}});
        }
        return list;
    }

    QPlainTextEdit* m_text;
    QJsonValue m_given;
    QString m_shown;
    bool m_filling{};
};

class FlagField final : public FieldEditor {
public:
    explicit FlagField(const FormField& field) : FieldEditor(field), m_box(new QCheckBox(field.label)) {
        connect(m_box, &QCheckBox::clicked, this, &FieldEditor::edited);
        place(m_box);
    }

private:
    void show(const QJsonValue& value) override { m_box->setChecked(value.toBool(field().usual.toBool())); }
    std::optional<QJsonValue> read(QString*) const override { return m_box->isChecked(); }

    QCheckBox* m_box;
};

class NumberField final : public FieldEditor {
public:
    explicit NumberField(const FormField& field) : FieldEditor(field), m_box(new QSpinBox) {
        m_box->setRange(field.hint.isEmpty() && field.usual.toInt() > 0 ? 1 : 0, field.most);
        if (!field.hint.isEmpty()) m_box->setSpecialValueText(field.hint);
        m_box->setGroupSeparatorShown(true);
        connect(m_box, &QSpinBox::valueChanged, this, [this] {
            if (!m_filling) Q_EMIT edited();
        });
        place(m_box);
    }

private:
    void show(const QJsonValue& value) override {
        m_filling = true;
        m_given = value.toInt(field().usual.toInt());
        m_box->setMinimum(std::min(m_box->minimum(), m_given));
        m_box->setValue(m_given);
        m_filling = false;
    }
    std::optional<QJsonValue> read(QString*) const override { return m_box->value(); }

    QSpinBox* m_box;
    int m_given{};
    bool m_filling{};
};

/// One of a list; typing finds it.
class ChoiceField final : public FieldEditor {
public:
    ChoiceField(const FormField& field, const FormChoicesPtr& choices) : FieldEditor(field), m_box(new QComboBox) {
        m_box->setEditable(true);
        m_box->setInsertPolicy(QComboBox::NoInsert);
        m_box->completer()->setFilterMode(Qt::MatchContains);
        m_box->completer()->setCompletionMode(QCompleter::PopupCompletion);
        m_box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        if (field.usual.isNull() || field.usual.isUndefined()) m_box->addItem(QString(), QString());
        for (const auto& one : choices->of(field.of)) m_box->addItem(one.name, one.code);
        m_box->lineEdit()->setPlaceholderText(field.hint.isEmpty() ? tr("(none)") : u"(%1)"_s.arg(field.hint));
        connect(m_box, &QComboBox::editTextChanged, this, [this] {
            if (!m_filling) Q_EMIT edited();
        });
        place(m_box);
    }

private:
    void show(const QJsonValue& value) override {
        m_filling = true;
        const auto code = value.toString(field().usual.toString());
        if (m_box->findData(code) < 0) m_box->addItem(code, code);
        m_box->setCurrentIndex(m_box->findData(code));
        m_filling = false;
    }
    std::optional<QJsonValue> read(QString* why) const override {
        const auto typed = m_box->currentText().trimmed();
        auto at = m_box->findText(typed, Qt::MatchExactly | Qt::MatchCaseSensitive);
        if (at < 0) at = m_box->findText(typed, Qt::MatchFixedString);
        if (at < 0) at = m_box->findData(typed);
        if (at >= 0) return m_box->itemData(at).toString();
        if (field().free || typed.isEmpty()) return typed;
        *why = tr("“%1” is none of the list.").arg(typed);
        return std::nullopt;
    }

    QComboBox* m_box;
    bool m_filling{};
};

/// Any of a list, ticked in a popup.
class ManyField final : public FieldEditor {
public:
    ManyField(const FormField& field, FormChoicesPtr choices)
        : FieldEditor(field), m_choices(std::move(choices)), m_button(new QToolButton) {
        m_button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        m_button->setFocusPolicy(Qt::StrongFocus);
        m_button->setIcon(themedIcon(u"go-down"));
        m_button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        connect(m_button, &QToolButton::clicked, this, &ManyField::ask);
        place(m_button);
    }

private:
    void show(const QJsonValue& value) override {
        m_codes.clear();
        for (const auto one : value.toArray()) m_codes << one.toString();
        tell();
    }
    std::optional<QJsonValue> read(QString*) const override { return QJsonArray::fromStringList(m_codes); }

    void ask() {
        auto choices = m_choices->of(field().of);
        for (const auto& code : m_codes)
            if (std::ranges::find(choices, code, &Choice::code) == choices.end())
                choices.push_back({code, code, {}, {}, {}});
        auto* popup = new CheckPopup(std::move(choices), m_codes, field().label, this);
        connect(popup, &CheckPopup::ticked, this, [this](const QStringList& codes) {
            m_codes = codes;
            tell();
            Q_EMIT edited();
        });
        popup->openUnder(m_button);
    }
    void tell() {
        QStringList names;
        for (const auto& code : m_codes) names << m_choices->nameOf(field().of, code);
        m_button->setToolTip(names.join(u'\n'));
        constexpr qsizetype kNamed = 3;
        auto words = names.first(std::min(names.size(), kNamed)).join(u", "_s);
        if (names.size() > kNamed) words = tr("%1 and %2 more").arg(words).arg(names.size() - kNamed);
        m_button->setText(words.isEmpty() ? tr("(any)") : words);
    }

    FormChoicesPtr m_choices;
    QToolButton* m_button;
    QStringList m_codes;
};

}  // namespace

FieldEditor::FieldEditor(FormField field, QWidget* parent) : QWidget(parent), m_field(std::move(field)) {
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(grid(1));
}

void FieldEditor::place(QWidget* part) {
    layout()->addWidget(part);
    if (part->objectName().isEmpty()) part->setObjectName(u"form_"_s + QString::fromLatin1(m_field.member));
    part->setAccessibleName(m_field.label);
    if (!focusProxy()) setFocusProxy(part);
}

void FieldEditor::load(const QJsonObject& document) { show(document.value(QLatin1StringView(m_field.member))); }

bool FieldEditor::store(QJsonObject& document, QString* why) const {
    const auto value = read(why);
    if (value) putMember(m_field, *value, document);
    return value.has_value();
}

FieldEditor* makeFieldEditor(const FormField& field, const FormChoicesPtr& choices) {
    switch (field.kind) {
        case Kind::Line:
        case Kind::Words:
        case Kind::Day:
        case Kind::Moment: return new LineField(field, choices);
        case Kind::Text:
        case Kind::Lines:
        case Kind::Pairs: return new TextField(field);
        case Kind::Number: return new NumberField(field);
        case Kind::Flag: return new FlagField(field);
        case Kind::Choice: return new ChoiceField(field, choices);
        case Kind::Many: return new ManyField(field, choices);
        case Kind::Target: return new TargetEditor(field);
        case Kind::When: return new WhenEditor(field);
        case Kind::Week: return new WeekEditor(field);
        case Kind::Rows: return new RowsEditor(field, choices);
    }
    return nullptr;
}

}  // namespace wl::ui
