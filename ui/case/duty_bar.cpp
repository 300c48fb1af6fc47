// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/case/duty_bar.hpp"

#include <QHBoxLayout>
#include <QPushButton>

#include <algorithm>

#include "ui/kit/look.hpp"
#include "ui/kit/tone_label.hpp"
#include "ui/models/time_words.hpp"
#include "ui/models/value_words.hpp"

namespace wl::ui {

using namespace Qt::StringLiterals;

DutyBar::DutyBar(QWidget* parent)
    : QWidget(parent), m_words(new ToneLabel), m_accept(new QPushButton(tr("Accept"))),
      m_return(new QPushButton(tr("Return…"))), m_withdraw(new QPushButton(tr("Withdraw"))),
      m_acknowledge(new QPushButton(tr("Acknowledge"))) {
    setObjectName(u"dutyBar"_s);
    m_words->setObjectName(u"dutyWords"_s);
    m_words->setWordWrap(true);
    auto* all = new QHBoxLayout(this);
    all->setContentsMargins(grid(3), grid(1), grid(2), grid(1));
    all->setSpacing(grid(2));
    all->addWidget(m_words, 1);
    const auto add = [&](QPushButton* button, const QString& name, const QString& tip, auto wish) {
        button->setObjectName(name);
        button->setToolTip(tip);
        connect(button, &QPushButton::clicked, this, wish);
        all->addWidget(button);
    };
    add(m_accept, u"dutyAccept"_s, tr("Take the case over (Y)"), &DutyBar::acceptRequested);
    add(m_return, u"dutyReturn"_s, tr("Send it back with a reason (Shift+Y)"), &DutyBar::returnRequested);
    add(m_withdraw, u"dutyWithdraw"_s, tr("Take the offer back"), &DutyBar::withdrawRequested);
    add(m_acknowledge, u"dutyAcknowledge"_s, tr("Say that you have seen it; its repetitions stop (Shift+K)"),
        &DutyBar::acknowledgeRequested);
    hide();
}

void DutyBar::show(const store::CaseDetail& detail, const rules::Catalogue& catalogue, const std::string& agent,
                   Instant now) {
    const auto& state = detail.state;
    const auto* offer = state.pendingHandOff();
    QStringList words;
    if (offer) {
        const auto to = fromText(catalogue.departmentName(offer->department));
        words << (offer->limit > now
                      ? tr("Offered to %1 %2; comes back %3")
                            .arg(to, agoWords(offer->at, now), agoWords(offer->limit, now))
                      : tr("Offered to %1 %2; nobody answered in time").arg(to, agoWords(offer->at, now)));
    } else if (state.status != Status::Closed) {
        // The last offer, where it came back.
        const auto last = std::ranges::max_element(state.handOffs, {}, &HandOff::stamp);
        if (last != state.handOffs.end() && last->answer == HandOffAnswer::Bounced)
            words
                << tr("%1 did not answer the offer in time").arg(fromText(catalogue.departmentName(last->department)));
    }
    if (detail.clock.escalated > 0) {
        QStringList people;
        for (const auto& e : state.escalations)
            if (e.raised.dot.seq != 0 && e.acknowledged.dot.seq == 0)
                people << (e.person.empty() ? tr("nobody has the role") : fromText(catalogue.staffName(e.person)));
        people.removeDuplicates();
        words << tr("Escalated, step %1: %2").arg(detail.clock.escalated).arg(people.join(u", "_s));
    }
    const auto* me = catalogue.staff(agent);
    const bool ofSender =
        offer && me && me->department == state.text(CaseField::Department) && me->department != offer->department;
    m_words->setText(words.join(u". "_s));
    m_accept->setVisible(offer && !ofSender);
    m_return->setVisible(offer && !ofSender);
    m_withdraw->setVisible(offer && (ofSender || !me || me->department != offer->department));
    m_acknowledge->setVisible(detail.clock.escalated > 0);
    setVisible(!words.isEmpty());
}

void DutyBar::paintEvent(QPaintEvent*) { paintSheet(*this, Qt::BottomEdge); }

}  // namespace wl::ui
