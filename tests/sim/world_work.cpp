// SPDX-License-Identifier: GPL-3.0-or-later
// What people, and those who wish them ill, do in a simulated city.
#include <algorithm>

#include "domain/cbor.hpp"
#include "domain/workflow.hpp"
#include "sim/plain_deriver.hpp"
#include "sim/world.hpp"
#include "sync/frames.hpp"

namespace wl::sim {
namespace {

std::string unknownOp(const EntityId& entity, Hlc hlc, std::uint32_t epoch) {
    std::string out;
    cbor::Writer w(out);
    w.map(6), w.uint(0), w.uint(99), w.uint(1), w.bytes(view(entity)), w.uint(2), w.uint(hlc.value);
    w.uint(3), w.uint(2), w.uint(4), w.uint(epoch), w.uint(5), w.map(1), w.uint(200), w.text("of a newer version");
    return out;
}

}  // namespace

store::OpDraft World::draft(Console& c) {
    const auto what = draw(10);
    if (what == 0 || m_cases.empty()) {
        CaseOpened b;
        b.fields.set(CaseField::Service, std::string("POTHOLE"));
        b.fields.set(CaseField::Priority, static_cast<std::int64_t>(1 + draw(4)));
        b.fields.set(CaseField::RequestedAt, c.clock.now().ms);
        b.fields.set(CaseField::Description, std::string("Deep hole by the school"));
        m_cases.push_back({randomBytes<decltype(EntityId::bytes)>(c.rng)});
        return {m_cases.back(), b, {}, true};
    }
    if (what == 1 || (what == 2 && m_persons.empty())) {
        PersonOpened b;
        b.fields.set(PersonField::Name, std::string("Kim Alder"));
        m_persons.push_back({randomBytes<decltype(EntityId::bytes)>(c.rng)});
        return {m_persons.back(), b, {}, true};
    }
    if (what == 2 && m_persons.size() > 1 && draw(3) == 0) return judged(c, true);
    if (what == 2) {
        PersonContactAdded contact{ContactKind::Phone, "+1555" + std::to_string(draw(50)), {}};
        return {m_persons[draw(m_persons.size())], contact, {}, false};
    }
    if (what == 3 && c.index == 0) {
        const auto code = std::to_string(draw(4));
        return {store::itemId("service", code),
                CatalogueItemPublished{"service", code, "{\"n\":" + std::to_string(draw(99)) + "}"},
                {},
                false};
    }
    const auto id = m_cases[draw(m_cases.size())];
    const auto found = c.store->caseOf(id);
    const auto* known = found ? *found : nullptr;
    if (!known || !known->state.isOpenedYet()) {  // people work on what they see
        PersonOpened b;
        b.fields.set(PersonField::Name, std::string("Lee Birch"));
        m_persons.push_back({randomBytes<decltype(EntityId::bytes)>(c.rng)});
        return {m_persons.back(), b, {}, true};
    }
    if (what < 6) {
        const auto from = known->state.status;
        const CaseStatusChanged change{from, static_cast<Status>(draw(8)), 1, "fixed", c.clock.now(), "done"};
        return {id, change, {}, false};
    }
    if (what == 6 && draw(3) == 0) {
        const auto* offer = known->state.pendingHandOff();
        if (offer != nullptr && draw(2) == 0) {
            const auto answer = static_cast<HandOffAnswer>(1 + draw(4));
            return {id, HandOffAnswered{offer->offer, answer, "too far", c.clock.now()}, {}, false};
        }
        if (draw(2) == 0)
            return {id,
                    HandOffOffered{"dept" + std::to_string(draw(3)), {}, "not ours", c.clock.now(), c.clock.now()},
                    {},
                    false};
        const auto key = "usual:" + std::to_string(draw(3));
        if (draw(3) == 0) return {id, EscalationAcknowledged{key, c.clock.now()}, {}, false};
        return {id, EscalationRaised{key, "usual", 1, "owner", "kim", c.clock.now(), c.clock.now()}, {}, false};
    }
    if (what == 6 && draw(4) == 0) return message(c, *known);
    if (what == 6 && draw(2) == 0) return incident(c, *known);
    if (what == 6) {
        InteractionRecorded i{.channel = Channel::Phone,
                              .direction = Direction::Out,
                              .kind = InteractionKind::Call,
                              .visibility = Visibility::Public,
                              .at = c.clock.now(),
                              .body = "We come on Monday",
                              .author = "kim",
                              .externalId = {},
                              .person = {},
                              .automatic = false,
                              .subject = "The date",
                              .files = {{std::string(64, 'a'), 7, "text/plain", "date.txt"}}};
        return {id, i, {}, false};
    }
    CaseEdited b;
    const auto field = draw(2) == 0 ? CaseField::Priority : CaseField::Owner;
    b.fields.set(field, field == CaseField::Priority ? Value(static_cast<std::int64_t>(1 + draw(4)))
                                                     : Value(std::string("desk") + std::to_string(draw(9))));
    {
        const auto& reg = known->state.fields[static_cast<std::uint8_t>(field)];
        std::vector<Dot> seen;
        for (const auto& rival : reg.rivals) seen.push_back(rival.dot);
        if (reg.stamp.dot.seq > 0) seen.push_back(reg.stamp.dot);
        std::ranges::sort(seen);
        if (!seen.empty()) b.preds[static_cast<std::uint8_t>(field)] = seen;
    }
    return {id, b, {}, false};
}

// Two records are said to be of one person, or two cases of one fault, or not; marks that are seen are replaced.
store::OpDraft World::judged(Console& c, bool persons) {
    const auto& all = persons ? m_persons : m_cases;
    auto home = all[draw(all.size())], other = all[draw(all.size())];
    if (home < other) std::swap(home, other);
    JudgedPair pair{other, static_cast<Judgement>(draw(3)), draw(4) == 0, 7'100, "name=+7100", {}};
    if (persons) {
        const auto view = c.store->personOf(home);
        if (view && *view) pair.replaces = (*view)->state.judgements.standing(other);
        return {home, PersonsJudged{pair}, {}, false};
    }
    const auto detail = c.store->caseOf(home);
    if (detail && *detail) pair.replaces = (*detail)->state.judgements.standing(other);
    return {home, CasesJudged{pair}, {}, false};
}

// What a rule writes to a citizen because of one cause, on whichever console; and what gateways say became of it.
store::OpDraft World::message(Console& c, const store::CaseDetail& known) {
    const auto id = known.state.id;
    const auto message = ruleMessageId(id, {}, "step " + std::to_string(draw(3)));
    const auto now = c.clock.now();
    if (draw(2) == 0)
        return {id,
                MessageMoved{message, static_cast<MessageState>(1 + draw(9)), now, now, "why", {}, "250 ok"},
                {},
                false};
    return {id,
            MessageWritten{.message = message,
                           .person = {},
                           .channel = Channel::Email,
                           .address = "citizen@example.org",
                           .templateCode = "closed-en",
                           .language = "en",
                           .subject = "Your report",
                           .body = "It is done",
                           .why = MessageWhy::Rule,
                           .at = now,
                           .event = "closed"},
            {},
            false};
}

store::OpDraft World::incident(Console& c, const store::CaseDetail& known) {
    const auto id = known.state.id;
    const auto& reports = known.state.reports;
    if (!reports.empty() && draw(3) == 0)
        return {id, ReportsLeft{{reports[draw(reports.size())].joined.dot}, {}}, {}, false};
    if (draw(2) == 0 && m_cases.size() > 1) return judged(c, false);
    const auto person = m_persons.empty() ? PersonId{} : m_persons[draw(m_persons.size())];
    return {id, ReportJoined{person, Channel::Phone, c.clock.now(), 1, "It is in front of our door too"}, {}, false};
}

void World::edit(Console& c, std::int64_t groups) {
    for (std::int64_t i = 0; i < groups; ++i) {
        if (!c.store || c.ahead > 0 || c.lostOwn) return;
        if (!commit(c)) {
            after(c);
            return;
        }
        if (c.mesh) c.mesh->committed(moment(c.index));
        after(c);
    }
}

bool World::commit(Console& c) {
    if (!c.store->begin()) return false;
    std::vector<store::OpDraft> group;
    for (auto n = 1 + draw(3); n > 0; --n) group.push_back(draft(c));
    const auto added = c.store->add(group, "kim");
    if (!added) {
        c.store->rollback();
        return false;
    }
    if (!c.store->commit(PlainDeriver()) || c.disk.dead()) return false;
    // From here on the user has been told.
    const auto own = c.store->origin();
    const auto vector = c.store->vector();
    if (!vector) return false;
    for (const auto& head : *vector) {
        if (head.origin != own) continue;
        auto& known = m_truth[own][head.seq];
        if (!known.empty() && known != head.hash && !m_tainted.contains(own))
            fault("S8", "console " + std::to_string(c.index) + " signed op " + std::to_string(head.seq) + " twice");
        known = head.hash;
        c.confirmed[own] = std::max(c.confirmed[own], head.seq);
    }
    m_out.ops += group.size();
    c.latestClock = std::max(c.latestClock, c.clock.now().ms);
    for (const auto& stamp : *added) {
        auto wall = stamp.hlc.wall().ms;
        if (m_bug == Bug::ClockRunsAway) wall += 3'600'000;
        std::int64_t reach = 0;  // the latest clock that any console ever had: effects come after causes
        for (const auto& other : m_consoles) reach = std::max(reach, other->latestClock);
        if (wall > reach + 300'000 + 2000)
            fault("S14", "console " + std::to_string(c.index) + " dated an op " +
                             std::to_string((wall - reach) / 1000) + " s ahead of every clock");
    }
    return true;
}

void World::act(const Action& x) {
    auto& c = *m_consoles[x.who % m_consoles.size()];
    c.latestClock = std::max(c.latestClock, c.clock.now().ms);
    switch (x.act) {
        case Act::Edit: return edit(c, x.a);
        case Act::Cut:
        case Act::Flap:
            for (auto& link : m_links)
                if (link->a == x.who || link->b == x.who) {
                    if (x.act == Act::Cut && x.a % 2 == 0) breakLink(*link, Millis(x.b));  // off the net
                    else if (link->a + link->b == x.who + static_cast<std::size_t>(x.a)) breakLink(*link, Millis(x.b));
                }
            return;
        case Act::Kill:
        case Act::PowerLoss:
            if (!c.store) return;
            c.powerLost = x.act == Act::PowerLoss;
            c.disk.killAfter(static_cast<std::uint64_t>(x.a));
            return edit(c, 1);
        case Act::DiskFull:
        case Act::DiskError:
            if (!c.store) return;
            c.disk.failNext(x.act == Act::DiskFull ? MemoryDisk::Fault::Full : MemoryDisk::Fault::Error,
                            static_cast<std::uint64_t>(x.a), static_cast<std::uint64_t>(x.b));
            return edit(c, 1);
        case Act::ClockJump:
            c.clock.offset += x.a;
            c.latestClock = std::max(c.latestClock, c.clock.now().ms);
            return;
        case Act::ClockFreeze: c.clock.frozenAt = m_now, c.clock.frozenUntil = m_now + Millis(x.b); return;
        case Act::Backup:
            if (c.store) c.backup = c.disk.image();
            return;
        case Act::RestoreDatabase:
        case Act::RestoreAll: {
            if (!c.store || c.backup.empty()) return;
            c.confirmed.try_emplace(c.store->origin());
            down(c, false, Millis(500));
            c.disk.restore(c.backup, x.act == Act::RestoreDatabase);
            // Earlier names of the console (its disk was cloned) lie in the same folder.
            if (x.act == Act::RestoreAll)
                for (const auto& [origin, seq] : c.confirmed) m_tainted.insert(origin);
            // What it told others of their ops, it has to fetch again; the tape knows nothing of promises.
            std::erase_if(m_acked, [&](const auto& entry) { return entry.first.first == c.index; });
            return;
        }
        case Act::Clone:
            if (!c.store) return;
            down(c, false, Millis(500));
            c.disk.setMachine("another machine " + std::to_string(c.index));
            return;
        case Act::Revoke: {
            auto& admin = *m_consoles.front();
            if (!admin.store || !c.store || c.revoked) return;
            const auto origin = c.store->origin();
            if (!admin.store->realmState().find(origin)) return;
            std::uint64_t cutoff = 0;
            for (const auto& head : admin.store->heads())
                if (head.origin == origin) cutoff = head.seq;
            if (auto done = admin.inner->appendRealm(ConsoleRevoked{origin, cutoff, "stolen"}); done) {
                c.revoked = true;
                m_revokedOrigins.insert(origin);
            } else {
                m_unsure[origin] = c.index;
            }
            if (admin.mesh) admin.mesh->changed(moment(0));
            return after(admin);
        }
        case Act::Garbage:
        case Act::Equivocate:
        case Act::Unknown:
        case Act::FutureDated: return mole(x);
    }
}

// One of the city's consoles is not what it seems: it has a key, and says what it likes.
void World::mole(const Action& x) {
    auto& c = *m_consoles[x.who % m_consoles.size()];
    if (!c.mesh) return;
    const auto wallAt = [&](std::int64_t ahead) {
        return Hlc::of({c.clock.now().ms + ahead}, static_cast<std::uint16_t>(draw(1000)));
    };
    const auto meet = [&](Console& to, test::MemoryReplica& log) {
        if (!to.mesh) return;
        sync::SessionOptions theirs{
            .peerTlsKey = to.store->ownSecrets().tls.publicKey, .initiator = true, .seed = draw(1000)};
        sync::Session s(log, theirs);
        const auto link = to.mesh->open({.peerTlsKey = m_mole->tls.publicKey, .seed = draw(1000)}, moment(to.index));
        s.start(moment(to.index));
        for (int i = 0; i < 40 && to.mesh; ++i) {
            s.tick({m_now + Millis(i), to.clock.now()});
            const auto out = s.takeOutput({m_now + Millis(i), to.clock.now()});
            auto* other = to.mesh->find(link);
            if (!other) break;
            other->received(out, moment(to.index));
            while (other->hasWork()) other->work(moment(to.index));
            s.received(other->takeOutput(moment(to.index)), {m_now + Millis(i), to.clock.now()});
            while (s.hasWork()) s.work({m_now + Millis(i), to.clock.now()});
            after(to);
        }
        if (to.mesh) to.mesh->drop(link);
    };
    const auto epoch = static_cast<std::uint32_t>(m_moleLog->realm().epoch());
    const EntityId entity = m_cases.empty() ? EntityId{} : m_cases[draw(m_cases.size())];
    if (x.act == Act::Unknown || x.act == Act::FutureDated) {
        const auto ahead = x.act == Act::Unknown ? 0 : x.a;
        m_moleLog->authorOps(*m_mole, {unknownOp(entity, wallAt(ahead), epoch)}, wallAt(ahead));
        return meet(c, *m_moleLog);
    }
    if (x.act == Act::Equivocate) {
        auto other = *m_moleLog;
        m_moleLog->authorOps(*m_mole, {unknownOp(entity, wallAt(0), epoch)}, wallAt(0));
        other.authorOps(*m_mole, {unknownOp(entity, wallAt(1), epoch), unknownOp(entity, wallAt(2), epoch)}, wallAt(2));
        m_forked.insert(m_mole->origin);
        meet(c, *m_moleLog);
        return meet(*m_consoles[static_cast<std::size_t>(x.a) % m_consoles.size()], other);
    }
    // Garbage, in several manners: none may do more than end the connection.
    const auto link = c.mesh->open({.peerTlsKey = m_mole->tls.publicKey, .seed = draw(1000)}, moment(c.index));
    std::string bytes;
    sync::Session s(*m_moleLog, {.peerTlsKey = c.store->ownSecrets().tls.publicKey});
    s.start(moment(c.index));
    if (x.a > 0) bytes = s.takeOutput(moment(c.index));
    std::string noise(200 + draw(5000), ' ');
    for (auto& ch : noise) ch = static_cast<char>(draw(256));
    if (x.a == 2) sync::appendMessage(bytes, sync::FrameType::Data, noise);
    else if (x.a == 3) bytes.resize(bytes.size() / 2);
    else if (x.a == 4) bytes += std::string("\x7f\xff\xff\xff\x05\x00", 6);
    else if (x.a == 5)
        for (int i = 0; i < 6000; ++i) sync::appendMessage(bytes, sync::FrameType::Ping, "\x01");
    else bytes += noise;
    if (auto* session = c.mesh->find(link)) session->received(bytes, moment(c.index));
    after(c);
    if (!c.mesh) return;
    if (auto* session = c.mesh->find(link); session && session->bytesHeld() > 2 * sync::kMessageLimit)
        fault("S18", "a hostile peer fills the memory");
    c.mesh->drop(link);
}

}  // namespace wl::sim
