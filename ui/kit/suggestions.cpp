// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/suggestions.hpp"

#include <QAbstractItemView>
#include <QCompleter>
#include <QIcon>
#include <QLineEdit>
#include <QPainter>
#include <QStandardItemModel>
#include <QStyledItemDelegate>

#include "ui/kit/look.hpp"

namespace wl::ui {
namespace {

constexpr int kDetail = Qt::UserRole + 1;

class SuggestionDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        QStyledItemDelegate::paint(painter, option, index);
        const auto detail = index.data(kDetail).toString();
        const int textWidth = QFontMetrics(option.font).horizontalAdvance(index.data().toString()) + grid(10);
        const auto room = option.rect.adjusted(textWidth, 0, -grid(2), 0);
        if (detail.isEmpty() || room.width() < grid(8)) return;
        painter->save();
        painter->setFont(smallFont(option.font));
        const bool selected = option.state.testFlag(QStyle::State_Selected);
        painter->setPen(selected ? option.palette.color(QPalette::HighlightedText) : quietText(option.palette));
        painter->drawText(room, Qt::AlignRight | Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(detail, Qt::ElideRight, room.width()));
        painter->restore();
    }
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        return QStyledItemDelegate::sizeHint(option, index).expandedTo({0, grid(6)});
    }
};

}  // namespace

Suggestions::Suggestions(QLineEdit& line)
    : QObject(&line), m_line(line), m_model(new QStandardItemModel(this)), m_completer(new QCompleter(m_model, this)) {
    m_completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    m_completer->setMaxVisibleItems(8);
    m_completer->setWidget(&line);
    m_completer->popup()->setItemDelegate(new SuggestionDelegate(this));
    m_completer->popup()->setAccessibleName(line.accessibleName());
    connect(m_completer, qOverload<const QModelIndex&>(&QCompleter::activated), this, [this](const QModelIndex& index) {
        m_line.setText(index.data().toString());
        Q_EMIT taken(index.row());
    });
}

void Suggestions::offer(const std::vector<Suggestion>& rows) {
    m_model->clear();
    for (const auto& row : rows) {
        auto* item = new QStandardItem(QIcon::fromTheme(row.icon), row.text);
        item->setData(row.detail, kDetail);
        m_model->appendRow(item);
    }
    if (rows.empty() || !m_line.isVisible()) return close();
    m_completer->complete();
    m_completer->popup()->setCurrentIndex(m_completer->completionModel()->index(0, 0));
}

void Suggestions::close() { m_completer->popup()->hide(); }
bool Suggestions::isOpen() const { return m_completer->popup()->isVisible(); }

}  // namespace wl::ui
