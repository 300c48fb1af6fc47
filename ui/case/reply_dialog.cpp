// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/case/reply_dialog.hpp"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <set>

#include "ui/kit/look.hpp"
#include "ui/kit/tone_label.hpp"
#include "ui/models/error_words.hpp"
#include "ui/models/message_words.hpp"
#include "ui/models/value_words.hpp"
#include "ui/models/vocab_words.hpp"

namespace wl::ui {

using namespace Qt::StringLiterals;

namespace {

QString languageName(const QString& code) {
    if (code == u"en") return u"English"_s;  // of no country
    const auto name = QLocale(code).nativeLanguageName();
    return name.isEmpty() ? code : name.at(0).toUpper() + name.mid(1);
}

}  // namespace

ReplyDialog::ReplyDialog(ConsoleBridge& bridge, store::CaseDetail detail, QWidget* parent)
    : QDialog(parent), m_bridge(bridge), m_detail(std::move(detail)), m_channel(new QComboBox),
      m_language(new QComboBox), m_template(new QComboBox), m_subject(new QLineEdit), m_words(new QPlainTextEdit),
      m_preview(new QPlainTextEdit), m_to(new QLabel), m_count(new QLabel), m_error(new ToneLabel),
      m_override(new QLineEdit), m_overrideRow(new QWidget), m_send(nullptr) {
    setObjectName(u"replyDialog"_s);
    setWindowTitle(tr("Write to the citizen of %1").arg(fromText(m_detail.number)));
    if (const auto* requester = std::get_if<EntityId>(&m_detail.state.value(CaseField::Requester)))
        if (auto person = m_bridge.reader().person(*requester)) m_person = std::move(*person);

    const auto name = [](QWidget* part, const QString& object, const QString& spoken) {
        part->setObjectName(object);
        part->setAccessibleName(spoken);
    };
    name(m_channel, u"replyChannel"_s, tr("Channel"));
    name(m_language, u"replyLanguage"_s, tr("Language"));
    name(m_template, u"replyTemplate"_s, tr("Template"));
    name(m_subject, u"replySubject"_s, tr("Subject"));
    name(m_words, u"replyText"_s, tr("What they are told"));
    name(m_preview, u"replyPreview"_s, tr("The message as it leaves"));
    name(m_override, u"replyOverride"_s, tr("Why it has to leave all the same"));
    m_to->setObjectName(u"replyTo"_s);
    m_error->setObjectName(u"replyError"_s);
    m_to->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_words->setTabChangesFocus(true);
    m_preview->setReadOnly(true);
    m_preview->setTabChangesFocus(true);
    m_preview->setMinimumHeight(8 * fontMetrics().lineSpacing());  // leaves room for what stands against it
    m_words->setFixedHeight(6 * fontMetrics().lineSpacing());
    m_words->setPlaceholderText(tr("Your words; they stand where the template has its answer or comment"));
    m_override->setPlaceholderText(tr("Why it has to leave all the same"));

    auto* form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    form->addRow(tr("To"), m_to);
    auto* choices = new QHBoxLayout;
    choices->addWidget(m_channel, 1);
    choices->addWidget(m_language, 1);
    choices->addWidget(m_template, 2);
    form->addRow(tr("&By"), choices);
    if (auto* label = qobject_cast<QLabel*>(form->labelForField(choices))) label->setBuddy(m_channel);
    form->addRow(tr("S&ubject"), m_subject);
    form->addRow(tr("&Text"), m_words);
    form->addRow(tr("Leaves as"), m_preview);
    form->addRow(QString(), m_count);
    auto* row = new QFormLayout(m_overrideRow);
    row->setContentsMargins(0, 0, 0, 0);
    row->addRow(tr("Send it &all the same because"), m_override);
    m_overrideRow->hide();
    m_error->hide();

    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_send = buttons->addButton(tr("&Send"), QDialogButtonBox::AcceptRole);
    m_send->setObjectName(u"replySend"_s);
    m_send->setToolTip(tr("Send (Ctrl+Enter)"));
    m_send->setDefault(false);
    m_send->setAutoDefault(false);
    auto* all = new QVBoxLayout(this);
    all->addLayout(form);
    all->addWidget(m_error);
    all->addWidget(m_overrideRow);
    all->addWidget(buttons);
    resize(grid(170), grid(130));

    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_send, &QPushButton::clicked, this, &ReplyDialog::send);
    // Ctrl+Enter belongs to the text that has the keyboard first.
    for (auto* part : std::initializer_list<QWidget*>{this, m_words, m_preview, m_subject, m_override, m_channel,
                                                      m_language, m_template})
        part->installEventFilter(this);
    fillChannels();
    const auto own = fromText(engine::languageOf(m_person ? &m_person->state : nullptr, *m_bridge.catalogue()));
    std::set<QString> languages{own};
    for (const auto& t : m_bridge.catalogue()->templates())
        if (t.active) languages.insert(fromText(t.language));
    for (const auto& code : languages) m_language->addItem(languageName(code), code);
    m_language->setCurrentIndex(m_language->findData(own));
    fillTemplates();
    connect(m_channel, &QComboBox::currentIndexChanged, this, [this] {
        fillTemplates();
        follow();
    });
    connect(m_language, &QComboBox::currentIndexChanged, this, [this] {
        fillTemplates();
        follow();
    });
    connect(m_template, &QComboBox::currentIndexChanged, this, &ReplyDialog::follow);
    connect(m_words, &QPlainTextEdit::textChanged, this, &ReplyDialog::follow);
    connect(m_subject, &QLineEdit::textEdited, this,
            [this](const QString& typed) { m_subjectTyped = !typed.isEmpty(); });
    follow();
    m_words->setFocus();
}

bool ReplyDialog::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
        if (enter && (key->modifiers() & Qt::ControlModifier) != 0) {
            send();
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

Channel ReplyDialog::channel() const { return static_cast<Channel>(m_channel->currentData().toInt()); }

void ReplyDialog::fillChannels() {
    const auto cameBy = static_cast<Channel>(m_detail.state.number(CaseField::FirstChannel));
    const auto usual = m_person ? engine::channelFor(m_person->state, cameBy) : std::nullopt;
    for (const auto channel : engine::kSendingChannels) {
        const auto address = m_person ? engine::addressFor(m_person->state, channel) : std::string();
        const auto words = address.empty() ? tr("%1 (no address)").arg(channelWord(channel)) : channelWord(channel);
        m_channel->addItem(QIcon::fromTheme(channelIconName(channel)), words, static_cast<int>(channel));
    }
    m_channel->setCurrentIndex(std::max(0, m_channel->findData(static_cast<int>(usual.value_or(Channel::Email)))));
}

void ReplyDialog::fillTemplates() {
    const auto before = m_template->currentData(Qt::UserRole + 1).toString();
    const QSignalBlocker quiet(m_template);
    m_template->clear();
    const auto language = toText(m_language->currentData().toString());
    const auto service = m_detail.state.text(CaseField::Service);
    int usual = 0;
    for (const auto& t : m_bridge.catalogue()->templates()) {
        const bool fits = t.active && t.language == language && (t.service.empty() || t.service == service) &&
                          (t.channel.empty() || t.channel == code(channel()));
        if (!fits) continue;
        m_template->addItem(t.name.empty() ? messageEventWord(t.event) : fromText(t.name), fromText(t.code));
        m_template->setItemData(m_template->count() - 1, fromText(t.event), Qt::UserRole + 1);
        const auto wanted = before.isEmpty() ? u"answer"_s : before;
        if (fromText(t.event) == wanted) usual = m_template->count() - 1;
    }
    m_template->addItem(tr("No template"), QString());
    m_template->setCurrentIndex(usual);
}

Result<engine::Composed> ReplyDialog::made() const {
    const auto catalogue = m_bridge.catalogue();
    const auto words = toText(m_words->toPlainText().trimmed());
    const auto* text = catalogue->messageTemplate(toText(m_template->currentData().toString()));
    if (text == nullptr) return engine::Composed{{}, toText(m_language->currentData().toString()), {}, words};
    return engine::compose(*text,
                           {m_detail, m_person ? &m_person->state : nullptr, *catalogue, m_bridge.now(), words, words});
}

void ReplyDialog::follow() {
    const auto address = m_person ? engine::addressFor(m_person->state, channel()) : std::string();
    const auto who =
        m_person ? fromText(m_person->state.text(PersonField::Name)) : tr("nobody: the case has no requester");
    m_to->setText(address.empty() ? tr("%1 — no address for this channel").arg(who)
                                  : u"%1 <%2>"_s.arg(who, fromText(address)));
    const bool mail = channel() == Channel::Email;
    m_subject->setEnabled(mail);
    const auto composed = made();
    if (!composed) {
        m_preview->setPlainText(errorWords(composed.error()).line());
        return;
    }
    if (!m_subjectTyped) m_subject->setText(fromText(composed->subject));
    m_preview->setPlainText(fromText(composed->body));
    m_preview->setLayoutDirection(m_language->currentData().toString() == u"ar" ? Qt::RightToLeft : Qt::LeftToRight);
    m_count->setText(channel() == Channel::Sms
                         ? tr("%Ln character(s)", nullptr, static_cast<int>(m_preview->toPlainText().size()))
                         : QString());
    m_count->setVisible(channel() == Channel::Sms);
}

void ReplyDialog::send() {
    if (!m_send->isEnabled()) return;
    const auto composed = made();
    const auto say = [this](const Error& error) {
        m_error->setText(errorWords(error).line());
        m_error->show();
        // What a rule keeps back may leave for a reason; what is missing may not.
        const bool rule = error.code.starts_with("message.") && error.kind == ErrorKind::Refused &&
                          error.code != "message.no_address";
        if (!rule) return;
        m_overrideRow->show();
        m_override->setFocus();
    };
    if (!composed) return say(composed.error());
    engine::WriteMessage cmd;
    cmd.target.key = m_detail.key;
    if (m_person) cmd.person = m_person->state.id;
    cmd.channel = channel();
    cmd.templateCode = composed->templateCode;
    cmd.language = composed->language;
    cmd.subject = channel() == Channel::Email ? toText(m_subject->text()) : std::string();
    cmd.body = composed->body;
    cmd.why = m_detail.state.waitingSince ? MessageWhy::Answer : MessageWhy::Owner;
    cmd.event = toText(m_template->currentData(Qt::UserRole + 1).toString());
    if (cmd.event.empty()) cmd.event = "answer";
    cmd.overrides = toText(m_override->text().trimmed());
    m_send->setEnabled(false);
    m_bridge.submit(std::move(cmd), this, [this, say](const Result<engine::Receipt>& done) {
        m_send->setEnabled(true);
        if (!done) return say(done.error());
        const auto why = messageReasonWords(done->messageReason);
        Q_EMIT told(why.isEmpty()
                        ? tr("%1: the message waits to leave").arg(fromText(done->number))
                        : tr("%1: %2 (%3)").arg(fromText(done->number), messageStateWord(done->messageState), why));
        accept();
    });
}

}  // namespace wl::ui
