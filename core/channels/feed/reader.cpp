// SPDX-License-Identifier: GPL-3.0-or-later
#include "channels/feed/reader.hpp"

#include "channels/feed/csv_reader.hpp"
#include "channels/feed/json_reader.hpp"

namespace wl::feed {
namespace {

constexpr std::string_view kSpace = " \t\r\n";

// How the `{` or `[` file is laid out: objects on lines of their own, or one document over any number of lines.
Format jsonLayout(std::string_view head) {
    const auto start = head.find_first_not_of(kSpace);
    if (head[start] == '[') return Format::Json;
    const auto lineEnd = head.find('\n', start);
    if (lineEnd == std::string_view::npos) return Format::Json;
    const auto last = head.find_last_not_of(kSpace, lineEnd);
    const auto after = head.find_first_not_of(kSpace, lineEnd);
    const bool lineIsObject = head[last] == '}';
    return lineIsObject && after != std::string_view::npos && head[after] == '{' ? Format::NdJson : Format::Json;
}

}  // namespace

std::string_view code(Format format) {
    switch (format) {
        case Format::Detect: return "auto";
        case Format::Csv: return "csv";
        case Format::Json: return "json";
        case Format::NdJson: return "ndjson";
    }
    return "auto";
}

std::optional<Format> formatFromCode(std::string_view text) {
    for (const Format format : {Format::Detect, Format::Csv, Format::Json, Format::NdJson})
        if (text == code(format)) return format;
    return std::nullopt;
}

Result<std::unique_ptr<Reader>> openFeed(const std::filesystem::path& path, const ReadOptions& options) {
    WL_TRY(ByteSource source, ByteSource::open(path));
    WL_TRY(const std::string_view piece, source.next());
    std::string head(piece);
    while (head.size() < 4 && !head.empty()) {
        WL_TRY(const std::string_view rest, source.next());
        if (rest.empty()) break;
        head += rest;
    }
    if (head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF"))
        return fail(ErrorKind::Input, "feed.charset", path.string(), "UTF-16");
    if (head.starts_with("\xEF\xBB\xBF")) head.erase(0, 3);
    const auto start = head.find_first_not_of(kSpace);
    if (start == std::string::npos) return fail(ErrorKind::Input, "feed.empty", path.string());
    if (std::string_view(head).substr(0, 4096).find('\0') != std::string_view::npos)
        return fail(ErrorKind::Input, "feed.not_text", path.string());
    ReadOptions use = options;
    const bool looksJson = head[start] == '{' || head[start] == '[';
    if (use.format == Format::Detect) {
        if (head[start] == '<') return fail(ErrorKind::Input, "feed.format", path.string(), "xml");
        use.format = looksJson ? jsonLayout(head) : Format::Csv;
    } else if ((use.format == Format::Csv) == looksJson) {
        return fail(ErrorKind::Input, "feed.format", path.string(), std::string(code(use.format)));
    } else if (use.format == Format::NdJson && head[start] == '[') {
        use.format = Format::Json;  // declared as lines, written as an array: the rows are the same
    }
    switch (use.format) {
        case Format::Json: return makeJsonReader(std::move(source), std::move(head), use);
        case Format::NdJson: return makeNdJsonReader(std::move(source), std::move(head), use);
        case Format::Detect:
        case Format::Csv: break;
    }
    return makeCsvReader(std::move(source), std::move(head), use);
}

}  // namespace wl::feed
