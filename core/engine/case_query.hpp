// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a queue is: a filter and an order over all cases; and the answer, a list of keys that a table pages through.

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "domain/geo_point.hpp"
#include "domain/ids.hpp"
#include "domain/time.hpp"
#include "domain/vocab.hpp"
#include "store/views.hpp"

namespace wl::engine {

/// All conditions must hold; an empty list means "any". Within a list one match is enough; "" in a list of codes
/// matches cases where it is not set (owner {""} = unassigned).
struct CaseFilter {
    std::optional<bool> open;
    std::vector<Status> statuses;
    std::vector<Priority> priorities;
    std::vector<Channel> channels;
    std::vector<SlaState> sla;
    std::vector<std::string> services, departments, crews, owners, areas, groups;
    Instant requestedFrom, requestedTo;  ///< [from, to)
    Instant updatedFrom, updatedTo;
    Instant dueFrom, dueTo;
    Instant closedFrom, closedTo;
    std::optional<bool> conflicted;
    std::vector<std::string> offeredTo;  ///< departments that have not answered yet; "*" = any
    std::optional<bool> stalled, escalated;
    std::vector<std::string> jobs;  ///< codes of work orders
    int idleDays{};                 ///< nobody has touched it for so many days; 0 = any
    std::string text;  ///< full-text words (prefixes), a case number, a phone number or a name
    struct Near {
        GeoPoint centre;
        double metres{};
        bool operator==(const Near&) const = default;
    };
    std::optional<Near> near;
    struct Box {
        GeoPoint southWest, northEast;
        bool operator==(const Box&) const = default;
    };
    std::optional<Box> box;
    std::vector<CaseKey> keys;  ///< only these (lasso)
    Instant asOf{};  ///< cases as they stood then; none = now. Words are searched as they are now
    bool operator==(const CaseFilter&) const = default;
};

enum class CaseColumn : std::uint8_t {
    // clang-format off
    Sla, Number, Service, Address, Status, Priority, Owner, Requested, Due, Department, Crew, Area, Channel, Updated,
    Closed, Title, Description,
    // clang-format on
};
inline constexpr int kCaseColumnCount = 17;

struct CaseOrder {
    CaseColumn column{CaseColumn::Due};
    bool descending{};
    bool operator==(const CaseOrder&) const = default;
};

struct CaseQuery {
    CaseFilter filter;
    CaseOrder order;
};

struct QueueTally {
    std::int64_t total{};
    std::array<std::int64_t, kSlaStateCount> bySla{};
    Instant oldest;  ///< earliest requested_datetime among them
};

/// A case as the map needs it.
struct CaseSpot {
    std::int64_t key{};
    GeoPoint at;
    SlaState sla{};
};

struct CaseListing {
    std::vector<CaseKey> keys;  ///< in order
    std::vector<CaseSpot> spots;  ///< those with a position, in no order
    QueueTally tally;
    Instant asOf;
};
using CaseListingPtr = std::shared_ptr<const CaseListing>;

/// What a search box finds, best first.
struct Found {
    std::vector<store::CaseRow> cases;
    std::vector<store::PersonView> persons;
};

}  // namespace wl::engine
