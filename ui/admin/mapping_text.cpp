// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/admin/mapping_text.hpp"

#include <algorithm>

namespace wl::ui {
namespace {

using namespace Qt::StringLiterals;

// Cuts what follows a # at the beginning or behind a space, outside quotes.
QString withoutComment(const QString& line) {
    bool quoted = false;
    for (qsizetype i = 0; i < line.size(); ++i) {
        if (line[i] == u'"') quoted = !quoted;
        if (line[i] == u'#' && !quoted && (i == 0 || line[i - 1].isSpace())) return line.first(i);
    }
    return line;
}

}  // namespace

MappingText::MappingText(const QString& text) {
    auto* current = &section({});
    for (const auto& raw : text.split(u'\n')) {
        const auto line = withoutComment(raw).trimmed();
        if (line.isEmpty()) continue;
        if (line.startsWith(u'[') && line.endsWith(u']')) {
            current = &section(line.mid(1, line.size() - 2).trimmed());
            continue;
        }
        const auto at = line.indexOf(u'=');
        if (at > 0) current->lines.emplace_back(line.first(at).trimmed(), line.mid(at + 1).trimmed());
    }
}

MappingText::Section& MappingText::section(const QString& name) {
    const auto found = std::ranges::find(m_sections, name, &Section::name);
    if (found != m_sections.end()) return *found;
    return m_sections.emplace_back(Section{name, {}});
}

QString MappingText::value(const QString& name, const QString& key) const {
    for (const auto& s : m_sections)
        if (s.name == name)
            for (const auto& [k, v] : s.lines)
                if (k.compare(key, Qt::CaseInsensitive) == 0) return v;
    return {};
}

void MappingText::set(const QString& name, const QString& key, const QString& value) {
    auto& lines = section(name).lines;
    const auto found = std::ranges::find_if(lines, [&](const auto& line) {
        return line.first.compare(key, Qt::CaseInsensitive) == 0;
    });
    if (value.isEmpty()) {
        if (found != lines.end()) lines.erase(found);
    } else if (found != lines.end()) {
        found->second = value;
    } else if (!lines.empty() && lines.back().first == u"*"_s) {
        lines.insert(lines.end() - 1, {key, value});  // the default stays last
    } else {
        lines.emplace_back(key, value);
    }
}

QStringList MappingText::keys(const QString& name) const {
    QStringList all;
    for (const auto& s : m_sections)
        if (s.name == name)
            for (const auto& line : s.lines) all << line.first;
    return all;
}

QString MappingText::toText() const {
    QString text;
    for (const auto& s : m_sections) {
        if (s.lines.empty()) continue;
        if (!s.name.isEmpty()) text += u'[' + s.name + u"]\n"_s;
        for (const auto& [key, value] : s.lines) text += key + u" = "_s + value + u'\n';
        text += u'\n';
    }
    return text;
}

}  // namespace wl::ui
