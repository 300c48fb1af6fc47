// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Which cases come when: three years of ordinary days, storms, and a few true clusters in space and time.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/demo/stage.hpp"

namespace wl::engine::demo {

struct Arrival {
    Instant at;
    std::uint16_t service{};      ///< index into serviceProfiles()
    std::int32_t cluster{-1};     ///< index into ArrivalPlan::clusters
    std::optional<std::uint32_t> address;  ///< where the place is given: cases of a cluster, second reports
    bool open{};                  ///< still open at the end
};

/// Many cases about one cause, as hot-spot detection should find them.
struct Cluster {
    std::string_view cause;
    std::string_view service;
    Instant from, to;
    GeoPoint centre;
    std::size_t cases{};
};

struct ArrivalPlan {
    explicit ArrivalPlan(const Stage& stage);
    std::vector<Arrival> arrivals;  ///< in time order
    std::vector<Cluster> clusters;
};

}  // namespace wl::engine::demo
