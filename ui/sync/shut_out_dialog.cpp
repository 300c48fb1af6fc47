// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sync/shut_out_dialog.hpp"

#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/kit/look.hpp"
#include "ui/models/sync_words.hpp"

namespace wl::ui {

using namespace Qt::StringLiterals;

ShutOutDialog::ShutOutDialog(ConsoleBridge& bridge, const engine::ConsoleStatus& console, QWidget* parent)
    : ConsoleDialog(bridge, console, tr("Shut out %1").arg(QString::fromStdString(console.name)),
                    tr("Shut out %1 for good?").arg(QString::fromStdString(console.name)), parent),
      m_reason(new QLineEdit(this)) {
    setObjectName(u"shutOutDialog"_s);
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
    column()->addWidget(consequences);
    m_reason->setObjectName(u"shutOutReason"_s);
    m_reason->setPlaceholderText(tr("stolen, replaced, left the city…"));
    m_reason->setAccessibleName(tr("Reason"));
    m_reason->setMaxLength(200);
    auto* form = new QFormLayout;
    form->addRow(tr("&Reason, kept for the record"), m_reason);
    column()->addLayout(form);
    finish(tr("&Shut it out"), true)->setObjectName(u"shutOutYes"_s);
    resize(grid(125), grid(85));
}

ConsoleDialog::Work ShutOutDialog::work() const {
    return [console = origin(), reason = m_reason->text().toStdString()](engine::SyncService& sync) {
        return sync.revoke(console, reason);
    };
}

}  // namespace wl::ui
