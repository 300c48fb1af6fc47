// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Paints one line of the timeline: icon, heading, author and time, text. Messages lie on a card, changes do not.

#include <QStyledItemDelegate>

namespace wl::ui {

class TimelineModel;

class TimelineDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    TimelineDelegate(const TimelineModel& model, QObject* parent) : QStyledItemDelegate(parent), m_model(model) {}

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    struct Layout;
    [[nodiscard]] Layout layoutOf(const QFont& font, int width, int row) const;

    const TimelineModel& m_model;
};

}  // namespace wl::ui
