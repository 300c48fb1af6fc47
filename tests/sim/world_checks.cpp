// SPDX-License-Identifier: GPL-3.0-or-later
// The invariants, each by its name. ARCHITECTURE "The simulator" says what they mean.
#include <algorithm>

#include "domain/workflow.hpp"
#include "sim/plain_deriver.hpp"
#include "sim/world.hpp"
#include "store/sqlite.hpp"

namespace wl::sim {
namespace {

std::string name(const OriginId& origin) { return toHex(origin).substr(0, 8); }

}  // namespace

void World::checkHeads(Console& c, const char* when) {
    const auto vector = c.store->vector();
    if (!vector) return;
    const auto own = c.store->ownSecrets().origin;
    const auto seqOf = [&](const OriginId& origin) {
        for (const auto& h : *vector)
            if (h.origin == origin) return h.seq;
        return std::uint64_t{0};
    };
    const auto who = "console " + std::to_string(c.index) + " " + when;
    for (const auto& [origin, seq] : c.confirmed) {
        if (m_tainted.contains(origin) || m_forked.contains(origin)) continue;
        const auto have = seqOf(origin);
        if (have < seq)
            fault("S1", who + " has " + std::to_string(have) + " of its " + std::to_string(seq) + " confirmed ops of " +
                            name(origin));
    }
    for (const auto& [key, seq] : m_acked) {
        if (key.first != c.index || m_tainted.contains(key.second) || m_forked.contains(key.second) ||
            m_revokedOrigins.contains(key.second))
            continue;
        if (seqOf(key.second) < seq)
            fault("S7", who + " had acknowledged " + std::to_string(seq) + " ops of " + name(key.second) + " and has " +
                            std::to_string(seqOf(key.second)));
    }
    if (const auto seen = m_seen.find(own);
        seen != m_seen.end() && !m_tainted.contains(own) && seqOf(own) < seen->second)
        fault("S8",
              who + " has " + std::to_string(seqOf(own)) + " own ops, others have " + std::to_string(seen->second));
    for (const auto& h : *vector) {
        if (m_tainted.contains(h.origin) || m_forked.contains(h.origin)) continue;
        const auto truth = m_truth.find(h.origin);
        if (truth == m_truth.end()) continue;
        const auto at = truth->second.find(h.seq);
        if (at != truth->second.end() && at->second != h.hash)
            fault("S2",
                  who + " has another op " + std::to_string(h.seq) + " of " + name(h.origin) + " than its author");
        if (at == truth->second.end() && !truth->second.empty() && h.seq < truth->second.rbegin()->first &&
            h.origin != own && truth->second.upper_bound(h.seq) != truth->second.end() && m_revokedOrigins.empty() &&
            truth->second.begin()->first <= h.seq)
            continue;  // inside a group: segments may be cut there
    }
}

void World::checkAlways(Console& c) {
    if (!c.mesh) return;
    for (const auto link : c.mesh->links()) {
        const auto* s = c.mesh->find(link);
        if (s->bytesHeld() > 64 * 1024 + 2 * 1024 * 1024 + 16 * 1024)
            fault("S18", "a session of console " + std::to_string(c.index) + " holds " +
                             std::to_string(s->bytesHeld()) + " bytes");
        if (s->options().window > 64 * 1024 && s->options().window != sync::SessionOptions{}.window)
            fault("S18", "a session of console " + std::to_string(c.index) + " grants " +
                             std::to_string(s->options().window) + " bytes");
        if (!s->peer()) continue;
        const auto owner = m_ownerOf.find(*s->peer());
        if (owner == m_ownerOf.end()) continue;
        for (const auto& head : s->peerHeads()) {
            auto& known = m_acked[{owner->second, head.origin}];
            known = std::max(known, head.seq);
        }
    }
    if (c.disk.dead()) return;
    const auto own = c.store->ownSecrets().origin;
    for (const auto& head : c.store->heads())
        if (head.origin != own) m_seen[head.origin] = std::max(m_seen[head.origin], head.seq);
}

bool World::converged() {
    std::optional<std::vector<sync::Head>> first;
    for (auto& c : m_consoles) {
        if (!counts(*c)) continue;
        if (!c->store || c->ahead > 0 || c->lostOwn || c->disk.dead()) return false;
        if (!c->store->realmState().find(c->store->origin())) return false;
        auto heads = c->store->heads();
        std::erase_if(heads,
                      [&](const sync::Head& h) { return m_forked.contains(h.origin) || m_tainted.contains(h.origin); });
        if (!first) first = std::move(heads);
        else if (*first != heads) return false;
    }
    return true;
}

std::int64_t World::count(Console& c, const std::string& sql) {
    auto db =
        store::sql::Database::open("/sim/" + std::to_string(c.index) + "/replica.db", store::sql::Access::ReadWrite);
    if (!db) return -1;
    auto query = store::sql::Statement<0, 1>::prepare(*db, sql);
    if (!query) return -2;
    const auto row = query->step();
    return row && *row ? query->integer(0) : -3;
}

void World::damage() {
    auto& c = *m_consoles[1];
    const std::map<Bug, std::string> harm{
        {Bug::ForgedHead, "UPDATE origin SET head_seq=head_seq-1 WHERE head_seq>1"},
        {Bug::StaleRow, "UPDATE cases SET updated_at=updated_at+1"},
        {Bug::VoidOnOne, "INSERT OR REPLACE INTO void_op SELECT oi, head_seq, 5, NULL FROM origin WHERE head_seq>0"},
        {Bug::CutoffIgnored,
         "INSERT INTO case_op SELECT (SELECT min(ck) FROM cases), 5, oi, 1000000, 2 FROM origin WHERE head_seq>0"},
        {Bug::ParkedLost, "INSERT INTO parked SELECT oi, head_seq, 0, 9000000000000 FROM origin WHERE head_seq>0"},
        {Bug::BytesChanged, "UPDATE segment SET body=CAST(substr(body, 1, length(body)-1)||x'00' AS BLOB) WHERE "
                            "id=(SELECT min(id) FROM segment)"},
    };
    const auto found = harm.find(m_bug);
    const auto sql = found == harm.end() ? std::string() : found->second;
    if (sql.empty() || !c.store) return;
    down(c, false, Millis(1));
    c.disk.revive(false);
    c.backAt.reset();
    {
        auto db = store::sql::Database::open("/sim/1/replica.db", store::sql::Access::ReadWrite);
        if (!db || !db->run(sql)) fault("sim", "the damage could not be done");
    }
    open(c);
}

void World::checkEnd() {
    if (!converged()) {
        std::string who;
        for (auto& c : m_consoles) {
            who += "\n      console " + std::to_string(c->index) + (c->revoked ? " (revoked)" : "") +
                   (c->store ? "" : " (down)") + ":";
            if (c->store)
                for (const auto& h : c->store->heads()) who += " " + name(h.origin) + "=" + std::to_string(h.seq);
        }
        fault("L1", "not all consoles have the same ops" + who);
    }
    // Quiet is cheap.
    const auto before = m_out.deliveries;
    const auto quietFrom = m_now;
    while (m_now < quietFrom + Millis(60'000)) step();
    const auto budget = m_links.size() * 2 * 50 * 60 + 2000;
    if (m_out.deliveries - before > budget)
        fault("L2", std::to_string(m_out.deliveries - before) + " bytes in a minute in which nothing happened");

    std::optional<std::string> digest;
    for (auto& held : m_consoles) {
        auto& c = *held;
        if (!c.store) {
            fault("L1", "console " + std::to_string(c.index) + " did not come back");
            continue;
        }
        const auto who = "console " + std::to_string(c.index);
        checkHeads(c, "at the end");
        if (c.inner && !c.inner->unpark(c.clock.now())) fault("S15", who + " cannot fold what waited");
        const auto report = c.store->verify(PlainDeriver());
        if (!report) {
            fault("S3", who + ": " + report.error().code);
            continue;
        }
        std::string complaints;
        for (const auto& text : report->complaints) complaints += "; " + text;
        if (report->badChains + report->badSignatures + report->gaps > 0) fault("S2", who + complaints);
        if (report->badOps + report->badChains > 0) fault("S16", who + complaints);
        if (report->foldMismatches > 0) fault("S5", who + complaints);
        if (!report->good()) fault("S3", who + ": " + report->integrity + complaints);
        if (!counts(c)) continue;
        const auto mine = c.store->digest();
        if (!mine) continue;
        if (!digest) digest = *mine;
        else if (*digest != *mine) fault("L1", who + " shows another city than console 0");
        for (const auto& id : m_cases) {
            const auto found = c.store->caseOf(id);
            if (!found || !*found) continue;
            auto at = Status::New;
            for (const auto& event : (*found)->state.history) {
                if (!event.effective) continue;
                if (!stepTakesEffect(at, event.from, event.to))
                    fault("S11", who + ": a status history is no path of the workflow");
                at = event.to;
            }
        }
    }
    // A fork is known wherever two branches met.
    std::set<OriginId> proved;
    for (auto& c : m_consoles)
        if (c->store && counts(*c))
            for (const auto& proof : c->inner->forkProofs()) proved.insert(proof.origin);
    for (auto& c : m_consoles) {
        if (!c->store || !counts(*c)) continue;
        std::set<OriginId> known;
        for (const auto& proof : c->replica->forkProofs()) known.insert(proof.origin);
        for (const auto& origin : proved)
            if (!known.contains(origin))
                fault("S20", "console " + std::to_string(c->index) + " does not know that " + name(origin) + " forked");
    }
    // What only the files tell.
    std::map<OriginId, std::uint64_t> cutoffs;
    if (auto& admin = *m_consoles.front(); admin.store)
        for (const auto& origin : m_revokedOrigins)
            if (const auto* console = admin.store->realmState().find(origin); console && console->cutoff)
                cutoffs[origin] = *console->cutoff;
    std::optional<std::int64_t> voids;
    for (auto& c : m_consoles) {
        if (!c->store || !counts(*c)) continue;
        down(*c, false, Millis(1));
        c->disk.revive(false);
        c->backAt.reset();
        const auto who = "console " + std::to_string(c->index);
        for (const auto& [origin, cutoff] : cutoffs) {
            const auto n = count(*c, "SELECT count(*) FROM case_op JOIN origin USING(oi) WHERE origin_id=x'" +
                                         toHex(origin) + "' AND seq>" + std::to_string(cutoff));
            if (n != 0) fault("S10", who + ": " + std::to_string(n) + " ops behind a cutoff count");
        }
        const auto parked = count(*c, "SELECT count(*) FROM parked");
        if (parked != 0) fault("S15", who + " still has " + std::to_string(parked) + " parked ops after their time");
        // A revoked or forked log may have been taken to different numbers: its void tail is nobody's business.
        if (m_revokedOrigins.empty() && m_forked.empty() && m_tainted.empty()) {
            const auto sum = count(*c, "SELECT coalesce(sum(why*1000+1), 0) FROM void_op");
            if (!voids) voids = sum;
            else if (*voids != sum) fault("S9", who + " judges other ops void than console 0");
        }
        const auto orphans = count(*c, "SELECT count(*) FROM case_op JOIN origin USING(oi) WHERE seq>head_seq");
        if (orphans != 0) fault("S10", who + ": " + std::to_string(orphans) + " ops count that no log holds");
    }
}

}  // namespace wl::sim
