// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/queue/case_table_delegate.hpp"

#include <QApplication>
#include <QPainter>

#include "ui/kit/icons.hpp"
#include "ui/kit/sla_style.hpp"
#include "ui/kit/theme.hpp"
#include "ui/models/case_table_model.hpp"

namespace wl::ui {

using namespace Qt::StringLiterals;
using engine::CaseColumn;

void CaseTableDelegate::initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const {
    QStyledItemDelegate::initStyleOption(option, index);
    option->state &= ~QStyle::State_HasFocus;  // the whole row shows the selection
    option->decorationSize = QSize(kIconSide, kIconSide);
    const auto column = static_cast<CaseColumn>(index.column());
    if (column == CaseColumn::Number || column == CaseColumn::Sla) option->font = tabular(option->font);
    if (const auto name = index.data(CaseTableModel::IconNameRole).toString(); !name.isEmpty()) {
        const bool selected = option->state.testFlag(QStyle::State_Selected);
        const auto ratio = option->widget ? option->widget->devicePixelRatioF() : 1.0;
        option->icon =
            selected ? inkedIcon(name, option->palette.color(QPalette::HighlightedText), ratio) : themedIcon(name);
        option->features |= QStyleOptionViewItem::HasDecoration;
    }
}

void CaseTableDelegate::paint(QPainter* painter, const QStyleOptionViewItem& given, const QModelIndex& index) const {
    if (static_cast<CaseColumn>(index.column()) == CaseColumn::Title) return paintTitle(painter, given, index);
    if (static_cast<CaseColumn>(index.column()) != CaseColumn::Sla) {
        QStyledItemDelegate::paint(painter, given, index);
        return;
    }
    QStyleOptionViewItem option = given;
    initStyleOption(&option, index);
    const auto words = std::exchange(option.text, QString());
    const auto* style = option.widget ? option.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &option, painter, option.widget);
    const auto state = slaStateOf(static_cast<std::uint8_t>(index.data(CaseTableModel::SlaRole).toInt()));
    if (state == SlaState::None) return;
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const auto ink =
        selected ? option.palette.color(QPalette::HighlightedText) : slaColour(state, isDark(option.palette));
    constexpr int glyph = 12;
    const auto box = option.rect.adjusted(grid(2), 0, -grid(1), 0);
    paintSlaGlyph(*painter, QRectF(box.left(), box.top() + (box.height() - glyph) / 2.0, glyph, glyph), state, ink);
    const auto line = box.adjusted(glyph + grid(2), 0, 0, 0);
    painter->save();
    painter->setFont(state == SlaState::Breached || state == SlaState::AtRisk ? strongFont(option.font) : option.font);
    painter->setPen(ink);
    painter->drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                      QFontMetrics(painter->font()).elidedText(words, Qt::ElideRight, line.width()));
    painter->restore();
}

// The title, and the address in a quieter ink where there is room for some of it.
void CaseTableDelegate::paintTitle(QPainter* painter, const QStyleOptionViewItem& given,
                                   const QModelIndex& index) const {
    QStyleOptionViewItem option = given;
    initStyleOption(&option, index);
    const auto title = std::exchange(option.text, QString());
    const auto* style = option.widget ? option.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &option, painter, option.widget);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const auto ink = option.palette.color(selected ? QPalette::HighlightedText : QPalette::Text);
    auto line = option.rect.adjusted(grid(1), 0, -grid(1), 0);
    // A colleague has it open: a mark at the end, the name in the tooltip.
    if (!index.data(CaseTableModel::PresenceRole).toString().isEmpty() && line.width() > 2 * kIconSide) {
        const auto ratio = option.widget ? option.widget->devicePixelRatioF() : 1.0;
        inkedIcon(u"user-identity"_s, ink, ratio)
            .paint(painter, QRect(line.right() - kIconSide, line.top(), kIconSide, line.height()));
        line.setRight(line.right() - kIconSide - grid(1));
    }
    const QFontMetrics metrics(option.font);
    painter->save();
    painter->setFont(option.font);
    painter->setPen(ink);
    painter->drawText(line, Qt::AlignLeft | Qt::AlignVCenter, metrics.elidedText(title, Qt::ElideRight, line.width()));
    line.setLeft(line.left() + metrics.horizontalAdvance(title) + grid(2));
    if (line.width() >= grid(10)) {
        painter->setPen(selected ? ink : quietText(option.palette));
        painter->drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                          metrics.elidedText(index.data(CaseTableModel::QuietRole).toString(), Qt::ElideRight,
                                             line.width()));
    }
    painter->restore();
}

}  // namespace wl::ui
