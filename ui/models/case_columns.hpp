// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The one table of the case list's columns: what they are called, how wide they start, how a cell reads. To add a
// column: append to CaseColumn in the engine and a row in case_columns.cpp.

#include <QString>

#include <span>

#include "engine/case_query.hpp"
#include "store/views.hpp"
#include "ui/models/code_names.hpp"

namespace wl::ui {

struct CellContext {
    const CodeNames& names;
    Instant now;
};

struct CaseColumnSpec {
    engine::CaseColumn column{};
    const char* name;      ///< stable, for settings and exports
    QString (*header)();
    int width{};           ///< in average characters, where the list does not know better
    bool shown{true};      ///< unless the user chose otherwise
    bool newestFirst{};    ///< the first click on the header sorts descending
    QString (*text)(const store::CaseRow& row, const CellContext& context){};
    QString (*hint)(const store::CaseRow& row, const CellContext& context){};  ///< tooltip; null = the text itself
    QString (*icon)(const store::CaseRow& row){};                              ///< Breeze name; null = none
};

/// In the order of the enumeration: index = model column.
[[nodiscard]] std::span<const CaseColumnSpec> caseColumns();
[[nodiscard]] inline const CaseColumnSpec& spec(engine::CaseColumn column) {
    return caseColumns()[static_cast<std::size_t>(column)];
}

}  // namespace wl::ui
