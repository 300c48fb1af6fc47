// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/icons.hpp"

#include <QColor>
#include <QPainter>
#include <QPixmapCache>

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

namespace {

QPixmap inked(const QString& name, const QColor& ink, int side, qreal ratio) {
    const auto key = u"wl-ink/%1/%2/%3/%4"_s.arg(name).arg(ink.rgba()).arg(side).arg(ratio);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap)) return pixmap;
    pixmap = themedIcon(name).pixmap(QSize(side, side), ratio);
    if (pixmap.isNull()) return pixmap;
    QPainter painter(&pixmap);
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(QRect(0, 0, side, side), ink);
    painter.end();
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

}  // namespace

void paintIcon(QPainter& painter, const QRect& box, const QString& name, const QColor& ink) {
    const auto pixmap = inked(name, ink, box.width(), painter.device()->devicePixelRatioF());
    if (!pixmap.isNull()) painter.drawPixmap(box.topLeft(), pixmap);
}

QIcon inkedIcon(const QString& name, const QColor& ink, qreal pixelRatio) {
    return QIcon(inked(name, ink, kIconSide, pixelRatio));
}

}  // namespace wl::ui
