// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Fusion, with the few things that it draws too faintly: outlines of boxes and fields on dark ground, and icons in a
// selected row, which take the ink of the row's text.

#include <QProxyStyle>

namespace wl::ui {

class DeskStyle final : public QProxyStyle {
    Q_OBJECT

public:
    DeskStyle();

    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override;
    [[nodiscard]] QPixmap generatedIconPixmap(QIcon::Mode mode, const QPixmap& pixmap,
                                              const QStyleOption* option) const override;
};

}  // namespace wl::ui
