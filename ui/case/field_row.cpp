// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/case/field_row.hpp"

#include <QFocusEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/kit/choice_popup.hpp"
#include "ui/kit/look.hpp"
#include "ui/kit/tone_label.hpp"
#include "ui/models/field_labels.hpp"
#include "ui/models/value_words.hpp"

namespace wl::ui {

using namespace Qt::StringLiterals;

constexpr int kWidestWords = grid(60);

FieldRow::FieldRow(CaseField field, Kind kind, QWidget* parent)
    : QWidget(parent), m_field(field), m_kind(kind), m_note(new QWidget), m_message(new ToneLabel),
      m_top(new QHBoxLayout) {
    const auto name = u"field_"_s + fromText(spec(field).name);
    setObjectName(name);
    m_top->setContentsMargins(0, 0, 0, 0);
    m_top->setSpacing(grid(1));
    if (kind == Kind::Line) {
        m_line = new QLineEdit;
        m_top->addWidget(m_line, 1);
    } else if (kind == Kind::Text) {
        m_text = new QPlainTextEdit;
        m_text->setTabChangesFocus(true);
        m_text->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
        m_text->setVerticalScrollBarPolicy(Qt::ScrollBarAsNeeded);
        connect(m_text, &QPlainTextEdit::textChanged, this, &FieldRow::fit);
        m_top->addWidget(m_text, 1);
    } else {
        m_button = new QToolButton;
        m_button->setAutoRaise(true);
        m_button->setFocusPolicy(kind == Kind::Choice ? Qt::StrongFocus : Qt::NoFocus);
        m_button->setToolButtonStyle(Qt::ToolButtonTextOnly);
        connect(m_button, &QToolButton::clicked, this, &FieldRow::edit);
        if (kind == Kind::ReadOnly) m_button->setAttribute(Qt::WA_TransparentForMouseEvents);
        m_top->addWidget(m_button);
        m_top->addStretch(1);
    }
    editor()->setObjectName(name + u"_editor"_s);
    editor()->setAccessibleName(fieldLabel(field));
    editor()->installEventFilter(this);
    setFocusProxy(editor());

    m_message->setObjectName(name + u"_message"_s);
    m_noteLayout = new QVBoxLayout(m_note);
    m_noteLayout->setContentsMargins(0, 0, 0, grid(1));
    m_noteLayout->setSpacing(grid(1));
    m_noteLayout->addWidget(m_message);
    m_note->hide();
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addLayout(m_top);
    all->addWidget(m_note);
    fit();
}

QWidget* FieldRow::editor() const {
    if (m_line) return m_line;
    if (m_text) return m_text;
    return m_button;
}

void FieldRow::addTool(QToolButton* tool) { m_top->addWidget(tool); }

void FieldRow::show(const QString& raw, const QString& words) {
    const bool touched = isTouched();
    if (m_sent && *m_sent == raw) m_sent.reset();
    if (touched && typed() != raw) {  // what is typed stays, whatever arrives
        if (raw != m_raw) showTheirs(words, {});
        m_raw = raw;
        return;
    }
    m_raw = raw;
    if (m_line && m_line->text() != raw) m_line->setText(raw), m_line->setCursorPosition(0);
    if (m_text && m_text->toPlainText() != raw) m_text->setPlainText(raw);
    if (m_button) {
        // A code without a name may be long; it must not push the other values out of the pane.
        const auto shown = m_button->fontMetrics().elidedText(words, Qt::ElideRight, kWidestWords);
        m_button->setText(words.isEmpty() ? tr("–") : shown);
        m_button->setToolTip(shown == words ? QString() : words);
        m_button->setAccessibleDescription(words);
    }
}

bool FieldRow::isTouched() const { return (m_line || m_text) && typed() != m_raw; }
QString FieldRow::typed() const { return m_line ? m_line->text() : m_text ? m_text->toPlainText() : m_raw; }

void FieldRow::type(const QString& text) {
    if (m_line) m_line->setText(text);
    if (m_text) m_text->setPlainText(text);
}

void FieldRow::reset() {
    m_sent.reset();
    clearMessage();
    type(m_raw);
}

void FieldRow::edit() {
    if (m_kind != Kind::Choice || !m_choices) return editor()->setFocus(Qt::ShortcutFocusReason);
    auto* popup = new ChoicePopup(m_choices(), fieldLabel(m_field), this);
    connect(popup, &ChoicePopup::chosen, this, [this](const QString& code) {
        if (code != m_raw) Q_EMIT committed(code, false);
    });
    popup->openUnder(m_button, m_raw);
}

void FieldRow::commit() {
    if (!isTouched() || m_theirs || m_sent == typed()) return;
    m_sent = typed();
    Q_EMIT committed(typed(), false);
}

void FieldRow::revert() {
    m_sent.reset();
    type(m_raw);
    clearMessage();
}

bool FieldRow::eventFilter(QObject* watched, QEvent* event) {
    if (watched != editor()) return false;
    if (event->type() == QEvent::FocusOut) {
        const auto reason = static_cast<QFocusEvent*>(event)->reason();
        const bool stays = reason == Qt::PopupFocusReason || reason == Qt::ActiveWindowFocusReason;
        if (!stays) commit();
        return false;
    }
    if (event->type() != QEvent::KeyPress) return false;
    const auto* key = static_cast<QKeyEvent*>(event);
    const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    if (enter && (m_line || (m_text && key->modifiers().testFlag(Qt::ControlModifier)))) {
        commit();
        return true;
    }
    if (enter && m_kind == Kind::Choice) {
        edit();
        return true;
    }
    if (key->key() == Qt::Key_Escape && (isTouched() || !m_note->isHidden())) {
        revert();
        return true;
    }
    return false;
}

void FieldRow::fit() {
    if (!m_text) return;
    const QFontMetrics metrics(m_text->font());
    const int lines = std::clamp(static_cast<int>(m_text->document()->size().height()), 2, 8);
    m_text->setFixedHeight(lines * metrics.lineSpacing() + grid(3));
}

void FieldRow::clearButtons() {
    for (auto* button : m_buttons) {
        button->hide();
        button->deleteLater();
    }
    m_buttons.clear();
}

void FieldRow::showMessage(const QString& text, SlaState tone) {
    clearButtons();
    m_message->setText(text);
    m_message->setTone(tone);
    m_note->show();
}

QPushButton* FieldRow::addChoice(const QString& text, const QString& name) {
    auto* button = new QPushButton(text);
    button->setObjectName(objectName() + name);
    button->setAutoDefault(false);
    m_noteLayout->addWidget(button, 0, Qt::AlignLeft);
    m_buttons.push_back(button);
    return button;
}

void FieldRow::showTheirs(const QString& words, const QString& author) {
    const auto value = words.isEmpty() ? tr("(empty)") : words;
    showMessage(author.isEmpty() ? tr("Changed meanwhile to: %1").arg(value)
                                 : tr("%1 changed it meanwhile to: %2").arg(author, value),
                SlaState::AtRisk);
    m_theirs = true;
    connect(addChoice(tr("Keep mine"), u"_mine"_s), &QPushButton::clicked, this, [this] {
        const auto mine = typed();
        clearMessage();
        Q_EMIT committed(mine, true);
    });
    connect(addChoice(tr("Take theirs"), u"_theirs"_s), &QPushButton::clicked, this, &FieldRow::revert);
}

void FieldRow::showRivals(const std::vector<Rival>& rivals) {
    if (isTouched()) return;
    if (rivals.size() < 2) return clearMessage();
    showMessage(tr("Two people changed this without seeing each other. Pick the value that holds:"), SlaState::AtRisk);
    int n = 0;
    for (const auto& rival : rivals) {
        const auto text = (rival.words.isEmpty() ? tr("(empty)") : rival.words) + u" – "_s + rival.by;
        connect(addChoice(fontMetrics().elidedText(text, Qt::ElideMiddle, grid(76)), u"_rival%1"_s.arg(n++)),
                &QPushButton::clicked, this, [this, raw = rival.raw] {
                    clearMessage();
                    Q_EMIT committed(raw, true);
                });
    }
}

void FieldRow::showError(const QString& words) {
    m_theirs = false;
    showMessage(words, SlaState::Breached);
}

void FieldRow::clearMessage() {
    m_theirs = false;
    clearButtons();
    m_message->clear();
    m_note->hide();
}

QString FieldRow::message() const { return m_message->text(); }

}  // namespace wl::ui
