// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/empty_state.hpp"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/kit/look.hpp"

namespace wl::ui {

using namespace Qt::StringLiterals;

EmptyState::EmptyState(QWidget* parent)
    : QWidget(parent), m_title(new QLabel(this)), m_hint(new QLabel(this)), m_buttons(new QHBoxLayout) {
    setObjectName(u"emptyState"_s);
    m_title->setFont(headFont(font()));
    m_title->setAlignment(Qt::AlignCenter);
    m_hint->setAlignment(Qt::AlignCenter);
    m_hint->setWordWrap(true);
    makeQuiet(m_hint);
    m_buttons->setSpacing(grid(2));
    m_buttons->setAlignment(Qt::AlignCenter);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(grid(6), grid(6), grid(6), grid(6));
    column->setSpacing(grid(2));
    column->addStretch(2);
    column->addWidget(m_title);
    column->addWidget(m_hint);
    column->addSpacing(grid(1));
    column->addLayout(m_buttons);
    column->addStretch(3);
    parent->installEventFilter(this);
    hide();
}

void EmptyState::say(const QString& title, const QString& hint, const QList<QAction*>& actions) {
    m_title->setText(title);
    m_hint->setText(hint);
    while (auto* item = m_buttons->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (auto* action : actions) {
        auto* button = new QPushButton(action->icon(), action->text(), this);
        button->setObjectName(u"emptyState_"_s + action->objectName());
        button->setAccessibleName(action->text());
        button->setToolTip(action->shortcut().isEmpty() ? action->toolTip()
                                                        : action->shortcut().toString(QKeySequence::NativeText));
        connect(button, &QPushButton::clicked, action, &QAction::trigger);
        m_buttons->addWidget(button);
    }
    setGeometry(parentWidget()->rect());
}

bool EmptyState::eventFilter(QObject* watched, QEvent* event) {
    if (watched == parentWidget() && event->type() == QEvent::Resize) setGeometry(parentWidget()->rect());
    return QWidget::eventFilter(watched, event);
}

}  // namespace wl::ui
