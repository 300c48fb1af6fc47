// SPDX-License-Identifier: GPL-3.0-or-later
#include "channels/feed/json_reader.hpp"

#include <simdjson.h>

#include "channels/feed/json_row.hpp"
#include "channels/feed/json_splitter.hpp"

namespace wl::feed {
namespace {

bool isBlank(std::string_view line) { return line.find_first_not_of(" \t\r") == std::string_view::npos; }

Error truncatedAt(std::uint64_t row) { return {ErrorKind::Input, "feed.truncated", "json", std::to_string(row)}; }

class NdJsonReader final : public Reader {
public:
    NdJsonReader(ByteSource source, std::string first, const ReadOptions& options)
        : m_source(std::move(source)), m_buffer(std::move(first)), m_options(options), m_parser(options.charset) {
        m_options.format = Format::NdJson;
        m_buffer.reserve(m_buffer.size() + simdjson::SIMDJSON_PADDING);
    }

    Result<bool> next(Record& record) override {
        if (m_error) return std::unexpected(*m_error);
        for (;;) {
            bool complete = true;
            auto line = nextLine(complete);
            if (!line) {
                m_error = line.error();
                m_error->detail = std::to_string(m_line + 1);
                return std::unexpected(*m_error);
            }
            if (!*line) return false;
            ++m_line;
            if (isBlank(**line)) continue;
            record.row = m_line;
            m_parser.parse(**line, m_columns, record);
            if (!complete && !record.problem.empty()) {
                record.problem = "truncated";
                m_error = truncatedAt(m_line);
            }
            return true;
        }
    }
    const ColumnTable& columns() const override { return m_columns; }
    const ByteSource& source() const override { return m_source; }
    ReadOptions found() const override { return m_options; }

private:
    // Nothing at the end; `complete` is false for a last line without a line end.
    Result<std::optional<std::string_view>> nextLine(bool& complete) {
        std::size_t from = m_at;
        for (;;) {
            if (const auto end = m_buffer.find('\n', from); end != std::string::npos) {
                const std::string_view line(m_buffer.data() + m_at, end - m_at);
                m_at = end + 1;
                return line;
            }
            if (m_buffer.size() - m_at > kMaxRowBytes) return fail(ErrorKind::Input, "feed.row_too_long", "json");
            WL_TRY(const std::string_view piece, m_source.next());
            if (piece.empty()) {
                if (m_at == m_buffer.size()) return std::nullopt;
                complete = false;
                const std::string_view line(m_buffer.data() + m_at, m_buffer.size() - m_at);
                m_at = m_buffer.size();
                return line;
            }
            m_buffer.erase(0, std::exchange(m_at, 0));
            from = m_buffer.size();
            m_buffer.reserve(m_buffer.size() + piece.size() + simdjson::SIMDJSON_PADDING);
            m_buffer += piece;
        }
    }

    ByteSource m_source;
    std::string m_buffer;
    std::size_t m_at{};
    std::uint64_t m_line{};
    ReadOptions m_options;
    ColumnTable m_columns;
    JsonRowParser m_parser;
    std::optional<Error> m_error;
};

class JsonReader final : public Reader {
public:
    JsonReader(ByteSource source, std::string first, const ReadOptions& options)
        : m_source(std::move(source)), m_splitter(m_source, std::move(first)), m_options(options),
          m_parser(options.charset) {
        m_options.format = Format::Json;
    }

    Result<bool> next(Record& record) override {
        if (m_error) return std::unexpected(*m_error);
        auto piece = m_splitter.next();
        if (!piece) {
            m_error = piece.error();
            if (m_error->code == "feed.truncated" || m_error->code == "feed.damaged")
                m_error->detail = std::to_string(m_row + 1);
            return std::unexpected(*m_error);
        }
        if (piece->kind == JsonSplitter::Kind::End) return false;
        if (piece->kind == JsonSplitter::Kind::CutOff) m_error = truncatedAt(m_row + 1);
        if (piece->kind == JsonSplitter::Kind::CutOff && piece->text.empty()) return std::unexpected(*m_error);
        record.row = ++m_row;
        m_parser.parse(piece->text, m_columns, record);
        if (piece->kind == JsonSplitter::Kind::CutOff) record.problem = "truncated";
        return true;
    }
    const ColumnTable& columns() const override { return m_columns; }
    const ByteSource& source() const override { return m_source; }
    ReadOptions found() const override { return m_options; }

private:
    ByteSource m_source;
    JsonSplitter m_splitter;
    std::uint64_t m_row{};
    ReadOptions m_options;
    ColumnTable m_columns;
    JsonRowParser m_parser;
    std::optional<Error> m_error;
};

}  // namespace

std::unique_ptr<Reader> makeNdJsonReader(ByteSource source, std::string first, const ReadOptions& options) {
    return std::make_unique<NdJsonReader>(std::move(source), std::move(first), options);
}
std::unique_ptr<Reader> makeJsonReader(ByteSource source, std::string first, const ReadOptions& options) {
    return std::make_unique<JsonReader>(std::move(source), std::move(first), options);
}

}  // namespace wl::feed
