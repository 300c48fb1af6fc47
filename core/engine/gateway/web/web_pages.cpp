// SPDX-License-Identifier: GPL-3.0-or-later
// What the public pages look like.
#include <algorithm>

#include "engine/gateway/web/web_form.hpp"
#include "geo/text_folding.hpp"

namespace wl::engine::web {
namespace {

std::string errorOf(const std::vector<FieldError>& errors, std::string_view control) {
    const auto at = std::ranges::find(errors, control, &FieldError::control);
    return at == errors.end() ? std::string() : at->text;
}

std::string say(Word which, std::size_t language) { return std::string(word(which, language)); }

std::string paragraph(std::string_view text, std::string_view kind = "help") {
    return "<p class=\"" + std::string(kind) + "\" dir=\"auto\">" + escaped(text) + "</p>\n";
}

bool isOffered(const rules::Service& service) { return service.active && !service.staffOnly; }

// Every typed word begins some word of what the service is called or known by.
bool matches(const rules::Service& service, const std::vector<std::string>& typed) {
    std::string all = service.name + ' ' + service.group + ' ' + service.description;
    for (const auto& keyword : service.keywords) all += ' ' + keyword;
    const auto words = geo::wordsOf(geo::foldText(all));
    return std::ranges::all_of(typed, [&](const auto& one) {
        return std::ranges::any_of(words, [&](const auto& word) { return word.starts_with(one); });
    });
}

std::string dayOf(Instant at, const TimeZone& zone) { return at ? isoDate(zone.toLocal(at).day()) : std::string(); }

std::string entry(Word label, std::string_view value, const Report& r, std::string_view edit = {}) {
    std::string out = "<dt>" + escaped(say(label, r.language)) + "</dt><dd dir=\"auto\">" +
                      escaped(value.empty() ? word(Word::NotGiven, r.language) : value) + "</dd>\n";
    if (!edit.empty())
        out += "<dd><button type=\"submit\" name=\"go\" value=\"" + escaped(edit) + "\" aria-label=\"" +
               escaped(say(Word::Change, r.language) + ": " + say(label, r.language)) + "\">" +
               escaped(say(Word::Change, r.language)) + "</button></dd>\n";
    return out;
}

std::string pointText(GeoPoint at) { return std::to_string(at.lat()) + ',' + std::to_string(at.lon()); }

}  // namespace

http::Answer WebForm::page(ReportStep step, const Report& report, std::vector<FieldError> errors, std::string search,
                           int status) {
    const auto n = static_cast<int>(step);
    const auto l = report.language;
    constexpr std::array titles{Word::ServiceTitle, Word::DetailsTitle, Word::PlaceTitle, Word::ContactTitle,
                                Word::CheckTitle};
    Page page{l, city(), say(titles[static_cast<std::size_t>(n)], l), {}, {}, status};
    std::string part;
    switch (step) {
        case ReportStep::Service: part = servicePart(report, errors, search); break;
        case ReportStep::Details: part = detailsPart(report, errors); break;
        case ReportStep::Place: part = placePart(report, errors); break;
        case ReportStep::Contact: part = contactPart(report, errors); break;
        case ReportStep::Check: part = checkPart(report); break;
    }
    page.body = paragraph(say(Word::ReportTitle, l) + " · " + say(Word::Step, l) + ' ' + std::to_string(n + 1) + ' ' +
                              say(Word::Of, l) + " 5",
                          "quiet") +
                "<form method=\"post\" action=\"/report\"" +
                (step == ReportStep::Details ? " enctype=\"multipart/form-data\"" : "") + " novalidate>\n" +
                hidden("step", std::to_string(n)) + carried(report, step) + part +
                "<div class=\"trap\" aria-hidden=\"true\"><label for=\"website\">" + escaped(say(Word::LeaveEmpty, l)) +
                "</label><input type=\"text\" id=\"website\" name=\"website\" tabindex=\"-1\" autocomplete=\"off\">"
                "</div>\n";
    if (step != ReportStep::Service) page.body += button("go", "back", say(Word::Back, l));
    page.body += "<h2>" + escaped(say(Word::Language, l)) + "</h2>\n<p>";
    for (std::size_t i = 0; i < kPageLanguages.size(); ++i)
        if (i != l)
            page.body += "<button type=\"submit\" name=\"to_lang\" value=\"" + std::string(kPageLanguages[i].code) +
                         "\" lang=\"" + std::string(kPageLanguages[i].code) + "\">" +
                         std::string(kPageLanguages[i].name) + "</button> ";
    page.body += "</p>\n</form>\n<p><a href=\"/status?lang=" + std::string(kPageLanguages[l].code) + "\">" +
                 escaped(say(Word::StatusTitle, l)) + "</a></p>\n";
    page.errors = std::move(errors);
    return asAnswer(page);
}

std::string WebForm::servicePart(const Report& r, const std::vector<FieldError>& errors,
                                 const std::string& search) const {
    const auto l = r.language;
    const auto catalogue = m_engine.catalogue();
    const auto typed = geo::wordsOf(geo::foldText(search));
    auto shown = [&](const rules::Service& s) { return isOffered(s) && (typed.empty() || matches(s, typed)); };
    const bool none = std::ranges::none_of(catalogue->services(), shown);
    // The first button of a form is what the return key presses: in the field of the search, the search.
    std::string out = "<div class=\"field\"><label for=\"search\">" + escaped(say(Word::ServiceSearch, l)) +
                      "</label><input type=\"search\" id=\"search\" name=\"search\" dir=\"auto\" value=\"" +
                      escaped(search) + "\"></div>\n" + button("go", "search", say(Word::Search, l));
    if (none && !typed.empty()) out += paragraph(say(Word::ServiceNone, l), "error");
    if (const auto error = errorOf(errors, "service"); !error.empty())
        out += "<p class=\"error\" id=\"service-error\">" + escaped(error) + "</p>\n";
    std::string group = "\x01";
    bool first = true;
    for (const auto& service : catalogue->services()) {
        if (!isOffered(service) || (!none && !shown(service))) continue;
        if (service.group != group) {
            if (!first) out += "</fieldset>\n";
            out += "<fieldset><legend dir=\"auto\">" +
                   escaped(service.group.empty() ? say(Word::ServiceTitle, l) : service.group) + "</legend>\n";
            group = service.group;
        }
        const auto id = first ? std::string("service") : "service-" + service.code;
        first = false;
        out += "<div class=\"choice\"><input type=\"radio\" name=\"service\" id=\"" + escaped(id) + "\" value=\"" +
               escaped(service.code) + '"' + (service.code == r.service ? " checked" : "") + "><label for=\"" +
               escaped(id) + "\" dir=\"auto\">" + escaped(service.name) +
               (service.description.empty() ? ""
                                            : "<br><span class=\"quiet\">" + escaped(service.description) + "</span>") +
               "</label></div>\n";
    }
    if (!first) out += "</fieldset>\n";
    return out + button("go", "next", say(Word::Continue, l), true);
}

std::string WebForm::detailsPart(const Report& r, const std::vector<FieldError>& errors) const {
    const auto l = r.language;
    std::string out;
    const auto catalogue = m_engine.catalogue();
    if (const auto* service = catalogue->service(r.service)) {
        out += paragraph(service->name, "quiet");
        for (const auto& q : questionsOf(*service, r)) {
            out += hidden("asked", q.code);
            if (!q.variable) {
                out += paragraph(q.description);
                continue;
            }
            const auto id = "answer-" + q.code;
            const auto given = r.answers.find(q.code);
            const bool date = q.datatype == "datetime";
            Control c{id,
                      id,
                      q.description,
                      !q.datatypeDescription.empty() ? q.datatypeDescription
                      : date                         ? say(Word::DateHelp, l)
                                                     : std::string(),
                      errorOf(errors, id),
                      given == r.answers.end() ? std::string() : given->second.front(),
                      q.required,
                      q.datatype == "text" ? "area" : "text"};
            if (q.datatype == "singlevaluelist" || q.datatype == "multivaluelist") {
                std::vector<Choice> values;
                for (const auto& v : q.values)
                    values.push_back({v.key, v.name,
                                      given != r.answers.end() && std::ranges::contains(given->second, v.key)});
                out += choices(c, values, q.datatype == "multivaluelist", l);
            } else {
                out += control(c, l);
            }
        }
    }
    out += control({"description", "description", say(Word::Description, l), say(Word::DescriptionHelp, l),
                    errorOf(errors, "description"), r.description, false, "area"},
                   l);
    if (!r.photos.empty()) {
        std::vector<Choice> kept;
        for (const auto& photo : r.photos) {
            out += hidden("photo-kept", photo.upload + '/' + photo.name);
            kept.push_back({photo.upload, say(Word::PhotoRemove, l) + ": " + photo.name, false});
        }
        out += choices({"photo-drop", "photo-drop", say(Word::PhotoKept, l), {}, {}, {}, true}, kept, true, l);
    }
    out += control(
        {"photo", "photo", say(Word::Photo, l), say(Word::PhotoHelp, l), errorOf(errors, "photo"), {}, false, "file"},
        l);
    return out + button("go", "next", say(Word::Continue, l), true);
}

std::string WebForm::placePart(const Report& r, const std::vector<FieldError>& errors) {
    const auto l = r.language;
    const auto map = m_engine.city();
    const auto* gazetteer = places();
    std::string out = control({"address", "address", say(Word::Address, l), say(Word::AddressHelp, l),
                               errorOf(errors, "address"), r.address, false, "text", "street-address"},
                              l);
    if (gazetteer != nullptr) {
        out += button("go", "find", say(Word::FindAddress, l));
        if (!r.address.empty() && !r.at) {
            const auto hits = gazetteer->search(r.address, 6);
            std::vector<Choice> offered;
            for (const auto& hit : hits)
                if (std::ranges::none_of(offered, [&](const Choice& c) { return c.value == hit.label; }))
                    offered.push_back({hit.label, hit.label, false});
            if (offered.empty()) out += paragraph(say(Word::AddressNone, l), "error");
            if (!offered.empty()) {
                offered.push_back({"as-written", r.address, true});
                out += choices({"pick", "pick", say(Word::AddressPick, l), {}, {}, {}, true}, offered, false, l);
            }
            out += hidden("found_for", r.address);
        }
    }
    if (map) {
        const auto view = r.view.zoom > 0 ? r.view : viewOf(*map);
        if (r.view.zoom == 0)
            out += hidden("centre", pointText(view.centre)) + hidden("zoom", std::to_string(view.zoom));
        const auto size = std::to_string(kPicture);
        out += "<h2>" + escaped(say(Word::MapTitle, l)) + "</h2>\n" + paragraph(say(Word::MapHelp, l));
        if (r.at) out += "<p role=\"status\">" + escaped(say(Word::MapPicked, l) + ": " + pointText(*r.at)) + "</p>\n";
        out += "<input class=\"map\" type=\"image\" name=\"map\" alt=\"" + escaped(say(Word::MapHelp, l)) +
               "\" width=\"" + size + "\" height=\"" + size +
               "\" src=\"/report/map.svg?centre=" + pointText(view.centre) + "&amp;zoom=" + std::to_string(view.zoom) +
               (r.at ? "&amp;at=" + pointText(*r.at) : std::string()) + "\">\n<p>" +
               button("go", "closer", say(Word::ZoomIn, l)) + button("go", "further", say(Word::ZoomOut, l)) +
               button("go", "north", say(Word::North, l)) + button("go", "south", say(Word::South, l)) +
               button("go", "west", say(Word::West, l)) + button("go", "east", say(Word::East, l)) +
               (r.at ? button("go", "clear", say(Word::MapClear, l)) : std::string()) + "</p>\n";
    }
    out += control({"note", "note", say(Word::LocationNote, l), {}, {}, r.note}, l);
    return out + button("go", "next", say(Word::Continue, l), true);
}

std::string WebForm::contactPart(const Report& r, const std::vector<FieldError>& errors) const {
    const auto l = r.language;
    std::string out = paragraph(say(Word::ContactHelp, l));
    out += control({"name", "name", say(Word::Name, l), {}, {}, r.name, false, "text", "name"}, l);
    out += control(
        {"email", "email", say(Word::Email, l), {}, errorOf(errors, "email"), r.email, false, "email", "email"}, l);
    out +=
        control({"phone", "phone", say(Word::Phone, l), {}, errorOf(errors, "phone"), r.phone, false, "tel", "tel"}, l);
    const auto wrong = errorOf(errors, "consent");
    out += "<div class=\"field" + std::string(wrong.empty() ? "" : " has-error") + "\">" +
           (wrong.empty() ? std::string() : "<p class=\"error\" id=\"consent-error\">" + escaped(wrong) + "</p>") +
           "<div class=\"choice\"><input type=\"checkbox\" id=\"consent\" name=\"consent\" value=\"yes\"" +
           (r.consent ? " checked" : "") + "><label for=\"consent\">" + escaped(say(Word::Consent, l)) +
           "</label></div></div>\n<div class=\"field\"><label for=\"answers_in\">" +
           escaped(say(Word::AnswerLanguage, l)) + "</label><select id=\"answers_in\" name=\"answers_in\">";
    for (const auto& language : kPageLanguages)
        out += "<option value=\"" + std::string(language.code) + "\" lang=\"" + std::string(language.code) + '"' +
               (language.code == r.answerLanguage ? " selected" : "") + '>' + std::string(language.name) + "</option>";
    return out + "</select></div>\n" + button("go", "next", say(Word::Continue, l), true);
}

std::string WebForm::checkPart(const Report& r) const {
    const auto l = r.language;
    const auto catalogue = m_engine.catalogue();
    std::string out = paragraph(say(Word::CheckHelp, l)) + "<dl>\n" +
                      entry(Word::Service, catalogue->serviceName(r.service), r, "edit-0");
    std::string photos;
    if (const auto* service = catalogue->service(r.service)) {
        for (const auto& q : questionsOf(*service, r)) {
            const auto given = r.answers.find(q.code);
            if (!q.variable || given == r.answers.end()) continue;
            std::string shown;
            for (const auto& value : given->second) {
                const auto at = std::ranges::find(q.values, value, &rules::AttributeValue::key);
                shown += (shown.empty() ? "" : ", ") + (at == q.values.end() ? value : at->name);
            }
            out += "<dt dir=\"auto\">" + escaped(q.description) + "</dt><dd dir=\"auto\">" + escaped(shown) + "</dd>\n";
        }
    }
    for (const auto& photo : r.photos) photos += (photos.empty() ? "" : ", ") + photo.name;
    out += entry(Word::Description, r.description, r, "edit-1") + entry(Word::Photo, photos, r) +
           entry(Word::Place, r.address.empty() && r.at ? pointText(*r.at) : r.address, r, "edit-2");
    if (!r.note.empty()) out += entry(Word::LocationNote, r.note, r);
    out += entry(Word::Name, r.name, r, "edit-3") + entry(Word::Email, r.email, r) + entry(Word::Phone, r.phone, r) +
           entry(Word::Consent, say(r.consent ? Word::Yes : Word::No, l), r) + "</dl>\n";
    return out + button("go", "send", say(Word::Send, l), true);
}

http::Answer WebForm::stopped(const Report& r, const rules::ServiceAttribute& question) const {
    const auto l = r.language;
    Page page{l, city(), say(Word::StopTitle, l), {}, {}, 200};
    page.body = "<div class=\"stop\" role=\"alert\">\n<p class=\"big\" dir=\"auto\">" + escaped(question.stopMessage) +
                "</p>\n<p>" + escaped(say(Word::StopFiled, l)) +
                "</p>\n</div>\n<form method=\"post\" action=\"/report\">\n" + hidden("step", "1") +
                carried(r, ReportStep::Service) + hidden("service", r.service) +
                button("go", "edit-1", say(Word::StopStart, l)) + "</form>\n";
    return asAnswer(page);
}

http::Answer WebForm::done(const Report& r, const Receipt& receipt) const {
    const auto l = r.language;
    Page page{l, city(), say(Word::DoneTitle, l), {}, {}, 200};
    page.body = "<dl><dt>" + escaped(say(Word::DoneNumber, l)) + "</dt><dd class=\"big\" id=\"number\">" +
                escaped(receipt.number) + "</dd><dt>" + escaped(say(Word::DoneSecret, l)) +
                "</dt><dd class=\"big\" id=\"secret\">" + escaped(receipt.secret) + "</dd></dl>\n" +
                paragraph(say(Word::DoneKeep, l));
    if (!receipt.notice.empty()) page.body += paragraph(receipt.notice);
    page.body += "<form method=\"post\" action=\"/status\">\n" + hidden("lang", kPageLanguages[l].code) +
                 hidden("number", receipt.number) + hidden("secret", receipt.secret) +
                 button("go", "show", say(Word::DoneStatus, l), true) +
                 "</form>\n<p><a href=\"/report?lang=" + std::string(kPageLanguages[l].code) + "\">" +
                 escaped(say(Word::DoneAnother, l)) + "</a></p>\n";
    return asAnswer(page);
}

http::Answer WebForm::status(const http::Request& request) {
    const bool asks = request.method == "POST";
    // Number and secret come in a body alone: addresses end up in logs.
    const auto given = asks ? http::formOf(request).fields : http::parametersOf(request);
    const auto accepts = request.headers.find("accept-language");
    const auto lang = http::valueOf(given, "lang");
    const auto l =
        pageLanguage(!lang.empty() || accepts == request.headers.end() ? lang : std::string_view(accepts->second));
    Page page{l, city(), say(Word::StatusTitle, l), {}, {}, 200};
    if (asks) {
        const auto found = m_desk->find(http::valueOf(given, "number"), http::valueOf(given, "secret"));
        if (!found) {
            page.errors.push_back({{}, say(Word::Failed, l)});
            page.status = 503;
        } else if (!*found) {
            page.errors.push_back({"number", say(Word::StatusWrong, l)});
            page.status = 404;
        } else {
            const auto& s = **found;
            const auto catalogue = m_engine.catalogue();
            const auto& zone = catalogue->timeZone();
            Report r;
            r.language = l;
            page.body = "<dl>" + entry(Word::StatusNumber, s.number, r) + entry(Word::StatusService, s.service, r) +
                        entry(Word::StatusState, say(s.open ? Word::StatusOpen : Word::StatusClosed, l), r) +
                        entry(Word::StatusSince, dayOf(s.requested, zone), r);
            if (s.open && s.expected) page.body += entry(Word::StatusExpected, dayOf(s.expected, zone), r);
            page.body += "</dl>\n<h2>" + escaped(say(Word::StatusHistory, l)) + "</h2>\n<ol>\n<li>" +
                         dayOf(s.requested, zone) + ' ' + escaped(say(Word::StateReceived, l)) + "</li>\n";
            for (const auto& [at, what] : s.history)
                page.body += "<li>" + dayOf(at, zone) + ' ' + escaped(say(what, l)) + "</li>\n";
            page.body += "</ol>\n<p><a href=\"/report?lang=" + std::string(kPageLanguages[l].code) + "\">" +
                         escaped(say(Word::DoneAnother, l)) + "</a></p>\n";
            return asAnswer(page);
        }
    }
    page.body = "<form method=\"post\" action=\"/status\">\n" + hidden("lang", kPageLanguages[l].code) +
                control({"number",
                         "number",
                         say(Word::StatusNumber, l),
                         {},
                         {},
                         asks ? std::string(http::valueOf(given, "number").substr(0, 40)) : std::string(),
                         true,
                         "text",
                         "off"},
                        l) +
                control({"secret", "secret", say(Word::StatusSecret, l), {}, {}, {}, true, "text", "off"}, l) +
                button("go", "show", say(Word::StatusShow, l), true) + "</form>\n";
    return asAnswer(page);
}

}  // namespace wl::engine::web
