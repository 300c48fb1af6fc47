// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/hotspots.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace wl::geo {
namespace {

constexpr std::int64_t kDay = 86'400'000;
constexpr std::array<double, 5> kRadii{125, 200, 300, 420, 600};
constexpr std::array<std::int64_t, 4> kWindows{1 * kDay, 3 * kDay, 7 * kDay, 14 * kDay};
constexpr std::array<std::int64_t, 3> kCityWindows{1 * kDay, 3 * kDay, 7 * kDay};
constexpr double kCell = 300;             // m
constexpr std::int64_t kHistory = 365 * kDay, kGuard = 14 * kDay, kSeason = 21 * kDay;
constexpr double kSameSpot = 12;          // m: reports of one fault
constexpr std::uint32_t kLeast = 4;       // faults that make a pattern
constexpr double kMiddle = 300;          // m
constexpr std::int64_t kGo = kDay / 6;
constexpr double kLeastMean = 0.3, kLeastShape = 1;  // what no history makes less likely
constexpr double kLeastScore = 3.5;
constexpr double kStricter = 1.6;
constexpr double kPrior = 30;             // cases' worth of the share of all services
constexpr double kEpisodeScore = 2.5;     // below that nobody keeps a list
constexpr std::int64_t kEpisodeGap = 10 * kDay;

std::uint64_t cellOf(double x, double y) {
    const auto cx = static_cast<std::int32_t>(std::floor(x / kCell)),
               cy = static_cast<std::int32_t>(std::floor(y / kCell));
    return (static_cast<std::uint64_t>(static_cast<std::uint32_t>(cx)) << 32) | static_cast<std::uint32_t>(cy);
}

// -log10 P(X >= k) of a negative binomial with this mean and shape.
double surpriseOf(double k, double mean, double shape) {
    if (k <= mean) return 0;
    const double p = mean / (mean + shape);
    const double term =
        std::lgamma(k + shape) - std::lgamma(shape) - std::lgamma(k + 1) + k * std::log(p) + shape * std::log1p(-p);
    double sum = 1, ratio = 1;
    for (int i = 0; i < 400; ++i) {
        ratio *= (k + i + shape) / (k + i + 1) * p;
        sum += ratio;
        if (ratio < 1e-6 * sum) break;
    }
    return std::max(0.0, -(term + std::log(sum)) / std::numbers::ln10);
}

}  // namespace

HotSpotScan::HotSpotScan(ScanOptions options) : m_options(options) {}

std::uint32_t HotSpotScan::countBetween(std::uint32_t service, std::int64_t from, std::int64_t to) const {
    const auto at = m_times.find(service);
    if (at == m_times.end()) return 0;
    const auto& t = at->second;
    return static_cast<std::uint32_t>(std::ranges::upper_bound(t, to) - std::ranges::upper_bound(t, from));
}

void HotSpotScan::learn(const ScanCase& next, double x, double y) {
    const auto insert = [&](std::vector<std::int64_t>& times) {
        if (times.empty() || times.back() <= next.at.ms) times.push_back(next.at.ms);
        else times.insert(std::ranges::upper_bound(times, next.at.ms), next.at.ms);
    };
    insert(m_times[next.service]);
    if (!next.place) return;
    insert(m_placedTimes[next.service]);
    insert(m_allPlacedTimes);
    auto& cell = m_cells[cellOf(x, y)];
    const Spot spot{static_cast<float>(x), static_cast<float>(y), next.service, next.at.ms, next.key};
    if (cell.empty() || cell.back().ms <= spot.ms) cell.push_back(spot);
    else cell.insert(std::ranges::upper_bound(cell, spot.ms, {}, &Spot::ms), spot);
}

HotSpotScan::Found HotSpotScan::scanPlace(std::uint32_t service, double x, double y, std::int64_t now) {
    std::array<double, kRadii.size()> own{}, all{}, season{};
    const double reach = kRadii.back();
    m_near.clear();
    const auto historyFrom = std::max(now - kHistory, m_first);
    for (double cx = std::floor((x - reach) / kCell); cx * kCell <= x + reach; ++cx)
        for (double cy = std::floor((y - reach) / kCell); cy * kCell <= y + reach; ++cy) {
            const auto cell = m_cells.find(cellOf((cx + 0.5) * kCell, (cy + 0.5) * kCell));
            if (cell == m_cells.end()) continue;
            for (auto s = cell->second.rbegin(); s != cell->second.rend() && s->ms > now - kWindows.back(); ++s)
                if (s->service == service && s->ms <= now && std::hypot(s->x - x, s->y - y) <= reach)
                    m_near.push_back(*s);
        }
    if (m_near.size() < kLeast) return {};
    // Reports of one spot within three days are one fault: what several people saw, or one person sent twice.
    std::ranges::sort(m_near, {}, &Spot::ms);
    std::vector<Spot> faults;
    for (const auto& s : m_near) {
        const bool known = std::ranges::any_of(faults, [&](const Spot& f) {
            return s.ms - f.ms < 3 * kDay && std::hypot(f.x - s.x, f.y - s.y) <= kSameSpot;
        });
        if (!known) faults.push_back(s);
    }
    if (faults.size() < kLeast) return {};
    // What came in one after another within hours came in one go: who walks down a street reports many. A go of n
    // weighs 1 + log2 n.
    std::vector<double> weights(faults.size(), 1);
    for (std::size_t i = 0, go = 0; i < faults.size(); ++i) {
        go = i > 0 && faults[i].ms - faults[i - 1].ms < kGo ? go + 1 : 1;
        if (go > 1) weights[i] = std::log2(static_cast<double>(go) / static_cast<double>(go - 1));
    }
    for (double cx = std::floor((x - reach) / kCell); cx * kCell <= x + reach; ++cx)
        for (double cy = std::floor((y - reach) / kCell); cy * kCell <= y + reach; ++cy) {
            const auto cell = m_cells.find(cellOf((cx + 0.5) * kCell, (cy + 0.5) * kCell));
            if (cell == m_cells.end()) continue;
            for (const auto& s : cell->second) {
                if (s.ms > now - kGuard) break;
                const double d = std::hypot(s.x - x, s.y - y);
                if (d > reach) continue;
                const bool recent = s.ms > historyFrom;
                const bool seasonal = s.service == service && (std::abs(s.ms - (now - 365 * kDay)) < kSeason ||
                                                               std::abs(s.ms - (now - 730 * kDay)) < kSeason);
                for (std::size_t r = kRadii.size(); r-- > 0 && d <= kRadii[r];) {
                    if (recent) {
                        all[r] += 1;
                        if (s.service == service) own[r] += 1;
                    }
                    if (seasonal) season[r] += 1;
                }
            }
        }
    const auto between = [](const std::vector<std::int64_t>& t, std::int64_t from, std::int64_t to) {
        return static_cast<double>(std::ranges::upper_bound(t, to) - std::ranges::upper_bound(t, from));
    };
    const auto& times = m_placedTimes[service];
    const double ownCity = between(times, historyFrom, now - kGuard);
    const double allCity = between(m_allPlacedTimes, historyFrom, now - kGuard);
    const double seasonCity = between(times, now - 365 * kDay - kSeason, now - 365 * kDay + kSeason) +
                              between(times, now - 730 * kDay - kSeason, now - 730 * kDay + kSeason);
    Found best;
    for (std::size_t r = 0; r < kRadii.size(); ++r) {
        const double area = std::numbers::pi * kRadii[r] * kRadii[r] / 1e8;  // of a city of 100 km²
        const double general = (all[r] + 20 * area) / (allCity + 20);
        double share = (own[r] + kPrior * general) / (ownCity + kPrior);
        double shape = own[r] + kPrior * general;
        if (seasonCity > 0) {
            const double then = (season[r] + kPrior * share) / (seasonCity + kPrior);
            if (then > share) {
                share = then;
                shape = std::max(shape, season[r] + kPrior * share);
            }
        }
        for (const auto w : kWindows) {
            std::uint32_t observed = 0;
            double weight = 0;
            for (std::size_t i = 0; i < faults.size(); ++i)
                if (faults[i].ms > now - w && std::hypot(faults[i].x - x, faults[i].y - y) <= kRadii[r])
                    ++observed, weight += weights[i];
            if (weight < kLeast) continue;
            const double city = between(times, now - w, now);
            const double usual = ownCity > 0 ? ownCity * static_cast<double>(w) /
                                                   static_cast<double>(std::max(now - kGuard - historyFrom, kDay))
                                             : 0;
            const double mean = share * std::max(city, std::min(usual, 2 * city));
            const double score = surpriseOf(weight, std::max(mean, kLeastMean), std::clamp(shape, kLeastShape, 8.0));
            if (score > best.score) best = {score, kRadii[r], w, observed, mean};
        }
    }
    return best;
}

HotSpotScan::Found HotSpotScan::scanCity(std::uint32_t service, std::int64_t now) const {
    Found best;
    for (const auto w : kCityWindows) {
        const auto observed = countBetween(service, now - w, now);
        if (observed < 10) continue;
        std::vector<double> weeks;
        for (int k = 1; k <= 8; ++k) {
            const auto to = now - k * 7 * kDay;
            if (to - w < m_first) break;
            weeks.push_back(countBetween(service, to - w, to));
        }
        if (weeks.size() < 3) continue;
        // The highest quarter is left out: an earlier emergency is no measure.
        std::ranges::sort(weeks);
        weeks.resize(weeks.size() - (weeks.size() >= 4 ? std::max<std::size_t>(1, weeks.size() / 4) : 0));
        double sum = 0, squares = 0;
        const auto n = static_cast<double>(weeks.size());
        for (const auto c : weeks) sum += c, squares += c * c;
        double mean = (sum + 1) / n;
        const double variance = std::max(mean, squares / n - (sum / n) * (sum / n));
        double shape = variance > mean * 1.05 ? mean * mean / (variance - mean) : 1e3;
        // What the same time of earlier years had, as that year went.
        for (int years = 1; years <= 2; ++years) {
            const auto to = now - years * 364 * kDay;
            if (to - 56 * kDay < m_first) break;
            const double then = countBetween(service, to - w, to);
            const double before = countBetween(service, to - 56 * kDay, to - w) * static_cast<double>(w) /
                                  static_cast<double>(56 * kDay - w);
            mean = std::max(mean, then * std::clamp(sum / n / std::max(before, 0.5), 0.5, 3.0));
        }
        if (observed < 2 * mean) continue;
        const double score = surpriseOf(observed, mean, std::clamp(shape, 1.0, 50.0));
        if (score > best.score) best = {score, 0, w, observed, mean};
    }
    return best;
}

double HotSpotScan::recurrence(const Pool& pool, double score, std::int64_t now) const {
    const double days = static_cast<double>(std::min(now - m_first, kHistory)) / static_cast<double>(kDay);
    std::vector<double> peaks;
    for (const auto& [at, peak] : pool.peaks) peaks.push_back(peak);
    if (peaks.empty()) return days;
    std::ranges::sort(peaks, std::greater<>());
    const auto above =
        static_cast<std::size_t>(std::ranges::lower_bound(peaks, score, std::greater<>()) - peaks.begin());
    if (above >= 5) return days / static_cast<double>(above);
    // Beyond what the past has: an exponential tail over the highest tenth.
    const auto k = std::min(peaks.size() - 1, std::max<std::size_t>(5, peaks.size() / 10));
    double mean = 0;
    for (std::size_t i = 0; i < k; ++i) mean += peaks[i] - peaks[k];
    mean = std::max(0.3, mean / static_cast<double>(std::max<std::size_t>(k, 1)));
    return days / (static_cast<double>(k + 1) * std::exp(-std::max(0.0, score - peaks[k]) / mean));
}

void HotSpotScan::closeEpisodes(std::int64_t now) {
    std::erase_if(m_episodes, [&](const Episode& e) { return e.lastMs + kEpisodeGap < now; });
    for (auto* pool : {&m_places, &m_city})
        while (!pool->peaks.empty() && pool->peaks.front().first + kHistory < now) pool->peaks.pop_front();
}

std::optional<HotSpot> HotSpotScan::judge(const Found& found, const ScanCase& next, double x, double y, bool cityWide) {
    if (found.score < kEpisodeScore) return {};
    const auto now = m_last;
    Episode* episode = nullptr;
    for (auto& e : m_episodes) {
        if (e.service != next.service || e.cityWide != cityWide) continue;
        if (!cityWide && std::hypot(e.x - x, e.y - y) > e.radius + found.radius / 2) continue;
        if (!episode || e.peak > episode->peak) episode = &e;
    }
    auto& pool = cityWide ? m_city : m_places;
    const bool warm = now - m_first >= (cityWide ? m_options.warmUp.count() / 2 : m_options.warmUp.count());
    if (!episode) {
        episode = &m_episodes.emplace_back();
        episode->id = m_nextEpisode++;
        episode->service = next.service;
        episode->cityWide = cityWide;
        episode->firstMs = now;
    }
    episode->lastMs = now;
    const bool goesOn = cityWide && episode->raisedAt > 0 && episode->raisedMs + 7 * kDay <= now;
    if (found.score <= episode->peak && !goesOn) return {};
    // The peak of an episode counts once in the past: its last height.
    if (found.score > episode->peak && episode->peak > 0)
        for (auto p = pool.peaks.rbegin(); p != pool.peaks.rend(); ++p)
            if (p->second == episode->peak && p->first >= episode->firstMs) {
                pool.peaks.erase(std::next(p).base());
                break;
            }
    const double days = recurrence(pool, found.score, now);
    if (found.score > episode->peak) {
        pool.peaks.emplace_back(now, found.score);
        episode->peak = found.score;
        episode->x = x, episode->y = y, episode->radius = found.radius;
    }
    if (!warm || found.score < kLeastScore) return {};
    if (!goesOn && episode->raisedAt > 0 && found.observed < (cityWide ? 4 : 2) * episode->raisedAt) return {};
    // A week that had its share of alarms has to bring a rarer thing for one more.
    const double budget = cityWide ? m_options.cityWidePerWeek : m_options.perWeek;
    auto& raised = cityWide ? m_raisedCity : m_raisedPlaces;
    while (!raised.empty() && raised.front() + 7 * kDay < now) raised.pop_front();
    const double needed = 7 / budget * std::pow(kStricter, std::max(0.0, static_cast<double>(raised.size()) - budget));
    if (days < needed) return {};
    raised.push_back(now);
    HotSpot out;
    out.episode = episode->id;
    out.service = next.service;
    out.cityWide = cityWide;
    if (!cityWide) out.centre = GeoPoint::of(m_lat0 + y / 111'195, m_lon0 + x / m_metresPerLon);
    out.radiusMetres = found.radius;
    out.from = {now - found.window};
    out.to = {now};
    out.observed = found.observed;
    out.expected = found.expected;
    out.surprise = found.score;
    out.recurrenceDays = days;
    out.grew = episode->raisedAt > 0;
    if (!cityWide) {
        for (const auto& s : m_near)
            if (s.ms > now - found.window && std::hypot(s.x - x, s.y - y) <= found.radius) out.members.push_back(s.key);
    }
    episode->raisedAt = found.observed;
    episode->raisedMs = now;
    return out;
}

std::vector<HotSpot> HotSpotScan::add(const ScanCase& next) {
    double x = 0, y = 0;
    if (next.place) {
        if (!m_placed) {
            m_placed = true;
            m_lat0 = next.place->lat(), m_lon0 = next.place->lon();
            m_metresPerLon = 111'195 * std::cos(m_lat0 * std::numbers::pi / 180);
        }
        x = (next.place->lon() - m_lon0) * m_metresPerLon;
        y = (next.place->lat() - m_lat0) * 111'195;
    }
    if (m_first == 0) m_first = next.at.ms;
    learn(next, x, y);
    // One that comes some hours late (a colleague was offline) is judged with what is known by now.
    if (next.at.ms < m_last - kDay) return {};
    m_last = std::max(m_last, next.at.ms);
    closeEpisodes(m_last);
    std::vector<HotSpot> out;
    if (next.place) {
        auto found = scanPlace(next.service, x, y, m_last);
        // Once more around the middle of what is near: a disc around the newest case may hold only a part.
        double mx = 0, my = 0;
        int n = 0;
        for (const auto& s : m_near)
            if (s.ms > m_last - kWindows[2] && std::hypot(s.x - x, s.y - y) <= kMiddle) mx += s.x, my += s.y, ++n;
        if (found.score > 0 && n >= static_cast<int>(kLeast)) {
            auto near = std::move(m_near);
            const auto middle = scanPlace(next.service, mx / n, my / n, m_last);
            if (middle.score > found.score && std::hypot(mx / n - x, my / n - y) <= middle.radius)
                found = middle, x = mx / n, y = my / n;
            else m_near = std::move(near);
        }
        if (auto h = judge(found, next, x, y, false)) out.push_back(std::move(*h));
    }
    if (auto h = judge(scanCity(next.service, m_last), next, x, y, true)) out.push_back(std::move(*h));
    return out;
}

}  // namespace wl::geo
