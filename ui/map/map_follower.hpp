// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// An item that lies over a Qt Location Map and shares its camera. It reads the Map's public properties alone.

#include <QQuickItem>

#include "ui/map/viewport.hpp"

namespace wl::ui {

class MapFollower : public QQuickItem {
    Q_OBJECT
    Q_PROPERTY(QQuickItem* map READ map WRITE setMap NOTIFY mapChanged)

public:
    explicit MapFollower(QQuickItem* parent = nullptr);

    [[nodiscard]] QQuickItem* map() const { return m_map; }
    void setMap(QQuickItem* map);
    /// The Map's camera over this item's size.
    [[nodiscard]] Viewport viewport() const;
    [[nodiscard]] bool isDark() const { return m_dark; }
    virtual void setDark(bool dark);

Q_SIGNALS:
    void mapChanged();

protected:
    /// The camera or the item's size changed; by default asks for updatePolish().
    virtual void viewChanged() { polish(); }
    void geometryChange(const QRectF& now, const QRectF& before) override;
    void itemChange(ItemChange change, const ItemChangeData& data) override;
    /// Device px per px of the item: those of the window, times the map's magnification.
    [[nodiscard]] double pixelRatio() const;

private Q_SLOTS:
    void followMap() { viewChanged(); }

private:
    QPointer<QQuickItem> m_map;
    bool m_dark = false;
};

}  // namespace wl::ui
