// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The inside of the case pane: reads the case, spreads it over the parts, turns their wishes into commands.

#include <QCoreApplication>
#include <QTimer>

#include "ui/case/case_actions.hpp"
#include "ui/case/case_pane.hpp"

class QScrollArea;
class QSplitter;
class QStackedWidget;

namespace wl::ui {

class CaseDetails;
class CaseHeader;
class IncidentCard;
class DutyBar;
class ReasonSheet;
class Composer;
class RequesterCard;
class StepSheet;
class ToneLabel;
class TimelineView;

class CasePane::Parts final : public QObject {
    Q_DECLARE_TR_FUNCTIONS(CasePane)

public:
    Parts(CasePane& pane, ConsoleBridge& bridge);

    void showCase(CaseKey key);
    [[nodiscard]] CaseKey current() const { return m_key; }
    [[nodiscard]] const CaseActions& actions() const { return *m_actions; }
    void placePicked(GeoPoint at);
    /// The theme changed: pictures are drawn anew.
    void redraw() {
        if (m_key) m_redraw.start(0);
    }
    void endPick();

private:
    void build();
    void connectParts();
    void connectActions();
    [[nodiscard]] QWidget* actionBar();

    void read();
    void tick();
    void showConsoles();
    void tellPresence();
    void spread(bool another);
    void problem(const QString& words);

    void offerStatus();
    void offerPriority();
    void offerOwner();
    void offerCrew();
    void finishJob();
    void offerDepartment();
    void askReason(const QString& title, const QString& go, std::function<engine::Command(const std::string&)> make);
    void send(engine::Command command, ReasonSheet* sheet = nullptr);
    void answerOffer(HandOffAnswer answer);
    void wantStep(Status to);
    void takeStep(Status to, const std::string& reason, const std::string& note, Instant planned);
    void setField(CaseField field, Value value);
    void record(const InteractionRecorded& said);
    void undo(bool redo);
    void pauseOrResume();
    void copyNumber();

    CasePane& m_pane;
    ConsoleBridge& m_bridge;
    CaseKey m_key;
    store::CaseDetail m_detail;
    std::vector<store::TimelineEntry> m_history;
    CaseActions* m_actions;
    QStackedWidget* m_stack;
    CaseHeader* m_header;
    StepSheet* m_sheet;
    ReasonSheet* m_reason;
    DutyBar* m_duty;
    ToneLabel* m_problem;
    RequesterCard* m_requester;
    IncidentCard* m_incident;
    CaseDetails* m_details;
    QScrollArea* m_scroll;
    QSplitter* m_splitter;
    TimelineView* m_timeline;
    Composer* m_composer;
    QTimer m_tick;
    QTimer m_redraw;
    bool m_picking{};
};

/// "the priority" … for "Undone: …"; by the command's name in the receipt.
[[nodiscard]] QString commandWords(std::string_view command);

}  // namespace wl::ui
