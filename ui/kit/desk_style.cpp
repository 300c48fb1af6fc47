// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/desk_style.hpp"

#include <QPainter>
#include <QStyleFactory>
#include <QStyleOption>

#include "ui/kit/look.hpp"

namespace wl::ui {

using namespace Qt::StringLiterals;

DeskStyle::DeskStyle() : QProxyStyle(QStyleFactory::create(u"Fusion"_s)) {}

void DeskStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                              const QWidget* widget) const {
    QProxyStyle::drawPrimitive(element, option, painter, widget);
    const bool box = element == PE_IndicatorCheckBox || element == PE_IndicatorItemViewItemCheck;
    const bool round = element == PE_IndicatorRadioButton;
    const bool field = element == PE_FrameLineEdit && !(option->state & State_HasFocus);
    if (!(box || round || field) || !isDark(option->palette)) return;
    const auto ink = field ? hairline(option->palette) : quietText(option->palette);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(option->state & State_Enabled ? ink : hairline(option->palette)));
    painter->setBrush(Qt::NoBrush);
    const auto edge = QRectF(option->rect).adjusted(0.5, 0.5, -0.5, -0.5);
    if (round) painter->drawEllipse(edge);
    else painter->drawRoundedRect(edge, 2, 2);
    painter->restore();
}

QPixmap DeskStyle::generatedIconPixmap(QIcon::Mode mode, const QPixmap& pixmap, const QStyleOption* option) const {
    if (mode != QIcon::Selected || pixmap.isNull()) return QProxyStyle::generatedIconPixmap(mode, pixmap, option);
    auto out = pixmap;
    QPainter painter(&out);
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(out.rect(), option->palette.color(QPalette::HighlightedText));
    return out;
}

}  // namespace wl::ui
