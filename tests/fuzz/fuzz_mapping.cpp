// SPDX-License-Identifier: GPL-3.0-or-later
// Mapping files as people write them.
#include "channels/feed/mapping.hpp"
#include "channels/feed/row_converter.hpp"
#include "fuzz/entry.hpp"

using namespace wl;

void fuzzOne(std::string_view bytes) {
    if (const auto mapping = feed::parseMapping(bytes)) {
        if (auto converter = feed::RowConverter::of(*mapping)) {
            feed::ColumnTable columns;
            feed::Record record;
            for (const char* name : {"id", "case_enquiry_id", "status"}) {
                record.text += "7";
                record.addCell(columns.intern(name), record.text.size() - 1, false);
            }
            feed::ImportedCase out;
            std::vector<feed::RowProblem> problems;
            converter->convert(record, columns, out, problems);
        }
    }
}

std::vector<std::string> seeds() {
    std::vector<std::string> out;
    for (const auto& shipped : feed::shippedMappings()) out.emplace_back(shipped.text);
    return out;
}
