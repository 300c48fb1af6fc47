// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The queues at the left edge: name, live count, and a thin bar of how its clocks stand.

#include <QListView>
#include <QStyledItemDelegate>

#include "ui/kit/theme.hpp"
#include "ui/models/queue_list_model.hpp"

namespace wl::ui {

class QueueRailDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    QueueRailDelegate(const Theme& theme, QObject* parent);
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    const Theme& m_theme;
};

class QueueRail final : public QListView {
    Q_OBJECT

public:
    QueueRail(QueueListModel& model, const Theme& theme, QWidget* parent = nullptr);

    /// False if there is no such queue.
    bool choose(const QString& id);
    [[nodiscard]] QString chosen() const { return m_chosen; }
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void queueChosen(const QString& id);

private:
    void follow(const QModelIndex& current);

    QueueListModel& m_queues;
    QString m_chosen;
};

}  // namespace wl::ui
