// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/alarm_watch.hpp"

#include <algorithm>

#include "rules/business_hours.hpp"
#include "ui/models/query_slots.hpp"
#include "ui/models/value_words.hpp"

namespace wl::ui {
namespace {

using namespace Qt::StringLiterals;
constexpr std::size_t kLooked = 200;  // cases of one change; more is an import or a catch-up, which the queues tell of

}  // namespace

AlarmWatch::AlarmWatch(ConsoleBridge& bridge, QObject* parent) : QObject(parent), m_bridge(bridge) {
    connect(&bridge, &ConsoleBridge::changed, this, &AlarmWatch::look);
    connect(&bridge, &ConsoleBridge::agentChanged, this, [this] {
        m_pending.clear();
        Q_EMIT changed();
    });
}

void AlarmWatch::look(const ChangeSetPtr& changes) {
    bool gone = false;
    std::size_t looked = 0;
    for (const auto& [key, mask] : changes->cases) {
        const bool waits = std::ranges::any_of(m_pending, [&](const Alarm& a) { return a.key == key; });
        const bool mayBe = (mask & (kChangedHandOff | kChangedEscalation)) != 0 && ++looked <= kLooked;
        if (waits || mayBe) gone |= lookAt(key);
    }
    if (gone) Q_EMIT changed();
}

// True if an alarm about this case is over.
bool AlarmWatch::lookAt(CaseKey key) {
    const auto detail = m_bridge.reader().detail(key);
    if (!detail) return false;
    const auto& state = detail->state;
    const auto catalogue = m_bridge.catalogue();
    const auto* me = catalogue->staff(m_bridge.agent());
    std::vector<Alarm> now;
    if (state.status != Status::Closed)
        for (const auto& e : state.escalations)
            if (e.raised.dot.seq != 0 && e.acknowledged.dot.seq == 0 && e.person == m_bridge.agent())
                now.push_back({Alarm::Kind::Escalated, key, "e/" + e.key,
                               tr("Escalated to you: %1").arg(about(*detail)), -1});
    if (const auto* offer = state.pendingHandOff(); offer && me && offer->department == me->department)
        now.push_back(
            {Alarm::Kind::Offered, key, "o/" + toHex(offer->offer.origin) + '/' + std::to_string(offer->offer.seq),
             tr("Offered to %1: %2").arg(fromText(catalogue->departmentName(me->department)), about(*detail)), -1});
    const auto before = m_pending.size();
    std::erase_if(m_pending, [&](const Alarm& a) {
        return a.key == key && std::ranges::find(now, a.token, &Alarm::token) == now.end();
    });
    const bool gone = m_pending.size() != before;
    for (auto& alarm : now) add(std::move(alarm));
    return gone;
}

void AlarmWatch::add(Alarm alarm) {
    if (!m_told.insert(alarm.token).second) return;
    m_pending.push_back(alarm);
    Q_EMIT raised(alarm);
    Q_EMIT changed();
}

QString AlarmWatch::about(const store::CaseDetail& detail) const {
    const auto service = m_bridge.catalogue()->serviceName(detail.state.text(CaseField::Service));
    return u"%1, %2"_s.arg(fromText(service), fromText(detail.number));
}

void AlarmWatch::dismiss() {
    if (m_pending.empty()) return;
    m_pending.erase(m_pending.begin());
    Q_EMIT changed();
}

void AlarmWatch::remindOfDormant() {
    const int days = m_bridge.catalogue()->jurisdiction().dormantDays;
    if (days <= 0) return;
    engine::CaseFilter filter;
    filter.open = true;
    filter.owners = {m_bridge.agent()};
    filter.idleDays = days;
    m_bridge.tally({filter}, AlarmSlot, this, [this, days](const std::vector<engine::QueueTally>& tallies) {
        if (tallies.empty() || tallies.front().total == 0) return;
        add({Alarm::Kind::Dormant,
             {},
             "d/" + std::to_string(m_bridge.now().ms / 86'400'000),
             tr("%Ln of your cases: nobody has touched them for %1 days", nullptr,
                static_cast<int>(tallies.front().total))
                 .arg(days),
             -1});
    });
}

bool AlarmWatch::mayDisturb() const {
    const auto catalogue = m_bridge.catalogue();
    const auto* me = catalogue->staff(m_bridge.agent());
    const auto* department = me ? catalogue->department(me->department) : nullptr;
    const auto* hours = department ? catalogue->hours(department->calendar) : nullptr;
    return !hours || hours->isOpen(m_bridge.now());
}

}  // namespace wl::ui
