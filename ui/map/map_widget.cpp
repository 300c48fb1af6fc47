// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/map_widget.hpp"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QIcon>
#include <QLabel>
#include <QMenu>
#include <QQmlContext>
#include <QQmlEngine>
#include <QQuickItem>
#include <QQuickWidget>
#include <QStyle>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

#include <cmath>
#include <numbers>

#include "ui/map/map_furniture.hpp"
#include "ui/map/map_scene.hpp"

namespace wl::ui {
namespace {

using namespace Qt::StringLiterals;

constexpr int kEdge = 8;               // px between the tools and the edge of the map
constexpr double kEarth = 40'075'016.686;  // metres around the equator, WGS84
constexpr int kAreaPauseMs = 120;      // a view that rests this long is announced

}  // namespace

// The scene outlives the view that calls it, and both are taken down before the QWidget.
struct MapWidget::Parts {
    MapScene scene;
    QQuickWidget* view = nullptr;
    QWidget* zoomBox = nullptr;
    QToolButton* zoomIn = nullptr;
    QToolButton* zoomOut = nullptr;
    QToolButton* fit = nullptr;
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
    const auto button = [this](const QString& name, const QString& icon, const QString& text, const QString& fallback,
                               QWidget* box) {
        auto* b = new QToolButton(box);
        b->setObjectName(name);
        b->setIcon(QIcon::fromTheme(icon));
        if (b->icon().isNull()) b->setText(fallback);
        b->setToolTip(text);
        b->setAccessibleName(text);
        b->setAutoRaise(true);
        box->layout()->addWidget(b);
        return b;
    };
    m_parts->zoomBox = new QWidget(this);
    m_parts->zoomBox->setAutoFillBackground(true);
    auto* column = new QVBoxLayout(m_parts->zoomBox);
    column->setContentsMargins(2, 2, 2, 2);
    column->setSpacing(0);
    m_parts->zoomIn = button(u"mapZoomIn"_s, u"zoom-in"_s, tr("Zoom in (+)"), u"+"_s, m_parts->zoomBox);
    m_parts->zoomOut = button(u"mapZoomOut"_s, u"zoom-out"_s, tr("Zoom out (-)"), u"−"_s, m_parts->zoomBox);
    m_parts->fit =
        button(u"mapFit"_s, u"zoom-fit-best"_s, tr("Show all cases of the queue (Home)"), u"□"_s, m_parts->zoomBox);
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
    m_parts->hint->setText(tr("Click the place, or press Enter for the middle of the map. Esc cancels."));
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
    connect(m_parts->zoomIn, &QToolButton::clicked, &scene, [zoom] { zoom(1); });
    connect(m_parts->zoomOut, &QToolButton::clicked, &scene, [zoom] { zoom(-1); });
    connect(m_parts->fit, &QToolButton::clicked, this, &MapWidget::fitToQueue);
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
    connect(&scene, &MapScene::lassoed, this, &MapWidget::lassoSelected);
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
    for (QWidget* w : std::initializer_list<QWidget*>{m_parts->zoomBox, m_parts->scale, m_parts->copyright,
                                                      m_parts->empty, m_parts->hint, m_parts->legend})
        w->hide();
    layOutTools();
}

void MapWidget::setMotion(int ms) { m_parts->scene.setMotion(ms); }

void MapWidget::setCity(geo::CityMapPtr city) {
    m_parts->copyright->setText(city ? QString::fromStdString(city->copyright) : QString());
    m_parts->copyright->setVisible(!m_parts->bare && city && !city->copyright.empty());
    m_parts->empty->setVisible(!m_parts->bare && !city);
    m_parts->scene.setCity(std::move(city));
    layOutTools();
    updateTools();
}

void MapWidget::setTheme(bool dark) {
    m_parts->dark = dark;
    m_parts->scene.setDark(dark);
    m_parts->scale->setDark(dark);
    m_parts->legend->setDark(dark);
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
    m_parts->hint->setVisible(picking);
    layOutTools();
    if (picking) m_parts->view->setFocus(Qt::OtherFocusReason);
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
    connect(copy, &QAction::triggered, this, [coordinates] { QGuiApplication::clipboard()->setText(coordinates); });
    menu->popup(m_parts->view->mapToGlobal(at.toPoint()));
}

void MapWidget::updateTools() {
    const Viewport view = m_parts->scene.camera().viewport();
    const double latitude = geo::toGeo(view.centre).lat() * std::numbers::pi / 180;
    if (!m_parts->bare) m_parts->scale->setMetresPerPixel(kEarth * std::cos(latitude) / view.worldPixels());
    m_parts->zoomIn->setEnabled(view.zoom < MapCamera::maximumZoom() - 0.001);
    m_parts->zoomOut->setEnabled(view.zoom > m_parts->scene.camera().minimumZoom() + 0.001);
    m_parts->fit->setEnabled(m_parts->scene.issueArea().has_value());
}

void MapWidget::layOutTools() {
    const QRect area = rect();
    m_parts->view->setGeometry(area);
    for (QWidget* w : std::initializer_list<QWidget*>{m_parts->zoomBox, m_parts->scale, m_parts->copyright,
                                                      m_parts->empty, m_parts->hint, m_parts->legend})
        w->resize(w->sizeHint());
    m_parts->zoomBox->move(area.right() - m_parts->zoomBox->width() - kEdge, kEdge);
    m_parts->copyright->move(area.right() + 1 - m_parts->copyright->width(),
                             area.bottom() + 1 - m_parts->copyright->height());
    m_parts->scale->move(kEdge, area.bottom() - m_parts->scale->height() - kEdge / 2);
    m_parts->legend->move(kEdge, kEdge);
    m_parts->legend->raise();
    std::vector<QRectF> furniture;
    for (QWidget* w :
         std::initializer_list<QWidget*>{m_parts->zoomBox, m_parts->scale, m_parts->copyright, m_parts->legend})
        if (!w->isHidden()) furniture.emplace_back(w->geometry());
    m_parts->scene.setFurniture(std::move(furniture));
    for (QLabel* line : {m_parts->empty, m_parts->hint}) {
        line->setWordWrap(false);
        line->move((area.width() - line->width()) / 2,
                   line == m_parts->hint ? kEdge : area.height() - line->height() - 4 * kEdge);
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
