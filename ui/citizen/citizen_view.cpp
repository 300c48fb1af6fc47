// SPDX-License-Identifier: GPL-3.0-or-later
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

}  // namespace wl::ui
