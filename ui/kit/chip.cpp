// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/chip.hpp"

#include <QPainter>

#include <algorithm>

#include "ui/kit/icons.hpp"
#include "ui/kit/look.hpp"

namespace wl::ui {
namespace {

using namespace Qt::StringLiterals;
constexpr int kCross = 12;
constexpr int kWidest = grid(70);

}  // namespace

Chip::Chip(const QString& text, QWidget* parent) : QAbstractButton(parent) {
    setText(text);
    setCursor(Qt::PointingHandCursor);
    setFocusPolicy(Qt::TabFocus);
    setToolTip(tr("Take this filter away"));
    setAccessibleName(tr("%1, take this filter away").arg(text));
}

QSize Chip::sizeHint() const {
    const auto text = fontMetrics().horizontalAdvance(this->text());
    return {std::min(grid(2) + text + grid(1) + kCross + grid(2), kWidest), grid(6)};
}

void Chip::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const auto frame = QRectF(rect()).adjusted(0.5, 1.5, -0.5, -1.5);
    const bool lit = underMouse() || hasFocus();
    painter.setPen(QPen(lit ? palette().color(QPalette::Highlight) : hairline(palette()), 1));
    painter.setBrush(raised(palette()));
    painter.drawRoundedRect(frame, grid(1), grid(1));
    painter.setPen(palette().color(QPalette::WindowText));
    const QRect words(grid(2), 0, width() - grid(5) - kCross, height());
    painter.drawText(words, Qt::AlignVCenter | Qt::AlignLeft,
                     fontMetrics().elidedText(text(), Qt::ElideRight, words.width()));
    themedIcon(u"window-close").paint(&painter, width() - grid(2) - kCross, (height() - kCross) / 2, kCross, kCross);
}

void Chip::enterEvent(QEnterEvent* event) {
    QAbstractButton::enterEvent(event);
    update();
}

void Chip::leaveEvent(QEvent* event) {
    QAbstractButton::leaveEvent(event);
    update();
}

}  // namespace wl::ui
