// SPDX-License-Identifier: GPL-3.0-or-later
#include "channels/mail/html_text.hpp"

#include <libxml/HTMLparser.h>

#include <array>
#include <algorithm>
#include <memory>

namespace wl::mail {
namespace {

struct FreeDocument {
    void operator()(xmlDoc* document) const { xmlFreeDoc(document); }
};

bool isOneOf(std::string_view name, auto const& names) { return std::ranges::find(names, name) != names.end(); }

constexpr std::array<std::string_view, 10> kSilent{"head",   "script", "style",    "title",    "template",
                                                   "object", "iframe", "noscript", "textarea", "select"};
constexpr std::array<std::string_view, 21> kBlock{
    "address", "article", "blockquote", "center", "dd", "div", "dl",      "dt", "form",  "h1",      "h2",
    "h3",      "h4",      "h5",         "h6",     "hr", "li",  "section", "tr", "table", "fieldset"};
constexpr std::array<std::string_view, 4> kParagraph{"p", "ul", "ol", "pre"};

// Writes text into lines, each behind the marks of the quotes it stands in.
class Lines {
public:
    explicit Lines(std::size_t limit) : m_limit(limit) {}
    void text(std::string_view given, bool keepBlanks) {
        for (std::size_t i = 0; i < given.size() && m_out.size() < m_limit; ++i) {
            char c = given[i];
            const bool hard = static_cast<unsigned char>(c) == 0xc2 && i + 1 < given.size() &&
                              static_cast<unsigned char>(given[i + 1]) == 0xa0;
            if (hard) ++i, c = ' ';
            if (c == '\r') continue;
            if (keepBlanks && c == '\n') {
                breakLine();
            } else if (!keepBlanks && !hard && (c == ' ' || c == '\t' || c == '\n' || c == '\f')) {
                m_blank = true;
            } else {
                begin();
                m_out += c;
            }
        }
    }
    /// Ends the line if something stands in it.
    void endLine() {
        if (m_inLine) breakLine();
        m_blank = false;
    }
    void breakLine() {
        if (!m_inLine) m_out += marks();
        while (!m_out.empty() && m_out.back() == ' ') m_out.pop_back();
        m_out += '\n';
        m_inLine = m_blank = false;
    }
    void emptyLine() {
        endLine();
        if (!m_out.empty() && !m_out.ends_with("\n\n") && !m_out.ends_with(">\n")) breakLine();
    }
    void quote(int by) { m_quotes = std::max(0, m_quotes + by); }
    [[nodiscard]] bool isFull() const { return m_out.size() >= m_limit; }
    std::string take() {
        endLine();
        while (m_out.ends_with("\n\n")) m_out.pop_back();
        const auto from = m_out.find_first_not_of('\n');
        return from == std::string::npos ? std::string() : m_out.substr(from);
    }

private:
    [[nodiscard]] std::string marks() const {
        std::string out;
        for (int i = 0; i < std::min(m_quotes, 8); ++i) out += "> ";
        return out;
    }
    void begin() {
        if (!m_inLine) m_out += marks();
        else if (m_blank) m_out += ' ';
        m_inLine = true;
        m_blank = false;
    }
    std::string m_out;
    std::size_t m_limit;
    int m_quotes{};
    bool m_inLine{}, m_blank{};
};

// Depth is bounded by the parser (256 without XML_PARSE_HUGE) and here.
void walk(const xmlNode* node, Lines& lines, bool keepBlanks, int depth) {
    for (; node != nullptr && !lines.isFull(); node = node->next) {
        if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) {
            if (node->content != nullptr) lines.text(reinterpret_cast<const char*>(node->content), keepBlanks);
            continue;
        }
        if (node->type != XML_ELEMENT_NODE || depth > 400) continue;
        std::string name(reinterpret_cast<const char*>(node->name));
        if (const auto colon = name.find(':'); colon != std::string::npos) name.erase(0, colon + 1);
        if (isOneOf(name, kSilent)) continue;
        if (name == "br") {
            lines.breakLine();
            continue;
        }
        const bool quote = name == "blockquote", block = isOneOf(name, kBlock), paragraph = isOneOf(name, kParagraph);
        if (paragraph) lines.emptyLine();
        else if (block) lines.endLine();
        if (quote) lines.quote(1);
        if (name == "li") lines.text("\xe2\x80\xa2\xc2\xa0", false);
        walk(node->children, lines, keepBlanks || name == "pre", depth + 1);
        if (name == "td" || name == "th") lines.text("\xc2\xa0", false);
        if (paragraph) lines.emptyLine();
        else if (block) lines.endLine();
        if (quote) lines.quote(-1);
    }
}

}  // namespace

std::string textOfHtml(std::string_view html, std::size_t limit) {
    if (html.size() > 16u << 20U) html = html.substr(0, 16u << 20U);
    const std::string whole(html.substr(0, html.find('\0')));
    if (whole.empty()) return {};
    const std::unique_ptr<xmlDoc, FreeDocument> document(htmlReadMemory(
        whole.data(), static_cast<int>(whole.size()), nullptr, "UTF-8",
        HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET | HTML_PARSE_COMPACT));
    if (!document) return {};
    Lines lines(limit);
    walk(xmlDocGetRootElement(document.get()), lines, false, 0);
    return lines.take();
}

}  // namespace wl::mail
