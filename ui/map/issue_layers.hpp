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

/// Marks whose colour and shape tell the SLA state, from kPinZoom on.
class PinLayer : public IssueLayer {
    Q_OBJECT

public:
    explicit PinLayer(QQuickItem* parent = nullptr) : IssueLayer(parent) {}
    /// Index of the point whose mark lies under `pos`.
    [[nodiscard]] std::optional<std::uint32_t> at(QPointF pos) const;
    /// Side of a mark in px.
    [[nodiscard]] static double markSize(double zoom);

protected:
    [[nodiscard]] Paint snapshot() const override;
};

/// Discs with a count, in a ring that shows the mix of SLA states, below kPinZoom. Points that are near no other
/// are drawn as marks.
class ClusterLayer : public IssueLayer {
    Q_OBJECT

public:
    explicit ClusterLayer(QQuickItem* parent = nullptr) : IssueLayer(parent) {}
    [[nodiscard]] std::optional<geo::Supercluster::Item> at(QPointF pos) const;
    /// Radius of a cluster's disc in px.
    [[nodiscard]] static double radius(std::uint32_t count);

protected:
    [[nodiscard]] Paint snapshot() const override;
};

}  // namespace wl::ui
