// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Icons come from the Breeze theme by name, in its light or dark drawing; a name that it lacks gives an empty icon.

#include <QIcon>
#include <QPixmap>
#include <QString>

class QColor;
class QPainter;
class QRect;

namespace wl::ui {

/// Chooses between the theme's two drawings; called when the palette changes.
void useIconTheme(bool dark);
[[nodiscard]] QIcon themedIcon(const QString& name);
[[nodiscard]] QIcon themedIcon(const char16_t* name);
/// Draws the icon in one ink, for selected rows; the theme's own drawing keeps its ink there.
void paintIcon(QPainter& painter, const QRect& box, const QString& name, const QColor& ink);
/// The same as an icon.
[[nodiscard]] QIcon inkedIcon(const QString& name, const QColor& ink, qreal pixelRatio);
/// Side of an icon beside body text, in device-independent pixels.
inline constexpr int kIconSide = 16;

}  // namespace wl::ui
