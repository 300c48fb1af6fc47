// SPDX-License-Identifier: GPL-3.0-or-later
#include "rules/catalogue_check.hpp"

#include <algorithm>
#include <set>

#include "rules/business_hours.hpp"
#include "rules/catalogue_json.hpp"

namespace wl::rules {
namespace {

constexpr int kDayMinutes = 1440;
constexpr int kWeekMinutes = 7 * kDayMinutes;

class Notes {
public:
    explicit Notes(std::vector<Error>& problems) : m_problems(problems) {}
    void operator()(std::string_view code, std::string field, std::string detail = {}) {
        m_problems.push_back({ErrorKind::Input, std::string(code), std::move(field), std::move(detail)});
    }
    /// `found` may be anything that is false when the named thing is not there. Empty names are fine.
    void unless(bool found, std::string_view code, std::string_view kind, const std::string& item,
                std::string_view member, const std::string& name) {
        if (name.empty() || found) return;
        (*this)(code, std::string(kind) + '/' + item + '.' + std::string(member), name);
    }

private:
    std::vector<Error>& m_problems;
};

struct PlacedWindow {
    int from;  ///< minutes since Monday
    int to;
    std::string field;
    std::string text;
};

std::string textOf(const WorkWindow& w) { return std::to_string(w.from) + '-' + std::to_string(w.to); }

std::vector<PlacedWindow> placedWindows(const WorkCalendar& calendar, Notes& note) {
    std::vector<PlacedWindow> out;
    for (std::size_t day = 0; day < calendar.week.size(); ++day) {
        const auto field = "calendar/" + calendar.code + ".week." + std::string(kWeekdayMembers[day]);
        const auto& windows = calendar.week[day];
        if (windows.size() > kMaxWindowsADay) note("catalogue.window.count", field, std::to_string(windows.size()));
        for (std::size_t i = 0; i < windows.size(); ++i) {
            const auto place = field + '[' + std::to_string(i) + ']';
            if (usableWindows({windows[i]}).empty()) {
                note("catalogue.window.range", place, textOf(windows[i]));
                continue;
            }
            const auto start = static_cast<int>(day) * kDayMinutes;
            out.push_back({start + windows[i].from, start + windows[i].to, place, textOf(windows[i])});
        }
    }
    std::ranges::stable_sort(out, {}, &PlacedWindow::from);
    return out;
}

// Codes that no other question has, answers to choose from, conditions on a question that stands before.
void checkQuestions(const Service& service, Notes& note) {
    std::set<std::string_view> asked;
    for (std::size_t i = 0; i < service.attributes.size(); ++i) {
        const auto& a = service.attributes[i];
        const auto path = "service/" + service.code + ".attributes[" + std::to_string(i) + "]";
        constexpr std::array<std::string_view, 6> kinds{"string", "number",          "datetime",
                                                        "text",   "singlevaluelist", "multivaluelist"};
        if (std::ranges::find(kinds, a.datatype) == kinds.end())
            note("catalogue.question.type", path + ".datatype", a.datatype);
        if (a.variable && a.code.empty()) note("catalogue.question.code", path + ".code");
        else if (!a.code.empty() && !asked.insert(a.code).second)
            note("catalogue.question.twice", path + ".code", a.code);
        const bool chosen = a.datatype == "singlevaluelist" || a.datatype == "multivaluelist";
        if (a.variable && chosen && a.values.empty()) note("catalogue.question.values", path + ".values", a.code);
        const auto offers = [](const ServiceAttribute& question, const std::string& value) {
            return question.values.empty() ||
                   std::ranges::any_of(question.values, [&](const auto& v) { return v.key == value; });
        };
        if (!a.stopValue.empty() && !offers(a, a.stopValue))
            note("catalogue.question.value", path + ".stop_value", a.stopValue);
        if (a.onlyIf.empty()) continue;
        const auto other = std::ranges::find(service.attributes, a.onlyIf, &ServiceAttribute::code);
        if (a.onlyIf == a.code || !asked.contains(a.onlyIf))
            note("catalogue.question.condition", path + ".only_if", a.onlyIf);
        else if (!a.onlyIfValue.empty() && !offers(*other, a.onlyIfValue))
            note("catalogue.question.value", path + ".only_if_value", a.onlyIfValue);
    }
}

}  // namespace

void checkCalendar(const WorkCalendar& calendar, std::vector<Error>& problems) {
    Notes note(problems);
    const auto path = "calendar/" + calendar.code;
    if (TimeZone::find(calendar.timeZone) == nullptr)
        note("catalogue.time_zone.unknown", path + ".time_zone", calendar.timeZone);
    const auto windows = placedWindows(calendar, note);
    if (windows.empty()) note("catalogue.calendar.empty", path + ".week");
    int covered = windows.empty() ? 0 : windows.back().to - kWeekMinutes;  // Sunday's night shift reaches into Monday
    for (const auto& w : windows) {
        if (w.from < covered) note("catalogue.window.overlap", w.field, w.text);
        covered = std::max(covered, w.to);
    }
    for (std::size_t i = 0; i < calendar.holidays.size(); ++i)
        if (!parseIsoDate(calendar.holidays[i].first))
            note("catalogue.holiday.date", path + ".holidays[" + std::to_string(i) + "].date",
                 calendar.holidays[i].first);
    for (std::size_t i = 0; i < calendar.closures.size(); ++i) {
        const auto from = parseLocalMinute(calendar.closures[i].from), to = parseLocalMinute(calendar.closures[i].to);
        if (!from || !to || to->ms <= from->ms)
            note("catalogue.closure.range", path + ".closures[" + std::to_string(i) + "]",
                 calendar.closures[i].from + " - " + calendar.closures[i].to);
    }
}

void checkCatalogue(const Catalogue& c, std::vector<Error>& problems) {
    Notes note(problems);
    const auto& zone = c.jurisdiction().timeZone;
    if (TimeZone::find(zone) == nullptr)
        note("catalogue.time_zone.unknown", "jurisdiction/" + c.jurisdiction().code + ".time_zone", zone);
    for (const auto& calendar : c.calendars()) checkCalendar(calendar, problems);

    std::set<std::string_view> groups;
    for (const auto& v : c.services()) {
        groups.insert(v.group);
        note.unless(c.department(v.department) != nullptr, "catalogue.department.unknown", "service", v.code,
                    "department", v.department);
        checkQuestions(v, note);
    }
    for (const auto& v : c.departments())
        note.unless(c.calendar(v.calendar) != nullptr, "catalogue.calendar.unknown", "department", v.code, "calendar",
                    v.calendar);
    for (const auto& v : c.crews()) {
        note.unless(c.department(v.department) != nullptr, "catalogue.department.unknown", "crew", v.code, "department",
                    v.department);
        for (const auto& service : v.services)
            note.unless(c.service(service) != nullptr, "catalogue.service.unknown", "crew", v.code, "services",
                        service);
    }
    for (const auto& v : c.staffMembers()) {
        note.unless(c.department(v.department) != nullptr, "catalogue.department.unknown", "staff", v.code,
                    "department", v.department);
        note.unless(c.crew(v.crew) != nullptr, "catalogue.crew.unknown", "staff", v.code, "crew", v.crew);
    }
    for (const auto& v : c.policies()) {
        note.unless(c.calendar(v.calendar) != nullptr, "catalogue.calendar.unknown", "policy", v.code, "calendar",
                    v.calendar);
        note.unless(c.service(v.service) != nullptr, "catalogue.service.unknown", "policy", v.code, "service",
                    v.service);
        note.unless(groups.contains(v.group), "catalogue.group.unknown", "policy", v.code, "group", v.group);
        note.unless(c.department(v.department) != nullptr, "catalogue.department.unknown", "policy", v.code,
                    "department", v.department);
        note.unless(c.crew(v.crew) != nullptr, "catalogue.crew.unknown", "policy", v.code, "crew", v.crew);
        if (!v.acknowledge && !v.respond && !v.nextResponse && !v.resolve && !v.close)
            note("catalogue.policy.targets", "policy/" + v.code);
    }
}

}  // namespace wl::rules
