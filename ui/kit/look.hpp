// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Sizes and shades that forms, panes and delegates share: the 4 px grid, the type steps and the quieter text colours,
// all derived from the application's font and palette.

#include <QFont>
#include <QPalette>

class QWidget;

namespace wl::ui {

/// `steps` of the 4 px grid.
[[nodiscard]] constexpr int grid(int steps) { return 4 * steps; }

[[nodiscard]] QFont smallFont(const QFont& base);             ///< 11 where the base is 13
[[nodiscard]] QFont strongFont(const QFont& base);            ///< the same size, demi-bold
[[nodiscard]] QFont headFont(const QFont& base);              ///< 15
[[nodiscard]] QFont titleFont(const QFont& base);             ///< 20
[[nodiscard]] QFont displayFont(const QFont& base);           ///< 28, tabular digits

[[nodiscard]] bool isDark(const QPalette& palette);
/// Text that stands back: at least 4.5:1 on the base colour.
[[nodiscard]] QColor quietText(const QPalette& palette);
/// A hairline between things.
[[nodiscard]] QColor hairline(const QPalette& palette);
/// A surface one step away from the base, for cards and messages.
[[nodiscard]] QColor raised(const QPalette& palette);
/// Fills a widget with `raised` and draws hairlines along these edges.
void paintSheet(QWidget& widget, Qt::Edges lines);
/// Gives a label the quiet colour, and keeps it when the palette changes.
void makeQuiet(QWidget* label);

}  // namespace wl::ui
