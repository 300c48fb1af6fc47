// SPDX-License-Identifier: GPL-3.0-or-later
#include "rules/catalogue_json.hpp"

#include <boost/json.hpp>
#include <concepts>
#include <limits>

namespace wl::rules {
namespace {

namespace json = boost::json;

constexpr int kMaxInt = std::numeric_limits<int>::max();

std::string_view view(const json::string& text) { return {text.data(), text.size()}; }

/// Takes members out of one JSON object and notes what does not fit.
class Members {
public:
    Members(const json::object& object, std::string path, std::vector<Error>& problems)
        : m_object(object), m_path(std::move(path)), m_problems(problems) {}

    void operator()(std::string_view name, std::string& out) {
        if (const auto* value = find(name)) {
            if (const auto* text = value->if_string()) out = view(*text);
            else wrong(name, "string");
        }
    }
    void operator()(std::string_view name, bool& out) {
        if (const auto* value = find(name)) {
            if (const auto* flag = value->if_bool()) out = *flag;
            else wrong(name, "boolean");
        }
    }
    void number(std::string_view name, int& out, int least, int most) {
        const auto* value = find(name);
        if (value == nullptr) return;
        if (const auto* number = value->if_int64(); number != nullptr && *number >= least && *number <= most)
            out = static_cast<int>(*number);
        else if (value->is_number()) bad(name, json::serialize(*value));
        else wrong(name, "whole number");
    }
    void operator()(std::string_view name, std::vector<std::string>& out) {
        list(name, [&](const json::value& value, const std::string& path) {
            if (const auto* text = value.if_string()) out.emplace_back(view(*text));
            else problem("catalogue.type", path, "string");
        });
    }
    /// A word of a vocabulary; `from` gives an optional.
    template <class Out>
    void word(std::string_view name, Out& out, auto from) {
        std::string text;
        const auto before = m_problems.size();
        (*this)(name, text);
        if (find(name) == nullptr || m_problems.size() != before) return;
        if (const auto value = from(text)) out = *value;
        else bad(name, text);
    }
    /// A list of words of a vocabulary.
    template <class T>
    void words(std::string_view name, std::vector<T>& out, auto from) {
        list(name, [&](const json::value& value, const std::string& path) {
            const auto* text = value.if_string();
            const auto known = text != nullptr ? from(view(*text)) : std::nullopt;
            if (known) out.push_back(*known);
            else problem("catalogue.value", path, text != nullptr ? std::string(view(*text)) : json::serialize(value));
        });
    }
    template <std::invocable<Members&> Read>
    void object(std::string_view name, Read read) {
        const auto* value = find(name);
        if (value == nullptr) return;
        if (const auto* object = value->if_object()) {
            Members members(*object, m_path + '.' + std::string(name), m_problems);
            read(members);
        } else {
            wrong(name, "object");
        }
    }
    template <std::invocable<Members&> Read>
    void objects(std::string_view name, Read read) {
        list(name, [&](const json::value& value, const std::string& path) {
            if (const auto* object = value.if_object()) {
                Members members(*object, path, m_problems);
                read(members);
            } else {
                problem("catalogue.type", path, "object");
            }
        });
    }
    void require(std::string_view name) {
        if (find(name) == nullptr) bad(name, {});
    }

private:
    [[nodiscard]] const json::value* find(std::string_view name) const {
        return m_object.if_contains({name.data(), name.size()});
    }
    void list(std::string_view name, auto take) {
        const auto* value = find(name);
        if (value == nullptr) return;
        const auto* array = value->if_array();
        if (array == nullptr) return wrong(name, "array");
        std::size_t i = 0;
        for (const auto& element : *array)
            take(element, m_path + '.' + std::string(name) + '[' + std::to_string(i++) + ']');
    }
    void problem(std::string code, std::string path, std::string detail) {
        m_problems.push_back({ErrorKind::Input, std::move(code), std::move(path), std::move(detail)});
    }
    void wrong(std::string_view name, std::string expected) {
        problem("catalogue.type", m_path + '.' + std::string(name), std::move(expected));
    }
    void bad(std::string_view name, std::string value) {
        problem("catalogue.value", m_path + '.' + std::string(name), std::move(value));
    }

    const json::object& m_object;
    std::string m_path;
    std::vector<Error>& m_problems;
};

/// Parses the document and lets `read` take the members; true if nothing was wrong.
template <std::invocable<Members&> Read>
bool readDocument(const CatalogueItem& item, std::vector<Error>& problems, Read read) {
    const auto path = item.kind + '/' + item.code;
    const auto before = problems.size();
    if (item.code.empty()) problems.push_back({ErrorKind::Input, "catalogue.code", path, {}});
    try {
        boost::system::error_code error;
        const auto value = json::parse(item.document, error);
        if (error) {
            problems.push_back({ErrorKind::Input, "catalogue.json", path, error.message()});
        } else if (const auto* object = value.if_object()) {
            Members members(*object, path, problems);
            read(members);
        } else {
            problems.push_back({ErrorKind::Input, "catalogue.type", path, "object"});
        }
    } catch (const std::exception& e) {  // Boost.JSON: out of memory, too large
        problems.push_back({ErrorKind::Input, "catalogue.json", path, e.what()});
    }
    return problems.size() == before;
}

void readTarget(Members& from, std::string_view name, std::optional<SlaTarget>& out) {
    from.object(name, [&](Members& m) {
        out.emplace();
        m.require("amount");
        m.number("amount", out->amount, 1, kMaxTargetAmount);
        m.word("unit", out->unit, targetUnitFromCode);
    });
}

void readAttribute(Members& m, ServiceAttribute& a) {
    m("code", a.code), m("description", a.description), m("datatype", a.datatype);
    m("datatype_description", a.datatypeDescription), m("required", a.required), m("variable", a.variable);
    m.number("order", a.order, -kMaxInt, kMaxInt);
    m.objects("values", [&](Members& v) {
        auto& value = a.values.emplace_back();
        v("key", value.key), v("name", value.name);
    });
    m("stop_value", a.stopValue), m("stop_message", a.stopMessage);
    m("only_if", a.onlyIf), m("only_if_value", a.onlyIfValue);
}

}  // namespace

bool readItem(const CatalogueItem& item, Service& out, std::vector<Error>& problems) {
    out.code = item.code;
    return readDocument(item, problems, [&](Members& m) {
        m("name", out.name), m("group", out.group), m("description", out.description), m("keywords", out.keywords);
        m("department", out.department), m("notice", out.notice), m("icon", out.icon);
        m("staff_only", out.staffOnly), m("confidential", out.confidential), m("active", out.active);
        m.word("priority", out.priority, priorityFromCode);
        m.objects("attributes", [&](Members& a) { readAttribute(a, out.attributes.emplace_back()); });
    });
}

bool readItem(const CatalogueItem& item, Department& out, std::vector<Error>& problems) {
    out.code = item.code;
    return readDocument(item, problems, [&](Members& m) {
        m("name", out.name), m("calendar", out.calendar), m("head", out.head);
        m.number("accept_minutes", out.acceptMinutes, 1, kMaxTargetAmount);
    });
}

bool readItem(const CatalogueItem& item, Crew& out, std::vector<Error>& problems) {
    out.code = item.code;
    return readDocument(item, problems, [&](Members& m) {
        m("name", out.name), m("department", out.department), m("areas", out.areas), m("services", out.services);
        m.number("capacity", out.capacity, 0, kMaxInt);
        m("skills", out.skills), m("lead", out.lead);
    });
}

bool readItem(const CatalogueItem& item, StaffMember& out, std::vector<Error>& problems) {
    out.code = item.code;
    return readDocument(item, problems, [&](Members& m) {
        m("name", out.name), m("department", out.department), m("crew", out.crew), m("role", out.role);
        m("active", out.active), m("skills", out.skills), m.number("capacity", out.capacity, 0, kMaxInt);
        m("away_from", out.awayFrom), m("away_until", out.awayUntil), m("substitute", out.substitute);
    });
}

bool readItem(const CatalogueItem& item, WorkCalendar& out, std::vector<Error>& problems) {
    out.code = item.code;
    return readDocument(item, problems, [&](Members& m) {
        m("name", out.name), m("time_zone", out.timeZone);
        m.object("week", [&](Members& week) {
            for (std::size_t day = 0; day < out.week.size(); ++day)
                week.objects(kWeekdayMembers[day], [&](Members& w) {
                    auto& window = out.week[day].emplace_back();
                    w.number("from", window.from, -kMaxInt, kMaxInt), w.number("to", window.to, -kMaxInt, kMaxInt);
                });
        });
        m.objects("holidays", [&](Members& h) {
            auto& [date, name] = out.holidays.emplace_back();
            h("date", date), h("name", name);
        });
        m.objects("closures", [&](Members& c) {
            auto& closure = out.closures.emplace_back();
            c("from", closure.from), c("to", closure.to), c("name", closure.name);
        });
    });
}

bool readItem(const CatalogueItem& item, SlaPolicy& out, std::vector<Error>& problems) {
    out.code = item.code;
    return readDocument(item, problems, [&](Members& m) {
        m("name", out.name), m("service", out.service), m("group", out.group), m("department", out.department);
        m("crew", out.crew), m("area", out.area), m("calendar", out.calendar);
        m.word("priority", out.priority, priorityFromCode);
        readTarget(m, "acknowledge", out.acknowledge), readTarget(m, "next_response", out.nextResponse);
        readTarget(m, "respond", out.respond), readTarget(m, "resolve", out.resolve), readTarget(m, "close", out.close);
        m.number("warn_percent", out.warnPercent, 1, 100);
        m.word("valid_from", out.validFrom, [](std::string_view text) { return parseIsoInstant(text); });
    });
}

bool readItem(const CatalogueItem& item, PauseReason& out, std::vector<Error>& problems) {
    out.code = item.code;
    return readDocument(item, problems, [&](Members& m) {
        m("name", out.name), m("stops_clock", out.stopsClock), m("needs_wake_up", out.needsWakeUp);
        m.number("max_minutes", out.maxMinutes, 0, kMaxTargetAmount);
        m("roles", out.roles), m.word("fallback", out.fallback, statusFromCode);
    });
}

bool readItem(const CatalogueItem& item, Jurisdiction& out, std::vector<Error>& problems) {
    out.code = item.code;
    return readDocument(item, problems, [&](Members& m) {
        m("name", out.name), m("time_zone", out.timeZone), m("manager", out.manager);
        m("region", out.region);
        m.number("closing_comment", out.closingComment, 0, 1000);
        m.number("dormant_days", out.dormantDays, 0, 3650);
    });
}

bool readItem(const CatalogueItem& item, RoutingRule& out, std::vector<Error>& problems) {
    out.code = item.code;
    return readDocument(item, problems, [&](Members& m) {
        m("name", out.name), m.number("order", out.order, -kMaxInt, kMaxInt), m("active", out.active);
        m("services", out.services), m("groups", out.groups), m("areas", out.areas), m("words", out.words);
        m.words("priorities", out.priorities, priorityFromCode), m.words("channels", out.channels, channelFromCode);
        m("calendar", out.calendar), m("when", out.when), m("skill", out.skill), m("department", out.department);
        m("crew", out.crew), m("owner", out.owner), m("alarm", out.alarm);
    });
}

bool readItem(const CatalogueItem& item, EscalationLadder& out, std::vector<Error>& problems) {
    out.code = item.code;
    return readDocument(item, problems, [&](Members& m) {
        m("name", out.name), m("service", out.service), m("group", out.group), m("department", out.department);
        m.word("priority", out.priority, priorityFromCode), m("target", out.target), m("calendar", out.calendar);
        m.objects("steps", [&](Members& s) {
            auto& step = out.steps.emplace_back();
            s.number("percent", step.percent, 0, 1000);
            s.number("minutes", step.minutes, -kMaxTargetAmount, kMaxTargetAmount);
            s("to", step.to), s.number("repeat_minutes", step.repeatMinutes, 0, kMaxTargetAmount);
        });
        m.word("valid_from", out.validFrom, [](std::string_view text) { return parseIsoInstant(text); });
    });
}

bool readItem(const CatalogueItem& item, SavedView& out, std::vector<Error>& problems) {
    out.code = item.code;
    return readDocument(item, problems, [&](Members& m) {
        m("name", out.name), m("conditions", out.conditions), m("sort", out.sort), m("owner", out.owner);
        m("role", out.role), m("department", out.department), m.number("order", out.order, -kMaxInt, kMaxInt),
            m("pinned", out.pinned);
    });
}

bool readItem(const CatalogueItem& item, Job& out, std::vector<Error>& problems) {
    out.code = item.code;
    return readDocument(item, problems, [&](Members& m) {
        const auto instant = [](std::string_view text) { return parseIsoInstant(text); };
        m("title", out.title), m("department", out.department), m("crew", out.crew), m("state", out.state);
        m.word("from", out.from, instant), m.word("to", out.to, instant), m("outcome", out.outcome);
        m("note", out.note), m("materials", out.materials);
    });
}

bool readItem(const CatalogueItem& item, MessageTemplate& out, std::vector<Error>& problems) {
    out.code = item.code;
    return readDocument(item, problems, [&](Members& m) {
        m("name", out.name), m("event", out.event), m("service", out.service), m("language", out.language);
        m("channel", out.channel), m("subject", out.subject), m("body", out.body);
        m.number("version", out.version, 1, kMaxInt), m("active", out.active);
    });
}

bool readItem(const CatalogueItem& item, SendingRules& out, std::vector<Error>& problems) {
    out.code = item.code;
    return readDocument(item, problems, [&](Members& m) {
        m("paused", out.paused), m("automatic", out.automatic), m("language", out.language), m("link", out.link);
        m("signature", out.signature);
        m.number("quiet_from", out.quietFrom, 0, 1439), m.number("quiet_to", out.quietTo, 0, 1439);
        m.number("gap_minutes", out.gapMinutes, 0, 10'080), m.number("per_hour", out.perHour, 0, kMaxInt);
        m.number("per_day", out.perDay, 0, kMaxInt), m.number("digest_minutes", out.digestMinutes, 0, 1440);
    });
}

}  // namespace wl::rules
