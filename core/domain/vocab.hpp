// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The field's fixed vocabularies. Numbers are written into the log: never renumber, only append.

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace wl {

/// Where a case stands. Open311 sees `closed` for Closed and `open` for all others.
enum class Status : std::uint8_t {
    New = 0,
    Acknowledged = 1,
    Assigned = 2,
    InProgress = 3,
    Waiting = 4,   ///< for a named reason; may stop the clock
    Planned = 5,   ///< for a named date
    WorkDone = 6,  ///< the fault is gone, the paperwork is not
    Closed = 7,    ///< with a resolution
};
inline constexpr int kStatusCount = 8;

enum class Priority : std::uint8_t { Low = 1, Normal = 2, High = 3, Urgent = 4 };

/// The channel something arrived by or left by.
enum class Channel : std::uint8_t {
    // clang-format off
    Phone = 1, WalkIn = 2, Email = 3, WebForm = 4, App = 5, WhatsApp = 6, Sms = 7, Council = 8, Open311 = 9,
    Import = 10, Staff = 11, Social = 12,
    // clang-format on
};
inline constexpr int kChannelCount = 12;

enum class Direction : std::uint8_t { In = 1, Out = 2, Internal = 3 };
enum class Visibility : std::uint8_t { Public = 1, Staff = 2 };
enum class InteractionKind : std::uint8_t { Note = 1, Message = 2, Call = 3, Visit = 4, Update = 5, SystemNotice = 6 };

/// The state of a case's running clock as it is shown: colour, icon and words derive from it.
enum class SlaState : std::uint8_t {
    None = 0,
    OnTrack = 1,
    AtRisk = 2,
    Breached = 3,
    Paused = 4,
    Met = 5,
    Cancelled = 6
};
inline constexpr int kSlaStateCount = 7;

/// What became of an offer to hand a case over.
enum class HandOffAnswer : std::uint8_t {
    Pending = 0,
    Accepted = 1,
    Returned = 2,   ///< with a reason
    Bounced = 3,    ///< nobody answered in time
    Withdrawn = 4,  ///< by the sender, or another offer came after it
};

enum class ContactKind : std::uint8_t { Phone = 1, Email = 2, WhatsApp = 3, PostalAddress = 4 };

/// Where a message to a citizen stands. Waiting: for a gateway; Held: not before an instant.
enum class MessageState : std::uint8_t {
    Waiting = 1,
    Held = 2,
    Suppressed = 3,  ///< a rule kept it back
    Sending = 4,     ///< a gateway has claimed the channel and hands it over; how that ended is not known yet
    Sent = 5,
    Delivered = 6,
    Read = 7,
    Failed = 8,
    Cancelled = 9,
};
inline constexpr int kMessageStateCount = 9;

/// On whose behalf a message leaves: the case's owner, a rule acting for the owner, the owner in answer to a message.
enum class MessageWhy : std::uint8_t { Owner = 1, Rule = 2, Answer = 3 };

enum class Consent : std::uint8_t { Unknown = 0, Given = 1, Refused = 2 };

/// Stable codes for files, the command line and JSON: "in_progress", "walk_in", …
[[nodiscard]] std::string_view code(Status status);
[[nodiscard]] std::string_view code(Priority priority);
[[nodiscard]] std::string_view code(Channel channel);
[[nodiscard]] std::string_view code(Direction direction);
[[nodiscard]] std::string_view code(Visibility visibility);
[[nodiscard]] std::string_view code(InteractionKind kind);
[[nodiscard]] std::string_view code(SlaState state);
[[nodiscard]] std::string_view code(HandOffAnswer answer);
[[nodiscard]] std::string_view code(ContactKind kind);
[[nodiscard]] std::string_view code(Consent consent);
[[nodiscard]] std::string_view code(MessageState state);
[[nodiscard]] std::string_view code(MessageWhy why);

[[nodiscard]] std::optional<Status> statusFromCode(std::string_view code);
[[nodiscard]] std::optional<Priority> priorityFromCode(std::string_view code);
[[nodiscard]] std::optional<Channel> channelFromCode(std::string_view code);
[[nodiscard]] std::optional<SlaState> slaStateFromCode(std::string_view code);
[[nodiscard]] std::optional<ContactKind> contactKindFromCode(std::string_view code);
[[nodiscard]] std::optional<Consent> consentFromCode(std::string_view code);
[[nodiscard]] std::optional<MessageState> messageStateFromCode(std::string_view code);

[[nodiscard]] constexpr bool isTerminal(Status s) { return s == Status::WorkDone || s == Status::Closed; }
[[nodiscard]] constexpr bool isOpen(Status s) { return s != Status::Closed; }

/// Resolutions a closed case may carry; a city may add its own in the catalogue.
inline constexpr std::array<std::string_view, 7> kResolutions{
    "fixed", "no_action", "not_found", "not_responsible", "duplicate", "cancelled_by_requester", "invalid"};

}  // namespace wl
