// SPDX-License-Identifier: GPL-3.0-or-later
// How long things took.
#include "rules/signals/counts.hpp"

namespace wl::rules::signals {
namespace {

constexpr double kHour = 3'600, kDay = 86'400;

class TimesTally final : public Tally {
public:
    using Tally::Tally;

protected:
    void add(const CaseLife& life) override {
        const auto ended = endOf(life);
        if (ended == 0) {
            if (life.isOpen() && life.requested < m_scope.to && life.requested <= m_now) ++m_waiting;
            return;
        }
        if (inPeriod(ended)) measure(life, groupOf(life), ended, ended - life.requested);
    }
    void conclude(Figure& f) override {
        const auto unit = m_kind == FigureKind::FirstResponse ? kHour : kDay;
        concludeLengths(f, unit);
        f.exclusions.push_back({m_kind == FigureKind::FirstResponse ? "unanswered" : "unfinished", m_waiting});
        f.series.push_back(stepSeries("median", unit));
    }

private:
    [[nodiscard]] Second endOf(const CaseLife& life) const {
        if (m_kind == FigureKind::FirstResponse) return life.responded;
        return m_kind == FigureKind::WorkDone ? life.finished() : life.closed;
    }
    std::int64_t m_waiting{};
};

class HeldTally final : public Tally {
public:
    using Tally::Tally;

protected:
    void add(const CaseLife& life) override {
        Second since = life.requested;
        std::int32_t holder = -1;  // who had it before the first hand-off is not kept with the case
        bool moved = false;
        for (const auto& e : life.events) {
            if (e.what() != LifeEvent::Kind::Moved || e.at() > m_now) continue;
            if (holder >= 0) held(life, holder, since, e.at());
            else if (inPeriod(e.at())) ++m_before;
            moved = true;
            holder = static_cast<std::int32_t>(e.name);
            since = e.at();
        }
        if (life.closed != 0) held(life, moved ? holder : life.department, since, life.closed);
    }
    void conclude(Figure& f) override {
        concludeLengths(f, kDay);
        f.exclusions.push_back({"before_first_hand_off", m_before});
    }

private:
    void held(const CaseLife& life, std::int32_t department, Second from, Second to) {
        if (inPeriod(to)) measure(life, department, to, to - from);
    }
    std::int64_t m_before{};
};

}  // namespace

std::unique_ptr<Tally> makeTimesTally(FigureKind kind, Scope scope) {
    if (kind == FigureKind::Held) return std::make_unique<HeldTally>(kind, std::move(scope));
    return std::make_unique<TimesTally>(kind, std::move(scope));
}

}  // namespace wl::rules::signals
