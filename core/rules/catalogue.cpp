// SPDX-License-Identifier: GPL-3.0-or-later
#include "rules/catalogue.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <tuple>

#include "rules/business_hours.hpp"
#include "rules/catalogue_check.hpp"
#include "rules/catalogue_json.hpp"

namespace wl::rules {
namespace {

struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>{}(text); }
};
template <class T>
using ByCode = std::unordered_map<std::string, T, TextHash, std::equal_to<>>;
using Index = ByCode<std::size_t>;

template <class T>
Index indexOf(const std::vector<T>& items) {
    Index out;
    for (std::size_t i = 0; i < items.size(); ++i) out.emplace(items[i].code, i);
    return out;
}
template <class T>
const T* lookUp(const Index& index, const std::vector<T>& items, std::string_view code) {
    const auto at = index.find(code);
    return at == index.end() ? nullptr : &items[at->second];
}
template <class T>
std::string nameOf(const T* item, std::string_view code) {
    return item != nullptr && !item->name.empty() ? item->name : std::string(code);
}

// Each more specific property outweighs all the ones after it.
unsigned specificity(const SlaPolicy& p) {
    return (p.service.empty() ? 0U : 32U) | (p.group.empty() ? 0U : 16U) | (p.crew.empty() ? 0U : 8U) |
           (p.department.empty() ? 0U : 4U) | (p.priority ? 2U : 0U) | (p.area.empty() ? 0U : 1U);
}
// Two policies of equal specificity that both match a case name the same things, so this order alone decides.
bool precedes(const SlaPolicy& a, const SlaPolicy& b) {
    return std::tuple(specificity(b), b.validFrom, std::string_view(a.code)) <
           std::tuple(specificity(a), a.validFrom, std::string_view(b.code));
}

}  // namespace

struct Catalogue::Lookup {
    Index services, departments, crews, staff, calendars, pauseReasons, jobs;
    std::vector<BusinessHours> hours;               ///< by calendar
    ByCode<std::vector<std::uint32_t>> candidates;  ///< by service: policies that may match it, best first
    std::vector<std::uint32_t> otherCandidates;     ///< for a service that nothing names
};

Catalogue::Catalogue() : m_timeZone(&TimeZone::utc()), m_lookup(std::make_unique<Lookup>()) {}
Catalogue::~Catalogue() = default;

/// Fills a catalogue from items and makes its indexes.
class CatalogueBuilder {
public:
    explicit CatalogueBuilder(std::vector<Error>& problems) : m_problems(problems), m_made(new Catalogue) {}

    void take(const std::vector<CatalogueItem>& items) {
        std::map<std::pair<std::string_view, std::string_view>, const CatalogueItem*> latest;
        for (const auto& item : items) latest[{item.kind, item.code}] = &item;
        auto& c = *m_made;
        bool hasJurisdiction = false;
        for (const auto& [key, item] : latest) {
            const auto kind = key.first;
            if (item->document.empty()) continue;  // withdrawn
            if (kind == "service") add(*item, c.m_services);
            else if (kind == "department") add(*item, c.m_departments);
            else if (kind == "crew") add(*item, c.m_crews);
            else if (kind == "staff") add(*item, c.m_staff);
            else if (kind == "calendar") add(*item, c.m_calendars);
            else if (kind == "policy") add(*item, c.m_policies);
            else if (kind == "pause_reason") add(*item, c.m_pauseReasons);
            else if (kind == "routing_rule") add(*item, c.m_routingRules);
            else if (kind == "escalation") add(*item, c.m_ladders);
            else if (kind == "view") add(*item, c.m_views);
            else if (kind == "job") add(*item, c.m_jobs);
            else if (kind == "template") add(*item, c.m_templates);
            else if (kind == "sending") takeSending(*item);
            else if (kind != "jurisdiction") c.m_unknown.push_back(*item);
            else if (Jurisdiction read; !hasJurisdiction && readItem(*item, read, m_problems)) {
                c.m_jurisdiction = std::move(read);  // a catalogue is one city's: the first by code
                hasJurisdiction = true;
            }
        }
    }

    CataloguePtr finish() {
        order();
        index();
        rankPolicies();
        checkCatalogue(*m_made, m_problems);
        return m_made;
    }

private:
    template <class T>
    void add(const CatalogueItem& item, std::vector<T>& into) {
        T read;
        if (readItem(item, read, m_problems)) into.push_back(std::move(read));
    }

    void takeSending(const CatalogueItem& item) {
        SendingRules read;
        if (readItem(item, read, m_problems)) m_made->m_sending = std::move(read);
    }

    template <class T>
    static void orderBy(std::vector<T>& items, auto first) {
        std::ranges::sort(items, {}, [&](const T& v) {
            return std::tuple<std::string_view, std::string_view, std::string_view>(first(v), v.name, v.code);
        });
    }
    void order() {
        auto& c = *m_made;
        const auto noGroup = [](const auto&) { return std::string_view(); };
        const auto byDepartment = [](const auto& v) { return std::string_view(v.department); };
        orderBy(c.m_services, [](const Service& v) { return std::string_view(v.group); });
        orderBy(c.m_departments, noGroup), orderBy(c.m_calendars, noGroup);
        orderBy(c.m_policies, noGroup), orderBy(c.m_pauseReasons, noGroup);
        orderBy(c.m_ladders, noGroup);
        std::ranges::sort(c.m_templates, {},
                          [](const MessageTemplate& t) { return std::tie(t.event, t.language, t.code); });
        std::ranges::sort(c.m_routingRules, {}, [](const RoutingRule& r) { return std::tie(r.order, r.code); });
        std::ranges::sort(c.m_views, {}, [](const SavedView& v) { return std::tie(v.order, v.name, v.code); });
        std::ranges::sort(c.m_jobs, {}, [](const Job& j) { return std::tie(j.from, j.code); });
        orderBy(c.m_crews, byDepartment), orderBy(c.m_staff, byDepartment);
    }

    void index() {
        auto& c = *m_made;
        auto& l = *c.m_lookup;
        l.services = indexOf(c.m_services), l.departments = indexOf(c.m_departments), l.crews = indexOf(c.m_crews);
        l.staff = indexOf(c.m_staff), l.calendars = indexOf(c.m_calendars), l.pauseReasons = indexOf(c.m_pauseReasons);
        l.jobs = indexOf(c.m_jobs);
        for (const auto& calendar : c.m_calendars) l.hours.emplace_back(calendar);
        if (const auto* zone = TimeZone::find(c.m_jurisdiction.timeZone)) c.m_timeZone = zone;
    }

    void rankPolicies() {
        auto& c = *m_made;
        std::vector<std::uint32_t> ranked(c.m_policies.size());
        for (std::uint32_t i = 0; i < ranked.size(); ++i) ranked[i] = i;
        std::ranges::sort(ranked, [&](auto a, auto b) { return precedes(c.m_policies[a], c.m_policies[b]); });

        const auto candidates = [&](std::string_view service, std::string_view group) {
            std::vector<std::uint32_t> out;
            for (const auto i : ranked) {
                const auto& p = c.m_policies[i];
                if ((p.service.empty() || p.service == service) && (p.group.empty() || p.group == group))
                    out.push_back(i);
            }
            return out;
        };
        auto& l = *c.m_lookup;
        for (const auto& service : c.m_services)
            l.candidates.emplace(service.code, candidates(service.code, service.group));
        for (const auto& p : c.m_policies)
            if (!p.service.empty() && !l.candidates.contains(p.service))
                l.candidates.emplace(p.service, candidates(p.service, {}));
        l.otherCandidates = candidates({}, {});
    }

    std::vector<Error>& m_problems;
    std::shared_ptr<Catalogue> m_made;
};

CataloguePtr Catalogue::build(const std::vector<CatalogueItem>& items, std::vector<Error>* problems) {
    std::vector<Error> unwanted;
    CatalogueBuilder builder(problems != nullptr ? *problems : unwanted);
    builder.take(items);
    return builder.finish();
}

const Service* Catalogue::service(std::string_view code) const { return lookUp(m_lookup->services, m_services, code); }
const Department* Catalogue::department(std::string_view code) const {
    return lookUp(m_lookup->departments, m_departments, code);
}
const Crew* Catalogue::crew(std::string_view code) const { return lookUp(m_lookup->crews, m_crews, code); }
const StaffMember* Catalogue::staff(std::string_view code) const { return lookUp(m_lookup->staff, m_staff, code); }
const WorkCalendar* Catalogue::calendar(std::string_view code) const {
    return lookUp(m_lookup->calendars, m_calendars, code);
}
const PauseReason* Catalogue::pauseReason(std::string_view code) const {
    return lookUp(m_lookup->pauseReasons, m_pauseReasons, code);
}

const Job* Catalogue::job(std::string_view code) const { return lookUp(m_lookup->jobs, m_jobs, code); }

const MessageTemplate* Catalogue::messageTemplate(std::string_view code) const {
    const auto at = std::ranges::find(m_templates, code, &MessageTemplate::code);
    return at == m_templates.end() ? nullptr : &*at;
}

const MessageTemplate* Catalogue::templateFor(std::string_view event, std::string_view service,
                                              std::string_view language, std::string_view channel) const {
    const MessageTemplate* best = nullptr;
    const auto rank = [](const MessageTemplate& t) {
        return (t.service.empty() ? 0 : 2) + (t.channel.empty() ? 0 : 1);
    };
    for (const auto& t : m_templates)
        if (t.active && t.event == event && t.language == language && (t.service.empty() || t.service == service) &&
            (t.channel.empty() || t.channel == channel) && (best == nullptr || rank(t) > rank(*best)))
            best = &t;
    return best;
}

const BusinessHours* Catalogue::hours(std::string_view calendar) const {
    return lookUp(m_lookup->calendars, m_lookup->hours, calendar);
}

const BusinessHours* Catalogue::hoursFor(const SlaPolicy& policy, std::string_view departmentCode) const {
    if (!policy.calendar.empty()) return hours(policy.calendar);
    const auto* found = department(departmentCode);
    return found != nullptr ? hours(found->calendar) : nullptr;
}

const SlaPolicy* Catalogue::policyFor(std::string_view service, Priority priority, std::string_view department,
                                      std::string_view area, Instant at, std::string_view crew) const {
    const auto found = m_lookup->candidates.find(service);
    for (const auto i : found != m_lookup->candidates.end() ? found->second : m_lookup->otherCandidates) {
        const auto& p = m_policies[i];
        if ((p.department.empty() || p.department == department) && (p.crew.empty() || p.crew == crew) &&
            (!p.priority || *p.priority == priority) && (p.area.empty() || p.area == area) &&
            (!p.validFrom || p.validFrom <= at))
            return &p;
    }
    return nullptr;
}

const EscalationLadder* Catalogue::ladderFor(std::string_view target, std::string_view serviceCode, Priority priority,
                                             std::string_view department) const {
    const auto* known = service(serviceCode);
    const auto rank = [](const EscalationLadder& v) {
        return (v.service.empty() ? 0U : 8U) | (v.group.empty() ? 0U : 4U) | (v.department.empty() ? 0U : 2U) |
               (v.priority ? 1U : 0U);
    };
    const EscalationLadder* best = nullptr;
    for (const auto& v : m_ladders)
        if (v.target == target && (v.service.empty() || v.service == serviceCode) &&
            (v.group.empty() || (known != nullptr && v.group == known->group)) &&
            (v.department.empty() || v.department == department) && (!v.priority || *v.priority == priority) &&
            (best == nullptr || rank(v) > rank(*best) || (rank(v) == rank(*best) && v.code < best->code)))
            best = &v;
    return best;
}

std::string Catalogue::serviceName(std::string_view code) const { return nameOf(service(code), code); }
std::string Catalogue::departmentName(std::string_view code) const { return nameOf(department(code), code); }
std::string Catalogue::crewName(std::string_view code) const { return nameOf(crew(code), code); }
std::string Catalogue::staffName(std::string_view code) const { return nameOf(staff(code), code); }

}  // namespace wl::rules
