// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What readers get: plain values, read from one consistent snapshot of the database.

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "domain/derived_case.hpp"
#include "domain/person_state.hpp"
#include "domain/verdict.hpp"

namespace wl::store {

/// A line of the case table.
struct CaseRow {
    CaseKey key;
    CaseId id;
    std::string number;
    Status status{};
    std::string statusReason;
    Priority priority{};
    Channel channel{};
    std::string service, department, crew, owner, area;  ///< codes
    std::string offeredTo;  ///< department that has not yet answered an offer to take it over; empty = none
    std::string title, description, address;
    std::optional<GeoPoint> position;
    Instant requestedAt, updatedAt, closedAt;
    DerivedCase clock;
    std::uint64_t conflicts{};  ///< bit n = CaseField n has rival values
};

struct CaseDetail {
    CaseKey key;
    std::string number;
    CaseState state;
    DerivedCase clock;
};

/// One entry of a case's history: an op as it stands in the log.
struct TimelineEntry {
    Stamp stamp;
    Instant at;           ///< when it happened
    Op op;
    bool effective{true};  ///< false for a status step that took no effect, or a void op (shown struck through)
    Verdict verdict{};     ///< why the op does not count; Valid for all others
};

struct PersonView {
    PersonKey key;
    PersonState state;
};

/// Records of one citizen, by what was judged of them; the leading one (the least id) first. Never empty.
struct PersonGroup {
    std::vector<PersonView> records;
    [[nodiscard]] bool contains(const PersonId& id) const {
        return std::ranges::any_of(records, [&](const PersonView& r) { return r.state.id == id; });
    }
};

/// Somebody who reported a fault.
struct Reporter {
    PersonId person;  ///< null: anonymous
    CaseKey caseKey;  ///< the case that holds the report
    std::string number;
    Dot report;       ///< seq 0: the requester of that case itself
    Channel channel{};
    Instant at;
    std::string body;
};

/// One fault: the case that stands for it, the cases closed as duplicates of it, and who reported it, oldest first.
struct Incident {
    CaseKey lead;
    std::string leadNumber;
    std::vector<CaseKey> members;
    std::vector<Reporter> reporters;
};

/// How long requesters waited for the first answer that a person gave them.
struct FirstResponses {
    std::size_t count{};
    Millis median{};  ///< of the lower middle; 0 where there are none
};

/// A message of the outbox, without its texts.
struct OutboxRow {
    CaseKey caseKey;
    std::string number;  ///< of the case
    MessageId id;
    OriginId origin;     ///< of the op that wrote it …
    std::uint64_t seq{}; ///< … and its number
    MessageState state{};
    Instant writtenAt, stateAt, until;
    Channel channel{};
    PersonId person;  ///< null: not known
    std::string address;
    MessageWhy why{};
    std::string reason;
    std::string externalId;
    Instant sentAt;
    Instant claimEnds;
};

struct OutboxFilter {
    std::vector<MessageState> states;  ///< empty: all
    Instant before;                    ///< written before; none = no bound
    int limit{1000};
};

/// A gateway that sends on a channel.
struct ChannelClaim {
    OriginId origin;
    Hlc since;
    Instant ends;
};

/// What a citizen has been sent, in all cases, and how the last message to the address ended.
struct ContactRecord {
    std::int64_t sentLastHour{}, sentLastDay{};
    Instant lastSentAt;  ///< within the last day
    bool bounced{};
};

struct SearchHits {
    std::vector<CaseKey> cases;
    std::vector<PersonKey> persons;
};

}  // namespace wl::store
