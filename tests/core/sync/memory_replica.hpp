// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A replica without a disk, for fast tests of the protocol: logs in memory, with a line between what is durable and
// what a crash takes. Ops are opaque here: a CBOR array [realm epoch, text].

#include <algorithm>
#include <map>

#include "domain/cbor.hpp"
#include "domain/compress.hpp"
#include "sync/replica.hpp"

namespace wl::test {

inline std::string opOf(std::uint32_t epoch, std::string_view text) {
    std::string out;
    cbor::Writer w(out);
    w.array(2), w.uint(epoch), w.text(text);
    return out;
}

/// A console's secrets.
struct Member {
    KeyPair keys, tls;
    OriginId origin;
    std::string name;
};

/// The realm log's writer and all consoles' keys: what an administrator could do in a test.
class City {
public:
    explicit City(std::uint64_t seed = 1)
        : rng(seed), realm(randomBytes<decltype(RealmId::bytes)>(rng)), state({realm}) {
        auto founder = member("Desk 0");
        append(RealmFounded{card(founder, ConsoleRole::Administrator), "Testville"}, founder);
        members.push_back(std::move(founder));
    }

    const Member& enrol() {
        members.push_back(member("Desk " + std::to_string(members.size())));
        append(ConsoleEnrolled{card(members.back(), ConsoleRole::Agent)}, members.front());
        return members.back();
    }
    Member member(std::string name) {
        Member m{makeKeyPair(rng), makeKeyPair(rng), {}, std::move(name)};
        m.origin = originOf(m.keys.publicKey, {realm});
        return m;
    }
    void revoke(const Member& who, std::uint64_t cutoff) {
        append(ConsoleRevoked{who.origin, cutoff, "stolen"}, members.front());
    }
    void append(const RealmBody& body, const Member& writer) {
        auto entry = makeRealmEntry(state, body, writer.keys, writer.origin,
                                    Hlc::of({1'700'000'000'000 + state.epoch() * 1000}));
        if (!state.apply(entry)) std::abort();
        entries.push_back(std::move(entry));
    }
    static ConsoleCard card(const Member& m, ConsoleRole role) {
        return {m.origin, m.keys.publicKey, m.tls.publicKey, m.name, "", role};
    }

    SeededRng rng;
    RealmId realm;
    RealmState state;
    std::vector<RealmEntry> entries;
    std::vector<Member> members;
};

class MemoryReplica final : public sync::Replica {
public:
    MemoryReplica(const City& city, const Member& member, std::size_t epochs) : me(member), m_realm(city.realm) {
        for (std::size_t i = 0; i < std::min(epochs, city.entries.size()); ++i)
            if (!acceptRealm(static_cast<std::uint32_t>(i) + 1, {&city.entries[i], 1})) std::abort();
    }

    MemoryReplica(const RealmId& realm, const Member& member, std::span<const RealmEntry> entries)
        : me(member), m_realm(realm) {
        if (!acceptRealm(1, entries)) std::abort();
    }

    // ---- what the console itself does
    /// Own ops in one segment, durable at once.
    void author(const std::vector<std::string>& texts) { authorAs(me, texts); }
    void authorAs(const Member& who, const std::vector<std::string>& texts) {
        std::vector<std::string> ops;
        for (const auto& text : texts) ops.push_back(opOf(m_realm.epoch(), text));
        authorOps(who, ops, {m_logs[who.origin].ops.size() + texts.size() + 1});
    }
    /// Ops as they are, in one segment whose head is dated `hlc`.
    void authorOps(const Member& who, const std::vector<std::string>& ops, Hlc hlc) {
        auto& log = m_logs[who.origin];
        Segment s;
        s.origin = who.origin;
        s.firstSeq = log.ops.size() + 1;
        s.count = static_cast<std::uint32_t>(ops.size());
        s.prevHash = hashBefore(who.origin, s.firstSeq);
        auto hash = s.prevHash;
        std::string raw;
        for (const auto& op : ops) hash = chainNext(hash, op), raw += op;
        s.headHash = hash;
        s.hlcMin = s.hlcMax = hlc;
        s.signature = sign(who.keys.secretKey,
                           headMessage(m_realm.realm(), who.origin, {s.firstSeq + s.count - 1, hash, s.hlcMax}));
        s.rawLength = static_cast<std::uint32_t>(raw.size());
        s.body = compress(raw);
        put({s, {{std::string(20, 'k'), "wrapped", 1}}}, *splitOps(raw, s.count));
        log.durable = log.ops.size();
    }
    void crash() {
        for (auto& [origin, log] : m_logs) cut(log);
    }
    [[nodiscard]] const std::vector<std::string>& opsOf(const OriginId& origin) { return m_logs[origin].ops; }
    [[nodiscard]] std::uint64_t total() const {
        std::uint64_t sum = 0;
        for (const auto& [origin, log] : m_logs) sum += log.ops.size();
        return sum;
    }
    /// What everybody must agree on: each log as far as it counts.
    [[nodiscard]] std::string digest() {
        std::string all(view(m_realm.head()));
        for (const auto& [origin, log] : m_logs) {
            auto limit = log.ops.size();
            if (const auto* c = m_realm.find(origin); c && c->cutoff) limit = std::min<std::size_t>(limit, *c->cutoff);
            for (const auto& proof : m_forks)
                if (proof.origin == origin) limit = std::min<std::size_t>(limit, proof.seq - 1);
            if (limit > 0)
                all += std::string(view(origin)) + std::to_string(limit) +
                       std::string(view(hashBefore(origin, limit + 1)));
        }
        return all;
    }

    // ---- Replica
    OriginId self() const override { return me.origin; }
    const RealmState& realm() const override { return m_realm; }
    Result<std::vector<RealmEntry>> realmEntries(std::uint32_t epoch) override {
        if (epoch == 0 || epoch > m_entries.size()) return std::vector<RealmEntry>{};
        return std::vector<RealmEntry>(m_entries.begin() + (epoch - 1), m_entries.end());
    }
    Result<bool> acceptRealm(std::uint32_t first, std::span<const RealmEntry> entries) override {
        bool grew = false;
        for (std::size_t i = 0; i < entries.size(); ++i) {
            const auto epoch = first + i;
            if (epoch <= m_entries.size()) {
                if (m_entries[epoch - 1].bytes != entries[i].bytes) return fail(ErrorKind::Corrupt, "realm.branch");
                continue;
            }
            WL_CHECK(m_realm.apply(entries[i]));
            m_entries.push_back(entries[i]);
            grew = true;
        }
        return grew;
    }
    std::vector<sync::Head> heads() const override {
        std::vector<sync::Head> out;
        for (const auto& [origin, log] : m_logs)
            if (log.durable > 0) out.push_back({origin, log.durable, log.hashes[log.durable - 1]});
        return out;
    }
    Result<std::optional<Hash>> hashAt(const OriginId& origin, std::uint64_t seq) override {
        for (const auto& b : m_logs[origin].bundles)
            if (b.segment.firstSeq + b.segment.count - 1 == seq) return b.segment.headHash;
        return std::nullopt;
    }
    Result<std::vector<Bundle>> read(const OriginId& origin, std::uint64_t after, std::size_t maxBytes) override {
        std::vector<Bundle> out;
        std::size_t bytes = 0;
        for (const auto& b : m_logs[origin].bundles) {
            if (b.segment.firstSeq + b.segment.count - 1 <= after) continue;
            if (!out.empty() && bytes + b.segment.body.size() + 200 > maxBytes) break;
            bytes += b.segment.body.size() + 200;
            out.push_back(b);
        }
        ++reads;
        return out;
    }
    Result<Accepted> accept(std::span<const Bundle> bundles) override {
        if (diskFull) return fail(ErrorKind::World, "disk.full");
        Accepted done;
        for (const auto& b : bundles) {
            if (!acceptOne(b, done)) {
                done.at = b.segment.origin;
                return done;
            }
            ++done.taken;
        }
        largestSlice = std::max(largestSlice, done.ops);
        return done;
    }
    Result<void> makeDurable() override {
        ++syncs;
        for (auto& [origin, log] : m_logs) log.durable = log.ops.size();
        return {};
    }
    std::vector<ForkProof> forkProofs() const override { return m_forks; }
    Result<bool> acceptForkProof(const ForkProof& proof) override {
        const auto* console = m_realm.find(proof.origin);
        if (!console) return fail(ErrorKind::Corrupt, "fork.proof", {}, "unknown");
        WL_CHECK(checkForkProof(proof, console->card.key, m_realm.realm()));
        for (auto& known : m_forks)
            if (known.origin == proof.origin) {
                if (known.seq <= proof.seq) return false;
                known = proof;
                return true;
            }
        m_forks.push_back(proof);
        return true;
    }
    void peerHas(const OriginId& peer, std::span<const sync::Head> heads, Instant) override {
        peers[peer].assign(heads.begin(), heads.end());
    }
    Result<std::optional<SnapshotOffer>> snapshot() override {
        if (!givesSnapshots) return std::nullopt;
        m_copy.clear();
        SnapshotOffer offer;
        for (const auto& [origin, log] : m_logs) {
            for (const auto& b : log.bundles) m_copy += sync_encode(b);
            offer.ops += log.ops.size();
        }
        offer.heads = heads();
        offer.bytes = m_copy.size();
        for (std::size_t i = 0; i < m_copy.size(); i += kSnapshotChunk)
            offer.chunks.push_back(blake2b({m_copy.substr(i, kSnapshotChunk)}));
        m_offer = offer;
        return offer;
    }
    Result<std::optional<std::string>> snapshotChunk(const Hash& id, std::uint32_t index) override {
        if (!m_offer || m_offer->id() != id) return std::nullopt;
        ++chunksGiven;
        return m_copy.substr(index * kSnapshotChunk, kSnapshotChunk);
    }
    Result<std::optional<std::vector<std::uint32_t>>> wantSnapshot(const SnapshotOffer& offer) override {
        if (!takesSnapshots) return std::nullopt;
        std::vector<std::uint32_t> missing;
        for (std::uint32_t i = 0; i < offer.chunks.size(); ++i)
            if (!m_chunks.contains(offer.chunks[i])) missing.push_back(i);
        return missing;
    }
    Result<void> takeSnapshotChunk(const SnapshotOffer& offer, std::uint32_t index, std::string_view bytes) override {
        m_chunks[offer.chunks[index]] = bytes;
        return {};
    }
    Result<void> installSnapshot(const SnapshotOffer& offer) override {
        std::string all;
        for (const auto& chunk : offer.chunks) all += m_chunks[chunk];
        cbor::Reader in(all);
        std::vector<Bundle> bundles;
        while (!in.atEnd()) {
            WL_TRY(const auto segment, in.skip());
            WL_TRY(const auto keys, in.skip());
            Bundle b;
            WL_TRY(b.segment, decodeSegment(segment));
            WL_TRY(b.keys, decodeKeys(keys));
            bundles.push_back(std::move(b));
        }
        ++installed;
        WL_CHECK(accept(bundles));
        return {};
    }

    const Member& me;
    std::map<OriginId, std::vector<sync::Head>> peers;
    int reads{}, syncs{}, chunksGiven{}, installed{};
    std::uint64_t largestSlice{};
    bool diskFull{}, givesSnapshots{}, takesSnapshots{};

private:
    struct Log {
        std::vector<Bundle> bundles;
        std::vector<std::string> ops;
        std::vector<Hash> hashes;
        std::uint64_t durable{};
    };

    static std::string sync_encode(const Bundle& b) { return encodeSegment(b.segment) + encodeKeys(b.keys); }
    Hash hashBefore(const OriginId& origin, std::uint64_t seq) {
        return seq == 1 ? chainStart(origin, m_realm.realm()) : m_logs[origin].hashes[seq - 2];
    }
    void put(Bundle bundle, const std::vector<std::string>& ops) {
        auto& log = m_logs[bundle.segment.origin];
        auto hash = bundle.segment.prevHash;
        for (const auto& op : ops) {
            hash = chainNext(hash, op);
            log.ops.push_back(op);
            log.hashes.push_back(hash);
        }
        log.bundles.push_back(std::move(bundle));
    }
    static void cut(Log& log) {
        while (!log.bundles.empty() &&
               log.bundles.back().segment.firstSeq + log.bundles.back().segment.count - 1 > log.durable)
            log.bundles.pop_back();
        log.ops.resize(log.durable);
        log.hashes.resize(log.durable);
    }

    bool acceptOne(const Bundle& b, Accepted& done) {
        const auto& g = b.segment;
        const auto stop = [&](Accepted::Stop why) {
            done.stop = why;
            return false;
        };
        const auto* console = m_realm.find(g.origin);
        if (!console) return stop(Accepted::Stop::UnknownOrigin);
        auto ops = openSegment(g, console->card.key, m_realm.realm());
        if (!ops) {
            done.why = ops.error();
            return stop(Accepted::Stop::Bad);
        }
        for (const auto& op : *ops) {
            cbor::Reader in(op);
            const bool form = in.array().value_or(0) == 2;
            if (!form || in.uint().value_or(99) > m_realm.epoch()) return stop(Accepted::Stop::UnknownEpoch);
        }
        auto& log = m_logs[g.origin];
        if (g.firstSeq > log.ops.size() + 1) return stop(Accepted::Stop::Gap);
        if (console->cutoff && g.firstSeq > *console->cutoff) return stop(Accepted::Stop::Revoked);
        if (g.prevHash != hashBefore(g.origin, g.firstSeq)) return stop(Accepted::Stop::Forked);
        for (const auto& mine : log.bundles) {
            if (mine.segment.firstSeq + mine.segment.count <= g.firstSeq) continue;
            const auto own = *openSegment(mine.segment, console->card.key, m_realm.realm());
            if (auto proof = compareSegments(mine.segment, own, g, *ops)) {
                done.fork = std::move(proof);
                return stop(Accepted::Stop::Forked);
            }
        }
        const auto known = log.ops.size() + 1 - g.firstSeq;
        if (known >= ops->size()) return true;
        auto rest = b;
        rest.segment.firstSeq += known;
        rest.segment.count -= static_cast<std::uint32_t>(known);
        ops->erase(ops->begin(), ops->begin() + static_cast<std::ptrdiff_t>(known));
        std::string raw;
        for (const auto& op : *ops) raw += op;
        rest.segment.prevHash = hashBefore(g.origin, rest.segment.firstSeq);
        rest.segment.rawLength = static_cast<std::uint32_t>(raw.size());
        rest.segment.body = compress(raw);
        done.ops += ops->size();
        put(std::move(rest), *ops);
        return true;
    }

    RealmState m_realm;
    std::vector<RealmEntry> m_entries;
    std::map<OriginId, Log> m_logs;
    std::vector<ForkProof> m_forks;
    std::string m_copy;
    std::optional<SnapshotOffer> m_offer;
    std::map<Hash, std::string> m_chunks;
};

}  // namespace wl::test
