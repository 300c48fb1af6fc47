// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The rows that were not taken, as a CSV file: row, field, reason, value, and then the row as it came: the feed's own
// columns, or one column with the JSON. Once repaired it can be imported with the same mapping.

#include <cstdio>
#include <filesystem>
#include <memory>
#include <vector>

#include "channels/feed/row_converter.hpp"

namespace wl::feed {

/// Makes the file at the first rejected row, so that a clean import leaves none behind.
class RejectFile {
public:
    explicit RejectFile(std::filesystem::path path);

    /// The usual place: FILE.rejects.csv beside the input.
    [[nodiscard]] static std::filesystem::path besides(const std::filesystem::path& input);

    /// Several problems of a row stand in one line, joined by "; ". Errors: reject_file.write (World).
    Result<void> add(const Record& record, const ColumnTable& columns, const std::vector<RowProblem>& problems);
    /// Puts everything on disk.
    Result<void> close();
    [[nodiscard]] std::uint64_t rows() const { return m_rows; }
    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }

private:
    struct Close {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    Result<void> write(const std::string& text);
    [[nodiscard]] std::unexpected<Error> failed() const;

    std::filesystem::path m_path;
    std::unique_ptr<std::FILE, Close> m_file;
    std::uint64_t m_rows{};
};

}  // namespace wl::feed
