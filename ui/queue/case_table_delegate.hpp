// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Draws a cell of the case list: icons beside words, and the clock as symbol, colour and words.

#include <QStyledItemDelegate>

namespace wl::ui {

class CaseTableDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    void paintTitle(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const;

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override;
};

}  // namespace wl::ui
