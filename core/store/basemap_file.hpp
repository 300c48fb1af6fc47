// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The city's basemap lies beside the database. The store hands it on with a copy of the replica and never reads it.

namespace wl::store {

inline constexpr const char* kBasemapFile = "city.map";

}  // namespace wl::store
