// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The cases that the map shows, as columns of one length. Immutable once handed to the map.

#include <cstdint>
#include <vector>

#include "geo/coordinates.hpp"

namespace wl::ui {

struct MapPoints {
    std::vector<std::int64_t> keys;    ///< of the cases
    std::vector<geo::WorldPoint> at;
    std::vector<std::uint8_t> sla;     ///< SlaState
    std::uint64_t generation{};        ///< differs between any two sets of points

    [[nodiscard]] std::size_t size() const { return keys.size(); }
    void add(std::int64_t key, geo::WorldPoint where, std::uint8_t state) {
        keys.push_back(key);
        at.push_back(where);
        sla.push_back(state);
    }
};

}  // namespace wl::ui
