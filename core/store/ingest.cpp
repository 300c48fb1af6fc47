// SPDX-License-Identifier: GPL-3.0-or-later
// Ops of the log on their way into the rows: which count, which wait, which are kept without effect.
#include <algorithm>
#include <unordered_map>

#include "domain/cbor.hpp"
#include "store/store_impl.hpp"

namespace wl::store {
namespace {

struct SealedName {
    EntityId entity;
    std::vector<std::uint32_t> generations;
};

// The data keys an op names; nothing where its bytes are no op.
std::optional<SealedName> keysNamed(std::string_view bytes) {
    cbor::Reader in(bytes);
    SealedName out;
    const auto pairs = in.map();
    for (std::uint64_t i = 0; pairs && i < *pairs; ++i) {
        const auto key = in.uint();
        if (!key) return std::nullopt;
        if (*key == 1) {
            const auto id = in.bytes();
            if (!id) return std::nullopt;
            out.entity = idFromBytes<EntityId>(*id);
        } else if (*key == 7) {
            const auto fields = in.map();
            for (std::uint64_t k = 0; fields && k < *fields; ++k) {
                const auto field = in.uint();
                const auto parts = in.array();
                const auto generation = in.uint();
                if (!field || !parts || !generation || !in.bytes() || !in.bytes()) return std::nullopt;
                out.generations.push_back(static_cast<std::uint32_t>(*generation));
            }
        } else if (*key == 11) {
            const auto parts = in.array();
            const auto generation = in.uint();
            if (!parts || !generation) return std::nullopt;
            out.generations.push_back(static_cast<std::uint32_t>(*generation));
            return out;
        } else if (!in.skip()) {
            return std::nullopt;
        }
    }
    return out;
}

// A catalogue item lives under the id that its kind and code give.
bool isWhatItSays(const Op& op) {
    const auto* item = std::get_if<CatalogueItemPublished>(&op.body);
    return !item || op.entity == itemId(item->kind, item->code);
}

}  // namespace

Result<std::optional<Op>> readOp(std::string_view bytes, const OriginId& author, KeyRing& keys) {
    auto op = decodeOp(bytes, author, keys);
    if (!op && op.error().kind == ErrorKind::World) return std::unexpected(op.error());
    if (!op) {
        // A key that does not fit, or a text of the wrong form behind it, makes the text unreadable, not the op void.
        NoKeys none;
        op = decodeOp(bytes, author, none);
    }
    if (!op) return std::nullopt;
    if (!isWhatItSays(*op)) return std::nullopt;
    return std::optional(std::move(*op));
}

Verdict Store::Impl::verdictOf(const Origins::Row& author, std::uint64_t seq, const Op* op) const {
    OpFacts facts;
    facts.dot = {author.id, seq};
    facts.wellFormed = op != nullptr;
    if (op) readScope(op->body, author.id, facts);
    if (op) facts.hlc = op->hlc, facts.epoch = op->epoch, facts.kind = kindNumber(op->body);
    facts.hlcBefore = author.lastHlc;
    facts.epochBefore = author.lastEpoch;
    facts.forkedAt = forkedAt(author.id);
    const auto verdict = judge(facts, realmLog);
    // Before there is a realm, and while this installation waits to be enrolled, its work counts here.
    if (verdict == Verdict::NotEnrolled && (realmLog.epoch() == 0 || author.local)) return Verdict::Valid;
    return verdict;
}

Result<void> Store::Impl::writeOrigin(std::int64_t index, const Signature& signature) {
    const auto& row = *origins.row(index);
    return sql->updateOrigin.exec(row.headSeq, sql::Blob{wl::view(row.headHash)}, sql::Blob{wl::view(signature)},
                                  row.maxHlc.value, row.lastHlc.value, row.lastEpoch, index);
}

Result<std::optional<Op>> Store::Impl::readNext(ReadAhead::Read read, std::string_view bytes, const OriginId& author) {
    bool usable = read.op && isWhatItSays(*read.op);
    for (const auto& [id, key] : read.used) {
        WL_TRY(const bool same, keys->keep(id, key));
        usable = usable && same;
    }
    if (usable) return std::optional(std::move(*read.op));
    return readOp(bytes, author, *keys);
}

Result<Store::Impl::Ingested> Store::Impl::ingest(const Segment& g, std::span<const std::string> ops,
                                                  std::int64_t index, Instant receivedAt) {
    auto* author = origins.row(index);
    if (!author || g.firstSeq != author->headSeq + 1 || g.prevHash != author->headHash)
        return fail(ErrorKind::Corrupt, "log.gap");
    WL_CHECK(insertSegment(g, index, receivedAt));
    Ingested out;
    const auto now = clock.now();
    auto seq = g.firstSeq;
    for (std::size_t i = 0; i < ops.size(); ++i) {
        WL_TRY(auto op, readNext(ahead->take(i), ops[i], g.origin));
        const auto verdict = verdictOf(*author, seq, op ? &*op : nullptr);
        if (op) {
            author->lastHlc = std::max(author->lastHlc, op->hlc);
            author->lastEpoch = std::max(author->lastEpoch, op->epoch);
        }
        if (verdict != Verdict::Valid) {
            ++out.voided;
            WL_CHECK(markVoid(index, seq, verdict, op ? &*op : nullptr));
        } else if (index != oi && op->hlc.wall() > now + kClockAhead) {
            ++out.parked;
            WL_CHECK(sql->insertParked.exec(index, seq, 0, op->hlc.wall().ms - kClockAhead.count()));
        } else {
            hlc->observe(op->hlc);
            author->maxHlc = std::max(author->maxHlc, op->hlc);
            const Stamp stamp{op->hlc, {g.origin, seq}};
            WL_CHECK(projector->apply({stamp, std::move(*op)}));
        }
        ++seq;
    }
    author->headSeq = g.firstSeq + g.count - 1;
    author->headHash = g.headHash;
    if (index == oi) headSeq = author->headSeq, headHash = author->headHash;
    WL_CHECK(writeOrigin(index, g.signature));
    return out;
}

Result<void> Store::Impl::markVoid(std::int64_t index, std::uint64_t seq, Verdict why, const Op* op) {
    if (op) return sql->insertVoid.exec(index, seq, static_cast<int>(why), sql::Blob{wl::view(op->entity)});
    return sql->insertVoid.exec(index, seq, static_cast<int>(why), sql::Null{});
}

Result<void> placeKeys(sql::Database& db) {
    std::unordered_map<std::string, bool> homeless;
    {
        WL_TRY(auto query, (sql::Statement<0, 1>::prepare(db, "SELECT dek_id FROM dek WHERE oi IS NULL")));
        while (true) {
            WL_TRY(const bool row, query.step());
            if (!row) break;
            homeless.emplace(query.text(0), true);
        }
    }
    if (homeless.empty()) return {};
    WL_TRY(auto place, (sql::Statement<3>::prepare(db, "UPDATE dek SET oi=?, first_seq=? WHERE dek_id=?")));
    auto done = forEachOp(db, [&](std::int64_t oi, std::uint64_t seq, std::string_view bytes) -> Result<void> {
        const auto named = keysNamed(bytes);
        if (!named) return {};
        for (const auto generation : named->generations) {
            const auto id = dekId(named->entity, generation);
            if (homeless.erase(id) > 0) WL_CHECK(place.exec(oi, seq, sql::Blob{id}));
        }
        return {};
    });
    // A log that cannot be read to its end is for `verify` to name.
    if (!done && done.error().kind == ErrorKind::Corrupt) return {};
    return done;
}

}  // namespace wl::store
