// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/focus_layer.hpp"

#include <QPainter>
#include <QPainterPath>
#include <QQuickWindow>
#include <QSGImageNode>

#include <cmath>
#include <map>

#include "ui/kit/sla_style.hpp"

namespace wl::ui {
namespace {

constexpr double kSprite = 56;       // px; every picture is this large, its place is the middle
constexpr double kMark = 22;         // px; side of a focused mark
constexpr std::size_t kMaxMarks = 240;
constexpr double kDraftHead = 22;    // px the draft pin's head lies above its place

class FocusNode : public QSGTransformNode {  // as TileNode is
public:
    std::vector<std::pair<QSGOpacityNode*, QSGImageNode*>> images;
    std::map<std::pair<int, bool>, std::unique_ptr<QSGTexture>> textures;
    int epoch = -1;
    double dpr = 0;
};

}  // namespace

FocusLayer::FocusLayer(QQuickItem* parent) : MapFollower(parent), m_accent(0x2a, 0x6f, 0xb5) {
    m_pulse.setStartValue(0.0);
    m_pulse.setEndValue(1.0);
    m_pulse.setEasingCurve(QEasingCurve::OutCubic);
    connect(&m_pulse, &QVariantAnimation::valueChanged, this, [this] { polish(); });
    connect(&m_pulse, &QVariantAnimation::finished, this, [this] { polish(); });
}

void FocusLayer::setIssues(IssueIndexPtr issues) {
    m_issues = std::move(issues);
    polish();
}

void FocusLayer::setSelected(std::vector<std::int64_t> keys) {
    m_selected = std::move(keys);
    polish();
}

void FocusLayer::setHovered(std::optional<std::int64_t> key) {
    if (key == m_hovered) return;
    m_hovered = key;
    m_pulse.stop();
    if (key && m_pulseMs > 0) {
        m_pulse.setDuration(m_pulseMs);
        m_pulse.start();
    }
    polish();
}

void FocusLayer::setDraftPin(std::optional<geo::WorldPoint> at) {
    m_draft = at;
    polish();
}

void FocusLayer::setAccent(const QColor& accent) {
    m_accent = accent;
    ++m_epoch;
    polish();
}

bool FocusLayer::isOnDraftPin(QPointF pos) const {
    if (!m_draft) return false;
    const QPointF head = viewport().toScreen(*m_draft) - QPointF(0, kDraftHead);
    return std::hypot(pos.x() - head.x(), pos.y() - head.y()) <= 16;
}

void FocusLayer::addCase(std::int64_t key, const Viewport& view) {
    const auto index = m_issues ? m_issues->indexOf(key) : std::nullopt;
    if (!index || m_marks.size() >= kMaxMarks) return;
    const geo::WorldPoint at = m_issues->points().at[*index];
    if (!view.area(kSprite).contains(at)) return;
    const bool hovered = m_hovered == key;
    if (hovered && m_pulse.state() == QAbstractAnimation::Running) {
        const double share = m_pulse.currentValue().toDouble();
        m_marks.push_back({{kPulse, false}, view.toScreen(at), 0.6 + share * 0.9, 1 - share});
    }
    m_marks.push_back({{static_cast<int>(slaStateOf(m_issues->points().sla[*index])), hovered}, view.toScreen(at)});
}

void FocusLayer::updatePolish() {
    m_marks.clear();
    const Viewport view = viewport();
    if (!isVisible() || view.size.isEmpty()) return;
    for (const std::int64_t key : m_selected)
        if (m_hovered != key) addCase(key, view);
    if (m_hovered) addCase(*m_hovered, view);
    if (m_draft) m_marks.push_back({{kDraft, false}, view.toScreen(*m_draft)});
    update();
}

QImage FocusLayer::draw(Sprite sprite, double dpr) const {
    QImage image((QSizeF(kSprite, kSprite) * dpr).toSize(), QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(dpr);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    const QPointF c(kSprite / 2, kSprite / 2);
    const QColor rim = isDark() ? QColor(0x10, 0x16, 0x1c) : QColor(Qt::white);
    if (sprite.kind == kPulse) {
        painter.setPen(QPen(m_accent, 3));
        painter.drawEllipse(c, 17, 17);
    } else if (sprite.kind == kDraft) {
        // A drop whose tip is the place; its head is what the pointer takes hold of.
        const QPointF head = c - QPointF(0, kDraftHead - 5);
        QPainterPath drop(c);
        drop.cubicTo(c + QPointF(-3, -7), head + QPointF(-10, 8), head + QPointF(-10, 0));
        drop.arcTo(QRectF(head - QPointF(10, 10), QSizeF(20, 20)), 180, -180);
        drop.cubicTo(head + QPointF(10, 8), c + QPointF(3, -7), c);
        painter.setPen(QPen(rim, 2));
        painter.setBrush(m_accent);
        painter.drawPath(drop);
        painter.setPen(Qt::NoPen);
        painter.setBrush(rim);
        painter.drawEllipse(head, 4, 4);
    } else {
        painter.setBrush(Qt::NoBrush);
        const double ring = kMark / 2 + 6;
        painter.setPen(QPen(rim, sprite.hovered ? 7 : 6));
        painter.drawEllipse(c, ring, ring);
        painter.setPen(QPen(m_accent, sprite.hovered ? 4 : 3));
        painter.drawEllipse(c, ring, ring);
        paintSlaMark(painter, QRectF(c.x() - kMark / 2, c.y() - kMark / 2, kMark, kMark),
                     slaStateOf(static_cast<std::uint8_t>(sprite.kind)), isDark());
    }
    return image;
}

QSGNode* FocusLayer::updatePaintNode(QSGNode* old, UpdatePaintNodeData*) {
    auto* node = static_cast<FocusNode*>(old);
    if (node == nullptr) node = new FocusNode;
    const double dpr = pixelRatio();
    const int epoch = m_epoch * 2 + (isDark() ? 1 : 0);
    std::map<std::pair<int, bool>, std::unique_ptr<QSGTexture>> outdated;
    if (node->epoch != epoch || node->dpr != dpr) outdated.swap(node->textures);
    node->epoch = epoch;
    node->dpr = dpr;
    while (node->images.size() > m_marks.size()) {
        node->removeChildNode(node->images.back().first);
        delete node->images.back().first;  // and the image below it
        node->images.pop_back();
    }
    for (std::size_t i = 0; i < m_marks.size(); ++i) {
        const Mark& mark = m_marks[i];
        auto& texture = node->textures[{mark.sprite.kind, mark.sprite.hovered}];
        if (!texture)
            texture.reset(window()->createTextureFromImage(draw(mark.sprite, dpr),
                                                           QQuickWindow::TextureHasAlphaChannel));
        if (i == node->images.size()) {
            auto* opacity = new QSGOpacityNode;
            auto* image = window()->createImageNode();
            image->setFlag(QSGNode::OwnedByParent);
            node->images.emplace_back(opacity, image);
        }
        const auto& [opacity, image] = node->images[i];
        opacity->setOpacity(mark.opacity);
        const double side = kSprite * mark.scale;
        const QPointF corner = mark.at - QPointF(side, side) / 2;
        image->setTexture(texture.get());
        image->setRect(QRectF(QPointF(std::round(corner.x() * dpr), std::round(corner.y() * dpr)) / dpr,
                              QSizeF(side, side)));
        if (image->parent() == nullptr) {  // not before it has a texture: the software renderer asks for it at once
            opacity->appendChildNode(image);
            node->appendChildNode(opacity);
        }
    }
    return node;
}

}  // namespace wl::ui
