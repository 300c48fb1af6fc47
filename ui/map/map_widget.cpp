// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/map_widget.hpp"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QQmlContext>
#include <QQmlEngine>
#include <QQuickItem>
#include <QQuickWidget>
#include <QStyle>
#include <QTimer>

#include <cmath>
#include <numbers>

#include "ui/map/map_furniture.hpp"
#include "ui/map/map_scene.hpp"
#include "ui/map/map_toolbox.hpp"
#include "ui/map/ramp.hpp"

namespace wl::ui {
namespace {

using namespace Qt::StringLiterals;

constexpr int kEdge = 8;               // px between the tools and the edge of the map
constexpr double kEarth = 40'075'016.686;  // metres around the equator, WGS84
constexpr int kAreaPauseMs = 120;      // a view that rests this long is announced

QString toolHint(MapTool tool) {
    switch (tool) {
        case MapTool::None: break;
        case MapTool::Box:
            return MapWidget::tr("Drag a box around cases, or set two corners: click, or Enter in the middle. "
                                 "Shift adds. Esc cancels.");
        case MapTool::Lasso:
            return MapWidget::tr("Draw around cases, or set corners: click, or Enter in the middle; the first corner "
                                 "closes. Shift adds. Esc cancels.");
        case MapTool::Measure:
            return MapWidget::tr("Click along the way, or press Enter in the middle of the map. Backspace takes back, "
                                 "C copies, Esc ends.");
    }
    return MapWidget::tr("Click the place, or press Enter for the middle of the map. Esc cancels.");
}

QString areaKindWord(const QString& kind) {
    if (kind == u"district") return MapWidget::tr("Districts");
    if (kind == u"ward") return MapWidget::tr("Wards");
    if (kind == u"neighbourhood" || kind == u"neighborhood") return MapWidget::tr("Neighbourhoods");
    return kind.isEmpty() ? MapWidget::tr("Areas") : kind.left(1).toUpper() + kind.mid(1);
}

}  // namespace

// The scene outlives the view that calls it, and both are taken down before the QWidget.
struct MapWidget::Parts {
    MapScene scene;
    QQuickWidget* view = nullptr;
    MapToolbox* toolbox = nullptr;
    ScaleBar* scale = nullptr;
    QLabel* copyright = nullptr;
    QLabel* empty = nullptr;
    QLabel* hint = nullptr;
    MapLegend* legend = nullptr;
    QTimer areaPause;
    bool dark = false;
    bool bare = false;
};

MapWidget::MapWidget(QWidget* parent) : QWidget(parent), m_parts(std::make_unique<Parts>()) {
    setObjectName(u"cityMap"_s);
    setAccessibleName(tr("City map"));
    MapScene::registerTypes();
    m_parts->view = new QQuickWidget(this);
    m_parts->view->setObjectName(u"mapView"_s);
    m_parts->view->setAccessibleName(tr("Map; arrow keys move it, plus and minus zoom"));
    m_parts->view->setFocusPolicy(Qt::StrongFocus);
    m_parts->view->setResizeMode(QQuickWidget::SizeRootObjectToView);
    m_parts->view->rootContext()->setContextProperty(u"scene"_s, &m_parts->scene);
    m_parts->view->setSource(QUrl(u"qrc:/qml/CityMap.qml"_s));
    Q_ASSERT_X(m_parts->view->rootObject() != nullptr, "MapWidget", "CityMap.qml could not be loaded");
    m_parts->scene.attach(m_parts->view->rootObject());
    m_parts->scene.setMotion(std::min(style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, this), 200));
    buildTools();
    connectScene();
    setFocusProxy(m_parts->view);
    setTheme(palette().color(QPalette::Window).lightness() < 128);
    updateAccent();
}

MapWidget::~MapWidget() {
    delete m_parts->view;  // the QML calls into the scene until it is gone
}

void MapWidget::buildTools() {
    m_parts->toolbox = new MapToolbox(this);
    const auto label = [this](const QString& name) {
        auto* l = new QLabel(this);
        l->setObjectName(name);
        l->setAttribute(Qt::WA_TransparentForMouseEvents);
        l->setAutoFillBackground(true);
        l->setContentsMargins(6, 2, 6, 2);
        return l;
    };
    m_parts->scale = new ScaleBar(this);
    m_parts->copyright = label(u"mapCopyright"_s);
    m_parts->empty = label(u"mapEmpty"_s);
    m_parts->empty->setText(tr("No map of the city is loaded. Cases are shown at their coordinates."));
    m_parts->hint = label(u"mapHint"_s);
    m_parts->hint->setText(toolHint(MapTool::None));
    m_parts->hint->hide();
    m_parts->legend = new MapLegend(this);
    m_parts->copyright->hide();

    auto& scene = m_parts->scene;
    const auto zoom = [this](double direction) {
        const double target = m_parts->scene.camera().target().zoom;
        const double next = direction > 0 ? std::floor(target + 0.001) + 1 : std::ceil(target - 0.001) - 1;
        m_parts->scene.forgetFit();
        m_parts->scene.camera().zoomBy(next - target, QPointF(width() / 2.0, height() / 2.0));
    };
    connect(m_parts->toolbox, &MapToolbox::zoomWanted, &scene, zoom);
    connect(m_parts->toolbox, &MapToolbox::fitWanted, this, &MapWidget::fitToQueue);
    connect(m_parts->toolbox, &MapToolbox::layerWanted, this, &MapWidget::setLayer);
    connect(m_parts->toolbox, &MapToolbox::areaKindWanted, &scene, &MapScene::nextAreaKind);
    connect(m_parts->toolbox, &MapToolbox::toolWanted, this, &MapWidget::setTool);
    connect(m_parts->legend, &MapLegend::resized, this, &MapWidget::layOutTools);
}

void MapWidget::connectScene() {
    auto& scene = m_parts->scene;
    m_parts->areaPause.setSingleShot(true);
    m_parts->areaPause.setInterval(kAreaPauseMs);
    connect(&m_parts->areaPause, &QTimer::timeout, this, &MapWidget::areaChanged);
    connect(&scene, &MapScene::viewMoved, this, [this] {
        m_parts->areaPause.start();
        updateTools();
    });
    connect(&scene, &MapScene::settled, this, &MapWidget::idleChanged);
    connect(&scene, &MapScene::idleChanged, this, &MapWidget::idleChanged);
    connect(&scene, &MapScene::issuesChanged, this, &MapWidget::updateTools);
    connect(&scene, &MapScene::caseClicked, this, &MapWidget::caseClicked);
    connect(&scene, &MapScene::caseHovered, this, &MapWidget::caseHovered);
    connect(&scene, &MapScene::enclosed, this, &MapWidget::casesSelected);
    connect(&scene, &MapScene::areaClicked, this, &MapWidget::areaClicked);
    connect(&scene, &MapScene::copyWanted, this, &MapWidget::copy);
    connect(&scene, &MapScene::toolChanged, this, [this] {
        const MapTool now = tool();
        m_parts->toolbox->showTool(now);
        m_parts->hint->setText(toolHint(now));
        m_parts->hint->setVisible(!m_parts->bare && (now != MapTool::None || isPicking()));
        layOutTools();
        Q_EMIT toolChanged();
    });
    connect(&scene, &MapScene::layerChanged, this, [this] {
        m_parts->toolbox->showLayer(layer());
        updateLegend();
        Q_EMIT layerChanged();
    });
    connect(&scene, &MapScene::placePicked, this, [this](geo::WorldPoint at) { Q_EMIT placePicked(geo::toGeo(at)); });
    connect(&scene, &MapScene::pickCancelled, this, [this] {
        m_parts->hint->hide();
        Q_EMIT pickCancelled();
    });
    connect(&scene, &MapScene::tipChanged, m_parts->view, &QWidget::setToolTip);
    connect(&scene, &MapScene::menuRequested, this,
            [this](QPointF at, geo::WorldPoint place) { showMenu(at, geo::toGeo(place)); });
}

void MapWidget::setBare() {
    m_parts->bare = true;
    m_parts->view->setFocusPolicy(Qt::NoFocus);
    m_parts->view->clearFocus();
    setFocusProxy(nullptr);
    for (QWidget* w : std::initializer_list<QWidget*>{m_parts->toolbox, m_parts->scale, m_parts->copyright,
                                                      m_parts->empty, m_parts->hint, m_parts->legend})
        w->hide();
    layOutTools();
}

void MapWidget::setMagnification(double factor) { m_parts->view->rootObject()->setProperty("magnification", factor); }

void MapWidget::setMotion(int ms) { m_parts->scene.setMotion(ms); }

void MapWidget::setCity(geo::CityMapPtr city, PictureTilesPtr pictures) {
    const auto whose = pictures ? store::plainAttribution(pictures->facts().attribution)
                       : city   ? city->copyright
                                : std::string();
    m_parts->copyright->setText(QString::fromStdString(whose));
    m_parts->copyright->setVisible(!m_parts->bare && !whose.empty());
    m_parts->empty->setVisible(!m_parts->bare && !city && !pictures);
    m_parts->scene.setCity(std::move(city), std::move(pictures));
    layOutTools();
    updateTools();
}

void MapWidget::setTheme(bool dark) {
    m_parts->dark = dark;
    m_parts->scene.setDark(dark);
    m_parts->scale->setDark(dark);
    m_parts->legend->setDark(dark);
    updateLegend();
    m_parts->view->setClearColor(MapStyle::of(dark).ground());
}

void MapWidget::setPoints(std::shared_ptr<const MapPoints> points) { m_parts->scene.setPoints(std::move(points)); }

void MapWidget::setHotSpots(std::vector<MapHotSpot> spots) { m_parts->scene.setHotSpots(std::move(spots)); }

void MapWidget::setSelected(std::vector<std::int64_t> keys) { m_parts->scene.setSelected(std::move(keys)); }

void MapWidget::setHovered(std::int64_t key) {
    m_parts->scene.setHovered(key != 0 ? std::optional(key) : std::nullopt);
}

void MapWidget::setDraftPin(std::optional<GeoPoint> at) {
    m_parts->scene.setDraftPin(at ? std::optional(geo::toWorld(*at)) : std::nullopt);
}

void MapWidget::setPicking(bool picking) {
    m_parts->scene.setPicking(picking);
    if (picking && tool() != MapTool::None) m_parts->scene.setTool(MapTool::None);
    m_parts->hint->setText(toolHint(MapTool::None));
    m_parts->hint->setVisible(picking);
    layOutTools();
    if (picking) m_parts->view->setFocus(Qt::OtherFocusReason);
}

void MapWidget::setLayer(MapLayer layer) { m_parts->scene.setLayer(layer); }

MapLayer MapWidget::layer() const { return m_parts->scene.layer(); }

void MapWidget::setAreaKind(const QString& kind) {
    const auto& areas = m_parts->scene.areas();
    for (qsizetype tries = areas.kinds().contains(kind) ? areas.kinds().size() : 0; tries > 0 && areas.kind() != kind;
         --tries)
        m_parts->scene.nextAreaKind();
}

QString MapWidget::areaKind() const { return m_parts->scene.areas().kind(); }

void MapWidget::setTool(MapTool tool) {
    m_parts->scene.setTool(tool);
    if (tool != MapTool::None) m_parts->view->setFocus(Qt::OtherFocusReason);
}

MapTool MapWidget::tool() const { return m_parts->scene.tool(); }

void MapWidget::updateLegend() {
    using Rows = std::vector<std::pair<QColor, QString>>;
    const bool dark = m_parts->dark;
    const MapLayer shown = layer();
    auto& legend = *m_parts->legend;
    if (shown == MapLayer::Cases) return legend.showStates();
    if (shown == MapLayer::Heat || shown == MapLayer::Hexagons) {
        const QString title = shown == MapLayer::Heat ? tr("Cases close together") : tr("Cases in a hexagon");
        return legend.showColours(title, {{countColour(4, dark), tr("most in this view")},
                                          {countColour(3, dark), {}},
                                          {countColour(2, dark), tr("some")},
                                          {countColour(1, dark), {}},
                                          {countColour(0, dark), tr("few")}});
    }
    const auto& areas = m_parts->scene.areas();
    Rows rows;
    if (shown == MapLayer::AreaOnTime) {
        for (int step = kRampSteps - 1; step >= 0; --step) {
            const auto at = [](int i) { return QString::number(std::lround(kOnTimeSteps[std::size_t(i)] * 100)); };
            rows.emplace_back(onTimeColour(step, dark), step == kRampSteps - 1 ? tr("%1 % or more").arg(at(step))
                                                        : step == 0            ? tr("below %1 %").arg(at(1))
                                                                    : tr("%1 to %2 %").arg(at(step), at(step + 1)));
        }
        rows.emplace_back(QColor(dark ? 0x40444a : 0xd8dade), tr("nothing due"));
        return legend.showColours(tr("%1: on time").arg(areaKindWord(areas.kind())), rows);
    }
    const auto figures = areas.figures();
    const std::uint64_t most = figures ? figures->most(areas.kind().toStdString()) : 0;
    for (int step = kRampSteps - 1; step >= 0; --step) {  // as AreaFigures::step divides them
        const auto from = (most * std::uint64_t(step) + kRampSteps - 1) / kRampSteps;
        const auto to =
            step == kRampSteps - 1 ? most : (most * std::uint64_t(step + 1) + kRampSteps - 1) / kRampSteps - 1;
        if (from > to) continue;
        const auto number = [](std::uint64_t n) { return QLocale().toString(static_cast<qulonglong>(n)); };
        rows.emplace_back(countColour(step, dark),
                          from == to ? number(from) : tr("%1 to %2").arg(number(from), number(to)));
    }
    legend.showColours(tr("%1: cases").arg(areaKindWord(areas.kind())), rows);
}

void MapWidget::copy(const QString& text) {
    QGuiApplication::clipboard()->setText(text);
    Q_EMIT told(tr("Copied: %1").arg(text));
}

bool MapWidget::isPicking() const { return m_parts->scene.isPicking(); }

void MapWidget::flyTo(GeoPoint to, double zoom) { m_parts->scene.fly(geo::toWorld(to), zoom); }

void MapWidget::fitTo(const geo::WorldRect& area) { m_parts->scene.fit(area); }

void MapWidget::fitToQueue() {
    if (const auto area = m_parts->scene.issueArea()) m_parts->scene.fit(*area);
}

geo::WorldRect MapWidget::visibleArea() const { return m_parts->scene.camera().viewport().area(); }

double MapWidget::zoom() const { return m_parts->scene.camera().viewport().zoom; }

bool MapWidget::isIdle() const { return m_parts->scene.isIdle(); }

std::optional<QPointF> MapWidget::screenPosition(std::int64_t key) const { return m_parts->scene.screenPosition(key); }

void MapWidget::showMenu(QPointF at, GeoPoint place) {
    const QString coordinates = u"%1, %2"_s.arg(place.lat(), 0, 'f', 6).arg(place.lon(), 0, 'f', 6);
    auto* menu = new QMenu(this);
    menu->setObjectName(u"mapMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction* create = menu->addAction(QIcon::fromTheme(u"list-add"_s), tr("New case here"));
    create->setObjectName(u"mapNewCase"_s);
    connect(create, &QAction::triggered, this, [this, place] { Q_EMIT newCaseRequested(place); });
    QAction* copy = menu->addAction(QIcon::fromTheme(u"edit-copy"_s), tr("Copy coordinates %1").arg(coordinates));
    copy->setObjectName(u"mapCopyCoordinates"_s);
    connect(copy, &QAction::triggered, this, [this, coordinates] { this->copy(coordinates); });
    menu->popup(m_parts->view->mapToGlobal(at.toPoint()));
}

void MapWidget::updateTools() {
    const Viewport view = m_parts->scene.camera().viewport();
    const double latitude = geo::toGeo(view.centre).lat() * std::numbers::pi / 180;
    if (!m_parts->bare) m_parts->scale->setMetresPerPixel(kEarth * std::cos(latitude) / view.worldPixels());
    m_parts->toolbox->setZoomable(
        view.zoom<MapCamera::maximumZoom() - 0.001, view.zoom> m_parts->scene.camera().minimumZoom() + 0.001,
        m_parts->scene.issueArea().has_value());
}

void MapWidget::layOutTools() {
    const QRect area = rect();
    m_parts->view->setGeometry(area);
    for (QWidget* w : std::initializer_list<QWidget*>{m_parts->toolbox, m_parts->scale, m_parts->copyright,
                                                      m_parts->empty, m_parts->hint, m_parts->legend})
        w->resize(w->sizeHint());
    m_parts->toolbox->move(area.right() - m_parts->toolbox->width() - kEdge, kEdge);
    m_parts->copyright->move(area.right() + 1 - m_parts->copyright->width(),
                             area.bottom() + 1 - m_parts->copyright->height());
    m_parts->scale->move(kEdge, area.bottom() - m_parts->scale->height() - kEdge / 2);
    m_parts->legend->move(kEdge, kEdge);
    m_parts->legend->raise();
    std::vector<QRectF> furniture;
    for (QWidget* w :
         std::initializer_list<QWidget*>{m_parts->toolbox, m_parts->scale, m_parts->copyright, m_parts->legend})
        if (!w->isHidden()) furniture.emplace_back(w->geometry());
    m_parts->scene.setFurniture(furniture);
    for (QLabel* line : {m_parts->empty, m_parts->hint}) {
        line->setWordWrap(false);
        const int room = area.width() - 2 * kEdge;
        const int width = std::min(line->sizeHint().width(), room);
        line->setWordWrap(width == room);
        line->resize(width, line->wordWrap() ? line->heightForWidth(width) : line->sizeHint().height());
        line->move((area.width() - width) / 2, area.height() - line->height() - 4 * kEdge);
    }
}

void MapWidget::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    layOutTools();
}

void MapWidget::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) updateAccent();
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) layOutTools();
}

void MapWidget::updateAccent() { m_parts->scene.setAccent(palette().color(QPalette::Highlight)); }

}  // namespace wl::ui
