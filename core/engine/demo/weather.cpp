// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/demo/weather.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/demo/chance.hpp"
#include "engine/demo/local_time.hpp"

namespace wl::engine::demo {
namespace {

constexpr std::int64_t kDaysSinceLastStorm = 6;

void strike(std::vector<WeatherDay>& days, std::size_t at, double strength) {
    const double after[] = {1.0, 0.45, 0.15};
    days[at].stormStrikes = true;
    for (std::size_t i = 0; i < 3 && at + i < days.size(); ++i)
        days[at + i].storm = std::max(days[at + i].storm, strength * after[i]);
}

}  // namespace

Weather::Weather(std::uint64_t seed, std::int64_t first, std::int64_t last) : m_first(first) {
    const auto count = static_cast<std::size_t>(std::max<std::int64_t>(last - first + 1, 1));
    m_days.resize(count);
    Chance chance(seed, stream::weather);
    double drift = 0;
    double swing = 0;
    for (std::size_t i = 0; i < count; ++i) {
        auto& day = m_days[i];
        const auto date = dayOf(first + static_cast<std::int64_t>(i));
        const double season = std::cos((date.dayOfYear - 200) * 2 * std::numbers::pi / 365.25);  // 1 in late July
        drift = 0.8 * drift + chance.bell() * 2.4;
        day.temperature = 9 + 12 * season + drift;

        const bool wasFrost = i > 0 && m_days[i - 1].temperature < 0;
        const bool crossed = i > 0 && wasFrost != (day.temperature < 0);
        swing = swing * 0.9 + (crossed ? 0.3 : 0.0);
        day.thaw = std::min(swing, 1.0);

        const bool falls = day.temperature < 0.5 && chance.with(0.33);
        const double before = i > 0 ? m_days[i - 1].snow : 0;
        day.snow = falls ? std::min(1.0, before * 0.6 + chance.between(0.4, 1.0))
                         : before * (day.temperature < 1 ? 0.7 : 0.25);
        if (day.snow < 0.05) day.snow = 0;

        // about eight storms a year, most of them from autumn to spring
        if (chance.with(0.012 + 0.012 * (1 - season))) strike(m_days, i, chance.between(0.45, 1.0));
    }
    if (count > kDaysSinceLastStorm + 30) strike(m_days, count - 1 - kDaysSinceLastStorm, 0.8);
}

const WeatherDay& Weather::on(std::int64_t day) const {
    const auto last = static_cast<std::int64_t>(m_days.size()) - 1;
    return m_days[static_cast<std::size_t>(std::clamp<std::int64_t>(day - m_first, 0, last))];
}

std::vector<std::int64_t> Weather::storms() const {
    std::vector<std::int64_t> days;
    for (std::size_t i = 0; i < m_days.size(); ++i)
        if (m_days[i].stormStrikes) days.push_back(m_first + static_cast<std::int64_t>(i));
    return days;
}

}  // namespace wl::engine::demo
