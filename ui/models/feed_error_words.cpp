// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/feed_error_words.hpp"

#include <QCoreApplication>

#include <filesystem>

namespace wl::ui {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(FeedErrorWords)
};

// The name alone: the whole path stands in the field above.
QString fileOf(const Error& error) {
    return QString::fromStdString(std::filesystem::path(error.field).filename().string());
}

ErrorWords ofFeed(const Error& error) {
    const auto& code = error.code;
    const auto file = fileOf(error);
    const auto detail = QString::fromStdString(error.detail);
    if (code == "feed.missing")
        return {Words::tr("There is no file %1.").arg(QString::fromStdString(error.field)),
                Words::tr("Check the name, or choose the file with Browse.")};
    if (code == "feed.unreadable")
        return {Words::tr("%1 cannot be read: %2.").arg(file, detail),
                Words::tr("Check that it is a file and that you may read it.")};
    if (code == "feed.empty")
        return {Words::tr("%1 is empty.").arg(file), Words::tr("Ask for the file to be exported again.")};
    if (code == "feed.charset")
        return {Words::tr("%1 is written in %2, which cannot be imported.").arg(file, detail),
                Words::tr("Save it as UTF-8 (in a spreadsheet: “CSV UTF-8”) and choose it again.")};
    if (code == "feed.not_text")
        return {Words::tr("%1 is not a text file.").arg(file),
                Words::tr("Spreadsheets and archives have to be saved as CSV, JSON or NDJSON first; packed files are "
                          "read as .gz and .zst.")};
    if (code == "feed.format" && error.detail == "xml")
        return {Words::tr("%1 is XML, which cannot be imported.").arg(file),
                Words::tr("Ask the other system for CSV or JSON; an Open311 server gives JSON at requests.json.")};
    if (code == "feed.format")
        return {Words::tr("%1 is not %2, as the mapping says.").arg(file, detail),
                Words::tr("Choose another mapping, or set its format to auto.")};
    if (code == "feed.truncated")
        return {Words::tr("The file breaks off in the middle of a row."),
                Words::tr("What stands before is good; get the whole file and import it again to go on.")};
    if (code == "feed.damaged")
        return {Words::tr("The packed file is damaged."), Words::tr("Copy or download it again.")};
    if (code == "csv.quote_unclosed")
        return {Words::tr("The quote that opens in line %1 is never closed.").arg(detail),
                Words::tr("Close it in an editor; or choose another mapping, if the file is not CSV.")};
    if (code == "json.no_rows")
        return {Words::tr("The file holds no list of rows."),
                Words::tr("A list of objects is needed, alone or as one member of the outermost object.")};
    if (code == "json.syntax")
        return {Words::tr("The JSON breaks its rules at byte %1.").arg(detail),
                Words::tr("Ask for the file to be exported again, or repair that place in an editor.")};
    if (code == "feed.row_too_long")
        return {Words::tr("A row is longer than any case can be."),
                Words::tr("Often a quote that is never closed: look at that row in an editor.")};
    return {};
}

ErrorWords ofMapping(const Error& error) {
    const auto& code = error.code;
    const auto thing = QString::fromStdString(error.field);
    const auto detail = QString::fromStdString(error.detail);
    if (code == "mapping.column_missing")
        return {Words::tr("The file has no column “%1”, which the mapping names.").arg(thing),
                Words::tr("Choose another column for it. There are: %1.").arg(detail)};
    if (code == "mapping.missing")
        return {Words::tr("The mapping does not say what is the %1.").arg(thing),
                Words::tr("Choose the column that holds it.")};
    if (code == "mapping.dates")
        return {Words::tr("This is not a date format: %1.").arg(thing),
                Words::tr("Write iso, or parts like %m/%d/%Y %H:%M, several with | between.")};
    if (code == "mapping.value")
        return {Words::tr("“%1” cannot be the value of %2.").arg(detail.section(QLatin1Char(';'), 0, 0), thing),
                Words::tr("Correct it.")};
    return {Words::tr("The mapping cannot be read at “%1”.").arg(thing.isEmpty() ? detail : thing),
            Words::tr("Correct that line of the mapping.")};
}

}  // namespace

std::optional<ErrorWords> feedErrorWords(const Error& error) {
    if (error.code == "import.cancelled") return ErrorWords{Words::tr("The import was stopped."), {}};
    if (error.code.starts_with("feed.") || error.code.starts_with("csv.") || error.code.starts_with("json."))
        if (const auto words = ofFeed(error); !words.what.isEmpty()) return words;
    if (error.code.starts_with("mapping.")) return ofMapping(error);
    return std::nullopt;
}

}  // namespace wl::ui
