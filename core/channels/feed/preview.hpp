// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a person sees before an import: the feed's columns and first rows, and a mapping to begin with.

#include <map>

#include "channels/feed/mapping.hpp"

namespace wl::feed {

struct Preview {
    ReadOptions found;                           ///< format and delimiter as they were found
    std::vector<std::string> columns;            ///< in the order of the file
    std::vector<std::vector<std::string>> rows;  ///< as many cells as there are columns
    std::vector<std::string> examples;           ///< by column: its first value
    std::vector<std::map<std::string, std::uint64_t>>
        words;  ///< by column: its values and how often, up to 100 of them
};

/// Reads at most `rows` rows: members of JSON rows that are often missing are only found in many. Errors: those of
/// openFeed and of a first row that cannot be read.
[[nodiscard]] Result<Preview> previewFeed(const std::filesystem::path& path, const ReadOptions& options,
                                          std::size_t rows = 1000);

/// A mapping as text, made by the columns' names; what could not be guessed is missing. Names of other columns that a
/// field may have follow the Open311 bulk profile and what cities publish.
[[nodiscard]] std::string suggestMapping(const Preview& preview, const std::string& source,
                                         const std::string& timeZone);

}  // namespace wl::feed
