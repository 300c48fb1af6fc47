// SPDX-License-Identifier: GPL-3.0-or-later
#include <QKeyEvent>

#include "ui/citizen/citizen_parts.hpp"

namespace wl::ui {

CitizenView::CitizenView(ConsoleBridge& bridge, QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("citizenView"));
    setAccessibleName(tr("Citizen"));
    m_parts = std::make_unique<Parts>(*this, bridge);
}

CitizenView::~CitizenView() = default;

void CitizenView::showPerson(const PersonId& person) { m_parts->show(person); }
PersonId CitizenView::current() const { return m_parts->current(); }

bool CitizenView::event(QEvent* event) {
    const bool asked = event->type() == QEvent::ShortcutOverride;
    if (!asked && event->type() != QEvent::KeyPress) return QWidget::event(event);
    const auto* key = static_cast<QKeyEvent*>(event);
    if (key->key() != Qt::Key_Escape || key->modifiers() != Qt::NoModifier) return QWidget::event(event);
    event->accept();
    if (!asked) Q_EMIT closeRequested();
    return true;
}

}  // namespace wl::ui
