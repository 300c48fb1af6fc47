// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/outbox/outbox_dialog.hpp"

#include <QComboBox>
#include <QHeaderView>
#include <QInputDialog>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QShortcut>
#include <QSplitter>
#include <QTimeZone>
#include <QTreeWidget>
#include <QVBoxLayout>

#include "ui/kit/empty_state.hpp"
#include "ui/kit/look.hpp"
#include "ui/kit/tone_label.hpp"
#include "ui/models/error_words.hpp"
#include "ui/models/message_words.hpp"
#include "ui/models/value_words.hpp"
#include "ui/models/vocab_words.hpp"

namespace wl::ui {
namespace {

using namespace Qt::StringLiterals;

enum Column : int { State, To, Case, By, What, When, Why };
constexpr int kRow = Qt::UserRole;
constexpr int kMost = 2000;

// Queues of the outbox: which states they show.
std::vector<MessageState> statesOf(int queue) {
    switch (queue) {
        case 1: return {MessageState::Waiting, MessageState::Held, MessageState::Sending};
        case 2: return {MessageState::Suppressed};
        case 3: return {MessageState::Failed};
        case 4: return {MessageState::Sent, MessageState::Delivered, MessageState::Read};
        case 5: return {MessageState::Cancelled};
        default: return {};
    }
}

QString momentText(Instant at, const rules::Catalogue& catalogue) {
    if (!at) return {};
    const QTimeZone zone(QByteArray::fromStdString(catalogue.timeZone().name()));
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(at.ms, zone), QLocale::ShortFormat);
}

bool mayCancel(MessageState s) { return s != MessageState::Sending && moveTakesEffect(s, MessageState::Cancelled); }

}  // namespace

OutboxDialog::OutboxDialog(ConsoleBridge& bridge, QWidget* parent)
    : QDialog(parent), m_bridge(bridge), m_words(new QLineEdit), m_state(new QComboBox), m_list(new QTreeWidget),
      m_text(new QPlainTextEdit), m_error(new ToneLabel), m_open(new QPushButton(tr("&Open the case"))),
      m_again(new QPushButton(tr("&Send after all…"))), m_cancel(new QPushButton(tr("&Cancel the message"))) {
    setObjectName(u"outboxDialog"_s);
    setWindowTitle(tr("Outbox"));
    m_words->setObjectName(u"outboxWords"_s);
    m_words->setAccessibleName(tr("Filter the messages"));
    m_words->setPlaceholderText(tr("Address, case number or reason"));
    m_words->setClearButtonEnabled(true);
    m_state->setObjectName(u"outboxState"_s);
    m_state->setAccessibleName(tr("Which messages"));
    m_state->addItems({tr("All messages"), tr("On their way"), tr("Kept back"), tr("Failed"), tr("Sent"),
                       tr("Cancelled")});
    m_list->setObjectName(u"outboxList"_s);
    m_list->setAccessibleName(tr("Messages to citizens"));
    m_list->setHeaderLabels({tr("State"), tr("To"), tr("Case"), tr("Channel"), tr("By"), tr("When"), tr("Why")});
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_list->header()->setSectionResizeMode(Why, QHeaderView::Stretch);
    m_text->setObjectName(u"outboxText"_s);
    m_text->setAccessibleName(tr("The message"));
    m_text->setReadOnly(true);
    m_error->setObjectName(u"outboxError"_s);
    m_error->hide();

    auto* top = new QHBoxLayout;
    top->addWidget(m_state);
    top->addWidget(m_words, 1);
    auto* split = new QSplitter(Qt::Vertical);
    split->addWidget(m_list);
    split->addWidget(m_text);
    split->setStretchFactor(0, 3);
    split->setStretchFactor(1, 2);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch();
    const auto add = [&](QPushButton* button, const QString& name, const QString& keys) {
        button->setObjectName(name);
        button->setToolTip(keys);
        button->setAutoDefault(false);
        buttons->addWidget(button);
    };
    add(m_open, u"outboxOpen"_s, tr("Enter"));
    add(m_again, u"outboxAgain"_s, tr("F2"));
    add(m_cancel, u"outboxCancel"_s, tr("Delete"));
    auto* all = new QVBoxLayout(this);
    all->addLayout(top);
    all->addWidget(split, 1);
    all->addWidget(m_error);
    all->addLayout(buttons);
    resize(grid(250), grid(150));

    connect(m_words, &QLineEdit::textChanged, this, &OutboxDialog::narrow);
    connect(m_state, &QComboBox::currentIndexChanged, this, &OutboxDialog::read);
    connect(m_list, &QTreeWidget::currentItemChanged, this, &OutboxDialog::follow);
    connect(m_list, &QTreeWidget::itemActivated, this, &OutboxDialog::openCase);
    connect(m_open, &QPushButton::clicked, this, &OutboxDialog::openCase);
    connect(m_again, &QPushButton::clicked, this, &OutboxDialog::sendAfterAll);
    connect(m_cancel, &QPushButton::clicked, this, [this] { move(MessageState::Cancelled); });
    connect(new QShortcut(Qt::Key_F2, this), &QShortcut::activated, m_again, &QPushButton::click);
    auto* remove = new QShortcut(Qt::Key_Delete, m_list);
    remove->setContext(Qt::WidgetShortcut);
    connect(remove, &QShortcut::activated, m_cancel, &QPushButton::click);
    connect(new QShortcut(QKeySequence::Find, this), &QShortcut::activated, m_words,
            [this] { m_words->setFocus(Qt::ShortcutFocusReason); });
    m_later.setSingleShot(true);
    m_later.setInterval(150);
    connect(&m_later, &QTimer::timeout, this, &OutboxDialog::read);
    connect(&bridge, &ConsoleBridge::changed, this, [this](const ChangeSetPtr& changes) {
        const bool concerns = changes->everything || std::ranges::any_of(changes->cases, [](const auto& changed) {
                                  return (changed.second & kChangedInteractions) != 0;
                              });
        if (concerns && !m_later.isActive()) m_later.start();
    });
    m_state->setCurrentIndex(QSettings().value(u"outbox/state"_s, 0).toInt());
    connect(m_state, &QComboBox::currentIndexChanged, this,
            [](int index) { QSettings().setValue(u"outbox/state"_s, index); });
    read();
    m_list->setFocus();
}

const store::OutboxRow* OutboxDialog::current() const {
    const auto* item = m_list->currentItem();
    if (item == nullptr || item->isHidden()) return nullptr;
    const auto row = static_cast<std::size_t>(item->data(State, kRow).toULongLong());
    return row < m_rows.size() ? &m_rows[row] : nullptr;
}

void OutboxDialog::fillItem(QTreeWidgetItem& item, const store::OutboxRow& row) {
    const auto catalogue = m_bridge.catalogue();
    item.setText(State, messageStateWord(row.state));
    item.setIcon(State, QIcon::fromTheme(messageStateIconName(row.state)));
    item.setText(To, row.address.empty() ? tr("no address") : fromText(row.address));
    item.setText(Case, fromText(row.number));
    item.setText(By, channelWord(row.channel));
    item.setText(What, messageWhyWord(row.why));
    item.setText(When, momentText(row.stateAt ? row.stateAt : row.writtenAt, *catalogue));
    auto why = messageReasonWords(row.reason);
    const bool waits = row.state == MessageState::Held || row.state == MessageState::Waiting;
    if (waits && row.until > m_bridge.now())
        why = why.isEmpty() ? tr("not before %1").arg(momentText(row.until, *catalogue))
                            : tr("%1, until %2").arg(why, momentText(row.until, *catalogue));
    item.setText(Why, why);
    item.setToolTip(Why, why);
}

void OutboxDialog::read() {
    const auto* before = current();
    const auto kept = before ? before->id : MessageId{};
    const auto rows = m_bridge.reader().outbox({statesOf(m_state->currentIndex()), {}, kMost});
    if (!rows) {
        m_error->setText(errorWords(rows.error()).line());
        m_error->show();
        return;
    }
    m_rows = *rows;
    const QSignalBlocker quiet(m_list);
    m_list->clear();
    QList<QTreeWidgetItem*> items;
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        auto* item = new QTreeWidgetItem;
        fillItem(*item, m_rows[i]);
        item->setData(State, kRow, qulonglong(i));
        items << item;
    }
    m_list->addTopLevelItems(items);
    for (std::size_t i = 0; i < m_rows.size(); ++i)
        if (m_rows[i].id == kept) m_list->setCurrentItem(items[static_cast<qsizetype>(i)]);
    narrow();
}

void OutboxDialog::narrow() {
    const auto words = m_words->text().trimmed();
    int shown = 0;
    QTreeWidgetItem* first = nullptr;
    for (int i = 0; i < m_list->topLevelItemCount(); ++i) {
        auto* item = m_list->topLevelItem(i);
        bool fits = words.isEmpty();
        for (int column = 0; !fits && column < m_list->columnCount(); ++column)
            fits = item->text(column).contains(words, Qt::CaseInsensitive);
        item->setHidden(!fits);
        if (fits && !first) first = item;
        shown += fits ? 1 : 0;
    }
    if (!m_list->currentItem() || m_list->currentItem()->isHidden()) m_list->setCurrentItem(first);
    auto* empty = m_list->findChild<EmptyState*>();
    if (!empty) empty = new EmptyState(m_list);
    if (m_rows.empty()) empty->say(tr("No message here"), tr("R on an open case writes to its citizen."));
    else empty->say(tr("Nothing fits"), tr("Clear the filter to see all messages."));
    empty->setVisible(shown == 0);
    follow();
}

void OutboxDialog::follow() {
    const auto* row = current();
    m_error->hide();
    m_open->setEnabled(row != nullptr);
    m_again->setEnabled(row != nullptr && moveTakesEffect(row->state, MessageState::Waiting) &&
                        row->state != MessageState::Waiting && row->state != MessageState::Sending &&
                        !row->address.empty());
    m_again->setText(row && row->state == MessageState::Failed ? tr("&Send again") : tr("&Send after all…"));
    m_cancel->setEnabled(row != nullptr && mayCancel(row->state));
    if (!row) return m_text->clear();
    const auto text = m_bridge.reader().messageText(*row);
    if (!text) return m_text->setPlainText(errorWords(text.error()).line());
    QString shown;
    if (!text->subject.empty()) shown += tr("Subject: %1").arg(fromText(text->subject)) + u"\n\n"_s;
    m_text->setPlainText(shown + fromText(text->body));
}

void OutboxDialog::openCase() {
    if (const auto* row = current()) {
        Q_EMIT caseWanted(row->caseKey);
        accept();
    }
}

void OutboxDialog::sendAfterAll() {
    const auto* row = current();
    if (!row || !m_again->isEnabled()) return;
    if (row->state == MessageState::Failed || row->state == MessageState::Cancelled) return move(MessageState::Waiting);
    auto* ask = new QInputDialog(this);
    ask->setObjectName(u"outboxReason"_s);
    ask->setAttribute(Qt::WA_DeleteOnClose);
    ask->setWindowTitle(tr("Send after all"));
    ask->setLabelText(tr("Why it has to leave all the same:"));
    connect(ask, &QInputDialog::textValueSelected, this,
            [this](const QString& why) { move(MessageState::Waiting, toText(why.trimmed())); });
    ask->open();
}

void OutboxDialog::move(MessageState to, const std::string& note) {
    const auto* row = current();
    if (!row) return;
    engine::MoveMessage cmd;
    cmd.target.key = row->caseKey;
    cmd.message = row->id;
    cmd.to = to;
    cmd.note = note;
    m_bridge.submit(std::move(cmd), this, [this](const Result<engine::Receipt>& done) {
        if (!done) {
            m_error->setText(errorWords(done.error()).line());
            m_error->show();
            return;
        }
        Q_EMIT told(tr("%1: %2").arg(fromText(done->number), messageStateWord(done->messageState)));
    });
}

}  // namespace wl::ui
