// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// SLA clocks: a pure fold over a case's events, the policy and the calendar. Nothing is stored as truth.
//
//   start                  pause begins        pause ends                 due
//     |--- counted time ------|  stands still     |--- the rest ------------|     finishing exactly at due is in time
//
// * Counting. Business minutes count open time of the calendar; calendar minutes count all time. Business days end at
//   the start's time of day, that many business days later (asked outside hours: from the next opening; kept within
//   the day's hours). Calendar days end at the same time of day in the calendar's zone.
// * Pauses. Waiting for a reason that stops the clock (one the catalogue does not know stops it) pushes `due` on by
//   the counted time that the pause took; `warn` by the pauses that began before it. Planned does not pause. A pause
//   that begins at or after `due` changes nothing: a breach is not taken back. A pause ends by itself at its wake-up
//   date, or when its reason's longest time is over, whichever comes first; `due` counts on that. While an open-ended
//   pause lasts, `due` is what it would be if it ended at once. Acknowledging and answering again stand still for
//   nothing: they are owed to somebody who waits.
// * Start is the request. Reopening goes on with the same clock, and the time it was closed counts (total resolution).
//   So a case reopened long after may be late at once.
// * Finish. Acknowledge: the first step of anybody. Respond: the first answer to the requester, or the work being done
//   before that. Next response: runs from the earliest message since the last answer until the next one, while the case
//   is open. Resolve: work done. Close: closed.
// * A case closed because there is nothing to do (duplicate, invalid, not responsible, cancelled) before a target was
// due
//   cancels that clock. One that was late stays late.
// * An imported due date (due_override) stands as it is: no policy, no pauses, warning at 75% of the plain time.
// * The policy is the one in force when the case was requested, for what the case is now.

#include <optional>
#include <string_view>
#include <vector>

#include "domain/derived_case.hpp"
#include "rules/catalogue.hpp"

namespace wl::rules {

enum class TargetKind : std::uint8_t { Respond = 1, Resolve = 2, Acknowledge = 3, NextResponse = 4, Close = 5 };
/// "acknowledge", "respond", "next_response", "resolve", "close".
[[nodiscard]] std::string_view code(TargetKind kind);
[[nodiscard]] std::optional<TargetKind> targetKindFromCode(std::string_view code);

/// A stretch in which the clock stood still, and why. Steps recorded with earlier times than the ones before them
/// count from the latest time seen so far, so spans never overlap.
struct PauseSpan {
    Instant from;
    Instant to;  ///< none while it lasts
    std::string reason;
};

struct SlaClock {
    TargetKind kind{};
    const SlaPolicy* policy{};  ///< owned by the catalogue it was computed from; null for an imported due date
    Instant start;
    Instant due;
    Instant warn;  ///< when warnPercent of the target was used
    Instant finished;  ///< when the target was reached; none while it runs
    SlaState settled{};  ///< OnTrack while running
    bool paused{};
    std::vector<PauseSpan> pauses;  ///< those that began before due and finish
    Instant pausedUntil{};  ///< the pause ends by itself then
    bool imported{};  ///< the due date came with the case
};
/// What queues and pictures of a clock need to show it.
[[nodiscard]] DerivedCase shownAs(const SlaClock& clock);
/// The target of a policy; nullptr if the policy has none of that kind.
[[nodiscard]] const SlaTarget* targetOf(const SlaPolicy& policy, TargetKind kind);

/// The clocks of a case in the order acknowledge, respond, next response, resolve, close. Empty if no policy matches
/// and no due date was imported.
[[nodiscard]] std::vector<SlaClock> computeClocks(const CaseState& state, const Catalogue& catalogue);

/// The instant `amount` after `start` on a calendar; `nullptr` calendar means around the clock in UTC. None if the
/// calendar has no hours until 2100. Lays the calendar out on each call: for many, take Catalogue::hours().
[[nodiscard]] Instant dueAfter(Instant start, const SlaTarget& target, const WorkCalendar* calendar);
/// The same with hours laid out already; without hours around the clock, days in `zone`.
[[nodiscard]] Instant dueAfter(Instant start, const SlaTarget& target, const BusinessHours* hours,
                               const TimeZone& zone);

/// Open time between two instants. Lays the calendar out on each call.
[[nodiscard]] Millis businessTimeBetween(Instant from, Instant to, const WorkCalendar& calendar);

/// What queues need; the engine hands this to the store. `respondDue` is set only while an answer is owed.
/// Immutable: any thread may ask.
class SlaDeriver final : public CaseDeriver {
public:
    explicit SlaDeriver(CataloguePtr catalogue) : m_catalogue(std::move(catalogue)) {}
    [[nodiscard]] DerivedCase derive(const CaseState& state) const override;

private:
    CataloguePtr m_catalogue;
};

/// When a share of the clock was, or will be, used (percent of the target, past 100 too), and when `minutes` business
/// minutes after due (before it if negative) are; none where the clock does not say.
[[nodiscard]] Instant atPercent(const SlaClock& clock, const CaseState& state, const Catalogue& catalogue, int percent);
[[nodiscard]] Instant atMinutes(const SlaClock& clock, const CaseState& state, const Catalogue& catalogue, int minutes);

/// When work asked for now would be due: what the agent tells the caller before saving. None without a resolve target.
[[nodiscard]] Instant expectedBy(const Catalogue& catalogue, std::string_view service, Priority priority,
                                 std::string_view department, std::string_view area, Instant now);

}  // namespace wl::rules
