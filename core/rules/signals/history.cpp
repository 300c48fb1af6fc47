// SPDX-License-Identifier: GPL-3.0-or-later
// What happened to cases on their way: reopenings, hand-offs, duplicates.
#include "rules/signals/counts.hpp"

namespace wl::rules::signals {
namespace {

constexpr Second kMonth = 30 * 86'400;

class ReopenedTally final : public Tally {
public:
    using Tally::Tally;

protected:
    void add(const CaseLife& life) override {
        Second closed = 0;
        for (const auto& e : life.events) {
            if (e.what() != LifeEvent::Kind::Step) break;
            if (e.at() > m_now) continue;
            const bool closes = e.to() == Status::Closed;
            if (closed != 0 && !closes) closing(life, closed, e.at());
            if (closes && closed == 0) closed = e.at();
            else if (!closes) closed = 0;
        }
        if (closed != 0) closing(life, closed, 0);
    }
    void conclude(Figure& f) override {
        concludeShares(f);
        f.parts.push_back({"may_still_come_back", static_cast<double>(m_young), m_young, f.denominator});
        f.series.push_back(stepSeries("share"));
    }

private:
    void closing(const CaseLife& life, Second at, Second reopened) {
        if (!inPeriod(at)) return;
        const bool again = reopened != 0 && reopened - at <= kMonth;
        if (!again && m_now - at < kMonth) ++m_young;
        count(life, groupOf(life), at, again);
    }
    std::int64_t m_young{};
};

class HandOffTally final : public Tally {
public:
    using Tally::Tally;

protected:
    void add(const CaseLife& life) override {
        bool moved = false;
        for (const auto& e : life.events) {
            if (e.what() != LifeEvent::Kind::Moved || e.at() > m_now) continue;
            moved = true;
            if (!inPeriod(e.at())) continue;
            const auto group = m_by == By::Department ? static_cast<std::int32_t>(e.name) : groupOf(life);
            count(life, group, e.at(), true);
        }
        if (life.closed == 0 || !inPeriod(life.closed)) return;
        ++m_closed;
        m_straight += moved ? 0 : 1;
    }
    void conclude(Figure& f) override {
        concludeCounts(f);
        f.parts.push_back({"closed_without_hand_off",
                           m_closed > 0 ? static_cast<double>(m_straight) / static_cast<double>(m_closed) : 0,
                           m_straight, m_closed});
    }

private:
    std::int64_t m_closed{}, m_straight{};
};

class DuplicatesTally final : public Tally {
public:
    using Tally::Tally;

protected:
    void add(const CaseLife& life) override {
        for (const auto& e : life.events)
            if (e.what() == LifeEvent::Kind::Reported && inPeriod(e.at())) {
                count(life, groupOf(life), e.at(), true);
                ++m_reports;
            }
        if (life.duplicate && inPeriod(life.closed)) {
            count(life, groupOf(life), life.closed, true);
            ++m_cases;
        }
    }
    void conclude(Figure& f) override {
        concludeCounts(f);
        f.parts.push_back({"further_reports", static_cast<double>(m_reports), m_reports, f.n});
        f.parts.push_back({"closed_as_duplicate", static_cast<double>(m_cases), m_cases, f.n});
    }

private:
    std::int64_t m_reports{}, m_cases{};
};

}  // namespace

std::unique_ptr<Tally> makeHistoryTally(FigureKind kind, Scope scope) {
    if (kind == FigureKind::Reopened) return std::make_unique<ReopenedTally>(kind, std::move(scope));
    if (kind == FigureKind::HandOffs) return std::make_unique<HandOffTally>(kind, std::move(scope));
    return std::make_unique<DuplicatesTally>(kind, std::move(scope));
}

std::unique_ptr<Tally> Tally::make(FigureKind kind, Scope scope) {
    switch (kind) {
        case FigureKind::Opened:
        case FigureKind::Closed:
        case FigureKind::Council:
        case FigureKind::Backlog:
        case FigureKind::Ageing:
        case FigureKind::Oldest:
        case FigureKind::Workload: return makeVolumeTally(kind, std::move(scope));
        case FigureKind::FirstResponse:
        case FigureKind::WorkDone:
        case FigureKind::TimeToClose:
        case FigureKind::Held: return makeTimesTally(kind, std::move(scope));
        case FigureKind::OnTime:
        case FigureKind::Overdue:
        case FigureKind::AtRisk:
        case FigureKind::DueSoon: return makePromiseTally(kind, std::move(scope));
        case FigureKind::Reopened:
        case FigureKind::HandOffs:
        case FigureKind::Duplicates: return makeHistoryTally(kind, std::move(scope));
        case FigureKind::Fairness: return makeFairnessTally(std::move(scope));
        case FigureKind::MessagesSent:
        case FigureKind::MessagesKept: return makeMessageTally(kind, std::move(scope));
        case FigureKind::HotSpots: break;
    }
    return nullptr;
}

}  // namespace wl::rules::signals
