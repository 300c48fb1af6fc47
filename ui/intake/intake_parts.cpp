// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/intake/intake_parts.hpp"

#include <QAction>
#include <QComboBox>
#include <QGridLayout>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QStackedWidget>
#include <QToolButton>

#include "ui/intake/caller_section.hpp"
#include "ui/intake/place_section.hpp"
#include "ui/intake/questions_form.hpp"
#include "ui/intake/receipt_card.hpp"
#include "ui/intake/service_section.hpp"
#include "ui/kit/look.hpp"
#include "ui/kit/tone_label.hpp"
#include "ui/models/vocab_words.hpp"

namespace wl::ui {
namespace {

using namespace Qt::StringLiterals;

constexpr int kSaveAfterMs = 300, kNearbyAfterMs = 150;

QComboBox* combo(const QString& name, const QString& label) {
    auto* box = new QComboBox;
    box->setObjectName(name);
    box->setAccessibleName(label);
    return box;
}

}  // namespace

IntakePanel::Parts::Parts(IntakePanel& panel, ConsoleBridge& bridge, std::filesystem::path drafts)
    : m_panel(panel), m_bridge(bridge), m_store(std::move(drafts)), m_stack(new QStackedWidget),
      m_drafts(new QToolButton), m_draftMenu(new QMenu(m_drafts)), m_caller(new CallerSection(bridge)),
      m_service(new ServiceSection), m_questions(new QuestionsForm), m_place(new PlaceSection(bridge)),
      m_nearby(new QListWidget), m_nearbyTitle(new QLabel), m_description(new QPlainTextEdit),
      m_priority(combo(u"intakePriority"_s, tr("Priority"))), m_channel(combo(u"intakeChannel"_s, tr("Channel"))),
      m_consent(combo(u"intakeConsent"_s, tr("Consent to contact"))), m_expected(new QLabel), m_saved(new QLabel),
      m_file(new QPushButton(tr("File the report"))), m_receipt(new ReceiptCard), m_scroll(new QScrollArea) {
    m_saveSoon.setSingleShot(true);
    m_nearbySoon.setSingleShot(true);
    m_service->setCatalogue(bridge.catalogue());
    build();
    connectParts();
    clear();
}

void IntakePanel::Parts::build() {
    auto* title = new QLabel(tr("New report"));
    title->setFont(headFont(m_panel.font()));
    m_drafts->setObjectName(u"intakeDrafts"_s);
    m_drafts->setAutoRaise(true);
    m_drafts->setPopupMode(QToolButton::InstantPopup);
    m_drafts->setMenu(m_draftMenu);
    m_drafts->setFocusPolicy(Qt::TabFocus);
    m_drafts->setShortcut(QKeySequence(Qt::ALT | Qt::Key_D));
    m_drafts->setToolTip(tr("Reports that were begun and not filed (Alt+D)"));
    auto* close = new QToolButton;
    close->setObjectName(u"intakeClose"_s);
    close->setAutoRaise(true);
    close->setIcon(QIcon::fromTheme(u"window-close"_s));
    close->setToolTip(tr("Close; the draft is kept (Esc)"));
    close->setAccessibleName(close->toolTip());
    close->setFocusPolicy(Qt::TabFocus);
    connect(close, &QToolButton::clicked, this, &Parts::leave);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(grid(3), grid(2), grid(2), grid(1));
    head->addWidget(title, 1);
    head->addWidget(m_drafts);
    head->addWidget(close);

    m_scroll->setObjectName(u"intakeScroll"_s);
    m_scroll->setWidget(buildForm());
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_expected->setObjectName(u"intakeExpected"_s);
    m_expected->setWordWrap(true);
    m_file->setObjectName(u"intakeFile"_s);
    m_file->setToolTip(tr("File the report (Ctrl+Enter)"));
    m_file->setDefault(true);
    m_saved->setObjectName(u"intakeSaved"_s);
    auto* foot = new QVBoxLayout;
    foot->setContentsMargins(grid(3), grid(2), grid(3), grid(2));
    foot->setSpacing(grid(1));
    m_errors[QString()] = new ToneLabel;
    m_errors[QString()]->setObjectName(u"error_other"_s);
    m_errors[QString()]->hide();
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_saved, 1);
    buttons->addWidget(m_file);
    foot->addWidget(m_expected);
    foot->addWidget(m_errors[QString()]);
    foot->addLayout(buttons);

    auto* form = new QWidget;
    auto* layout = new QVBoxLayout(form);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_scroll, 1);
    layout->addLayout(foot);
    makeQuiet(m_saved);
    m_stack->addWidget(form);
    m_stack->addWidget(m_receipt);
    auto* all = new QVBoxLayout(&m_panel);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addLayout(head);
    all->addWidget(m_stack, 1);
    m_panel.setMinimumWidth(grid(95));
    m_panel.setAutoFillBackground(true);
}

QWidget* IntakePanel::Parts::buildForm() {
    auto* form = new QWidget;
    auto* rows = new QVBoxLayout(form);
    rows->setContentsMargins(grid(3), grid(1), grid(3), grid(3));
    rows->setSpacing(grid(1));
    const auto section = [&](const QString& label, QWidget* editor, const QString& field) {
        auto* heading = new QLabel(label);
        heading->setFont(strongFont(form->font()));
        heading->setBuddy(editor);
        auto* error = new ToneLabel;
        error->setObjectName(u"error_"_s + field);
        error->hide();
        m_errors[field] = error;
        rows->addWidget(heading);
        rows->addWidget(editor);
        rows->addWidget(error);
        rows->addSpacing(grid(2));
    };
    section(tr("&Caller"), m_caller, u"requester"_s);
    section(tr("&Service"), m_service, u"service_code"_s);
    rows->insertWidget(rows->count() - 1, m_questions);
    section(tr("&Where"), m_place, u"address"_s);
    m_nearbyTitle->setObjectName(u"nearbyTitle"_s);
    m_nearby->setObjectName(u"nearbyList"_s);
    m_nearby->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    rows->addWidget(m_nearbyTitle);
    rows->addWidget(m_nearby);
    m_description->setObjectName(u"intakeDescription"_s);
    m_description->setAccessibleName(tr("Description"));
    m_description->setPlaceholderText(tr("What the caller says, in their words"));
    m_description->setTabChangesFocus(true);
    m_description->setFixedHeight(4 * m_description->fontMetrics().lineSpacing() + grid(3));
    section(tr("&Description"), m_description, u"description"_s);

    for (const auto p : {Priority::Low, Priority::Normal, Priority::High, Priority::Urgent})
        m_priority->addItem(QIcon::fromTheme(priorityIconName(p)), priorityWord(p), static_cast<int>(p));
    for (const auto c : {Channel::Phone, Channel::WalkIn, Channel::Email, Channel::WhatsApp, Channel::Sms,
                         Channel::WebForm, Channel::App, Channel::Council, Channel::Social, Channel::Staff})
        m_channel->addItem(QIcon::fromTheme(channelIconName(c)), channelWord(c), static_cast<int>(c));
    for (const auto c : {Consent::Unknown, Consent::Given, Consent::Refused})
        m_consent->addItem(consentWord(c), static_cast<int>(c));
    auto* choices = new QGridLayout;
    choices->setHorizontalSpacing(grid(2));
    choices->setVerticalSpacing(grid(1));
    int column = 0;
    for (const auto& [label, box] : {std::pair{tr("&Priority"), m_priority}, std::pair{tr("C&hannel"), m_channel},
                                     std::pair{tr("Conse&nt"), m_consent}}) {
        auto* caption = new QLabel(label);
        caption->setBuddy(box);
        choices->addWidget(caption, 0, column);
        choices->addWidget(box, 1, column);
        choices->setColumnStretch(column++, 1);
    }
    rows->addLayout(choices);
    rows->addStretch();
    return form;
}

void IntakePanel::Parts::connectParts() {
    connect(&m_saveSoon, &QTimer::timeout, this, &Parts::keep);
    connect(&m_nearbySoon, &QTimer::timeout, this, &Parts::followNearby);
    connect(m_caller, &CallerSection::changed, this, &Parts::changed);
    connect(m_caller, &CallerSection::openPerson, &m_panel, &IntakePanel::openPerson);
    connect(m_service, &ServiceSection::chosen, this, &Parts::serviceChosen);
    connect(m_questions, &QuestionsForm::changed, this, &Parts::changed);
    connect(m_place, &PlaceSection::changed, this, &Parts::changed);
    connect(m_place, &PlaceSection::pinChanged, this, [this](std::optional<GeoPoint> at) {
        Q_EMIT m_panel.draftPinChanged(at);
        m_nearbySoon.start(kNearbyAfterMs);
    });
    connect(m_place, &PlaceSection::pickRequested, this, [this] {
        m_picking = true;
        Q_EMIT m_panel.pickPlaceRequested(m_place->pin());
    });
    connect(m_nearby, &QListWidget::itemActivated, this,
            [this](QListWidgetItem* item) { Q_EMIT m_panel.openCase(CaseKey{item->data(Qt::UserRole).toLongLong()}); });
    auto* add = new QAction(tr("Add the caller to the report that is known"), &m_panel);
    add->setObjectName(u"intakeAddToNearby"_s);
    add->setShortcut(QKeySequence(Qt::ALT | Qt::Key_A));
    add->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(add, &QAction::triggered, this, &Parts::addToNearby);
    m_panel.addAction(add);
    connect(m_description, &QPlainTextEdit::textChanged, this, &Parts::changed);
    connect(m_priority, &QComboBox::activated, this, [this] { m_priorityTouched = true; });
    for (auto* box : {m_priority, m_channel, m_consent})
        connect(box, &QComboBox::currentIndexChanged, this, &Parts::changed);
    connect(m_file, &QPushButton::clicked, this, &Parts::file);
    connect(m_draftMenu, &QMenu::aboutToShow, this, &Parts::showDrafts);
    connect(m_receipt, &ReceiptCard::anotherRequested, this, &Parts::begin);
    connect(m_receipt, &ReceiptCard::openRequested, this, [this] {
        Q_EMIT m_panel.openCase(m_filed);
        leave();
    });
    connect(&m_bridge, &ConsoleBridge::catalogueChanged, this,
            [this] { m_service->setCatalogue(m_bridge.catalogue()); });
}

}  // namespace wl::ui
