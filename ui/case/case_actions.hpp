// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Everything that can be done to the open case, as actions with keys. Knows which of them the workflow allows now;
// what they do is the pane's.

#include <QAction>
#include <QObject>

#include "domain/vocab.hpp"

namespace wl::ui {

class CaseActions final : public QObject {
    Q_OBJECT

public:
    explicit CaseActions(QWidget& pane);

    /// Enables what may be done to a case that stands at `status`; nothing without a case.
    void follow(bool hasCase, Status status, bool hasRequester);
    /// What waits for an answer: an offer, an escalation.
    void followDuty(bool offered, bool escalated, bool owned, bool inJob);
    [[nodiscard]] QList<QAction*> all() const { return m_all; }

    QAction *note, *call, *reply, *logReply, *assign, *takeIt, *handOff, *pause, *status, *priority, *workDone, *close,
        *reopen, *service, *undo, *redo, *explain, *citizen, *copyNumber, *address, *crew, *finishJob, *acceptOffer,
        *returnOffer, *withdrawOffer, *claim, *release, *acknowledge, *sameFault;

private:
    QAction* add(const char16_t* name, const QString& text, const char16_t* icon, const QList<QKeySequence>& keys);

    QWidget& m_pane;
    QList<QAction*> m_all;
};

}  // namespace wl::ui
