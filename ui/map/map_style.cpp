// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/map_style.hpp"

#include <algorithm>
#include <cmath>

namespace wl::ui {
namespace {

using geo::FeatureClass;

struct Palette {
    QRgb ground, sea, land, wood, park, cemetery, industrial, commercial, sand, water, building, buildingEdge;
    QRgb rail, path, service, street, tertiary, secondary, primary, motorway, casing, majorCasing, bridgeCasing;
    QRgb graticule, border, halo, text, areaText, waterText, greenText, numberText;
};

// clang-format off
constexpr Palette kLight{
    .ground = 0xfff3f2ef, .sea = 0xffc9dbe6, .land = 0xfff3f2ef, .wood = 0xffd3e0cc, .park = 0xffdbe7d3,
    .cemetery = 0xffdde4d8, .industrial = 0xffebe8e8, .commercial = 0xfff1ebe4, .sand = 0xfff2ecd9, .water = 0xffc9dbe6,
    .building = 0xffe5e2dd, .buildingEdge = 0xffd5d1ca, .rail = 0xffb9b6b3, .path = 0xffc9c2b4, .service = 0xfffdfdfd,
    .street = 0xffffffff, .tertiary = 0xffffffff, .secondary = 0xfffffdf6, .primary = 0xfffdf3dc, .motorway = 0xfff6dfb4,
    .casing = 0xffd6d3cd, .majorCasing = 0xffd3c6a9, .bridgeCasing = 0xff9b978f, .graticule = 0xffdedbd5,
    .border = 0x7a908a9c, .halo = 0xd8ffffff, .text = 0xff4d4f55, .areaText = 0xff6a6578, .waterText = 0xff4b7491,
    .greenText = 0xff4f7048, .numberText = 0xff6f6c67};

constexpr Palette kDark{
    .ground = 0xff20252a, .sea = 0xff17222d, .land = 0xff20252a, .wood = 0xff1f2c26, .park = 0xff223029,
    .cemetery = 0xff242d29, .industrial = 0xff262a2f, .commercial = 0xff292a2d, .sand = 0xff2c2b28, .water = 0xff17222d,
    .building = 0xff2a3036, .buildingEdge = 0xff353c43, .rail = 0xff4a4f55, .path = 0xff40423f, .service = 0xff353b42,
    .street = 0xff3b4249, .tertiary = 0xff424950, .secondary = 0xff495057, .primary = 0xff575a58, .motorway = 0xff6a6554,
    .casing = 0xff1b1f24, .majorCasing = 0xff1b1f24, .bridgeCasing = 0xff0e1114, .graticule = 0xff2f363d,
    .border = 0x7a7d7890, .halo = 0xd01b2025, .text = 0xffbfc4ca, .areaText = 0xffa9a3bd, .waterText = 0xff7fa6c4,
    .greenText = 0xff8fb089, .numberText = 0xff949ba3};
// clang-format on

QColor rgba(QRgb value) { return QColor::fromRgba(value); }

}  // namespace

const MapStyle& MapStyle::of(bool dark) {
    static const MapStyle light(false), night(true);
    return dark ? night : light;
}

MapStyle::MapStyle(bool dark) : m_dark(dark) {
    const Palette& p = dark ? kDark : kLight;
    m_ground = rgba(p.ground);
    m_graticule = rgba(p.graticule);
    m_areaBorder = rgba(p.border);
    m_halo = rgba(p.halo);
    m_text = rgba(p.text);
    m_areaText = rgba(p.areaText);
    m_waterText = rgba(p.waterText);
    m_greenText = rgba(p.greenText);
    m_numberText = rgba(p.numberText);

    const auto at = [this](FeatureClass cls) -> FeatureStyle& { return m_features[static_cast<std::size_t>(cls)]; };
    const auto ground = [&](FeatureClass cls, QRgb fill, double minZoom, double nameMinZoom) {
        at(cls) = {.fill = rgba(fill), .minZoom = minZoom, .nameMinZoom = nameMinZoom};
    };
    ground(FeatureClass::Sea, p.sea, 0, 10);
    ground(FeatureClass::Land, p.land, 0, 99);
    ground(FeatureClass::Wood, p.wood, 9, 13);
    ground(FeatureClass::Park, p.park, 9, 13);
    ground(FeatureClass::Cemetery, p.cemetery, 11, 15);
    ground(FeatureClass::Industrial, p.industrial, 11, 15);
    ground(FeatureClass::Commercial, p.commercial, 11, 15);
    ground(FeatureClass::Sand, p.sand, 11, 15);
    ground(FeatureClass::Water, p.water, 8, 12);
    at(FeatureClass::River) = {
        .fill = rgba(p.water), .width = {1.2, 2, 4, 8, 18, 40}, .minZoom = 8, .nameMinZoom = 12, .nameSize = 12};
    at(FeatureClass::Building) = {.fill = rgba(p.building),
                                  .casing = rgba(p.buildingEdge),
                                  .width = {0, 0, 0.6, 0.8, 1, 1},
                                  .minZoom = 14.5,
                                  .casingMinZoom = 15.5,
                                  .nameMinZoom = 17};

    const auto line = [&](FeatureClass cls, QRgb fill, QRgb casing, ZoomWidths width, double minZoom,
                          double casingMinZoom, double nameMinZoom, double nameSize) {
        at(cls) = {.fill = rgba(fill),
                   .casing = rgba(casing),
                   .width = width,
                   .casingWidth = 1.0,
                   .minZoom = minZoom,
                   .casingMinZoom = casingMinZoom,
                   .nameMinZoom = nameMinZoom,
                   .nameSize = nameSize};
    };
    at(FeatureClass::Rail) = {
        .fill = rgba(p.rail), .width = {0.6, 0.8, 1.1, 1.6, 2.4, 4}, .minZoom = 11, .dashed = true};
    at(FeatureClass::Path) = {.fill = rgba(p.path),
                              .width = {0.4, 0.4, 0.7, 1.1, 1.8, 3},
                              .minZoom = 14.5,
                              .nameMinZoom = 17,
                              .nameSize = 10.5,
                              .dashed = true};
    line(FeatureClass::ServiceRoad, p.service, p.casing, {0.3, 0.5, 1.2, 3.5, 8, 18}, 14, 15, 17, 10.5);
    line(FeatureClass::Street, p.street, p.casing, {0.4, 0.8, 2.4, 7, 14, 30}, 12.5, 14, 15.5, 11);
    line(FeatureClass::Tertiary, p.tertiary, p.casing, {0.6, 1.3, 3.6, 9, 17, 36}, 11.5, 13, 14.5, 11);
    line(FeatureClass::Secondary, p.secondary, p.casing, {0.8, 1.9, 4.6, 10.5, 20, 42}, 10.5, 12.5, 14, 11.5);
    line(FeatureClass::Primary, p.primary, p.majorCasing, {1.1, 2.5, 5.6, 12, 23, 48}, 9, 12, 13, 12);
    line(FeatureClass::Motorway, p.motorway, p.majorCasing, {1.6, 3.2, 6.6, 13, 26, 54}, 7, 11, 12, 12);
    // A bridge has the core of the road that it carries; only its edges are its own.
    line(FeatureClass::Bridge, p.street, p.bridgeCasing, {0.4, 0.8, 2.4, 7, 14, 30}, 12, 12, 15, 11);
    at(FeatureClass::Bridge).casingWidth = 1.3;
    at(FeatureClass::Place) = {.nameMinZoom = 13, .nameSize = 11.5};
    if (dark) {  // a street shows by its fill on dark ground; without it thin ones would vanish into their casing
        for (const FeatureClass cls : {FeatureClass::ServiceRoad, FeatureClass::Street}) at(cls).casingMinZoom = 15.5;
    }
}

double MapStyle::lineWidth(FeatureClass cls, double zoom) const {
    const ZoomWidths& w = feature(cls).width;
    const double place = std::clamp((zoom - 10) / 2, 0.0, double(w.size() - 1));
    const std::size_t low = std::min(static_cast<std::size_t>(place), w.size() - 2);
    const double share = place - double(low);
    const double a = w[low], b = w[low + 1];
    if (a <= 0 || b <= 0) return a + (b - a) * share;
    return a * std::pow(b / a, share);
}

QColor MapStyle::label(LabelKind kind) const {
    switch (kind) {
        case LabelKind::City:
        case LabelKind::Place:
        case LabelKind::Street: return m_text;
        case LabelKind::Area: return m_areaText;
        case LabelKind::Water: return m_waterText;
        case LabelKind::Green: return m_greenText;
        case LabelKind::HouseNumber:
        case LabelKind::Degree: return m_numberText;
    }
    return m_text;
}

}  // namespace wl::ui
