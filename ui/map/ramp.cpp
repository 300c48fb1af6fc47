// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/ramp.hpp"

#include <algorithm>
#include <cmath>

namespace wl::ui {
namespace {

// clang-format off
constexpr std::array<QRgb, kRampSteps> kCountLight{0xe4ddf0, 0xbfb2dd, 0x9882c6, 0x7350a8, 0x4c2079};
constexpr std::array<QRgb, kRampSteps> kCountDark {0x33284d, 0x554684, 0x7d6cba, 0xaaa0e0, 0xe2defa};
constexpr std::array<QRgb, kRampSteps> kTimeLight {0xb5440a, 0xe8915a, 0xf2e3c6, 0x86bbdd, 0x2a6fa8};
constexpr std::array<QRgb, kRampSteps> kTimeDark  {0xe36a26, 0xa8572e, 0x5d5648, 0x3b7098, 0x63aee0};
// clang-format on

double lightnessOf(const QColor& c) {  // relative luminance, WCAG 2.1
    const auto channel = [](double v) { return v <= 0.03928 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4); };
    return 0.2126 * channel(c.redF()) + 0.7152 * channel(c.greenF()) + 0.0722 * channel(c.blueF());
}

}  // namespace

QColor countColour(int step, bool dark) {
    const auto at = static_cast<std::size_t>(std::clamp(step, 0, kRampSteps - 1));
    return QColor((dark ? kCountDark : kCountLight)[at]);
}

QColor countColour(double share, bool dark) {
    const double place = std::clamp(share, 0.0, 1.0) * (kRampSteps - 1);
    const int below = std::min(static_cast<int>(place), kRampSteps - 2);
    const QColor a = countColour(below, dark), b = countColour(below + 1, dark);
    const double part = place - below;
    const auto mix = [part](int x, int y) { return static_cast<int>(std::lround(x + (y - x) * part)); };
    return {mix(a.red(), b.red()), mix(a.green(), b.green()), mix(a.blue(), b.blue())};
}

QColor onTimeColour(int step, bool dark) {
    const auto at = static_cast<std::size_t>(std::clamp(step, 0, kRampSteps - 1));
    return QColor((dark ? kTimeDark : kTimeLight)[at]);
}

QColor inkOn(const QColor& ground) {
    return lightnessOf(ground) > 0.179 ? QColor(Qt::black) : QColor(Qt::white);  // 4.58:1 or more on any ground
}

}  // namespace wl::ui
