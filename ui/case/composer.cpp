// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/case/composer.hpp"

#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QPlainTextEdit>
#include <QToolButton>

#include "ui/kit/look.hpp"
#include "ui/kit/tone_label.hpp"
#include "ui/models/vocab_words.hpp"

namespace wl::ui {
namespace {

using namespace Qt::StringLiterals;

QComboBox* combo(const QString& name, const QString& label) {
    auto* box = new QComboBox;
    box->setObjectName(name);
    box->setAccessibleName(label);
    box->setToolTip(label);
    box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    return box;
}

}  // namespace

Composer::Composer(QWidget* parent)
    : QWidget(parent), m_kind(combo(u"composerKind"_s, tr("Kind of entry"))),
      m_direction(combo(u"composerDirection"_s, tr("Direction"))),
      m_channel(combo(u"composerChannel"_s, tr("Channel"))),
      m_visibility(combo(u"composerVisibility"_s, tr("Who may read it"))), m_text(new QPlainTextEdit),
      m_error(new ToneLabel), m_send(new QToolButton), m_options(new QWidget) {
    setObjectName(u"composer"_s);
    for (const auto kind :
         {InteractionKind::Note, InteractionKind::Call, InteractionKind::Message, InteractionKind::Visit})
        m_kind->addItem(interactionWord(kind), static_cast<int>(kind));
    for (const auto direction : {Direction::In, Direction::Out})
        m_direction->addItem(directionWord(direction), static_cast<int>(direction));
    for (int c = 1; c <= kChannelCount; ++c) {
        const auto channel = static_cast<Channel>(c);
        if (channel == Channel::Import || channel == Channel::Staff || channel == Channel::Open311) continue;
        m_channel->addItem(QIcon::fromTheme(channelIconName(channel)), channelWord(channel), c);
    }
    for (const auto visibility : {Visibility::Staff, Visibility::Public})
        m_visibility->addItem(visibilityWord(visibility), static_cast<int>(visibility));
    m_text->setObjectName(u"composerText"_s);
    m_text->setTabChangesFocus(true);
    m_text->installEventFilter(this);
    m_send->setObjectName(u"composerSend"_s);
    m_send->setText(tr("Save"));
    m_send->setAccessibleName(tr("Save this entry"));
    m_send->setToolTip(tr("Save this entry (Ctrl+Enter)"));
    m_send->setIcon(QIcon::fromTheme(u"document-send"_s));
    m_send->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_send->setFocusPolicy(Qt::TabFocus);
    m_error->setObjectName(u"composerError"_s);
    m_error->hide();

    auto* options = new QHBoxLayout(m_options);
    options->setContentsMargins(0, 0, 0, 0);
    options->setSpacing(grid(1));
    for (auto* box : {m_kind, m_direction, m_channel, m_visibility}) options->addWidget(box);
    options->addStretch();
    options->addWidget(m_send);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(grid(3), grid(2), grid(3), grid(2));
    all->setSpacing(grid(1));
    all->addWidget(m_text);
    all->addWidget(m_error);
    all->addWidget(m_options);
    setTabOrder(m_text, m_kind);

    connect(m_kind, &QComboBox::currentIndexChanged, this, &Composer::follow);
    connect(m_text, &QPlainTextEdit::textChanged, this, &Composer::fit);
    connect(m_text, &QPlainTextEdit::textChanged, this, [this] {
        if (std::exchange(m_typing, hasText()) != hasText()) Q_EMIT typingChanged();
    });
    connect(m_send, &QToolButton::clicked, this, &Composer::send);
    follow();
    fit();
}

InteractionKind Composer::kind() const { return static_cast<InteractionKind>(m_kind->currentData().toInt()); }
bool Composer::hasText() const { return !m_text->toPlainText().trimmed().isEmpty(); }

void Composer::setCase(CaseKey key) {
    if (key == m_case) return;
    if (m_case) {
        if (hasText()) m_texts[m_case] = m_text->toPlainText();
        else m_texts.erase(m_case);
    }
    m_case = key;
    m_error->hide();
    const auto kept = m_texts.find(key);
    m_text->setPlainText(kept == m_texts.end() ? QString() : kept->second);
    if (kept == m_texts.end()) m_kind->setCurrentIndex(0);
    fit();
}

void Composer::begin(InteractionKind kind, Direction direction) {
    m_kind->setCurrentIndex(m_kind->findData(static_cast<int>(kind)));
    if (direction != Direction::Internal)
        m_direction->setCurrentIndex(m_direction->findData(static_cast<int>(direction)));
    m_text->setFocus(Qt::ShortcutFocusReason);
    fit();
}

void Composer::recorded() {
    m_texts.erase(m_case);
    m_text->clear();
    m_error->hide();
    m_kind->setCurrentIndex(0);
    fit();
}

void Composer::showError(const QString& words) {
    m_error->setText(words);
    m_error->show();
}

// What the kind of entry implies for the other choices.
void Composer::follow() {
    const bool note = kind() == InteractionKind::Note;
    m_direction->setVisible(!note);
    m_channel->setVisible(!note && kind() != InteractionKind::Visit);
    m_visibility->setCurrentIndex(
        m_visibility->findData(static_cast<int>(note ? Visibility::Staff : Visibility::Public)));
    if (kind() == InteractionKind::Call)
        m_channel->setCurrentIndex(m_channel->findData(static_cast<int>(Channel::Phone)));
    if (kind() == InteractionKind::Message)
        m_channel->setCurrentIndex(m_channel->findData(static_cast<int>(Channel::Email)));
    m_text->setPlaceholderText(note ? tr("Write a note (N)") : tr("What was said"));
    m_text->setAccessibleName(note ? tr("Note") : tr("What was said"));
}

// One line until it is used, at most eight.
void Composer::fit() {
    const bool open = hasText() || (focusWidget() && focusWidget()->hasFocus());
    const int lines = open ? std::clamp(static_cast<int>(m_text->document()->size().height()), 3, 8) : 1;
    m_text->setFixedHeight(lines * QFontMetrics(m_text->font()).lineSpacing() + grid(3));
    m_options->setVisible(open);
}

void Composer::send() {
    if (!hasText()) return;
    InteractionRecorded said;
    said.kind = kind();
    const bool note = said.kind == InteractionKind::Note;
    said.direction = note ? Direction::Internal : static_cast<Direction>(m_direction->currentData().toInt());
    said.channel = note                                  ? Channel::Staff
                   : said.kind == InteractionKind::Visit ? Channel::WalkIn
                                                         : static_cast<Channel>(m_channel->currentData().toInt());
    said.visibility = static_cast<Visibility>(m_visibility->currentData().toInt());
    said.body = m_text->toPlainText().trimmed().toStdString();
    Q_EMIT submitted(said);
}

bool Composer::eventFilter(QObject*, QEvent* event) {
    if (event->type() == QEvent::FocusIn) fit();
    if (event->type() == QEvent::FocusOut) QMetaObject::invokeMethod(this, &Composer::fit, Qt::QueuedConnection);
    if (event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
        if (enter && key->modifiers().testFlag(Qt::ControlModifier)) {
            send();
            return true;
        }
    }
    return false;
}

void Composer::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setPen(hairline(palette()));
    painter.drawLine(0, 0, width(), 0);
}

}  // namespace wl::ui
