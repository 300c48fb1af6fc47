// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/choice_popup.hpp"

#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QScreen>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include "ui/kit/look.hpp"

namespace wl::ui {
namespace {

using namespace Qt::StringLiterals;

constexpr int kCode = Qt::UserRole, kDetail = Qt::UserRole + 1;
constexpr int kMostRows = 12;

// Name at the left, detail quietly at the right.
class ChoiceDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        QStyledItemDelegate::paint(painter, option, index);
        const auto detail = index.data(kDetail).toString();
        if (detail.isEmpty()) return;
        painter->save();
        painter->setFont(smallFont(option.font));
        const bool selected = option.state.testFlag(QStyle::State_Selected);
        painter->setPen(selected ? option.palette.color(QPalette::HighlightedText) : quietText(option.palette));
        painter->drawText(option.rect.adjusted(0, 0, -grid(2), 0), Qt::AlignRight | Qt::AlignVCenter, detail);
        painter->restore();
    }
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        auto size = QStyledItemDelegate::sizeHint(option, index);
        const auto detail = index.data(kDetail).toString();
        size.rwidth() += detail.isEmpty() ? 0 : QFontMetrics(option.font).horizontalAdvance(detail) + grid(4);
        size.setHeight(std::max(size.height(), grid(6)));
        return size;
    }
};

}  // namespace

ChoicePopup::ChoicePopup(std::vector<Choice> choices, const QString& title, QWidget* parent)
    : QFrame(parent, Qt::Popup), m_choices(std::move(choices)), m_filter(new QLineEdit), m_list(new QListWidget) {
    setObjectName(u"choicePopup"_s);
    setAccessibleName(title);
    setAttribute(Qt::WA_DeleteOnClose);
    setFrameShape(QFrame::StyledPanel);
    m_filter->setObjectName(u"choiceFilter"_s);
    m_filter->setAccessibleName(title);
    m_filter->setPlaceholderText(title);
    m_filter->installEventFilter(this);
    m_list->setObjectName(u"choiceList"_s);
    m_list->setAccessibleName(title);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setItemDelegate(new ChoiceDelegate(m_list));
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setFocusPolicy(Qt::NoFocus);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(grid(1), grid(1), grid(1), grid(1));
    all->setSpacing(grid(1));
    all->addWidget(m_filter);
    all->addWidget(m_list);
    connect(m_filter, &QLineEdit::textChanged, this, &ChoicePopup::refill);
    connect(m_list, &QListWidget::itemClicked, this, &ChoicePopup::take);
    refill({});
}

void ChoicePopup::openUnder(QWidget* anchor, const QString& current) {
    for (int row = 0; row < m_list->count(); ++row)
        if (m_list->item(row)->data(kCode).toString() == current && !current.isEmpty()) m_list->setCurrentRow(row);
    const int rows = std::min(std::max(m_list->count(), 1), kMostRows);
    m_list->setFixedHeight(rows * std::max(m_list->sizeHintForRow(0), grid(6)));
    const auto area = anchor->screen()->availableGeometry();
    const int width = std::max({anchor->width(), m_list->sizeHintForColumn(0) + grid(8), grid(60)});
    resize(std::min(width, area.width()), sizeHint().height());
    auto at = anchor->mapToGlobal(QPoint(0, anchor->height()));
    if (at.y() + height() > area.bottom()) at.setY(anchor->mapToGlobal(QPoint()).y() - height());
    at.setX(std::clamp(at.x(), area.left(), std::max(area.left(), area.right() - this->width())));
    move(at);
    show();
    m_filter->setFocus(Qt::PopupFocusReason);
}

bool ChoicePopup::eventFilter(QObject* watched, QEvent* event) {
    if (watched != m_filter || event->type() != QEvent::KeyPress) return false;
    auto* key = static_cast<QKeyEvent*>(event);
    switch (key->key()) {
        case Qt::Key_Return:
        case Qt::Key_Enter:
        case Qt::Key_Tab: take(); return true;
        case Qt::Key_Escape: close(); return true;
        case Qt::Key_Up:
        case Qt::Key_Down:
        case Qt::Key_PageUp:
        case Qt::Key_PageDown: QApplication::sendEvent(m_list, event); return true;
        default: return false;
    }
}

void ChoicePopup::refill(const QString& typed) {
    m_list->clear();
    for (const auto i : matching(m_choices, typed)) {
        const auto& choice = m_choices[i];
        auto* item = new QListWidgetItem(QIcon::fromTheme(choice.icon), choice.name, m_list);
        item->setData(kCode, choice.code);
        item->setData(kDetail, choice.detail);
    }
    if (m_list->count() > 0) m_list->setCurrentRow(0);
}

void ChoicePopup::take() {
    if (const auto* item = m_list->currentItem()) {
        const auto code = item->data(kCode).toString();
        close();
        Q_EMIT chosen(code);  // WA_DeleteOnClose deletes later, in the event loop
    }
}

}  // namespace wl::ui
