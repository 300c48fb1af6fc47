// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/admin/mapping_text.hpp"

#include <algorithm>
#include <array>

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

QString plain(const QString& name) {
    QString letters;
    for (const QChar c : name)
        if (c.isLetterOrNumber()) letters += c.toLower();
    return letters;
}

// Column names that publishers use, best first, letters and digits only.
struct Known {
    QString field;
    QStringList names;
};
const std::array<Known, 18>& known() {
    static const std::array<Known, 18> table{{
        {u"external_id"_s,
         {u"servicerequestid"_s, u"caseenquiryid"_s, u"casenumber"_s, u"requestid"_s, u"srnumber"_s, u"uniquekey"_s,
          u"caseid"_s, u"ticketid"_s, u"id"_s}},
        {u"service_name"_s,
         {u"servicename"_s, u"type"_s, u"requesttype"_s, u"srtype"_s, u"complainttype"_s, u"category"_s, u"casetype"_s,
          u"service"_s}},
        {u"service_group"_s, {u"group"_s, u"reason"_s, u"servicegroup"_s}},
        {u"department_name"_s,
         {u"agencyresponsible"_s, u"agencyname"_s, u"subject"_s, u"department"_s, u"agency"_s, u"responsibleagency"_s}},
        {u"title"_s, {u"casetitle"_s, u"title"_s, u"subject"_s}},
        {u"description"_s, {u"description"_s, u"descriptor"_s, u"comments"_s, u"details"_s}},
        {u"address"_s, {u"address"_s, u"incidentaddress"_s, u"streetaddress"_s, u"location"_s}},
        {u"zipcode"_s, {u"zipcode"_s, u"incidentzip"_s, u"zip"_s, u"postalcode"_s, u"locationzipcode"_s}},
        {u"lat"_s, {u"lat"_s, u"latitude"_s, u"y"_s}},
        {u"long"_s, {u"long"_s, u"longitude"_s, u"lng"_s, u"lon"_s, u"x"_s}},
        {u"requested_datetime"_s,
         {u"requesteddatetime"_s, u"opendt"_s, u"createddate"_s, u"opened"_s, u"openedat"_s, u"datecreated"_s,
          u"created"_s, u"requestdate"_s}},
        {u"updated_datetime"_s,
         {u"updateddatetime"_s, u"lastupdated"_s, u"updated"_s, u"resolutionactionupdateddate"_s}},
        {u"closed_datetime"_s, {u"closeddatetime"_s, u"closeddt"_s, u"closeddate"_s, u"closed"_s, u"dateclosed"_s}},
        {u"due"_s, {u"expecteddatetime"_s, u"targetdt"_s, u"slatargetdt"_s, u"duedate"_s, u"due"_s}},
        {u"status"_s, {u"status"_s, u"casestatus"_s, u"state"_s}},
        {u"status_notes"_s, {u"statusnotes"_s, u"closurereason"_s, u"resolutiondescription"_s}},
        {u"channel"_s, {u"source"_s, u"openchanneltype"_s, u"channel"_s, u"origin"_s, u"methodreceived"_s}},
        {u"media_url"_s, {u"mediaurl"_s, u"submittedphoto"_s, u"photo"_s, u"image"_s}},
    }};
    return table;
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

MappingText MappingText::guess(const QStringList& columns, const QString& source) {
    MappingText text;
    text.set(u"feed"_s, u"name"_s, source);
    text.set(u"feed"_s, u"source"_s, source);
    text.set(u"feed"_s, u"timezone"_s, u"UTC"_s);
    text.set(u"feed"_s, u"dates"_s, u"iso | %m/%d/%Y %I:%M:%S %p | %m/%d/%Y %H:%M:%S | %m/%d/%Y %H:%M | %m/%d/%Y"_s);
    for (const auto& [field, names] : known()) {
        for (const auto& name : names) {
            const auto column = std::ranges::find_if(columns, [&](const QString& c) { return plain(c) == name; });
            if (column == columns.end()) continue;
            text.set(u"fields"_s, field, *column);
            break;
        }
    }
    const auto code = std::ranges::find_if(columns, [](const QString& c) { return plain(c) == u"servicecode"_s; });
    const auto name = text.value(u"fields"_s, u"service_name"_s);
    if (code != columns.end()) text.set(u"fields"_s, u"service_code"_s, *code);
    else if (!name.isEmpty()) text.set(u"fields"_s, u"service_code"_s, u"slug(%1)"_s.arg(name));
    for (const auto& [word, status] : {std::pair{u"open"_s, u"new"_s},
                                       {u"new"_s, u"new"_s},
                                       {u"closed"_s, u"closed"_s},
                                       {u"in progress"_s, u"in_progress"_s},
                                       {u"pending"_s, u"acknowledged"_s}})
        text.set(u"status"_s, word, status);
    text.set(u"channel"_s, u"*"_s, u"import"_s);
    return text;
}

}  // namespace wl::ui
