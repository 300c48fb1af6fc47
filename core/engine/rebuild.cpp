// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/rebuild.hpp"

#include "domain/crypto.hpp"
#include "rules/sla.hpp"

namespace wl::engine {

Result<store::RebuildReport> rebuildReplica(const std::filesystem::path& dir, const store::Progress& progress) {
    const SystemClock clock;
    SystemRng rng;
    const auto deriverFor = [](const std::vector<store::CatalogueEntry>& entries) -> std::unique_ptr<CaseDeriver> {
        std::vector<rules::CatalogueItem> items;
        for (const auto& e : entries) items.push_back({e.kind, e.code, e.document});
        return std::make_unique<rules::SlaDeriver>(rules::Catalogue::build(items));
    };
    return store::rebuild({dir, clock, rng}, deriverFor, progress);
}

}  // namespace wl::engine
