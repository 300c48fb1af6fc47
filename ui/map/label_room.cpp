// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/label_room.hpp"

#include <algorithm>
#include <cmath>

#include "domain/vocab.hpp"

namespace wl::ui {
namespace {

constexpr double kGap = 2;  // px between a name and a cluster

bool touches(const QRectF& box, const Disc& disc) {
    const double dx = std::max({box.left() - disc.at.x(), disc.at.x() - box.right(), 0.0});
    const double dy = std::max({box.top() - disc.at.y(), disc.at.y() - box.bottom(), 0.0});
    return std::hypot(dx, dy) < disc.radius + kGap;
}

}  // namespace

std::vector<Disc> discsOf(const IssueIndex& issues, const Viewport& view) {
    std::vector<Disc> discs;
    for (const auto& item : issues.clusters(view.area(48), view.zoom)) {
        const double radius =
            item.isCluster() ? ClusterLayer::radius(item.count) + 1 : PinLayer::markSize(kPinZoom) / 2;
        discs.push_back({view.toScreen(item.at), radius});
        if (item.isCluster() && item.counts[static_cast<std::size_t>(SlaState::Breached)] > 0)  // its flag
            discs.push_back({view.toScreen(item.at) + QPointF(radius * 0.76, -radius * 0.76), 7});
    }
    return discs;
}

std::optional<QPointF> roomFor(const std::vector<QRectF>& boxes, const std::vector<QPointF>& moves,
                               const std::vector<QRectF>& taken, const std::vector<Disc>& discs) {
    for (const QPointF move : moves) {
        const bool free = std::ranges::none_of(boxes, [&](const QRectF& own) {
            const QRectF box = own.translated(move);
            return std::ranges::any_of(taken, [&](const QRectF& other) { return other.intersects(box); }) ||
                   std::ranges::any_of(discs, [&](const Disc& disc) { return touches(box, disc); });
        });
        if (free) return move;
    }
    return std::nullopt;
}

std::vector<QRectF> onPicture(const std::vector<QRectF>& furniture, const Viewport& inner, const Viewport& picture) {
    const QPointF edge =
        QPointF(picture.size.width() - inner.size.width(), picture.size.height() - inner.size.height()) / 2;
    std::vector<QRectF> out;
    for (const QRectF& one : furniture) out.push_back(one.translated(edge));
    return out;
}

}  // namespace wl::ui
