// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sync/role_dialog.hpp"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

#include "ui/kit/look.hpp"
#include "ui/kit/tone_label.hpp"
#include "ui/models/error_words.hpp"
#include "ui/models/sync_words.hpp"

namespace wl::ui {

using namespace Qt::StringLiterals;

RoleDialog::RoleDialog(ConsoleBridge& bridge, const engine::ConsoleStatus& console, QWidget* parent)
    : QDialog(parent), m_bridge(bridge), m_origin(console.origin), m_role(new QComboBox(this)),
      m_department(new QComboBox(this)), m_meaning(new QLabel(this)),
      m_problem(new ToneLabel(SlaState::Breached, this)) {
    setObjectName(u"roleDialog"_s);
    const auto name = QString::fromStdString(console.name);
    setWindowTitle(tr("What %1 may do").arg(name));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(grid(4), grid(4), grid(4), grid(4));
    column->setSpacing(grid(3));
    auto* title = new QLabel(tr("What %1 may do").arg(name), this);
    title->setFont(headFont(font()));
    column->addWidget(title);
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
    column->addLayout(form);
    m_meaning->setObjectName(u"roleMeaning"_s);
    m_meaning->setWordWrap(true);
    column->addWidget(m_meaning);
    auto* since =
        new QLabel(tr("It holds from when that console next meets this one. What it did before stands."), this);
    since->setWordWrap(true);
    makeQuiet(since);
    column->addWidget(since);
    m_problem->setWordWrap(true);
    m_problem->hide();
    column->addWidget(m_problem);
    column->addStretch(1);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_yes = buttons->addButton(tr("C&hange"), QDialogButtonBox::AcceptRole);
    m_yes->setObjectName(u"roleYes"_s);
    connect(m_yes, &QPushButton::clicked, this, &RoleDialog::change);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    column->addWidget(buttons);
    connect(m_role, &QComboBox::currentIndexChanged, this, &RoleDialog::explain);
    connect(m_department, &QComboBox::currentIndexChanged, this, &RoleDialog::explain);
    explain();
    resize(grid(120), grid(80));
}

void RoleDialog::explain() {
    const auto role = static_cast<ConsoleRole>(m_role->currentData().toInt());
    m_department->setEnabled(role == ConsoleRole::Agent);
    const bool whole = m_department->currentData().toString().isEmpty();
    m_meaning->setText(scopeWords(role, whole ? QString() : m_department->currentText()));
}

void RoleDialog::change() {
    m_yes->setEnabled(false);
    const auto role = static_cast<ConsoleRole>(m_role->currentData().toInt());
    m_bridge.ask([origin = m_origin, role, department = m_department->currentData().toString().toStdString()](
                     engine::SyncService& sync) { return sync.changeRole(origin, role, department); },
                 this,
                 [this](const Result<void>& done) {
                     if (done) return accept();
                     m_yes->setEnabled(true);
                     m_problem->setText(errorWords(done.error()).line());
                     m_problem->show();
                 });
}

}  // namespace wl::ui
