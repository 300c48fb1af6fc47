// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/map_scene.hpp"

#include <qqml.h>

#include <algorithm>
#include <cmath>

#include "ui/kit/sla_style.hpp"

namespace wl::ui {
namespace {

constexpr double kKeyStep = 120;        // px an arrow key pans
constexpr qint64 kStaleFlickMs = 60;    // a pointer that rested this long before its release does not flick
constexpr double kSlowFlick = 250;      // px/s
constexpr std::size_t kFewSelected = 40;  // more are ringed in one picture

template <class Item>
Item* child(QQuickItem* root, const char* name) {
    return root->findChild<Item*>(QString::fromLatin1(name));
}

}  // namespace

MapScene::MapScene(QObject* parent) : QObject(parent) {
    connect(&m_camera, &MapCamera::moved, this, &MapScene::viewMoved);
    connect(&m_camera, &MapCamera::stopped, this, &MapScene::settled);
    connect(&m_feed, &IssueFeed::ready, this, &MapScene::takeIssues);
}

void MapScene::registerTypes() {
    static const bool once = [] {
        qmlRegisterType<TileLayer>("Wardline.Map", 1, 0, "TileLayer");
        qmlRegisterType<LabelLayer>("Wardline.Map", 1, 0, "LabelLayer");
        qmlRegisterType<ClusterLayer>("Wardline.Map", 1, 0, "ClusterLayer");
        qmlRegisterType<PinLayer>("Wardline.Map", 1, 0, "PinLayer");
        qmlRegisterType<HotSpotLayer>("Wardline.Map", 1, 0, "HotSpotLayer");
        qmlRegisterType<FocusLayer>("Wardline.Map", 1, 0, "FocusLayer");
        qmlRegisterType<AreaLayer>("Wardline.Map", 1, 0, "AreaLayer");
        qmlRegisterType<DensityLayer>("Wardline.Map", 1, 0, "DensityLayer");
        qmlRegisterType<SelectionLayer>("Wardline.Map", 1, 0, "SelectionLayer");
        qmlRegisterType<SpiderLayer>("Wardline.Map", 1, 0, "SpiderLayer");
        qmlRegisterType<MapSketch>("Wardline.Map", 1, 0, "MapSketch");
        return true;
    }();
    Q_UNUSED(once);
}

void MapScene::attach(QQuickItem* root) {
    m_map = child<QQuickItem>(root, "map");
    m_tiles = child<TileLayer>(root, "tiles");
    m_labels = child<LabelLayer>(root, "labels");
    m_clusters = child<ClusterLayer>(root, "clusters");
    m_pins = child<PinLayer>(root, "pins");
    m_hotSpots = child<HotSpotLayer>(root, "hotSpots");
    m_focus = child<FocusLayer>(root, "focus");
    m_areas = child<AreaLayer>(root, "areas");
    m_density = child<DensityLayer>(root, "density");
    m_selection = child<SelectionLayer>(root, "selection");
    m_spider = child<SpiderLayer>(root, "spider");
    m_sketch = child<MapSketch>(root, "sketch");
    Q_ASSERT(m_map && m_tiles && m_labels && m_clusters && m_pins && m_hotSpots && m_focus && m_areas && m_density &&
             m_selection && m_spider && m_sketch);
    connect(m_tiles, &TileLayer::idleChanged, this, &MapScene::idleChanged);
    connect(m_tiles, &TileLayer::rendererReady, m_labels, [this] { m_labels->setRenderer(m_tiles->renderer()); });
    for (NamingLayer* layer : namingLayers()) {
        connect(&m_camera, &MapCamera::stopped, layer, &NamingLayer::settle);
        connect(this, &MapScene::settled, layer, &NamingLayer::settle);
    }
    const auto refit = [this] {
        if (m_fitted && !m_map->size().isEmpty()) m_camera.fit(*m_fitted, MapCamera::kFitMargin, false);
        for (NamingLayer* layer : namingLayers()) layer->settle();
    };
    connect(m_map, &QQuickItem::widthChanged, this, refit);
    connect(m_map, &QQuickItem::heightChanged, this, refit);
    for (RasterOverlay* overlay : overlays())
        connect(overlay, &RasterOverlay::idleChanged, this, &MapScene::idleChanged);
    connect(m_areas, &RasterOverlay::idleChanged, this, &MapScene::layerChanged);
    connect(&m_camera, &MapCamera::moved, m_sketch, [this] { m_sketch->setView(m_camera.viewport()); });
    setLayer(MapLayer::Cases);
    m_camera.setMap(m_map);
    connect(&m_camera, &MapCamera::moved, this, [this] {
        if (m_pendingFit && !m_map->size().isEmpty()) fit(*std::exchange(m_pendingFit, std::nullopt));
    });
}

std::vector<RasterOverlay*> MapScene::overlays() const {
    return {m_areas, m_density, m_labels, m_clusters, m_hotSpots, m_pins, m_selection, m_spider};
}

std::vector<NamingLayer*> MapScene::namingLayers() const { return {m_areas, m_labels, m_hotSpots}; }

void MapScene::setFurniture(const std::vector<QRectF>& furniture) {
    for (NamingLayer* layer : namingLayers()) layer->setFurniture(furniture);
}

bool isInside(const geo::WorldRect& inner, const geo::WorldRect& outer) {
    return outer.contains({inner.left, inner.top}) && outer.contains({inner.right, inner.bottom});
}

// Where people live: the data may reach far out to sea.
static geo::WorldRect districtsOf(const geo::CityMap& city) {
    if (city.areas.empty()) return city.bounds;
    auto all = city.areas.front().bounds;
    for (const auto& area : city.areas) {
        all.left = std::min(all.left, area.bounds.left);
        all.top = std::min(all.top, area.bounds.top);
        all.right = std::max(all.right, area.bounds.right);
        all.bottom = std::max(all.bottom, area.bounds.bottom);
    }
    return all;
}

void MapScene::setCity(geo::CityMapPtr city, PictureTilesPtr pictures) {
    const bool another = city != m_city;
    if (!another && pictures == m_pictures) return;
    m_city = std::move(city);
    m_pictures = std::move(pictures);
    m_tiles->setCity(m_city, m_pictures);
    if (!another) return;
    m_areas->setCity(m_city);
    updateBounds();
    if (const auto area = m_city ? std::optional(districtsOf(*m_city)) : issueArea()) fit(*area);
}

void MapScene::updateBounds() {
    if (m_city) return m_camera.setBounds(m_city->bounds);
    m_camera.setBounds({0, 0, 1, 1});
}

void MapScene::setDark(bool dark) {
    for (RasterOverlay* overlay : overlays()) overlay->setDark(dark);
    m_tiles->setDark(dark);
    m_focus->setDark(dark);
    m_sketch->setDark(dark);
}

void MapScene::setAccent(const QColor& accent) {
    m_focus->setAccent(accent);
    m_selection->setAccent(accent);
    m_sketch->setAccent(accent);
}

void MapScene::setMotion(int ms) {
    m_camera.setGlideDuration(ms);
    m_focus->setPulseDuration(ms);
}

void MapScene::setPoints(std::shared_ptr<const MapPoints> points) {
    m_feed.setPoints(points ? std::move(points) : std::make_shared<const MapPoints>());
    Q_EMIT idleChanged();
}

void MapScene::takeIssues(const IssueIndexPtr& issues) {
    const bool first = !m_issues || m_issues->points().size() == 0;
    m_issues = issues;
    m_labels->setIssues(issues);
    m_clusters->setIssues(issues);
    m_pins->setIssues(issues);
    m_hotSpots->setIssues(issues);
    m_focus->setIssues(issues);
    m_areas->setIssues(issues);
    m_density->setIssues(issues);
    m_selection->setIssues(issues);
    m_spider->setIssues(issues);
    // A city that is just being imported grows out of the view, until somebody moves the map.
    const bool some = !m_city && issues->points().size() > 0;
    if (some && (first || (m_fitted && !isInside(issues->bounds(), *m_fitted)))) fit(issues->bounds());
    Q_EMIT issuesChanged();
    Q_EMIT idleChanged();
}

std::optional<geo::WorldRect> MapScene::issueArea() const {
    if (m_issues && m_issues->points().size() > 0) return m_issues->bounds();
    if (m_city) return m_city->bounds;
    return std::nullopt;
}

void MapScene::setSelected(std::vector<std::int64_t> keys) {
    const bool few = keys.size() <= kFewSelected;
    m_focus->setSelected(few ? keys : std::vector<std::int64_t>{});
    m_selection->setSelected(few ? std::vector<std::int64_t>{} : std::move(keys));
}

void MapScene::setHovered(std::optional<std::int64_t> key) { m_focus->setHovered(key); }

void MapScene::setDraftPin(std::optional<geo::WorldPoint> at) { m_focus->setDraftPin(at); }

void MapScene::setPicking(bool picking) {
    m_picking = picking;
    setCursor(picking ? Qt::CrossCursor : Qt::ArrowCursor);
}

void MapScene::fit(const geo::WorldRect& area) {
    m_fitted = area;
    if (m_map->size().isEmpty()) m_pendingFit = area;
    else m_camera.fit(area);
}

void MapScene::fly(geo::WorldPoint to, double zoom) {
    m_pendingFit.reset();
    forgetFit();
    m_camera.glideTo(to, zoom);
}

bool MapScene::isIdle() const {
    const auto done = [](const RasterOverlay* overlay) { return overlay->isIdle(); };
    return m_tiles->isIdle() && std::ranges::all_of(overlays(), done) && m_feed.isIdle() && !m_camera.isMoving();
}

std::optional<QPointF> MapScene::screenPosition(std::int64_t key) const {
    const auto index = m_issues ? m_issues->indexOf(key) : std::nullopt;
    if (!index) return std::nullopt;
    return m_camera.viewport().toScreen(m_issues->points().at[*index]);
}

QPointF MapScene::middle() const { return {m_map->width() / 2, m_map->height() / 2}; }

void MapScene::click(QPointF at) {
    const geo::WorldPoint place = m_camera.viewport().toWorld(at);
    if (m_picking) {
        Q_EMIT placePicked(place);
        return;
    }
    if (tool() != MapTool::None) return placeCorner(place);
    if (const auto key = m_spider->at(at)) {
        Q_EMIT caseClicked(*key);
        return;
    }
    m_spider->close();
    if (const auto cluster = m_clusters->at(at)) {
        if (cluster->isCluster()) return openCluster(*cluster);
        Q_EMIT caseClicked(m_issues->points().keys[cluster->id]);
    } else if (const auto stack = m_pins->stackAt(at); !stack.empty()) {
        if (stack.size() > 1) return openSpider(stack);
        Q_EMIT caseClicked(m_issues->points().keys[stack.front()]);
    } else if (m_focus->draftPin()) {
        if (m_focus->isOnDraftPin(at)) return;
        m_focus->setDraftPin(place);
        Q_EMIT placePicked(place);
    } else if (const auto area = m_areas->at(at)) {
        Q_EMIT areaClicked(QString::fromStdString(m_city->areas[*area].code));
    }
}

void MapScene::openCluster(const geo::Supercluster::Item& cluster) {
    forgetFit();
    const double opens = std::min(double(m_issues->supercluster().expansionZoom(cluster.id)), kPinZoom);
    m_camera.glideTo(cluster.at, std::max(opens, std::floor(m_camera.viewport().zoom) + 1));
}

void MapScene::doubleClick(QPointF at) {
    if (tool() != MapTool::None) return closeSketch(false);
    if (m_picking || caseAt(at) || m_clusters->at(at)) return;  // the first click has done its work
    zoomTowards(1, at);
}

void MapScene::contextMenu(QPointF at) { Q_EMIT menuRequested(at, m_camera.viewport().toWorld(at)); }

void MapScene::hover(QPointF at) {
    if (m_drag != Drag::None) return;
    m_pointer = at;
    if (tool() != MapTool::None) {
        m_sketch->setNext(m_camera.viewport().toWorld(at));
        return hoverCase(std::nullopt);
    }
    QString tip;
    const auto key = m_picking ? std::nullopt : caseAt(at);
    const auto cluster = m_picking || key ? std::nullopt : m_clusters->at(at);
    if (cluster) tip = clusterWords(*cluster);
    else if (const auto area = key || m_picking ? std::nullopt : m_areas->at(at)) tip = areaWords(*area);
    if (const QString pattern = m_picking ? QString() : m_hotSpots->wordsAt(at); !pattern.isEmpty())
        tip += (tip.isEmpty() ? QString() : QStringLiteral("\n")) + tr("Early pattern: %1").arg(pattern);
    const bool hand = key || cluster || m_focus->isOnDraftPin(at);
    setCursor(m_picking ? Qt::CrossCursor : hand ? Qt::PointingHandCursor : Qt::ArrowCursor);
    Q_EMIT tipChanged(tip);
    hoverCase(key);
}

std::optional<std::int64_t> MapScene::caseAt(QPointF at) const {
    if (const auto key = m_spider->at(at)) return key;
    if (const auto cluster = m_clusters->at(at))
        return cluster->isCluster() ? std::nullopt : std::optional(m_issues->points().keys[cluster->id]);
    if (const auto point = m_pins->at(at)) return m_issues->points().keys[*point];
    return std::nullopt;
}

void MapScene::leave() {
    m_pointer.reset();
    Q_EMIT tipChanged({});
    hoverCase(std::nullopt);
}

void MapScene::hoverCase(std::optional<std::int64_t> key) {
    if (key == m_hovered) return;
    m_hovered = key;
    m_focus->setHovered(key);
    Q_EMIT caseHovered(key.value_or(0));
}

void MapScene::beginDrag(QPointF pressedAt, int modifiers) {
    m_dragAt = pressedAt;
    m_velocity = {};
    m_dragClock.start();
    if (m_focus->isOnDraftPin(pressedAt)) {
        m_drag = Drag::Pin;
    } else if (const bool lasso = (modifiers & Qt::ShiftModifier) != 0, box = (modifiers & Qt::ControlModifier) != 0;
               lasso || box || tool() == MapTool::Box || tool() == MapTool::Lasso) {
        // Shift draws a lasso, Ctrl a box; Shift with a tool in hand, or both keys, add to what is selected.
        m_drag = Drag::Sketch;
        m_briefTool = tool() != MapTool::Box && tool() != MapTool::Lasso;
        m_addSketch = m_briefTool ? lasso && box : lasso;
        if (m_briefTool) setTool(lasso ? MapTool::Lasso : MapTool::Box);
        m_sketch->clear();
        m_sketch->addCorner(m_camera.viewport().toWorld(pressedAt));
    } else {
        m_drag = Drag::Pan;
        forgetFit();
        m_camera.stop();
    }
    setCursor(m_drag == Drag::Sketch ? Qt::CrossCursor : Qt::ClosedHandCursor);
}

void MapScene::drag(QPointF at) {
    const QPointF step = at - m_dragAt;
    m_dragAt = at;
    switch (m_drag) {
        case Drag::None: return;
        case Drag::Pan: m_camera.panBy(step); break;
        case Drag::Pin: {
            const Viewport view = m_camera.viewport();
            m_focus->setDraftPin(view.toWorld(view.toScreen(*m_focus->draftPin()) + step));
            break;
        }
        case Drag::Sketch:
            if (tool() == MapTool::Box) m_sketch->setNext(m_camera.viewport().toWorld(at));
            else m_sketch->trace(at);
            break;
    }
    const double seconds = std::max(double(m_dragClock.restart()) / 1000, 0.001);
    m_velocity = m_velocity * 0.5 + step / seconds * 0.5;
}

void MapScene::endDrag() {
    const Drag ended = std::exchange(m_drag, Drag::None);
    setCursor(m_picking || tool() != MapTool::None ? Qt::CrossCursor : Qt::ArrowCursor);
    if (ended == Drag::Pan) {
        const bool stale = m_dragClock.elapsed() > kStaleFlickMs;
        if (!stale && std::hypot(m_velocity.x(), m_velocity.y()) > kSlowFlick) m_camera.flick(m_velocity);
        else Q_EMIT settled();
    } else if (ended == Drag::Pin) {
        Q_EMIT placePicked(*m_focus->draftPin());
    } else if (ended == Drag::Sketch) {
        closeSketch(m_addSketch);
    }
}

QList<qint64> MapScene::casesIn(const QPolygonF& outline) const {
    QList<qint64> keys;
    if (!m_issues || outline.size() < 3) return keys;
    const Viewport view = m_camera.viewport();
    const QRectF box = outline.boundingRect();
    const geo::WorldPoint a = view.toWorld(box.topLeft()), b = view.toWorld(box.bottomRight());
    for (const std::uint32_t i : m_issues->inDrawingOrder({a.x, a.y, b.x, b.y}))
        if (outline.containsPoint(view.toScreen(m_issues->points().at[i]), Qt::OddEvenFill))
            keys << m_issues->points().keys[i];
    return keys;
}

// One notch of a wheel goes to the next whole zoom, where tiles are crisp; a touch pad zooms freely.
void MapScene::wheel(QPointF at, QPointF angle, QPointF pixels) {
    forgetFit();
    if (!pixels.isNull() && std::abs(angle.y()) < 120) return m_camera.zoomBy(pixels.y() / 200, at, false);
    const int notches = static_cast<int>(std::round(angle.y() / 120));
    if (notches == 0) return m_camera.zoomBy(angle.y() / 120, at, false);
    for (int i = 0; i < std::abs(notches); ++i) zoomTowards(notches, at);
}

void MapScene::zoomTowards(int direction, QPointF at) {
    forgetFit();
    const double zoom = m_camera.target().zoom;
    const double next = direction > 0 ? std::floor(zoom + 0.001) + 1 : std::ceil(zoom - 0.001) - 1;
    m_camera.zoomBy(next - zoom, at);
}

void MapScene::pinch(QPointF at, double factor) {
    forgetFit();
    if (factor > 0) m_camera.zoomBy(std::log2(factor), at, false);
}

bool MapScene::key(int key, int modifiers) {
    if (!m_picking && toolKey(key, modifiers)) return true;
    const double step = (modifiers & Qt::ShiftModifier) != 0 && key != Qt::Key_Plus ? kKeyStep * 3 : kKeyStep;
    switch (key) {
        case Qt::Key_Left: m_camera.panBy({step, 0}); break;
        case Qt::Key_Right: m_camera.panBy({-step, 0}); break;
        case Qt::Key_Up: m_camera.panBy({0, step}); break;
        case Qt::Key_Down: m_camera.panBy({0, -step}); break;
        case Qt::Key_Plus:
        case Qt::Key_Equal: zoomTowards(1, middle()); return true;
        case Qt::Key_Minus: zoomTowards(-1, middle()); return true;
        case Qt::Key_Home:
            if (const auto area = issueArea()) fit(*area);
            return true;
        case Qt::Key_Escape:
            if (!m_picking) return false;
            setPicking(false);
            Q_EMIT pickCancelled();
            return true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            if (!m_picking) return false;
            Q_EMIT placePicked(m_camera.viewport().centre);
            return true;
        default: return false;
    }
    forgetFit();
    if (tool() != MapTool::None) m_sketch->setNext(m_camera.viewport().centre);
    Q_EMIT settled();
    return true;
}

void MapScene::setCursor(Qt::CursorShape shape) {
    if (shape == m_cursor) return;
    m_cursor = shape;
    Q_EMIT cursorShapeChanged();
}

QString clusterWords(const geo::Supercluster::Item& cluster) {
    QStringList parts;
    for (int rank = 5; rank >= 0; --rank)
        for (std::uint8_t state = 0; state < kSlaStateCount; ++state)
            if (slaRank(state) == rank && cluster.counts[state] > 0)
                parts << MapScene::tr("%1 %2").arg(QString::number(cluster.counts[state]),
                                                   slaWord(slaStateOf(state)).toLower());
    return MapScene::tr("%n case(s): %1", nullptr, static_cast<int>(cluster.count))
        .arg(parts.join(QStringLiteral(", ")));
}

}  // namespace wl::ui
