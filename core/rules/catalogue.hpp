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
    std::string onlyIf{};             ///< code of a question before it: asked only where that was answered …
    std::string onlyIfValue{};        ///< … with this value; empty: with anything
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
    std::string head{};         ///< staff code; escalations go there
    int acceptMinutes{240};    ///< of its opening hours: a hand-off that nobody answers for so long bounces back
    bool operator==(const Department&) const = default;
};

struct Crew {
    std::string code;
    std::string name;
    std::string department;
    std::vector<std::string> areas;     ///< empty = everywhere
    std::vector<std::string> services;  ///< empty = all of the department
    int capacity{};                     ///< cases a day
    std::vector<std::string> skills{};
    std::string lead{};                  ///< staff code
    bool operator==(const Crew&) const = default;
};

struct StaffMember {
    std::string code;
    std::string name;
    std::string department;
    std::string crew;
    std::string role{"agent"};  ///< agent, dispatcher, crew, supervisor, manager
    bool active{true};
    std::vector<std::string> skills{};
    int capacity{};         ///< open cases at a time; 0 = no limit
    std::string awayFrom{}, awayUntil{}; ///< ISO dates, both days included; empty = present
    std::string substitute{};///< staff code of who takes their cases meanwhile
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
    struct Closure {
        std::string from, to;  ///< local "2026-02-01T12:00"; [from, to)
        std::string name;
        bool operator==(const Closure&) const = default;
    };
    std::vector<Closure> closures{}; ///< no time counts in them, also not of windows that began before
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
    std::optional<SlaTarget> respond;  ///< first answer to the requester
    std::optional<SlaTarget> resolve;  ///< work done
    int warnPercent{75};
    Instant validFrom;     ///< of the request; none = always
    std::optional<SlaTarget> acknowledge{};   ///< somebody has taken note
    std::optional<SlaTarget> nextResponse{};  ///< answer to what the requester wrote since the last one
    std::optional<SlaTarget> close{};
    bool operator==(const SlaPolicy&) const = default;
};

struct PauseReason {
    std::string code;
    std::string name;
    bool stopsClock{true};
    int maxMinutes{};      ///< round the clock; after so long it ends by itself; 0 = no limit
    bool needsWakeUp{};    ///< a wake-up date must be given
    std::vector<std::string> roles{}; ///< staff roles that may use it; empty = all
    Status fallback{Status::InProgress};  ///< where the case goes when it wakes up
    bool operator==(const PauseReason&) const = default;
};

/// Conditions that a case must meet; empty lists and texts match all.
struct RoutingRule {
    std::string code;
    std::string name;
    int order{};        ///< rules are tried by this, then by code; the first that matches and can be kept wins
    bool active{true};
    std::vector<std::string> services, groups, areas;
    std::vector<Priority> priorities;
    std::vector<Channel> channels;
    std::vector<std::string> words;  ///< any of them in title or description, whatever the case of letters
    std::string calendar;            ///< with `when`
    std::string when;                ///< "" any time, "open" within the calendar's hours, "closed" outside
    std::string skill;               ///< only crews and staff that have it
    std::string department, crew;    ///< who gets it; empty: as the service and the crews say
    std::string owner;               ///< "" nobody, "round_robin", "least_loaded", or a staff code
    bool alarm{};                    ///< a catch-all: a case that gets here is shown as an alarm
    bool operator==(const RoutingRule&) const = default;
};

struct EscalationStep {
    int percent{};        ///< of the target's time, if not 0
    int minutes{};        ///< else: business minutes after due, negative before it
    std::string to;       ///< owner, crew_lead, department_head, city_manager, or a staff code
    int repeatMinutes{};  ///< again, until somebody acknowledges; 0 = once
    bool operator==(const EscalationStep&) const = default;
};

/// Who hears of a clock that runs out, and when. The most specific ladder for a case holds, as with policies.
struct EscalationLadder {
    std::string code;
    std::string name;
    std::string service, group, department;  ///< empty = any
    std::optional<Priority> priority;
    std::string target{"resolve"};  ///< acknowledge, respond, next_response, resolve, close
    std::vector<EscalationStep> steps;
    std::string
        calendar;  ///< nobody is disturbed outside its hours: a step waits for the next opening; empty = any time
    Instant validFrom;     ///< steps that lie before it do not fire
    bool operator==(const EscalationLadder&) const = default;
};

/// A queue somebody has kept: conditions as on the command line.
struct SavedView {
    std::string code;
    std::string name;
    std::vector<std::string> conditions;  ///< NAME=VALUE
    std::string sort;                     ///< as `query --sort`
    std::string owner;                    ///< staff code; empty = shared
    std::string role;                     ///< shared with this role alone; empty = with everybody
    std::string department{};             ///< shared with this department alone; empty = with all
    int order{};
    bool pinned{true};
    bool operator==(const SavedView&) const = default;
};

/// A work order: many cases under one task. Which cases belong to it is said by the cases (CaseField::Job).
struct Job {
    std::string code;
    std::string title;
    std::string department, crew;
    Instant from, to;              ///< planned window
    std::string state{"planned"};  ///< planned, under_way, done, cancelled
    std::string outcome;           ///< resolution of its cases, when done
    std::string note, materials;
    bool operator==(const Job&) const = default;
};

struct Jurisdiction {
    std::string code;
    std::string name;
    std::string timeZone{"UTC"};
    std::string manager{};    ///< staff code of the city manager; the last step of escalations
    int closingComment{};     ///< least number of characters that a closing comment must have
    int dormantDays{14};      ///< an open case that nobody touched for so long is dormant; 0 = none is
    std::string region{};     ///< country (ISO 3166-1 alpha-2) whose telephone numbers are dialled without a prefix
    bool operator==(const Jurisdiction&) const = default;
};

/// What citizens are written: one text for an event, in one language. The most specific one holds: service and channel
/// before any, then the lower code.
struct MessageTemplate {
    std::string code;
    std::string name;
    std::string event;  ///< received, assigned, planned, information, on_hold, done, closed, reopened, answer, survey
    std::string service;  ///< empty = any
    std::string language;  ///< ISO 639-1
    std::string channel;  ///< code of the channel; empty = any
    std::string subject;  ///< of a mail
    std::string body;
    int version{1};  ///< one more with every change
    bool active{true};
    bool operator==(const MessageTemplate&) const = default;
};

/// When citizens may be written to. An item of kind "sending"; there is one.
struct SendingRules {
    std::string code{"city"};
    bool paused{};  ///< nothing leaves but what is overridden
    std::vector<std::string> automatic;  ///< events of which citizens hear by themselves; empty: of none
    int quietFrom{1200}, quietTo{480};  ///< minutes after local midnight; equal: no quiet hours
    int gapMinutes{10};  ///< least time between two automatic messages to one citizen
    int perHour{6}, perDay{20};  ///< automatic messages to one citizen; 0 = no limit
    int digestMinutes{0};  ///< automatic updates of one case within so long become one; 0 = none
    std::string language{"en"};  ///< of those whose language is not known
    std::string link{};  ///< page of a case; {number} stands for its number
    std::string signature{};  ///< name of the city's desk under messages
    bool operator==(const SendingRules&) const = default;
};

class BusinessHours;
class Catalogue;
using CataloguePtr = std::shared_ptr<const Catalogue>;

/// A published item as it stands in the log.
struct CatalogueItem {
    std::string kind;  ///< "service", "department", "crew", "staff", "calendar", "policy", "pause_reason",
                       ///< "jurisdiction", "routing_rule", "escalation", "view", "job", "template", "sending"
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

    [[nodiscard]] const Job* job(std::string_view code) const;

    // In the order people should see them: by group or department, then name, then code.
    [[nodiscard]] const std::vector<Service>& services() const { return m_services; }
    [[nodiscard]] const std::vector<Department>& departments() const { return m_departments; }
    [[nodiscard]] const std::vector<Crew>& crews() const { return m_crews; }
    [[nodiscard]] const std::vector<StaffMember>& staffMembers() const { return m_staff; }
    [[nodiscard]] const std::vector<WorkCalendar>& calendars() const { return m_calendars; }
    [[nodiscard]] const std::vector<SlaPolicy>& policies() const { return m_policies; }
    [[nodiscard]] const std::vector<PauseReason>& pauseReasons() const { return m_pauseReasons; }
    [[nodiscard]] const std::vector<RoutingRule>& routingRules() const {
        return m_routingRules;
    }  ///< as they are tried
    [[nodiscard]] const std::vector<EscalationLadder>& ladders() const { return m_ladders; }
    [[nodiscard]] const std::vector<SavedView>& views() const { return m_views; }
    [[nodiscard]] const std::vector<Job>& jobs() const { return m_jobs; }
    [[nodiscard]] const std::vector<MessageTemplate>& templates() const { return m_templates; }
    [[nodiscard]] const MessageTemplate* messageTemplate(std::string_view code) const;
    /// The text for an event in exactly that language; nullptr if there is none that is active.
    [[nodiscard]] const MessageTemplate* templateFor(std::string_view event, std::string_view service,
                                                     std::string_view language, std::string_view channel) const;
    [[nodiscard]] const SendingRules& sending() const { return m_sending; }
    [[nodiscard]] const Jurisdiction& jurisdiction() const { return m_jurisdiction; }

    /// The policy for a case with these properties at that instant; nullptr if none matches.
    [[nodiscard]] const SlaPolicy* policyFor(std::string_view service, Priority priority, std::string_view department,
                                             std::string_view area, Instant at, std::string_view crew = {}) const;

    /// The ladder for a clock of a case; nullptr if none matches.
    [[nodiscard]] const EscalationLadder* ladderFor(std::string_view target, std::string_view service,
                                                    Priority priority, std::string_view department) const;

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
    std::vector<RoutingRule> m_routingRules;
    std::vector<EscalationLadder> m_ladders;
    std::vector<SavedView> m_views;
    std::vector<Job> m_jobs;
    std::vector<MessageTemplate> m_templates;
    SendingRules m_sending;
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
[[nodiscard]] CatalogueItem toItem(const RoutingRule& v);
[[nodiscard]] CatalogueItem toItem(const EscalationLadder& v);
[[nodiscard]] CatalogueItem toItem(const SavedView& v);
[[nodiscard]] CatalogueItem toItem(const Job& v);
[[nodiscard]] CatalogueItem toItem(const MessageTemplate& v);
[[nodiscard]] CatalogueItem toItem(const SendingRules& v);

}  // namespace wl::rules
