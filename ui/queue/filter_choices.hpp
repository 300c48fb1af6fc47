// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a case list can be filtered by, one row a field: its values to tick, and where the ticks go in the filter.

#include <QStringList>

#include <span>

#include "engine/case_query.hpp"
#include "ui/models/choice_match.hpp"
#include "ui/models/code_names.hpp"

namespace wl::ui {

struct FilterField {
    const char* name;
    QString (*title)();
    std::vector<Choice> (*choices)(const CodeNames& names, const std::string& agent);
    QStringList (*get)(const engine::CaseFilter& filter);
    void (*set)(engine::CaseFilter& filter, const QStringList& codes);
};

[[nodiscard]] std::span<const FilterField> filterFields();

}  // namespace wl::ui
