// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The cases on the map: clusters while the map shows the city, single marks when it shows streets.

#include <optional>

#include "ui/map/issue_index.hpp"
#include "ui/map/raster_overlay.hpp"

namespace wl::ui {

using IssueIndexPtr = std::shared_ptr<const IssueIndex>;

/// What both layers draw from.
class IssueLayer : public RasterOverlay {
    Q_OBJECT

public:
    void setIssues(IssueIndexPtr issues);
    [[nodiscard]] const IssueIndexPtr& issues() const { return m_issues; }

protected:
    using RasterOverlay::RasterOverlay;

private:
    IssueIndexPtr m_issues;
};

/// A layer that writes words, which keep away from the tools at the map's edge.
class NamingLayer : public IssueLayer {
    Q_OBJECT

public:
    /// Rectangles of the view, px, that words keep away from.
    void setFurniture(std::vector<QRectF> furniture);
    /// The camera stands still somewhere else: furniture lies over other places of the city now.
    void settle();

protected:
    using IssueLayer::IssueLayer;
    [[nodiscard]] const std::vector<QRectF>& furniture() const { return m_furniture; }
    /// There is something to write in this view.
    [[nodiscard]] virtual bool isNaming() const = 0;

private:
    std::vector<QRectF> m_furniture;
    Viewport m_settled;
};

/// Marks whose colour and shape tell the SLA state, from kPinZoom on.
class PinLayer : public IssueLayer {
    Q_OBJECT

public:
    explicit PinLayer(QQuickItem* parent = nullptr) : IssueLayer(parent) {}
    /// Index of the point whose mark lies under `pos`.
    [[nodiscard]] std::optional<std::uint32_t> at(QPointF pos) const;
    /// All cases whose marks lie on that of the nearest under `pos`: those at one place, the gravest first.
    [[nodiscard]] std::vector<std::uint32_t> stackAt(QPointF pos) const;
    /// Marks are drawn from this zoom on.
    void setFrom(double zoom);
    /// Side of a mark in px.
    [[nodiscard]] static double markSize(double zoom);

protected:
    [[nodiscard]] Paint snapshot() const override;

private:
    double m_from = kPinZoom;
};

/// Rings about the cases that are selected, when they are too many for single images.
class SelectionLayer : public IssueLayer {
    Q_OBJECT

public:
    explicit SelectionLayer(QQuickItem* parent = nullptr) : IssueLayer(parent) {}
    void setSelected(std::vector<std::int64_t> keys);
    void setAccent(const QColor& accent);

protected:
    [[nodiscard]] Paint snapshot() const override;

private:
    std::shared_ptr<const std::vector<std::int64_t>> m_selected;
    QColor m_accent;
};

/// Discs with a count, in a ring that shows the mix of SLA states, below kPinZoom. Points that are near no other
/// are drawn as marks.
class ClusterLayer : public IssueLayer {
    Q_OBJECT

public:
    explicit ClusterLayer(QQuickItem* parent = nullptr) : IssueLayer(parent) {}
    [[nodiscard]] std::optional<geo::Supercluster::Item> at(QPointF pos) const;
    /// While it is not, nothing is drawn or found.
    void setActive(bool active);
    /// Radius of a cluster's disc in px.
    [[nodiscard]] static double radius(std::uint32_t count);

protected:
    [[nodiscard]] Paint snapshot() const override;

private:
    bool m_active = true;
};

}  // namespace wl::ui
