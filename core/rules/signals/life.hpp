// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One case as the figures see it, now or as of a past instant. Codes are numbers of whoever keeps the cases.

#include <optional>
#include <span>

#include "domain/case_life.hpp"

namespace wl::rules::signals {

struct CaseLife {
    CaseKey key;
    Status status{};
    Channel channel{};
    SlaState settled{};  ///< as DerivedCase: OnTrack = the clock has not ended
    bool paused{}, duplicate{};
    std::int32_t service{}, department{}, crew{}, owner{}, area{};
    Second requested{}, responded{}, workDone{}, closed{};
    std::int64_t dueMs{}, warnMs{}, pausedUntilMs{};
    std::int64_t policyWarnMs{};  ///< without what is foreseen of its end
    std::span<const LifeEvent> events;  ///< steps in the order of replay, then everything else by time

    [[nodiscard]] bool isOpen() const { return status != Status::Closed; }
    /// When the fault was gone; 0 while it is not.
    [[nodiscard]] Second finished() const { return workDone != 0 ? workDone : closed; }
};

/// The status that a case had at the end of a second; nothing before it was requested.
[[nodiscard]] std::optional<Status> statusAt(const CaseLife& life, Second at);

/// The case as it stood at the end of that second: status, instants and events by then. Department, owner, area and the
/// due instant are those that are known now; what is foreseen now is left out. Nothing if it had not been requested.
[[nodiscard]] std::optional<CaseLife> asOf(const CaseLife& life, Second at);

/// What the clock shows at that instant.
[[nodiscard]] SlaState slaAt(const CaseLife& life, Instant now);

}  // namespace wl::rules::signals
