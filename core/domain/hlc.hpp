// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Hybrid logical clock: 48 bits of Unix milliseconds, 16 bits of counter (Kulkarni et al. 2014).

#include <algorithm>
#include <compare>
#include <cstdint>

#include "domain/ids.hpp"
#include "domain/time.hpp"

namespace wl {

struct Hlc {
    std::uint64_t value{};
    auto operator<=>(const Hlc&) const = default;
    [[nodiscard]] Instant wall() const { return {static_cast<std::int64_t>(value >> 16)}; }
    /// Instants before 1970 or after the year 6429 are held at the clock's ends: a stamp must not wrap, nor pass 2^63.
    [[nodiscard]] static Hlc of(Instant at, std::uint16_t counter = 0) {
        constexpr std::int64_t latest = (std::int64_t{1} << 47) - 1;
        return {(static_cast<std::uint64_t>(std::clamp<std::int64_t>(at.ms, 0, latest)) << 16) | counter};
    }
};

/// The place of an op in the one total order used everywhere: (hlc, origin, seq).
struct Stamp {
    Hlc hlc;
    Dot dot;
    auto operator<=>(const Stamp&) const = default;
};

/// Issues strictly increasing stamps for one origin; `observe` keeps effects after their causes.
class HlcClock {
public:
    HlcClock(const Clock& clock, Hlc last) : m_clock(clock), m_last(last) {}

    [[nodiscard]] Hlc tick() { return tickAt(m_clock.now()); }
    [[nodiscard]] Hlc tickAt(Instant at) {
        const auto physical = Hlc::of(at);
        m_last = physical > m_last ? physical : Hlc{m_last.value + 1};  // a full counter carries into the next ms
        return m_last;
    }
    void observe(Hlc applied) {
        if (applied > m_last) m_last = applied;
    }
    [[nodiscard]] Hlc last() const { return m_last; }

private:
    const Clock& m_clock;
    Hlc m_last;
};

}  // namespace wl
