// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One row of a feed, whatever its format: named text values in the order of the file.

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace wl::feed {

/// Numbers the column names of a feed in the order in which they turn up. Names keep their address.
class ColumnTable {
public:
    [[nodiscard]] std::uint32_t intern(std::string_view name) {
        if (const auto at = m_index.find(name); at != m_index.end()) return at->second;
        const auto index = static_cast<std::uint32_t>(m_names.size());
        m_index.emplace(m_names.emplace_back(name), index);
        return index;
    }
    [[nodiscard]] const std::string& name(std::uint32_t column) const { return m_names[column]; }
    [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(m_names.size()); }

private:
    std::deque<std::string> m_names;
    std::unordered_map<std::string_view, std::uint32_t> m_index;
};

/// A value inside Record::text.
struct Cell {
    std::uint32_t column{};
    std::uint32_t begin{};
    std::uint32_t size{};
    bool null{};
};

/// Reused from row to row, so that reading does not allocate.
struct Record {
    std::uint64_t row{};         ///< CSV and NDJSON: line where it begins; JSON array: number of the element; from 1
    std::vector<Cell> cells;     ///< each column at most once
    std::string text;            ///< the values, one after the other, UTF-8
    std::string raw;             ///< JSON: the row as it stands in the file; empty for CSV
    std::string problem;         ///< why the row cannot be read; empty if it can: a code as in RowProblem
    std::string problemDetail;   ///< column or message of the parser
    std::uint32_t duplicates{};  ///< columns named twice; the last value holds

    [[nodiscard]] std::string_view value(const Cell& cell) const {
        return std::string_view(text).substr(cell.begin, cell.size);
    }
    void clear() {
        row = 0;
        cells.clear();
        text.clear();
        raw.clear();
        problem.clear();
        problemDetail.clear();
        duplicates = 0;
    }
    /// Closes a cell whose value has been appended to `text` from `begin` on.
    void addCell(std::uint32_t column, std::size_t begin, bool null) {
        const Cell cell{column, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(text.size() - begin),
                        null};
        for (Cell& other : cells) {
            if (other.column != column) continue;
            other = cell;
            ++duplicates;
            return;
        }
        cells.push_back(cell);
    }
};

}  // namespace wl::feed
