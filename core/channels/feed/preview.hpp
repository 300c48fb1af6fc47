// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a person sees before an import: the feed's columns and first rows, a mapping to begin with, and what that
// mapping would take and refuse. Nothing is changed.

#include <map>
#include <stop_token>

#include "channels/feed/row_converter.hpp"

namespace wl::feed {

struct Preview {
    ReadOptions found;                           ///< format and delimiter as they were found
    std::vector<std::string> columns;            ///< in the order of the file
    std::vector<std::vector<std::string>> rows;  ///< as many cells as there are columns
    std::vector<std::map<std::string, std::uint64_t>>
        words;  ///< by column: its values and how often, up to 100 of them
};

/// Reads at most `rows` rows. Errors: those of openFeed and of a first row that cannot be read.
[[nodiscard]] Result<Preview> previewFeed(const std::filesystem::path& path, const ReadOptions& options,
                                          std::size_t rows = 500);

/// A mapping as text, made by the columns' names; what could not be guessed is missing. Names of other columns that a
/// field may have follow the Open311 bulk profile and what cities publish.
[[nodiscard]] std::string suggestMapping(const Preview& preview, const std::string& source,
                                         const std::string& timeZone);

struct Trial {
    std::uint64_t read{}, taken{}, refused{};
    std::map<std::string, std::uint64_t> reasons;  ///< RowProblem::code -> rows
    std::vector<RowProblem> examples;              ///< the first hundred
    UnmappedWords unmapped;
    std::optional<Error> stopped;                  ///< where the file breaks off
};

/// Converts the whole file, or its first `rows` rows (0 = all). Errors: those of openFeed and RowConverter::of.
[[nodiscard]] Result<Trial> tryMapping(const std::filesystem::path& path, const Mapping& mapping, Instant now,
                                       std::size_t rows = 0, const std::stop_token& cancel = {});

}  // namespace wl::feed
