// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How long work on cases of a kind takes, from those of the past: a Kaplan-Meier estimate (Kaplan and Meier 1958), in
// which cases still open count as far as they have come. From it, the chance that a case is finished too late. Pure.
//
//   everything → service → service, department → service, department, load → service, area, load
//
// The finest with enough finished cases is asked. Each leans on the one before it as if that were some more cases of
// its own (Susarla and Van Ryzin 1976), so that few cases say little. Load: how many cases the department had open on
// the day of the request, beside what it has on most days.

#include <cstdint>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "domain/time.hpp"

namespace wl::engine {

/// One case: codes as numbers (any numbering, one throughout).
struct LifeSample {
    std::int32_t service{}, department{}, area{};
    std::int64_t requested{};  ///< ms since 1970
    std::int64_t lasted{};  ///< ms from the request to the end of the work, or to now
    bool finished{};
};

struct Forecast {
    /// From the request: 10, 50 and 90 in 100 are finished by then; 0 = later than any.
    Millis early{}, middle{}, late{};
    int cases{};  ///< finished ones it rests on
    int level{};  ///< 0 service, area, load … 4 everything
};

class RiskModel {
public:
    static constexpr int kEnough = 20;  ///< finished cases that a group must have
    static constexpr int kLevels = 5;

    void learn(std::span<const LifeSample> samples);
    [[nodiscard]] bool isEmpty() const { return m_curves.empty(); }

    /// The chance in 0…1 that a case that has lasted `age` lasts longer than `limit`; none where nothing is known.
    [[nodiscard]] std::optional<double> chanceOver(const LifeSample& kind, Millis age, Millis limit) const;
    /// The age from which that chance is a half or more; none where it never is, or too few lasted so long to say.
    [[nodiscard]] std::optional<Millis> likelyOverFrom(const LifeSample& kind, Millis limit) const;
    /// When a case that has lasted `age` will be finished.
    [[nodiscard]] std::optional<Forecast> forecast(const LifeSample& kind, Millis age) const;

private:
    static constexpr int kFewest = 10;  ///< cases that must have lasted so long for anything to be said of them
    struct Curve {
        std::vector<std::int64_t> at;  ///< ascending
        std::vector<float> survives;   ///< share that lasts longer than `at`
        std::vector<float> left;  ///< how many were still seen after `at`
        int finished{};
        [[nodiscard]] double survival(std::int64_t t) const;
        /// First step at which no more than that share survives; at.size() if there is none.
        [[nodiscard]] std::size_t step(double share) const;
        [[nodiscard]] std::int64_t when(double share) const;  ///< 0 if never
    };
    /// Open cases a day of one department.
    struct Days {
        std::int64_t first{};  ///< day since 1970
        std::vector<std::int32_t> open;
        std::int32_t usual{};  ///< median over days
    };
    struct Life {
        std::uint64_t group;
        std::int64_t lasted;
        bool finished;
        auto operator<=>(const Life&) const = default;
    };
    void countDays(std::span<const LifeSample> samples);
    [[nodiscard]] int loadOf(const LifeSample& kind) const;
    [[nodiscard]] static std::uint64_t groupOf(const LifeSample& kind, int load, int level);
    [[nodiscard]] static Curve curveOf(std::span<const Life> lives, const Curve* coarser);
    [[nodiscard]] const Curve* curveFor(const LifeSample& kind, int* level) const;

    std::unordered_map<std::uint64_t, Curve> m_curves;
    std::unordered_map<std::int32_t, Days> m_days;
};

}  // namespace wl::engine
