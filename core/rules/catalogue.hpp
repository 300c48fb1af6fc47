// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The city's catalogue: services, departments, crews, staff, calendars, SLA policies, pause reasons. It is the fold of
// CatalogueItemPublished ops; each item is one JSON document (docs in ARCHITECTURE "Catalogue"). Immutable once built.

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "domain/result.hpp"
#include "domain/time_zone.hpp"
#include "domain/vocab.hpp"

namespace wl::rules {

struct AttributeValue {
    std::string key;
    std::string name;
    bool operator==(const AttributeValue&) const = default;
};

/// One question of a service, as in Open311's service definition.
struct ServiceAttribute {
    std::string code;
    std::string description;          ///< the question
    std::string datatype{"string"};   ///< string, number, datetime, text, singlevaluelist, multivaluelist
    std::string datatypeDescription;  ///< help on how to answer
    bool required{};
    bool variable{true};              ///< false: text shown only
    int order{};
    std::vector<AttributeValue> values;
    std::string stopValue;            ///< an answer that must divert the caller (emergency)
    std::string stopMessage;          ///< what to tell them then
    bool operator==(const ServiceAttribute&) const = default;
};

struct Service {
    std::string code;
    std::string name;
    std::string group;
    std::string description;
    std::vector<std::string> keywords;
    std::string department;
    Priority priority{Priority::Normal};
    std::vector<ServiceAttribute> attributes;
    std::string notice;   ///< what the caller is told after filing
    std::string icon;     ///< Breeze icon name, may be empty
    bool staffOnly{};
    bool confidential{};
    bool active{true};
    bool operator==(const Service&) const = default;
};

struct Department {
    std::string code;
    std::string name;
    std::string calendar;
    bool operator==(const Department&) const = default;
};

struct Crew {
    std::string code;
    std::string name;
    std::string department;
    std::vector<std::string> areas;     ///< empty = everywhere
    std::vector<std::string> services;  ///< empty = all of the department
    int capacity{};                     ///< cases a day
    bool operator==(const Crew&) const = default;
};

struct StaffMember {
    std::string code;
    std::string name;
    std::string department;
    std::string crew;
    std::string role{"agent"};  ///< agent, dispatcher, crew, supervisor, manager
    bool active{true};
    bool operator==(const StaffMember&) const = default;
};

/// Minutes after local midnight; `to` may pass 1440 for a window that ends the next day.
struct WorkWindow {
    int from{};
    int to{};
    bool operator==(const WorkWindow&) const = default;
};

struct WorkCalendar {
    std::string code;
    std::string name;
    std::string timeZone{"UTC"};                         ///< IANA name
    std::array<std::vector<WorkWindow>, 7> week;         ///< Monday first
    std::vector<std::pair<std::string, std::string>> holidays;  ///< ISO date, name
    bool operator==(const WorkCalendar&) const = default;
};

enum class TargetUnit : std::uint8_t { BusinessMinutes, BusinessDays, CalendarMinutes, CalendarDays };

struct SlaTarget {
    int amount{};
    TargetUnit unit{TargetUnit::BusinessMinutes};
    bool operator==(const SlaTarget&) const = default;
};

/// The most specific matching policy wins: one that names the service beats all that do not, then group, crew,
/// department, priority, area. Of several with the same scope the one that came into force last holds; then the lower
/// code.
struct SlaPolicy {
    std::string code;
    std::string name;
    std::string service, group, department, crew, area;  ///< empty = any
    std::optional<Priority> priority;
    std::string calendar;  ///< empty: the calendar of the case's department
    std::optional<SlaTarget> respond;
    std::optional<SlaTarget> resolve;
    int warnPercent{75};
    Instant validFrom;     ///< of the request; none = always
    bool operator==(const SlaPolicy&) const = default;
};

struct PauseReason {
    std::string code;
    std::string name;
    bool stopsClock{true};
    bool operator==(const PauseReason&) const = default;
};

struct Jurisdiction {
    std::string code;
    std::string name;
    std::string timeZone{"UTC"};
    bool operator==(const Jurisdiction&) const = default;
};

class BusinessHours;
class Catalogue;
using CataloguePtr = std::shared_ptr<const Catalogue>;

/// A published item as it stands in the log.
struct CatalogueItem {
    std::string
        kind;  ///< "service", "department", "crew", "staff", "calendar", "policy", "pause_reason", "jurisdiction"
    std::string code;
    std::string document;  ///< empty: withdrawn
    bool operator==(const CatalogueItem&) const = default;
};

class Catalogue {
public:
    /// Documents that cannot be read are left out and reported with the item and the member ("policy/pothole.resolve");
    /// what can be read but makes no sense is kept, used as far as it goes, and reported too. Unknown kinds are kept
    /// aside for newer versions. Of two items with the same kind and code the later stands.
    static CataloguePtr build(const std::vector<CatalogueItem>& items, std::vector<Error>* problems = nullptr);

    [[nodiscard]] const Service* service(std::string_view code) const;
    [[nodiscard]] const Department* department(std::string_view code) const;
    [[nodiscard]] const Crew* crew(std::string_view code) const;
    [[nodiscard]] const StaffMember* staff(std::string_view code) const;
    [[nodiscard]] const WorkCalendar* calendar(std::string_view code) const;
    [[nodiscard]] const PauseReason* pauseReason(std::string_view code) const;

    // In the order people should see them: by group or department, then name, then code.
    [[nodiscard]] const std::vector<Service>& services() const { return m_services; }
    [[nodiscard]] const std::vector<Department>& departments() const { return m_departments; }
    [[nodiscard]] const std::vector<Crew>& crews() const { return m_crews; }
    [[nodiscard]] const std::vector<StaffMember>& staffMembers() const { return m_staff; }
    [[nodiscard]] const std::vector<WorkCalendar>& calendars() const { return m_calendars; }
    [[nodiscard]] const std::vector<SlaPolicy>& policies() const { return m_policies; }
    [[nodiscard]] const std::vector<PauseReason>& pauseReasons() const { return m_pauseReasons; }
    [[nodiscard]] const Jurisdiction& jurisdiction() const { return m_jurisdiction; }

    /// The policy for a case with these properties at that instant; nullptr if none matches.
    [[nodiscard]] const SlaPolicy* policyFor(std::string_view service, Priority priority, std::string_view department,
                                             std::string_view area, Instant at, std::string_view crew = {}) const;

    // Names to show for codes; the code itself where the catalogue does not know it.
    [[nodiscard]] std::string serviceName(std::string_view code) const;
    [[nodiscard]] std::string departmentName(std::string_view code) const;
    [[nodiscard]] std::string crewName(std::string_view code) const;
    [[nodiscard]] std::string staffName(std::string_view code) const;

    /// The calendar laid out on the time axis; nullptr if the catalogue does not know it.
    [[nodiscard]] const BusinessHours* hours(std::string_view calendar) const;
    /// The hours a policy counts in for a case of that department; nullptr means around the clock.
    [[nodiscard]] const BusinessHours* hoursFor(const SlaPolicy& policy, std::string_view department) const;
    [[nodiscard]] const TimeZone& timeZone() const { return *m_timeZone; }  ///< of the jurisdiction
    [[nodiscard]] const std::vector<CatalogueItem>& unknownItems() const { return m_unknown; }

    Catalogue(const Catalogue&) = delete;
    Catalogue& operator=(const Catalogue&) = delete;
    ~Catalogue();

private:
    friend class CatalogueBuilder;
    struct Lookup;
    Catalogue();

    std::vector<Service> m_services;
    std::vector<Department> m_departments;
    std::vector<Crew> m_crews;
    std::vector<StaffMember> m_staff;
    std::vector<WorkCalendar> m_calendars;
    std::vector<SlaPolicy> m_policies;
    std::vector<PauseReason> m_pauseReasons;
    std::vector<CatalogueItem> m_unknown;
    Jurisdiction m_jurisdiction;
    const TimeZone* m_timeZone;
    std::unique_ptr<Lookup> m_lookup;
};

// Documents of single items, canonical JSON with sorted keys (what is published and exported).
[[nodiscard]] CatalogueItem toItem(const Service& v);
[[nodiscard]] CatalogueItem toItem(const Department& v);
[[nodiscard]] CatalogueItem toItem(const Crew& v);
[[nodiscard]] CatalogueItem toItem(const StaffMember& v);
[[nodiscard]] CatalogueItem toItem(const WorkCalendar& v);
[[nodiscard]] CatalogueItem toItem(const SlaPolicy& v);
[[nodiscard]] CatalogueItem toItem(const PauseReason& v);
[[nodiscard]] CatalogueItem toItem(const Jurisdiction& v);

}  // namespace wl::rules
