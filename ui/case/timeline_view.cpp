// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/case/timeline_view.hpp"

#include <QAction>
#include <QButtonGroup>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QListView>
#include <QScrollBar>
#include <QToolButton>

#include <algorithm>

#include "ui/case/timeline_delegate.hpp"
#include "ui/kit/look.hpp"

namespace wl::ui {

using namespace Qt::StringLiterals;

TimelineView::TimelineView(QWidget* parent) : QWidget(parent), m_model(new TimelineModel(this)), m_list(new QListView) {
    m_list->setObjectName(u"timelineList"_s);
    m_list->setAccessibleName(tr("Timeline"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new TimelineDelegate(*m_model, this));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setResizeMode(QListView::Adjust);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setContextMenuPolicy(Qt::ActionsContextMenu);
    auto* copy = new QAction(tr("Copy"), m_list);
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetShortcut);
    connect(copy, &QAction::triggered, this, &TimelineView::copySelected);
    m_list->addAction(copy);

    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(grid(2), grid(1), grid(2), grid(1));
    bar->setSpacing(grid(1));
    auto* group = new QButtonGroup(this);
    const auto button = [&](const QString& name, TimelineFilter filter) {
        auto* b = new QToolButton;
        b->setObjectName(name);
        b->setCheckable(true);
        b->setAutoRaise(true);
        b->setFocusPolicy(Qt::TabFocus);
        group->addButton(b, static_cast<int>(filter));
        bar->addWidget(b);
        return b;
    };
    m_all = button(u"timelineAll"_s, TimelineFilter::Everything);
    m_messages = button(u"timelineMessages"_s, TimelineFilter::Messages);
    m_changes = button(u"timelineChanges"_s, TimelineFilter::Changes);
    m_all->setChecked(true);
    connect(group, &QButtonGroup::idClicked, this, [this](int id) {
        m_model->setFilter(static_cast<TimelineFilter>(id));
        goToNewest();
    });
    bar->addStretch();
    m_order = new QToolButton;
    m_order->setObjectName(u"timelineOrder"_s);
    m_order->setAutoRaise(true);
    m_order->setCheckable(true);
    m_order->setFocusPolicy(Qt::TabFocus);
    m_order->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    const auto showOrder = [this](bool newestFirst) {
        m_model->setNewestFirst(newestFirst);
        m_order->setText(newestFirst ? tr("Newest first") : tr("Newest last"));
        m_order->setIcon(QIcon::fromTheme(newestFirst ? u"view-sort-descending"_s : u"view-sort-ascending"_s));
        m_order->setAccessibleName(tr("Order of the timeline: %1").arg(m_order->text()));
        goToNewest();
    };
    bar->addWidget(m_order);
    m_order->setChecked(true);
    showOrder(true);
    connect(m_order, &QToolButton::toggled, this, [this, showOrder](bool newestFirst) {
        showOrder(newestFirst);
        Q_EMIT newestFirstChanged(newestFirst);
    });

    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addLayout(bar);
    all->addWidget(m_list, 1);
    tellCounts();
}

void TimelineView::setNewestFirst(bool newestFirst) { m_order->setChecked(newestFirst); }

void TimelineView::show(std::vector<TimelineLine> lines, const QTimeZone& zone, Instant now, bool sameCase) {
    auto* bar = m_list->verticalScrollBar();
    const int offset = bar->value();
    const bool atEnd = offset == bar->maximum();
    const int rowsBefore = m_model->rowCount();
    const auto top = m_list->indexAt({1, 1});
    const int topRow = top.isValid() ? top.row() : 0;
    const int topY = top.isValid() ? m_list->visualRect(top).y() : 0;
    m_model->show(std::move(lines), zone, now);
    tellCounts();
    if (!sameCase) return goToNewest();
    const int added = m_model->rowCount() - rowsBefore;
    if (added <= 0) return;
    m_list->doItemsLayout();
    if (m_model->newestFirst() && offset > 0) {  // what was at the top stays there
        m_list->scrollTo(m_model->index(topRow + added), QAbstractItemView::PositionAtTop);
        bar->setValue(bar->value() - topY);
    } else if (!m_model->newestFirst() && atEnd) {
        goToNewest();
    }
}

void TimelineView::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    m_list->doItemsLayout();  // heights follow the width
}

void TimelineView::goToNewest() {
    if (m_model->newestFirst()) m_list->scrollToTop();
    else m_list->scrollToBottom();
}

void TimelineView::tellCounts() {
    const int all = m_model->totalCount(), messages = m_model->messageCount();
    m_all->setText(tr("All %1").arg(all));
    m_messages->setText(tr("Messages %1").arg(messages));
    m_changes->setText(tr("Changes %1").arg(all - messages));
}

void TimelineView::copySelected() const {
    QStringList texts;
    auto rows = m_list->selectionModel()->selectedIndexes();
    std::ranges::sort(rows);
    for (const auto& row : rows) texts << row.data(Qt::DisplayRole).toString();
    if (!texts.isEmpty()) QGuiApplication::clipboard()->setText(texts.join(u"\n\n"_s));
}

}  // namespace wl::ui
