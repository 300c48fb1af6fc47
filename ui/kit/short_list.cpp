// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/short_list.hpp"

#include <QListWidget>
#include <QResizeEvent>

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

}  // namespace

QListWidget* makeShortList(const QString& name) {
    auto* made = new ShortList;
    made->setObjectName(name);
    made->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    made->setFrameShape(QFrame::NoFrame);
    made->setWordWrap(true);
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
