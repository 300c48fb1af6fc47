// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/elided_label.hpp"

#include <QPainter>

#include "ui/kit/look.hpp"

namespace wl::ui {

ElidedLabel::ElidedLabel(QWidget* parent, Qt::TextElideMode mode) : QWidget(parent), m_mode(mode) {
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void ElidedLabel::setText(const QString& text) {
    if (text == m_text) return;
    m_text = text;
    setAccessibleName(text);
    tellWhole();
    updateGeometry();
    update();
}

void ElidedLabel::setQuiet(bool quiet) {
    m_quiet = quiet;
    update();
}

QSize ElidedLabel::sizeHint() const { return {fontMetrics().horizontalAdvance(m_text) + 1, fontMetrics().height()}; }
QSize ElidedLabel::minimumSizeHint() const { return {0, fontMetrics().height()}; }

void ElidedLabel::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setPen(m_quiet ? quietText(palette()) : palette().color(QPalette::WindowText));
    painter.drawText(rect(), Qt::AlignLeft | Qt::AlignVCenter, fontMetrics().elidedText(m_text, m_mode, width()));
}

void ElidedLabel::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    tellWhole();
}

void ElidedLabel::tellWhole() { setToolTip(fontMetrics().horizontalAdvance(m_text) > width() ? m_text : QString()); }

}  // namespace wl::ui
