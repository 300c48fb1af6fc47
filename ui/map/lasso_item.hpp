// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The outline that is being drawn around cases.

#include <QPolygonF>
#include <QQuickPaintedItem>

namespace wl::ui {

class LassoItem : public QQuickPaintedItem {
    Q_OBJECT

public:
    explicit LassoItem(QQuickItem* parent = nullptr);

    void begin(QPointF at);
    void add(QPointF at);
    /// Ends the drawing and gives its outline.
    [[nodiscard]] QPolygonF finish();
    [[nodiscard]] bool isActive() const { return !m_outline.isEmpty(); }
    void setAccent(const QColor& accent) { m_accent = accent; }
    void paint(QPainter* painter) override;

private:
    QPolygonF m_outline;
    QColor m_accent;
};

}  // namespace wl::ui
