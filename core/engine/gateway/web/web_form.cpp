// SPDX-License-Identifier: GPL-3.0-or-later
// What happens with a page that comes back; what the pages look like is in web_pages.cpp.
#include "engine/gateway/web/web_form.hpp"

#include <algorithm>
#include <charconv>

#include "domain/attached_file.hpp"

namespace wl::engine::web {
namespace {

constexpr std::size_t kLargestPhoto = 10u << 20U;
constexpr std::size_t kMostPhotos = 3;
constexpr std::array kSteps{ReportStep::Service, ReportStep::Details, ReportStep::Place, ReportStep::Contact,
                            ReportStep::Check};

std::size_t numberOf(std::string_view text) {
    std::size_t out = 0;
    std::from_chars(text.data(), text.data() + text.size(), out);
    return out;
}

std::optional<double> pixel(std::string_view text) {
    double out = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (error != std::errc{} || end != text.data() + text.size() || out < 0 || out > kPicture) return std::nullopt;
    return out;
}

}  // namespace

Result<std::unique_ptr<WebForm>> WebForm::open(Engine& engine, const std::filesystem::path& data,
                                               WebFormSettings settings) {
    WL_TRY(auto desk, PublicDesk::open(engine, data));
    return std::unique_ptr<WebForm>(new WebForm(engine, std::move(desk), data, settings));
}

bool WebForm::serves(std::string_view path) {
    return path == "/report" || path == "/status" || path == "/report/style.css" || path == "/report/map.svg";
}

http::Answer WebForm::answer(const http::Request& request, std::string_view path) {
    const bool get = request.method == "GET" || request.method == "HEAD";
    if (!get && request.method != "POST")
        return {.status = 405, .body = "GET or POST\n", .headers = {{"Allow", "GET, HEAD, POST"}}};
    if (path == "/report/style.css") return styleSheet();
    if (path == "/report/map.svg") return picture(request);
    if (path == "/status") return status(request);
    return get ? start(request) : step(request);
}

std::string WebForm::city() const {
    const auto& jurisdiction = m_engine.catalogue()->jurisdiction();
    if (!jurisdiction.name.empty()) return jurisdiction.name;
    const auto map = m_engine.city();
    return map ? map->name : std::string();
}

const geo::Gazetteer* WebForm::places() {
    if (const auto map = m_engine.city(); map != m_mapped) {
        m_mapped = map;
        m_places.reset();
        if (map) m_places.emplace(map);
    }
    return m_places ? &*m_places : nullptr;
}

bool WebForm::mayFile(const std::string& peer) {
    const auto hour = m_engine.now().ms / 3'600'000;
    if (m_filed.size() > 10'000) m_filed.clear();
    auto& [of, count] = m_filed[peer];
    if (of != hour) of = hour, count = 0;
    return ++count <= m_settings.filingsAnHour;
}

http::Answer WebForm::picture(const http::Request& request) {
    const auto map = m_engine.city();
    if (!map) return {.status = 404, .body = "this city has no map\n"};
    const auto given = http::parametersOf(request);
    http::FormData form{{{"centre", std::string(http::valueOf(given, "centre"))},
                         {"zoom", std::string(http::valueOf(given, "zoom"))},
                         {"at", std::string(http::valueOf(given, "at"))}},
                        {}};
    const auto wanted = readReport(form, m_uploads);
    return {.status = 200,
            .type = "image/svg+xml",
            .body = mapPicture(
                *map, wanted.view.zoom > 0 && !http::valueOf(given, "centre").empty() ? wanted.view : viewOf(*map),
                wanted.at),
            .headers = {{"Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'"},
                        {"Cache-Control", "max-age=3600"}}};
}

http::Answer WebForm::start(const http::Request& request) {
    const auto given = http::parametersOf(request);
    Report report;
    const auto asked = http::valueOf(given, "lang");
    const auto accepts = request.headers.find("accept-language");
    report.language = !asked.empty()                     ? pageLanguage(asked)
                      : accepts != request.headers.end() ? pageLanguage(accepts->second)
                                                         : 0;
    report.token = toHex(wl::view(randomBytes<std::array<std::uint8_t, 16>>(m_rng)));
    report.answerLanguage = kPageLanguages[report.language].code;
    report.service = std::string(http::valueOf(given, "service").substr(0, 100));  // a link of the city's own pages
    return page(ReportStep::Service, report);
}

http::Answer WebForm::step(const http::Request& request) {
    const auto form = http::formOf(request);
    const auto value = [&](std::string_view name) { return http::valueOf(form.fields, name); };
    auto report = readReport(form, m_uploads);
    if (report.token.empty()) report.token = toHex(wl::view(randomBytes<std::array<std::uint8_t, 16>>(m_rng)));
    const auto number = std::min(numberOf(value("step")), kSteps.size() - 1);
    const auto from = kSteps[number];
    const auto verb = value("go");
    if (!value("website").empty())  // a field that people do not see
        return page(from, report, {{"website", std::string(word(Word::Honeypot, report.language))}}, {}, 400);
    if (const auto language = value("to_lang"); !language.empty()) {
        report.language = pageLanguage(language);
        report.answerLanguage = kPageLanguages[report.language].code;
        return page(from, report);
    }
    std::vector<FieldError> errors;
    if (from == ReportStep::Details) takePhotos(form, report, errors);
    if (verb == "back") return page(kSteps[number == 0 ? 0 : number - 1], report);
    if (verb.starts_with("edit-")) return page(kSteps[std::min(numberOf(verb.substr(5)), number)], report);
    if (from == ReportStep::Service && verb == "search")
        return page(from, report, {}, std::string(value("search").substr(0, 100)));
    if (from == ReportStep::Place && placeVerb(verb, form, report)) return page(from, report);
    if (from == ReportStep::Check && verb == "send") return send(std::move(report), request.peer);
    const auto catalogue = m_engine.catalogue();
    if (const auto* service = catalogue->service(report.service); service != nullptr && from == ReportStep::Details) {
        if (const auto* stop = stopOf(*service, report)) return stopped(report, *stop);
        // An answer may ask for more: questions that did not stand on the page yet.
        const auto questions = questionsOf(*service, report);
        const bool more =
            std::ranges::any_of(questions, [&](const auto& q) { return !std::ranges::contains(report.asked, q.code); });
        if (more && errors.empty()) return page(from, report);
    }
    for (auto& error : errorsIn(from, report, *catalogue)) errors.push_back(std::move(error));
    if (!errors.empty()) return page(from, report, std::move(errors), {}, 400);
    return page(kSteps[std::min(number + 1, kSteps.size() - 1)], report);
}

http::Answer WebForm::send(Report report, const std::string& peer) {
    const auto catalogue = m_engine.catalogue();
    for (const auto at : kSteps)  // hidden fields may say anything
        if (auto errors = errorsIn(at, report, *catalogue); !errors.empty())
            return page(at, report, std::move(errors), {}, 400);
    if (const auto* stop = stopOf(*catalogue->service(report.service), report)) return stopped(report, *stop);
    if (!mayFile(peer))
        return page(ReportStep::Check, report, {{{}, std::string(word(Word::TooMany, report.language))}}, {}, 429);
    const auto filed = m_desk->file(report, m_uploads);
    if (!filed)
        return page(ReportStep::Check, report, {{{}, std::string(word(Word::Failed, report.language))}}, {}, 503);
    return done(report, *filed);
}

void WebForm::takePhotos(const http::FormData& form, Report& report, std::vector<FieldError>& errors) {
    for (const auto& [name, upload] : form.fields)
        if (name == "photo-drop") std::erase_if(report.photos, [&](const Photo& p) { return p.upload == upload; });
    for (const auto& file : form.files) {
        if (file.field != "photo") continue;
        const auto wrong = [&](Word which) { errors.push_back({"photo", std::string(word(which, report.language))}); };
        if (report.photos.size() >= kMostPhotos) {
            wrong(Word::PhotoMany);
            break;
        }
        if (file.bytes.size() > kLargestPhoto) wrong(Word::PhotoLarge);
        else if (pictureType(file.bytes).empty()) wrong(Word::PhotoKind);
        else if (const auto kept = m_uploads.keep(file.bytes))
            report.photos.push_back({*kept, safeFileName(file.name)});
        else wrong(Word::Failed);
    }
}

bool WebForm::placeVerb(std::string_view verb, const http::FormData& form, Report& report) {
    const auto value = [&](std::string_view name) { return http::valueOf(form.fields, name); };
    const auto map = m_engine.city();
    if (map && report.view.zoom == 0) report.view = viewOf(*map);
    auto& view = report.view;
    const auto x = pixel(value("map.x")), y = pixel(value("map.y"));
    // A keyboard chooses the picture's corner, which is no place.
    if (map && x && y && (*x > 0 || *y > 0)) {
        report.at = pointAt(view, *x, *y);
        view = {*report.at, std::max(view.zoom, 16)};
        if (const auto* gazetteer = places())
            if (const auto near = gazetteer->nearest(*report.at)) report.address = near->hit.label;
        return true;
    }
    if (verb == "clear") return report.at.reset(), true;
    if (verb == "closer") return view.zoom = std::min(view.zoom + 1, kMostZoom), true;
    if (verb == "further") return view.zoom = std::max(view.zoom - 1, kLeastZoom), true;
    if (verb == "north") return view = moved(view, 0, -1), true;
    if (verb == "south") return view = moved(view, 0, 1), true;
    if (verb == "west") return view = moved(view, -1, 0), true;
    if (verb == "east") return view = moved(view, 1, 0), true;
    const auto pick = value("pick");  // one of the addresses that were offered
    const auto* gazetteer = places();
    if (!pick.empty() && gazetteer != nullptr) {
        if (pick == "as-written") return report.at.reset(), verb == "find";
        for (const auto& hit : gazetteer->search(pick, 1)) {
            if (hit.label != pick) continue;
            report.address = hit.label;
            report.at = hit.at;
            view = {hit.at, 17};
            return verb == "find";
        }
    }
    if (gazetteer == nullptr || report.address.empty()) return verb == "find";
    const auto hits = gazetteer->search(report.address, 1);
    const bool sure = !hits.empty() && hits.front().score >= 0.999 && !hits.front().approximate;
    const bool fresh = value("found_for") != report.address && !report.at;
    if (sure && (fresh || verb == "find")) {
        report.address = hits.front().label;
        report.at = hits.front().at;
        view = {*report.at, 17};
    }
    // What is not sure is offered once; whoever goes on all the same means what they wrote.
    return verb == "find" || (fresh && !sure && !hits.empty());
}

}  // namespace wl::engine::web
