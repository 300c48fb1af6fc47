// SPDX-License-Identifier: GPL-3.0-or-later
#include <QEvent>

#include "ui/case/case_pane_parts.hpp"

namespace wl::ui {

CasePane::CasePane(ConsoleBridge& bridge, QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("casePane"));
    setAccessibleName(tr("Open case"));
    m_parts = std::make_unique<Parts>(*this, bridge);
}

CasePane::~CasePane() = default;

void CasePane::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_parts) m_parts->redraw();
}

void CasePane::showCase(CaseKey key) { m_parts->showCase(key); }
CaseKey CasePane::current() const { return m_parts->current(); }
QList<QAction*> CasePane::caseActions() const { return m_parts->actions().all(); }

QAction* CasePane::action(const QString& objectName) const {
    for (auto* action : caseActions())
        if (action->objectName() == objectName) return action;
    return nullptr;
}

void CasePane::placePicked(GeoPoint at) { m_parts->placePicked(at); }
void CasePane::cancelPlacePick() { m_parts->endPick(); }

}  // namespace wl::ui
