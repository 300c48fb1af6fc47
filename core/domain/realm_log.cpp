// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/realm_log.hpp"

#include <algorithm>

#include "domain/cbor.hpp"

namespace wl {
namespace {

enum Kind : std::uint64_t {
    kFounded = 1,
    kEnrolled = 2,
    kRevoked = 3,
    kRole = 4,
    kWriter = 5,
    kBranch = 6,
    kReinstated = 7
};
constexpr std::size_t kMaxEntry = 64 * 1024;
constexpr std::uint64_t kMaxEpoch = 0x7fffffff;

std::string signedPart(const RealmId& realm, std::string_view entry) {
    std::string out("rlm");
    out += view(realm);
    out += entry;
    return out;
}

// A console: [origin, key, TLS key, name, department, role]
void writeCard(cbor::Writer& w, const ConsoleCard& card) {
    w.array(6);
    w.bytes(view(card.origin)), w.bytes(view(card.key)), w.bytes(view(card.tlsKey));
    w.text(card.name), w.text(card.department), w.uint(static_cast<std::uint64_t>(card.role));
}

Result<OriginId> readOrigin(cbor::Reader& in) {
    WL_TRY(const auto bytes, in.bytes());
    if (bytes.size() != 16) return fail(ErrorKind::Corrupt, "realm.form");
    return idFromBytes<OriginId>(bytes);
}

template <class Array>
Result<Array> readArray(cbor::Reader& in) {
    WL_TRY(const auto bytes, in.bytes());
    if (bytes.size() != std::tuple_size_v<Array>) return fail(ErrorKind::Corrupt, "realm.form");
    return arrayFromBytes<Array>(bytes);
}

Result<ConsoleRole> readRole(cbor::Reader& in) {
    WL_TRY(const auto role, in.uint());
    // A role of a newer version may do no more than the ones known here.
    return static_cast<ConsoleRole>(std::min<std::uint64_t>(role,
                                                            static_cast<std::uint64_t>(ConsoleRole::Administrator)));
}

Result<ConsoleCard> readCard(cbor::Reader& in) {
    WL_TRY(const auto parts, in.array());
    if (parts != 6) return fail(ErrorKind::Corrupt, "realm.form");
    ConsoleCard card;
    WL_TRY(card.origin, readOrigin(in));
    WL_TRY(card.key, readArray<PublicKey>(in));
    WL_TRY(card.tlsKey, readArray<PublicKey>(in));
    WL_TRY(const auto name, in.text());
    WL_TRY(const auto department, in.text());
    WL_TRY(card.role, readRole(in));
    card.name = name;
    card.department = department;
    return card;
}

Result<std::optional<RealmBody>> readBody(std::uint64_t kind, cbor::Reader& in) {
    switch (kind) {
        case kFounded: {
            WL_TRY(auto card, readCard(in));
            WL_TRY(const auto name, in.text());
            return RealmBody{RealmFounded{std::move(card), std::string(name)}};
        }
        case kEnrolled: {
            WL_TRY(auto card, readCard(in));
            return RealmBody{ConsoleEnrolled{std::move(card)}};
        }
        case kRevoked: {
            WL_TRY(const auto origin, readOrigin(in));
            WL_TRY(const auto cutoff, in.uint());
            WL_TRY(const auto reason, in.text());
            return RealmBody{ConsoleRevoked{origin, cutoff, std::string(reason)}};
        }
        case kRole: {
            WL_TRY(const auto origin, readOrigin(in));
            WL_TRY(const auto role, readRole(in));
            WL_TRY(const auto department, in.text());
            return RealmBody{RoleChanged{origin, role, std::string(department)}};
        }
        case kWriter: {
            WL_TRY(const auto origin, readOrigin(in));
            return RealmBody{WriterNamed{origin}};
        }
        case kBranch: {
            WL_TRY(const auto origin, readOrigin(in));
            WL_TRY(const auto seq, in.uint());
            WL_TRY(const auto head, readArray<Hash>(in));
            return RealmBody{BranchChosen{origin, seq, head}};
        }
        case kReinstated: {
            OpsReinstated out;
            WL_TRY(out.origin, readOrigin(in));
            WL_TRY(const auto count, in.array());
            for (std::uint64_t i = 0; i < count; ++i) {
                WL_TRY(const auto seq, in.uint());
                if (!out.seqs.empty() && seq <= out.seqs.back()) return fail(ErrorKind::Corrupt, "realm.form");
                out.seqs.push_back(seq);
            }
            return RealmBody{std::move(out)};
        }
        default: return std::optional<RealmBody>();
    }
}

struct Header {
    std::uint64_t kind{}, epoch{};
    Hlc hlc;
    Hash before{};
    OriginId writer;
    std::optional<RealmBody> body;
};

// The body is one item under key 5: an array of what the kind needs.
Result<Header> readEntry(std::string_view bytes) {
    if (bytes.size() > kMaxEntry) return fail(ErrorKind::Corrupt, "realm.form");
    cbor::Reader in(bytes);
    Header h;
    WL_TRY(const auto pairs, in.map());
    if (pairs < 6) return fail(ErrorKind::Corrupt, "realm.form");
    for (std::uint64_t i = 0; i < pairs; ++i) {
        WL_TRY(const auto key, in.uint());
        if (i < 6 && key != i) return fail(ErrorKind::Corrupt, "realm.form");
        switch (i) {
            case 0: {
                WL_TRY(h.kind, in.uint());
                break;
            }
            case 1: {
                WL_TRY(h.epoch, in.uint());
                if (h.epoch == 0 || h.epoch > kMaxEpoch) return fail(ErrorKind::Corrupt, "realm.form");
                break;
            }
            case 2: {
                WL_TRY(h.hlc.value, in.uint());
                break;
            }
            case 3: {
                WL_TRY(h.before, readArray<Hash>(in));
                break;
            }
            case 4: {
                WL_TRY(h.writer, readOrigin(in));
                break;
            }
            case 5: {
                WL_TRY(const auto item, in.skip());
                cbor::Reader body(item);
                WL_CHECK(body.array());
                WL_TRY(h.body, readBody(h.kind, body));
                break;
            }
            default: WL_CHECK(in.skip());  // of a newer version
        }
    }
    if (!in.atEnd()) return fail(ErrorKind::Corrupt, "realm.form");
    return h;
}

struct BodyWriter {
    cbor::Writer& w;
    std::uint64_t operator()(const RealmFounded& b) const {
        w.array(2), writeCard(w, b.founder), w.text(b.name);
        return kFounded;
    }
    std::uint64_t operator()(const ConsoleEnrolled& b) const {
        w.array(1), writeCard(w, b.card);
        return kEnrolled;
    }
    std::uint64_t operator()(const ConsoleRevoked& b) const {
        w.array(3), w.bytes(view(b.origin)), w.uint(b.cutoff), w.text(b.reason);
        return kRevoked;
    }
    std::uint64_t operator()(const RoleChanged& b) const {
        w.array(3), w.bytes(view(b.origin)), w.uint(static_cast<std::uint64_t>(b.role)), w.text(b.department);
        return kRole;
    }
    std::uint64_t operator()(const WriterNamed& b) const {
        w.array(1), w.bytes(view(b.origin));
        return kWriter;
    }
    std::uint64_t operator()(const BranchChosen& b) const {
        w.array(3), w.bytes(view(b.origin)), w.uint(b.seq), w.bytes(view(b.head));
        return kBranch;
    }
    std::uint64_t operator()(const OpsReinstated& b) const {
        w.array(2), w.bytes(view(b.origin)), w.array(b.seqs.size());
        for (const auto seq : b.seqs) w.uint(seq);
        return kReinstated;
    }
};

const OriginId* subjectOf(const RealmBody& body) {
    struct Visitor {
        const OriginId* operator()(const RealmFounded&) const { return nullptr; }
        const OriginId* operator()(const ConsoleEnrolled&) const { return nullptr; }
        const OriginId* operator()(const ConsoleRevoked& b) const { return &b.origin; }
        const OriginId* operator()(const RoleChanged& b) const { return &b.origin; }
        const OriginId* operator()(const WriterNamed& b) const { return &b.origin; }
        const OriginId* operator()(const BranchChosen& b) const { return &b.origin; }
        const OriginId* operator()(const OpsReinstated& b) const { return &b.origin; }
    };
    return std::visit(Visitor{}, body);
}

const RealmState::Console::May* mayAt(const RealmState::Console* console, std::uint32_t epoch) {
    const RealmState::Console::May* may = nullptr;
    if (console)
        for (const auto& one : console->roles)
            if (one.since <= epoch) may = &one;
    return may;
}

}  // namespace

RealmState::RealmState(const RealmId& realm) : m_realm(realm), m_head(blake2b({"realm", view(realm)})) {}

const RealmState::Console* RealmState::find(const OriginId& origin) const {
    const auto at = m_consoles.find(origin);
    return at == m_consoles.end() ? nullptr : &at->second;
}

const RealmState::Console* RealmState::findByTlsKey(const PublicKey& key) const {
    const Console* best = nullptr;
    for (const auto& [origin, console] : m_consoles) {
        if (console.card.tlsKey != key) continue;
        const auto rank = [](const Console& c) { return std::pair(c.revoked == 0, c.enrolled); };
        if (!best || rank(console) > rank(*best)) best = &console;
    }
    return best;
}

std::optional<ConsoleRole> RealmState::roleAt(const OriginId& origin, std::uint32_t epoch) const {
    const auto* may = mayAt(find(origin), epoch);
    return may ? std::optional(may->role) : std::nullopt;
}

std::string_view RealmState::scopeAt(const OriginId& origin, std::uint32_t epoch) const {
    const auto* may = mayAt(find(origin), epoch);
    return may && may->role == ConsoleRole::Agent ? std::string_view(may->department) : std::string_view();
}

Instant RealmState::timeOf(std::uint32_t epoch) const {
    return epoch == 0 || epoch > m_hlcs.size() ? Instant{} : m_hlcs[epoch - 1].wall();
}

Result<void> RealmState::apply(const RealmEntry& entry) {
    WL_TRY(auto h, readEntry(entry.bytes));
    if (h.epoch != m_epoch + 1 || h.before != m_head)
        return fail(ErrorKind::Corrupt, "realm.chain", {}, std::to_string(h.epoch));
    if (!m_hlcs.empty() && h.hlc <= m_hlcs.back())
        return fail(ErrorKind::Corrupt, "realm.chain", {}, std::to_string(h.epoch));
    const auto* founded = h.body ? std::get_if<RealmFounded>(&*h.body) : nullptr;
    if ((m_epoch == 0) != (founded != nullptr)) return fail(ErrorKind::Corrupt, "realm.founded");
    // The founder vouches for itself; whoever joins later has the log from a console it was paired with.
    if (!founded && h.writer != m_writer) return fail(ErrorKind::Corrupt, "realm.writer", toHex(h.writer));
    const auto* writer = founded ? nullptr : find(m_writer);
    const auto& key = founded ? founded->founder.key : writer->card.key;
    if (founded && (h.writer != founded->founder.origin || originOf(key, m_realm) != h.writer))
        return fail(ErrorKind::Corrupt, "realm.writer");
    if (!verify(key, signedPart(m_realm, entry.bytes), entry.signature))
        return fail(ErrorKind::Corrupt, "realm.signature");
    const auto epoch = static_cast<std::uint32_t>(h.epoch);

    if (h.body) {
        const auto* subject = subjectOf(*h.body);
        if (subject && !find(*subject)) return fail(ErrorKind::Corrupt, "realm.unknown_console", toHex(*subject));
        const ConsoleCard* card = founded ? &founded->founder : nullptr;
        if (const auto* enrolled = std::get_if<ConsoleEnrolled>(&*h.body)) card = &enrolled->card;
        if (card) {
            if (originOf(card->key, m_realm) != card->origin || find(card->origin))
                return fail(ErrorKind::Corrupt, "realm.form", "origin");
            m_consoles[card->origin] = Console{*card, epoch, {}, 0, {}, {{epoch, card->role, card->department}}, {}};
        }
        if (founded) m_writer = h.writer, m_name = founded->name;
        if (const auto* b = std::get_if<ConsoleRevoked>(&*h.body)) {
            auto& c = m_consoles[b->origin];
            c.cutoff = std::min(c.cutoff.value_or(b->cutoff), b->cutoff);
            c.revoked = c.revoked ? c.revoked : epoch;
        } else if (const auto* r = std::get_if<RoleChanged>(&*h.body)) {
            auto& c = m_consoles[r->origin];
            c.card.role = r->role;
            c.card.department = r->department;
            c.roles.push_back({epoch, r->role, r->department});
        } else if (const auto* w = std::get_if<WriterNamed>(&*h.body)) {
            m_writer = w->origin;
        } else if (const auto* f = std::get_if<BranchChosen>(&*h.body)) {
            m_consoles[f->origin].branch = {f->seq, f->head};
        } else if (const auto* o = std::get_if<OpsReinstated>(&*h.body)) {
            auto& known = m_consoles[o->origin].reinstated;
            known.insert(known.end(), o->seqs.begin(), o->seqs.end());
            std::ranges::sort(known);
            known.erase(std::ranges::unique(known).begin(), known.end());
        }
    }
    m_epoch = epoch;
    m_head = blake2b({"realm", entry.bytes});
    m_hlcs.push_back(h.hlc);
    return {};
}

RealmEntry makeRealmEntry(const RealmState& before, const RealmBody& body, const KeyPair& writer,
                          const OriginId& origin, Hlc hlc) {
    std::string item;
    cbor::Writer inner(item);
    const auto kind = std::visit(BodyWriter{inner}, body);
    RealmEntry entry;
    cbor::Writer w(entry.bytes);
    w.map(6);
    w.uint(0), w.uint(kind);
    w.uint(1), w.uint(before.epoch() + 1);
    w.uint(2), w.uint(hlc.value);
    w.uint(3), w.bytes(view(before.head()));
    w.uint(4), w.bytes(view(origin));
    w.uint(5), w.raw(item);
    entry.signature = sign(writer.secretKey, signedPart(before.realm(), entry.bytes));
    return entry;
}

Result<std::optional<RealmBody>> readRealmEntry(const RealmEntry& entry) {
    WL_TRY(auto header, readEntry(entry.bytes));
    return std::move(header.body);
}

}  // namespace wl
