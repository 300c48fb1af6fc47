// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/density_layer.hpp"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <unordered_map>

#include "ui/map/ramp.hpp"

namespace wl::ui {
namespace {

constexpr int kCell = 4;      // px of a cell of the heat's grid
constexpr int kBlur = 4;      // cells; three passes of a box so wide are close to a bell of 5 cells
const double kRoot3 = std::numbers::sqrt3;

// A running sum over 2·kBlur + 1 cells along each row (step 1) or column (step = width).
void blur(std::vector<float>& grid, std::vector<float>& line, int count, int length, int next, int step) {
    line.resize(static_cast<std::size_t>(length));
    for (int row = 0; row < count; ++row) {
        const auto cell = [&](int i) -> float& { return grid[static_cast<std::size_t>(row * next + i * step)]; };
        float sum = 0;
        for (int i = 0; i < std::min(kBlur, length); ++i) sum += cell(i);
        for (int i = 0; i < length; ++i) {
            if (i + kBlur < length) sum += cell(i + kBlur);
            if (i - kBlur - 1 >= 0) sum -= cell(i - kBlur - 1);
            line[static_cast<std::size_t>(i)] = std::max(sum, 0.0F) / (2 * kBlur + 1);
        }
        for (int i = 0; i < length; ++i) cell(i) = line[static_cast<std::size_t>(i)];
    }
}

bool paintHeat(QPainter& painter, const IssueIndex& issues, const Viewport& view, bool dark) {
    const int width = static_cast<int>(std::ceil(view.size.width() / kCell)) + 1;
    const int height = static_cast<int>(std::ceil(view.size.height() / kCell)) + 1;
    std::vector<float> grid(static_cast<std::size_t>(width) * static_cast<std::size_t>(height), 0.0F), line;
    bool any = false;
    issues.visit(view.area(), [&](std::uint32_t i) {
        const QPointF at = view.toScreen(issues.points().at[i]);
        const int x = std::clamp(static_cast<int>(at.x() / kCell), 0, width - 1);
        const int y = std::clamp(static_cast<int>(at.y() / kCell), 0, height - 1);
        grid[static_cast<std::size_t>(y * width + x)] += 1;
        any = true;
    });
    if (!any) return false;
    for (int pass = 0; pass < 3; ++pass) {
        blur(grid, line, height, width, width, 1);
        blur(grid, line, width, height, 1, width);
    }
    const float most = *std::ranges::max_element(grid);
    QImage heat(width, height, QImage::Format_ARGB32_Premultiplied);
    for (int y = 0; y < height; ++y) {
        auto* out = reinterpret_cast<QRgb*>(heat.scanLine(y));
        for (int x = 0; x < width; ++x) {
            // By the square root, or one busy corner would leave the rest of the city blank.
            const double share = std::sqrt(grid[static_cast<std::size_t>(y * width + x)] / most);
            QColor colour = countColour(share, dark);
            colour.setAlphaF(static_cast<float>(std::clamp((share - 0.06) * 2.2, 0.0, 0.78)));
            out[x] = qPremultiply(colour.rgba());
        }
    }
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawImage(QRectF(0, 0, width * kCell, height * kCell), heat);
    return true;
}

struct HexGrid {
    double radius;  // world units
    [[nodiscard]] geo::WorldPoint centre(std::int64_t column, std::int64_t row) const {
        return {radius * kRoot3 * (double(column) + 0.5 * double(row & 1)), radius * 1.5 * double(row)};
    }
    // The nearer of the candidates in the two rows that the point lies between.
    [[nodiscard]] std::pair<std::int64_t, std::int64_t> at(geo::WorldPoint p) const {
        std::pair<std::int64_t, std::int64_t> best;
        double least = std::numeric_limits<double>::max();
        const auto above = static_cast<std::int64_t>(std::floor(p.y / (radius * 1.5)));
        for (const std::int64_t row : {above, above + 1}) {
            const auto column = static_cast<std::int64_t>(std::round(p.x / (radius * kRoot3) - 0.5 * double(row & 1)));
            const geo::WorldPoint c = centre(column, row);
            const double d = (p.x - c.x) * (p.x - c.x) + (p.y - c.y) * (p.y - c.y);
            if (d < least) {
                least = d;
                best = {column, row};
            }
        }
        return best;
    }
};

HexGrid gridFor(const Viewport& view) { return {kHexRadius / Viewport::worldPixels(std::floor(view.zoom + 0.01))}; }

bool paintHexagons(QPainter& painter, const IssueIndex& issues, const Viewport& view, bool dark) {
    const auto cells = hexCells(issues, view);
    if (cells.empty()) return false;
    const HexGrid grid = gridFor(view);
    const double r = grid.radius * view.worldPixels();
    const auto most = std::ranges::max(cells, {}, &HexCell::count).count;
    QPolygonF shape;
    for (int k = 0; k < 6; ++k) {
        const double angle = std::numbers::pi / 180 * (60 * k - 90);
        shape << QPointF((r - 0.75) * std::cos(angle), (r - 0.75) * std::sin(angle));
    }
    QFont font;
    font.setPixelSize(11);
    font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    for (const HexCell& cell : cells) {
        const QPointF at = view.toScreen(grid.centre(cell.column, cell.row));
        const double share = most > 1 ? std::log(double(cell.count)) / std::log(double(most)) : 1;
        const QColor ground = countColour(static_cast<int>(share * (kRampSteps - 0.01)), dark);
        QColor fill = ground;
        fill.setAlpha(205);
        painter.setPen(QPen(dark ? QColor(0, 0, 0, 90) : QColor(255, 255, 255, 150), 1));
        painter.setBrush(fill);
        painter.drawPolygon(shape.translated(at));
        painter.setPen(inkOn(ground));
        painter.drawText(QRectF(at.x() - r, at.y() - r, 2 * r, 2 * r), Qt::AlignCenter,
                         cell.count < 10'000 ? QString::number(cell.count)
                                             : QStringLiteral("%1k").arg(cell.count / 1000));
    }
    return true;
}

}  // namespace

std::vector<HexCell> hexCells(const IssueIndex& issues, const Viewport& view) {
    const HexGrid grid = gridFor(view);
    // Whole cells, or those at the edge would show what part of them is seen.
    geo::WorldRect area = view.area();
    area = {area.left - 2 * grid.radius, area.top - 2 * grid.radius, area.right + 2 * grid.radius,
            area.bottom + 2 * grid.radius};
    struct Hash {
        std::size_t operator()(const std::pair<std::int64_t, std::int64_t>& c) const {
            return static_cast<std::size_t>(c.first) * 0x9e3779b97f4a7c15ULL ^ static_cast<std::size_t>(c.second);
        }
    };
    std::unordered_map<std::pair<std::int64_t, std::int64_t>, std::uint32_t, Hash> counts;
    issues.visit(area, [&](std::uint32_t i) { ++counts[grid.at(issues.points().at[i])]; });
    std::vector<HexCell> cells;
    const geo::WorldRect seen = view.area(kHexRadius);
    for (const auto& [cell, count] : counts)
        if (seen.contains(grid.centre(cell.first, cell.second))) cells.push_back({cell.first, cell.second, count});
    std::ranges::sort(cells, {}, [](const HexCell& c) { return std::pair(c.row, c.column); });
    return cells;
}

void DensityLayer::setLayer(MapLayer layer) {
    if (layer == m_layer) return;
    m_layer = layer;
    invalidate();
}

RasterOverlay::Paint DensityLayer::snapshot() const {
    if (!issues() || (m_layer != MapLayer::Heat && m_layer != MapLayer::Hexagons)) return {};
    return [issues = issues(), heat = m_layer == MapLayer::Heat, dark = isDark()](QPainter& painter,
                                                                                  const Viewport& view) {
        return heat ? paintHeat(painter, *issues, view, dark) : paintHexagons(painter, *issues, view, dark);
    };
}

}  // namespace wl::ui
