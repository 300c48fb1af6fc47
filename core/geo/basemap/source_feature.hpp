// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to the basemap: a feature of a source as it was read, in WGS84.

#include <functional>
#include <string>
#include <vector>

#include "geo/basemap/builder.hpp"

namespace wl::geo::basemap {

struct LonLat {
    double lon{}, lat{};
};

struct SourceFeature {
    Shape shape{};
    std::vector<std::vector<LonLat>> parts;  ///< lines, or rings of polygons (even-odd)
    std::vector<std::pair<std::string, std::string>> tags;  ///< columns with a value, names in lower case
    std::string layer;                       ///< in lower case
    bool osm{};

    [[nodiscard]] const std::string& tag(std::string_view name) const;
    /// The first of these columns that has a value.
    [[nodiscard]] const std::string& firstOf(std::initializer_list<std::string_view> names) const;
};

/// Reads every feature of a file. `repaired` counts areas made valid where `repair` is set.
[[nodiscard]] Result<void> readSource(const std::filesystem::path& file, bool repair,
                                      const std::function<bool(double)>& progress,
                                      const std::function<void(SourceFeature&&)>& each, std::size_t& repaired);

/// Puts the words of a vector tile's schema into OpenStreetMap's; a feature of no use to the map has no tags then.
void tagsOfTile(SourceFeature& feature);

/// What the map draws a feature as; none = of no use to it.
[[nodiscard]] std::optional<FeatureClass> classOf(const SourceFeature& feature, SourceRole role);
/// The role of a file whose features have no tags that say it, by its names and columns.
[[nodiscard]] SourceRole guessRole(const std::string& file, const SourceFeature& feature);
/// District, ward or neighbourhood: its kind; empty if it is none.
[[nodiscard]] std::string areaKind(const SourceFeature& feature, SourceRole role, const std::string& file);
/// Name, house number and street where the feature has one.
[[nodiscard]] std::string nameOf(const SourceFeature& feature);
[[nodiscard]] std::pair<std::string, std::string> addressOf(const SourceFeature& feature);  ///< number, street

}  // namespace wl::geo::basemap
