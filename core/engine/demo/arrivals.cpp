// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/demo/arrivals.hpp"

#include <algorithm>
#include <cmath>

namespace wl::engine::demo {
namespace {

constexpr std::int64_t kQuietEnd = 20 * kMinute;  // nothing that is closed came in the last minutes

std::uint16_t indexOf(std::string_view service) {
    const auto all = serviceProfiles();
    for (std::uint16_t i = 0; i < all.size(); ++i)
        if (all[i].service == service) return i;
    return 0;
}

// How likely it is that a case of that age is closed by now.
double closable(const ServiceProfile& p, double ageDays) {
    return std::min(1.0, 0.05 + ageDays / (p.pace * p.targetDays + 0.3));
}

class Planner {
public:
    Planner(const Stage& stage, ArrivalPlan& plan)
        : m_stage(stage), m_plan(plan), m_chance(stage.options.seed, stream::arrivals) {}

    void run() {
        addClusters();
        const auto& o = m_stage.options;
        const auto clustered = [&](bool open) {
            return static_cast<std::size_t>(std::ranges::count(m_plan.arrivals, open, &Arrival::open));
        };
        addClosed(o.closed - clustered(false));
        addOpen(o.open - clustered(true));
        std::ranges::stable_sort(m_plan.arrivals, {}, &Arrival::at);
    }

private:
    Instant now() const { return m_stage.options.now; }

    Instant timeOn(std::int64_t day, const ServiceProfile& p) {
        const auto hours = hourWeights(p.rhythm, dayOf(day).weekday >= 5);
        const auto hour = static_cast<std::int64_t>(m_chance.weighted(hours));
        return m_stage.time.instant(day, hour * kHour + m_chance.whole(0, kHour - 1));
    }

    void addClosed(std::size_t count) {
        const auto profiles = serviceProfiles();
        std::vector<double> sums;  // cumulative over days and services
        double sum = 0;
        for (std::int64_t d = m_stage.firstDay(); d <= m_stage.lastDay; ++d) {
            const double luck = std::exp(0.12 * m_chance.bell());
            const double age = static_cast<double>(m_stage.lastDay - d) + 0.3;
            for (const auto& p : profiles) {
                sum += luck * intensity(p, d, m_stage.weather.on(d)) * closable(p, age);
                sums.push_back(sum);
            }
        }
        for (std::size_t i = 0; i < count; ++i) {
            const double at = (static_cast<double>(i) + m_chance.unit()) / static_cast<double>(count) * sum;
            const auto cell =
                std::min(static_cast<std::size_t>(std::ranges::upper_bound(sums, at) - sums.begin()), sums.size() - 1);
            const auto day = m_stage.firstDay() + static_cast<std::int64_t>(cell / profiles.size());
            Arrival a;
            a.service = static_cast<std::uint16_t>(cell % profiles.size());
            a.at = timeOn(day, profiles[a.service]);
            if (a.at > now() - Millis{kQuietEnd}) a.at = timeOn(m_stage.lastDay - 1, profiles[a.service]);
            m_plan.arrivals.push_back(a);
        }
    }

    // What is open today: by what share of its time each case has used, so that every kind of queue has content.
    double openProgress() {
        const double kind = m_chance.unit();
        if (kind < 0.60) return m_chance.between(0.01, 0.72);
        if (kind < 0.76) return m_chance.between(0.77, 0.985);
        if (kind < 0.92) return 1.01 + m_chance.exponential(0.35);
        return m_chance.between(0.05, 0.95);
    }

    // The instant from which a case has used that share of its target by now.
    Instant arrivalFor(const ServiceProfile& p, double progress) {
        const auto* service = m_stage.catalogue->service(p.service);
        const auto priority = service ? service->priority : Priority::Normal;
        double low = 2.0 * kMinute, high = 400.0 * kDay;
        for (int i = 0; i < 22; ++i) {
            const double age = std::sqrt(low * high);
            const Instant at{now().ms - static_cast<std::int64_t>(age)};
            const auto due = m_stage.due(p.service, priority, 0, at);
            (age / static_cast<double>((due - at).count()) < progress ? low : high) = age;
        }
        return {now().ms - static_cast<std::int64_t>(low)};
    }

    void addOpen(std::size_t count) {
        const auto profiles = serviceProfiles();
        const auto today = m_stage.lastDay;
        std::vector<double> weights;
        for (const auto& p : profiles)
            weights.push_back((intensity(p, today, m_stage.weather.on(today)) +
                               0.15 * p.weight * (p.service == "snow_ice" ? 0.2 : 1.0)) *
                              std::pow(p.targetDays, 0.45));
        for (std::size_t i = 0; i < count; ++i) {
            Arrival a;
            a.open = true;
            a.service = static_cast<std::uint16_t>(
                i < profiles.size() && count > 2 * profiles.size() ? i : m_chance.weighted(weights));
            const auto& p = profiles[a.service];
            for (int tries = 0; tries < 5; ++tries) {  // prefer the hours in which people call
                a.at = arrivalFor(p, openProgress());
                const auto hours = hourWeights(p.rhythm, m_stage.time.day(a.at).weekday >= 5);
                if (m_chance.with(hours[static_cast<std::size_t>(m_stage.time.hour(a.at))] / std::ranges::max(hours)))
                    break;
            }
            m_plan.arrivals.push_back(a);
        }
    }

    struct Burst {
        std::string_view cause, service, alsoService;
        std::size_t cases{};
        double days{};
        double metres{};
        bool alongStreet{};
    };

    void addCluster(const Burst& b, Instant from, bool open, std::size_t district) {
        const double share = std::clamp(static_cast<double>(m_stage.options.closed) / 20'000.0, 0.25, 1.0);
        const auto wanted = static_cast<std::size_t>(static_cast<double>(b.cases) * share);
        const auto limit = open ? m_stage.options.open : m_stage.options.closed;
        auto& used = open ? m_usedOpen : m_usedClosed;
        if (used + wanted > limit / 4) return;  // a small city is not made of clusters
        used += wanted;
        const auto centre = m_stage.places.anyIn(district, m_chance);
        const auto where =
            b.alongStreet ? m_stage.places.alongStreet(centre, b.metres) : m_stage.places.around(centre, b.metres);
        Cluster c{b.cause, b.service, from, from, m_stage.places.at(centre), wanted};
        for (std::size_t i = 0; i < wanted; ++i) {
            Arrival a;
            a.service = indexOf(m_chance.with(0.3) ? b.alsoService : b.service);
            a.cluster = static_cast<std::int32_t>(m_plan.clusters.size());
            a.address = m_chance.pick(where);
            a.open = open;
            const auto spread = static_cast<std::int64_t>(m_chance.unit() * m_chance.between(0.3, 1) * b.days * kDay);
            a.at = from + Millis{spread};
            if (b.days > 1.5) {  // people call at their usual hours
                const auto day = m_stage.time.dayNumber(a.at);
                a.at = std::max(from, timeOn(day, serviceProfiles()[a.service]));
            }
            a.at = std::min(a.at, now() - Millis{open ? 3 * kMinute : 2 * kDay});
            c.to = std::max(c.to, a.at);
            m_plan.arrivals.push_back(a);
        }
        m_plan.clusters.push_back(c);
    }

    std::int64_t thawDayIn(int year) const {
        std::int64_t best = m_stage.firstDay();
        double most = -1;
        for (auto d = m_stage.firstDay() + 2; d < m_stage.lastDay - 14; ++d) {
            const auto date = dayOf(d);
            if (date.year != year || date.month > 4) continue;
            if (const double thaw = m_stage.weather.on(d).thaw; thaw > most) most = thaw, best = d;
        }
        return best;
    }

    void addClusters() {
        const Burst potholes{"frost", "pothole", "pothole", 28, 9, 450, true};
        const Burst route{"missed route", "missed_collection", "missed_collection", 30, 1.2, 330, false};
        const Burst main{"burst main", "no_water", "water_leak", 16, 0.2, 260, false};
        const Burst rats{"rats", "pests", "pests", 18, 20, 160, false};
        const Burst spree{"graffiti spree", "graffiti", "graffiti", 22, 2.5, 600, true};
        const Burst cable{"street cable", "street_light", "street_light", 14, 1.8, 500, true};

        m_chance = Chance(m_stage.options.seed, stream::clusters);
        const auto somewhere = [&] { return m_chance.index(m_stage.places.districtCount()); };
        const auto dayAt = [&](std::int64_t day, int hour) { return m_stage.time.instant(day, hour * kHour); };
        // of the present: a main that broke this morning and a route that was missed yesterday
        addCluster(main, now() - Millis{4 * kHour}, true, somewhere());
        auto collected = m_stage.lastDay - 1;
        while (dayOf(collected).weekday > 4) --collected;
        addCluster(route, dayAt(collected, 8), true, somewhere());
        const auto thisYear = dayOf(m_stage.lastDay).year;
        for (int year = thisYear - 2; year <= thisYear; ++year)
            if (const auto day = thawDayIn(year); day > m_stage.firstDay())
                addCluster(potholes, dayAt(day, 7), false, somewhere());
        const std::pair<Burst, int> others[] = {{route, 5}, {main, 4}, {rats, 3}, {spree, 4}, {cable, 4}};
        for (const auto& [burst, count] : others)
            for (int i = 0; i < count; ++i) {
                auto day = m_chance.whole(m_stage.firstDay() + 20, m_stage.lastDay - 40);
                if (burst.cause == rats.cause)  // in summer
                    while (dayOf(day).month < 6 || dayOf(day).month > 9)
                        day += day + 30 > m_stage.lastDay - 40 ? -300 : 30;
                if (burst.cause == route.cause)
                    while (dayOf(day).weekday > 4) ++day;
                addCluster(burst, dayAt(day, burst.cause == cable.cause ? 18 : 7), false, somewhere());
            }
        m_chance = Chance(m_stage.options.seed, stream::arrivals);
    }

    const Stage& m_stage;
    ArrivalPlan& m_plan;
    Chance m_chance;
    std::size_t m_usedOpen{}, m_usedClosed{};
};

}  // namespace

ArrivalPlan::ArrivalPlan(const Stage& stage) { Planner(stage, *this).run(); }

}  // namespace wl::engine::demo
