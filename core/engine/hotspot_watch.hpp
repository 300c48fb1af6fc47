// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Looks for early patterns in the replica's cases, in the background on a thread of its own: lives through all of them
// once, then takes each new one as it comes. Nothing is stored but what people acknowledged.

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/engine.hpp"
#include "engine/signals/patterns.hpp"
#include "engine/worker.hpp"
#include "geo/hotspots.hpp"
#include "store/facets.hpp"
#include "store/store.hpp"

namespace wl::engine {

class HotSpotWatch {
public:
    static constexpr Millis kShown = std::chrono::days(14);

    /// `folder` is the replica's; `tell` is called on the watch's thread whenever there is something else to show; with
    /// null where the cases cannot be read.
    static Result<std::unique_ptr<HotSpotWatch>> start(Engine& engine, const std::filesystem::path& folder,
                                                       std::function<void(PatternsPtr)> tell);
    ~HotSpotWatch();

private:
    HotSpotWatch(Engine& engine, std::unique_ptr<store::FacetReader> reader, std::function<void(PatternsPtr)> tell);
    void begin();
    void loadNext();
    void scanNext();
    void changed(const ChangeSetPtr& changes);
    void take(const geo::ScanCase& next);
    void publish();
    [[nodiscard]] std::string areaOf(std::span<const CaseKey> cases);

    Engine& m_engine;
    std::unique_ptr<store::FacetReader> m_reader;
    std::function<void(PatternsPtr)> m_tell;
    std::atomic<bool> m_stopping{};
    std::unique_ptr<geo::HotSpotScan> m_scan;
    std::vector<geo::ScanCase> m_history;  ///< read, not lived through yet
    std::size_t m_next{};  ///< of m_history
    std::int64_t m_after{};  ///< key up to which it was read
    int m_run{};  ///< of what is under way; an older one does not go on
    std::vector<Pattern> m_patterns;
    std::size_t m_cases{}, m_late{};
    Instant m_asOf;
    bool m_loading{}, m_complete{};
    Worker m_worker{"patterns"};
    Subscription m_subscription;  ///< last: nothing is posted any more once it is gone
};

/// The catalogue item that keeps a pattern quiet, for all consoles, until it grows or a fortnight has passed.
[[nodiscard]] rules::CatalogueItem acknowledgementOf(const Pattern& pattern, Instant now, const std::string& agent);
/// Whether one of the catalogue's acknowledgements is about this pattern.
[[nodiscard]] bool isAcknowledged(const Pattern& pattern, const rules::Catalogue& catalogue);

}  // namespace wl::engine
