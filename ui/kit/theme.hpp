// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The look of the whole program: palette, type, density. One object, made by the program's start before any widget;
// it follows the system's light or dark unless told otherwise. GUI thread.

#include <QApplication>
#include <QFont>
#include <QObject>
#include <QPalette>

#include <cstdint>

#include "ui/kit/look.hpp"

namespace wl::ui {

enum class ThemeChoice : std::uint8_t { System, Light, Dark };
enum class Density : std::uint8_t { Compact, Comfortable };

/// Digits of one width, for columns of numbers and running timers.
[[nodiscard]] QFont tabular(QFont font);

[[nodiscard]] QPalette lightPalette();
[[nodiscard]] QPalette darkPalette();

class Theme final : public QObject {
    Q_OBJECT

public:
    explicit Theme(QApplication& app);

    void setChoice(ThemeChoice choice);
    [[nodiscard]] ThemeChoice choice() const { return m_choice; }
    [[nodiscard]] bool dark() const { return m_dark; }
    void setDensity(Density density);
    [[nodiscard]] Density density() const { return m_density; }
    /// Height of a row in a list, in device-independent pixels.
    [[nodiscard]] int rowHeight() const { return m_density == Density::Compact ? grid(6) : grid(8); }

Q_SIGNALS:
    void changed();
    void densityChanged();

private:
    void apply();

    ThemeChoice m_choice{ThemeChoice::System};
    Density m_density{Density::Compact};
    bool m_dark{};
};

}  // namespace wl::ui
