// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/map_labels.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "ui/map/label_placer.hpp"
#include "ui/map/label_text.hpp"
#include "ui/map/line_names.hpp"
#include "ui/map/viewport.hpp"

namespace wl::ui {
namespace {

using geo::FeatureClass;

constexpr double kRepeat = 520;   // px between two labels of one street
constexpr double kHouseNumberZoom = 17;

PlacedLabel placed(LabelKind kind, const LabelOutline& outline, QPointF origin) {
    PlacedLabel label{kind, origin, outline.path, outline.path.boundingRect().translated(origin)};
    for (const QRectF& box : outline.boxes) label.obstacles.push_back(box.translated(origin));
    return label;
}

// One metatile being filled; coordinates are px from its corner.
class Metatile {
public:
    Metatile(const TileIndex& index, int zoom, int x, int y)
        : m_index(index), m_city(index.city()), m_zoom(zoom), m_scale(Viewport::worldPixels(zoom)),
          m_origin(double(x) * side, double(y) * side), m_placer(QRectF(2, 2, side - 4, side - 4)) {
        m_rect = {m_origin.x() / m_scale, m_origin.y() / m_scale, (m_origin.x() + side) / m_scale,
                  (m_origin.y() + side) / m_scale};
    }

    std::vector<PlacedLabel> fill(const std::vector<PlacedLabel>& cityLabels) {
        for (const PlacedLabel& label : cityLabels)
            for (const QRectF& box : label.obstacles)
                if (box.intersects(QRectF(m_origin, QSizeF(side, side)))) m_placer.block(box.translated(-m_origin));
        const std::vector<std::uint32_t> features =
            m_index.features(m_rect, m_zoom >= styleOf(FeatureClass::Building).nameMinZoom);
        placePlaces(features);
        placeLines(features);
        placePolygons(features);
        if (m_zoom >= kHouseNumberZoom) placeHouseNumbers();
        return std::move(m_labels);
    }

private:
    static constexpr double side = kTilePixels * kMetatileTiles;

    [[nodiscard]] QPointF local(geo::WorldPoint p) const { return QPointF(p.x * m_scale, p.y * m_scale) - m_origin; }
    [[nodiscard]] QString nameOf(std::uint32_t name) const { return QString::fromStdString(m_city.names[name]); }
    [[nodiscard]] const FeatureStyle& styleOf(FeatureClass cls) const { return MapStyle::of(false).feature(cls); }

    bool take(LabelKind kind, const LabelOutline& outline) {
        if (!m_placer.place(outline.boxes)) return false;
        m_labels.push_back(placed(kind, outline, m_origin));
        return true;
    }

    LabelText& font(double size, QFont::Weight weight, bool italic = false, double spacing = 0) {
        const auto key = std::tuple(size, weight, italic);
        const auto it = m_fonts.find(key);
        if (it != m_fonts.end()) return it->second;
        return m_fonts.emplace(key, LabelText(size, weight, italic, spacing)).first->second;
    }

    void placePlaces(const std::vector<std::uint32_t>& features) {
        const FeatureStyle& style = styleOf(FeatureClass::Place);
        if (m_zoom < style.nameMinZoom) return;
        for (const std::uint32_t i : features) {
            const geo::Feature& f = m_city.features[i];
            if (f.cls != FeatureClass::Place || f.name == 0 || f.pointCount == 0) continue;
            const QPointF at = local(m_city.pointsOf(f).front());
            std::ignore =
                take(LabelKind::Place, font(style.nameSize, QFont::DemiBold).centred(nameOf(f.name), at, 110));
        }
    }

    void placeLines(const std::vector<std::uint32_t>& features) {
        std::vector<NamedLine> lines = namedLines(m_city, features, m_rect, [this](FeatureClass cls) {
            return m_zoom >= styleOf(cls).nameMinZoom;
        });
        for (NamedLine& line : lines)
            for (geo::WorldPoint& p : line.points) {
                const QPointF at = local(p);
                p = {at.x(), at.y()};
            }
        for (const NamedLine& line : lines) placeLine(line);
    }

    void placeLine(const NamedLine& line) {
        QPolygonF polyline;
        for (const geo::WorldPoint& p : line.points) polyline << QPointF(p.x, p.y);
        const bool water = line.cls == FeatureClass::River;
        LabelText& text =
            font(styleOf(line.cls).nameSize, line.cls >= FeatureClass::Primary ? QFont::Medium : QFont::Normal, water);
        const QString name = nameOf(line.name);
        const double width = text.width(name);
        const std::vector<double> lengths = lengthsAlong(polyline);
        const double length = lengths.back();
        if (length < width + 8) return;
        QPolygonF reversed(polyline.crbegin(), polyline.crend());
        const int count = std::max(1, static_cast<int>(length / (width + kRepeat)));
        for (int k = 0; k < count; ++k) {
            const double slot = length / count;
            for (const double shift : {0.0, 0.12, -0.12, 0.24, -0.24, 0.36, -0.36}) {
                const double middle = slot * (k + 0.5 + shift);
                if (tooNear(line.name, pointAlong(polyline, lengths, middle))) continue;
                const QPointF a = pointAlong(polyline, lengths, middle - width / 2);
                const QPointF b = pointAlong(polyline, lengths, middle + width / 2);
                const bool backwards = b.x() < a.x();
                const auto outline =
                    text.along(name, backwards ? reversed : polyline, backwards ? length - middle : middle);
                if (outline && take(water ? LabelKind::Water : LabelKind::Street, *outline)) {
                    m_taken.emplace(line.name, pointAlong(polyline, lengths, middle));
                    break;
                }
            }
        }
    }

    [[nodiscard]] bool tooNear(std::uint32_t name, QPointF at) const {
        const auto [from, to] = m_taken.equal_range(name);
        return std::any_of(from, to, [&](const auto& other) {
            return std::hypot(other.second.x() - at.x(), other.second.y() - at.y()) < kRepeat * 0.6;
        });
    }

    void placePolygons(const std::vector<std::uint32_t>& features) {
        std::vector<std::pair<double, std::uint32_t>> bySize;
        for (const std::uint32_t i : features) {
            const geo::Feature& f = m_city.features[i];
            if (f.shape != geo::Shape::Polygon || f.name == 0 || m_zoom < styleOf(f.cls).nameMinZoom) continue;
            const double w = (f.bounds.right - f.bounds.left) * m_scale, h = (f.bounds.bottom - f.bounds.top) * m_scale;
            if (w < 34 || h < 14) continue;
            bySize.emplace_back(-w * h, i);
        }
        std::ranges::sort(bySize);
        for (const auto& [size, i] : bySize) {
            const geo::Feature& f = m_city.features[i];
            const TileIndex::LabelRoom room = m_index.labelRoom(f);
            const double width = room.width * m_scale;
            const bool water =
                f.cls == FeatureClass::Water || f.cls == FeatureClass::Sea || f.cls == FeatureClass::River;
            const bool green =
                f.cls == FeatureClass::Park || f.cls == FeatureClass::Wood || f.cls == FeatureClass::Cemetery;
            const double px = f.cls == FeatureClass::Sea ? 15 : width > 300 ? 12.5 : 11;
            LabelText& text = font(px, QFont::Normal, water || green);
            const LabelOutline outline = text.centred(nameOf(f.name), local(room.at), std::clamp(width, 60.0, 130.0));
            if (outline.path.boundingRect().width() > width * 1.2) continue;
            std::ignore = take(water ? LabelKind::Water : green ? LabelKind::Green : LabelKind::Place, outline);
        }
    }

    void placeHouseNumbers() {
        LabelText& text = font(m_zoom >= 18 ? 10.5 : 9.5, QFont::Normal);
        for (const std::uint32_t i : m_index.addresses(m_rect)) {
            const geo::Address& a = m_city.addresses[i];
            std::ignore = take(LabelKind::HouseNumber, text.centred(nameOf(a.number), local(geo::toWorld(a.at)), 1e6));
        }
    }

    const TileIndex& m_index;
    const geo::CityMap& m_city;
    int m_zoom;
    double m_scale;
    QPointF m_origin;
    geo::WorldRect m_rect;
    LabelPlacer m_placer;
    std::map<std::tuple<double, QFont::Weight, bool>, LabelText> m_fonts;
    std::multimap<std::uint32_t, QPointF> m_taken;  // where each name stands already
    std::vector<PlacedLabel> m_labels;
};

}  // namespace

std::vector<PlacedLabel> placeCityLabels(const TileIndex& index, int zoom) {
    const geo::CityMap& city = index.city();
    const double scale = Viewport::worldPixels(zoom);
    LabelPlacer placer({});
    std::vector<PlacedLabel> labels;
    const auto take = [&](LabelKind kind, LabelText& text, const QString& name, geo::WorldPoint at, double wrap) {
        const QPointF anchor(at.x * scale, at.y * scale);
        const LabelOutline outline = text.centred(name, {}, wrap);
        PlacedLabel label = placed(kind, outline, anchor);
        if (placer.place(label.obstacles)) labels.push_back(std::move(label));
    };
    if (zoom <= 10 && !city.name.empty()) {
        LabelText text(17, QFont::DemiBold, false, 0);
        const geo::WorldRect& b = city.bounds;
        take(LabelKind::City, text, QString::fromStdString(city.name), {(b.left + b.right) / 2, (b.top + b.bottom) / 2},
             200);
    }
    // The first kind of area a city names is its coarsest: shown from afar; finer kinds come in later.
    std::vector<std::string> kinds;
    for (const geo::Area& area : city.areas)
        if (std::ranges::find(kinds, area.kind) == kinds.end()) kinds.push_back(area.kind);
    for (std::size_t level = 0; level < kinds.size(); ++level) {
        const int from = level == 0 ? 11 : 14, to = level == 0 ? 15 : 17;
        if (zoom < from || zoom > to) continue;
        LabelText text(level > 0 ? 10.5 : zoom >= 13 ? 13 : 11.5, QFont::DemiBold, false, level == 0 ? 1.6 : 0.8);
        for (const geo::Area& area : city.areas)
            if (area.kind == kinds[level])
                take(LabelKind::Area, text, QString::fromStdString(area.name).toUpper(), area.label, 120);
    }
    return labels;
}

std::vector<PlacedLabel> placeMetatileLabels(const TileIndex& index, int zoom, int metaX, int metaY,
                                             const std::vector<PlacedLabel>& cityLabels) {
    return Metatile(index, zoom, metaX, metaY).fill(cityLabels);
}

}  // namespace wl::ui
