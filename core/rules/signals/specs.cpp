// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "domain/change_set.hpp"
#include "rules/signals/figure.hpp"

namespace wl::rules::signals {
namespace {

constexpr std::array<std::string_view, 7> kUnits{"cases", "share", "hours", "days", "ratio", "messages", "patterns"};
constexpr std::array<std::string_view, 9> kBy{"department", "service", "area",   "channel", "crew",
                                              "owner",      "band",    "reason", "pattern"};

// clang-format off
constexpr std::array<FigureSpec, kFigureCount> kSpecs{{
    {FigureKind::Opened, "opened", "Cases opened", Unit::Cases, By::Department, false, false,
     "Number of cases requested in the period. The series also counts closings."},
    {FigureKind::Closed, "closed", "Cases closed", Unit::Cases, By::Department, false, false,
     "Number of cases whose closing lies in the period. A case that was reopened counts at its last closing, or not at "
     "all while it is open."},
    {FigureKind::Backlog, "backlog", "Open cases", Unit::Cases, By::Department, true, true,
     "Number of cases requested by the end of the period and not closed then; at the latest now."},
    {FigureKind::Ageing, "ageing", "Age of open cases", Unit::Days, By::Band, true, true,
     "Median time since the request, over the cases open at the end of the period (at the latest now); bands of age "
     "include their lower bound."},
    {FigureKind::FirstResponse, "first_response", "First response", Unit::Hours, By::Department, false, true,
     "Median time from the request to the first public message that a person wrote, over the cases first answered in "
     "the period. Automatic receipts do not count."},
    {FigureKind::WorkDone, "work_done", "Time until the work is done", Unit::Days, By::Department, false, true,
     "Median time from the request until the work was done (or the case was closed, where nobody said so earlier), "
     "over the cases whose work was done in the period."},
    {FigureKind::TimeToClose, "time_to_close", "Time until closed", Unit::Days, By::Department, false, true,
     "Median time from the request to the closing, over the cases closed in the period."},
    {FigureKind::OnTime, "on_time", "Done in time", Unit::Share, By::Department, false, false,
     "In time / (in time + late). A case counts when it is decided: in time when the work is done by the due instant, "
     "late when the due instant passes, done or not. So open overdue cases count as late."},
    {FigureKind::Overdue, "overdue", "Overdue now", Unit::Cases, By::Department, true, true,
     "Number of open cases whose due instant has passed; those whose clock is paused are not among them."},
    {FigureKind::AtRisk, "at_risk", "At risk now", Unit::Cases, By::Department, true, true,
     "Number of cases whose clock runs, is not past its due instant, and has passed its warning or is "
     "expected by what cases like it took to end late."},
    {FigureKind::DueSoon, "due_next_24h", "Due within 24 hours", Unit::Cases, By::Department, true, true,
     "Number of cases whose clock runs and whose due instant lies within the next 24 hours."},
    {FigureKind::Oldest, "oldest", "Oldest open cases by owner", Unit::Days, By::Owner, true, true,
     "Greatest time since the request among the open cases of each owner."},
    {FigureKind::Reopened, "reopened", "Reopened within 30 days", Unit::Share, By::Service, false, true,
     "Closings after which the case was reopened within 30 days / closings, over the closings in the period. A closing "
     "that was taken back at once is none."},
    {FigureKind::HandOffs, "handoffs", "Hand-offs", Unit::Cases, By::Department, false, true,
     "Number of hand-offs that a department accepted in the period, by the department that accepted."},
    {FigureKind::Held, "held", "Time held per department", Unit::Days, By::Department, false, true,
     "Median time that a department had a case: from its acceptance (or from the request, where the case was never "
     "handed off) until another accepted it or it was closed, over the times that ended in the period."},
    {FigureKind::Workload, "workload", "Open work by crew", Unit::Cases, By::Crew, true, true,
     "Number of open cases of each crew; the denominator is the number of cases that the crew can do a day."},
    {FigureKind::Duplicates, "duplicates", "Duplicates found", Unit::Cases, By::Service, false, false,
     "Further reports put under a case that stood already + cases closed because another stands for them, both in the "
     "period. Each of them is work that was not done twice."},
    {FigureKind::Council, "council", "Council requests", Unit::Cases, By::Department, false, false,
     "Number of cases requested in the period that came from the council."},
    {FigureKind::Fairness, "fairness", "Waiting by neighbourhood", Unit::Ratio, By::Area, false, true,
     "For each service the median time until the work was done in the area divided by that of the whole city; the "
     "geometric mean of these ratios, weighted by the city's mix of services (direct standardisation) over the services "
     "with at least 5 cases there. 1 = as the city. The interval holds the ratio 95 times in 100 if logarithms of times "
     "are normal."},
    {FigureKind::MessagesSent, "messages_sent", "Messages sent", Unit::Messages, By::Channel, false, false,
     "Number of messages to citizens that left in the period; each counts once, when it left first, also if it came "
     "back later."},
    {FigureKind::MessagesKept, "messages_kept_back", "Messages kept back", Unit::Messages, By::Reason, false, true,
     "Number of messages that a rule of sending kept back in the period; each counts once, when it was kept back "
     "first, for the reason of then, also if it left later."},
    {FigureKind::HotSpots, "hotspots", "Early patterns", Unit::Patterns, By::Pattern, true, true,
     "Number of early patterns of the last 14 days of cases that nobody has acknowledged: more faults of one service "
     "in one place, or in the whole city, than its past lets expect. Ranked by surprise, minus the logarithm to base 10 "
     "of the chance of so many. Always of now."},
}};
// clang-format on

constexpr std::uint64_t kPlace = bit(CaseField::Department) | bit(CaseField::Service) | bit(CaseField::Area);
constexpr std::uint64_t kStep = kChangedStatus | kOpenedCase;

}  // namespace

std::string_view code(Unit unit) { return kUnits[static_cast<std::size_t>(unit)]; }
std::string_view code(By by) { return kBy[static_cast<std::size_t>(by)]; }
std::optional<By> byFromCode(std::string_view text) {
    const auto at = std::ranges::find(kBy, text);
    if (at == kBy.end()) return std::nullopt;
    return static_cast<By>(at - kBy.begin());
}

const std::array<FigureSpec, kFigureCount>& figureSpecs() { return kSpecs; }
const FigureSpec* figureSpec(std::string_view name) {
    const auto at = std::ranges::find(kSpecs, name, &FigureSpec::name);
    return at == kSpecs.end() ? nullptr : &*at;
}
const FigureSpec& figureSpec(FigureKind kind) { return kSpecs[static_cast<std::size_t>(kind)]; }

std::uint64_t concerns(FigureKind kind) {
    constexpr auto who = bit(CaseField::Crew) | bit(CaseField::Owner);
    constexpr auto clock = kChangedClock | bit(CaseField::DueOverride) | bit(CaseField::Priority);
    switch (kind) {
        case FigureKind::Opened:
        case FigureKind::Closed:
        case FigureKind::Backlog:
        case FigureKind::Ageing:
        case FigureKind::Reopened:
        case FigureKind::WorkDone:
        case FigureKind::TimeToClose:
        case FigureKind::Fairness: return kPlace | kStep;
        case FigureKind::Council: return kPlace | kOpenedCase | kChangedStatus;
        case FigureKind::FirstResponse: return kPlace | kChangedInteractions;
        case FigureKind::OnTime:
        case FigureKind::Overdue:
        case FigureKind::AtRisk:
        case FigureKind::DueSoon: return kPlace | kStep | clock;
        case FigureKind::Oldest:
        case FigureKind::Workload: return kPlace | kStep | who;
        case FigureKind::HandOffs:
        case FigureKind::Held: return kPlace | kStep | kChangedHandOff;
        case FigureKind::MessagesSent:
        case FigureKind::MessagesKept: return kPlace | kChangedInteractions;
        case FigureKind::HotSpots: return 0;  // whoever looks for them tells
        case FigureKind::Duplicates: return kPlace | kStep | kChangedInteractions | bit(CaseField::DuplicateOf);
    }
    return ~std::uint64_t{0};
}

}  // namespace wl::rules::signals
