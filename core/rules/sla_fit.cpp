// SPDX-License-Identifier: GPL-3.0-or-later
#include "rules/sla_fit.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <unordered_map>

#include "rules/business_hours.hpp"
#include "rules/sla.hpp"

namespace wl::rules {
namespace {

constexpr std::size_t kMaxCandidates = 16;
constexpr double kChangeCost = 4;        // in rows: a change of the target must explain more than that
constexpr double kWorthwhile = 0.3;      // share that a coarse policy must explain to be proposed
constexpr int kMaxDays = 3660;
constexpr std::int64_t kMinuteMs = 60'000;
constexpr std::int64_t kHalfHourMs = 30 * kMinuteMs;

struct ByAmount {
    bool operator()(const SlaTarget& a, const SlaTarget& b) const {
        return std::pair(a.unit, a.amount) < std::pair(b.unit, b.amount);
    }
};

// The targets that would make this row due when it was, within the tolerance.
class Explainer {
public:
    Explainer(const BusinessHours& hours, const TimeZone& zone) : m_hours(hours), m_zone(zone) {}

    [[nodiscard]] std::vector<SlaTarget> targetsOf(const SlaObservation& o) const {
        std::vector<SlaTarget> out;
        const auto start = m_zone.toLocal(o.requested), due = m_zone.toLocal(o.due);
        const auto take = [&](SlaTarget target) {
            if (target.amount < 1) return;
            const auto predicted = dueAfter(o.requested, target, &m_hours, m_zone);
            if (predicted && std::abs(predicted.ms - o.due.ms) <= kSlaTolerance.count()) out.push_back(target);
        };
        const auto days = static_cast<int>((due.ms - start.ms + LocalTime::kDayMs / 2) / LocalTime::kDayMs);
        if (days <= kMaxDays) take({days, TargetUnit::CalendarDays});
        // Business days: as many as a day's length of open time fits in, give or take one.
        const auto open = m_hours.openBetween(o.requested, o.due);
        const auto day = m_hours.openBetween(m_hours.afterDays(o.requested, 1), m_hours.afterDays(o.requested, 2));
        if (day.count() > 0) {
            const auto about = static_cast<int>((open.count() + day.count() / 2) / day.count());
            for (int n = std::max(1, about - 1); n <= about + 1 && n <= kMaxDays; ++n)
                take({n, TargetUnit::BusinessDays});
        }
        if (out.empty()) {
            const auto halves = (o.due.ms - o.requested.ms + kHalfHourMs / 2) / kHalfHourMs;
            if (halves <= 48 * 3) take({static_cast<int>(halves * 30), TargetUnit::CalendarMinutes});
            const auto openHalves = (open.count() + kHalfHourMs / 2) / kHalfHourMs;
            if (openHalves <= 48 * 3) take({static_cast<int>(openHalves * 30), TargetUnit::BusinessMinutes});
        }
        return out;
    }

private:
    const BusinessHours& m_hours;
    const TimeZone& m_zone;
};

struct Version {
    Instant from;  // none = always
    SlaTarget target;
    bool operator==(const Version&) const = default;
};

using Explained = std::vector<std::vector<SlaTarget>>;  // of each row

// The cheapest sequence of targets over the rows (ascending by request).
std::vector<Version> versionsOf(const std::vector<std::size_t>& rows, std::span<const SlaObservation> observed,
                                const Explained& explained) {
    std::map<SlaTarget, std::size_t, ByAmount> count;
    for (const auto i : rows)
        for (const auto& target : explained[i]) ++count[target];
    std::vector<std::pair<SlaTarget, std::size_t>> ranked(count.begin(), count.end());
    // Of equals: business days, then calendar days (the enumeration's order is the log's, not this one).
    const auto liking = [](const SlaTarget& t) {
        return t.unit == TargetUnit::BusinessDays ? 0 : t.unit == TargetUnit::CalendarDays ? 1 : 2;
    };
    std::ranges::sort(ranked, [&](const auto& a, const auto& b) {
        return std::tuple(b.second, liking(a.first), a.first.amount) <
               std::tuple(a.second, liking(b.first), b.first.amount);
    });
    if (ranked.size() > kMaxCandidates) ranked.resize(kMaxCandidates);
    const auto n = ranked.size();
    if (n == 0) return {};
    // best[c] = score of the best sequence that ends with target c; from[row][c] = whether it came from another target.
    std::vector<double> best(n, 0);
    std::vector<std::vector<std::uint8_t>> from(rows.size(), std::vector<std::uint8_t>(n));
    for (std::size_t r = 0; r < rows.size(); ++r) {
        const auto top = static_cast<std::size_t>(std::ranges::max_element(best) - best.begin());
        const auto& fits = explained[rows[r]];
        auto next = best;
        for (std::size_t c = 0; c < n; ++c) {
            from[r][c] = static_cast<std::uint8_t>(c);
            if (r > 0 && best[top] - kChangeCost > best[c])
                next[c] = best[top] - kChangeCost, from[r][c] = static_cast<std::uint8_t>(top);
            if (std::ranges::find(fits, ranked[c].first) != fits.end()) next[c] += 1;
        }
        best = std::move(next);
    }
    auto at = static_cast<std::size_t>(std::ranges::max_element(best) - best.begin());
    std::vector<Version> out{{{}, ranked[at].first}};
    for (auto r = rows.size(); r-- > 0;) {
        const auto before = static_cast<std::size_t>(from[r][at]);
        if (before == at) continue;
        out.back().from = observed[rows[r]].requested;
        out.push_back({{}, ranked[before].first});
        at = before;
    }
    std::ranges::reverse(out);
    return out;
}

std::size_t matchesOf(const std::vector<Version>& versions, const std::vector<std::size_t>& rows,
                      std::span<const SlaObservation> observed, const Explained& explained) {
    std::size_t hits = 0;
    for (const auto i : rows) {
        const Version* now = nullptr;
        for (const auto& v : versions)
            if (!v.from || v.from <= observed[i].requested) now = &v;
        hits += now && std::ranges::find(explained[i], now->target) != explained[i].end();
    }
    return hits;
}

std::string nameOf(const SlaTarget& target) {
    const auto number = std::to_string(target.amount);
    switch (target.unit) {
        case TargetUnit::BusinessMinutes: return number + " business minutes";
        case TargetUnit::BusinessDays: return number + " business days";
        case TargetUnit::CalendarMinutes: return number + " minutes";
        case TargetUnit::CalendarDays: return number + " calendar days";
    }
    return number;
}

// One scope's versions as policies.
void propose(SlaFit& fit, const SlaPolicy& scope, const std::string& codePart, const std::string& namePart,
             const std::vector<Version>& versions, const std::vector<std::size_t>& rows,
             std::span<const SlaObservation> observed, const Explained& explained) {
    for (std::size_t v = 0; v < versions.size(); ++v) {
        FittedPolicy out;
        out.policy = scope;
        out.policy.code = codePart + (v > 0 ? "." + std::to_string(v + 1) : "");
        out.policy.name = namePart + ": " + nameOf(versions[v].target);
        out.policy.calendar = fit.calendar.code;
        out.policy.resolve = versions[v].target;
        out.policy.validFrom = versions[v].from;
        for (const auto i : rows) {
            const auto at = observed[i].requested;
            if (versions[v].from && at < versions[v].from) continue;
            if (v + 1 < versions.size() && at >= versions[v + 1].from) continue;
            ++out.rows;
            out.matched += std::ranges::find(explained[i], versions[v].target) != explained[i].end();
        }
        fit.policies.push_back(std::move(out));
    }
}

using Groups = std::map<std::string, std::vector<std::size_t>>;

}  // namespace

SlaFit fitSla(std::span<const SlaObservation> all, const TimeZone& zone, std::span<const Holiday> holidays) {
    SlaFit fit;
    std::vector<SlaObservation> rows;
    std::ranges::copy_if(all, std::back_inserter(rows),
                         [](const auto& o) { return o.due && o.requested && o.due > o.requested; });
    std::ranges::stable_sort(rows, {}, &SlaObservation::requested);
    fit.rows = rows.size();
    fit.calendar = fitCalendar(rows, zone, holidays, &fit);
    const BusinessHours hours(fit.calendar);
    const Explainer explainer(hours, zone);
    Explained explained;
    explained.reserve(rows.size());
    for (const auto& o : rows) explained.push_back(explainer.targetsOf(o));

    Groups byDepartment, byGroup, byService;
    std::map<std::string, Groups> byCrew;  // of each service
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto& o = rows[i];
        byDepartment[o.department].push_back(i);
        if (!o.group.empty()) byGroup[o.group].push_back(i);
        byService[o.service].push_back(i);
        if (!o.crew.empty()) byCrew[o.service][o.crew].push_back(i);
    }
    // Coarse targets for services that the history does not have.
    const auto coarse = [&](const Groups& groups, std::string SlaPolicy::* member, const char* prefix) {
        for (const auto& [code, of] : groups) {
            if (code.empty()) continue;
            auto versions = versionsOf(of, rows, explained);
            if (static_cast<double>(matchesOf(versions, of, rows, explained)) <
                kWorthwhile * static_cast<double>(of.size()))
                continue;
            SlaPolicy scope;
            scope.*member = code;
            propose(fit, scope, prefix + code, code, versions, of, rows, explained);
        }
    };
    coarse(byDepartment, &SlaPolicy::department, "fitted.department.");
    coarse(byGroup, &SlaPolicy::group, "fitted.group.");
    for (const auto& [service, of] : byService) {
        const auto general = versionsOf(of, rows, explained);
        SlaPolicy scope;
        scope.service = service;
        const auto& name = rows[of.front()].serviceName;
        propose(fit, scope, "fitted." + service, name, general, of, rows, explained);
        for (const auto& [crew, ofCrew] : byCrew[service]) {
            const auto own = versionsOf(ofCrew, rows, explained);
            if (own.empty() || own == general ||
                matchesOf(own, ofCrew, rows, explained) <= matchesOf(general, ofCrew, rows, explained))
                continue;
            scope.crew = crew;
            propose(fit, scope, "fitted." + service + "." + crew, name + ", " + rows[ofCrew.front()].crewName, own,
                    ofCrew, rows, explained);
        }
    }
    return fit;
}

std::vector<CatalogueItem> SlaFit::items() const {
    std::vector<CatalogueItem> out{toItem(calendar)};
    for (const auto& p : policies) out.push_back(toItem(p.policy));
    return out;
}

SlaScore scoreSla(std::span<const SlaObservation> rows, const Catalogue& policies) {
    SlaScore score;
    for (const auto& o : rows) {
        if (!o.due || !o.requested) continue;
        ++score.rows;
        const auto* policy = policies.policyFor(o.service, Priority::Normal, o.department, {}, o.requested, o.crew);
        // A service that the file does not list may still be of a group that it has a policy for.
        if (!policy || (policy->service.empty() && !o.group.empty())) {
            for (const auto& p : policies.policies())
                if (p.service.empty() && p.group == o.group && !p.group.empty() &&
                    (!p.validFrom || p.validFrom <= o.requested) &&
                    (!policy || policy->group.empty() || p.validFrom > policy->validFrom))
                    policy = &p;
        }
        if (!policy || !policy->resolve) {
            ++score.noPolicy;
            continue;
        }
        const auto* hours = policies.hoursFor(*policy, o.department);
        const auto predicted = dueAfter(o.requested, *policy->resolve, hours, policies.timeZone());
        const auto off = std::abs(predicted.ms - o.due.ms);
        const auto& zone = hours ? hours->zone() : policies.timeZone();
        if (predicted && off <= kSlaTolerance.count()) ++score.matched;
        else if (predicted && zone.toLocal(predicted).day() == zone.toLocal(o.due).day()) ++score.sameDay;
        else if (std::abs(off - (off + LocalTime::kDayMs / 2) / LocalTime::kDayMs * LocalTime::kDayMs) <=
                 3'600'000 + kSlaTolerance.count())
            ++score.otherLength;
        else ++score.other;
    }
    return score;
}

}  // namespace wl::rules
