// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A layer that is painted in a worker into one image somewhat larger than the view. While a newer image is on its
// way the last one is moved and scaled with the map. One image costs either renderer a millisecond; thousands of nodes
// would cost thirty.

#include <QElapsedTimer>
#include <QImage>
#include <QThreadPool>
#include <QTimer>

#include <functional>

#include "ui/map/map_follower.hpp"

class QPainter;

namespace wl::ui {

class RasterOverlay : public MapFollower {
    Q_OBJECT
    Q_PROPERTY(bool idle READ isIdle NOTIFY idleChanged)

public:
    ~RasterOverlay() override;
    /// True when the image on screen is that of the present view and data.
    [[nodiscard]] bool isIdle() const { return m_idle; }
    void setDark(bool dark) override;

Q_SIGNALS:
    void idleChanged();

protected:
    /// Runs in the worker; `view` is that of the image. False = nothing was drawn.
    using Paint = std::function<bool(QPainter& painter, const Viewport& view)>;

    explicit RasterOverlay(QQuickItem* parent);
    /// GUI thread: everything that the worker needs, by value or as shared immutable data. Empty = nothing to draw.
    [[nodiscard]] virtual Paint snapshot() const = 0;
    /// What is drawn has changed.
    void invalidate();

    void viewChanged() override;
    void updatePolish() override;
    QSGNode* updatePaintNode(QSGNode* old, UpdatePaintNodeData*) override;

private:
    struct Picture {
        QImage image;
        Viewport view;
        double dpr = 0;
    };
    void take(const Picture& picture);
    [[nodiscard]] bool isStale(const Viewport& view, double dpr) const;
    void setIdle(bool idle);

    QThreadPool m_pool;
    QElapsedTimer m_began;  ///< of the last picture
    QTimer m_again;
    Picture m_picture;
    bool m_running = false;
    bool m_dirty = true;  ///< the data differs from the picture's
    bool m_fresh = false;  ///< the texture is older than the picture
    bool m_idle = false;
};

}  // namespace wl::ui
