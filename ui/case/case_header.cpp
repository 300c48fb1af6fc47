// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/case/case_header.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

#include <bit>

#include "ui/case/sla_strip.hpp"
#include "ui/kit/elided_label.hpp"
#include "ui/kit/look.hpp"
#include "ui/models/value_words.hpp"
#include "ui/models/vocab_words.hpp"

namespace wl::ui {
namespace {

using namespace Qt::StringLiterals;

QToolButton* button(const QString& name, Qt::ToolButtonStyle style = Qt::ToolButtonTextBesideIcon) {
    auto* b = new QToolButton;
    b->setObjectName(name);
    b->setToolButtonStyle(style);
    b->setFocusPolicy(Qt::TabFocus);
    return b;
}

}  // namespace

CaseHeader::CaseHeader(QWidget* parent)
    : QWidget(parent), m_icon(new QLabel), m_service(new ElidedLabel), m_number(button(u"caseNumber"_s)),
      m_status(button(u"caseStatus"_s)), m_priority(button(u"casePriority"_s)), m_owner(button(u"caseOwner"_s)),
      m_conflicts(button(u"caseConflicts"_s)), m_lock(new QLabel), m_address(new ElidedLabel), m_machines(new QLabel),
      m_presence(new QLabel), m_strip(new SlaStrip) {
    m_service->setFont(headFont(font()));
    m_service->setObjectName(u"caseService"_s);
    auto numberFont = strongFont(font());
    numberFont.setFeature("tnum", 1);
    m_number->setFont(numberFont);
    m_number->setAutoRaise(true);
    m_number->setLayoutDirection(Qt::RightToLeft);  // the copy symbol stands behind the number
    m_number->setIcon(QIcon::fromTheme(u"edit-copy"_s));
    m_number->setToolTip(tr("Copy the case number"));
    m_status->setToolTip(tr("Change the status (S)"));
    m_priority->setToolTip(tr("Change the priority"));
    m_owner->setToolTip(tr("Assign (A)"));
    m_conflicts->setIcon(QIcon::fromTheme(u"dialog-warning"_s));
    m_conflicts->setToolTip(tr("Fields that two people changed without seeing each other"));
    m_lock->setPixmap(QIcon::fromTheme(u"object-locked"_s).pixmap(16));
    m_lock->setToolTip(tr("Confidential"));
    m_machines->setObjectName(u"caseMachines"_s);
    m_machines->hide();
    makeQuiet(m_machines);
    m_presence->setObjectName(u"casePresence"_s);
    m_presence->setFont(strongFont(font()));
    m_presence->setWordWrap(true);
    m_presence->hide();
    m_address->setQuiet(true);
    m_address->setObjectName(u"caseAddress"_s);

    auto* first = new QHBoxLayout;
    first->setSpacing(grid(2));
    first->addWidget(m_icon);
    first->addWidget(m_service, 1);
    first->addWidget(m_lock);
    first->addWidget(m_number);
    auto* second = new QHBoxLayout;
    second->setSpacing(grid(1));
    second->addWidget(m_status);
    second->addWidget(m_priority);
    second->addWidget(m_owner);
    second->addStretch();
    second->addWidget(m_conflicts);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(grid(3), grid(2), grid(3), grid(2));
    all->setSpacing(grid(1));
    all->addLayout(first);
    auto* place = new QHBoxLayout;
    place->setSpacing(grid(2));
    place->addWidget(m_address, 1);
    place->addWidget(m_machines);
    all->addLayout(place);
    all->addWidget(m_presence);
    all->addSpacing(grid(1));
    all->addLayout(second);
    all->addSpacing(grid(1));
    all->addWidget(m_strip);

    connect(m_number, &QToolButton::clicked, this, &CaseHeader::copyNumberRequested);
    connect(m_status, &QToolButton::clicked, this, &CaseHeader::statusRequested);
    connect(m_priority, &QToolButton::clicked, this, &CaseHeader::priorityRequested);
    connect(m_owner, &QToolButton::clicked, this, &CaseHeader::ownerRequested);
    connect(m_conflicts, &QToolButton::clicked, this, &CaseHeader::conflictsRequested);
}

void CaseHeader::show(const store::CaseDetail& detail, const rules::Catalogue& catalogue) {
    const auto& state = detail.state;
    const auto* service = catalogue.service(state.text(CaseField::Service));
    const auto iconName = service && !service->icon.empty() ? fromText(service->icon) : u"tag"_s;
    m_icon->setPixmap(QIcon::fromTheme(iconName, QIcon::fromTheme(u"tag"_s)).pixmap(22));
    m_service->setText(fromText(catalogue.serviceName(state.text(CaseField::Service))));
    m_number->setText(fromText(detail.number));
    m_number->setAccessibleName(tr("Case number %1, copy").arg(m_number->text()));

    auto status = statusWord(state.status);
    if (state.status == Status::Waiting && !state.statusReason.empty()) {
        const auto* reason = catalogue.pauseReason(state.statusReason);
        status += u": "_s + fromText(reason ? std::string_view(reason->name) : std::string_view(state.statusReason));
    } else if (state.status == Status::Closed && !state.statusReason.empty()) {
        status += u": "_s + resolutionWord(state.statusReason);
    }
    m_status->setText(m_status->fontMetrics().elidedText(status, Qt::ElideRight, grid(40)));
    m_status->setToolTip(tr("%1 – change the status (S)").arg(status));
    m_status->setIcon(QIcon::fromTheme(statusIconName(state.status)));
    m_status->setAccessibleName(tr("Status: %1").arg(status));
    const auto priority = static_cast<Priority>(state.number(CaseField::Priority));
    m_priority->setText(priorityWord(priority));
    m_priority->setIcon(QIcon::fromTheme(priorityIconName(priority)));
    m_priority->setFont(priority >= Priority::High ? strongFont(font()) : font());
    m_priority->setAccessibleName(tr("Priority: %1").arg(m_priority->text()));
    const auto& owner = state.text(CaseField::Owner);
    const auto ownerName = owner.empty() ? tr("Unassigned") : fromText(catalogue.staffName(owner));
    m_owner->setText(m_owner->fontMetrics().elidedText(ownerName, Qt::ElideRight, grid(32)));
    m_owner->setIcon(QIcon::fromTheme(owner.empty() ? u"list-add-user"_s : u"user"_s));
    m_owner->setAccessibleName(tr("Owner: %1").arg(ownerName));

    const auto conflicts = std::popcount(state.fields.conflicts());
    m_conflicts->setVisible(conflicts > 0);
    m_conflicts->setText(tr("%n conflict(s)", nullptr, conflicts));
    m_conflicts->setAccessibleName(m_conflicts->text());
    m_lock->setVisible(state.number(CaseField::Confidential) != 0 || (service && service->confidential));
    const auto& address = state.text(CaseField::Address);
    m_address->setText(!address.empty() ? fromText(address) : tr("No address"));
}

void CaseHeader::showConsoles(const QString& machines, bool onlyHere, const QString& presence) {
    m_machines->setVisible(!machines.isEmpty());
    m_machines->setText(machines);
    m_machines->setToolTip(onlyHere
                               ? tr("No other console has the latest edits of this case yet")
                               : tr("This machine, and the consoles that told this one that they have every edit of "
                                    "this case safe; consoles it only hears of through others are not counted"));
    m_presence->setVisible(!presence.isEmpty());
    m_presence->setText(presence);
}

void CaseHeader::showClocks(std::vector<ClockView> clocks) { m_strip->show(std::move(clocks)); }

}  // namespace wl::ui
