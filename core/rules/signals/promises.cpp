// SPDX-License-Identifier: GPL-3.0-or-later
// What was promised, and what is about to be missed.
#include "rules/signals/counts.hpp"

namespace wl::rules::signals {
namespace {

constexpr std::int64_t kDayMs = 86'400'000;

class OnTimeTally final : public Tally {
public:
    using Tally::Tally;

protected:
    void add(const CaseLife& life) override {
        if (life.requested >= m_scope.to || life.requested > m_now) return;
        const Instant now{m_scope.nowMs};
        const auto finished = life.finished();
        switch (life.settled) {
            case SlaState::None: m_untimed += finished == 0 || inPeriod(finished) ? 1 : 0; return;
            case SlaState::Cancelled: m_cancelled += finished != 0 && inPeriod(finished) ? 1 : 0; return;
            case SlaState::Met:
                if (inPeriod(finished)) decided(life, finished, true), ++m_doneInTime;
                return;
            case SlaState::Breached: {
                const auto due = secondOf({life.dueMs});
                if (inPeriod(due)) decided(life, due, false);
                if (finished != 0 && inPeriod(finished)) ++m_doneLate;
                return;
            }
            case SlaState::OnTrack:
            case SlaState::AtRisk:
            case SlaState::Paused: break;
        }
        if (slaAt(life, now) != SlaState::Breached) {
            ++m_running;
            return;
        }
        const auto due = secondOf({life.dueMs});
        if (inPeriod(due)) decided(life, due, false), ++m_openLate;
    }
    void conclude(Figure& f) override {
        concludeShares(f);
        const auto done = m_doneInTime + m_doneLate;
        f.parts.push_back({"finished_only",
                           done > 0 ? static_cast<double>(m_doneInTime) / static_cast<double>(done) : 0, m_doneInTime,
                           done});
        f.parts.push_back({"open_overdue", static_cast<double>(m_openLate), m_openLate, f.denominator});
        f.exclusions = {{"no_target", m_untimed}, {"cancelled", m_cancelled}, {"still_running", m_running}};
        f.series.push_back(stepSeries("share"));
    }

private:
    void decided(const CaseLife& life, Second at, bool inTime) { count(life, groupOf(life), at, inTime); }
    std::int64_t m_untimed{}, m_cancelled{}, m_running{}, m_doneInTime{}, m_doneLate{}, m_openLate{};
};

/// Clocks at this moment; the period plays no part.
class ClockTally final : public Tally {
public:
    using Tally::Tally;

protected:
    void add(const CaseLife& life) override {
        if (life.settled != SlaState::OnTrack || life.requested > m_now) return;
        const auto state = slaAt(life, {m_scope.nowMs});
        ++m_clocks;
        m_paused += state == SlaState::Paused ? 1 : 0;
        if (!counts(life, state)) return;
        ++sum(groupOf(life)).denominator;
        remember(life, groupOf(life), true);
    }
    void conclude(Figure& f) override {
        concludeCounts(f);
        f.denominator = m_clocks;
        f.exclusions.push_back({"paused", m_paused});
    }

private:
    [[nodiscard]] bool counts(const CaseLife& life, SlaState state) const {
        if (m_kind == FigureKind::Overdue) return state == SlaState::Breached;
        if (m_kind == FigureKind::AtRisk) return state == SlaState::AtRisk;
        const bool runs = state == SlaState::OnTrack || state == SlaState::AtRisk;
        return runs && life.dueMs <= m_scope.nowMs + kDayMs;
    }
    std::int64_t m_clocks{}, m_paused{};
};

}  // namespace

std::unique_ptr<Tally> makePromiseTally(FigureKind kind, Scope scope) {
    if (kind == FigureKind::OnTime) return std::make_unique<OnTimeTally>(kind, std::move(scope));
    return std::make_unique<ClockTally>(kind, std::move(scope));
}

}  // namespace wl::rules::signals
