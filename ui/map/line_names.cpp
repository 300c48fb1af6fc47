// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/line_names.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

namespace wl::ui {
namespace {

using geo::WorldPoint;

// Liang and Barsky (1984): the part of a segment inside a rectangle, as shares of its length.
std::optional<std::pair<double, double>> clipSegment(WorldPoint a, WorldPoint b, const geo::WorldRect& r) {
    double from = 0, to = 1;
    const auto cut = [&](double p, double q) {
        if (p == 0) return q >= 0;
        const double t = q / p;
        if (p < 0) from = std::max(from, t);
        else to = std::min(to, t);
        return from <= to;
    };
    const double dx = b.x - a.x, dy = b.y - a.y;
    if (!cut(-dx, a.x - r.left) || !cut(dx, r.right - a.x) || !cut(-dy, a.y - r.top) || !cut(dy, r.bottom - a.y))
        return std::nullopt;
    return std::pair(from, to);
}

double lengthOf(const std::vector<WorldPoint>& line) {
    double sum = 0;
    for (std::size_t i = 1; i < line.size(); ++i)
        sum += std::hypot(line[i].x - line[i - 1].x, line[i].y - line[i - 1].y);
    return sum;
}

// Appends `piece` to either end of `line` where they meet.
bool join(std::vector<WorldPoint>& line, const std::vector<WorldPoint>& piece) {
    if (line.back() == piece.front()) line.insert(line.end(), piece.begin() + 1, piece.end());
    else if (line.back() == piece.back()) line.insert(line.end(), piece.rbegin() + 1, piece.rend());
    else if (line.front() == piece.back()) line.insert(line.begin(), piece.begin(), piece.end() - 1);
    else if (line.front() == piece.front()) line.insert(line.begin(), piece.rbegin(), piece.rend() - 1);
    else return false;
    return true;
}

void joinPieces(std::vector<std::vector<WorldPoint>>& pieces) {
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        for (bool grown = true; grown;) {
            grown = false;
            for (std::size_t k = i + 1; k < pieces.size(); ++k) {
                if (!join(pieces[i], pieces[k])) continue;
                pieces.erase(pieces.begin() + static_cast<std::ptrdiff_t>(k));
                grown = true;
                break;
            }
        }
    }
}

}  // namespace

std::vector<std::vector<WorldPoint>> clipLine(std::span<const WorldPoint> line, const geo::WorldRect& window) {
    std::vector<std::vector<WorldPoint>> parts;
    bool open = false;
    for (std::size_t i = 1; i < line.size(); ++i) {
        const WorldPoint a = line[i - 1], b = line[i];
        const auto inside = clipSegment(a, b, window);
        if (!inside) {
            open = false;
            continue;
        }
        const auto at = [&](double t) {
            return t <= 0 ? a : t >= 1 ? b : WorldPoint{a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t};
        };
        if (!open || inside->first > 0) parts.push_back({at(inside->first)});
        parts.back().push_back(at(inside->second));
        open = inside->second >= 1;
    }
    return parts;
}

std::vector<NamedLine> namedLines(const geo::CityMap& city, std::span<const std::uint32_t> features,
                                  const geo::WorldRect& window, const std::function<bool(geo::FeatureClass)>& wanted) {
    std::map<std::pair<std::uint32_t, geo::FeatureClass>, std::vector<std::vector<WorldPoint>>> pieces;
    for (const std::uint32_t i : features) {
        const geo::Feature& f = city.features[i];
        if (f.shape != geo::Shape::Line || f.name == 0 || !wanted(f.cls)) continue;
        auto parts = clipLine(city.pointsOf(f), window);
        auto& all = pieces[{f.name, f.cls}];
        all.insert(all.end(), std::make_move_iterator(parts.begin()), std::make_move_iterator(parts.end()));
    }
    std::vector<std::pair<double, NamedLine>> lines;
    for (auto& [key, parts] : pieces) {
        joinPieces(parts);
        for (auto& part : parts)
            if (part.size() >= 2) lines.emplace_back(lengthOf(part), NamedLine{key.first, key.second, std::move(part)});
    }
    std::ranges::stable_sort(lines, [](const auto& a, const auto& b) {
        return a.second.cls != b.second.cls ? a.second.cls > b.second.cls : a.first > b.first;
    });
    std::vector<NamedLine> result;
    result.reserve(lines.size());
    for (auto& line : lines) result.push_back(std::move(line.second));
    return result;
}

}  // namespace wl::ui
