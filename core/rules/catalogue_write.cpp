// SPDX-License-Identifier: GPL-3.0-or-later
// Documents of catalogue items: one line of JSON, members sorted by name, only those that differ from their default.
// So equal items have equal bytes, on every console.
#include <algorithm>
#include <boost/json.hpp>

#include "rules/catalogue_json.hpp"

namespace wl::rules {
namespace {

namespace json = boost::json;

struct UnitWord {
    TargetUnit unit;
    std::string_view code;
};
constexpr std::array<UnitWord, 4> kUnits{{{TargetUnit::BusinessMinutes, "business_minutes"},
                                          {TargetUnit::BusinessDays, "business_days"},
                                          {TargetUnit::CalendarMinutes, "calendar_minutes"},
                                          {TargetUnit::CalendarDays, "calendar_days"}}};

json::string jsonText(std::string_view text) { return json::string(text.data(), text.size()); }

/// Collects the members that are not at their default.
class Document {
public:
    void operator()(std::string_view name, std::string_view text, std::string_view usual = {}) {
        if (text != usual) put(name, jsonText(text));
    }
    void flag(std::string_view name, bool value, bool usual) {
        if (value != usual) put(name, value);
    }
    void number(std::string_view name, std::int64_t value, std::int64_t usual) {
        if (value != usual) put(name, value);
    }
    void texts(std::string_view name, const std::vector<std::string>& values) {
        list(name, values, [](const std::string& text) { return json::value(jsonText(text)); });
    }
    template <class T>
    void list(std::string_view name, const std::vector<T>& values, auto make) {
        json::array array;
        for (const auto& value : values) array.push_back(make(value));
        if (!array.empty()) put(name, std::move(array));
    }
    void put(std::string_view name, json::value value) {
        m_object.insert_or_assign({name.data(), name.size()}, std::move(value));
    }
    json::object take() { return std::move(m_object); }

private:
    json::object m_object;
};

void sortMembers(json::value& value) {
    if (auto* array = value.if_array()) {
        for (auto& element : *array) sortMembers(element);
    } else if (auto* object = value.if_object()) {
        std::vector<std::pair<std::string, json::value>> members;
        for (auto& member : *object) members.emplace_back(member.key(), std::move(member.value()));
        std::ranges::sort(members, {}, &std::pair<std::string, json::value>::first);
        object->clear();
        for (auto& [name, member] : members) {
            sortMembers(member);
            object->emplace(name, std::move(member));
        }
    }
}

CatalogueItem itemOf(std::string_view kind, const std::string& code, Document&& document) {
    json::value value(document.take());
    sortMembers(value);
    return {std::string(kind), code, json::serialize(value)};
}

json::value targetOf(const SlaTarget& target) {
    Document d;
    d.number("amount", target.amount, 0);
    d("unit", code(target.unit), code(SlaTarget{}.unit));
    return d.take();
}

json::value attributeOf(const ServiceAttribute& a) {
    const ServiceAttribute usual;
    Document d;
    d("code", a.code), d("description", a.description), d("datatype", a.datatype, usual.datatype);
    d("datatype_description", a.datatypeDescription);
    d.flag("required", a.required, usual.required), d.flag("variable", a.variable, usual.variable);
    d.number("order", a.order, usual.order);
    d.list("values", a.values, [](const AttributeValue& v) {
        Document value;
        value("key", v.key), value("name", v.name);
        return json::value(value.take());
    });
    d("stop_value", a.stopValue), d("stop_message", a.stopMessage);
    d("only_if", a.onlyIf), d("only_if_value", a.onlyIfValue);
    return d.take();
}

}  // namespace

std::string_view code(TargetUnit unit) {
    for (const auto& word : kUnits)
        if (word.unit == unit) return word.code;
    return "unknown";
}
std::optional<TargetUnit> targetUnitFromCode(std::string_view text) {
    for (const auto& word : kUnits)
        if (word.code == text) return word.unit;
    return std::nullopt;
}

CatalogueItem toItem(const Service& v) {
    const Service usual;
    Document d;
    d("name", v.name), d("group", v.group), d("description", v.description), d.texts("keywords", v.keywords);
    d("department", v.department), d("priority", code(v.priority), code(usual.priority));
    d.list("attributes", v.attributes, attributeOf);
    d("notice", v.notice), d("icon", v.icon);
    d.flag("staff_only", v.staffOnly, usual.staffOnly), d.flag("confidential", v.confidential, usual.confidential);
    d.flag("active", v.active, usual.active);
    return itemOf("service", v.code, std::move(d));
}

CatalogueItem toItem(const Department& v) {
    Document d;
    d("name", v.name), d("calendar", v.calendar), d("head", v.head);
    d.number("accept_minutes", v.acceptMinutes, Department{}.acceptMinutes);
    return itemOf("department", v.code, std::move(d));
}

CatalogueItem toItem(const Crew& v) {
    Document d;
    d("name", v.name), d("department", v.department), d.texts("areas", v.areas), d.texts("services", v.services);
    d.number("capacity", v.capacity, 0), d.texts("skills", v.skills), d("lead", v.lead);
    return itemOf("crew", v.code, std::move(d));
}

CatalogueItem toItem(const StaffMember& v) {
    const StaffMember usual;
    Document d;
    d("name", v.name), d("department", v.department), d("crew", v.crew), d("role", v.role, usual.role);
    d.flag("active", v.active, usual.active), d.texts("skills", v.skills), d.number("capacity", v.capacity, 0);
    d("away_from", v.awayFrom), d("away_until", v.awayUntil), d("substitute", v.substitute);
    return itemOf("staff", v.code, std::move(d));
}

CatalogueItem toItem(const WorkCalendar& v) {
    Document d;
    Document week;
    d("name", v.name), d("time_zone", v.timeZone, WorkCalendar{}.timeZone);
    for (std::size_t day = 0; day < v.week.size(); ++day)
        week.list(kWeekdayMembers[day], v.week[day],
                  [](const WorkWindow& w) { return json::value{{"from", w.from}, {"to", w.to}}; });
    if (auto object = week.take(); !object.empty()) d.put("week", std::move(object));
    d.list("holidays", v.holidays, [](const auto& holiday) {
        Document h;
        h("date", holiday.first), h("name", holiday.second);
        return json::value(h.take());
    });
    d.list("closures", v.closures, [](const WorkCalendar::Closure& closure) {
        Document c;
        c("from", closure.from), c("to", closure.to), c("name", closure.name);
        return json::value(c.take());
    });
    return itemOf("calendar", v.code, std::move(d));
}

CatalogueItem toItem(const SlaPolicy& v) {
    const SlaPolicy usual;
    Document d;
    d("name", v.name), d("service", v.service), d("group", v.group), d("department", v.department), d("crew", v.crew),
        d("area", v.area);
    if (v.priority) d("priority", code(*v.priority));
    d("calendar", v.calendar);
    const auto target = [&](std::string_view name, const std::optional<SlaTarget>& value) {
        if (value) d.put(name, targetOf(*value));
    };
    target("acknowledge", v.acknowledge), target("respond", v.respond), target("next_response", v.nextResponse);
    target("resolve", v.resolve), target("close", v.close);
    d.number("warn_percent", v.warnPercent, usual.warnPercent);
    if (v.validFrom) d("valid_from", isoInstant(v.validFrom));
    return itemOf("policy", v.code, std::move(d));
}

CatalogueItem toItem(const PauseReason& v) {
    Document d;
    const PauseReason usual;
    d("name", v.name), d.flag("stops_clock", v.stopsClock, usual.stopsClock);
    d.number("max_minutes", v.maxMinutes, 0), d.flag("needs_wake_up", v.needsWakeUp, false), d.texts("roles", v.roles);
    d("fallback", code(v.fallback), code(usual.fallback));
    return itemOf("pause_reason", v.code, std::move(d));
}

CatalogueItem toItem(const Jurisdiction& v) {
    Document d;
    d("name", v.name), d("time_zone", v.timeZone, Jurisdiction{}.timeZone), d("manager", v.manager);
    d("region", v.region);
    d.number("closing_comment", v.closingComment, 0);
    d.number("dormant_days", v.dormantDays, Jurisdiction{}.dormantDays);
    return itemOf("jurisdiction", v.code, std::move(d));
}

CatalogueItem toItem(const RoutingRule& v) {
    Document d;
    const auto word = [](auto value) { return json::value(jsonText(code(value))); };
    d("name", v.name), d.number("order", v.order, 0), d.flag("active", v.active, true);
    d.texts("services", v.services), d.texts("groups", v.groups), d.texts("areas", v.areas), d.texts("words", v.words);
    d.list("priorities", v.priorities, word), d.list("channels", v.channels, word);
    d("calendar", v.calendar), d("when", v.when), d("skill", v.skill), d("department", v.department);
    d("crew", v.crew), d("owner", v.owner), d.flag("alarm", v.alarm, false);
    return itemOf("routing_rule", v.code, std::move(d));
}

CatalogueItem toItem(const EscalationLadder& v) {
    Document d;
    d("name", v.name), d("service", v.service), d("group", v.group), d("department", v.department);
    if (v.priority) d("priority", code(*v.priority));
    d("target", v.target, EscalationLadder{}.target), d("calendar", v.calendar);
    d.list("steps", v.steps, [](const EscalationStep& step) {
        Document s;
        s.number("percent", step.percent, 0), s.number("minutes", step.minutes, 0), s("to", step.to);
        s.number("repeat_minutes", step.repeatMinutes, 0);
        return json::value(s.take());
    });
    if (v.validFrom) d("valid_from", isoInstant(v.validFrom));
    return itemOf("escalation", v.code, std::move(d));
}

CatalogueItem toItem(const SavedView& v) {
    Document d;
    d("name", v.name), d.texts("conditions", v.conditions), d("sort", v.sort), d("owner", v.owner), d("role", v.role);
    d("department", v.department);
    d.number("order", v.order, 0), d.flag("pinned", v.pinned, true);
    return itemOf("view", v.code, std::move(d));
}

CatalogueItem toItem(const Job& v) {
    Document d;
    d("title", v.title), d("department", v.department), d("crew", v.crew), d("state", v.state, Job{}.state);
    if (v.from) d("from", isoInstant(v.from));
    if (v.to) d("to", isoInstant(v.to));
    d("outcome", v.outcome), d("note", v.note), d("materials", v.materials);
    return itemOf("job", v.code, std::move(d));
}

CatalogueItem toItem(const MessageTemplate& v) {
    Document d;
    d("name", v.name), d("event", v.event), d("service", v.service), d("language", v.language);
    d("channel", v.channel), d("subject", v.subject), d("body", v.body);
    d.number("version", v.version, 0), d.flag("active", v.active, true);
    return itemOf("template", v.code, std::move(d));
}

CatalogueItem toItem(const SendingRules& v) {
    Document d;
    d.flag("paused", v.paused, false), d.texts("automatic", v.automatic), d("language", v.language), d("link", v.link);
    d("signature", v.signature), d.number("quiet_from", v.quietFrom, -1), d.number("quiet_to", v.quietTo, -1);
    d.number("gap_minutes", v.gapMinutes, -1), d.number("per_hour", v.perHour, -1);
    d.number("per_day", v.perDay, -1), d.number("digest_minutes", v.digestMinutes, -1);
    return itemOf("sending", v.code, std::move(d));
}

}  // namespace wl::rules
