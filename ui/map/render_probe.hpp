// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Chooses how Qt Quick draws. A processor that plays a graphics card (llvmpipe and its like) draws the map fifteen
// times slower than Qt's own software renderer and slows down every widget of the window that holds it.

#include <QString>

#include <optional>

namespace wl::ui {

enum class RenderMode : std::uint8_t { Auto, Gpu, Software };

/// From "auto", "gpu", "software"; none for anything else.
[[nodiscard]] std::optional<RenderMode> renderModeFrom(const QString& text);

/// True when the OpenGL renderer of this name is a processor.
[[nodiscard]] bool isSoftwareRenderer(const QString& glRenderer);

/// GL_RENDERER of a throw-away context, empty without OpenGL. Takes about 50 ms; needs a QGuiApplication.
[[nodiscard]] QString probeGlRenderer();

/// Applies the mode to all windows made from now on; call it once, before the first. True = software. An explicit
/// QT_QUICK_BACKEND in the environment wins.
bool chooseRenderer(RenderMode mode);

}  // namespace wl::ui
