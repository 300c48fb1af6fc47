// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/intake/intake_panel.hpp"

#include <QKeyEvent>

#include "ui/intake/intake_parts.hpp"

namespace wl::ui {

IntakePanel::IntakePanel(ConsoleBridge& bridge, std::filesystem::path drafts, QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("intakePanel"));
    setAccessibleName(tr("New report"));
    m_parts = std::make_unique<Parts>(*this, bridge, std::move(drafts));
}

IntakePanel::~IntakePanel() { m_parts->keep(); }

void IntakePanel::begin() { m_parts->begin(); }
void IntakePanel::beginFor(const QString& contact) { m_parts->beginFor(contact); }
void IntakePanel::beginBy(const PersonId& person) { m_parts->beginBy(person); }
void IntakePanel::beginAt(GeoPoint at) { m_parts->beginAt(at); }
int IntakePanel::draftCount() const { return m_parts->draftCount(); }
void IntakePanel::placePicked(GeoPoint at) { m_parts->placePicked(at); }
void IntakePanel::cancelPlacePick() { m_parts->endPick(); }

void IntakePanel::keyPressEvent(QKeyEvent* event) {
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (event->key() == Qt::Key_Escape) return m_parts->leave();
    if (enter && event->modifiers().testFlag(Qt::ControlModifier)) return m_parts->file();
    QWidget::keyPressEvent(event);
}

}  // namespace wl::ui
