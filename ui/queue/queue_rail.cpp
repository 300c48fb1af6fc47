// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/queue/queue_rail.hpp"

#include <QLocale>
#include <QPainter>

#include <array>

#include "ui/kit/icons.hpp"
#include "ui/kit/sla_style.hpp"

namespace wl::ui {
namespace {

using namespace Qt::StringLiterals;

// Worst first, so that the eye finds trouble at the left.
constexpr std::array kBarOrder{SlaState::Breached, SlaState::AtRisk,    SlaState::OnTrack, SlaState::Paused,
                               SlaState::Met,      SlaState::Cancelled, SlaState::None};

void paintBar(QPainter& painter, const QRect& box, const QVariantList& shares, qint64 total, bool dark) {
    if (total <= 0) return;
    double x = box.left();
    for (const auto state : kBarOrder) {
        const auto count = shares.value(static_cast<int>(state)).toLongLong();
        if (count == 0) continue;
        const double width = static_cast<double>(count) / static_cast<double>(total) * box.width();
        auto colour = slaColour(state, dark);
        if (state == SlaState::None) colour.setAlphaF(0.4F);
        painter.fillRect(QRectF(x, box.top(), width, box.height()), colour);
        x += width;
    }
}

}  // namespace

QueueRailDelegate::QueueRailDelegate(const Theme& theme, QObject* parent)
    : QStyledItemDelegate(parent), m_theme(theme) {}

QSize QueueRailDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const bool heading = index.data(QueueListModel::HeadingRole).toBool();
    const int width = option.fontMetrics.horizontalAdvance(index.data().toString()) + grid(24);
    return {width, m_theme.rowHeight() + (heading ? grid(1) : grid(2))};
}

void QueueRailDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    painter->save();
    const auto box = option.rect;
    auto palette = option.palette;
    palette.setCurrentColorGroup(QPalette::Active);  // headings are not enabled, yet to be read
    if (index.data(QueueListModel::HeadingRole).toBool()) {
        painter->setFont(smallFont(strongFont(option.font)));
        painter->setPen(quietText(palette));
        painter->drawText(box.adjusted(grid(3), 0, -grid(3), -grid(1)), Qt::AlignLeft | Qt::AlignBottom,
                          index.data().toString());
        painter->restore();
        return;
    }
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const bool dark = isDark(palette);
    if (selected) painter->fillRect(box, palette.color(QPalette::Highlight));
    else if (option.state.testFlag(QStyle::State_MouseOver)) painter->fillRect(box, raised(palette));
    const auto ink = palette.color(selected ? QPalette::HighlightedText : QPalette::Text);
    const QRect line(box.left() + grid(3), box.top(), box.width() - grid(6), box.height() - grid(2));
    const QRect picture(line.left(), line.top() + (line.height() - kIconSide) / 2, kIconSide, kIconSide);
    paintIcon(*painter, picture, index.data(QueueListModel::IconNameRole).toString(), ink);

    const auto total = index.data(QueueListModel::TotalRole).toLongLong();
    const auto count = QLocale().toString(total);
    painter->setFont(tabular(option.font));
    painter->setPen(ink);
    painter->drawText(line, Qt::AlignRight | Qt::AlignVCenter, count);
    const int countWidth = QFontMetrics(painter->font()).horizontalAdvance(count);
    const QRect words = line.adjusted(kIconSide + grid(2), 0, -countWidth - grid(2), 0);
    painter->setFont(option.font);
    painter->drawText(words, Qt::AlignLeft | Qt::AlignVCenter,
                      QFontMetrics(option.font).elidedText(index.data().toString(), Qt::ElideRight, words.width()));

    const QRect bar(words.left(), box.bottom() - grid(2), line.right() - words.left() + 1, 3);
    if (selected && total > 0) painter->fillRect(bar.adjusted(-1, -1, 1, 1), palette.color(QPalette::Base));
    paintBar(*painter, bar, index.data(QueueListModel::ShareRole).toList(), total, dark);
    painter->restore();
}

QueueRail::QueueRail(QueueListModel& model, const Theme& theme, QWidget* parent) : QListView(parent), m_queues(model) {
    setObjectName(u"queueRail"_s);
    setAccessibleName(tr("Queues"));
    setModel(&model);
    setItemDelegate(new QueueRailDelegate(theme, this));
    setFrameShape(QFrame::NoFrame);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMouseTracking(true);
    setMinimumWidth(grid(40));
    connect(selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex& current) { follow(current); });
    connect(&model, &QueueListModel::modelReset, this, [this] { choose(m_chosen); });
    connect(&theme, &Theme::densityChanged, this, &QListView::doItemsLayout);
}

QSize QueueRail::sizeHint() const { return {grid(56), grid(100)}; }

bool QueueRail::choose(const QString& id) {
    const int row = m_queues.rowOf(id);
    if (row < 0) return false;
    setCurrentIndex(m_queues.index(row));
    return true;
}

void QueueRail::follow(const QModelIndex& current) {
    const auto id = current.data(QueueListModel::IdRole).toString();
    if (id.isEmpty() || id == m_chosen) return;
    m_chosen = id;
    Q_EMIT queueChosen(id);
}

}  // namespace wl::ui
