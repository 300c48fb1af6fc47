// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Icons come from the Breeze theme by name, in its light or dark drawing; a name that it lacks gives an empty icon.

#include <QIcon>
#include <QPixmap>
#include <QString>

namespace wl::ui {

/// Chooses between the theme's two drawings; called when the palette changes.
void useIconTheme(bool dark);
[[nodiscard]] QIcon themedIcon(const QString& name);
[[nodiscard]] QIcon themedIcon(const char16_t* name);
/// Side of an icon beside body text, in device-independent pixels.
inline constexpr int kIconSide = 16;

}  // namespace wl::ui
