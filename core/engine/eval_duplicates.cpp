// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/eval_duplicates.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <limits>
#include <map>
#include <unordered_map>

#include "channels/feed/reader.hpp"
#include "channels/feed/row_converter.hpp"
#include "rules/matching/duplicate_index.hpp"

namespace wl::engine {
namespace {

using rules::matching::DuplicateIndex;
using rules::matching::Report;
using rules::matching::ReportText;

constexpr std::uint32_t kOtherEach = 10;

struct Row {
    std::string externalId, service, description, address;
    Instant at, closedAt;
    std::optional<GeoPoint> place;
};

const std::string& textOf(const FieldValues& fields, CaseField field) {
    static const Value none;
    const auto* value = fields.find(field);
    return asText(value ? *value : none);
}

Result<std::vector<Row>> readRows(const std::filesystem::path& file, const feed::Mapping& mapping) {
    WL_TRY(auto reader, feed::openFeed(file, mapping.read));
    WL_TRY(auto converter, feed::RowConverter::of(mapping));
    std::vector<Row> out;
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
        if (row.externalId.empty() || !at || asInt(*at) == 0) continue;
        Row r{row.externalId,
              row.service.code,
              textOf(row.fields, CaseField::Description),
              textOf(row.fields, CaseField::Address),
              {asInt(*at)},
              {},
              {}};
        if (row.status == Status::Closed)
            r.closedAt = row.closedAt ? row.closedAt : row.statusAt ? row.statusAt : row.updatedAt;
        if (const auto* place = row.fields.find(CaseField::Position))
            if (const auto* point = std::get_if<GeoPoint>(place)) r.place = *point;
        out.push_back(std::move(r));
    }
    std::ranges::sort(out, [](const Row& a, const Row& b) {
        return a.at != b.at ? a.at < b.at : a.externalId < b.externalId;
    });
    return out;
}

Result<std::vector<std::pair<std::string, std::string>>> readPairs(const std::filesystem::path& file) {
    WL_TRY(auto reader, feed::openFeed(file, {.format = feed::Format::Csv}));
    std::vector<std::pair<std::string, std::string>> out;
    feed::Record record;
    while (true) {
        WL_TRY(const bool more, reader->next(record));
        if (!more) return out;
        if (reader->columns().size() < 2) return fail(ErrorKind::Input, "pairs.columns", file.string());
        std::array<std::string, 2> ids;
        for (const auto& cell : record.cells)
            if (cell.column < 2) ids[cell.column] = record.value(cell);
        out.emplace_back(ids[0], ids[1]);
    }
}

// Where the original stands by the plain rule; 0 = nowhere among the five.
std::size_t baselineRank(const Report& fresh, std::uint32_t original, std::span<const Report> earlier,
                         const rules::matching::WordCounts& counts) {
    std::vector<std::pair<double, std::uint32_t>> near;
    for (const auto& report : earlier) {
        const auto likeness = rules::matching::compareReports(fresh, report, counts);
        if (likeness.sameService && !likeness.closed && likeness.metres <= 250)
            near.emplace_back(likeness.metres, report.id);
    }
    std::ranges::sort(near);
    for (std::size_t i = 0; i < std::min<std::size_t>(near.size(), 5); ++i)
        if (near[i].second == original) return i + 1;
    return 0;
}

}  // namespace

Result<DuplicateScore> evaluateDuplicates(const std::filesystem::path& file, const feed::Mapping& mapping,
                                          const std::filesystem::path& pairsFile, int days) {
    const auto began = std::chrono::steady_clock::now();
    WL_TRY(const auto rows, readRows(file, mapping));
    WL_TRY(const auto pairs, readPairs(pairsFile));
    std::unordered_map<std::string_view, std::uint32_t> idOf, serviceOf;
    for (std::uint32_t i = 0; i < rows.size(); ++i) idOf.emplace(rows[i].externalId, i);
    DuplicateScore score;
    const Millis window = std::chrono::days(days);
    std::multimap<std::uint32_t, std::uint32_t> originals;  // of the later report of a pair
    for (const auto& [a, b] : pairs) {
        const auto one = idOf.find(a), other = idOf.find(b);
        const bool there = one != idOf.end() && other != idOf.end() && one->second != other->second;
        const auto late = there ? std::max(one->second, other->second) : 0;
        const auto early = there ? std::min(one->second, other->second) : 0;
        if (there && rows[late].at - rows[early].at <= window) originals.emplace(late, early);
        else ++score.leftOut;
    }
    DuplicateIndex index;
    std::vector<double> millis;
    for (double bar = -4; bar <= 2; bar += 0.5) score.bars.push_back({bar, 0, 0});
    for (std::uint32_t i = 0; i < rows.size(); ++i) {
        const auto& row = rows[i];
        const auto service = serviceOf.emplace(row.service, static_cast<std::uint32_t>(serviceOf.size())).first->second;
        auto text = rules::matching::readReport(row.description, row.address);
        const auto [from, to] = originals.equal_range(i);
        if (from != to) {
            const Report fresh{i, service, row.at, {}, row.place.value_or(GeoPoint{}), row.place.has_value(), &text};
            const auto asked = std::chrono::steady_clock::now();
            const auto found = index.search(fresh, window);
            millis.push_back(
                std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - asked).count());
            const auto plain = index.candidates(fresh, window);
            for (auto at = from; at != to; ++at) {
                const auto place = std::ranges::find(found, at->second, &rules::matching::DuplicateCandidate::id);
                const auto rank = static_cast<std::size_t>(place - found.begin()) + 1;
                ++score.pairs;
                score.first += rank == 1 && place != found.end() ? 1 : 0;
                score.top5 += rank <= 5 && place != found.end() ? 1 : 0;
                score.rankSum += static_cast<double>(rank);
                if (place != found.end())
                    for (auto& bar : score.bars) bar.kept += place->likeness.score >= bar.score ? 1 : 0;
                const auto base = baselineRank(fresh, at->second, plain, index.counts());
                score.baselineFirst += base == 1 ? 1 : 0;
                score.baselineTop5 += base > 0 ? 1 : 0;
            }
        }
        if (from == to && i % kOtherEach == 0) {
            const Report fresh{i, service, row.at, {}, row.place.value_or(GeoPoint{}), row.place.has_value(), &text};
            double best = std::numeric_limits<double>::lowest();
            for (const auto& one : index.search(fresh, window))
                if (!one.likeness.closed) best = std::max(best, one.likeness.score);
            ++score.others;
            for (auto& bar : score.bars) bar.shown += best >= bar.score ? 1 : 0;
        }
        index.put(i, service, row.at, row.closedAt, row.place ? &*row.place : nullptr, std::move(text));
    }
    if (!millis.empty()) {
        std::ranges::nth_element(millis, millis.begin() + static_cast<std::ptrdiff_t>(millis.size() / 2));
        score.medianMillis = millis[millis.size() / 2];
    }
    score.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    return score;
}

}  // namespace wl::engine
