// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What happens on the map: ties the Map, its layers and its camera together and gives meaning to the gestures that
// MapInput.qml reports. Knows nothing of widgets, so a wall window can use it too. GUI thread.

#include <QElapsedTimer>
#include <QObject>

#include <optional>

#include "ui/map/area_layer.hpp"
#include "ui/map/density_layer.hpp"
#include "ui/map/focus_layer.hpp"
#include "ui/map/hotspot_layer.hpp"
#include "ui/map/issue_feed.hpp"
#include "ui/map/label_layer.hpp"
#include "ui/map/map_camera.hpp"
#include "ui/map/map_sketch.hpp"
#include "ui/map/spider_layer.hpp"
#include "ui/map/tile_layer.hpp"

namespace wl::ui {

class MapScene : public QObject {
    Q_OBJECT
    Q_PROPERTY(int cursorShape READ cursorShape NOTIFY cursorShapeChanged)

public:
    explicit MapScene(QObject* parent = nullptr);
    /// Makes the QML types of the map known; call it before the scene's QML is loaded.
    static void registerTypes();
    /// Takes the items that CityMap.qml has made.
    void attach(QQuickItem* root);

    /// `pictures` lie under the cases in place of what the city's own map draws.
    void setCity(geo::CityMapPtr city, PictureTilesPtr pictures = {});
    void setDark(bool dark);
    void setAccent(const QColor& accent);
    /// 0 = no motion.
    void setMotion(int ms);
    void setPoints(std::shared_ptr<const MapPoints> points);
    /// Early patterns, over the clusters.
    void setHotSpots(std::vector<MapHotSpot> spots) { m_hotSpots->setHotSpots(std::move(spots)); }
    [[nodiscard]] const std::vector<MapHotSpot>& hotSpots() const { return m_hotSpots->hotSpots(); }
    void setSelected(std::vector<std::int64_t> keys);
    void setHovered(std::optional<std::int64_t> key);
    void setDraftPin(std::optional<geo::WorldPoint> at);
    /// While picking, a click anywhere is a place and not a case.
    void setPicking(bool picking);
    [[nodiscard]] bool isPicking() const { return m_picking; }
    /// What the cases are shown as.
    void setLayer(MapLayer layer);
    [[nodiscard]] MapLayer layer() const { return m_layer; }
    /// Takes a tool in hand; None puts it away with what it drew.
    void setTool(MapTool tool);
    [[nodiscard]] MapTool tool() const { return m_sketch->tool(); }
    [[nodiscard]] const AreaLayer& areas() const { return *m_areas; }
    /// Divides the city by the next kind of its areas.
    void nextAreaKind();
    /// Spreads the cases that lie on one another nearest to that place of the view; false if there are none.
    bool spreadNear(QPointF at);
    [[nodiscard]] const SpiderLayer& spider() const { return *m_spider; }
    /// Shows `area` whole; kept for later while the map has no size yet. It stays whole when the map changes its size,
    /// until the user or a flight moves the map.
    void fit(const geo::WorldRect& area);
    /// The user moves the map from now on.
    void forgetFit() { m_fitted.reset(); }
    /// Rectangles of the view, px, that names keep away from.
    void setFurniture(const std::vector<QRectF>& furniture);
    void fly(geo::WorldPoint to, double zoom);
    /// Where the cases are: all of them, or the city when there are none.
    [[nodiscard]] std::optional<geo::WorldRect> issueArea() const;

    [[nodiscard]] MapCamera& camera() { return m_camera; }
    [[nodiscard]] const MapCamera& camera() const { return m_camera; }
    [[nodiscard]] const geo::CityMapPtr& city() const { return m_city; }
    [[nodiscard]] bool isIdle() const;
    [[nodiscard]] int cursorShape() const { return m_cursor; }
    /// Where a case's mark stands in the view, if it is known.
    [[nodiscard]] std::optional<QPointF> screenPosition(std::int64_t key) const;

    // Gestures, called by MapInput.qml; places are px of the view.
    Q_INVOKABLE void click(QPointF at);
    Q_INVOKABLE void doubleClick(QPointF at);
    Q_INVOKABLE void contextMenu(QPointF at);
    Q_INVOKABLE void hover(QPointF at);
    Q_INVOKABLE void leave();
    Q_INVOKABLE void beginDrag(QPointF pressedAt, int modifiers);
    Q_INVOKABLE void drag(QPointF at);
    Q_INVOKABLE void endDrag();
    Q_INVOKABLE void wheel(QPointF at, QPointF angle, QPointF pixels);
    Q_INVOKABLE void pinch(QPointF at, double factor);
    Q_INVOKABLE bool key(int key, int modifiers);

Q_SIGNALS:
    void cursorShapeChanged();
    void viewMoved();
    void settled();  ///< the camera stands still
    void idleChanged();
    void caseClicked(qint64 key);
    void caseHovered(qint64 key);  ///< 0 = none
    void tipChanged(const QString& text);
    void placePicked(wl::geo::WorldPoint at);
    void pickCancelled();
    void menuRequested(QPointF at, wl::geo::WorldPoint place);
    /// A box or lasso was closed; `add` = beside what was selected before.
    void enclosed(const QList<qint64>& keys, bool add);
    void toolChanged();
    void layerChanged();  ///< or its figures
    void copyWanted(const QString& text);
    void areaClicked(const QString& code);
    void issuesChanged();

private:
    enum class Drag : std::uint8_t { None, Pan, Pin, Sketch };

    void takeIssues(const IssueIndexPtr& issues);
    void updateBounds();
    void setCursor(Qt::CursorShape shape);
    void hoverCase(std::optional<std::int64_t> key);
    void zoomTowards(int direction, QPointF at);
    void openCluster(const geo::Supercluster::Item& cluster);
    [[nodiscard]] QList<qint64> casesIn(const QPolygonF& outline) const;
    void placeCorner(geo::WorldPoint at);
    void closeSketch(bool add);
    bool toolKey(int key, int modifiers);
    void openSpider(const std::vector<std::uint32_t>& stack);
    [[nodiscard]] std::optional<std::int64_t> caseAt(QPointF at) const;
    [[nodiscard]] QString areaWords(std::uint32_t area) const;
    [[nodiscard]] std::vector<RasterOverlay*> overlays() const;
    [[nodiscard]] std::vector<NamingLayer*> namingLayers() const;
    [[nodiscard]] QPointF middle() const;

    MapCamera m_camera;
    IssueFeed m_feed;
    IssueIndexPtr m_issues;
    geo::CityMapPtr m_city;
    QPointer<QQuickItem> m_map;
    PictureTilesPtr m_pictures;
    QPointer<TileLayer> m_tiles;
    QPointer<LabelLayer> m_labels;
    QPointer<ClusterLayer> m_clusters;
    QPointer<PinLayer> m_pins;
    QPointer<HotSpotLayer> m_hotSpots;
    QPointer<FocusLayer> m_focus;
    QPointer<AreaLayer> m_areas;
    QPointer<DensityLayer> m_density;
    QPointer<SelectionLayer> m_selection;
    QPointer<SpiderLayer> m_spider;
    QPointer<MapSketch> m_sketch;
    MapLayer m_layer = MapLayer::Cases;
    bool m_addSketch = false;  ///< what is being drawn adds to the selection
    bool m_briefTool = false;  ///< taken by a modifier key for one drag
    std::optional<QPointF> m_pointer;  ///< over the map
    std::optional<geo::WorldRect> m_pendingFit;  ///< waits for a size
    std::optional<geo::WorldRect> m_fitted;  ///< kept whole
    std::optional<std::int64_t> m_hovered;  ///< by the pointer
    bool m_picking = false;
    Drag m_drag = Drag::None;
    QPointF m_dragAt;
    QPointF m_velocity;  ///< px/s of the drag
    QElapsedTimer m_dragClock;
    int m_cursor = Qt::ArrowCursor;
};

/// "12 cases: 2 breached, 3 at risk, 7 on track".
[[nodiscard]] QString clusterWords(const geo::Supercluster::Item& cluster);

}  // namespace wl::ui
