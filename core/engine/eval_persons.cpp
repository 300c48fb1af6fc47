// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/eval_persons.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <regex>
#include <set>

#include "channels/feed/reader.hpp"
#include "rules/matching/comparators.hpp"
#include "rules/matching/linkage.hpp"

namespace wl::engine {
namespace {

using rules::matching::RecordSet;

std::string trimmed(std::string_view text) {
    const auto from = text.find_first_not_of(" \t\r\n");
    if (from == std::string_view::npos) return {};
    return std::string(text.substr(from, text.find_last_not_of(" \t\r\n") - from + 1));
}

struct Table {
    std::vector<std::string> names;
    std::vector<std::vector<std::string>> columns;
};

Result<Table> readTable(const std::filesystem::path& file) {
    WL_TRY(auto reader, feed::openFeed(file, {}));
    Table table;
    feed::Record record;
    for (std::size_t row = 0;; ++row) {
        WL_TRY(const bool more, reader->next(record));
        if (!more) break;
        if (!record.problem.empty())
            return fail(ErrorKind::Input, "feed.row", std::to_string(record.row), record.problem);
        for (auto c = table.names.size(); c < reader->columns().size(); ++c) {
            table.names.push_back(trimmed(reader->columns().name(static_cast<std::uint32_t>(c))));
            table.columns.emplace_back(row);
        }
        for (auto& column : table.columns) column.emplace_back();
        for (const auto& cell : record.cells) table.columns[cell.column].back() = trimmed(record.value(cell));
    }
    return table;
}

std::size_t pairsIn(const auto& groups) {
    std::map<typename std::decay_t<decltype(groups)>::value_type, std::size_t> sizes;
    for (const auto& group : groups) ++sizes[group];
    std::size_t pairs = 0;
    for (const auto& [group, size] : sizes) pairs += size * (size - 1) / 2;
    return pairs;
}

std::size_t pairsRight(const std::vector<std::uint32_t>& groups, const std::vector<std::string>& truth) {
    std::vector<std::pair<std::uint32_t, std::string>> both;
    for (std::size_t i = 0; i < groups.size(); ++i) both.emplace_back(groups[i], truth[i]);
    return pairsIn(both);
}

}  // namespace

Result<PersonScore> evaluatePersons(const std::filesystem::path& file, const std::string& truth) {
    const auto colon = truth.find(':');
    const auto column = truth.substr(0, colon);
    WL_TRY(auto table, readTable(file));
    const auto at = std::ranges::find(table.names, column);
    if (at == table.names.end()) return fail(ErrorKind::Input, "truth.column", column);
    auto& named = table.columns[static_cast<std::size_t>(at - table.names.begin())];
    if (colon != std::string::npos) {
        try {
            const std::regex pattern(truth.substr(colon + 1));
            for (auto& value : named) {
                std::smatch found;
                if (!std::regex_search(value, found, pattern) || found.size() < 2)
                    return fail(ErrorKind::Input, "truth.regex", truth.substr(colon + 1), value);
                value = std::string(found[1]);
            }
        } catch (const std::regex_error& e) {
            return fail(ErrorKind::Input, "truth.regex", truth.substr(colon + 1), e.what());
        }
    }
    RecordSet records;
    for (std::size_t c = 0; c < table.names.size(); ++c) {
        if (table.names[c] == column) continue;
        auto values = table.columns[c];
        for (auto& value : values) value = rules::matching::foldForMatching(value);
        // A number of the record, not of the person.
        const std::set<std::string_view> distinct(values.begin(), values.end());
        if (distinct.size() == values.size() && values.size() > 1 && table.names[c].find("id") != std::string::npos)
            continue;
        records.names.push_back(rules::matching::foldForMatching(table.names[c]));
        records.kinds.push_back(rules::matching::guessKind(records.names.back(), values));
        records.columns.push_back(std::move(values));
    }
    const auto began = std::chrono::steady_clock::now();
    const auto pairs = rules::matching::linkRecords(records);
    PersonScore score;
    score.records = named.size();
    score.truePairs = pairsIn(named);
    const auto linked = rules::matching::groupsOf(named.size(), pairs, rules::matching::kLinkBar);
    const auto merged = rules::matching::groupsOf(named.size(), pairs, rules::matching::kAutoBar);
    score.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    score.linked = pairsIn(linked);
    score.linkedRight = pairsRight(linked, named);
    score.merged = pairsIn(merged);
    score.mergedRight = pairsRight(merged, named);
    return score;
}

}  // namespace wl::engine
