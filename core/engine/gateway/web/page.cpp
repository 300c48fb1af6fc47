// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/gateway/web/page.hpp"

#include <algorithm>

namespace wl::engine::web {
namespace {

// Contrast of text on its ground is 7:1 or more, of borders 4.5:1.
constexpr std::string_view kStyle = R"css(
*{box-sizing:border-box}
body{margin:0;font:1.0625rem/1.5 system-ui,sans-serif;color:#1b1f24;background:#fff}
header,main,footer{max-width:42rem;margin:0 auto;padding:1rem}
header{border-bottom:.25rem solid #0b4f8a;font-weight:600}
h1{font-size:1.6rem;line-height:1.25;margin:.5rem 0 1rem}
h2{font-size:1.2rem;margin:1.5rem 0 .5rem}
a{color:#0b4f8a}
.skip{position:absolute;inset-inline-start:-100rem}
.skip:focus{position:static}
:focus{outline:.2rem solid #b35c00;outline-offset:.15rem}
label,legend{display:block;font-weight:600;padding:0}
fieldset{border:0;margin:0 0 1.25rem;padding:0;min-width:0}
.field{margin:0 0 1.25rem}
.help{color:#424a53;margin:0 0 .25rem}
.error{color:#a40e26;font-weight:600;margin:0 0 .25rem}
.has-error{border-inline-start:.25rem solid #a40e26;padding-inline-start:.75rem}
.summary{border:.25rem solid #a40e26;padding:0 1rem 1rem;margin:0 0 1.5rem}
.summary a{color:#a40e26;font-weight:600}
input[type=text],input[type=email],input[type=tel],input[type=search],input[type=file],textarea,select{width:100%;font:inherit;padding:.5rem;border:.125rem solid #57606a;border-radius:.25rem;background:#fff;color:inherit}
textarea{min-height:8rem}
.choice{display:flex;gap:.6rem;align-items:flex-start;padding:.35rem 0}
.choice label{font-weight:400}
.choice input{width:1.4rem;height:1.4rem;flex:none;margin:.1rem 0 0}
button{font:inherit;padding:.55rem 1rem;border:.125rem solid #0b4f8a;border-radius:.25rem;background:#fff;color:#0b4f8a;cursor:pointer;margin:0 0 .5rem}
button.main{background:#0b4f8a;color:#fff;font-weight:600}
.map{border:.125rem solid #57606a;display:block;margin:0 0 .5rem;cursor:crosshair}
.quiet{color:#424a53}
.big{font-size:1.6rem;font-weight:700;letter-spacing:.05em}
.stop{border:.25rem solid #a40e26;padding:0 1rem 1rem}
dl{margin:0}dt{font-weight:600;margin-top:.75rem}dd{margin:0;overflow-wrap:anywhere;white-space:pre-line}
.trap{position:absolute;inset-inline-start:-100rem}
footer{border-top:.0625rem solid #57606a;color:#424a53;font-size:.95rem}
)css";

std::string marks(const Control& c) {
    std::string out;
    std::string described;
    if (!c.help.empty()) described += c.id + "-help";
    if (!c.error.empty()) described += (described.empty() ? "" : " ") + c.id + "-error";
    if (!described.empty()) out += " aria-describedby=\"" + escaped(described) + '"';
    if (!c.error.empty()) out += " aria-invalid=\"true\"";
    return out;
}

std::string named(const Control& c, std::size_t language) {
    auto out = escaped(c.label);
    if (!c.required) out += " <span class=\"quiet\">(" + std::string(word(Word::Optional, language)) + ")</span>";
    return out;
}

std::string said(const Control& c, std::size_t language) {
    std::string out;
    if (!c.help.empty()) out += "<p class=\"help\" id=\"" + escaped(c.id) + "-help\">" + escaped(c.help) + "</p>";
    if (!c.error.empty())
        out += "<p class=\"error\" id=\"" + escaped(c.id) + "-error\">" + std::string(word(Word::Error, language)) +
               ": " + escaped(c.error) + "</p>";
    return out;
}

}  // namespace

std::string escaped(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            case '\'': out += "&#39;"; break;
            case '\0': break;
            default: out += c;
        }
    }
    return out;
}

http::Answer styleSheet() {
    return {.status = 200,
            .type = "text/css; charset=utf-8",
            .body = std::string(kStyle),
            .headers = {{"Cache-Control", "max-age=86400"}}};
}

http::Answer asAnswer(const Page& page) {
    const auto& language = kPageLanguages[page.language];
    const auto title = (page.errors.empty() ? "" : std::string(word(Word::Error, page.language)) + ": ") + page.title;
    std::string out = "<!DOCTYPE html>\n<html lang=\"" + std::string(language.code) + "\" dir=\"" +
                      (language.rightToLeft ? "rtl" : "ltr") +
                      "\">\n<head>\n<meta charset=\"utf-8\">\n"
                      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
                      escaped(title) + " – " + escaped(page.city) +
                      "</title>\n<link rel=\"stylesheet\" href=\"/report/style.css\">\n</head>\n<body>\n"
                      "<a class=\"skip\" href=\"#main\">" +
                      std::string(word(Word::Skip, page.language)) + "</a>\n<header>" + escaped(page.city) +
                      "</header>\n<main id=\"main\">\n<h1>" + escaped(page.title) + "</h1>\n";
    if (!page.errors.empty()) {
        out += "<div class=\"summary\" role=\"alert\" aria-labelledby=\"summary-title\" tabindex=\"-1\">\n"
               "<h2 id=\"summary-title\">" +
               std::string(word(Word::ErrorTitle, page.language)) + "</h2>\n<ul>\n";
        for (const auto& error : page.errors)
            out += "<li>" +
                   (error.control.empty()
                        ? escaped(error.text)
                        : "<a href=\"#" + escaped(error.control) + "\">" + escaped(error.text) + "</a>") +
                   "</li>\n";
        out += "</ul>\n</div>\n";
    }
    out += page.body + "</main>\n</body>\n</html>\n";
    return {.status = page.status,
            .type = "text/html; charset=utf-8",
            .body = std::move(out),
            .headers = {{"Cache-Control", "no-store"},
                        {"Content-Security-Policy",
                         "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
                         "frame-ancestors 'none'"},
                        {"Referrer-Policy", "no-referrer"},
                        {"Content-Language", std::string(language.code)}}};
}

std::string hidden(std::string_view name, std::string_view value) {
    return "<input type=\"hidden\" name=\"" + escaped(name) + "\" value=\"" + escaped(value) + "\">\n";
}

std::string button(std::string_view name, std::string_view value, std::string_view label, bool main) {
    return "<button type=\"submit\" name=\"" + escaped(name) + "\" value=\"" + escaped(value) + '"' +
           (main ? " class=\"main\"" : "") + '>' + escaped(label) + "</button>\n";
}

std::string control(const Control& c, std::size_t language) {
    const auto common = " id=\"" + escaped(c.id) + "\" name=\"" + escaped(c.name) + '"' + marks(c) +
                        (c.required ? " aria-required=\"true\"" : "") +
                        (c.autocomplete.empty() ? "" : " autocomplete=\"" + c.autocomplete + '"') + " dir=\"auto\"";
    std::string out = std::string("<div class=\"field") + (c.error.empty() ? "" : " has-error") + "\">\n<label for=\"" +
                      escaped(c.id) + "\">" + named(c, language) + "</label>\n" + said(c, language);
    if (c.type == "area") out += "<textarea" + common + ">\n" + escaped(c.value) + "</textarea>\n";
    else if (c.type == "file")
        out += "<input type=\"file\" accept=\"image/jpeg,image/png,image/webp,image/heic\"" + common + ">\n";
    else out += "<input type=\"" + c.type + '"' + common + " value=\"" + escaped(c.value) + "\">\n";
    return out + "</div>\n";
}

std::string choices(const Control& c, const std::vector<Choice>& values, bool several, std::size_t language) {
    std::string out = std::string("<fieldset class=\"field") + (c.error.empty() ? "" : " has-error") + '"' + marks(c) +
                      ">\n<legend>" + named(c, language) + "</legend>\n" + said(c, language);
    int n = 0;
    for (const auto& value : values) {
        const auto id = n++ == 0 ? c.id : c.id + '-' + std::to_string(n);
        out += "<div class=\"choice\"><input type=\"" + std::string(several ? "checkbox" : "radio") + "\" id=\"" +
               escaped(id) + "\" name=\"" + escaped(c.name) + "\" value=\"" + escaped(value.value) + '"' +
               (value.chosen ? " checked" : "") + "><label for=\"" + escaped(id) + "\" dir=\"auto\">" +
               escaped(value.label) + "</label></div>\n";
    }
    return out + "</fieldset>\n";
}

}  // namespace wl::engine::web
