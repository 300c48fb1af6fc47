// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Services, departments and crews that a feed names and the catalogue does not know yet.

#include <string>
#include <unordered_set>
#include <vector>

#include "channels/feed/row_converter.hpp"
#include "rules/catalogue.hpp"

namespace wl::engine {

/// Remembers what it has seen, so that each code is looked up once an import.
class CatalogueGaps {
public:
    explicit CatalogueGaps(rules::CataloguePtr known) : m_known(std::move(known)) {}
    void see(const feed::ImportedCase& row);
    /// What has to be published before the rows seen so far are applied. The catalogue's own entries are never touched.
    [[nodiscard]] std::vector<rules::CatalogueItem> take() { return std::exchange(m_items, {}); }

private:
    rules::CataloguePtr m_known;
    std::unordered_set<std::string> m_services, m_departments, m_crews;
    std::vector<rules::CatalogueItem> m_items;
};

}  // namespace wl::engine
