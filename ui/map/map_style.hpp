// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The cartography as two tables, light and dark: what each class of feature looks like at each zoom. Quiet greys and
// near-greys, so that the issues on top are the only saturated things on the map.

#include <QColor>

#include <array>
#include <cstdint>

#include "geo/city_map.hpp"

namespace wl::ui {

inline constexpr std::size_t kFeatureClassCount = static_cast<std::size_t>(geo::FeatureClass::Place) + 1;

/// Line widths in px at zooms 10, 12, 14, 16, 18 and 20; geometric between them.
using ZoomWidths = std::array<double, 6>;

struct FeatureStyle {
    QColor fill{};           ///< inside of polygons, core of lines
    QColor casing{};         ///< edge; invalid = none
    ZoomWidths width{};      ///< of lines without casing; of polygon edges
    double casingWidth = 0;   ///< px added on each side
    double minZoom = 0;       ///< drawn from here on
    double casingMinZoom = 0;
    double nameMinZoom = 99;  ///< its name is written from here on
    double nameSize = 11;     ///< px
    bool dashed = false;
};

enum class LabelKind : std::uint8_t { City, Area, Place, Street, Water, Green, HouseNumber, Degree };

class MapStyle {
public:
    [[nodiscard]] static const MapStyle& of(bool dark);

    [[nodiscard]] bool isDark() const { return m_dark; }
    [[nodiscard]] const FeatureStyle& feature(geo::FeatureClass cls) const {
        return m_features[static_cast<std::size_t>(cls)];
    }
    [[nodiscard]] double lineWidth(geo::FeatureClass cls, double zoom) const;
    [[nodiscard]] QColor ground() const { return m_ground; }
    [[nodiscard]] QColor graticule() const { return m_graticule; }
    [[nodiscard]] QColor areaBorder() const { return m_areaBorder; }
    [[nodiscard]] QColor label(LabelKind kind) const;
    [[nodiscard]] QColor halo() const { return m_halo; }

private:
    explicit MapStyle(bool dark);

    bool m_dark;
    QColor m_ground, m_graticule, m_areaBorder, m_halo;
    QColor m_text, m_areaText, m_waterText, m_greenText, m_numberText;
    std::array<FeatureStyle, kFeatureClassCount> m_features;
};

}  // namespace wl::ui
