// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/short_list.hpp"

#include <QListWidget>
#include <QResizeEvent>
#include <QStyledItemDelegate>

#include <algorithm>

#include "ui/kit/look.hpp"

namespace wl::ui {

namespace {

constexpr const char* kMost = "mostLines";

// Lines wrap by the width, so the height follows it.
class ShortList final : public QListWidget {
protected:
    void resizeEvent(QResizeEvent* event) override {
        QListWidget::resizeEvent(event);
        if (event->size().width() != event->oldSize().width() && property(kMost).isValid())
            fitHeight(*this, property(kMost).toInt());
    }
};

// Which row is the current one is loud only where keys go to it.
class QuietWithoutFocus final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override {
        QStyledItemDelegate::initStyleOption(option, index);
        if (option->widget->hasFocus() || !(option->state & QStyle::State_Selected)) return;
        option->state &= ~QStyle::State_Selected;
        option->backgroundBrush = raised(option->palette);
    }
};

}  // namespace

QListWidget* makeShortList(const QString& name) {
    auto* made = new ShortList;
    made->setObjectName(name);
    made->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    made->setFrameShape(QFrame::NoFrame);
    made->setWordWrap(true);
    made->setItemDelegate(new QuietWithoutFocus(made));
    return made;
}

void fitHeight(QListWidget& list, int most) {
    list.setProperty(kMost, most);
    list.doItemsLayout();
    int height = grid(1);
    for (int row = 0; row < std::min(list.count(), most); ++row) height += list.visualItemRect(list.item(row)).height();
    list.setFixedHeight(height);
}

}  // namespace wl::ui
