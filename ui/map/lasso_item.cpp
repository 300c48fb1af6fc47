// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/lasso_item.hpp"

#include <QPainter>

#include <cmath>
#include <utility>

namespace wl::ui {

LassoItem::LassoItem(QQuickItem* parent) : QQuickPaintedItem(parent), m_accent(0x2a, 0x6f, 0xb5) { setVisible(false); }

void LassoItem::begin(QPointF at) {
    m_outline = {at};
    setVisible(true);
    update();
}

void LassoItem::add(QPointF at) {
    if (m_outline.isEmpty()) return;
    const QPointF step = at - m_outline.last();
    if (std::hypot(step.x(), step.y()) < 3) return;
    m_outline << at;
    update();
}

QPolygonF LassoItem::finish() {
    setVisible(false);
    return std::exchange(m_outline, {});
}

void LassoItem::paint(QPainter* painter) {
    QColor fill = m_accent;
    fill.setAlpha(40);
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(m_accent, 2, Qt::DashLine));
    painter->setBrush(fill);
    painter->drawPolygon(m_outline);
}

}  // namespace wl::ui
