// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sync/shut_out_dialog.hpp"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/kit/look.hpp"
#include "ui/kit/tone_label.hpp"
#include "ui/models/error_words.hpp"
#include "ui/models/sync_words.hpp"

namespace wl::ui {

using namespace Qt::StringLiterals;

ShutOutDialog::ShutOutDialog(ConsoleBridge& bridge, const engine::ConsoleStatus& console, QWidget* parent)
    : QDialog(parent), m_bridge(bridge), m_origin(console.origin), m_reason(new QLineEdit(this)),
      m_problem(new ToneLabel(SlaState::Breached, this)) {
    setObjectName(u"shutOutDialog"_s);
    const auto name = QString::fromStdString(console.name);
    setWindowTitle(tr("Shut out %1").arg(name));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(grid(4), grid(4), grid(4), grid(4));
    column->setSpacing(grid(3));
    auto* title = new QLabel(tr("Shut out %1 for good?").arg(name), this);
    title->setFont(headFont(font()));
    column->addWidget(title);
    QStringList lines{tr("No console exchanges anything with it any more."),
                      tr("What it did until this console last met it stands. What it did later, or does from now on, "
                         "counts nowhere."),
                      tr("The cases that are on that machine stay on it: somebody who can unlock it can read them."),
                      tr("It cannot be undone. The same computer can be added again later, as a new console.")};
    lines << (console.connected ? tr("It is connected now: nothing it did is lost.")
                                : tr("%1.").arg(consoleStateWords(console, bridge.now())));
    auto* consequences = new QLabel(u"<ul><li>"_s + lines.join(u"</li><li>"_s) + u"</li></ul>"_s, this);
    consequences->setObjectName(u"shutOutConsequences"_s);
    consequences->setTextFormat(Qt::RichText);
    consequences->setWordWrap(true);
    column->addWidget(consequences);
    m_reason->setObjectName(u"shutOutReason"_s);
    m_reason->setPlaceholderText(tr("stolen, replaced, left the city…"));
    m_reason->setAccessibleName(tr("Reason"));
    m_reason->setMaxLength(200);
    auto* form = new QFormLayout;
    form->addRow(tr("&Reason, kept for the record"), m_reason);
    column->addLayout(form);
    m_problem->setWordWrap(true);
    m_problem->hide();
    column->addWidget(m_problem);
    column->addStretch(1);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_yes = buttons->addButton(tr("&Shut it out"), QDialogButtonBox::DestructiveRole);
    m_yes->setObjectName(u"shutOutYes"_s);
    m_yes->setAutoDefault(false);
    buttons->button(QDialogButtonBox::Cancel)->setDefault(true);
    connect(m_yes, &QPushButton::clicked, this, &ShutOutDialog::shutOut);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    column->addWidget(buttons);
    resize(grid(125), grid(85));
}

void ShutOutDialog::shutOut() {
    m_yes->setEnabled(false);
    m_bridge.ask([origin = m_origin, reason = m_reason->text().toStdString()](
                     engine::SyncService& sync) { return sync.revoke(origin, reason); },
                 this,
                 [this](const Result<void>& done) {
                     if (done) return accept();
                     m_yes->setEnabled(true);
                     m_problem->setText(errorWords(done.error()).line());
                     m_problem->show();
                 });
}

}  // namespace wl::ui
