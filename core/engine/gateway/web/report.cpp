// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/gateway/web/report.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "channels/phone_numbers.hpp"
#include "domain/attached_file.hpp"
#include "domain/time_zone.hpp"

namespace wl::engine::web {
namespace {

constexpr std::size_t kLongestLine = 300;
constexpr std::size_t kLongestText = 4000;  // characters
constexpr std::size_t kMostPhotos = 3;

std::string cut(std::string_view text, std::size_t longest) {
    if (text.size() <= longest) return std::string(text);
    while (longest > 0 && (static_cast<unsigned char>(text[longest]) & 0xc0U) == 0x80U) --longest;
    return std::string(text.substr(0, longest));
}

std::string line(std::string_view text) {
    std::string out;
    for (const char c : cut(text, kLongestLine)) out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    while (!out.empty() && out.back() == ' ') out.pop_back();
    out.erase(0, std::min(out.find_first_not_of(' '), out.size()));
    return out;
}

std::string lines(std::string_view text) {
    std::string out;
    for (const char c : cut(text, kLongestText * 4 + 4))
        if (c == '\n' || c == '\t' || static_cast<unsigned char>(c) >= 0x20) out += c;
    while (!out.empty() && (out.back() == ' ' || out.back() == '\n')) out.pop_back();
    return out;
}

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }));
}

std::optional<double> real(std::string_view text) {
    double out = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(out)) return std::nullopt;
    return out;
}

std::optional<GeoPoint> point(std::string_view text) {
    const auto comma = text.find(',');
    if (comma == std::string_view::npos) return std::nullopt;
    const auto lat = real(text.substr(0, comma)), lon = real(text.substr(comma + 1));
    if (!lat || !lon || std::abs(*lat) > 85 || std::abs(*lon) > 180) return std::nullopt;
    return GeoPoint::of(*lat, *lon);
}

std::string pointText(GeoPoint at) { return std::to_string(at.lat()) + ',' + std::to_string(at.lon()); }

bool isDate(std::string_view text) {
    return parseIsoDate(text) || (text.size() > 10 && parseIsoDate(text.substr(0, 10)) && text.size() <= 25);
}

bool isMail(std::string_view text) {
    const auto at = text.find('@');
    return at != std::string_view::npos && at > 0 && text.find('.', at) != std::string_view::npos &&
           text.find('@', at + 1) == std::string_view::npos && !text.ends_with('.') &&
           text.find_first_of(" \t<>,;\"") == std::string_view::npos;
}

std::string controlOf(const rules::ServiceAttribute& question) { return "answer-" + question.code; }

std::string wrongIn(const rules::ServiceAttribute& q, const Report& report) {
    const auto given = report.answers.find(q.code);
    const bool empty = given == report.answers.end() || given->second.empty();
    if (empty) return q.required ? std::string(word(Word::AnswerMissing, report.language)) : std::string();
    const bool list = q.datatype == "singlevaluelist" || q.datatype == "multivaluelist";
    if (given->second.size() > 1 && q.datatype != "multivaluelist")
        return std::string(word(Word::NotInList, report.language));
    for (const auto& value : given->second) {
        if (list && std::ranges::none_of(q.values, [&](const auto& v) { return v.key == value; }))
            return std::string(word(Word::NotInList, report.language));
        if (q.datatype == "number" && !real(value)) return std::string(word(Word::NotNumber, report.language));
        if (q.datatype == "datetime" && !isDate(value)) return std::string(word(Word::NotDate, report.language));
        if (characters(value) > kLongestText) return std::string(word(Word::TooLong, report.language));
    }
    return {};
}

}  // namespace

Report readReport(const http::FormData& form, const Uploads& uploads) {
    Report r;
    const auto value = [&](std::string_view name) { return http::valueOf(form.fields, name); };
    r.language = pageLanguage(value("lang"));
    const auto token = value("token");
    if (token.size() == 32 && token.find_first_not_of("0123456789abcdef") == std::string_view::npos) r.token = token;
    r.service = line(value("service"));
    for (const auto& [name, given] : form.fields) {
        if (name == "asked") r.asked.push_back(line(given));
        if (!name.starts_with("answer-") || given.empty() || r.answers.size() > 100) continue;
        auto text = lines(given);
        if (text.empty()) continue;
        auto& values = r.answers[name.substr(7)];
        if (values.size() < 50 && !std::ranges::contains(values, text)) values.push_back(std::move(text));
    }
    r.description = lines(value("description"));
    for (const auto& [name, given] : form.fields) {
        const auto slash = std::min(given.find('/'), given.size());
        if (name != "photo-kept" || r.photos.size() >= kMostPhotos || !uploads.has(given.substr(0, slash))) continue;
        r.photos.push_back({given.substr(0, slash), safeFileName(given.substr(std::min(slash + 1, given.size())))});
    }
    r.address = line(value("address"));
    r.note = line(value("note"));
    r.at = point(value("at"));
    if (const auto centre = point(value("centre"))) r.view.centre = *centre;
    const auto zoom = real(value("zoom")).value_or(0);
    r.view.zoom = zoom >= kLeastZoom && zoom <= kMostZoom ? static_cast<int>(zoom) : 0;
    r.name = line(value("name"));
    r.email = line(value("email"));
    r.phone = line(value("phone"));
    r.consent = value("consent") == "yes";
    const auto wanted = value("answers_in");
    r.answerLanguage = kPageLanguages[wanted.empty() ? r.language : pageLanguage(wanted)].code;
    return r;
}

std::string carried(const Report& r, ReportStep step) {
    std::string out = hidden("lang", kPageLanguages[r.language].code) + hidden("token", r.token);
    if (step != ReportStep::Service) out += hidden("service", r.service);
    if (step != ReportStep::Details) {
        for (const auto& [code, values] : r.answers)
            for (const auto& value : values) out += hidden("answer-" + code, value);
        out += hidden("description", r.description);
        for (const auto& code : r.asked) out += hidden("asked", code);
        for (const auto& photo : r.photos) out += hidden("photo-kept", photo.upload + '/' + photo.name);
    }
    if (step != ReportStep::Place) out += hidden("address", r.address) + hidden("note", r.note);
    if (r.at) out += hidden("at", pointText(*r.at));
    if (r.view.zoom > 0)
        out += hidden("centre", pointText(r.view.centre)) + hidden("zoom", std::to_string(r.view.zoom));
    if (step != ReportStep::Contact) {
        out += hidden("name", r.name) + hidden("email", r.email) + hidden("phone", r.phone) +
               hidden("answers_in", r.answerLanguage);
        if (r.consent) out += hidden("consent", "yes");
    }
    return out;
}

std::vector<rules::ServiceAttribute> questionsOf(const rules::Service& service, const Report& report) {
    std::vector<rules::ServiceAttribute> out;
    for (const auto& q : service.attributes) {
        if (!q.onlyIf.empty()) {
            const bool stands = std::ranges::contains(out, q.onlyIf, &rules::ServiceAttribute::code);
            const auto given = report.answers.find(q.onlyIf);
            if (!stands || given == report.answers.end() || given->second.empty()) continue;
            if (!q.onlyIfValue.empty() && !std::ranges::contains(given->second, q.onlyIfValue)) continue;
        }
        out.push_back(q);
    }
    return out;
}

const rules::ServiceAttribute* stopOf(const rules::Service& service, const Report& report) {
    for (const auto& q : questionsOf(service, report)) {
        const auto given = report.answers.find(q.code);
        if (q.stopValue.empty() || given == report.answers.end()) continue;
        if (!std::ranges::contains(given->second, q.stopValue)) continue;
        return &*std::ranges::find(service.attributes, q.code, &rules::ServiceAttribute::code);
    }
    return nullptr;
}

std::vector<FieldError> errorsIn(ReportStep step, const Report& r, const rules::Catalogue& catalogue) {
    std::vector<FieldError> out;
    const auto wrong = [&](std::string control, Word which) {
        out.push_back({std::move(control), std::string(word(which, r.language))});
    };
    const auto* service = catalogue.service(r.service);
    if (service != nullptr && (!service->active || service->staffOnly)) service = nullptr;
    switch (step) {
        case ReportStep::Service:
            if (service == nullptr) wrong("service", Word::ServiceMissing);
            break;
        case ReportStep::Details:
            if (service == nullptr) break;
            for (const auto& q : questionsOf(*service, r)) {
                if (!q.variable) continue;
                if (auto text = wrongIn(q, r); !text.empty())
                    out.push_back({controlOf(q), q.description + ": " + text});
            }
            if (characters(r.description) > kLongestText) wrong("description", Word::TooLong);
            break;
        case ReportStep::Place:
            if (!r.at && r.address.empty()) wrong("address", Word::PlaceMissing);
            break;
        case ReportStep::Contact:
            if (!r.email.empty() && !isMail(r.email)) wrong("email", Word::EmailWrong);
            if (!r.phone.empty() && channels::toE164(r.phone, catalogue.jurisdiction().region).empty() &&
                std::ranges::count_if(r.phone, [](char c) { return c >= '0' && c <= '9'; }) < 7)
                wrong("phone", Word::PhoneWrong);
            if ((!r.email.empty() || !r.phone.empty()) && !r.consent) wrong("consent", Word::ConsentMissing);
            break;
        case ReportStep::Check: break;
    }
    return out;
}

}  // namespace wl::engine::web
