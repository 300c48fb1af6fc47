// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/code_names.hpp"

#include "ui/models/time_words.hpp"

namespace wl::ui {

CodeNames::CodeNames(rules::CataloguePtr catalogue, geo::CityMapPtr city)
    : m_catalogue(std::move(catalogue)), m_zone(zoneOf(*m_catalogue)) {
    if (!city) return;
    for (const auto& area : city->areas) m_areas.emplace_back(area.code, QString::fromStdString(area.name));
}

QString CodeNames::service(const std::string& code) const {
    return QString::fromStdString(m_catalogue->serviceName(code));
}

QString CodeNames::department(const std::string& code) const {
    return QString::fromStdString(m_catalogue->departmentName(code));
}

QString CodeNames::crew(const std::string& code) const { return QString::fromStdString(m_catalogue->crewName(code)); }

QString CodeNames::staff(const std::string& code) const { return QString::fromStdString(m_catalogue->staffName(code)); }

QString CodeNames::area(const std::string& code) const {
    for (const auto& [known, name] : m_areas)
        if (known == code) return name;
    return QString::fromStdString(code);
}

QString CodeNames::pauseReason(const std::string& code) const {
    const auto* known = m_catalogue->pauseReason(code);
    return QString::fromStdString(known ? known->name : code);
}

}  // namespace wl::ui
