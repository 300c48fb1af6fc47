// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Port Linden: a plainly fictional coastal city in the open Atlantic, about 13 × 9 km, for the demo and for tests.

#include <cstdint>

#include "geo/city_map.hpp"

namespace wl::geo {

/// The seed of the city that is shown to people.
inline constexpr std::uint64_t portLindenSeed = 311;

/// The same map for the same seed. Districts and wards tile the land; areas are of kind "district" and "ward".
/// A road that crosses water is drawn whole by its own class and once more, over the water, as a Bridge.
[[nodiscard]] CityMap makeDemoCity(std::uint64_t seed);

}  // namespace wl::geo
