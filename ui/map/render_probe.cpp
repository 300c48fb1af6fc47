// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/render_probe.hpp"

#include <QOffscreenSurface>
#include <QOpenGLContext>
#include <QOpenGLFunctions>
#include <QQuickWindow>

#include <algorithm>
#include <array>

namespace wl::ui {

using namespace Qt::StringLiterals;

std::optional<RenderMode> renderModeFrom(const QString& text) {
    if (text == "auto"_L1) return RenderMode::Auto;
    if (text == "gpu"_L1) return RenderMode::Gpu;
    if (text == "software"_L1) return RenderMode::Software;
    return std::nullopt;
}

bool isSoftwareRenderer(const QString& glRenderer) {
    static constexpr std::array names{"llvmpipe"_L1, "softpipe"_L1, "swrast"_L1, "SVGA3D"_L1, "software rasterizer"_L1};
    return glRenderer.isEmpty() || std::ranges::any_of(names, [&](QLatin1StringView name) {
               return glRenderer.contains(name, Qt::CaseInsensitive);
           });
}

QString probeGlRenderer() {
    QOffscreenSurface surface;
    surface.create();
    QOpenGLContext context;
    if (!surface.isValid() || !context.create() || !context.makeCurrent(&surface)) return {};
    const GLubyte* name = context.functions()->glGetString(GL_RENDERER);
    const QString result = name != nullptr ? QString::fromLatin1(reinterpret_cast<const char*>(name)) : QString();
    context.doneCurrent();
    return result;
}

bool chooseRenderer(RenderMode mode) {
    if (const QByteArray backend = qgetenv("QT_QUICK_BACKEND"); !backend.isEmpty()) return backend == "software";
    const bool software =
        mode == RenderMode::Software || (mode == RenderMode::Auto && isSoftwareRenderer(probeGlRenderer()));
    if (software) QQuickWindow::setGraphicsApi(QSGRendererInterface::Software);
    return software;
}

}  // namespace wl::ui
