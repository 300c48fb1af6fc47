// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Which open cases will be late, from the newest cases of this replica. Learnt on the reader thread in bounded steps;
// what was learnt may be asked by any thread.

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "engine/risk_model.hpp"
#include "store/facets.hpp"

namespace wl::engine {

class RiskWatch final : public store::Foresight {
public:
    /// One step of some ms; true once all is learnt. Begins anew when asked again after that.
    Result<bool> learnNext(store::FacetReader& reader, Instant now);

    /// Another database is read from now on.
    void forget();

    [[nodiscard]] Instant riskFrom(std::string_view service, std::string_view department, std::string_view area,
                                   Instant requested, Instant due) const override;
    /// The same by the term numbers of the reader that it was learnt from.
    [[nodiscard]] Instant riskFrom(const LifeSample& kind, Instant due) const;
    /// When work on an open case will be finished; none where too few cases say.
    [[nodiscard]] std::optional<Forecast> forecast(std::string_view service, std::string_view department,
                                                   std::string_view area, Instant requested, Instant now) const;

private:
    struct Learnt {
        RiskModel model;
        std::map<std::string, std::int32_t, std::less<>> terms;
        [[nodiscard]] LifeSample kind(std::string_view service, std::string_view department, std::string_view area,
                                      Instant requested) const;
    };
    [[nodiscard]] std::shared_ptr<const Learnt> learnt() const;

    std::vector<LifeSample> m_samples;
    std::int64_t m_after{-1};  ///< key up to which samples are read; -1: nothing is being learnt
    std::int64_t m_last{};
    mutable std::mutex m_mutex;
    std::shared_ptr<const Learnt> m_learnt;  ///< guarded by m_mutex
};

}  // namespace wl::engine
