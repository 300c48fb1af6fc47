// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Coordinates as feeds write them.

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace wl::feed {

/// A decimal number; a comma may stand for the point ("52,51"). Nothing else may follow it.
[[nodiscard]] std::optional<double> readDegrees(std::string_view text);

/// The latitude and longitude texts in "(lat, long)", "lat, long", "lat long" or "POINT (long lat)".
[[nodiscard]] std::optional<std::pair<std::string_view, std::string_view>> splitPosition(std::string_view text);

}  // namespace wl::feed
