// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The past of the demo city's service desk as a stream of commands in the order of their instants. The same options
// give the same commands on every machine. Memory stays small: a case is made up when its first report comes in.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/demo/demo_options.hpp"
#include "geo/city_map.hpp"

namespace wl::engine {

/// Many cases that were put in about one cause; what hot-spot detection ought to find.
struct DemoCluster {
    std::string cause;
    std::string service;
    Instant from, to;
    GeoPoint centre;
    std::size_t cases{};
};

class DemoTraffic {
public:
    DemoTraffic(const DemoOptions& options, geo::CityMapPtr city, rules::CataloguePtr catalogue);
    ~DemoTraffic();
    DemoTraffic(const DemoTraffic&) = delete;
    DemoTraffic& operator=(const DemoTraffic&) = delete;

    /// The next command; none when the history has come to its end.
    [[nodiscard]] std::optional<TimedCommand> next();

    [[nodiscard]] std::size_t casesTotal() const;
    [[nodiscard]] std::size_t casesOpened() const;  ///< by the commands given out so far
    [[nodiscard]] std::size_t personsOpened() const;
    [[nodiscard]] std::vector<DemoCluster> clusters() const;
    /// The local midnights that begin the days on which storms came.
    [[nodiscard]] std::vector<Instant> storms() const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

}  // namespace wl::engine
