// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/check_popup.hpp"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QScreen>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>

#include "ui/kit/icons.hpp"
#include "ui/kit/look.hpp"

namespace wl::ui {
namespace {

using namespace Qt::StringLiterals;
constexpr int kCodeRole = Qt::UserRole;
constexpr int kWidth = grid(70);
constexpr int kShown = 14;  // lines without scrolling

}  // namespace

CheckPopup::CheckPopup(std::vector<Choice> choices, const QStringList& ticked, const QString& title, QWidget* parent)
    : QFrame(parent, Qt::Popup), m_choices(std::move(choices)), m_ticked(ticked), m_filter(new QLineEdit(this)),
      m_list(new QListWidget(this)) {
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(u"checkPopup"_s);
    setFrameShape(QFrame::StyledPanel);
    m_filter->setObjectName(u"checkPopupFilter"_s);
    m_filter->setAccessibleName(title);
    m_filter->setPlaceholderText(title);
    m_filter->setClearButtonEnabled(true);
    m_filter->installEventFilter(this);
    m_list->setObjectName(u"checkPopupList"_s);
    m_list->setAccessibleName(title);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFocusPolicy(Qt::NoFocus);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(grid(2), grid(2), grid(2), grid(2));
    column->setSpacing(grid(1));
    column->addWidget(m_filter);
    column->addWidget(m_list);
    connect(m_filter, &QLineEdit::textChanged, this, &CheckPopup::refill);
    connect(m_list, &QListWidget::itemChanged, this, [this](QListWidgetItem* item) {
        const auto code = item->data(kCodeRole).toString();
        m_ticked.removeAll(code);
        if (item->checkState() == Qt::Checked) m_ticked << code;
        Q_EMIT this->ticked(m_ticked);
    });
    refill({});
}

void CheckPopup::refill(const QString& typed) {
    const QSignalBlocker quiet(m_list);
    m_list->clear();
    for (const auto index : matching(m_choices, typed)) {
        const auto& choice = m_choices[index];
        auto* item = new QListWidgetItem(themedIcon(choice.icon), choice.name, m_list);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(m_ticked.contains(choice.code) ? Qt::Checked : Qt::Unchecked);
        item->setData(kCodeRole, choice.code);
        item->setToolTip(choice.detail);
    }
    m_list->setCurrentRow(0);
}

void CheckPopup::openUnder(QWidget* anchor) {
    const int line = std::max(m_list->sizeHintForRow(0), grid(5));
    const int lines = std::clamp(static_cast<int>(m_choices.size()), 3, kShown);
    resize(std::max(kWidth, anchor->width()), m_filter->sizeHint().height() + line * lines + grid(6));
    auto at = anchor->mapToGlobal(QPoint(0, anchor->height()));
    const auto room = anchor->screen()->availableGeometry();
    at.setX(std::clamp(at.x(), room.left(), std::max(room.left(), room.right() - width())));
    at.setY(std::min(at.y(), std::max(room.top(), room.bottom() - height())));
    move(at);
    show();
    m_filter->setFocus();
}

bool CheckPopup::eventFilter(QObject* watched, QEvent* event) {
    if (watched != m_filter || event->type() != QEvent::KeyPress) return QFrame::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    const int row = m_list->currentRow();
    switch (key->key()) {
        case Qt::Key_Down: m_list->setCurrentRow(std::min(row + 1, m_list->count() - 1)); return true;
        case Qt::Key_Up: m_list->setCurrentRow(std::max(row - 1, 0)); return true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
        case Qt::Key_Space:
            if (key->key() == Qt::Key_Space && !m_filter->text().isEmpty()) return false;  // a blank in a name
            if (auto* item = m_list->currentItem())
                item->setCheckState(item->checkState() == Qt::Checked ? Qt::Unchecked : Qt::Checked);
            return true;
        default: return false;
    }
}

}  // namespace wl::ui
