// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The names that people read for the codes of the catalogue and of the city's areas; the code itself where unknown.

#include <QString>
#include <QTimeZone>

#include "geo/city_map.hpp"
#include "rules/catalogue.hpp"

namespace wl::ui {

class CodeNames final {
public:
    CodeNames(rules::CataloguePtr catalogue, geo::CityMapPtr city);

    [[nodiscard]] QString service(const std::string& code) const;
    [[nodiscard]] QString department(const std::string& code) const;
    [[nodiscard]] QString crew(const std::string& code) const;
    [[nodiscard]] QString staff(const std::string& code) const;
    [[nodiscard]] QString area(const std::string& code) const;
    [[nodiscard]] QString pauseReason(const std::string& code) const;
    [[nodiscard]] const QTimeZone& zone() const { return m_zone; }
    [[nodiscard]] const rules::Catalogue& catalogue() const { return *m_catalogue; }
    /// Code and name of every area, in the order of the basemap.
    [[nodiscard]] const std::vector<std::pair<std::string, QString>>& areas() const { return m_areas; }

private:
    rules::CataloguePtr m_catalogue;
    std::vector<std::pair<std::string, QString>> m_areas;
    QTimeZone m_zone;
};

}  // namespace wl::ui
