// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "domain/time_zone.hpp"

namespace wl::engine {
namespace {

std::vector<std::string> parts(std::string_view text) {
    std::vector<std::string> out;
    while (true) {
        const auto comma = text.find(',');
        out.emplace_back(text.substr(0, comma));
        if (comma == std::string_view::npos) return out;
        text.remove_prefix(comma + 1);
    }
}

std::optional<double> number(std::string_view text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

/// As short as it can be and still be read as the same number.
std::string decimal(double value) {
    std::array<char, 32> text{};
    const auto [end, error] = std::to_chars(text.begin(), text.end(), value, std::chars_format::fixed);
    return error == std::errc{} ? std::string(text.data(), end) : "0";
}

std::unexpected<Error> badValue(std::string_view name, std::string_view value) {
    return fail(ErrorKind::Input, "filter.value", std::string(name), std::string(value));
}

template <class E, class FromCode>
Result<void> words(std::vector<E>& into, std::string_view name, std::string_view value, FromCode fromCode) {
    for (const auto& word : parts(value)) {
        const auto known = fromCode(word);
        if (!known) return badValue(name, word);
        into.push_back(*known);
    }
    return {};
}

Result<void> instant(Instant& into, std::string_view name, std::string_view value) {
    const auto at = parseIsoInstant(value.size() == 10 ? std::string(value) + "T00:00:00Z" : std::string(value));
    if (!at) return badValue(name, value);
    into = *at;
    return {};
}

Result<void> flag(std::optional<bool>& into, std::string_view name, std::string_view value) {
    if (value != "true" && value != "false" && value != "yes" && value != "no") return badValue(name, value);
    into = value == "true" || value == "yes";
    return {};
}

Result<std::vector<double>> numbers(std::string_view name, std::string_view value, std::size_t count) {
    std::vector<double> out;
    for (const auto& part : parts(value)) {
        const auto n = number(part);
        if (!n) return badValue(name, value);
        out.push_back(*n);
    }
    if (out.size() != count) return badValue(name, value);
    return out;
}

bool isPlace(double lat, double lon) { return lat >= -90 && lat <= 90 && lon >= -180 && lon <= 180; }

struct Column {
    CaseColumn column;
    std::string_view code;
};
constexpr std::array<Column, kCaseColumnCount> kColumns{{
    // clang-format off
    {CaseColumn::Sla, "sla"}, {CaseColumn::Number, "number"}, {CaseColumn::Service, "service"}, {CaseColumn::Address, "address"},
    {CaseColumn::Status, "status"}, {CaseColumn::Priority, "priority"}, {CaseColumn::Owner, "owner"}, {CaseColumn::Requested, "requested"},
    {CaseColumn::Due, "due"}, {CaseColumn::Department, "department"}, {CaseColumn::Crew, "crew"}, {CaseColumn::Area, "area"},
    {CaseColumn::Channel, "channel"}, {CaseColumn::Updated, "updated"}, {CaseColumn::Closed, "closed"}, {CaseColumn::Title, "title"},
    // clang-format on
    {CaseColumn::Description, "description"},
}};

}  // namespace

std::string_view conditionNames() {
    return "open, status, priority, channel, sla, service, group, department, crew, owner, area, requested_from, "
           "requested_to,"
           " updated_from, updated_to, due_from, due_to, closed_from, closed_to, conflicted, offered_to, stalled, "
           "escalated, job, idle_days, text, near, box";
}

Result<void> addCondition(CaseFilter& f, std::string_view name, std::string_view value) {
    if (name == "open") return flag(f.open, name, value);
    if (name == "conflicted") return flag(f.conflicted, name, value);
    if (name == "stalled") return flag(f.stalled, name, value);
    if (name == "escalated") return flag(f.escalated, name, value);
    if (name == "status") return words(f.statuses, name, value, statusFromCode);
    if (name == "priority") return words(f.priorities, name, value, priorityFromCode);
    if (name == "channel") return words(f.channels, name, value, channelFromCode);
    if (name == "sla") return words(f.sla, name, value, slaStateFromCode);
    std::vector<std::string>* const lists[] = {&f.services, &f.groups, &f.departments, &f.crews,
                                               &f.owners,   &f.areas,  &f.offeredTo,   &f.jobs};
    constexpr std::string_view listNames[] = {"service", "group", "department", "crew",
                                              "owner",   "area",  "offered_to", "job"};
    for (std::size_t i = 0; i < 8; ++i) {
        if (name != listNames[i] && name != std::string(listNames[i]) + "_code") continue;
        for (auto& word : parts(value)) lists[i]->push_back(std::move(word));
        return {};
    }
    Instant* const instants[] = {&f.requestedFrom, &f.requestedTo, &f.updatedFrom, &f.updatedTo,
                                 &f.dueFrom,       &f.dueTo,       &f.closedFrom,  &f.closedTo};
    constexpr std::string_view instantNames[] = {"requested_from", "requested_to", "updated_from", "updated_to",
                                                 "due_from",       "due_to",       "closed_from",  "closed_to"};
    for (std::size_t i = 0; i < 8; ++i)
        if (name == instantNames[i]) return instant(*instants[i], name, value);
    if (name == "idle_days") {
        const auto days = number(value);
        if (!days || *days < 1 || *days > 3650) return badValue(name, value);
        f.idleDays = static_cast<int>(*days);
        return {};
    }
    if (name == "text") {
        f.text = value;
        return {};
    }
    if (name == "near") {
        WL_TRY(const auto n, numbers(name, value, 3));
        if (!isPlace(n[0], n[1]) || n[2] < 0) return badValue(name, value);
        f.near = CaseFilter::Near{GeoPoint::of(n[0], n[1]), n[2]};
        return {};
    }
    if (name == "box") {
        WL_TRY(const auto n, numbers(name, value, 4));
        if (!isPlace(n[0], n[1]) || !isPlace(n[2], n[3])) return badValue(name, value);
        f.box = CaseFilter::Box{GeoPoint::of(n[0], n[1]), GeoPoint::of(n[2], n[3])};
        return {};
    }
    return fail(ErrorKind::Input, "filter.unknown", std::string(name));
}

std::vector<std::string> conditionsOf(const CaseFilter& f) {
    std::vector<std::string> out;
    const auto add = [&](std::string_view name, const std::string& value) {
        out.push_back(std::string(name) + '=' + value);
    };
    const auto joined = [](const auto& values, auto wordOf) {
        std::string text;
        for (std::size_t i = 0; i < values.size(); ++i) text += (i > 0 ? "," : "") + std::string(wordOf(values[i]));
        return text;
    };
    const auto words = [&](std::string_view name, const auto& values) {
        if (!values.empty()) add(name, joined(values, [](auto value) { return code(value); }));
    };
    const auto codes = [&](std::string_view name, const std::vector<std::string>& values) {
        if (!values.empty()) add(name, joined(values, [](const std::string& value) { return value; }));
    };
    const auto flag = [&](std::string_view name, std::optional<bool> value) {
        if (value) add(name, *value ? "true" : "false");
    };
    const auto instant = [&](std::string_view name, Instant at) {
        if (at) add(name, isoInstant(at));
    };
    flag("open", f.open), flag("conflicted", f.conflicted), flag("stalled", f.stalled);
    flag("escalated", f.escalated);
    words("status", f.statuses), words("priority", f.priorities), words("channel", f.channels), words("sla", f.sla);
    codes("service", f.services), codes("group", f.groups), codes("department", f.departments);
    codes("crew", f.crews), codes("owner", f.owners), codes("area", f.areas), codes("offered_to", f.offeredTo);
    codes("job", f.jobs);
    instant("requested_from", f.requestedFrom), instant("requested_to", f.requestedTo);
    instant("updated_from", f.updatedFrom), instant("updated_to", f.updatedTo);
    instant("due_from", f.dueFrom), instant("due_to", f.dueTo);
    instant("closed_from", f.closedFrom), instant("closed_to", f.closedTo);
    if (f.idleDays > 0) add("idle_days", std::to_string(f.idleDays));
    if (!f.text.empty()) add("text", f.text);
    const auto place = [](GeoPoint p) { return decimal(p.lat()) + ',' + decimal(p.lon()); };
    if (f.near) add("near", place(f.near->centre) + ',' + decimal(f.near->metres));
    if (f.box) add("box", place(f.box->southWest) + ',' + place(f.box->northEast));
    return out;
}

Result<CaseFilter> filterOf(std::span<const std::string> conditions, std::string_view agent) {
    CaseFilter filter;
    for (const auto& one : conditions) {
        const auto equals = one.find('=');
        if (equals == std::string::npos) return fail(ErrorKind::Input, "filter.value", one);
        const auto value = std::string_view(one).substr(equals + 1);
        WL_CHECK(addCondition(filter, one.substr(0, equals), value == "@me" ? agent : value));
    }
    return filter;
}

Result<CaseOrder> parseOrder(std::string_view text) {
    CaseOrder order;
    if (text.starts_with('-')) {
        order.descending = true;
        text.remove_prefix(1);
    }
    const auto known = std::ranges::find(kColumns, text, &Column::code);
    if (known == kColumns.end()) return fail(ErrorKind::Input, "sort.unknown", std::string(text));
    order.column = known->column;
    return order;
}

std::string_view code(CaseColumn column) { return std::ranges::find(kColumns, column, &Column::column)->code; }

Result<CaseFilter> standingQueue(std::string_view name, std::string_view agent) {
    CaseFilter f;
    if (name == "all") return f;
    f.open = name != "closed";
    if (name == "open" || name == "closed") return f;
    if (name == "mine") {
        f.owners = {std::string(agent)};
    } else if (name == "unassigned") {
        f.owners = {""};
    } else if (name == "at_risk") {
        f.sla = {SlaState::AtRisk};
    } else if (name == "breached") {
        f.sla = {SlaState::Breached};
    } else if (name == "waiting") {
        f.statuses = {Status::Waiting};
    } else if (name == "offered") {
        f.offeredTo = {"*"};
    } else if (name == "escalated") {
        f.escalated = true;
    } else if (name == "stalled") {
        f.stalled = true;
    } else {
        return fail(ErrorKind::Input, "queue.unknown", std::string(name));
    }
    return f;
}

}  // namespace wl::engine
