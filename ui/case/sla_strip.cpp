// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/case/sla_strip.hpp"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

#include "ui/kit/look.hpp"
#include "ui/kit/sla_style.hpp"

namespace wl::ui {

using namespace Qt::StringLiterals;

SlaStrip::SlaStrip(QWidget* parent) : QWidget(parent) {
    setObjectName(u"slaStrip"_s);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void SlaStrip::show(std::vector<ClockView> clocks) {
    const bool resized = clocks.size() != m_clocks.size();
    m_clocks = std::move(clocks);
    QStringList spoken;
    for (const auto& clock : m_clocks) spoken << clock.name + u": "_s + clock.words;
    setAccessibleName(spoken.isEmpty() ? tr("No target applies to this case") : spoken.join(u"; "_s));
    if (resized) updateGeometry();
    update();
}

QString SlaStrip::explanation() const {
    QStringList all;
    for (const auto& clock : m_clocks) all << clock.name + u": "_s + clock.words + u'\n' + clock.reason;
    return all.isEmpty() ? tr("No policy gives this case a target.") : all.join(u"\n\n"_s);
}

int SlaStrip::lineHeight() const { return fontMetrics().height() + grid(1); }
QSize SlaStrip::sizeHint() const { return {grid(60), lineHeight() * std::max(1, static_cast<int>(m_clocks.size()))}; }
QSize SlaStrip::minimumSizeHint() const { return {grid(40), sizeHint().height()}; }

void SlaStrip::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_clocks.empty()) {
        painter.setPen(quietText(palette()));
        painter.drawText(rect(), Qt::AlignLeft | Qt::AlignVCenter, tr("No target applies to this case"));
        return;
    }
    const bool dark = isDark(palette());
    int nameWidth = 0, wordsWidth = 0;
    const QFontMetrics strong(strongFont(font()));
    for (const auto& clock : m_clocks) {
        nameWidth = std::max(nameWidth, fontMetrics().horizontalAdvance(clock.name));
        wordsWidth = std::max(wordsWidth, strong.horizontalAdvance(clock.words));
    }
    const int glyph = grid(4), gap = grid(2);
    const int wordsLeft = glyph + gap + nameWidth + grid(3);
    const int leastBar = grid(14);
    wordsWidth = std::min(wordsWidth, width() - wordsLeft - gap - leastBar);
    const int barLeft = wordsLeft + wordsWidth + grid(3);
    for (int i = 0; i < static_cast<int>(m_clocks.size()); ++i) {
        const auto& clock = m_clocks[static_cast<std::size_t>(i)];
        const auto colour = slaColour(clock.state, dark);
        const QRect line(0, i * lineHeight(), width(), lineHeight());
        paintSlaGlyph(painter, QRectF(0, line.center().y() - glyph / 2.0 + 0.5, glyph, glyph), clock.state, colour);
        painter.setFont(font());
        painter.setPen(palette().color(QPalette::WindowText));
        painter.drawText(QRect(glyph + gap, line.top(), nameWidth, line.height()), Qt::AlignLeft | Qt::AlignVCenter,
                         clock.name);
        painter.setFont(strongFont(font()));
        painter.setPen(colour);
        painter.drawText(QRect(wordsLeft, line.top(), wordsWidth + 1, line.height()), Qt::AlignLeft | Qt::AlignVCenter,
                         strong.elidedText(clock.words, Qt::ElideRight, wordsWidth + 1));
        const QRectF bar(barLeft, line.center().y() - 1, std::max(0, width() - barLeft), 3);
        painter.setPen(Qt::NoPen);
        painter.setBrush(hairline(palette()));
        painter.drawRoundedRect(bar, 1.5, 1.5);
        painter.setBrush(colour);
        painter.drawRoundedRect(QRectF(bar.left(), bar.top(), bar.width() * clock.used, bar.height()), 1.5, 1.5);
    }
}

bool SlaStrip::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const auto line = static_cast<std::size_t>(std::max(0, help->pos().y() / lineHeight()));
        QToolTip::showText(help->globalPos(), line < m_clocks.size() ? m_clocks[line].reason : explanation(), this);
        return true;
    }
    return QWidget::event(event);
}

}  // namespace wl::ui
