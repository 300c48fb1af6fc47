// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sync/consoles_dialog.hpp"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QTabWidget>
#include <QTreeWidget>
#include <QVBoxLayout>

#include "ui/kit/icons.hpp"
#include "ui/kit/look.hpp"
#include "ui/kit/tone_label.hpp"
#include "ui/models/error_words.hpp"
#include "ui/models/sync_words.hpp"
#include "ui/models/time_words.hpp"
#include "ui/sync/add_console_dialog.hpp"
#include "ui/sync/role_dialog.hpp"
#include "ui/sync/shut_out_dialog.hpp"

namespace wl::ui {
namespace {

using namespace Qt::StringLiterals;
enum Column { Name, Department, State, Behind, Clock, May };

QString text(const std::string& from) { return QString::fromStdString(from); }
QByteArray idOf(const OriginId& origin) { return {reinterpret_cast<const char*>(origin.bytes.data()), 16}; }

}  // namespace

ConsolesDialog::ConsolesDialog(ConsoleBridge& bridge, QWidget* parent)
    : QDialog(parent), m_bridge(bridge), m_summary(new QLabel(this)), m_tabs(new QTabWidget(this)) {
    setObjectName(u"consolesDialog"_s);
    setWindowTitle(tr("Consoles"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(grid(4), grid(4), grid(4), grid(4));
    column->setSpacing(grid(3));
    m_summary->setObjectName(u"consolesSummary"_s);
    m_summary->setFont(headFont(font()));
    column->addWidget(m_summary);
    m_tabs->setObjectName(u"consolesTabs"_s);
    m_tabs->addTab(consolesPage(), tr("Consoles"));
    m_tabs->addTab(connectionPage(), tr("Connection"));
    m_tabs->addTab(noticesPage(), tr("What happened"));
    column->addWidget(m_tabs, 1);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->button(QDialogButtonBox::Close)->setAutoDefault(false);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    column->addWidget(buttons);
    connect(&bridge, &ConsoleBridge::syncChanged, this, [this] { show(*m_bridge.sync()); });
    takeSettings(bridge.sync()->settings);
    show(*bridge.sync());
    resize(grid(230), grid(120));
}

QWidget* ConsolesDialog::consolesPage() {
    auto* page = new QWidget(this);
    auto* column = new QVBoxLayout(page);
    column->setSpacing(grid(2));
    m_list = new QTreeWidget(page);
    m_list->setObjectName(u"consolesList"_s);
    m_list->setAccessibleName(tr("Consoles of the city"));
    m_list->setHeaderLabels({tr("Console"), tr("Department"), tr("State"), tr("Edits"), tr("Clock"), tr("May")});
    m_list->setRootIsDecorated(false);
    m_list->setAlternatingRowColors(true);
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_list->header()->setSectionResizeMode(Name, QHeaderView::Stretch);
    connect(m_list, &QTreeWidget::itemSelectionChanged, this, &ConsolesDialog::follow);
    column->addWidget(m_list, 1);
    m_hint = new QLabel(page);
    m_hint->setObjectName(u"consolesHint"_s);
    m_hint->setWordWrap(true);
    makeQuiet(m_hint);
    column->addWidget(m_hint);
    auto* row = new QHBoxLayout;
    m_add = new QPushButton(themedIcon(u"list-add"), tr("&Add a console…"), page);
    m_add->setObjectName(u"addConsole"_s);
    m_add->setAutoDefault(false);
    connect(m_add, &QPushButton::clicked, this, &ConsolesDialog::addConsole);
    m_out = new QPushButton(themedIcon(u"edit-delete-remove"), tr("&Shut out…"), page);
    m_out->setObjectName(u"shutOut"_s);
    m_out->setAutoDefault(false);
    connect(m_out, &QPushButton::clicked, this, &ConsolesDialog::shutOut);
    m_role = new QPushButton(themedIcon(u"document-edit"), tr("What it &may do…"), page);
    m_role->setObjectName(u"changeRole"_s);
    m_role->setAutoDefault(false);
    connect(m_role, &QPushButton::clicked, this, &ConsolesDialog::changeRole);
    m_goOn = new QPushButton(themedIcon(u"view-refresh"), tr("&Go on as a new console"), page);
    m_goOn->setObjectName(u"goOn"_s);
    m_goOn->setAutoDefault(false);
    m_goOn->hide();
    connect(m_goOn, &QPushButton::clicked, this, &ConsolesDialog::goOn);
    row->addWidget(m_add);
    row->addWidget(m_role);
    row->addWidget(m_out);
    row->addWidget(m_goOn);
    row->addStretch(1);
    column->addLayout(row);
    return page;
}

QWidget* ConsolesDialog::connectionPage() {
    auto* page = new QWidget(this);
    auto* column = new QVBoxLayout(page);
    column->setSpacing(grid(3));
    m_on = new QCheckBox(tr("Exchange edits with the other &consoles"), page);
    m_on->setObjectName(u"syncOn"_s);
    m_discover = new QCheckBox(tr("&Look for colleagues on the local network"), page);
    m_discover->setObjectName(u"syncDiscover"_s);
    m_listen = new QLineEdit(page);
    m_listen->setObjectName(u"syncListen"_s);
    m_listen->setToolTip(tr("HOST:PORT; without a host every network of this computer. Empty: this console calls "
                            "others, nobody calls it."));
    m_peers = new QLineEdit(page);
    m_peers->setObjectName(u"syncPeers"_s);
    m_peers->setPlaceholderText(tr("office.example:7311, 192.0.2.7:7311"));
    auto* form = new QFormLayout;
    form->addRow(tr("Takes calls &at"), m_listen);
    form->addRow(tr("Calls &these"), m_peers);
    m_listen->setAccessibleName(tr("Takes calls at"));
    m_peers->setAccessibleName(tr("Calls these"));
    m_reach = new QLabel(page);
    m_reach->setObjectName(u"syncReach"_s);
    m_reach->setWordWrap(true);
    m_reach->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    makeQuiet(m_reach);
    m_problem = new ToneLabel(SlaState::Breached, page);
    m_problem->setObjectName(u"syncProblem"_s);
    m_problem->setWordWrap(true);
    m_problem->hide();
    auto* apply = new QPushButton(tr("Appl&y"), page);
    apply->setObjectName(u"syncApply"_s);
    apply->setAutoDefault(false);
    connect(apply, &QPushButton::clicked, this, &ConsolesDialog::apply);
    const auto touched = [this] { m_settingsTouched = true; };
    connect(m_listen, &QLineEdit::textEdited, this, touched);
    connect(m_peers, &QLineEdit::textEdited, this, touched);
    connect(m_on, &QCheckBox::clicked, this, touched);
    connect(m_discover, &QCheckBox::clicked, this, touched);
    column->addWidget(m_on);
    column->addWidget(m_discover);
    column->addLayout(form);
    column->addWidget(m_reach);
    column->addWidget(m_problem);
    column->addWidget(apply, 0, Qt::AlignLeft);
    column->addStretch(1);
    return page;
}

QWidget* ConsolesDialog::noticesPage() {
    m_notices = new QListWidget(this);
    m_notices->setObjectName(u"syncNotices"_s);
    m_notices->setAccessibleName(tr("What happened between the consoles"));
    m_notices->setAlternatingRowColors(true);
    return m_notices;
}

void ConsolesDialog::takeSettings(const engine::SyncSettings& settings) {
    m_on->setChecked(settings.on);
    m_discover->setChecked(settings.discover);
    m_listen->setText(text(settings.listen));
    QStringList peers;
    for (const auto& peer : settings.peers) peers << text(peer);
    m_peers->setText(peers.join(u", "_s));
    m_settingsTouched = false;
}

void ConsolesDialog::show(const engine::SyncStatus& status) {
    const auto now = m_bridge.now();
    const auto mark = syncMark(status, now);
    m_summary->setText(status.city.empty() ? mark.text : u"%1 · %2"_s.arg(text(status.city), mark.text));
    const auto before = chosen();
    const QSignalBlocker quiet(m_list);
    m_list->clear();
    for (const auto& console : status.consoles) {
        auto* item = new QTreeWidgetItem(m_list);
        item->setText(Name, text(console.name));
        item->setText(Department, text(m_bridge.catalogue()->departmentName(console.department)));
        item->setText(State, consoleStateWords(console, now));
        item->setText(Behind, consoleBehindWords(console));
        item->setText(Clock, clockSkewWords(console));
        item->setText(May,
                      console.writer ? tr("%1; lets consoles in").arg(roleWord(console.role)) : roleWord(console.role));
        item->setToolTip(May, scopeWords(console.role, item->text(Department)));
        item->setData(Name, Qt::UserRole, idOf(console.origin));
        item->setIcon(Name, themedIcon(console.revoked     ? u"dialog-cancel"
                                       : console.self      ? u"computer"
                                       : console.connected ? u"network-connect"
                                                           : u"network-disconnect"));
        item->setToolTip(Name, text(toHex(console.origin)));
        if (console.connected)
            item->setToolTip(State, tr("%1, %2 ms away").arg(text(console.address)).arg(console.roundTrip.count()));
        if (console.skew && std::chrono::abs(*console.skew) >= kSkewWorth)
            item->setIcon(Clock, themedIcon(u"dialog-warning"));
        if (console.origin == before) m_list->setCurrentItem(item);
    }
    m_notices->clear();
    const auto zone = zoneOf(*m_bridge.catalogue());
    for (const auto& notice : status.notices) {
        auto* item =
            new QListWidgetItem(u"%1   %2"_s.arg(absoluteWords(notice.at, zone), noticeWords(notice)), m_notices);
        item->setIcon(themedIcon(notice.bad ? u"dialog-warning" : u"dialog-information"));
    }
    QStringList reach;
    for (const auto& address : status.addresses) reach << text(address);
    m_reach->setText(status.port == 0 ? tr("Nobody can call this console now.")
                                      : tr("Others reach this console at %1.").arg(reach.join(tr(" or "))));
    if (status.trouble) {
        m_problem->setText(errorWords(*status.trouble).line());
        m_problem->show();
    }
    if (!m_settingsTouched) takeSettings(status.settings);
    m_add->setEnabled(status.isWriter);
    const auto* writer = [&]() -> const engine::ConsoleStatus* {
        for (const auto& console : status.consoles)
            if (console.writer) return &console;
        return nullptr;
    }();
    m_goOn->setVisible(mayGoOn(status));
    if (status.stopped) m_hint->setText(stoppedWords(*status.stopped));
    else if (status.waitsToBeLetIn) m_hint->setText(mark.tip);
    else if (!status.isWriter && writer)
        m_hint->setText(tr("Consoles are let in and shut out at %1.").arg(text(writer->name)));
    else if (status.onlyHere > 0)
        m_hint->setText(
            tr("%n edit(s) are on this machine only. If it is lost before it meets another console, they are lost too.",
               nullptr, static_cast<int>(std::min<std::uint64_t>(status.onlyHere, 1'000'000'000))));
    else
        m_hint->setText(status.members() > 1 ? tr("Every edit of this console is on at least one other machine.")
                                             : tr("Add a console, and both have every case, whichever of them fails."));
    follow();
}

OriginId ConsolesDialog::chosen() const {
    const auto items = m_list->selectedItems();
    if (items.isEmpty()) return {};
    return idFromBytes<OriginId>(items.front()->data(Name, Qt::UserRole).toByteArray().toStdString());
}

void ConsolesDialog::follow() {
    const auto status = m_bridge.sync();
    const auto* console = status->find(chosen());
    m_out->setEnabled(console && status->isWriter && !console->self && !console->revoked);
    m_role->setEnabled(console && status->isWriter && !console->revoked && !console->writer);
}

void ConsolesDialog::addConsole() {
    auto* dialog = new AddConsoleDialog(m_bridge, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void ConsolesDialog::shutOut() {
    const auto status = m_bridge.sync();
    const auto* console = status->find(chosen());
    if (!console) return;
    auto* dialog = new ShutOutDialog(m_bridge, *console, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void ConsolesDialog::changeRole() {
    const auto status = m_bridge.sync();
    const auto* console = status->find(chosen());
    if (!console) return;
    auto* dialog = new RoleDialog(m_bridge, *console, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void ConsolesDialog::goOn() {
    m_goOn->setEnabled(false);
    m_bridge.ask([](engine::SyncService& sync) { return sync.goOnAsNew(); }, this,
                 [this](const Result<void>& done) {
                     m_goOn->setEnabled(true);
                     if (!done) m_hint->setText(errorWords(done.error()).line());
                 });
}

void ConsolesDialog::apply() {
    engine::SyncSettings settings;
    settings.on = m_on->isChecked();
    settings.discover = m_discover->isChecked();
    settings.listen = m_listen->text().trimmed().toStdString();
    for (const auto& peer : m_peers->text().split(u',', Qt::SkipEmptyParts))
        if (!peer.trimmed().isEmpty()) settings.peers.push_back(peer.trimmed().toStdString());
    m_bridge.ask([settings](engine::SyncService& sync) { return sync.configure(settings); }, this,
                 [this](const Result<void>& done) {
                     m_problem->setVisible(!done);
                     if (!done) m_problem->setText(errorWords(done.error()).line());
                     else m_settingsTouched = false;
                 });
}

}  // namespace wl::ui
