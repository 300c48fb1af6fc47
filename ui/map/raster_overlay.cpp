// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/raster_overlay.hpp"

#include <QPainter>
#include <QQuickWindow>
#include <QSGImageNode>

#include <cmath>

#include "ui/map/behind.hpp"

namespace wl::ui {
namespace {

constexpr double kMargin = 128;  // px around the view
constexpr int kPauseMs = 80;     // between two pictures of a view that is still moving

bool covers(const geo::WorldRect& outer, const geo::WorldRect& inner) {
    return outer.left <= inner.left && outer.top <= inner.top && outer.right >= inner.right &&
           outer.bottom >= inner.bottom;
}

}  // namespace

RasterOverlay::RasterOverlay(QQuickItem* parent) : MapFollower(parent) {
    m_pool.setMaxThreadCount(1);
    m_again.setSingleShot(true);
    connect(&m_again, &QTimer::timeout, this, [this] { polish(); });
}

RasterOverlay::~RasterOverlay() {
    m_pool.clear();
    m_pool.waitForDone();
}

void RasterOverlay::setDark(bool dark) {
    m_dirty = true;
    MapFollower::setDark(dark);
}

void RasterOverlay::invalidate() {
    m_dirty = true;
    viewChanged();
}

void RasterOverlay::viewChanged() {
    if (m_dirty || isStale(viewport(), pixelRatio())) setIdle(false);
    polish();
}

bool RasterOverlay::isStale(const Viewport& view, double dpr) const {
    if (m_picture.view.zoom != view.zoom || m_picture.dpr != dpr) return true;
    return !covers(m_picture.view.area(), view.area(kMargin / 4));
}

void RasterOverlay::updatePolish() {
    // An invisible item is still asked for its node: no work is done until it is shown again.
    if (!isVisible() || size().isEmpty()) return;
    Viewport view = viewport();
    const double dpr = pixelRatio();
    update();
    if (!m_dirty && !isStale(view, dpr)) return setIdle(!m_running);
    setIdle(false);
    // While the zoom glides the last picture is scaled: a new one each frame would take the frames their time.
    const bool pause = !m_dirty && m_began.isValid() && m_began.elapsed() < kPauseMs &&
                       std::abs(m_picture.view.zoom - view.zoom) < 0.5 && covers(m_picture.view.area(), view.area());
    if (pause) return m_again.start(kPauseMs - static_cast<int>(m_began.elapsed()));
    if (m_running) return;  // the latest view is painted when the present picture is done
    m_dirty = false;
    view.size += QSizeF(2 * kMargin, 2 * kMargin);
    auto paint = snapshot();
    if (!paint) {  // no worker, no image
        m_picture = {{}, view, dpr};
        m_fresh = true;
        return setIdle(true);
    }
    m_running = true;
    m_began.start();
    m_pool.start([this, view, dpr, paint = std::move(paint)] {
        stayBehind();
        Picture picture{{}, view, dpr};
        QImage image((view.size * dpr).toSize(), QImage::Format_ARGB32_Premultiplied);
        image.setDevicePixelRatio(dpr);
        image.fill(Qt::transparent);
        if (!image.isNull()) {
            QPainter painter(&image);
            painter.setRenderHint(QPainter::Antialiasing);
            if (paint(painter, view)) picture.image = image;
        }
        QMetaObject::invokeMethod(this, [this, picture] { take(picture); }, Qt::QueuedConnection);
    });
}

void RasterOverlay::take(const Picture& picture) {
    m_picture = picture;
    m_running = false;
    m_fresh = true;
    polish();
}

void RasterOverlay::setIdle(bool idle) {
    if (idle == m_idle) return;
    m_idle = idle;
    Q_EMIT idleChanged();
}

QSGNode* RasterOverlay::updatePaintNode(QSGNode* old, UpdatePaintNodeData*) {
    if (m_picture.image.isNull() || !isVisible()) {
        delete old;
        m_fresh = true;
        return nullptr;
    }
    auto* node = static_cast<QSGImageNode*>(old);
    if (node == nullptr) {
        node = window()->createImageNode();
        node->setOwnsTexture(true);
        m_fresh = true;
    }
    if (m_fresh) {
        node->setTexture(window()->createTextureFromImage(m_picture.image, QQuickWindow::TextureHasAlphaChannel));
        m_fresh = false;
    }
    const Viewport view = viewport();
    const double scale = std::exp2(view.zoom - m_picture.view.zoom);
    const QSizeF size = QSizeF(m_picture.image.size()) / m_picture.dpr * scale;
    const QPointF centre = view.toScreen(m_picture.view.centre);
    QPointF corner = centre - QPointF(m_picture.view.size.width(), m_picture.view.size.height()) * scale / 2;
    const bool exact = view.zoom == m_picture.view.zoom;
    if (exact)
        corner =
            QPointF(std::round(corner.x() * m_picture.dpr), std::round(corner.y() * m_picture.dpr)) / m_picture.dpr;
    node->setRect(QRectF(corner, size));
    node->setFiltering(QSGTexture::Nearest);  // on its way the picture lasts for some frames; smooth ones cost twice
    return node;
}

}  // namespace wl::ui
