// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sync/role_dialog.hpp"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

#include "ui/kit/look.hpp"
#include "ui/models/sync_words.hpp"

namespace wl::ui {

using namespace Qt::StringLiterals;

RoleDialog::RoleDialog(ConsoleBridge& bridge, const engine::ConsoleStatus& console, QWidget* parent)
    : ConsoleDialog(bridge, console, tr("What %1 may do").arg(QString::fromStdString(console.name)),
                    tr("What %1 may do").arg(QString::fromStdString(console.name)), parent),
      m_role(new QComboBox(this)), m_department(new QComboBox(this)), m_meaning(new QLabel(this)) {
    setObjectName(u"roleDialog"_s);
    m_role->setObjectName(u"roleChoice"_s);
    m_role->setAccessibleName(tr("What the console may do"));
    for (const auto role : {ConsoleRole::Reader, ConsoleRole::Agent, ConsoleRole::Administrator})
        m_role->addItem(roleWord(role), static_cast<int>(role));
    m_role->setCurrentIndex(m_role->findData(static_cast<int>(console.role)));
    m_department->setObjectName(u"roleDepartment"_s);
    m_department->setAccessibleName(tr("What the console works for"));
    m_department->addItem(tr("The whole city"), QString());
    for (const auto& department : bridge.catalogue()->departments())
        m_department->addItem(QString::fromStdString(department.name), QString::fromStdString(department.code));
    m_department->setCurrentIndex(std::max(0, m_department->findData(QString::fromStdString(console.department))));
    auto* form = new QFormLayout;
    form->addRow(tr("It &may"), m_role);
    form->addRow(tr("It works &for"), m_department);
    column()->addLayout(form);
    m_meaning->setObjectName(u"roleMeaning"_s);
    m_meaning->setWordWrap(true);
    column()->addWidget(m_meaning);
    auto* since =
        new QLabel(tr("It holds from when that console next meets this one. What it did before stands."), this);
    since->setWordWrap(true);
    makeQuiet(since);
    column()->addWidget(since);
    finish(tr("C&hange"), false)->setObjectName(u"roleYes"_s);
    connect(m_role, &QComboBox::currentIndexChanged, this, &RoleDialog::explain);
    connect(m_department, &QComboBox::currentIndexChanged, this, &RoleDialog::explain);
    explain();
    resize(grid(120), grid(80));
}

ConsoleRole RoleDialog::chosen() const { return static_cast<ConsoleRole>(m_role->currentData().toInt()); }

void RoleDialog::explain() {
    m_department->setEnabled(chosen() == ConsoleRole::Agent);
    const bool whole = m_department->currentData().toString().isEmpty();
    m_meaning->setText(scopeWords(chosen(), whole ? QString() : m_department->currentText()));
}

ConsoleDialog::Work RoleDialog::work() const {
    return [console = origin(), role = chosen(), department = m_department->currentData().toString().toStdString()](
               engine::SyncService& sync) { return sync.changeRole(console, role, department); };
}

}  // namespace wl::ui
