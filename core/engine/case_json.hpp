// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Cases for other programs: JSON for the command line, and whole queues as CSV, GeoJSON or Open311 JSON.
// Instants are ISO 8601 in UTC; absent values are null; names follow Open311 where it has one.

#include <functional>
#include <string>

#include "engine/engine.hpp"

namespace wl::engine {

struct JsonText {
    std::string text;  ///< one serialised JSON value
};

[[nodiscard]] JsonText caseJson(const store::CaseRow& row, const rules::Catalogue& catalogue, Instant now);
/// Everything of one case: {"case", "timeline", "clocks", "reports", "owner", "sync"}.
[[nodiscard]] Result<JsonText> caseDetailJson(store::Reader& reader, CaseKey key, const rules::Catalogue& catalogue,
                                              Instant now);
/// Why the case is due when it is: each clock with policy, calendar, pauses and sums; and when cases like it ended.
[[nodiscard]] Result<JsonText> slaJson(const Engine& engine, store::Reader& reader, CaseKey key);

enum class ExportFormat : std::uint8_t { Csv, GeoJson, Open311, Bulk };
[[nodiscard]] std::optional<ExportFormat> exportFormatFromCode(std::string_view code);

struct ExportOptions {
    ExportFormat format{};
    bool personal{};  ///< also fields about persons; they are blank otherwise
    std::function<bool(std::size_t done, std::size_t total)> progress;  ///< false stops it
};
/// Writes the listed cases in order. `write` gets pieces of the file.
Result<std::size_t> exportCases(store::Reader& reader, const CaseListing& listing, const rules::Catalogue& catalogue,
                                Instant now, const ExportOptions& options,
                                const std::function<Result<void>(std::string_view)>& write);

}  // namespace wl::engine
