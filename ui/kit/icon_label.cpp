// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/icon_label.hpp"

#include <QPainter>

#include "ui/kit/icons.hpp"

namespace wl::ui {

IconLabel::IconLabel(QString icon, QWidget* parent) : QWidget(parent), m_icon(std::move(icon)) {
    setFixedSize(kIconSide, kIconSide);
}

void IconLabel::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    paintIcon(painter, rect(), m_icon, palette().color(QPalette::WindowText));
}

}  // namespace wl::ui
