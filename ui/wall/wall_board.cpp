// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wall/wall_board.hpp"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <utility>

#include "ui/kit/sla_style.hpp"
#include "ui/kit/theme.hpp"

namespace wl::ui {
namespace {

// Sizes for a wall 1080 px high; nothing is written smaller than kSmall.
constexpr double kSmall = 24, kPlain = 28, kTitle = 26, kNumber = 76, kClock = 52;
constexpr double kEdge = 28, kGap = 16, kHead = 84, kTile = 168, kSide = 560, kFoot = 64, kLine = 68;

}  // namespace

WallBoard::WallBoard(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("wallBoard"));
    setAttribute(Qt::WA_TransparentForMouseEvents);
}

void WallBoard::setContent(WallContent content) {
    if (content == m_content) return;
    m_content = std::move(content);
    setAccessibleName(m_content.tiles.empty()
                          ? m_content.city
                          : QStringLiteral("%1 %2").arg(m_content.tiles.front().word, m_content.tiles.front().number));
    update();
}

void WallBoard::setDark(bool dark) {
    if (std::exchange(m_dark, dark) != dark) update();
}

void WallBoard::setDrift(QPoint drift) {
    if (std::exchange(m_drift, drift) != drift) update();
}

QRectF WallBoard::box(double x, double y, double w, double h) const {
    const double u = unit();
    return {(x + m_drift.x()) * u, (y + m_drift.y()) * u, w * u, h * u};
}

QRect WallBoard::freeArea() const {
    return box(kEdge, kHead + kTile + kGap, wide() - kSide - 2 * kEdge - kGap, 1080 - kHead - kTile - kFoot - 3 * kGap)
        .toRect();
}

void WallBoard::text(QPainter& painter, const QRectF& in, const QString& words, double size, const QColor& ink,
                     Qt::Alignment align, bool bold) {
    QFont font = tabular(this->font());
    font.setPixelSize(std::max(1, static_cast<int>(size * unit())));
    if (bold) font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    painter.setPen(ink);
    painter.drawText(in, static_cast<int>(align | Qt::AlignVCenter),
                     QFontMetricsF(font).elidedText(words, Qt::ElideRight, in.width()));
}

void WallBoard::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    drawHead(painter);
    drawTiles(painter);
    drawPanels(painter);
    drawTicker(painter);
}

void WallBoard::drawHead(QPainter& painter) {
    const QColor ground = m_dark ? QColor(0x14, 0x18, 0x1c, 240) : QColor(0xff, 0xff, 0xff, 240);
    const QColor ink = m_dark ? QColor(0xec, 0xef, 0xf2) : QColor(0x1c, 0x22, 0x28);
    const QColor quiet = m_dark ? QColor(0xb4, 0xbd, 0xc6) : QColor(0x4a, 0x54, 0x5e);
    painter.fillRect(QRectF(0, 0, width(), (kHead + m_drift.y()) * unit()), ground);
    text(painter, box(kEdge, 0, 620, kHead), m_content.city, 40, ink, Qt::AlignLeft, true);
    const auto right = wide() - kEdge;
    text(painter, box(right - 190, 0, 190, kHead), m_content.clock, kClock, ink, Qt::AlignRight, true);
    text(painter, box(right - 620, 0, 410, kHead), m_content.day, kPlain, quiet, Qt::AlignRight);
    const auto middle = box(680, 12, right - 620 - 700, kHead - 24);
    if (m_content.banner.isEmpty()) return text(painter, middle, m_content.age, kSmall, quiet, Qt::AlignHCenter);
    painter.setPen(Qt::NoPen);
    painter.setBrush(slaColour(SlaState::Breached, m_dark));
    painter.drawRoundedRect(middle, 6 * unit(), 6 * unit());
    text(painter, middle.adjusted(12, 0, -12, 0), m_content.banner, kSmall, slaInk(m_dark), Qt::AlignHCenter, true);
}

void WallBoard::drawTiles(QPainter& painter) {
    const QColor ground = m_dark ? QColor(0x1c, 0x22, 0x28, 235) : QColor(0xff, 0xff, 0xff, 235);
    const QColor ink = m_dark ? QColor(0xec, 0xef, 0xf2) : QColor(0x1c, 0x22, 0x28);
    const QColor quiet = m_dark ? QColor(0xb4, 0xbd, 0xc6) : QColor(0x4a, 0x54, 0x5e);
    if (m_content.tiles.empty()) return;
    const auto n = static_cast<double>(m_content.tiles.size());
    const double all = wide() - kSide - 2 * kEdge - kGap, each = (all - (n - 1) * kGap) / n;
    double x = kEdge;
    for (const auto& tile : m_content.tiles) {
        const auto at = box(x, kHead + kGap, each, kTile - kGap);
        x += each + kGap;
        painter.setPen(Qt::NoPen);
        painter.setBrush(ground);
        painter.drawRoundedRect(at, 8 * unit(), 8 * unit());
        const bool speaks = tile.look != SlaState::None && !tile.calm;
        const auto colour = speaks ? slaColour(tile.look, m_dark) : ink;
        const double u = unit();
        double left = 20 * u;
        if (tile.look != SlaState::None) {
            paintSlaGlyph(painter, QRectF(at.left() + left, at.top() + 36 * u, 44 * u, 44 * u), tile.look,
                          tile.calm ? quiet : colour);
            left += 60 * u;
        }
        const QRectF number(at.left() + left, at.top() + 10 * u, at.width() - left - 16 * u, 92 * u);
        QFont font = tabular(this->font());
        font.setPixelSize(std::max(1, static_cast<int>(kNumber * u)));
        font.setWeight(QFont::DemiBold);
        const double fits = number.width() / std::max(1.0, QFontMetricsF(font).horizontalAdvance(tile.number));
        text(painter, number, tile.number, std::max(kSmall, kNumber * std::min(1.0, fits * 0.98)), colour,
             Qt::AlignLeft, true);
        text(painter, QRectF(at.left() + 20 * u, at.top() + 104 * u, at.width() - 30 * u, 40 * u), tile.word, kSmall,
             quiet);
    }
}

void WallBoard::drawPanels(QPainter& painter) {
    const QColor ground = m_dark ? QColor(0x1c, 0x22, 0x28, 235) : QColor(0xff, 0xff, 0xff, 235);
    const QColor ink = m_dark ? QColor(0xec, 0xef, 0xf2) : QColor(0x1c, 0x22, 0x28);
    const QColor quiet = m_dark ? QColor(0xb4, 0xbd, 0xc6) : QColor(0x4a, 0x54, 0x5e);
    const double x = wide() - kSide - kEdge, bottom = 1080 - kFoot - kGap, u = unit();
    double y = kHead + kGap;
    std::size_t lines = 0;
    for (const auto& panel : m_content.panels) lines += std::max<std::size_t>(1, panel.lines.size());
    const double room = bottom - y - static_cast<double>(m_content.panels.size()) * (48 + kGap);
    const double line = lines ? std::min(kLine, room / static_cast<double>(lines)) : kLine;
    for (const auto& panel : m_content.panels) {
        const double height = 48 + line * static_cast<double>(std::max<std::size_t>(1, panel.lines.size()));
        const auto at = box(x, y, kSide, height);
        painter.setPen(Qt::NoPen);
        painter.setBrush(ground);
        painter.drawRoundedRect(at, 8 * u, 8 * u);
        text(painter, box(x + 20, y + 4, kSide - 40, 44), panel.title, kTitle, quiet, Qt::AlignLeft, true);
        if (panel.lines.empty()) text(painter, box(x + 20, y + 46, kSide - 40, line), panel.empty, kSmall, quiet);
        double top = y + 46;
        for (const auto& row : panel.lines) {
            double left = x + 20;
            if (row.look != SlaState::None) {
                paintSlaMark(painter, box(left, top + (line - 30) / 2, 30, 30), row.look, m_dark);
                left += 44;
            }
            const double right = x + kSide - 20;
            text(painter, box(left, top, right - left, line * 0.52), row.text, kPlain - 2, ink);
            text(painter, box(left, top + line * 0.48, right - left, line * 0.5), row.detail, kSmall, quiet);
            top += line;
        }
        y += height + kGap;
    }
}

void WallBoard::drawTicker(QPainter& painter) {
    const QColor ground = m_dark ? QColor(0x14, 0x18, 0x1c, 240) : QColor(0xff, 0xff, 0xff, 240);
    const QColor ink = m_dark ? QColor(0xec, 0xef, 0xf2) : QColor(0x1c, 0x22, 0x28);
    const QColor quiet = m_dark ? QColor(0xb4, 0xbd, 0xc6) : QColor(0x4a, 0x54, 0x5e);
    const double u = unit(), top = 1080 - kFoot;
    painter.fillRect(QRectF(0, (top + m_drift.y()) * u, width(), height()), ground);
    const double side = 400;
    text(painter, box(kEdge, top, side, kFoot), m_content.stop, kSmall, quiet);
    text(painter, box(wide() - side - kEdge, top, side, kFoot), m_content.copyright, kSmall, quiet, Qt::AlignRight);
    double x = kEdge + side + kGap;
    const double end = wide() - side - kEdge - kGap;
    for (const auto& entry : m_content.ticker) {
        const auto words = QStringLiteral("%1  %2").arg(entry.text, entry.detail);
        QFont font = this->font();
        font.setPixelSize(std::max(1, static_cast<int>(kSmall * u)));
        const double width = QFontMetricsF(font).horizontalAdvance(words) / u + 12;
        if (x + width > end) continue;  // whole entries only
        text(painter, box(x, top, width, kFoot), words, kSmall, ink);
        x += width + 36;
    }
}

}  // namespace wl::ui
