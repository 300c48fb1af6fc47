// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/icons.hpp"

namespace wl::ui {

using namespace Qt::StringLiterals;

void useIconTheme(bool dark) {
    auto paths = QIcon::themeSearchPaths();
    if (const auto shared = u"/usr/share/icons"_s; !paths.contains(shared)) {
        paths << shared;
        QIcon::setThemeSearchPaths(paths);
    }
    QIcon::setThemeName(dark ? u"breeze-dark"_s : u"breeze"_s);
}

QIcon themedIcon(const QString& name) { return name.isEmpty() ? QIcon() : QIcon::fromTheme(name); }

QIcon themedIcon(const char16_t* name) { return themedIcon(QString::fromUtf16(name)); }

}  // namespace wl::ui
