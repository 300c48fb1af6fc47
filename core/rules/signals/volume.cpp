// SPDX-License-Identifier: GPL-3.0-or-later
// How much there is: opened, closed, open at an instant, how old.
#include "rules/signals/counts.hpp"

namespace wl::rules::signals {
namespace {

constexpr double kDay = 86'400;

class OpenedTally : public Tally {
public:
    OpenedTally(FigureKind kind, Scope scope)
        : Tally(kind, std::move(scope)), m_opened(m_scope.buckets.size()), m_closed(m_scope.buckets.size()) {}

protected:
    void add(const CaseLife& life) override {
        if (m_kind == FigureKind::Council && life.channel != Channel::Council) return;
        const bool opened = inPeriod(life.requested), closed = life.closed != 0 && inPeriod(life.closed);
        if (opened) bump(m_opened, life.requested);
        if (closed) bump(m_closed, life.closed);
        if (m_kind == FigureKind::Closed ? !closed : !opened) return;
        ++sum(groupOf(life)).denominator;
        remember(life, groupOf(life), true);
    }
    void conclude(Figure& f) override {
        concludeCounts(f);
        f.series.push_back(seriesOf("opened", m_opened));
        f.series.push_back(seriesOf("closed", m_closed));
    }

private:
    void bump(std::vector<std::int64_t>& counts, Second at) const {
        if (const auto step = bucketOf(at); step >= 0) ++counts[static_cast<std::size_t>(step)];
    }
    std::vector<std::int64_t> m_opened, m_closed;
};

/// Cases open at the end of the period; the series says how many were at the end of each step.
class BacklogTally final : public Tally {
public:
    BacklogTally(FigureKind kind, Scope scope)
        : Tally(kind, std::move(scope)), m_change(m_scope.buckets.size() + 1), m_end(m_scope.end()) {}

protected:
    void add(const CaseLife& life) override {
        if (life.requested > m_end) return;
        const bool open = follow(life);
        if (!open) return;
        ++sum(groupOf(life)).denominator;
        remember(life, groupOf(life), true);
    }
    void conclude(Figure& f) override {
        concludeCounts(f);
        std::int64_t open = m_before;
        for (std::size_t i = 0; i < m_scope.buckets.size(); ++i) m_change[i] = open += m_change[i];
        f.series.push_back(seriesOf("open", m_change));
    }

private:
    void change(Second at, std::int64_t by) {
        if (const auto step = bucketOf(at); step >= 0) m_change[static_cast<std::size_t>(step)] += by;
        else m_before += by;
    }
    /// Takes down when it was open; true if it is at the end.
    bool follow(const CaseLife& life) {
        change(life.requested, 1);
        bool closed = false;
        for (const auto& e : life.events) {
            if (e.what() != LifeEvent::Kind::Step) break;
            const bool closes = e.to() == Status::Closed;
            if (e.at() > m_end || closes == closed) continue;
            change(std::max(e.at(), life.requested), closes ? -1 : 1);
            closed = closes;
        }
        return !closed;
    }
    std::vector<std::int64_t> m_change;
    std::int64_t m_before{};
    Second m_end;
};

/// Age bands, and the oldest of each owner.
class AgeTally final : public Tally {
public:
    AgeTally(FigureKind kind, Scope scope) : Tally(kind, std::move(scope)), m_end(m_scope.end()) {}

protected:
    void add(const CaseLife& life) override {
        const auto status = statusAt(life, m_end);
        if (!status || *status == Status::Closed) return;
        const auto age = m_end - life.requested;
        const auto group = m_by == By::Band ? bandOf(age) : groupOf(life);
        auto& s = sum(group);
        ++s.denominator;
        s.most = std::max<std::int64_t>(s.most, age);
        s.lengths.push_back(static_cast<std::uint32_t>(std::clamp<Second>(age, 0, 0xffff'ffffLL)));
        remember(life, group, true);
    }
    void conclude(Figure& f) override {
        std::vector<std::int64_t> most;
        for (const auto& s : m_sums) most.push_back(s.most);
        concludeLengths(f, kDay);
        std::int64_t all = 0;
        for (auto& g : f.groups) {
            const auto oldest = most[static_cast<std::size_t>(g.number)];
            all = std::max(all, oldest);
            if (m_kind == FigureKind::Oldest) g.value = static_cast<double>(oldest) / kDay;
            g.few = false;
            if (m_by == By::Band) g.value = static_cast<double>(g.n);
        }
        if (m_kind == FigureKind::Oldest) f.value = static_cast<double>(all) / kDay;
        else if (!f.empty) f.parts.push_back({"oldest", static_cast<double>(all) / kDay, 0, f.n});
    }

private:
    static std::int32_t bandOf(Second age) {
        const auto days = static_cast<double>(age) / kDay;
        return static_cast<std::int32_t>(std::ranges::upper_bound(kAgeBands, days) - kAgeBands.begin());
    }
    Second m_end;
};

class WorkloadTally final : public Tally {
public:
    WorkloadTally(FigureKind kind, Scope scope) : Tally(kind, std::move(scope)), m_end(m_scope.end()) {}

protected:
    void add(const CaseLife& life) override {
        const auto status = statusAt(life, m_end);
        if (!status || *status == Status::Closed) return;
        ++sum(groupOf(life)).denominator;
        remember(life, groupOf(life), true);
    }
    // What a crew can do a day is the catalogue's: whoever has it puts it in.
    void conclude(Figure& f) override {
        concludeCounts(f);
        f.denominator = 0;
        for (auto& g : f.groups) g.denominator = 0;
    }

private:
    Second m_end;
};

}  // namespace

std::unique_ptr<Tally> makeVolumeTally(FigureKind kind, Scope scope) {
    if (kind == FigureKind::Backlog) return std::make_unique<BacklogTally>(kind, std::move(scope));
    if (kind == FigureKind::Ageing || kind == FigureKind::Oldest)
        return std::make_unique<AgeTally>(kind, std::move(scope));
    if (kind == FigureKind::Workload) return std::make_unique<WorkloadTally>(kind, std::move(scope));
    return std::make_unique<OpenedTally>(kind, std::move(scope));
}

}  // namespace wl::rules::signals
