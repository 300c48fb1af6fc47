// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// SLA clocks: a pure fold over a case's events, the policy and the calendar. Nothing is stored as truth.
// Times are read in the calendar's own zone; a target in business minutes counts open minutes only, a target in
// business days ends at the closing of the last counted day at the start's time of day (see businessDue).

#include <vector>

#include "domain/derived_case.hpp"
#include "rules/catalogue.hpp"

namespace wl::rules {

enum class TargetKind : std::uint8_t { Respond = 1, Resolve = 2 };

/// A stretch in which the clock stood still, and why.
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
    Instant warn;
    Instant finished;           ///< when the target was reached
    SlaState settled{};         ///< OnTrack while running
    bool paused{};
    std::vector<PauseSpan> pauses;
};

/// All clocks of a case, Resolve last. Empty if no policy matches and no due date was imported.
[[nodiscard]] std::vector<SlaClock> computeClocks(const CaseState& state, const Catalogue& catalogue);

/// The instant `amount` after `start` on a calendar; `nullptr` calendar means around the clock in UTC.
[[nodiscard]] Instant dueAfter(Instant start, const SlaTarget& target, const WorkCalendar* calendar);

/// Open time between two instants.
[[nodiscard]] Millis businessTimeBetween(Instant from, Instant to, const WorkCalendar& calendar);

/// What queues need; the engine hands this to the store.
class SlaDeriver final : public CaseDeriver {
public:
    explicit SlaDeriver(CataloguePtr catalogue) : m_catalogue(std::move(catalogue)) {}
    [[nodiscard]] DerivedCase derive(const CaseState& state) const override;

private:
    CataloguePtr m_catalogue;
};

/// When work asked for now would be due: what the agent tells the caller before saving. None without a policy.
[[nodiscard]] Instant expectedBy(const Catalogue& catalogue, std::string_view service, Priority priority,
                                 std::string_view department, std::string_view area, Instant now);

}  // namespace wl::rules
