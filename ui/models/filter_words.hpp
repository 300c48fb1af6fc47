// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A filter in words: one chip a condition, each with the way to take it back.

#include <QString>

#include <functional>
#include <vector>

#include "engine/case_query.hpp"
#include "ui/models/code_names.hpp"

namespace wl::ui {

struct FilterChip {
    QString text;  ///< "Status: New, Waiting"
    std::function<void(engine::CaseFilter&)> clear;
};

[[nodiscard]] std::vector<FilterChip> filterChips(const engine::CaseFilter& filter, const CodeNames& names);

}  // namespace wl::ui
