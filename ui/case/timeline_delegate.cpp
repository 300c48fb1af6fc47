// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/case/timeline_delegate.hpp"

#include <QAbstractItemView>
#include <QIcon>
#include <QPainter>
#include <QTextLayout>
#include <QtMath>

#include "ui/case/timeline_model.hpp"
#include "ui/kit/look.hpp"

namespace wl::ui {
namespace {

using namespace Qt::StringLiterals;

constexpr int kIcon = 16;
// Breaks between words, and inside one only where it is longer than a line (links).
QTextOption wrapping() {
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    return option;
}

int heightOf(const QFont& font, const QString& text, int width) {
    if (text.isEmpty()) return 0;
    auto flat = text;
    flat.replace(u'\n', QChar::LineSeparator);
    QTextLayout layout(flat, font);
    layout.setTextOption(wrapping());
    layout.beginLayout();
    qreal height = 0;
    for (auto line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(width);
        height += line.height();
    }
    layout.endLayout();
    return qCeil(height);
}

int widthIn(const QStyleOptionViewItem& option) {
    const auto* view = qobject_cast<const QAbstractItemView*>(option.widget);
    return view ? view->viewport()->width() : option.rect.width();
}

}  // namespace

// Everything in coordinates of the row.
struct TimelineDelegate::Layout {
    QRect icon, heading, meta, card, body, why;
    QFont headingFont, metaFont, bodyFont;
    QString metaText;
    int height{};
};

TimelineDelegate::Layout TimelineDelegate::layoutOf(const QFont& font, int width, int row) const {
    const auto& line = m_model.line(row);
    Layout l;
    l.headingFont = line.topic == TimelineTopic::Message ? strongFont(font) : font;
    if (!line.effective) l.headingFont.setStrikeOut(true);
    l.metaFont = smallFont(font);
    l.bodyFont = font;
    l.metaText = line.who + u" · "_s + m_model.when(row);
    if (line.staffOnly) l.metaText = TimelineModel::tr("staff only") + u" · "_s + l.metaText;

    const int left = grid(2) + kIcon + grid(2);
    const int inner = width - left - grid(3);
    const int lineHeight = QFontMetrics(font).height();
    int y = grid(1);
    l.icon = {grid(2), y + (lineHeight - kIcon) / 2, kIcon, kIcon};
    const int metaWidth = QFontMetrics(l.metaFont).horizontalAdvance(l.metaText);
    const int headingWidth = QFontMetrics(l.headingFont).horizontalAdvance(line.heading);
    if (headingWidth + grid(3) + metaWidth <= inner) {
        l.heading = {left, y, inner - metaWidth - grid(2), lineHeight};
        l.meta = {left + inner - metaWidth, y, metaWidth, lineHeight};
        y += lineHeight;
    } else {
        l.heading = {left, y, inner, heightOf(l.headingFont, line.heading, inner)};
        y += l.heading.height();
        l.meta = {left, y, inner, QFontMetrics(l.metaFont).height()};
        y += l.meta.height();
    }
    if (!line.body.isEmpty()) {
        const bool card = line.topic == TimelineTopic::Message;
        const int pad = card ? grid(2) : 0;
        y += card ? grid(1) : 0;
        const int bodyHeight = heightOf(l.bodyFont, line.body, inner - 2 * pad);
        l.body = {left + pad, y + pad * 3 / 4, inner - 2 * pad, bodyHeight};
        if (card) l.card = {left, y, inner, bodyHeight + pad * 3 / 2};
        y += bodyHeight + pad * 3 / 2;
    }
    if (!line.why.isEmpty()) {
        y += line.body.isEmpty() ? 0 : grid(1) / 2;
        l.why = {left, y, inner, heightOf(l.metaFont, line.why, inner)};
        y += l.why.height();
    }
    l.height = y + grid(1);
    return l;
}

QSize TimelineDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const int width = widthIn(option);
    return {width, layoutOf(option.font, width, index.row()).height};
}

void TimelineDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const auto& line = m_model.line(index.row());
    const auto l = layoutOf(option.font, widthIn(option), index.row());
    const auto& palette = option.palette;
    const auto group = palette.currentColorGroup();
    const bool selected = option.state.testFlag(QStyle::State_Selected);

    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (selected) painter->fillRect(option.rect, palette.color(group, QPalette::Highlight));
    painter->translate(option.rect.topLeft());
    const auto ink = selected ? palette.color(group, QPalette::HighlightedText) : palette.color(group, QPalette::Text);
    const auto quiet = selected ? ink : quietText(palette);

    QIcon::fromTheme(line.icon).paint(painter, l.icon);
    painter->setPen(line.effective ? ink : quiet);
    painter->setFont(l.headingFont);
    painter->drawText(QRectF(l.heading), line.heading, wrapping());
    painter->setPen(quiet);
    painter->setFont(l.metaFont);
    const bool beside = l.meta.top() == l.heading.top();
    painter->drawText(l.meta, (beside ? Qt::AlignRight | Qt::AlignVCenter : Qt::AlignLeft | Qt::AlignVCenter),
                      QFontMetrics(l.metaFont).elidedText(l.metaText, Qt::ElideMiddle, l.meta.width() + 1));
    if (!l.card.isEmpty() && !selected) {
        // Incoming has its edge on the left, outgoing on the right; staff notes are outlined only.
        const QRectF card = QRectF(l.card).adjusted(0.5, 0.5, -0.5, -0.5);
        painter->setPen(line.staffOnly ? QPen(hairline(palette), 1, Qt::DashLine) : QPen(Qt::NoPen));
        painter->setBrush(line.staffOnly ? QBrush(Qt::NoBrush) : QBrush(raised(palette)));
        painter->drawRoundedRect(card, grid(1), grid(1));
        if (!line.staffOnly) {
            const int x = line.outgoing ? l.card.right() - 1 : l.card.left();
            painter->fillRect(QRect(x, l.card.top() + 2, 2, l.card.height() - 4), palette.color(QPalette::Highlight));
        }
    }
    painter->setPen(line.effective ? ink : quiet);
    painter->setFont(l.bodyFont);
    if (!line.body.isEmpty()) painter->drawText(QRectF(l.body), line.body, wrapping());
    if (!line.why.isEmpty()) {
        auto font = l.metaFont;
        font.setItalic(true);
        painter->setPen(quiet);
        painter->setFont(font);
        painter->drawText(QRectF(l.why), line.why, wrapping());
    }
    if (option.state.testFlag(QStyle::State_HasFocus) && !selected) {
        painter->setPen(palette.color(group, QPalette::Highlight));
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(QRectF(0.5, 0.5, option.rect.width() - 1.0, option.rect.height() - 1.0));
    }
    painter->restore();
}

}  // namespace wl::ui
