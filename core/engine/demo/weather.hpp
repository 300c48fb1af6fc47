// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The weather of Port Linden day by day: what makes people call.

#include <cstdint>
#include <vector>

namespace wl::engine::demo {

struct WeatherDay {
    double temperature{};  ///< °C at noon
    double storm{};        ///< 0 calm … 1 the worst; also the two days after, less
    double thaw{};         ///< 0 … 1: frost and thaw in the last fortnight (what breaks roads)
    double snow{};         ///< 0 … 1: snow lies
    bool stormStrikes{};   ///< the day on which a storm came
};

class Weather {
public:
    /// For the days [first, last]; one storm always strikes six days before `last`, so that a present has a story.
    Weather(std::uint64_t seed, std::int64_t first, std::int64_t last);
    [[nodiscard]] const WeatherDay& on(std::int64_t day) const;
    [[nodiscard]] std::vector<std::int64_t> storms() const;

private:
    std::int64_t m_first;
    std::vector<WeatherDay> m_days;
};

}  // namespace wl::engine::demo
