// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/flow_layout.hpp"

#include <QWidget>

#include <algorithm>

namespace wl::ui {

FlowLayout::FlowLayout(QWidget* parent, int gap) : QLayout(parent), m_gap(gap) {}

FlowLayout::~FlowLayout() = default;

void FlowLayout::addItem(QLayoutItem* item) { m_items.emplace_back(item); }

QLayoutItem* FlowLayout::itemAt(int index) const {
    return index >= 0 && index < count() ? m_items[static_cast<std::size_t>(index)].get() : nullptr;
}

QLayoutItem* FlowLayout::takeAt(int index) {
    if (index < 0 || index >= count()) return nullptr;
    auto* item = m_items[static_cast<std::size_t>(index)].release();
    m_items.erase(m_items.begin() + index);
    return item;
}

QSize FlowLayout::minimumSize() const {
    QSize size;
    for (const auto& item : m_items)
        if (!item->isEmpty()) size = size.expandedTo(item->minimumSize());
    const auto margins = contentsMargins();
    return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom());
}

void FlowLayout::setGeometry(const QRect& area) {
    QLayout::setGeometry(area);
    place(area, true);
}

// Answers the height; lines are as high as their highest item, items are centred in their line.
int FlowLayout::place(const QRect& area, bool move) const {
    const auto margins = contentsMargins();
    const auto inner = area.marginsRemoved(margins);
    int y = inner.top();
    for (std::size_t first = 0; first < m_items.size();) {
        int width = 0, height = 0;
        auto last = first;
        for (; last < m_items.size(); ++last) {
            if (m_items[last]->isEmpty()) continue;
            const auto hint = m_items[last]->sizeHint();
            const int needed = width + (width > 0 ? m_gap : 0) + hint.width();
            if (width > 0 && needed > inner.width()) break;
            width = needed;
            height = std::max(height, hint.height());
        }
        int x = inner.left();
        for (auto i = first; move && i < last; ++i) {
            if (m_items[i]->isEmpty()) continue;
            const auto hint = m_items[i]->sizeHint();
            m_items[i]->setGeometry({x, y + (height - hint.height()) / 2, std::min(hint.width(), inner.width()),
                                     hint.height()});
            x += hint.width() + m_gap;
        }
        if (height > 0) y += height + (last < m_items.size() ? m_gap : 0);
        first = last;
    }
    return y - inner.top() + margins.top() + margins.bottom();
}

}  // namespace wl::ui
