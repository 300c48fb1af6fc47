// SPDX-License-Identifier: GPL-3.0-or-later
#include "channels/feed/preview.hpp"

#include <algorithm>

namespace wl::feed {
namespace {

constexpr std::size_t kMaxWords = 100;

// Names by which cities publish a field, normalised, the likeliest first.
struct Alias {
    MapField field;
    std::vector<std::string_view> names;
};

const std::vector<Alias>& aliases() {
    using enum MapField;
    static const std::vector<Alias> table{
        {ExternalId,
         {"servicerequestid", "caseenquiryid", "caseid", "requestid", "srnumber", "uniquekey", "casenumber", "ticketid",
          "externalid", "id"}},
        {ServiceCode, {"servicecode", "servicerequesttypecode", "srtypecode", "shortcode"}},
        {ServiceName,
         {"servicename", "srtype", "requesttype", "casetype", "complainttype", "type", "category", "service"}},
        {ServiceGroup, {"servicegroup", "group", "reason", "servicecategory"}},
        {Department, {"department", "ownerdepartment", "agency"}},
        {DepartmentName, {"agencyresponsible", "subject", "departmentname", "agencyname", "responsibleagency"}},
        {Title, {"casetitle", "title", "summary"}},
        {Description, {"description", "details", "descriptor", "comments"}},
        {Address, {"address", "streetaddress", "location", "incidentaddress", "addressstring"}},
        {Zipcode, {"zipcode", "zip", "postcode", "postalcode", "locationzipcode", "incidentzip"}},
        {Lat, {"lat", "latitude", "propertieslat", "y"}},
        {Long, {"long", "lon", "lng", "longitude", "propertieslong", "x"}},
        {Area, {"neighborhood", "neighbourhood", "district", "area", "communityarea", "borough"}},
        {RequestedAt,
         {"requesteddatetime", "opendt", "opened", "createddate", "created", "datecreated", "opendate", "requesteddate",
          "openedat", "requestdate"}},
        {UpdatedAt,
         {"updateddatetime", "lastmodifieddate", "updated", "lastupdated", "updateddate",
          "resolutionactionupdateddate"}},
        {ClosedAt, {"closeddatetime", "closeddt", "closeddate", "closed", "dateclosed", "updateddatetime"}},
        {Due, {"targetdt", "slatargetdt", "duedate", "slaenddate", "due"}},
        {PromisedAt, {"expecteddatetime"}},
        {Status, {"status", "casestatus", "statusdescription", "state"}},
        {StatusNotes, {"statusnotes", "closurereason", "resolutiondescription", "resolution"}},
        {Channel, {"source", "channel", "methodreceived", "origin", "opendatachanneltype", "openchanneltype"}},
        {Priority, {"priority", "urgency"}},
        {MediaUrl, {"mediaurl", "submittedphoto", "photo", "photourl", "image"}},
        {Crew, {"queue", "crew", "assignedto", "workgroup"}},
    };
    return table;
}

bool looksLikeCode(MapField field) {
    return field == MapField::Department || field == MapField::Area || field == MapField::Crew;
}

}  // namespace

Result<Preview> previewFeed(const std::filesystem::path& path, const ReadOptions& options, std::size_t rows) {
    WL_TRY(const auto reader, openFeed(path, options));
    Preview preview;
    Record record;
    for (std::size_t n = 0; n < rows; ++n) {
        const auto more = reader->next(record);
        if (!more && n == 0) return std::unexpected(more.error());
        if (!more || !*more) break;
        std::vector<std::string> cells(reader->columns().size());
        preview.words.resize(cells.size());
        for (const Cell& cell : record.cells) {
            cells[cell.column] = record.value(cell);
            auto& words = preview.words[cell.column];
            if (const auto at = words.find(cells[cell.column]); at != words.end()) ++at->second;
            else if (words.size() < kMaxWords) words.emplace(cells[cell.column], 1);
        }
        preview.rows.push_back(std::move(cells));
    }
    for (std::uint32_t i = 0; i < reader->columns().size(); ++i) preview.columns.push_back(reader->columns().name(i));
    for (auto& row : preview.rows) row.resize(preview.columns.size());
    preview.words.resize(preview.columns.size());
    preview.examples.resize(preview.columns.size());
    for (const auto& row : preview.rows)
        for (std::size_t c = 0; c < row.size(); ++c)
            if (preview.examples[c].empty()) preview.examples[c] = row[c];
    preview.found = reader->found();
    return preview;
}

std::string suggestMapping(const Preview& preview, const std::string& source, const std::string& timeZone) {
    std::string text = "[feed]\nname     = " + source + "\nsource   = " + source +
                       "\nformat   = " + std::string(code(preview.found.format)) + "\ntimezone = " + timeZone +
                       "\ndates    = iso | %m/%d/%Y %I:%M:%S %p | %m/%d/%Y %H:%M | %m/%d/%Y | epoch\nlocation = "
                       "optional\n\n[fields]\n";
    std::optional<std::size_t> status;
    for (const Alias& alias : aliases()) {
        for (const std::string_view name : alias.names) {
            const auto at =
                std::ranges::find(preview.columns, name, [](const std::string& c) { return normalisedName(c); });
            if (at == preview.columns.end()) continue;
            if (alias.field == MapField::Status) status = static_cast<std::size_t>(at - preview.columns.begin());
            // A template names any column, also one with a bar or a bracket in its name.
            const bool plain = at->find_first_of("|(){}\"#=") == std::string::npos;
            const std::string column = plain ? *at : "\"{" + *at + "}\"";
            text += std::string(code(alias.field)) + " = " +
                    (looksLikeCode(alias.field) ? "slug(" + column + ")" : column) + "\n";
            break;
        }
    }
    text += "\n[channel]\n* = import\n";
    if (!status) return text;
    text += "\n[status]\n";
    for (const auto& [word, _] : preview.words[*status]) {
        const std::string key = folded(word);
        if (key.empty() || key.contains('"') || key.contains('*')) continue;
        const bool closed = key.starts_with("clos") || key.starts_with("resolv") || key.starts_with("complet") ||
                            key.starts_with("fixed");
        const bool working = key.contains("progress") || key.contains("assign");
        text += "\"" + key + "\" = " + (closed ? "closed" : working ? "in_progress" : "new") + "\n";
    }
    return text;
}

}  // namespace wl::feed
