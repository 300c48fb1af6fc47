// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/risk_watch.hpp"

#include <algorithm>
#include <set>

namespace wl::engine {
namespace {

constexpr std::int64_t kNewest = 100'000;  // cases to learn from
constexpr std::int64_t kSlice = 5'000;

}  // namespace

Result<bool> RiskWatch::learnNext(store::FacetReader& reader, Instant now) {
    if (m_after < 0) {
        WL_TRY(m_last, reader.highestKey());
        m_after = std::max<std::int64_t>(0, m_last - kNewest);
        m_samples.clear();
    }
    if (m_after < m_last) {
        WL_CHECK(reader.spells({m_after}, kSlice, [&](const store::CaseSpell& s) {
            const auto end = s.endedMs != 0 ? s.endedMs : now.ms;
            if (s.requestedMs == 0 || end < s.requestedMs) return;
            m_samples.push_back({s.service, s.department, s.area, s.requestedMs, end - s.requestedMs, s.endedMs != 0});
        }));
        m_after += kSlice;
        return false;
    }
    auto learnt = std::make_shared<Learnt>();
    learnt->model.learn(m_samples);
    std::set<std::int32_t> terms;
    for (const auto& s : m_samples) terms.insert({s.service, s.department, s.area});
    m_samples = {};
    m_after = -1;
    for (const auto term : terms) {
        WL_TRY(auto code, reader.text(term));
        learnt->terms.emplace(std::move(code), term);
    }
    const std::lock_guard lock(m_mutex);
    m_learnt = std::move(learnt);
    return true;
}

void RiskWatch::forget() {
    m_samples = {};
    m_after = -1;
    const std::lock_guard lock(m_mutex);
    m_learnt.reset();
}

std::shared_ptr<const RiskWatch::Learnt> RiskWatch::learnt() const {
    const std::lock_guard lock(m_mutex);
    return m_learnt;
}

// A code that no case had yet is like none of them.
LifeSample RiskWatch::Learnt::kind(std::string_view service, std::string_view department, std::string_view area,
                                   Instant requested) const {
    const auto term = [&](std::string_view code) {
        const auto found = terms.find(code);
        return found == terms.end() ? -1 : found->second;
    };
    return {term(service), term(department), term(area), requested.ms, 0, false};
}

Instant RiskWatch::riskFrom(std::string_view service, std::string_view department, std::string_view area,
                            Instant requested, Instant due) const {
    const auto known = learnt();
    if (!known || !due || due <= requested) return {};
    const auto age = known->model.likelyOverFrom(known->kind(service, department, area, requested), due - requested);
    return age ? requested + *age : Instant{};
}

Instant RiskWatch::riskFrom(const LifeSample& kind, Instant due) const {
    const auto known = learnt();
    const Instant requested{kind.requested};
    if (!known || !due || due <= requested) return {};
    const auto age = known->model.likelyOverFrom(kind, due - requested);
    return age ? requested + *age : Instant{};
}

std::optional<Forecast> RiskWatch::forecast(std::string_view service, std::string_view department,
                                            std::string_view area, Instant requested, Instant now) const {
    const auto known = learnt();
    if (!known || now < requested) return std::nullopt;
    return known->model.forecast(known->kind(service, department, area, requested), now - requested);
}

}  // namespace wl::engine
