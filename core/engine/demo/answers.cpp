// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/demo/answers.hpp"

#include <algorithm>
#include <format>
#include <string_view>

namespace wl::engine::demo {
namespace {

struct Raises {
    std::string_view service, question, answer;
    Priority to;
};
constexpr Raises kRaises[] = {
    {"pothole", "depth", "deep", Priority::High},         {"street_light", "extent", "street", Priority::High},
    {"street_sign", "sign", "stop", Priority::High},      {"park_upkeep", "danger", "yes", Priority::High},
    {"graffiti", "offensive", "yes", Priority::High},     {"traffic_signal", "all", "yes", Priority::Urgent},
    {"fallen_tree", "blocks", "road", Priority::Urgent},  {"fallen_tree", "blocks", "house", Priority::Urgent},
    {"blocked_drain", "houses", "yes", Priority::Urgent}, {"housing", "children", "yes", Priority::Urgent},
};

const Raises* raiseOf(std::string_view service, std::string_view question, std::string_view answer) {
    const auto it = std::ranges::find_if(kRaises, [&](const Raises& r) {
        return r.service == service && r.question == question && r.answer == answer;
    });
    return it != std::end(kRaises) ? it : nullptr;
}

constexpr std::string_view kVehicles[] = {
    "grey hatchback", "blue estate car", "white van",           "green sedan",         "red pickup",
    "silver minivan", "black coupe",     "yellow boat trailer", "brown station wagon", "orange moped"};
constexpr std::string_view kSeen[] = {"white van, about 11 at night", "nobody", "two men with a trailer",
                                      "did not see it happen", "a pickup, early morning"};
constexpr std::string_view kSince[] = {"since this morning, washing machine was running", "since last night",
                                       "two days, only when it rains"};

std::string freeText(std::string_view question, std::int64_t today, Chance& chance) {
    if (question == "pole") return std::format("L-{}", chance.whole(1000, 4999));
    if (question == "permit") return std::format("RO-{}", chance.whole(1000, 3999));
    if (question == "unit") return std::format("{}{}", chance.whole(1, 6), "ABCD"[chance.index(4)]);
    if (question == "colour") return std::string(chance.pick(kVehicles));
    if (question == "seen") return std::string(chance.pick(kSeen));
    if (question == "since") return std::string(chance.pick(kSince));
    if (question == "due" || question == "finished") {
        const auto day = dayOf(today - chance.whole(question == "due" ? 0 : 3, question == "due" ? 2 : 30));
        return std::format("{:04}-{:02}-{:02}", day.year, day.month, day.day);
    }
    if (question == "count") return std::to_string(chance.whole(1, 4));
    if (question == "weeks") return std::to_string(chance.whole(2, 20));
    if (question == "height_cm") return std::to_string(chance.whole(2, 7));
    return {};
}

std::string jsonText(std::string_view text) {
    std::string out = "\"";
    for (const char ch : text) {
        if (ch == '"' || ch == '\\') out += '\\';
        out += ch;
    }
    return out + "\"";
}

// One of the listed answers; those that raise the priority are given seldom.
std::string_view listed(const rules::Service& service, const rules::ServiceAttribute& question, Chance& chance) {
    std::string_view answer;
    for (int tries = 0; tries < 8; ++tries) {
        answer = chance.pick(question.values).key;
        if (answer == question.stopValue) continue;
        if (!raiseOf(service.code, question.code, answer) || chance.with(0.3)) return answer;
    }
    for (const auto& v : question.values)
        if (v.key != question.stopValue && !raiseOf(service.code, question.code, v.key)) return v.key;
    return answer;
}

}  // namespace

Answers answersTo(const rules::Service& service, std::int64_t today, Chance& chance) {
    Answers out;
    out.priority = service.priority;
    std::vector<std::pair<std::string_view, std::string>> given;
    for (const auto& question : service.attributes) {
        if (!question.variable || (!question.required && !chance.with(0.55))) continue;
        if (question.datatype == "singlevaluelist") {
            const auto answer = listed(service, question, chance);
            if (const auto* raise = raiseOf(service.code, question.code, answer))
                out.priority = std::max(out.priority, raise->to);
            given.emplace_back(question.code, jsonText(answer));
        } else if (question.datatype == "multivaluelist") {
            const auto first = chance.index(question.values.size());
            std::string list = "[" + jsonText(question.values[first].key);
            if (first + 1 < question.values.size() && chance.with(0.35))
                list += "," + jsonText(question.values[first + 1].key);
            given.emplace_back(question.code, list + "]");
        } else if (auto text = freeText(question.code, today, chance); !text.empty()) {
            given.emplace_back(question.code, jsonText(text));
        }
    }
    if (given.empty()) return out;
    std::ranges::sort(given);
    for (const auto& [code, value] : given) out.json += (out.json.empty() ? "{" : ",") + jsonText(code) + ":" + value;
    out.json += "}";
    return out;
}

}  // namespace wl::engine::demo
