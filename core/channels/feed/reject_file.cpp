// SPDX-License-Identifier: GPL-3.0-or-later
#include "channels/feed/reject_file.hpp"

#include <csv.h>

#include <cerrno>
#include <system_error>

namespace wl::feed {
namespace {

constexpr std::size_t kMaxValue = 200;  // the whole value stands in the row itself

void appendCell(std::string& line, std::string_view value) {
    if (!line.empty()) line += ',';
    const std::size_t at = line.size();
    line.resize(at + 2 * value.size() + 2);
    line.resize(at + csv_write(line.data() + at, line.size() - at, value.data(), value.size()));
}

std::string_view beginningOf(std::string_view value) {
    if (value.size() <= kMaxValue) return value;
    std::size_t end = kMaxValue;
    while (end > 0 && (static_cast<unsigned char>(value[end]) & 0xC0U) == 0x80U) --end;
    return value.substr(0, end);
}

}  // namespace

RejectFile::RejectFile(std::filesystem::path path) : m_path(std::move(path)) {}

std::filesystem::path RejectFile::besides(const std::filesystem::path& input) {
    auto path = input;
    path += ".rejects.csv";
    return path;
}

std::unexpected<Error> RejectFile::failed() const {
    return fail(ErrorKind::World, "reject_file.write", m_path.string(), std::generic_category().message(errno));
}

Result<void> RejectFile::write(const std::string& text) {
    if (std::fwrite(text.data(), 1, text.size(), m_file.get()) != text.size()) return failed();
    return {};
}

Result<void> RejectFile::add(const Record& record, const ColumnTable& columns,
                             const std::vector<RowProblem>& problems) {
    const bool json = !record.raw.empty();
    std::string line;
    if (!m_file) {
        m_file.reset(std::fopen(m_path.c_str(), "wb"));
        if (!m_file) return failed();
        for (const std::string_view name : {"row", "field", "reason", "value"}) appendCell(line, name);
        if (json) appendCell(line, "original");
        for (std::uint32_t i = 0; !json && i < columns.size(); ++i) appendCell(line, columns.name(i));
        WL_CHECK(write(line + "\n"));
        line.clear();
    }
    std::string fields, reasons, values;
    for (const RowProblem& problem : problems) {
        const char* joint = &problem == &problems.front() ? "" : "; ";
        fields.append(joint).append(problem.field);
        reasons.append(joint).append(problem.code);
        values.append(joint).append(beginningOf(problem.value));
    }
    appendCell(line, std::to_string(record.row));
    for (const std::string& cell : {fields, reasons, values}) appendCell(line, cell);
    if (json) appendCell(line, record.raw);
    for (const Cell& cell : record.cells)
        if (!json) appendCell(line, record.value(cell));
    ++m_rows;
    return write(line + "\n");
}

Result<void> RejectFile::close() {
    if (!m_file) return {};
    if (std::fflush(m_file.get()) != 0) return failed();
    m_file.reset();
    return {};
}

}  // namespace wl::feed
