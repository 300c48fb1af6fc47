// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Colours for more and less on the map, told apart by lightness alone too, in both themes.

#include <QColor>

#include <array>

namespace wl::ui {

inline constexpr int kRampSteps = 5;

/// Few to many; step 0…4.
[[nodiscard]] QColor countColour(int step, bool dark);
/// Smoothly between the steps, share 0…1.
[[nodiscard]] QColor countColour(double share, bool dark);
/// Late to on time; step 0…4. Vermilion to blue, which people who cannot see red tell apart.
[[nodiscard]] QColor onTimeColour(int step, bool dark);
/// Ink that is read on that ground.
[[nodiscard]] QColor inkOn(const QColor& ground);

/// From which share of cases on time each step begins.
inline constexpr std::array<double, kRampSteps> kOnTimeSteps{0, 0.5, 0.7, 0.8, 0.9};

}  // namespace wl::ui
