// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sync/add_console_dialog.hpp"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

#include "ui/kit/icons.hpp"
#include "ui/kit/look.hpp"
#include "ui/kit/tone_label.hpp"
#include "ui/models/error_words.hpp"
#include "ui/models/sync_words.hpp"

namespace wl::ui {
namespace {

using namespace Qt::StringLiterals;

QString text(const std::string& from) { return QString::fromStdString(from); }

QLabel* words(const QString& said, QWidget* parent) {
    auto* label = new QLabel(said, parent);
    label->setWordWrap(true);
    return label;
}

QLabel* large(const QString& name, QWidget* parent) {
    auto* label = new QLabel(parent);
    label->setObjectName(name);
    label->setFont(displayFont(label->font()));
    label->setAlignment(Qt::AlignCenter);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    label->setContentsMargins(0, grid(3), 0, grid(3));
    return label;
}

}  // namespace

AddConsoleDialog::AddConsoleDialog(ConsoleBridge& bridge, QWidget* parent)
    : QDialog(parent), m_bridge(bridge), m_pages(new QStackedWidget(this)) {
    setObjectName(u"addConsoleDialog"_s);
    setWindowTitle(tr("Add a console"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(grid(4), grid(4), grid(4), grid(4));
    column->setSpacing(grid(3));
    m_pages->setObjectName(u"addConsolePages"_s);
    m_pages->addWidget(codePage());
    m_pages->addWidget(askPage());
    m_pages->addWidget(donePage());
    m_pages->addWidget(failedPage());
    column->addWidget(m_pages, 1);
    auto* buttons = new QDialogButtonBox(this);
    m_close = buttons->addButton(QDialogButtonBox::Cancel);
    m_close->setObjectName(u"addConsoleClose"_s);
    m_close->setAutoDefault(false);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    column->addWidget(buttons);
    connect(&bridge, &ConsoleBridge::syncChanged, this, [this] { show(*m_bridge.sync()); });
    m_tick.setInterval(1000);
    connect(&m_tick, &QTimer::timeout, this, &AddConsoleDialog::tick);
    resize(grid(125), grid(90));
    begin();
}

QWidget* AddConsoleDialog::codePage() {
    auto* page = new QWidget(this);
    auto* column = new QVBoxLayout(page);
    column->addWidget(words(
        tr("At the new computer, start Wardline and choose “Join a city”. Read this code to the person there:"), page));
    m_code = large(u"pairingCode"_s, page);
    column->addWidget(m_code);
    column->addWidget(words(tr("It also asks where this console is:"), page));
    m_where = new QLabel(page);
    m_where->setObjectName(u"pairingAddress"_s);
    m_where->setFont(headFont(m_where->font()));
    m_where->setAlignment(Qt::AlignCenter);
    m_where->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    column->addWidget(m_where);
    column->addStretch(1);
    m_tried = new ToneLabel(SlaState::AtRisk, page);
    m_tried->setObjectName(u"pairingTries"_s);
    m_tried->setWordWrap(true);
    m_tried->hide();
    column->addWidget(m_tried);
    m_left = new QLabel(page);
    m_left->setObjectName(u"pairingTimeLeft"_s);
    makeQuiet(m_left);
    column->addWidget(m_left);
    return page;
}

QWidget* AddConsoleDialog::askPage() {
    auto* page = new QWidget(this);
    auto* column = new QVBoxLayout(page);
    column->addWidget(words(tr("The new console knows the code. Does it show this number too?"), page));
    m_number = large(u"comparisonNumber"_s, page);
    column->addWidget(m_number);
    auto* form = new QFormLayout;
    m_name = new QLineEdit(page);
    m_name->setObjectName(u"newConsoleName"_s);
    m_name->setMaxLength(80);
    m_department = new QComboBox(page);
    m_department->setObjectName(u"newConsoleDepartment"_s);
    m_role = new QComboBox(page);
    m_role->setObjectName(u"newConsoleRole"_s);
    for (const auto role : {ConsoleRole::Agent, ConsoleRole::Reader, ConsoleRole::Administrator})
        m_role->addItem(roleWord(role), static_cast<int>(role));
    form->addRow(tr("&Name"), m_name);
    form->addRow(tr("Works &for"), m_department);
    form->addRow(tr("&May"), m_role);
    m_name->setAccessibleName(tr("Name of the new console"));
    m_department->setAccessibleName(tr("What the new console works for"));
    m_role->setAccessibleName(tr("What the new console may do"));
    column->addLayout(form);
    column->addWidget(words(tr("It will hold every case of the city, with the citizens’ names and telephone numbers."),
                            page));
    column->addStretch(1);
    auto* row = new QHBoxLayout;
    m_yes = new QPushButton(themedIcon(u"dialog-ok-apply"), tr("The numbers &agree: let it in"), page);
    m_yes->setObjectName(u"letIn"_s);
    m_yes->setAutoDefault(false);
    m_no = new QPushButton(themedIcon(u"dialog-cancel"), tr("&Turn it away"), page);
    m_no->setObjectName(u"turnAway"_s);
    m_no->setAutoDefault(false);
    connect(m_yes, &QPushButton::clicked, this, &AddConsoleDialog::letIn);
    connect(m_no, &QPushButton::clicked, this, &QDialog::reject);
    row->addWidget(m_yes);
    row->addWidget(m_no);
    row->addStretch(1);
    column->addLayout(row);
    return page;
}

QWidget* AddConsoleDialog::donePage() {
    auto* page = new QWidget(this);
    auto* column = new QVBoxLayout(page);
    m_done = words({}, page);
    m_done->setObjectName(u"pairingDone"_s);
    m_done->setFont(headFont(m_done->font()));
    column->addWidget(m_done);
    column->addWidget(words(tr("It is fetching the cases now; the consoles page shows how far it is."), page));
    column->addStretch(1);
    return page;
}

QWidget* AddConsoleDialog::failedPage() {
    auto* page = new QWidget(this);
    auto* column = new QVBoxLayout(page);
    m_failed = new ToneLabel(SlaState::Breached, page);
    m_failed->setObjectName(u"pairingFailed"_s);
    m_failed->setWordWrap(true);
    column->addWidget(m_failed);
    auto* again = new QPushButton(themedIcon(u"view-refresh"), tr("&New code"), page);
    again->setObjectName(u"newCode"_s);
    again->setAutoDefault(false);
    connect(again, &QPushButton::clicked, this, &AddConsoleDialog::begin);
    column->addWidget(again, 0, Qt::AlignLeft);
    column->addStretch(1);
    return page;
}

void AddConsoleDialog::begin() {
    m_begun = false;
    m_asker.clear();
    m_code->setText(u"…"_s);
    m_tried->hide();
    m_left->clear();
    m_pages->setCurrentIndex(CodePage);
    m_bridge.ask(
        [](engine::SyncService& sync) -> Result<void> {
            WL_TRY(const auto offer, sync.offerPairing());
            return {};
        },
        this,
        [this](const Result<void>& made) {
            if (!made) return fail(made.error());
            m_begun = true;
            show(*m_bridge.sync());
            m_tick.start();
        });
}

void AddConsoleDialog::show(const engine::SyncStatus& status) {
    if (!status.offer || m_pages->currentIndex() == DonePage || m_pages->currentIndex() == FailedPage) return;
    const auto& offer = *status.offer;
    m_code->setText(text(offer.code));
    m_code->setAccessibleName(tr("Code: %1").arg(text(offer.code)));
    QStringList where;
    for (const auto& address : status.addresses) where << text(address);
    m_where->setText(where.isEmpty() ? tr("port %1 of this computer").arg(status.port) : where.join(u'\n'));
    m_until = offer.until;
    tick();
    if (offer.triesLeft <= 0) return fail({ErrorKind::Refused, "pairing.spent", {}, {}});
    m_tried->setVisible(offer.triesLeft < 3);
    m_tried->setText(tr("Somebody typed a wrong code; tries left: %1.").arg(offer.triesLeft));
    if (offer.done) {
        m_done->setText(tr("%1 belongs to the city now.").arg(m_name->text()));
        m_close->setText(tr("Close"));
        m_tick.stop();
        m_pages->setCurrentIndex(DonePage);
        return;
    }
    if (!m_asker.isEmpty() && offer.ended) return fail(*offer.ended);
    if (!offer.asked || m_asker == text(offer.asked->comparison)) return;
    m_asker = text(offer.asked->comparison);
    m_number->setText(m_asker);
    m_number->setAccessibleName(tr("Number to compare: %1").arg(m_asker));
    m_name->setText(text(offer.asked->name));
    m_department->clear();
    m_department->addItem(tr("The whole city"), QString());
    for (const auto& department : m_bridge.catalogue()->departments())
        m_department->addItem(text(department.name), text(department.code));
    m_department->setCurrentIndex(std::max(0, m_department->findData(text(offer.asked->department))));
    m_yes->setEnabled(true);
    m_pages->setCurrentIndex(AskPage);
    m_yes->setFocus();
}

void AddConsoleDialog::letIn() {
    m_yes->setEnabled(false);
    const auto name = m_name->text().trimmed().isEmpty() ? tr("New console") : m_name->text().trimmed();
    m_name->setText(name);
    m_bridge.ask([name = name.toStdString(), department = m_department->currentData().toString().toStdString(),
                  role = static_cast<ConsoleRole>(m_role->currentData().toInt())](
                     engine::SyncService& sync) { return sync.letIn(name, department, role); },
                 this,
                 [this](const Result<void>& done_) {
                     if (!done_) fail(done_.error());
                 });
}

void AddConsoleDialog::fail(const Error& error) {
    m_tick.stop();
    m_failed->setText(errorWords(error).line());
    m_pages->setCurrentIndex(FailedPage);
}

void AddConsoleDialog::tick() {
    if (!m_until || m_pages->currentIndex() != CodePage) return;
    const auto left = m_until - m_bridge.now();
    if (m_begun && left < Millis(0)) return fail({ErrorKind::Refused, "pairing.expired", {}, {}});
    const auto seconds = std::max<std::int64_t>(0, left.count() / 1000);
    m_left->setText(
        tr("Good for one console and %1:%2 more minutes").arg(seconds / 60).arg(seconds % 60, 2, 10, QChar(u'0')));
}

void AddConsoleDialog::done(int result) {
    if (m_pages->currentIndex() != DonePage)
        m_bridge.ask([](engine::SyncService& sync) -> Result<void> {
            sync.endOffer();
            return {};
        });
    QDialog::done(result);
}

}  // namespace wl::ui
