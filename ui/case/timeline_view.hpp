// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The timeline with its filter and order. Keeps what the reader looks at in place when lines are added.

#include <QWidget>

#include "ui/case/timeline_model.hpp"

class QListView;
class QToolButton;

namespace wl::ui {

class TimelineView final : public QWidget {
    Q_OBJECT

public:
    explicit TimelineView(QWidget* parent = nullptr);

    /// `sameCase`: the scroll position stays; otherwise the view goes to the newest line.
    void show(std::vector<TimelineLine> lines, const QTimeZone& zone, Instant now, bool sameCase);
    void setNow(Instant now) { m_model->setNow(now); }
    [[nodiscard]] const TimelineModel& model() const { return *m_model; }
    void setNewestFirst(bool newestFirst);

Q_SIGNALS:
    void newestFirstChanged(bool newestFirst);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void goToNewest();
    void tellCounts();
    void copySelected() const;

    TimelineModel* m_model;
    QListView* m_list;
    QToolButton* m_all;
    QToolButton* m_messages;
    QToolButton* m_changes;
    QToolButton* m_order;
};

}  // namespace wl::ui
