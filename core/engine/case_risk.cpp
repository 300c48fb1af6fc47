// SPDX-License-Identifier: GPL-3.0-or-later
// Risk before breach, on the columns of the queue index.
#include "engine/case_index.hpp"

namespace wl::engine {
namespace {

constexpr Millis kYear{365LL * 86'400'000};
constexpr Millis kGoodFor{3'600'000};

}  // namespace

const RiskModel& CaseIndex::risk(Instant now) {
    const bool grown = m_count > m_riskCount + m_riskCount / 10;  // closed cases are loaded behind the open ones
    if (m_riskAt && now - m_riskAt < kGoodFor && !grown) return m_risk;
    m_riskAt = now;
    m_riskCount = m_count;
    std::vector<LifeSample> samples;
    for (std::size_t slot = 1; slot < m_status.size(); ++slot) {
        if (m_status[slot] == kNone || m_requested[slot] < (now - kYear).ms) continue;
        const bool closed = m_status[slot] == static_cast<std::uint8_t>(Status::Closed) && m_closed[slot] != 0;
        const auto end = closed ? m_closed[slot] : now.ms;
        samples.push_back({m_service[slot], m_department[slot], m_area[slot], end - m_requested[slot], closed});
    }
    m_risk.learn(samples);
    return m_risk;
}

bool CaseIndex::isLikelyLate(Slot slot, Instant now) {
    const auto state = slaOf(slot, now);
    if (state != SlaState::OnTrack && state != SlaState::AtRisk) return false;
    const LifeSample kind{m_service[slot], m_department[slot], m_area[slot], 0, false};
    const auto chance =
        risk(now).chanceOver(kind, Millis{now.ms - m_requested[slot]}, Millis{m_due[slot] - m_requested[slot]});
    return chance && *chance >= 0.5;
}

}  // namespace wl::engine
