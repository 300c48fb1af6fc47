// SPDX-License-Identifier: GPL-3.0-or-later
#include "rules/duty.hpp"

#include <algorithm>
#include <chrono>

#include "rules/business_hours.hpp"

namespace wl::rules {
namespace {

constexpr int kMostRepeats = 20;

struct StepAt {
    Instant at;
    EscalationRaised raised;
};

const Escalation* raisedAs(const CaseState& state, const std::string& key) {
    const auto at = std::ranges::lower_bound(state.escalations, key, {}, &Escalation::key);
    return at != state.escalations.end() && at->key == key && at->raised.dot.seq != 0 ? &*at : nullptr;
}

// A step is named by what it says, not by its place: a ladder that is edited does not fire again what it fired.
std::string keyOf(const EscalationLadder& ladder, const EscalationStep& step, const SlaClock& clock,
                  const CaseState& state) {
    auto key = ladder.code + ':' + ladder.target + ':' +
               (step.percent != 0 ? 'p' + std::to_string(step.percent) : 'm' + std::to_string(step.minutes)) + ':' +
               step.to + ':' + std::to_string(state.reopenedCount);
    if (clock.kind == TargetKind::NextResponse) key += '@' + std::to_string(clock.start.ms);
    return key;
}

Priority priorityOf(const CaseState& state) {
    return static_cast<Priority>(std::clamp<std::int64_t>(state.number(CaseField::Priority), 1, 4));
}

// The steps of a clock's ladder that have not fired yet: of each the next one, repetitions included.
void addSteps(const SlaClock& clock, const CaseState& state, const Catalogue& catalogue, std::vector<StepAt>& out) {
    const auto* ladder = catalogue.ladderFor(code(clock.kind), state.text(CaseField::Service), priorityOf(state),
                                             state.text(CaseField::Department));
    if (ladder == nullptr) return;
    const auto* hours = ladder->calendar.empty() ? nullptr : catalogue.hours(ladder->calendar);
    const auto notBefore = std::max(state.opened.hlc.wall(), ladder->validFrom);
    for (std::size_t i = 0; i < ladder->steps.size(); ++i) {
        const auto& step = ladder->steps[i];
        auto at = step.percent != 0 ? atPercent(clock, state, catalogue, step.percent)
                                    : atMinutes(clock, state, catalogue, step.minutes);
        if (!at || at < notBefore) continue;
        const auto key = keyOf(*ladder, step, clock, state);
        auto thisKey = key;
        int repeat = 0;
        for (const auto* fired = raisedAs(state, key); fired != nullptr; fired = raisedAs(state, thisKey)) {
            if (step.repeatMinutes <= 0 || fired->acknowledged.dot.seq != 0 || ++repeat > kMostRepeats) {
                repeat = -1;
                break;
            }
            thisKey = key + '#' + std::to_string(repeat);
        }
        if (repeat < 0) continue;
        at = at + std::chrono::minutes{std::int64_t{step.repeatMinutes} * repeat};
        if (hours != nullptr) at = hours->opening(at);
        if (!at) continue;
        EscalationRaised raised{thisKey, ladder->code, static_cast<std::int64_t>(i) + 1, step.to, {}, at, {}};
        out.push_back({at, std::move(raised)});
    }
}

std::vector<StepAt> stepsOf(const CaseState& state, const std::vector<SlaClock>& running, const Catalogue& catalogue) {
    std::vector<StepAt> steps;
    for (const auto& clock : running) addSteps(clock, state, catalogue, steps);
    return steps;
}

void earliest(Instant& kept, Instant at) {
    if (at && (!kept || at < kept)) kept = at;
}

}  // namespace

Instant wakeUpOf(const CaseState& state, const Catalogue& catalogue) {
    if (state.status == Status::Planned) return state.statusUntil;
    if (state.status != Status::Waiting) return {};
    auto at = state.statusUntil;
    const auto* reason = catalogue.pauseReason(state.statusReason);
    if (reason != nullptr && reason->maxMinutes > 0)
        earliest(at, state.statusAt + std::chrono::minutes{reason->maxMinutes});
    return at;
}

bool wakesUp(const CaseState& state, const Catalogue& catalogue) {
    const bool sleeps = state.status == Status::Waiting || state.status == Status::Planned;
    return !sleeps || wakeUpOf(state, catalogue);
}

std::string recipientOf(std::string_view role, const CaseState& state, const Catalogue& catalogue) {
    if (role == "owner") return state.text(CaseField::Owner);
    if (role == "crew_lead") {
        const auto* crew = catalogue.crew(state.text(CaseField::Crew));
        return crew != nullptr ? crew->lead : std::string();
    }
    if (role == "department_head") {
        const auto* department = catalogue.department(state.text(CaseField::Department));
        return department != nullptr ? department->head : std::string();
    }
    if (role == "city_manager") return catalogue.jurisdiction().manager;
    return std::string(role);
}

Instant nextAlarm(const CaseState& state, const std::vector<SlaClock>& running, const Catalogue& catalogue) {
    if (!state.isOpenedYet() || state.status == Status::Closed) return {};
    Instant next;
    earliest(next, wakeUpOf(state, catalogue));
    if (const auto* offer = state.pendingHandOff()) earliest(next, offer->limit);
    for (const auto& step : stepsOf(state, running, catalogue)) earliest(next, step.at);
    return next;
}

std::vector<DueAction> dueActions(const CaseState& state, const Catalogue& catalogue, Instant now) {
    std::vector<DueAction> out;
    if (!state.isOpenedYet() || state.status == Status::Closed) return out;
    if (const auto at = wakeUpOf(state, catalogue); at && at <= now) {
        const auto* reason = state.status == Status::Waiting ? catalogue.pauseReason(state.statusReason) : nullptr;
        const auto fallback = reason != nullptr ? reason->fallback : Status::InProgress;
        out.push_back({DueAction::Kind::WakeUp, at, fallback, {}});
    }
    if (const auto* offer = state.pendingHandOff(); offer != nullptr && offer->limit && offer->limit <= now)
        out.push_back({DueAction::Kind::Bounce, offer->limit, {}, {}});
    auto clocks = computeClocks(state, catalogue);
    std::erase_if(clocks, [](const SlaClock& c) { return c.settled != SlaState::OnTrack; });
    for (auto& step : stepsOf(state, clocks, catalogue)) {
        if (step.at > now) continue;
        step.raised.person = recipientOf(step.raised.to, state, catalogue);
        out.push_back({DueAction::Kind::Escalate, step.at, {}, std::move(step.raised)});
    }
    std::ranges::stable_sort(out, {}, &DueAction::at);
    return out;
}

bool mayUse(const PauseReason& reason, const StaffMember* who) {
    return who == nullptr || reason.roles.empty() || std::ranges::find(reason.roles, who->role) != reason.roles.end();
}

}  // namespace wl::rules
