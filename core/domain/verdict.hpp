// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Whether an op counts: a pure function of the op, its author's earlier ops and the realm log, so that every replica
// with the same epoch gives the same answer. An op that does not count stays in the log, is hashed and forwarded, and
// is shown struck through.

#include "domain/ops.hpp"
#include "domain/realm_log.hpp"

namespace wl {

enum class Verdict : std::uint8_t {
    Valid = 0,
    Malformed = 1,       ///< its bytes are no op
    ClockRunsBack = 2,   ///< not after its author's op before it
    EpochRunsBack = 3,   ///< cites an older epoch than its author's op before it
    EpochTooOld = 4,     ///< cites an epoch that was replaced more than kEpochGrace before it
    NotAllowed = 5,      ///< its author's role at the cited epoch does not permit this kind
    NotEnrolled = 6,     ///< its author is no console of the realm
    AfterCutoff = 7,     ///< its author had been revoked with an earlier cutoff
    AfterFork = 8,       ///< its author signed two different ops of this or an earlier number
    OutOfScope = 9,      ///< its author works for one department and took a case to it
};

inline constexpr Millis kEpochGrace = std::chrono::hours(24 * 14);

/// What the verdict needs to know of an op.
struct OpFacts {
    Dot dot;
    Hlc hlc;
    std::uint32_t epoch{};
    std::uint64_t kind{};
    bool wellFormed{};
    Hlc hlcBefore;             ///< of its author's op before it
    std::uint32_t epochBefore{};
    std::string_view department;  ///< the department that it gives a case which was open before; empty = none
    bool ownHandOff{};  ///< it takes back nothing but what its author itself gave away
    std::uint64_t forkedAt{};  ///< number of its author's first op that stands on a branch not chosen; 0 = none
};

/// What an op says of a case's department, for OpFacts.
void readScope(const OpBody& body, const OriginId& author, OpFacts& facts);

/// Epochs beyond the state's own are the caller's affair: such a segment waits for the realm log.
[[nodiscard]] Verdict judge(const OpFacts& op, const RealmState& realm);

}  // namespace wl
