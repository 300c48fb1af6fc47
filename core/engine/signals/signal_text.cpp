// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/signals/signal_text.hpp"

#include <array>
#include <boost/json.hpp>
#include <charconv>

#include "engine/plain_json.hpp"

namespace wl::engine {
namespace {

namespace json = boost::json;
using namespace rules::signals;

std::string instantText(Second at) { return isoInstant({at * 1000}); }
std::string dayText(Second at, const TimeZone& zone) { return isoDate(zone.toLocal({at * 1000}).day()); }

json::value valueOf(double value, bool there) { return there ? json::value(value) : json::value(nullptr); }

json::object groupJson(const Figure& f, const FigureGroup& g) {
    json::object o{{"key", g.key},
                   {"label", g.label},
                   {"value", valueOf(g.value, f.kind != FigureKind::Fairness || g.n > 0)},
                   {"numerator", g.numerator},
                   {"denominator", g.denominator},
                   {"n", g.n}};
    if (g.p90 > 0) o["p90"] = g.p90;
    if (f.kind == FigureKind::Fairness && g.n > 0) o["low"] = g.low, o["high"] = g.high;
    if (g.few) o["few"] = true;
    if (f.kind == FigureKind::HotSpots) {
        o["area"] = g.place;
        o["expected"] = g.low;
        o["recurrence_days"] = g.high;
    }
    return o;
}

Result<json::array> numbersOf(const std::vector<CaseKey>& keys, store::Reader& reader) {
    json::array out;
    constexpr std::size_t page = 2'000;
    const std::span all(keys);
    for (std::size_t at = 0; at < all.size(); at += page) {
        WL_TRY(const auto rows, reader.rows(all.subspan(at, std::min(page, all.size() - at))));
        for (const auto& row : rows) out.push_back(json::string(row.number));
    }
    return out;
}

json::object figureJson(const Figure& f, const TimeZone& zone) {
    const auto& spec = figureSpec(f.kind);
    json::object o{{"name", spec.name},
                   {"title", spec.title},
                   {"unit", code(f.unit)},
                   {"value", valueOf(f.value, !f.empty)},
                   {"numerator", f.numerator},
                   {"denominator", f.denominator},
                   {"n", f.n},
                   {"period",
                    {{"from", instantText(f.from)},
                     {"to", instantText(f.to)},
                     {"as_of", instantText(f.asOf)},
                     {"zone", zone.name()},
                     {"standing", spec.standing}}},
                   {"formula", spec.formula},
                   {"by", code(f.by)}};
    json::object excluded, parts;
    for (const auto& e : f.exclusions) excluded[e.name] = e.n;
    for (const auto& p : f.parts)
        parts[p.name] = json::object{{"value", p.value}, {"numerator", p.numerator}, {"denominator", p.denominator}};
    o["exclusions"] = std::move(excluded);
    o["parts"] = std::move(parts);
    json::array groups, series;
    for (const auto& g : f.groups) groups.push_back(groupJson(f, g));
    for (const auto& s : f.series) {
        json::array points;
        for (const auto& p : s.points)
            points.push_back(json::object{{"at", dayText(p.at, zone)}, {"value", p.value}, {"n", p.n}});
        series.push_back(json::object{{"name", s.name}, {"points", std::move(points)}});
    }
    o["groups"] = std::move(groups);
    o["series"] = std::move(series);
    return o;
}

std::string quoted(std::string_view text) {
    if (text.find_first_of(",\"\n\r") == std::string_view::npos) return std::string(text);
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"') out += '"';
        out += c;
    }
    return out + '"';
}

std::string number(double value) {
    std::array<char, 400> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value, std::chars_format::fixed);
    return {digits.data(), end.ptr};
}

}  // namespace

Result<std::string> figuresJson(const std::vector<Figure>& figures, const TimeZone& zone, store::Reader* reader) {
    json::array out;
    for (const auto& f : figures) {
        auto o = figureJson(f, zone);
        if (reader != nullptr) {
            WL_TRY(o["cases"], numbersOf(f.cases, *reader));
            WL_TRY(o["numerator_cases"], numbersOf(f.counted, *reader));
        }
        out.push_back(std::move(o));
    }
    return plainJson(out);
}

std::string figuresCsv(const std::vector<Figure>& figures, const TimeZone& zone) {
    std::string out = "figure,part,key,label,value,unit,numerator,denominator,n,p90,low,high,from,to,as_of\r\n";
    for (const auto& f : figures) {
        const auto& spec = figureSpec(f.kind);
        const auto line = [&](std::string_view part, std::string_view key, std::string_view label, std::string value,
                              std::int64_t numerator, std::int64_t denominator, std::int64_t n, std::string more) {
            out += std::string(spec.name) + ',' + quoted(part) + ',' + quoted(key) + ',' + quoted(label) + ',' + value +
                   ',' + std::string(code(f.unit)) + ',' + std::to_string(numerator) + ',' +
                   std::to_string(denominator) + ',' + std::to_string(n) + ',' + more + ',' + instantText(f.from) +
                   ',' + instantText(f.to) + ',' + instantText(f.asOf) + "\r\n";
        };
        line("all", "", spec.title, f.empty ? "" : number(f.value), f.numerator, f.denominator, f.n, ",,");
        for (const auto& p : f.parts)
            line("part", p.name, "", number(p.value), p.numerator, p.denominator, p.denominator, ",,");
        for (const auto& g : f.groups) {
            const bool fair = f.kind == FigureKind::Fairness && g.n > 0;
            const auto value = f.kind == FigureKind::Fairness && g.n == 0 ? std::string() : number(g.value);
            line(code(f.by), g.key, g.label, value, g.numerator, g.denominator, g.n,
                 (g.p90 > 0 ? number(g.p90) : "") + ',' + (fair ? number(g.low) + ',' + number(g.high) : ","));
        }
        for (const auto& s : f.series)
            for (const auto& p : s.points)
                line("series", s.name + ' ' + dayText(p.at, zone), "", number(p.value), 0, p.n, p.n, ",,");
    }
    return out;
}

Result<Instant> parseDay(const std::string& text, const TimeZone& zone, bool endOfDay) {
    if (const auto day = parseIsoDate(text)) return zone.toUtc(LocalTime::of(*day + (endOfDay ? 1 : 0)));
    if (const auto at = parseIsoInstant(text)) return *at;
    return fail(ErrorKind::Input, "signals.date", text);
}

}  // namespace wl::engine
