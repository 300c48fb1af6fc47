// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What happened to a case and when, as figures count it: in whole seconds and eight bytes an event, so that a million
// cases fit in memory. Derived from the case's state; never stored.

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "domain/case_state.hpp"

namespace wl {

/// Seconds since 1970; 0 = none. Figures count whole seconds, so that they can be checked with any other tool.
using Second = std::int64_t;
[[nodiscard]] constexpr Second secondOf(Instant at) { return at.ms >= 0 ? at.ms / 1000 : -((-at.ms + 999) / 1000); }

struct LifeEvent {
    enum class Kind : std::uint8_t {
        Step,      ///< the status becomes `status`; in the order of replay
        Moved,     ///< another department accepted it: `name`
        Reported,  ///< one more person reported the same
        Sent,      ///< a message to a citizen left: `name` is made of MessageMark
        KeptBack,  ///< a rule kept a message back, for the first time: `status` is a number of kKeptBackReasons
        Undelivered,  ///< a message could not be sent or came back
    };
    std::uint32_t second{};
    std::uint32_t kind : 3 {};
    std::uint32_t status : 5 {};
    std::uint32_t name : 24 {};  ///< local number of a code
    [[nodiscard]] Second at() const { return second; }
    [[nodiscard]] Kind what() const { return static_cast<Kind>(kind); }
    [[nodiscard]] Status to() const { return static_cast<Status>(status); }
    bool operator==(const LifeEvent&) const = default;
};
static_assert(sizeof(LifeEvent) == 8);

/// Why rules keep messages back, by their numbers in LifeEvent; the last stands for any other.
inline constexpr std::array<std::string_view, 13> kKeptBackReasons{
    "no_address",    "not_owner", "do_not_contact", "no_consent", "bounced",  "joined", "same_text",
    "window_closed", "paused",    "rate_day",       "merged",     "template", "other"};

/// What LifeEvent::name says of a message: the channel, and these bits.
struct MessageMark {
    static constexpr std::uint32_t kChannel = 0xff;
    static constexpr std::uint32_t kByRule = 0x100;    ///< nobody wrote it: a rule did
    static constexpr std::uint32_t kWasKept = 0x200;   ///< it had been kept back before it left
};

[[nodiscard]] constexpr LifeEvent lifeEvent(LifeEvent::Kind kind, Instant at, std::uint32_t status = 0,
                                            std::uint32_t name = 0) {
    const auto second = secondOf(at);
    LifeEvent e;
    e.second = second < 0 ? 0U : second > 0xffff'ffffLL ? 0xffff'ffffU : static_cast<std::uint32_t>(second);
    e.kind = static_cast<std::uint32_t>(kind) & 7U;
    e.status = status & 31U;
    e.name = name & 0xff'ffffU;
    return e;
}

}  // namespace wl
