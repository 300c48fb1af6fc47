// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What is wrong with a city's geodata, and what to do about it.

#include <optional>

#include "ui/models/error_words.hpp"

namespace wl::ui {

/// None if the error is not of making a basemap.
[[nodiscard]] std::optional<ErrorWords> basemapErrorWords(const Error& error);

}  // namespace wl::ui
