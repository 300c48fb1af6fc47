// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/eval_hotspots.hpp"

#include <algorithm>
#include <chrono>
#include <unordered_map>

#include "channels/feed/reader.hpp"
#include "channels/feed/row_converter.hpp"

namespace wl::engine {

Result<HotSpotScore> evaluateHotSpots(const std::filesystem::path& file, const feed::Mapping& mapping,
                                      std::size_t inject, std::uint64_t seed) {
    const auto began = std::chrono::steady_clock::now();
    WL_TRY(auto reader, feed::openFeed(file, mapping.read));
    WL_TRY(auto converter, feed::RowConverter::of(mapping));
    HotSpotScore out;
    std::unordered_map<std::string, std::uint32_t> serviceOf;
    std::vector<geo::ScanCase> history;
    feed::Record record;
    feed::ImportedCase row;
    std::vector<feed::RowProblem> problems;
    for (bool first = true;; first = false) {
        WL_TRY(const bool more, reader->next(record));
        if (!more) break;
        if (first && reader->found().format == feed::Format::Csv)
            if (const auto missing = feed::missingColumns(mapping, reader->columns()); !missing.empty())
                return fail(ErrorKind::Input, "mapping.column_missing", missing.front());
        if (!converter.convert(record, reader->columns(), row, problems) && !record.problem.empty()) continue;
        const auto* at = row.fields.find(CaseField::RequestedAt);
        if (row.externalId.empty() || row.service.code.empty() || !at || asInt(*at) == 0) continue;
        geo::ScanCase next;
        next.service = serviceOf.emplace(row.service.code, static_cast<std::uint32_t>(serviceOf.size())).first->second;
        if (next.service == out.services.size())
            out.services.push_back(row.service.name.empty() ? row.service.code : row.service.name);
        next.at = {asInt(*at)};
        if (const auto* place = row.fields.find(CaseField::Position))
            if (const auto* point = std::get_if<GeoPoint>(place)) next.place = *point;
        out.externalIds.push_back(row.externalId);
        next.key = static_cast<std::int64_t>(out.externalIds.size());
        history.push_back(next);
    }
    std::ranges::stable_sort(history, {}, [](const geo::ScanCase& c) { return c.at.ms; });
    out.rows = history.size();
    out.trial = geo::tryHotSpots(history, inject, seed);
    out.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    return out;
}

}  // namespace wl::engine
