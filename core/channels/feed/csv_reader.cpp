// SPDX-License-Identifier: GPL-3.0-or-later
#include "channels/feed/csv_reader.hpp"

#include <csv.h>

#include <algorithm>
#include <array>

namespace wl::feed {
namespace {

struct Row {
    std::uint64_t line{};
    std::size_t firstCell{};
    std::size_t endCell{};
    bool badEncoding{};
    bool cutOff{};
};

// libcsv pushes fields; a piece of the file becomes a few hundred waiting rows, which next() hands out.
class CsvReader final : public Reader {
public:
    CsvReader(ByteSource source, std::string first, const ReadOptions& options)
        : m_source(std::move(source)), m_first(std::move(first)), m_options(options) {
        m_options.format = Format::Csv;
        std::string_view text = m_first;
        if (text.starts_with("sep=") && text.size() > 4) {
            if (m_options.delimiter == 0) m_options.delimiter = text[4];
            const auto end = text.find('\n');
            m_first.erase(0, end == std::string_view::npos ? m_first.size() : end + 1);
            m_line = 2;
        }
        if (m_options.delimiter == 0) m_options.delimiter = detectDelimiter(m_first);
        csv_init(&m_parser, CSV_REPALL_NL);
        csv_set_delim(&m_parser, static_cast<unsigned char>(m_options.delimiter));
    }
    ~CsvReader() override { csv_free(&m_parser); }
    CsvReader(const CsvReader&) = delete;
    CsvReader& operator=(const CsvReader&) = delete;

    Result<bool> next(Record& record) override {
        for (;;) {
            while (m_next < m_rows.size()) {
                const Row row = m_rows[m_next++];
                if (m_width == 0) {
                    readHeader(row);
                    continue;
                }
                hand(row, record);
                return true;
            }
            if (m_error) return std::unexpected(*m_error);
            if (m_ended) return false;
            m_rows.clear();
            m_cells.clear();
            m_text.clear();
            m_next = 0;
            keepOpenRow();
            readPiece();
        }
    }
    const ColumnTable& columns() const override { return m_columns; }
    const ByteSource& source() const override { return m_source; }
    ReadOptions found() const override { return m_options; }

private:
    // Cells of a row that goes on in the next piece move to the front.
    void keepOpenRow() {
        m_cells = std::move(m_openCells);
        m_text = std::move(m_openText);
        m_openCells.clear();
        m_openText.clear();
        m_rowCells = 0;
    }

    void readPiece() {
        std::string_view piece;
        if (!m_first.empty()) {
            m_piece = std::exchange(m_first, {});
            piece = m_piece;
        } else {
            auto read = m_source.next();
            if (!read) {
                m_error = read.error();
                m_error->detail = std::to_string(m_line);
                return;
            }
            piece = *read;
        }
        if (piece.empty()) return finish();
        m_lastByte = piece.back();
        m_sinceRow += piece.size();
        if (csv_parse(&m_parser, piece.data(), piece.size(), &CsvReader::field, &CsvReader::row, this) != piece.size())
            m_error = Error{ErrorKind::World, "feed.unreadable", "csv", csv_strerror(csv_error(&m_parser))};
        else if (m_sinceRow > kMaxRowBytes)
            m_error = Error{ErrorKind::Input, "csv.quote_unclosed", "csv", std::to_string(m_rowLine)};
        stashOpenRow();
    }

    void stashOpenRow() {
        if (m_rowCells == m_cells.size()) return;
        const std::uint32_t from = m_cells[m_rowCells].begin;
        m_openText.assign(m_text, from);
        for (std::size_t i = m_rowCells; i < m_cells.size(); ++i) {
            Cell cell = m_cells[i];
            cell.begin -= from;
            m_openCells.push_back(cell);
        }
        m_cells.resize(m_rowCells);
        m_text.resize(from);
    }

    void finish() {
        m_ended = true;
        csv_set_opts(&m_parser, CSV_REPALL_NL | CSV_STRICT | CSV_STRICT_FINI);
        const bool unclosed = csv_fini(&m_parser, &CsvReader::field, &CsvReader::row, this) != 0;
        if (unclosed && m_rowCells == m_cells.size()) {  // cut off inside the first field: nothing of that row is there
            m_error = Error{ErrorKind::Input, "feed.truncated", "csv", std::to_string(m_line)};
            return;
        }
        if (unclosed) endRow();
        const bool endedInRow = unclosed || (m_lastByte != '\n' && m_lastByte != '\r');
        if (!unclosed && (m_rows.empty() || !endedInRow || m_width == 0)) return;
        Row& last = m_rows.back();
        if (!unclosed && last.endCell - last.firstCell >= m_width) return;
        last.cutOff = true;
        m_error = Error{ErrorKind::Input, "feed.truncated", "csv", std::to_string(last.line)};
    }

    static void field(void* data, std::size_t size, void* self) {
        static_cast<CsvReader*>(self)->addField({static_cast<const char*>(data), size});
    }
    static void row(int terminator, void* self) { static_cast<CsvReader*>(self)->addTerminator(terminator); }

    void addField(std::string_view bytes) {
        if (m_rowCells == m_cells.size()) m_rowLine = m_line;
        m_line += static_cast<std::uint64_t>(std::ranges::count(bytes, '\n'));
        m_afterCr = false;
        const std::size_t begin = m_text.size();
        if (!appendAsUtf8(m_text, bytes, m_options.charset)) {
            m_badEncoding = true;
            appendWindows1252(m_text, bytes);
        }
        m_cells.push_back({static_cast<std::uint32_t>(m_cells.size() - m_rowCells), static_cast<std::uint32_t>(begin),
                           static_cast<std::uint32_t>(m_text.size() - begin), false});
    }

    // Called for every CR and LF outside quotes, and with -1 for a last line without one.
    void addTerminator(int terminator) {
        endRow();
        if (terminator == '\r' || (terminator == '\n' && !m_afterCr)) ++m_line;
        m_afterCr = terminator == '\r';
    }

    void endRow() {
        m_sinceRow = 0;
        if (m_rowCells == m_cells.size()) return;  // an empty line
        m_rows.push_back({m_rowLine, m_rowCells, m_cells.size(), m_badEncoding, false});
        m_rowCells = m_cells.size();
        m_badEncoding = false;
    }

    [[nodiscard]] std::string_view value(const Cell& cell) const {
        return std::string_view(m_text).substr(cell.begin, cell.size);
    }

    void readHeader(const Row& row) {
        m_width = row.endCell - row.firstCell;
        for (std::size_t i = 0; i < m_width; ++i) {
            const std::string_view name = value(m_cells[row.firstCell + i]);
            nameColumn(i, name.empty() ? "column " + std::to_string(i + 1) : std::string(name));
        }
    }

    // Columns of one name are told apart by a number.
    void nameColumn(std::size_t place, const std::string& name) {
        std::string unique = name;
        for (int n = 2; m_columns.intern(unique) != place; ++n) unique = name + " " + std::to_string(n);
    }

    void hand(const Row& row, Record& record) {
        record.clear();
        record.row = row.line;
        const std::size_t count = row.endCell - row.firstCell;
        const std::uint32_t from = m_cells[row.firstCell].begin;
        const Cell& last = m_cells[row.endCell - 1];
        record.text.assign(m_text, from, last.begin + last.size - from);
        bool extra = false;
        for (std::size_t i = 0; i < count; ++i) {
            Cell cell = m_cells[row.firstCell + i];
            cell.begin -= from;
            if (i >= m_width && cell.size == 0) continue;  // separators too many at the end are harmless
            extra = extra || i >= m_width;
            while (m_columns.size() <= i)
                nameColumn(m_columns.size(), "column " + std::to_string(m_columns.size() + 1));
            record.cells.push_back(cell);
        }
        if (row.cutOff) record.problem = "truncated";
        else if (extra || count < m_width) record.problem = "wrong_column_count";
        else if (row.badEncoding) record.problem = "bad_encoding";
        if (extra || count < m_width) record.problemDetail = std::to_string(count) + "/" + std::to_string(m_width);
    }

    ByteSource m_source;
    std::string m_first;
    std::string m_piece;
    ReadOptions m_options;
    csv_parser m_parser{};
    ColumnTable m_columns;
    std::size_t m_width{};
    std::string m_text, m_openText;
    std::vector<Cell> m_cells, m_openCells;
    std::vector<Row> m_rows;
    std::size_t m_next{};
    std::size_t m_rowCells{};  // where the open row's cells begin
    std::uint64_t m_line{1}, m_rowLine{1};
    std::size_t m_sinceRow{};
    char m_lastByte{'\n'};
    bool m_afterCr{}, m_badEncoding{}, m_ended{};
    std::optional<Error> m_error;
};

}  // namespace

char detectDelimiter(std::string_view text) {
    constexpr std::array<char, 4> kCandidates{',', ';', '\t', '|'};
    std::array<std::size_t, 4> counts{};
    bool quoted = false;
    for (const char c : text) {
        if (c == '"') quoted = !quoted;
        if (quoted) continue;
        if (c == '\n' || c == '\r') break;
        for (std::size_t i = 0; i < kCandidates.size(); ++i) counts[i] += c == kCandidates[i] ? 1U : 0U;
    }
    return kCandidates[static_cast<std::size_t>(std::ranges::max_element(counts) - counts.begin())];
}

std::unique_ptr<Reader> makeCsvReader(ByteSource source, std::string first, const ReadOptions& options) {
    return std::make_unique<CsvReader>(std::move(source), std::move(first), options);
}

}  // namespace wl::feed
