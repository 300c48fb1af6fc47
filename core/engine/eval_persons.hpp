// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How well person matching does on a file of records with the truth beside them. No replica needed.

#include <filesystem>
#include <string>

#include "domain/result.hpp"

namespace wl::engine {

/// Pairs of records: of one person by the truth, by the groups that matching makes at the bar for proposals, and at the
/// bar for merging unasked.
struct PersonScore {
    std::size_t records{}, truePairs{};
    std::size_t linked{}, linkedRight{};
    std::size_t merged{}, mergedRight{};
    double seconds{};
    [[nodiscard]] double precision() const { return share(linkedRight, linked); }
    [[nodiscard]] double recall() const { return share(linkedRight, truePairs); }
    [[nodiscard]] double f1() const { return share(2 * linkedRight, linked + truePairs); }
    [[nodiscard]] double autoPrecision() const { return share(mergedRight, merged); }
    [[nodiscard]] double autoRecall() const { return share(mergedRight, truePairs); }

private:
    static double share(std::size_t part, std::size_t whole) {
        return whole == 0 ? 1 : static_cast<double>(part) / static_cast<double>(whole);
    }
};

/// `truth` is the column that names the person, which matching does not see, or COLUMN:REGEX whose first group does.
/// Columns that number the records (every value another, "id" in the name) are left out too. Errors: those of
/// feed::openFeed; truth.column, truth.regex (Input).
[[nodiscard]] Result<PersonScore> evaluatePersons(const std::filesystem::path& file, const std::string& truth);

}  // namespace wl::engine
