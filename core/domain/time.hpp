// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Instants and the seams through which time and chance enter the program.

#include <chrono>
#include <compare>
#include <cstdint>
#include <span>

namespace wl {

/// Milliseconds since 1970-01-01T00:00:00Z. Zero means "none".
struct Instant {
    std::int64_t ms{};
    auto operator<=>(const Instant&) const = default;
    explicit operator bool() const { return ms != 0; }
};

using Millis = std::chrono::milliseconds;

[[nodiscard]] constexpr Instant operator+(Instant at, Millis d) { return {at.ms + d.count()}; }
[[nodiscard]] constexpr Instant operator-(Instant at, Millis d) { return {at.ms - d.count()}; }
[[nodiscard]] constexpr Millis operator-(Instant a, Instant b) { return Millis{a.ms - b.ms}; }

/// Wall time; replaced in tests and by the demo city's past.
class Clock {
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Instant now() const = 0;
};

class SystemClock final : public Clock {
public:
    [[nodiscard]] Instant now() const override {
        return {std::chrono::duration_cast<Millis>(std::chrono::system_clock::now().time_since_epoch()).count()};
    }
};

/// A clock that stands still until it is told otherwise.
class ManualClock final : public Clock {
public:
    explicit ManualClock(Instant at) : m_at(at) {}
    [[nodiscard]] Instant now() const override { return m_at; }
    void set(Instant at) { m_at = at; }

private:
    Instant m_at;
};

/// Random bytes; replaced by a seeded generator in tests and the demo city.
class Rng {
public:
    virtual ~Rng() = default;
    virtual void fill(std::span<std::uint8_t> out) = 0;
};

}  // namespace wl
