// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Whether a message to a citizen may leave, has to wait, or is kept back: a pure function. It is asked when the message
// is written and again before it leaves.

#include <string_view>
#include <vector>

#include "domain/time_zone.hpp"
#include "domain/vocab.hpp"

namespace wl::comms {

/// The city's rules.
struct SendingPolicy {
    bool paused{};
    int quietFrom{}, quietTo{};  ///< minutes after local midnight, [from, to); equal: no quiet hours
    int gapMinutes{};  ///< least time between automatic messages to one citizen; 0 = none
    int perHour{}, perDay{};  ///< automatic messages to one citizen; 0 = no limit
    int digestMinutes{};  ///< automatic updates wait so long for others of the same case; 0 = not
    const TimeZone* zone{&TimeZone::utc()};
    std::vector<DayNumber> holidays{};  ///< quiet all day, where there are quiet hours; ascending
};

/// What is known of the message and of whom it is for.
struct MessageFacts {
    MessageWhy why{};
    Channel channel{};
    bool byOwner{};  ///< whoever sends is the case's owner; a rule acts for the owner
    bool doNotContact{};
    Consent consent{};
    bool hasAddress{};  ///< of that channel
    bool bounced{};  ///< the last message to that address came back
    bool joined{};  ///< the case is a duplicate: its reporters hear through the one that stands
    bool sameText{};  ///< they have been sent, or are about to be sent, the same words on this case
    Instant lastSentAt;  ///< to that citizen, by any case
    std::int64_t sentLastHour{}, sentLastDay{};
    Instant lastInboundAt;  ///< of the citizen, on that channel: WhatsApp's window of 24 hours
    bool approved{};  ///< the text is a template that the provider has approved
    Instant writtenAt;
    bool overridden{};  ///< a person has said that it has to leave all the same
};

struct Decision {
    enum class Kind : std::uint8_t { Send, Hold, Suppress };
    Kind kind{};
    Instant until;  ///< Hold
    std::string_view
        reason;  ///< Hold and Suppress: not_owner, no_address, do_not_contact, no_consent, bounced, joined,
                 ///< same_text, window_closed, paused, rate_day, rate_hour, gap, digest, quiet_hours
    bool operator==(const Decision&) const = default;
};

[[nodiscard]] Decision decide(const MessageFacts& message, const SendingPolicy& policy, Instant now);

/// When the quiet hours that `at` lies in end; none if it lies in none.
[[nodiscard]] Instant quietEnds(const SendingPolicy& policy, Instant at);

}  // namespace wl::comms
