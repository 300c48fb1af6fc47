// SPDX-License-Identifier: GPL-3.0-or-later
#include "channels/open311/geo_report.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>
#include <cmath>

#include "channels/open311/document.hpp"
#include "domain/time_zone.hpp"

namespace wl::open311 {
namespace json = boost::json;
namespace {

using http::valueOf;

constexpr Millis kLongestWindow{std::chrono::hours(24 * 90)};
constexpr std::size_t kMostRows = 1000, kLongestDescription = 4000, kLongestValue = 1000;

struct Refusal {
    int status;
    std::string description;
};
template <class T>
using Or = std::expected<T, Refusal>;
std::unexpected<Refusal> refuse(int status, std::string why) {
    return std::unexpected(Refusal{status, std::move(why)});
}
std::unexpected<Refusal> broken(const Error& error) {
    const auto what = error.code + (error.field.empty() ? "" : " (" + error.field + ")");
    if (error.kind == ErrorKind::NotFound) return refuse(404, what);
    if (error.kind == ErrorKind::Input || error.kind == ErrorKind::Refused) return refuse(400, what);
    return refuse(500, "the desk cannot take this now; try again later");
}

struct Content {
    json::value value;
    const char* root;
};

json::value text(const std::string& v) { return v.empty() ? json::value(nullptr) : json::value(v); }
json::value time(Instant at) { return at ? json::value(isoInstant({at.ms / 1000 * 1000})) : json::value(nullptr); }

std::vector<std::string> commaList(std::string_view given) {
    std::vector<std::string> out;
    while (!given.empty() && out.size() < 1000) {
        const auto end = std::min(given.find(','), given.size());
        auto one = given.substr(0, end);
        given.remove_prefix(std::min(end + 1, given.size()));
        while (one.starts_with(' ')) one.remove_prefix(1);
        while (one.ends_with(' ')) one.remove_suffix(1);
        if (!one.empty()) out.emplace_back(one);
    }
    return out;
}

Or<double> number(std::string_view given, std::string_view name, double least, double most) {
    double out = 0;
    const auto done = std::from_chars(given.data(), given.data() + given.size(), out);
    if (done.ec != std::errc{} || done.ptr != given.data() + given.size() || !std::isfinite(out))
        return refuse(400, std::string(name) + " is not a number: " + std::string(given.substr(0, 40)));
    if (out < least || out > most) return refuse(400, std::string(name) + " is out of range");
    return out;
}
Or<Instant> instant(std::string_view given, std::string_view name) {
    if (given.empty()) return Instant{};
    std::string text(given);  // an unescaped + came as a blank
    if (const auto blank = text.rfind(' '); blank != std::string::npos && blank > 15) text[blank] = '+';
    const auto at = parseIsoInstant(text);
    if (!at)
        return refuse(400, std::string(name) + " must be a W3C date and time with its zone, like 2026-01-31T00:00:00Z");
    return *at;
}
Or<std::optional<GeoPoint>> place(const http::Pairs& p) {
    const auto lat = valueOf(p, "lat"), lon = valueOf(p, "long");
    if (lat.empty() && lon.empty()) return std::optional<GeoPoint>();
    if (lat.empty() || lon.empty()) return refuse(400, "lat and long go together");
    WL_TRY(const double y, number(lat, "lat", -90, 90));
    WL_TRY(const double x, number(lon, "long", -180, 180));
    return std::optional(GeoPoint::of(y, x));
}

json::object serviceJson(const Service& s) {
    std::string keywords;
    for (const auto& word : s.keywords) keywords += (keywords.empty() ? "" : ", ") + word;
    return {{"service_code", s.code},
            {"service_name", s.name},
            {"description", text(s.description)},
            {"metadata", !s.attributes.empty()},
            {"type", "realtime"},
            {"keywords", text(keywords)},
            {"group", text(s.group)}};
}

json::object definitionJson(const Service& s) {
    json::array attributes;
    for (const auto& a : s.attributes) {
        json::object one{{"variable", a.variable},
                         {"code", a.code},
                         {"datatype", a.datatype},
                         {"required", a.required},
                         {"datatype_description", text(a.datatypeDescription)},
                         {"order", a.order},
                         {"description", a.description}};
        if (!a.values.empty()) {
            json::array values;
            for (const auto& [key, name] : a.values) values.push_back(json::object{{"key", key}, {"name", name}});
            one["values"] = std::move(values);
        }
        attributes.push_back(std::move(one));
    }
    return {{"service_code", s.code}, {"attributes", std::move(attributes)}};
}

json::object requestJson(const ServiceRequest& r) {
    return {{"service_request_id", r.id},
            {"status", r.open ? "open" : "closed"},
            {"status_notes", text(r.statusNotes)},
            {"service_name", r.serviceName},
            {"service_code", r.serviceCode},
            {"description", text(r.description)},
            {"agency_responsible", text(r.agency)},
            {"service_notice", text(r.notice)},
            {"requested_datetime", time(r.requested)},
            {"updated_datetime", time(r.updated)},
            {"expected_datetime", time(r.expected)},
            {"address", text(r.address)},
            {"address_id", nullptr},
            {"zipcode", text(r.zipcode)},
            {"lat", r.position ? json::value(r.position->lat()) : json::value(nullptr)},
            {"long", r.position ? json::value(r.position->lon()) : json::value(nullptr)},
            {"media_url", text(r.mediaUrl)}};
}

class Call {
public:
    Call(Desk& desk, const Settings& settings, const http::Request& request)
        : m_desk(desk), m_settings(settings), m_request(request), m_given(http::parametersOf(request)) {}

    Or<Content> run(std::string_view path) {
        const auto& method = m_request.method;
        if (method != "GET" && method != "HEAD" && method != "POST") return refuse(405, "use GET or POST");
        const bool post = method == "POST";
        const auto jurisdiction = valueOf(m_given, "jurisdiction_id");
        if (!jurisdiction.empty() && !m_settings.jurisdiction.empty() && jurisdiction != m_settings.jurisdiction)
            return refuse(404, "jurisdiction_id provided was not found");
        const auto below = [&](std::string_view folder) {
            return path.starts_with(folder) ? path.substr(folder.size()) : std::string_view();
        };
        if (path == "/requests") return post ? file() : list();
        if (path == "/servicerequestupdates") return post ? addUpdate() : updates();
        if (post) return refuse(405, "nothing is posted there");
        if (path == "/discovery") return discovery();
        if (path == "/services") return services();
        if (const auto code = below("/services/"); !code.empty()) return definition(code);
        if (const auto id = below("/requests/"); !id.empty()) return one(id);
        if (const auto token = below("/tokens/"); !token.empty()) return byToken(token);
        return refuse(404, "there is no such resource");
    }

private:
    Or<Content> discovery() const {
        json::array formats{"text/xml", "application/json"};
        json::array endpoints{json::object{{"specification", "http://wiki.open311.org/GeoReport_v2"},
                                           {"url", m_settings.baseUrl},
                                           {"changeset", m_settings.changeset},
                                           {"type", m_settings.production ? "production" : "test"},
                                           {"formats", std::move(formats)}}};
        return Content{json::object{{"changeset", m_settings.changeset},
                                    {"contact", m_settings.contact},
                                    {"key_service", m_settings.contact},
                                    {"endpoints", std::move(endpoints)}},
                       "discovery"};
    }

    Or<Content> services() const {
        json::array out;
        for (const auto& service : m_desk.services()) out.push_back(serviceJson(service));
        return Content{std::move(out), "services"};
    }

    [[nodiscard]] Or<Service> service(std::string_view code) const {
        for (auto& service : m_desk.services())
            if (service.code == code) return service;
        return refuse(404, "service_code provided was not found");
    }

    Or<Content> definition(std::string_view code) const {
        WL_TRY(const auto found, service(code));
        return Content{definitionJson(found), "service_definition"};
    }

    [[nodiscard]] Or<void> mayWrite() const {
        const auto key = valueOf(m_given, "api_key");
        if (key.empty()) return refuse(403, "api_key was not provided");
        if (!m_settings.keys.contains(std::string(key))) return refuse(403, "api_key is not valid");
        return {};
    }
    [[nodiscard]] Or<std::string> value(std::string_view name, std::size_t longest = kLongestValue) const {
        const auto given = valueOf(m_given, name);
        if (given.size() > longest)
            return refuse(400, std::string(name) + " is longer than " + std::to_string(longest) + " bytes");
        return std::string(given);
    }

    Or<Content> file() {
        WL_CHECK(mayWrite());
        Filing f;
        WL_TRY(f.service, value("service_code"));
        if (f.service.empty()) return refuse(400, "service_code was not provided");
        WL_TRY(const auto kind, service(f.service));
        WL_TRY(f.position, place(m_given));
        WL_TRY(f.address, value("address_string"));
        WL_TRY(f.addressId, value("address_id"));
        if (!f.position && f.address.empty() && f.addressId.empty())
            return refuse(400, "a location is required: lat and long, address_string, or address_id");
        WL_TRY(f.description, value("description", kLongestDescription));
        WL_TRY(f.firstName, value("first_name"));
        WL_TRY(f.lastName, value("last_name"));
        WL_TRY(f.email, value("email"));
        if (!f.email.empty() && (!f.email.contains('@') || f.email.find_first_of(" \r\n<>,") != std::string::npos))
            return refuse(400, "email is not an address");
        WL_TRY(f.phone, value("phone"));
        WL_TRY(f.deviceId, value("device_id"));
        WL_TRY(f.accountId, value("account_id"));
        WL_TRY(f.mediaUrl, value("media_url", 2000));
        if (!f.mediaUrl.empty() && !f.mediaUrl.starts_with("https://") && !f.mediaUrl.starts_with("http://"))
            return refuse(400, "media_url must begin with http:// or https://");
        WL_TRY(f.answers, answers(kind));
        if (const auto once = m_request.headers.find("idempotency-key"); once != m_request.headers.end())
            f.onceKey = std::string(valueOf(m_given, "api_key")) + '/' + once->second.substr(0, 200);
        const auto filed = m_desk.file(f);
        if (!filed) return broken(filed.error());
        return Content{json::array{json::object{{"service_request_id", filed->id},
                                                {"service_notice", text(filed->notice)},
                                                {"account_id", text(f.accountId)}}},
                       "service_requests"};
    }

    // attribute[code]=v, attribute[code][]=v …
    [[nodiscard]] Or<std::vector<std::pair<std::string, std::vector<std::string>>>> answers(const Service& kind) const {
        std::vector<std::pair<std::string, std::vector<std::string>>> out;
        for (const auto& a : kind.attributes) {
            if (!a.variable) continue;
            std::vector<std::string> values;
            for (const auto& [name, given] : m_given)
                if ((name == "attribute[" + a.code + "]" || name == "attribute[" + a.code + "][]") && !given.empty())
                    values.push_back(given);
            if (values.empty() && a.required)
                return refuse(400, "attribute[" + a.code + "] is required: " + a.description);
            if (values.size() > 1 && a.datatype != "multivaluelist")
                return refuse(400, "attribute[" + a.code + "] takes one value");
            for (const auto& given : values) {
                if (given.size() > kLongestDescription) return refuse(400, "attribute[" + a.code + "] is too long");
                const bool list = a.datatype == "singlevaluelist" || a.datatype == "multivaluelist";
                if (list && std::ranges::none_of(a.values, [&](const auto& v) { return v.first == given; }))
                    return refuse(400, "attribute[" + a.code + "] has no value " + given.substr(0, 60));
                if (a.datatype == "number") WL_CHECK(number(given, a.code, -1e15, 1e15));
                if (a.datatype == "datetime") WL_CHECK(instant(given, a.code));
            }
            if (!values.empty()) out.emplace_back(a.code, std::move(values));
        }
        return out;
    }

    Or<Content> list() {
        json::array out;
        if (const auto ids = commaList(valueOf(m_given, "service_request_id")); !ids.empty()) {
            for (const auto& id : ids) {
                const auto found = m_desk.find(id);
                if (!found) return broken(found.error());
                if (*found) out.push_back(requestJson(**found));
            }
            return Content{std::move(out), "service_requests"};
        }
        WL_TRY(const auto wanted, filter());
        const auto rows = m_desk.list(wanted);
        if (!rows) return broken(rows.error());
        for (const auto& row : *rows) out.push_back(requestJson(row));
        return Content{std::move(out), "service_requests"};
    }

    [[nodiscard]] Or<Filter> filter() const {
        Filter f;
        f.services = commaList(valueOf(m_given, "service_code"));
        const auto known = m_desk.services();
        for (const auto& code : f.services)
            if (std::ranges::none_of(known, [&](const Service& s) { return s.code == code; }))
                return refuse(404, "service_code provided was not found: " + code.substr(0, 60));
        bool wantsOpen = false, wantsClosed = false;
        for (const auto& status : commaList(valueOf(m_given, "status"))) {
            if (status != "open" && status != "closed") return refuse(400, "status is open or closed");
            (status == "open" ? wantsOpen : wantsClosed) = true;
        }
        if (wantsOpen != wantsClosed) f.open = wantsOpen;
        WL_TRY(f.from, instant(valueOf(m_given, "start_date"), "start_date"));
        WL_TRY(f.to, instant(valueOf(m_given, "end_date"), "end_date"));
        WL_TRY(f.updatedFrom, instant(valueOf(m_given, "updated_after"), "updated_after"));
        WL_TRY(f.updatedTo, instant(valueOf(m_given, "updated_before"), "updated_before"));
        if (!f.to)
            f.to =
                f.from ? std::min(f.from + kLongestWindow, m_desk.now() + Millis(60000)) : m_desk.now() + Millis(60000);
        if (!f.from) f.from = f.to - kLongestWindow;
        if (f.to < f.from) return refuse(400, "end_date lies before start_date");
        if (f.to - f.from > kLongestWindow + Millis(60000))
            return refuse(400, "at most 90 days lie between start_date and end_date");
        f.words = std::string(valueOf(m_given, "q").substr(0, 200));
        WL_TRY(f.near, place(m_given));
        f.metres = 100;
        if (const auto radius = valueOf(m_given, "radius"); !radius.empty()) {
            WL_TRY(f.metres, number(radius, "radius", 0, 50000));
        }
        if (const auto box = commaList(valueOf(m_given, "bbox")); !box.empty()) {
            if (box.size() != 4) return refuse(400, "bbox is west,south,east,north");
            WL_TRY(const double west, number(box[0], "bbox", -180, 180));
            WL_TRY(const double south, number(box[1], "bbox", -90, 90));
            WL_TRY(const double east, number(box[2], "bbox", -180, 180));
            WL_TRY(const double north, number(box[3], "bbox", -90, 90));
            f.box = {GeoPoint::of(south, west), GeoPoint::of(north, east)};
        }
        WL_TRY(const double size, whole("page_size", static_cast<double>(kMostRows)));
        WL_TRY(const double page, whole("page", 1));
        f.limit = std::min(static_cast<std::size_t>(size), kMostRows);
        f.skip = (static_cast<std::size_t>(page) - 1) * f.limit;
        return f;
    }
    [[nodiscard]] Or<double> whole(std::string_view name, double otherwise) const {
        const auto given = valueOf(m_given, name);
        if (given.empty()) return otherwise;
        WL_TRY(const double n, number(given, name, 1, 1e6));
        if (n != std::floor(n)) return refuse(400, std::string(name) + " is a whole number");
        return n;
    }

    Or<Content> one(std::string_view id) {
        const auto found = m_desk.find(id);
        if (!found) return broken(found.error());
        if (!*found) return refuse(404, "service_request_id provided was not found");
        return Content{json::array{requestJson(**found)}, "service_requests"};
    }

    // Every request gets its number at once, which stands for its token too.
    Or<Content> byToken(std::string_view token) {
        const auto found = m_desk.find(token);
        if (!found) return broken(found.error());
        if (!*found) return refuse(404, "token provided was not found");
        return Content{json::array{json::object{{"service_request_id", (*found)->id}, {"token", json::string(token)}}},
                       "service_requests"};
    }

    Or<Content> updates() {
        WL_TRY(auto from, instant(valueOf(m_given, "start_date"), "start_date"));
        WL_TRY(auto to, instant(valueOf(m_given, "end_date"), "end_date"));
        if (!to) to = m_desk.now() + Millis(60000);
        if (!from) from = to - Millis(std::chrono::hours(24));
        if (to < from) return refuse(400, "end_date lies before start_date");
        if (to - from > kLongestWindow + Millis(60000))
            return refuse(400, "at most 90 days lie between start_date and end_date");
        const auto found = m_desk.updates(from, to, kMostRows);
        if (!found) return broken(found.error());
        json::array out;
        for (const auto& u : *found)
            out.push_back(json::object{{"update_id", u.id},
                                       {"service_request_id", u.requestId},
                                       {"status", u.open ? "open" : "closed"},
                                       {"updated_datetime", time(u.at)},
                                       {"description", text(u.description)},
                                       {"media_url", nullptr}});
        return Content{std::move(out), "service_request_updates"};
    }

    Or<Content> addUpdate() {
        WL_CHECK(mayWrite());
        NewUpdate u;
        WL_TRY(u.requestId, value("service_request_id"));
        WL_TRY(u.id, value("update_id"));
        WL_TRY(u.status, value("status"));
        WL_TRY(u.description, value("description", kLongestDescription));
        for (const auto& [name, given] : {std::pair("service_request_id", &u.requestId), std::pair("update_id", &u.id),
                                          std::pair("status", &u.status), std::pair("description", &u.description)})
            if (given->empty()) return refuse(400, std::string(name) + " was not provided");
        WL_TRY(u.at, instant(valueOf(m_given, "updated_datetime"), "updated_datetime"));
        if (!u.at) return refuse(400, "updated_datetime was not provided");
        WL_TRY(u.firstName, value("first_name"));
        WL_TRY(u.lastName, value("last_name"));
        WL_TRY(u.email, value("email"));
        WL_TRY(u.phone, value("phone"));
        WL_TRY(u.mediaUrl, value("media_url", 2000));
        const auto done = m_desk.addUpdate(u);
        if (!done) return broken(done.error());
        return Content{json::array{json::object{{"update_id", u.id}}}, "service_request_updates"};
    }

    Desk& m_desk;
    const Settings& m_settings;
    const http::Request& m_request;
    http::Pairs m_given;
};

}  // namespace

http::Answer GeoReport::answer(const http::Request& request, std::string_view path) {
    bool xml = true;
    if (path.ends_with(".json")) xml = false, path.remove_suffix(5);
    else if (path.ends_with(".xml")) path.remove_suffix(4);
    auto done = Call(m_desk, m_settings, request).run(path);
    http::Answer out;
    out.type = xml ? "text/xml; charset=utf-8" : "application/json; charset=utf-8";
    if (!done) {
        out.status = done.error().status;
        done = Content{json::array{json::object{{"code", out.status}, {"description", done.error().description}}},
                       "errors"};
    }
    out.body = xml ? writeXml(done->value, done->root) : writeJson(done->value);
    return out;
}

}  // namespace wl::open311
