// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/gateway/web/map_picture.hpp"

#include <algorithm>
#include <cmath>

#include "engine/gateway/web/page.hpp"

namespace wl::engine::web {
namespace {

using geo::FeatureClass;

struct Paint {
    const char* fill;
    const char* line;
    double width;   ///< pixels
    int fromZoom;
};

Paint paintOf(FeatureClass cls) {
    switch (cls) {
        case FeatureClass::Sea:
        case FeatureClass::Water: return {"#b9d7ea", nullptr, 0, 0};
        case FeatureClass::River: return {nullptr, "#b9d7ea", 3, 0};
        case FeatureClass::Land: return {"#f4f2ec", nullptr, 0, 0};
        case FeatureClass::Wood:
        case FeatureClass::Park:
        case FeatureClass::Cemetery: return {"#d3e5c8", nullptr, 0, 0};
        case FeatureClass::Industrial:
        case FeatureClass::Commercial: return {"#e8e4e4", nullptr, 0, 13};
        case FeatureClass::Sand: return {"#efe6c8", nullptr, 0, 0};
        case FeatureClass::Building: return {"#d9d0c4", nullptr, 0, 16};
        case FeatureClass::Rail: return {nullptr, "#8a8a8a", 1, 13};
        case FeatureClass::Path: return {nullptr, "#c9b79c", 1, 16};
        case FeatureClass::ServiceRoad: return {nullptr, "#ffffff", 2, 16};
        case FeatureClass::Street: return {nullptr, "#ffffff", 3, 14};
        case FeatureClass::Tertiary: return {nullptr, "#ffffff", 4, 13};
        case FeatureClass::Secondary: return {nullptr, "#f6e3a4", 4, 12};
        case FeatureClass::Primary: return {nullptr, "#f3cf8d", 5, 0};
        case FeatureClass::Motorway: return {nullptr, "#e9a878", 5, 0};
        case FeatureClass::Bridge: return {nullptr, "#cfcabf", 6, 15};
        case FeatureClass::Place: break;
    }
    return {nullptr, nullptr, 0, 99};
}

double pixelsOf(int zoom) { return 256.0 * std::exp2(zoom); }

geo::WorldRect windowOf(const View& view) {
    const auto c = geo::toWorld(view.centre);
    const double half = kPicture / 2.0 / pixelsOf(view.zoom);
    return {c.x - half, c.y - half, c.x + half, c.y + half};
}

void number(std::string& out, double value) {
    const auto tenths = std::lround(std::clamp(value, -2000.0, 2288.0) * 10);
    if (tenths % 10 == 0) {
        out += std::to_string(tenths / 10);
        return;
    }
    if (tenths < 0) out += '-';
    out += std::to_string(std::labs(tenths) / 10) + '.' + std::to_string(std::labs(tenths) % 10);
}

class Drawer {
public:
    Drawer(const geo::CityMap& map, const View& view)
        : m_map(map), m_window(windowOf(view)), m_scale(pixelsOf(view.zoom)), m_zoom(view.zoom) {}

    std::string features() {
        std::string out;
        for (const auto& f : m_map.features) {
            const auto paint = paintOf(f.cls);
            const double widest = std::max(f.bounds.right - f.bounds.left, f.bounds.bottom - f.bounds.top) * m_scale;
            if (m_zoom < paint.fromZoom || !f.bounds.intersects(m_window) || widest < 2) continue;
            std::string d;
            if (f.shape == geo::Shape::Polygon) rings(d, f);
            else if (f.shape == geo::Shape::Line) line(d, f.firstPoint, f.firstPoint + f.pointCount, false);
            if (d.empty()) continue;
            out += "<path d=\"" + d + '"';
            if (f.shape == geo::Shape::Polygon && paint.fill != nullptr)
                out += std::string(" fill=\"") + paint.fill + "\" fill-rule=\"evenodd\"";
            else if (paint.line != nullptr) {
                out += std::string(" fill=\"none\" stroke-linejoin=\"round\" stroke=\"") + paint.line +
                       "\" stroke-width=\"";
                number(out, m_zoom >= 16 ? paint.width * 2 : paint.width);
                out += '"';
            }
            out += "/>";
        }
        return out;
    }
    std::string names() {
        std::string out;
        if (m_zoom < 15) return out;
        std::vector<std::pair<std::uint32_t, geo::WorldPoint>> shown;
        for (const auto& f : m_map.features) {
            const bool street = f.cls >= FeatureClass::Street && f.cls <= FeatureClass::Motorway;
            if (!street || f.name == 0 || shown.size() >= 14 || !f.bounds.intersects(m_window)) continue;
            if (std::ranges::any_of(shown, [&](const auto& s) { return s.first == f.name; })) continue;
            for (const auto& p : m_map.pointsOf(f)) {
                const bool crowded = std::ranges::any_of(shown, [&](const auto& s) {
                    return std::abs(s.second.y - p.y) * m_scale < 14 && std::abs(s.second.x - p.x) * m_scale < 120;
                });
                const double x = (p.x - m_window.left) * m_scale, y = (p.y - m_window.top) * m_scale;
                if (crowded || x < 50 || y < 12 || x > kPicture - 50 || y > kPicture - 6) continue;
                shown.emplace_back(f.name, p);
                out += "<text x=\"";
                number(out, x);
                out += "\" y=\"";
                number(out, y);
                out += "\">" + escaped(m_map.names[f.name]) + "</text>";
                break;
            }
        }
        return out;
    }
    std::string pin(GeoPoint at) {
        const auto p = geo::toWorld(at);
        std::string x, y;
        number(x, (p.x - m_window.left) * m_scale);
        number(y, (p.y - m_window.top) * m_scale);
        return "<g transform=\"translate(" + x + ',' + y +
               ")\"><path d=\"M0 0L-9-20A10 10 0 1 1 9-20Z\" fill=\"#a40e26\" stroke=\"#fff\" stroke-width=\"2\"/>"
               "<circle cy=\"-24\" r=\"4\" fill=\"#fff\"/></g>";
    }

private:
    void line(std::string& out, std::size_t from, std::size_t to, bool closed) {
        const auto begin = out.size();
        double lastX = 1e9, lastY = 1e9;
        for (auto i = from; i < to; ++i) {
            const double x = (m_map.points[i].x - m_window.left) * m_scale;
            const double y = (m_map.points[i].y - m_window.top) * m_scale;
            if (i != from && i + 1 != to && std::abs(x - lastX) < 1 && std::abs(y - lastY) < 1) continue;
            out += out.size() == begin ? 'M' : 'L';
            number(out, lastX = x);
            out += ' ';
            number(out, lastY = y);
        }
        if (closed && out.size() != begin) out += 'Z';
    }
    void rings(std::string& out, const geo::Feature& f) {
        std::size_t from = f.firstPoint;
        for (std::uint32_t r = 0; r < f.ringCount; ++r) {
            const std::size_t to = f.firstPoint + m_map.ringEnds[f.firstRing + r];
            line(out, from, to, true);
            from = to;
        }
        if (f.ringCount == 0) line(out, from, f.firstPoint + f.pointCount, true);
    }

    const geo::CityMap& m_map;
    geo::WorldRect m_window;
    double m_scale;
    int m_zoom;
};

}  // namespace

View viewOf(const geo::CityMap& map) {
    const geo::WorldPoint middle{(map.bounds.left + map.bounds.right) / 2, (map.bounds.top + map.bounds.bottom) / 2};
    const double side = std::max({map.bounds.right - map.bounds.left, map.bounds.bottom - map.bounds.top, 1e-9});
    const int zoom = static_cast<int>(std::floor(std::log2(kPicture / 256.0 / side)));
    return {geo::toGeo(middle), std::clamp(zoom, kLeastZoom, kMostZoom)};
}

GeoPoint pointAt(const View& view, double x, double y) {
    const auto window = windowOf(view);
    return geo::toGeo({window.left + x / pixelsOf(view.zoom), window.top + y / pixelsOf(view.zoom)});
}

View moved(const View& view, int east, int south) {
    return {pointAt(view, kPicture * (0.5 + east / 3.0), kPicture * (0.5 + south / 3.0)), view.zoom};
}

std::string mapPicture(const geo::CityMap& map, const View& view, std::optional<GeoPoint> pin) {
    Drawer drawer(map, view);
    const auto size = std::to_string(kPicture);
    std::string out = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + size + "\" height=\"" + size +
                      "\" viewBox=\"0 0 " + size + ' ' + size + "\"><rect width=\"" + size + "\" height=\"" + size +
                      "\" fill=\"#f4f2ec\"/>" + drawer.features() +
                      "<g font-family=\"sans-serif\" font-size=\"10\" text-anchor=\"middle\" fill=\"#1b1f24\" "
                      "stroke=\"#fff\" stroke-width=\"3\" paint-order=\"stroke\">" +
                      drawer.names() + "</g>";
    if (pin) out += drawer.pin(*pin);
    if (!map.copyright.empty())
        out += "<text x=\"4\" y=\"" + std::to_string(kPicture - 4) +
               "\" font-family=\"sans-serif\" font-size=\"8\" fill=\"#1b1f24\">" + escaped(map.copyright) + "</text>";
    return out + "</svg>";
}

}  // namespace wl::engine::web
