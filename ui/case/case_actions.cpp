// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/case/case_actions.hpp"

#include <QIcon>
#include <QWidget>

#include "domain/workflow.hpp"

namespace wl::ui {

CaseActions::CaseActions(QWidget& pane) : QObject(&pane), m_pane(pane) {
    note = add(u"caseNote", tr("Write a note"), u"note", {Qt::Key_N});
    call = add(u"caseCall", tr("Log a call"), u"call-start", {Qt::Key_L});
    reply = add(u"caseReply", tr("Write to the citizen…"), u"mail-reply-sender", {Qt::Key_R});
    logReply = add(u"caseLogReply", tr("Log a reply that was given"), u"mail-sent", {Qt::CTRL | Qt::Key_R});
    assign = add(u"caseAssign", tr("Assign…"), u"list-add-user", {Qt::Key_A});
    takeIt = add(u"caseTake", tr("Assign to me"), u"user", {Qt::SHIFT | Qt::Key_A});
    handOff = add(u"caseHandOff", tr("Hand off to a department…"), u"view-bank", {Qt::Key_H});
    pause = add(u"casePause", tr("Pause…"), u"media-playback-pause", {Qt::Key_P});
    status = add(u"caseStatusMenu", tr("Change the status…"), u"view-task", {Qt::Key_S});
    priority = add(u"casePriorityMenu", tr("Change the priority…"), u"flag", {Qt::SHIFT | Qt::Key_P});
    service = add(u"caseServiceMenu", tr("Change the service…"), u"view-list-details", {Qt::SHIFT | Qt::Key_S});
    workDone = add(u"caseWorkDone", tr("Work is done"), u"checkmark", {Qt::Key_D});
    close = add(u"caseClose", tr("Close…"), u"object-locked", {Qt::Key_C});
    reopen = add(u"caseReopen", tr("Reopen…"), u"object-unlocked", {Qt::Key_O});
    undo = add(u"caseUndo", tr("Undo"), u"edit-undo", {Qt::Key_Z});
    redo = add(u"caseRedo", tr("Redo"), u"edit-redo", {Qt::SHIFT | Qt::Key_Z});
    explain = add(u"caseExplain", tr("Why is it due then?"), u"clock", {Qt::Key_E});
    citizen = add(u"caseCitizen", tr("Open the citizen's record"), u"user-identity", {Qt::Key_U});
    copyNumber = add(u"caseCopyNumber", tr("Copy the case number"), u"edit-copy", {Qt::SHIFT | Qt::Key_C});
    address = add(u"caseEditAddress", tr("Edit the address"), u"mark-location", {Qt::CTRL | Qt::Key_L});
    crew = add(u"caseCrew", tr("Give to a crew…"), u"system-users", {Qt::Key_G});
    finishJob = add(u"caseFinishJob", tr("Finish the job of this case…"), u"checkmark", {Qt::SHIFT | Qt::Key_W});
    acceptOffer = add(u"caseAcceptOffer", tr("Accept the case"), u"dialog-ok", {Qt::Key_Y});
    returnOffer = add(u"caseReturnOffer", tr("Return the case to its sender…"), u"edit-undo", {Qt::SHIFT | Qt::Key_Y});
    withdrawOffer = add(u"caseWithdrawOffer", tr("Withdraw the offer"), u"dialog-cancel", {Qt::SHIFT | Qt::Key_H});
    claim = add(u"caseClaim", tr("Take over from its owner"), u"user", {Qt::CTRL | Qt::SHIFT | Qt::Key_T});
    release =
        add(u"caseRelease", tr("Release to the department's queue…"), u"list-remove-user", {Qt::SHIFT | Qt::Key_R});
    acknowledge = add(u"caseAcknowledge", tr("Acknowledge the escalation"), u"dialog-ok", {Qt::SHIFT | Qt::Key_K});
    sameFault = add(u"caseSameFault", tr("Cases of the same fault…"), u"edit-link", {Qt::Key_M});
    follow(false, Status::New, false);
    followDuty(false, false, false, false);
}

void CaseActions::followDuty(bool offered, bool escalated, bool owned, bool inJob) {
    acceptOffer->setEnabled(offered);
    returnOffer->setEnabled(offered);
    withdrawOffer->setEnabled(offered);
    acknowledge->setEnabled(escalated);
    claim->setEnabled(owned);
    release->setEnabled(owned);
    finishJob->setEnabled(inJob);
}

QAction* CaseActions::add(const char16_t* name, const QString& text, const char16_t* icon,
                          const QList<QKeySequence>& keys) {
    auto* action = new QAction(QIcon::fromTheme(QString::fromUtf16(icon)), text, this);
    action->setObjectName(QString::fromUtf16(name));
    action->setShortcuts(keys);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    action->setToolTip(tr("%1 (%2)").arg(QString(text).remove(u'…'), keys.front().toString(QKeySequence::NativeText)));
    m_pane.addAction(action);
    m_all << action;
    return action;
}

void CaseActions::follow(bool hasCase, Status at, bool hasRequester) {
    for (auto* action : m_all) action->setEnabled(hasCase);
    const bool waiting = at == Status::Waiting;
    pause->setText(waiting ? tr("Resume") : tr("Pause…"));
    pause->setIcon(QIcon::fromTheme(QString::fromUtf16(waiting ? u"media-playback-start" : u"media-playback-pause")));
    pause->setEnabled(hasCase && mayStep(at, waiting ? Status::InProgress : Status::Waiting));
    workDone->setEnabled(hasCase && mayStep(at, Status::WorkDone));
    close->setEnabled(hasCase && mayStep(at, Status::Closed));
    close->setVisible(at != Status::Closed);
    reopen->setEnabled(hasCase && isTerminal(at));
    reopen->setVisible(isTerminal(at));
    citizen->setEnabled(hasRequester);
}

}  // namespace wl::ui
