// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/case/case_pane_parts.hpp"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QScrollArea>
#include <QScrollBar>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>

#include "domain/workflow.hpp"
#include "ui/case/case_details.hpp"
#include "ui/case/case_header.hpp"
#include "ui/case/composer.hpp"
#include "ui/case/duty_bar.hpp"
#include "ui/case/explain_dialog.hpp"
#include "ui/case/incident_card.hpp"
#include "ui/case/reason_sheet.hpp"
#include "ui/case/reply_dialog.hpp"
#include "ui/case/requester_card.hpp"
#include "ui/case/sla_strip.hpp"
#include "ui/case/step_sheet.hpp"
#include "ui/case/timeline_view.hpp"
#include "ui/kit/choice_popup.hpp"
#include "ui/kit/look.hpp"
#include "ui/kit/tone_label.hpp"
#include "ui/models/code_names.hpp"
#include "ui/models/error_words.hpp"
#include "ui/models/field_labels.hpp"
#include "ui/models/sync_words.hpp"
#include "ui/models/time_words.hpp"
#include "ui/models/vocab_words.hpp"

namespace wl::ui {

using namespace Qt::StringLiterals;

CasePane::Parts::Parts(CasePane& pane, ConsoleBridge& bridge)
    : m_pane(pane), m_bridge(bridge), m_actions(new CaseActions(pane)), m_stack(new QStackedWidget),
      m_header(new CaseHeader), m_sheet(new StepSheet), m_reason(new ReasonSheet), m_duty(new DutyBar),
      m_problem(new ToneLabel), m_requester(new RequesterCard(bridge)), m_incident(new IncidentCard(bridge)),
      m_details(new CaseDetails(bridge)), m_scroll(new QScrollArea), m_splitter(new QSplitter(Qt::Vertical)),
      m_timeline(new TimelineView), m_composer(new Composer) {
    build();
    connectParts();
    connectActions();
    m_tick.setSingleShot(true);
    m_redraw.setSingleShot(true);
    connect(&m_redraw, &QTimer::timeout, this, [this] { spread(false); });
    connect(&m_tick, &QTimer::timeout, this, &Parts::tick);
    connect(&bridge, &ConsoleBridge::changed, this, [this](const ChangeSetPtr& changes) {
        const bool ours = m_key && (changes->everything || changes->cases.contains(m_key) || !changes->persons.empty());
        if (ours) read();
    });
    connect(&bridge, &ConsoleBridge::catalogueChanged, this, [this] {
        if (m_key) read();
    });
    connect(&bridge, &ConsoleBridge::instantChanged, this, [this] {
        m_problem->hide();
        if (m_key) read();
    });
}

void CasePane::Parts::build() {
    auto* empty = new QLabel(tr("Pick a case in the list or on the map to see it here.\nCtrl+N takes a new report."));
    empty->setAlignment(Qt::AlignCenter);
    empty->setWordWrap(true);
    makeQuiet(empty);
    m_problem->setObjectName(u"caseProblem"_s);
    m_problem->setContentsMargins(grid(3), grid(1), grid(3), grid(1));
    m_problem->hide();

    auto* upper = new QWidget;
    auto* upperLayout = new QVBoxLayout(upper);
    upperLayout->setContentsMargins(0, 0, 0, 0);
    upperLayout->setSpacing(0);
    upperLayout->addWidget(m_requester);
    upperLayout->addWidget(m_incident);
    upperLayout->addWidget(m_details);
    upperLayout->addStretch();
    m_scroll->setObjectName(u"caseScroll"_s);
    m_scroll->setWidget(upper);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_splitter->setObjectName(u"caseSplitter"_s);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(m_scroll);
    m_splitter->addWidget(m_timeline);
    m_splitter->setStretchFactor(0, 5);
    m_splitter->setStretchFactor(1, 6);

    auto* shown = new QWidget;
    auto* layout = new QVBoxLayout(shown);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    layout->addWidget(actionBar());
    layout->addWidget(m_duty);
    layout->addWidget(m_problem);
    layout->addWidget(m_reason);
    layout->addWidget(m_sheet);
    layout->addWidget(m_splitter, 1);
    layout->addWidget(m_composer);
    m_stack->addWidget(empty);
    m_stack->addWidget(shown);
    auto* all = new QVBoxLayout(&m_pane);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(m_stack);
    m_pane.setMinimumWidth(grid(95));
}

QWidget* CasePane::Parts::actionBar() {
    auto* bar = new QWidget;
    auto* layout = new QHBoxLayout(bar);
    layout->setContentsMargins(grid(2), 0, grid(2), grid(1));
    layout->setSpacing(0);
    const auto button = [&](QAction* action, const QString& shortText) {
        auto* b = new QToolButton;
        b->setDefaultAction(action);
        b->setObjectName(action->objectName() + u"Button"_s);
        b->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        b->setAutoRaise(true);
        b->setFocusPolicy(Qt::TabFocus);
        if (!shortText.isEmpty()) action->setIconText(shortText);
        layout->addWidget(b);
        connect(action, &QAction::visibleChanged, b, [b, action] { b->setVisible(action->isVisible()); });
        b->setVisible(action->isVisible());
    };
    button(m_actions->note, tr("Note"));
    button(m_actions->reply, tr("Reply"));
    button(m_actions->call, tr("Call"));
    button(m_actions->pause, {});
    button(m_actions->close, {});
    button(m_actions->reopen, {});
    button(m_actions->undo, {});
    bar->findChild<QToolButton*>(m_actions->undo->objectName() + u"Button"_s)
        ->setToolButtonStyle(Qt::ToolButtonIconOnly);  // a sign that everyone knows
    layout->addStretch();
    auto* more = new QToolButton;
    more->setObjectName(u"caseMore"_s);
    more->setAccessibleName(tr("More actions"));
    more->setToolTip(tr("More actions"));
    more->setIcon(QIcon::fromTheme(u"overflow-menu"_s, QIcon::fromTheme(u"application-menu"_s)));
    more->setAutoRaise(true);
    more->setFocusPolicy(Qt::TabFocus);
    more->setPopupMode(QToolButton::InstantPopup);
    auto* menu = new QMenu(more);
    menu->addActions(m_actions->all());
    more->setMenu(menu);
    layout->addWidget(more);
    return bar;
}

void CasePane::Parts::connectParts() {
    connect(m_header, &CaseHeader::copyNumberRequested, this, &Parts::copyNumber);
    connect(m_header, &CaseHeader::statusRequested, this, &Parts::offerStatus);
    connect(m_header, &CaseHeader::priorityRequested, this, &Parts::offerPriority);
    connect(m_header, &CaseHeader::ownerRequested, this, &Parts::offerOwner);
    connect(m_header, &CaseHeader::conflictsRequested, m_details, &CaseDetails::goToFirstConflict);
    connect(m_sheet, &StepSheet::accepted, this, &Parts::takeStep);
    connect(m_sheet, &StepSheet::dismissed, &m_pane, [this] { m_pane.setFocus(); });
    connect(m_reason, &ReasonSheet::dismissed, &m_pane, [this] { m_pane.setFocus(); });
    connect(m_duty, &DutyBar::acceptRequested, this, [this] { answerOffer(HandOffAnswer::Accepted); });
    connect(m_duty, &DutyBar::returnRequested, this, [this] { answerOffer(HandOffAnswer::Returned); });
    connect(m_duty, &DutyBar::withdrawRequested, this, [this] { answerOffer(HandOffAnswer::Withdrawn); });
    connect(m_duty, &DutyBar::acknowledgeRequested, m_actions->acknowledge, &QAction::trigger);
    connect(m_requester, &RequesterCard::openPerson, &m_pane, &CasePane::openPerson);
    connect(m_requester, &RequesterCard::openCase, &m_pane, &CasePane::openCase);
    connect(m_requester, &RequesterCard::told, &m_pane, &CasePane::told);
    connect(m_incident, &IncidentCard::openPerson, &m_pane, &CasePane::openPerson);
    connect(m_incident, &IncidentCard::openCase, &m_pane, &CasePane::openCase);
    connect(m_incident, &IncidentCard::wanted, this, [this](const engine::Command& command) { send(command); });
    connect(m_details, &CaseDetails::refusedElsewhere, this, &Parts::problem);
    connect(m_details, &CaseDetails::pickPlaceRequested, this, [this](std::optional<GeoPoint> from) {
        m_picking = true;
        Q_EMIT m_pane.pickPlaceRequested(from);
    });
    connect(m_composer, &Composer::submitted, this, &Parts::record);
    connect(m_composer, &Composer::typingChanged, this, &Parts::tellPresence);
    connect(&m_bridge, &ConsoleBridge::syncChanged, this, &Parts::showConsoles);
    m_pane.setFocusPolicy(Qt::StrongFocus);
}

void CasePane::Parts::connectActions() {
    const auto on = [this](QAction* action, auto what) { connect(action, &QAction::triggered, this, what); };
    on(m_actions->note, [this] { m_composer->begin(InteractionKind::Note, Direction::Internal); });
    on(m_actions->call, [this] { m_composer->begin(InteractionKind::Call, Direction::In); });
    on(m_actions->logReply, [this] { m_composer->begin(InteractionKind::Message, Direction::Out); });
    on(m_actions->reply, [this] {
        if (!m_key) return;
        auto* dialog = new ReplyDialog(m_bridge, m_detail, &m_pane);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &ReplyDialog::told, &m_pane, &CasePane::told);
        dialog->open();
    });
    on(m_actions->assign, [this] { offerOwner(); });
    on(m_actions->takeIt, [this] { setField(CaseField::Owner, Value(m_bridge.engine().agent())); });
    on(m_actions->handOff, [this] { offerDepartment(); });
    on(m_actions->crew, [this] { offerCrew(); });
    on(m_actions->finishJob, [this] { finishJob(); });
    on(m_actions->acceptOffer, [this] { answerOffer(HandOffAnswer::Accepted); });
    on(m_actions->returnOffer, [this] { answerOffer(HandOffAnswer::Returned); });
    on(m_actions->withdrawOffer, [this] { answerOffer(HandOffAnswer::Withdrawn); });
    on(m_actions->claim, [this] { send(engine::ClaimCase{{m_key, {}}, true}); });
    on(m_actions->release, [this] {
        askReason(tr("Release this case to its department's queue"), tr("Release"),
                  [key = m_key](const std::string& why) { return engine::ReleaseCase{{key, {}}, why}; });
    });
    on(m_actions->acknowledge, [this] { send(engine::AcknowledgeEscalations{{m_key, {}}}); });
    on(m_actions->pause, [this] { pauseOrResume(); });
    on(m_actions->status, [this] { offerStatus(); });
    on(m_actions->priority, [this] { offerPriority(); });
    on(m_actions->service, [this] { m_details->editField(CaseField::Service); });
    on(m_actions->workDone, [this] { wantStep(Status::WorkDone); });
    on(m_actions->close, [this] { wantStep(Status::Closed); });
    on(m_actions->reopen, [this] { wantStep(Status::Acknowledged); });
    on(m_actions->undo, [this] { undo(false); });
    on(m_actions->redo, [this] { undo(true); });
    on(m_actions->explain, [this] {
        if (!m_key) return;
        auto* dialog =
            new ExplainDialog(fromText(m_detail.number), m_detail.state, m_detail.clock,
                              m_bridge.engine().forecast(m_detail.state),
                              CodeNames(m_bridge.catalogue(), m_bridge.engine().city()), m_bridge.now(), &m_pane);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->open();
    });
    on(m_actions->sameFault, [this] {
        if (!m_incident->goToLikely()) Q_EMIT m_pane.told(tr("No case here looks like the same fault."));
    });
    on(m_actions->citizen, [this] { Q_EMIT m_pane.openPerson(m_requester->person()); });
    on(m_actions->copyNumber, [this] { copyNumber(); });
    on(m_actions->address, [this] { m_details->editField(CaseField::Address); });
}

void CasePane::Parts::showCase(CaseKey key) {
    if (key == m_key) return;
    endPick();
    m_details->leave();
    m_key = key;
    m_sheet->forget();
    m_reason->done();
    m_problem->hide();
    m_composer->setCase(key);
    m_tick.stop();
    if (key) {
        m_history.clear();
        m_detail = {};
        read();
        m_scroll->verticalScrollBar()->setValue(0);
    } else {
        m_stack->setCurrentIndex(0);
        m_actions->follow(false, Status::New, false);
        tellPresence();
    }
    Q_EMIT m_pane.shown(key);
}

void CasePane::Parts::read() {
    auto shown = m_bridge.shownCase(m_key);
    if (!shown) {
        if (shown.error().code == "case.not_yet") m_stack->setCurrentIndex(0);  // nothing of now stands in its place
        return problem(errorWords(shown.error()).line());
    }
    const bool another = m_detail.key != shown->detail.key;
    m_detail = std::move(shown->detail);
    m_history = std::move(shown->timeline);
    spread(another);
}

void CasePane::Parts::spread(bool another) {
    const auto catalogue = m_bridge.catalogue();
    const auto* requester = std::get_if<EntityId>(&m_detail.state.value(CaseField::Requester));
    const auto city = m_bridge.engine().city();
    const WordContext words{*catalogue, city.get(), zoneOf(*catalogue),
                            [this](const PersonId& id) {
                                const auto person = m_bridge.reader().person(id);
                                return person ? fromText(person->state.text(PersonField::Name)) : tr("a citizen");
                            },
                            m_detail.state.text(CaseField::Service)};
    m_header->show(m_detail, *catalogue);
    m_requester->show(requester ? *requester : PersonId{}, m_key);
    m_incident->show(m_detail);
    m_details->show(m_detail, m_history);
    m_timeline->show(timelineLines(m_history, words), words.zone, m_bridge.shownAt(), !another);
    m_actions->follow(true, m_detail.state.status, requester != nullptr);
    m_actions->followDuty(m_detail.state.pendingHandOff() != nullptr, m_detail.clock.escalated > 0,
                          !m_detail.state.text(CaseField::Owner).empty(), !m_detail.state.text(CaseField::Job).empty());
    m_stack->setCurrentIndex(1);
    showConsoles();
    if (another) tellPresence();
    tick();
}

// Where the case's edits are, and who else works on it.
void CasePane::Parts::showConsoles() {
    if (!m_key || m_detail.key != m_key) return;
    const auto status = m_bridge.sync();
    std::vector<Dot> dots;
    for (const auto& entry : m_history) dots.push_back(entry.stamp.dot);
    const auto machines = status->machinesWith(dots);
    QStringList present;
    for (const auto& entry : status->presence)
        if (entry.caseId == m_detail.state.id)
            present << presenceWords(entry, fromText(m_bridge.catalogue()->staffName(entry.agent)));
    m_header->showConsoles(machinesWords(machines, *status), machines <= 1, present.join(u'\n'));
}

// The others see that this case is open here, and whether somebody writes.
void CasePane::Parts::tellPresence() {
    m_bridge.tellPresence(m_key ? m_detail.state.id : CaseId{}, m_key && m_composer->hasText());
}

// Words of time are set again only when they would read differently.
void CasePane::Parts::tick() {
    if (!m_key) return;
    const auto now = m_bridge.shownAt();
    // Nobody knows the future of the past.
    auto clocks = clockViews(m_detail.state, m_detail.clock,
                             m_bridge.asOf() ? std::nullopt : m_bridge.engine().forecast(m_detail.state),
                             *m_bridge.catalogue(), now);
    const auto youngest = m_detail.state.updatedAt ? m_detail.state.updatedAt : now;
    const auto stay = clockWordsStayFor(clocks, now, wordsStayFor(youngest - now));
    m_header->showClocks(std::move(clocks));
    m_duty->show(m_detail, *m_bridge.catalogue(), m_bridge.agent(), now);
    m_timeline->setNow(now);
    m_tick.start(stay);
}

void CasePane::Parts::problem(const QString& words) {
    m_problem->setText(words);
    m_problem->show();
}

void CasePane::Parts::placePicked(GeoPoint at) {
    if (m_picking && m_key) m_details->setPlace(at);
    m_picking = false;
}

void CasePane::Parts::endPick() {
    if (!m_picking) return;
    m_picking = false;
    Q_EMIT m_pane.pickPlaceEnded();
}

}  // namespace wl::ui
