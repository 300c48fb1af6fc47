// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The areas of the city (districts, wards, …) filled by how many cases lie in them, or how many of these are on time.
// The value stands in each area, so no figure is told by colour alone. Lies below the names of the map.

#include <QStringList>

#include <mutex>

#include "geo/area_index.hpp"
#include "ui/map/issue_layers.hpp"
#include "ui/map/map_kinds.hpp"

namespace wl::ui {

struct AreaTally {
    std::uint32_t cases{};
    std::uint32_t promised{};  ///< of them, those with a due time
    std::uint32_t breached{};  ///< of these, past it
    /// -1 when nothing was promised.
    [[nodiscard]] double onTime() const { return promised == 0 ? -1 : 1 - double(breached) / promised; }
};

/// One tally for each area of the city, by its index in CityMap::areas.
struct AreaFigures {
    IssueIndexPtr issues;
    geo::CityMapPtr city;
    std::vector<AreaTally> tallies;
    /// The largest count among the areas of that kind.
    [[nodiscard]] std::uint32_t most(const std::string& kind) const;
    /// 0…4, or -1 when there is nothing to tell.
    [[nodiscard]] int step(std::size_t area, MapLayer layer) const;
};

/// Counts every case into each area that holds it.
[[nodiscard]] AreaFigures tallyAreas(const IssueIndexPtr& issues, const geo::CityMapPtr& city,
                                     const geo::AreaIndex& index);

class AreaLayer : public NamingLayer {
    Q_OBJECT

public:
    explicit AreaLayer(QQuickItem* parent = nullptr);
    void setCity(geo::CityMapPtr city);
    /// AreaCount, AreaOnTime, or nothing.
    void setLayer(MapLayer layer);
    /// What the city is divided into, in the order of its map: "district", "ward", …
    [[nodiscard]] QStringList kinds() const;
    [[nodiscard]] QString kind() const;
    void setKind(const QString& kind);
    /// What was last drawn; null before that.
    [[nodiscard]] std::shared_ptr<const AreaFigures> figures() const;
    /// The area of the shown kind under `pos`: its index in CityMap::areas.
    [[nodiscard]] std::optional<std::uint32_t> at(QPointF pos) const;

protected:
    [[nodiscard]] Paint snapshot() const override;
    [[nodiscard]] bool isNaming() const override { return isShown(); }

private:
    [[nodiscard]] bool isShown() const { return m_layer == MapLayer::AreaCount || m_layer == MapLayer::AreaOnTime; }
    /// What the worker makes and keeps for the next picture.
    struct Work {
        std::mutex lock;
        std::shared_ptr<const geo::AreaIndex> index;
        geo::CityMapPtr indexed;
        std::shared_ptr<const AreaFigures> figures;
    };
    std::shared_ptr<Work> m_work;
    geo::CityMapPtr m_city;
    MapLayer m_layer = MapLayer::Cases;
    std::string m_kind;
};

}  // namespace wl::ui
