// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/tone_label.hpp"

#include <QEvent>

#include "ui/kit/look.hpp"
#include "ui/kit/sla_style.hpp"

namespace wl::ui {

ToneLabel::ToneLabel(SlaState tone, QWidget* parent) : QLabel(parent), m_tone(tone) { setWordWrap(true); }

void ToneLabel::setTone(SlaState tone) {
    m_tone = tone;
    ink();
}

void ToneLabel::changeEvent(QEvent* event) {
    QLabel::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) ink();
}

void ToneLabel::showEvent(QShowEvent* event) {
    QLabel::showEvent(event);
    ink();
}

void ToneLabel::ink() {
    if (m_inking) return;
    m_inking = true;
    auto own = palette();
    own.setColor(QPalette::WindowText, slaColour(m_tone, isDark(own)));
    setPalette(own);
    m_inking = false;
}

}  // namespace wl::ui
