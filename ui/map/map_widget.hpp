// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The city map of the console: basemap, cases by SLA state, draft pin, and the small tools that lie on it. GUI thread.

#include <QList>
#include <QWidget>

#include <memory>
#include <optional>
#include <vector>

#include "domain/geo_point.hpp"
#include "geo/city_map.hpp"
#include "ui/map/hotspot_layer.hpp"
#include "ui/map/map_kinds.hpp"
#include "ui/map/map_points.hpp"
#include "ui/map/picture_tiles.hpp"

namespace wl::ui {

class MapWidget : public QWidget {
    Q_OBJECT
    Q_PROPERTY(bool idle READ isIdle NOTIFY idleChanged)

public:
    explicit MapWidget(QWidget* parent = nullptr);
    ~MapWidget() override;

    /// Null = no city: plain ground with a graticule; cases are still shown.
    /// `pictures` lie under the cases in place of what the city's own map draws.
    void setCity(geo::CityMapPtr city, PictureTilesPtr pictures = {});
    void setTheme(bool dark);
    /// Without buttons, legend, scale and notices: what shows the map says these itself.
    void setBare();
    /// Draws everything that many times as large, for a wall that is seen from across the room.
    void setMagnification(double factor);
    /// How long a flight takes; 0 = none is seen.
    void setMotion(int ms);
    /// The cases to show. Cheap: they are indexed in a worker, the old ones stay until then.
    void setPoints(std::shared_ptr<const MapPoints> points);
    /// Early patterns, drawn over the cases.
    void setHotSpots(std::vector<MapHotSpot> spots);
    void setSelected(std::vector<std::int64_t> keys);
    /// Pulses the mark of a case; 0 = none.
    void setHovered(std::int64_t key);
    /// A pin that the user may drag; clicks on free ground move it. Answered by placePicked.
    void setDraftPin(std::optional<GeoPoint> at);
    /// The next click, or Enter for the middle of the view, is a place: placePicked. Esc: pickCancelled.
    void setPicking(bool picking);
    [[nodiscard]] bool isPicking() const;
    /// What the cases are shown as.
    void setLayer(MapLayer layer);
    [[nodiscard]] MapLayer layer() const;
    /// By what the areas divide the city; a kind that it has not is left alone.
    void setAreaKind(const QString& kind);
    [[nodiscard]] QString areaKind() const;
    /// Takes box, lasso or measure in hand, and the keys with it.
    void setTool(MapTool tool);
    [[nodiscard]] MapTool tool() const;

    void flyTo(GeoPoint to, double zoom);
    void fitTo(const geo::WorldRect& area);
    /// Shows all cases, or the city when there are none.
    void fitToQueue();
    [[nodiscard]] geo::WorldRect visibleArea() const;
    [[nodiscard]] double zoom() const;
    /// True when everything is drawn as it will stay until something changes.
    [[nodiscard]] bool isIdle() const;
    /// Where the mark of a case stands in this widget, if the case is on the map.
    [[nodiscard]] std::optional<QPointF> screenPosition(std::int64_t key) const;

    [[nodiscard]] QSize sizeHint() const override { return {640, 480}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {240, 180}; }

Q_SIGNALS:
    void caseClicked(qint64 key);
    void caseHovered(qint64 key);  ///< 0 = none
    /// The visible area has changed and the map stands still.
    void areaChanged();
    void placePicked(wl::GeoPoint at);
    void pickCancelled();
    void newCaseRequested(wl::GeoPoint at);
    /// The cases in a box or lasso; `add` = beside those selected before.
    void casesSelected(const QList<qint64>& keys, bool add);
    void layerChanged();
    void toolChanged();
    void areaClicked(const QString& code);
    /// For a status line.
    void told(const QString& line);
    void idleChanged();

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    struct Parts;

    void buildTools();
    void connectScene();
    void showMenu(QPointF at, GeoPoint place);
    void updateTools();
    void layOutTools();
    void updateAccent();
    void updateLegend();
    void copy(const QString& text);

    std::unique_ptr<Parts> m_parts;
};

}  // namespace wl::ui
