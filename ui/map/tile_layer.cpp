// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/tile_layer.hpp"

#include <QQuickWindow>
#include <QSGImageNode>
#include <QSGRectangleNode>

#include <algorithm>
#include <cmath>

namespace wl::ui {
namespace {

constexpr int kMaxSubstituteLevels = 6;

// Scene graph side: the ground, the tiles and their textures. Render thread (the GUI thread in a QQuickWidget).
// A transform node, though it moves nothing: Qt's software renderer finds the place of nodes that are added later by
// the nearest parent of a kind that it keeps state of.
class TileNode : public QSGTransformNode {
public:
    QSGRectangleNode* ground = nullptr;
    std::vector<QSGImageNode*> images;
    std::map<TileKey, std::unique_ptr<QSGTexture>> textures;
};

}  // namespace

TileLayer::TileLayer(QQuickItem* parent) : MapFollower(parent) {
    connect(&m_queue, &TileQueue::rendered, this, &TileLayer::take);
    connect(&m_queue, &TileQueue::rendererReady, this, [this] {
        polish();
        Q_EMIT rendererReady();
    });
    m_queue.setCity(nullptr);
}

void TileLayer::setCity(geo::CityMapPtr city, PictureTilesPtr pictures) {
    m_cache.clear();
    m_queue.setCity(std::move(city), std::move(pictures));
    viewChanged();
}

void TileLayer::viewChanged() {
    if (m_idle) {  // at once, so that nobody who moves the map sees a stale "all is drawn"
        m_idle = false;
        Q_EMIT idleChanged();
    }
    polish();
}

void TileLayer::take(const TileKey& key, const QImage& image) {
    if (key.generation != m_queue.generation()) return;
    m_cache.insert(key, image);
    polish();
}

// Edges are rounded to device px one by one, so that neighbours meet without a gap at any zoom.
QRectF TileLayer::targetOf(TileId id, const Viewport& view, double dpr) const {
    const geo::WorldRect area = id.area();
    const double scale = view.worldPixels();
    const double left = std::round((view.centre.x * scale - view.size.width() / 2) * dpr);
    const double top = std::round((view.centre.y * scale - view.size.height() / 2) * dpr);
    const auto edge = [&](double v, double from) { return (std::round(v * scale * dpr) - from) / dpr; };
    return {QPointF(edge(area.left, left), edge(area.top, top)),
            QPointF(edge(area.right, left), edge(area.bottom, top))};
}

void TileLayer::addDrawn(const TileKey& key, const QRectF& source, const QRectF& target) {
    std::ignore = m_cache.find(key);  // keep it
    m_drawn.push_back({key, source, target});
}

void TileLayer::addSubstitutes(const TileKey& key, const Viewport& view, double dpr) {
    const double side = kTilePixels * key.dprPercent / 100.0;
    TileKey other = key;
    other.dark = !key.dark;
    const QRectF target = targetOf(key.id, view, dpr);
    if (m_cache.contains(other)) return addDrawn(other, {0, 0, side, side}, target);
    for (int up = 1; up <= std::min(kMaxSubstituteLevels, key.id.z); ++up) {
        for (const bool dark : {key.dark, !key.dark}) {
            const TileKey parent{key.id.parent(up), dark, key.dprPercent, key.generation};
            if (!m_cache.contains(parent)) continue;
            const double part = std::ldexp(side, -up);
            addDrawn(parent,
                     {(key.id.x - (parent.id.x << up)) * part, (key.id.y - (parent.id.y << up)) * part, part, part},
                     target);
            up = kMaxSubstituteLevels;
            break;
        }
    }
    for (int k = 0; k < 4; ++k) {
        TileKey child{
            {key.id.z + 1, key.id.x * 2 + k % 2, key.id.y * 2 + k / 2}, key.dark, key.dprPercent, key.generation};
        if (!m_cache.contains(child)) child.dark = !child.dark;
        if (m_cache.contains(child)) addDrawn(child, {0, 0, side, side}, targetOf(child.id, view, dpr));
    }
}

void TileLayer::updatePolish() {
    m_drawn.clear();
    const Viewport view = viewport();
    if (!isVisible() || view.size.isEmpty()) return;
    const double dpr = pixelRatio();
    const int dprPercent = static_cast<int>(std::lround(dpr * 100));
    const int z = std::clamp(static_cast<int>(std::lround(view.zoom)), 1, static_cast<int>(maxZoom)) - 1;
    const double tiles = std::ldexp(1.0, z);
    const geo::WorldRect area = view.area();
    const int x0 = static_cast<int>(std::floor(area.left * tiles)),
              x1 = static_cast<int>(std::floor(area.right * tiles));
    const int y0 = static_cast<int>(std::floor(area.top * tiles)),
              y1 = static_cast<int>(std::floor(area.bottom * tiles));
    const TileRendererPtr renderer = m_queue.renderer();

    std::vector<std::pair<double, TileKey>> needed;
    int missing = 0;
    for (int y = y0 - 1; y <= y1 + 1; ++y) {
        for (int x = x0 - 1; x <= x1 + 1; ++x) {
            const TileKey key{{z, x, y}, isDark(), dprPercent, m_queue.generation()};
            const bool visible = x >= x0 && x <= x1 && y >= y0 && y <= y1;
            if (x < 0 || y < 0 || x >= tiles || y >= tiles || (renderer && !renderer->hasContent(key.id))) continue;
            if (m_cache.contains(key)) {
                if (visible) addDrawn(key, {0, 0, kTilePixels * dpr, kTilePixels * dpr}, targetOf(key.id, view, dpr));
                continue;
            }
            // The ring around the view is drawn last, against the next step of a pan.
            const double dx = x + 0.5 - view.centre.x * tiles, dy = y + 0.5 - view.centre.y * tiles;
            needed.emplace_back(dx * dx + dy * dy + (visible ? 0 : 1e6), key);
            if (!visible) continue;
            ++missing;
            addSubstitutes(key, view, dpr);
        }
    }
    std::ranges::sort(needed, {}, &std::pair<double, TileKey>::first);
    std::vector<TileKey> keys;
    for (const auto& [distance, key] : needed) keys.push_back(key);
    m_queue.request(keys);
    setProgress(missing);
    update();
}

void TileLayer::setProgress(int missing) {
    if (missing != m_missing) {
        m_missing = missing;
        Q_EMIT pendingChanged();
    }
    const bool idle = missing == 0 && m_queue.renderer() != nullptr;
    if (idle != m_idle) {
        m_idle = idle;
        Q_EMIT idleChanged();
    }
}

QSGNode* TileLayer::updatePaintNode(QSGNode* old, UpdatePaintNodeData*) {
    auto* node = static_cast<TileNode*>(old);
    if (node == nullptr) {
        node = new TileNode;
        node->ground = window()->createRectangleNode();
        node->appendChildNode(node->ground);
    }
    node->ground->setRect(boundingRect());
    node->ground->setColor(MapStyle::of(isDark()).ground());

    std::map<TileKey, std::unique_ptr<QSGTexture>> textures;
    std::size_t used = 0;
    for (const Drawn& drawn : m_drawn) {
        auto& texture = textures[drawn.key];
        if (!texture) {
            if (auto known = node->textures.extract(drawn.key)) texture = std::move(known.mapped());
            else if (const QImage* image = m_cache.find(drawn.key))
                texture.reset(window()->createTextureFromImage(*image, QQuickWindow::TextureIsOpaque));
        }
        if (!texture) continue;
        if (used == node->images.size()) { node->images.push_back(window()->createImageNode()); }
        QSGImageNode* image = node->images[used++];
        const bool exact = std::abs(drawn.target.width() * pixelRatio() - drawn.source.width()) < 0.01;
        image->setTexture(texture.get());
        image->setSourceRect(drawn.source);
        image->setRect(drawn.target);
        image->setFiltering(exact ? QSGTexture::Nearest : QSGTexture::Linear);
        // Not before it has a texture: the software renderer asks for it at once.
        if (image->parent() == nullptr) node->appendChildNode(image);
    }
    for (; node->images.size() > used; node->images.pop_back()) {
        node->removeChildNode(node->images.back());
        delete node->images.back();
    }
    node->textures = std::move(textures);
    return node;
}

}  // namespace wl::ui
