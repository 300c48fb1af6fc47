// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How long cases of a kind last, from those of the past year: a Kaplan-Meier estimate (Kaplan and Meier 1958), in which
// cases still open count as far as they have come. From it, the chance that a case is closed too late. Pure.
//
//   service here  →  service and department  →  service  →  everything        the first with enough closed cases

#include <array>
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
    std::int64_t lasted{};  ///< ms from the request to its closing, or to now
    bool closed{};
};

struct Forecast {
    Millis early{}, middle{},
        late{};  ///< from the request: 10, 50 and 90 in 100 are closed by then; 0 = later than any
    int cases{};  ///< closed ones it rests on
    int level{};  ///< 0 service here … 3 everything
};

class RiskModel {
public:
    static constexpr int kEnough = 40;  ///< closed cases that a group must have

    void learn(std::span<const LifeSample> samples);
    [[nodiscard]] bool isEmpty() const { return m_curves.empty(); }

    /// The chance in 0…1 that a case that has lasted `age` lasts longer than `limit`; none where nothing is known.
    [[nodiscard]] std::optional<double> chanceOver(const LifeSample& kind, Millis age, Millis limit) const;
    /// When a case that has lasted `age` will be closed.
    [[nodiscard]] std::optional<Forecast> forecast(const LifeSample& kind, Millis age) const;

private:
    struct Curve {
        std::vector<std::int64_t> at;  ///< ascending
        std::vector<float> survives;  ///< share that lasts longer than `at`
        int closed{};
        [[nodiscard]] double survival(std::int64_t t) const;
        [[nodiscard]] std::int64_t when(double share) const;  ///< first time at which no more than that survive; -1
    };
    static Curve curveOf(std::vector<std::pair<std::int64_t, bool>>& lives);
    [[nodiscard]] const Curve* curveFor(const LifeSample& kind, int* level) const;

    std::unordered_map<std::uint64_t, Curve> m_curves;
};

}  // namespace wl::engine
