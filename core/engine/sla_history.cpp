// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sla_history.hpp"

#include "channels/feed/reader.hpp"
#include "channels/feed/row_converter.hpp"

namespace wl::engine {
namespace {

Instant instantOf(const FieldValues& fields, CaseField field) {
    const auto* value = fields.find(field);
    const auto* ms = value ? std::get_if<std::int64_t>(value) : nullptr;
    return ms ? Instant{*ms} : Instant{};
}

}  // namespace

Result<std::vector<rules::SlaObservation>> readSlaHistory(const std::filesystem::path& file,
                                                          const feed::Mapping& mapping) {
    if (mapping.field(feed::MapField::Due).empty()) return fail(ErrorKind::Input, "mapping.due_missing", mapping.name);
    WL_TRY(auto reader, feed::openFeed(file, mapping.read));
    WL_TRY(auto converter, feed::RowConverter::of(mapping));
    std::vector<rules::SlaObservation> out;
    feed::Record record;
    feed::ImportedCase row;
    std::vector<feed::RowProblem> problems;
    for (bool first = true;; first = false) {
        WL_TRY(const bool more, reader->next(record));
        if (!more) return out;
        if (first && reader->found().format == feed::Format::Csv)
            if (const auto missing = feed::missingColumns(mapping, reader->columns()); !missing.empty())
                return fail(ErrorKind::Input, "mapping.column_missing", missing.front());
        if (!converter.convert(record, reader->columns(), row, problems) && !record.problem.empty()) continue;
        const auto requested = instantOf(row.fields, CaseField::RequestedAt),
                   due = instantOf(row.fields, CaseField::DueOverride);
        if (!requested || !due || row.service.code.empty()) continue;
        out.push_back({row.service.code, row.service.name, row.serviceGroup, row.department.code, row.crew.code,
                       row.crew.name, requested, due});
    }
}

}  // namespace wl::engine
