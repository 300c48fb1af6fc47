// SPDX-License-Identifier: GPL-3.0-or-later
// Layers and tools of the map: what its letters and digits do, boxes and lassos, measuring, stacks of cases.
#include <QLocale>

#include <cmath>

#include "ui/map/map_scene.hpp"

namespace wl::ui {
namespace {

constexpr double kClosesAt = 9;       // px from the first corner: the lasso is closed
constexpr double kDetailZoom = 17;    // below a density, single cases are drawn from here on
constexpr double kSpreadReach = 120;  // px a stack may be away from the middle of the view

bool isArea(MapLayer layer) { return layer == MapLayer::AreaCount || layer == MapLayer::AreaOnTime; }

}  // namespace

void MapScene::setLayer(MapLayer layer) {
    m_layer = layer;
    m_density->setLayer(layer);
    m_areas->setLayer(layer);
    m_clusters->setActive(layer == MapLayer::Cases);
    m_labels->setActive(layer == MapLayer::Cases || layer == MapLayer::Heat);
    m_pins->setFrom(layer == MapLayer::Cases || isArea(layer) ? kPinZoom : kDetailZoom);
    m_spider->close();
    Q_EMIT layerChanged();
    Q_EMIT idleChanged();
}

void MapScene::nextAreaKind() {
    const QStringList kinds = m_areas->kinds();
    if (kinds.isEmpty()) return;
    m_areas->setKind(kinds[(kinds.indexOf(m_areas->kind()) + 1) % kinds.size()]);
    Q_EMIT layerChanged();
}

void MapScene::setTool(MapTool tool) {
    m_sketch->setView(m_camera.viewport());
    m_sketch->arm(tool);
    if (tool != MapTool::None) {
        m_spider->close();
        m_sketch->setNext(m_pointer ? m_camera.viewport().toWorld(*m_pointer) : m_camera.viewport().centre);
    }
    setCursor(tool != MapTool::None || m_picking ? Qt::CrossCursor : Qt::ArrowCursor);
    Q_EMIT toolChanged();
}

// A box is whole with its second corner, a lasso when it comes back to its first.
void MapScene::placeCorner(geo::WorldPoint at) {
    const Viewport view = m_camera.viewport();
    const auto& corners = m_sketch->corners();
    const auto isNear = [&](geo::WorldPoint other) {
        const QPointF off = view.toScreen(other) - view.toScreen(at);
        return std::hypot(off.x(), off.y()) <= kClosesAt;
    };
    if (tool() == MapTool::Lasso && corners.size() >= 3 && (isNear(corners.front()) || isNear(corners.back())))
        return closeSketch(false);
    if (!corners.empty() && isNear(corners.back())) return;
    m_sketch->addCorner(at);
    if (tool() == MapTool::Box && corners.size() == 2) closeSketch(false);
}

void MapScene::closeSketch(bool add) {
    if (tool() == MapTool::Measure) return;  // it stays to be read
    if (tool() == MapTool::Lasso) m_sketch->setNext(std::nullopt);
    const QList<qint64> found = casesIn(m_sketch->outline());
    m_briefTool = false;
    setTool(MapTool::None);
    Q_EMIT enclosed(found, add);
}

bool MapScene::toolKey(int key, int modifiers) {
    if ((modifiers & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier)) != 0) return false;
    const auto take = [this](MapTool tool) { setTool(this->tool() == tool ? MapTool::None : tool); };
    switch (key) {
        case Qt::Key_B: take(MapTool::Box); return true;
        case Qt::Key_L: take(MapTool::Lasso); return true;
        case Qt::Key_M: take(MapTool::Measure); return true;
        case Qt::Key_S: return spreadNear(m_pointer.value_or(middle())) || true;
        case Qt::Key_C: {
            const QString measured = m_sketch->measured();
            const GeoPoint at =
                geo::toGeo(m_pointer ? m_camera.viewport().toWorld(*m_pointer) : m_camera.viewport().centre);
            Q_EMIT copyWanted(!measured.isEmpty()
                                  ? measured
                                  : QStringLiteral("%1, %2").arg(at.lat(), 0, 'f', 6).arg(at.lon(), 0, 'f', 6));
            return true;
        }
        case Qt::Key_K: nextAreaKind(); return true;
        case Qt::Key_1:
        case Qt::Key_2:
        case Qt::Key_3:
        case Qt::Key_4:
        case Qt::Key_5: setLayer(static_cast<MapLayer>(key - Qt::Key_1)); return true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            if (tool() == MapTool::None) return false;
            placeCorner(m_camera.viewport().centre);
            return true;
        case Qt::Key_Backspace:
            if (tool() == MapTool::None) return false;
            m_sketch->removeCorner();
            return true;
        case Qt::Key_Escape:
            if (tool() != MapTool::None) setTool(MapTool::None);
            else if (m_spider->isOpen()) m_spider->close();
            else return false;
            return true;
        default: return false;
    }
}

void MapScene::openSpider(const std::vector<std::uint32_t>& stack) {
    std::vector<std::int64_t> keys;
    for (const std::uint32_t i : stack) keys.push_back(m_issues->points().keys[i]);
    m_spider->open(m_issues->points().at[stack.front()], std::move(keys));
    Q_EMIT idleChanged();
}

bool MapScene::spreadNear(QPointF at) {
    if (!m_issues || m_camera.viewport().zoom < kPinZoom) return false;
    const Viewport view = m_camera.viewport();
    const geo::WorldPoint c = view.toWorld(at);
    const double reach = kSpreadReach / view.worldPixels();
    std::vector<std::uint32_t> best;
    double least = reach;
    m_issues->visit({c.x - reach, c.y - reach, c.x + reach, c.y + reach}, [&](std::uint32_t i) {
        const geo::WorldPoint p = m_issues->points().at[i];
        const double d = std::hypot(p.x - c.x, p.y - c.y);
        if (d >= least) return;
        auto stack = m_pins->stackAt(view.toScreen(p));
        if (stack.size() < 2) return;
        least = d;
        best = std::move(stack);
    });
    if (best.empty()) return false;
    openSpider(best);
    return true;
}

QString MapScene::areaWords(std::uint32_t area) const {
    const auto figures = m_areas->figures();
    const QString name = QString::fromStdString(m_city->areas[area].name);
    if (!figures || figures->city != m_city) return name;
    const AreaTally& tally = figures->tallies[area];
    if (tally.promised == 0) return tr("%1: %n case(s)", nullptr, static_cast<int>(tally.cases)).arg(name);
    return tr("%1: %n case(s), %2 of %3 with a due time are on time", nullptr, static_cast<int>(tally.cases))
        .arg(name, QLocale().toString(tally.promised - tally.breached), QLocale().toString(tally.promised));
}

}  // namespace wl::ui
