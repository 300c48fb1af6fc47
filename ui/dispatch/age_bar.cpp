// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dispatch/age_bar.hpp"

#include <QLocale>
#include <QPainter>

#include <array>

#include "ui/kit/look.hpp"
#include "ui/kit/sla_style.hpp"

namespace wl::ui {

using namespace Qt::StringLiterals;

AgeBar::AgeBar(QWidget* parent) : QWidget(parent) {
    setObjectName(u"unassignedAges"_s);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void AgeBar::show(const UnassignedAges& ages) {
    m_ages = ages;
    const QLocale locale;
    const auto n = [&](std::int64_t count) { return locale.toString(static_cast<qlonglong>(count)); };
    const auto words = tr("Without an owner: %1 up to 4 h, %2 up to a day, %3 up to 3 days, %4 older")
                           .arg(n(ages.hours), n(ages.day), n(ages.days), n(ages.older));
    setAccessibleName(words);
    setToolTip(words);
    update();
}

QSize AgeBar::sizeHint() const { return {grid(60), 2 * fontMetrics().lineSpacing() + grid(4)}; }

void AgeBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool dark = isDark(palette());
    const std::array counts{m_ages.hours, m_ages.day, m_ages.days, m_ages.older};
    const std::array states{SlaState::Paused, SlaState::OnTrack, SlaState::AtRisk, SlaState::Breached};
    const std::array words{tr("≤ 4 h"), tr("≤ 1 d"), tr("≤ 3 d"), tr("older")};
    const auto total = counts[0] + counts[1] + counts[2] + counts[3];
    const int line = fontMetrics().lineSpacing();
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(QRect(0, 0, width(), line), Qt::AlignLeft | Qt::AlignVCenter,
                     total == 0 ? tr("Everything open has an owner") : tr("Without an owner, by age"));
    if (total == 0) return;
    const QLocale locale;
    double x = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const double part = static_cast<double>(counts[i]) / static_cast<double>(total) * width();
        painter.fillRect(QRectF(x, line + grid(1), part, grid(2)), slaColour(states[i], dark));
        x += part;
    }
    const int column = width() / 4;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const QRect cell(static_cast<int>(i) * column, line + grid(3), column, line);
        painter.setPen(slaColour(states[i], dark));
        painter.drawText(cell, Qt::AlignLeft | Qt::AlignVCenter,
                         u"%1 %2"_s.arg(locale.toString(static_cast<qlonglong>(counts[i])), words[i]));
    }
}

}  // namespace wl::ui
