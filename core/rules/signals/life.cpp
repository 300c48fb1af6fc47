// SPDX-License-Identifier: GPL-3.0-or-later
#include "rules/signals/life.hpp"

#include "domain/derived_case.hpp"

namespace wl::rules::signals {
namespace {

/// The instants that follow from the steps taken by then, as the fold of a case sets them.
struct Standing {
    Status status{Status::New};
    Second workDone{}, closed{};
    void take(const LifeEvent& step) {
        if (status == Status::Closed) workDone = closed = 0;
        else if (status == Status::WorkDone && step.to() != Status::Closed) workDone = 0;
        status = step.to();
        if (status == Status::WorkDone) workDone = step.at();
        if (status == Status::Closed) {
            closed = step.at();
            if (workDone == 0) workDone = step.at();
        }
    }
};

Standing standingAt(const CaseLife& life, Second at) {
    Standing s;
    for (const auto& e : life.events) {
        if (e.what() != LifeEvent::Kind::Step) break;
        if (e.at() <= at) s.take(e);
    }
    return s;
}

}  // namespace

std::optional<Status> statusAt(const CaseLife& life, Second at) {
    if (life.requested > at) return std::nullopt;
    return standingAt(life, at).status;
}

std::optional<CaseLife> asOf(const CaseLife& life, Second at) {
    if (life.requested > at) return std::nullopt;
    const auto s = standingAt(life, at);
    auto out = life;
    const bool changed = s.status != life.status || s.workDone != life.workDone || s.closed != life.closed;
    out.status = s.status;
    out.workDone = s.workDone;
    out.closed = s.closed;
    out.warnMs = life.policyWarnMs;
    if (life.responded > at) out.responded = 0;
    if (life.status == Status::Closed && s.status != Status::Closed) out.duplicate = false;
    if (changed) {
        out.paused = s.status == Status::Waiting;
        out.pausedUntilMs = 0;
        const bool ended = life.settled == SlaState::Met || life.settled == SlaState::Breached;
        if ((ended || life.settled == SlaState::Cancelled) && s.workDone == 0 && s.closed == 0)
            out.settled = life.dueMs != 0 ? SlaState::OnTrack : SlaState::None;
        if (life.settled == SlaState::OnTrack && s.workDone != 0)
            out.settled = s.workDone * 1000 <= life.dueMs ? SlaState::Met : SlaState::Breached;
    }
    return out;
}

SlaState slaAt(const CaseLife& life, Instant now) {
    DerivedCase d;
    d.due = {life.dueMs};
    d.warn = {life.warnMs};
    d.paused = life.paused;
    d.settled = life.settled;
    d.pausedUntil = {life.pausedUntilMs};
    return slaStateAt(d, now);
}

}  // namespace wl::rules::signals
