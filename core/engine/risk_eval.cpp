// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/risk_eval.hpp"

#include <algorithm>
#include <cmath>
#include <string>

namespace wl::engine {
namespace {

constexpr int kMoments = 8;
constexpr std::size_t kPage = 2'000;

struct Life {
    LifeSample kind;
    std::int64_t requested{}, closed{}, due{}, warn{};
};

class Numbers {
public:
    std::int32_t of(const std::string& code) {
        return m_known.emplace(code, static_cast<std::int32_t>(m_known.size() + 1)).first->second;
    }

private:
    std::unordered_map<std::string, std::int32_t> m_known;
};

Result<std::vector<Life>> livesOf(store::Reader& reader, std::span<const CaseKey> cases) {
    std::vector<Life> out;
    Numbers services, departments, areas;
    for (std::size_t at = 0; at < cases.size(); at += kPage) {
        WL_TRY(const auto rows, reader.rows(cases.subspan(at, std::min(kPage, cases.size() - at))));
        for (const auto& row : rows) {
            if (!row.requestedAt || (row.closedAt && row.closedAt < row.requestedAt)) continue;
            out.push_back({{services.of(row.service), departments.of(row.department), areas.of(row.area),
                            row.requestedAt.ms, 0, false},
                           row.requestedAt.ms,
                           row.closedAt.ms,
                           row.clock.due.ms,
                           row.clock.warn.ms});
        }
    }
    std::ranges::sort(out, {}, &Life::requested);
    return out;
}

void judge(const std::vector<Life>& lives, std::int64_t moment, RiskReport& report, std::vector<double>& chances,
           std::vector<bool>& outcomes) {
    std::vector<LifeSample> known;
    for (const auto& life : lives) {
        if (life.requested >= moment) break;
        auto sample = life.kind;
        sample.finished = life.closed != 0 && life.closed <= moment;
        sample.lasted = (sample.finished ? life.closed : moment) - life.requested;
        known.push_back(sample);
    }
    RiskModel model;
    model.learn(known);
    const auto last = lives.back().requested;
    for (const auto& life : lives) {
        if (life.requested >= moment) break;
        const bool open = life.closed == 0 || life.closed > moment;
        // Only where the records go as far as the due date: past it, only those that closed would be known.
        if (!open || life.due <= moment || life.due > last) continue;
        const Millis age{moment - life.requested}, limit{life.due - life.requested};
        const auto chance = model.chanceOver(life.kind, age, limit);
        if (!chance) continue;
        const bool late = life.closed == 0 || life.closed > life.due;
        chances.push_back(*chance);
        outcomes.push_back(late);
        auto& bin = report.bins[static_cast<std::size_t>(std::clamp(static_cast<int>(*chance * 10), 0, 9))];
        ++bin.cases;
        bin.predicted += *chance;
        bin.observed += late ? 1 : 0;
        ++report.cases;
        report.late += late ? 1 : 0;
        if (*chance >= 0.5 && moment < life.warn) {
            ++report.flagged;
            report.flaggedLate += late ? 1 : 0;
        }
        const auto forecast = model.forecast(life.kind, age);
        if (forecast && life.closed != 0 && forecast->late.count() > 0) {
            const Millis lasted{life.closed - life.requested};
            ++report.intervals;
            report.inInterval += lasted >= forecast->early && lasted <= forecast->late ? 1 : 0;
        }
    }
}

}  // namespace

Result<RiskReport> evaluateRisk(store::Reader& reader, std::span<const CaseKey> cases) {
    WL_TRY(const auto lives, livesOf(reader, cases));
    RiskReport report;
    if (lives.size() < 1'000) return fail(ErrorKind::Input, "history.empty", {}, std::to_string(lives.size()));
    std::vector<double> chances;
    std::vector<bool> outcomes;
    const auto from = lives[lives.size() / 2].requested, to = lives[lives.size() * 9 / 10].requested;
    for (int i = 0; i < kMoments; ++i, ++report.moments)
        judge(lives, from + (to - from) * i / kMoments, report, chances, outcomes);
    if (report.cases == 0) return fail(ErrorKind::Input, "history.empty", "due");
    const double share = static_cast<double>(report.late) / report.cases;
    for (std::size_t i = 0; i < chances.size(); ++i) {
        const double was = outcomes[i] ? 1 : 0;
        report.brier += (chances[i] - was) * (chances[i] - was) / report.cases;
        report.baseline += (share - was) * (share - was) / report.cases;
    }
    for (auto& bin : report.bins) {
        if (bin.cases == 0) continue;
        bin.predicted /= bin.cases;
        bin.observed /= bin.cases;
    }
    return report;
}

}  // namespace wl::engine
