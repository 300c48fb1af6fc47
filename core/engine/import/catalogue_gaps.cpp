// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/import/catalogue_gaps.hpp"

namespace wl::engine {

void CatalogueGaps::see(const feed::ImportedCase& row) {
    const auto unseen = [](std::unordered_set<std::string>& seen, const std::string& code) {
        return !code.empty() && !seen.contains(code) && seen.insert(code).second;
    };
    if (unseen(m_departments, row.department.code) && m_known->department(row.department.code) == nullptr) {
        rules::Department department;
        department.code = row.department.code;
        department.name = row.department.name;
        m_items.push_back(rules::toItem(department));
    }
    if (unseen(m_crews, row.crew.code) && m_known->crew(row.crew.code) == nullptr) {
        rules::Crew crew;
        crew.code = row.crew.code;
        crew.name = row.crew.name;
        crew.department = row.department.code;
        m_items.push_back(rules::toItem(crew));
    }
    if (unseen(m_services, row.service.code) && m_known->service(row.service.code) == nullptr) {
        rules::Service service;
        service.code = row.service.code;
        service.name = row.service.name;
        service.group = row.serviceGroup;
        service.department = row.department.code;
        m_items.push_back(rules::toItem(service));
    }
}

}  // namespace wl::engine
