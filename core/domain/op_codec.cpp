// SPDX-License-Identifier: GPL-3.0-or-later
// Layout of one op, a CBOR map with ascending unsigned keys:
//   0 kind · 1 entity id (16 bytes) · 2 hlc · 3 min_reader · 4 epoch · 5 {field: value} · 6 {field: [dot…]}
//   8 tx · 9 comment · 10 agent · 11 [key generation, salt, ciphertext]
// A dot of the author's own log is its number alone, another's is [origin, number]. Keys 4 (when 1) and those after it
// (when empty) are left out. The ciphertext of 11 is XChaCha20-Poly1305 over the packed CBOR map {field: value} of all
// sealed fields; its nonce follows from author, clock and salt, the entity's id is bound. Ops of before min_reader 2
// have 7 {field: [key generation, nonce, ciphertext]} instead, each ciphertext over one value's CBOR, entity id and
// field number bound.
#include "domain/op_codec.hpp"

#include <algorithm>

#include "domain/cbor.hpp"
#include "domain/compress.hpp"
#include "domain/op_wire.hpp"
#include "domain/person_fields.hpp"

namespace wl {
namespace {

enum OpKey : std::uint64_t {
    // clang-format off
    kKind = 0, kEntity = 1, kHlc = 2, kMinReader = 3, kEpoch = 4, kFields = 5, kPred = 6, kSealed = 7, kTx = 8,
    kComment = 9, kAgent = 10, kSealedMap = 11,
    // clang-format on
};

constexpr std::uint32_t kSealedMapSchema = 2;  // an older program would read such an op as one without these texts
using Salt = std::array<std::uint8_t, 8>;

// No two ops of an author have one clock value; the salt keeps the nonces of a cloned author apart.
Nonce nonceOf(const OriginId& author, Hlc hlc, const Salt& salt) {
    std::string clock;
    for (int shift = 56; shift >= 0; shift -= 8) clock.push_back(static_cast<char>((hlc.value >> shift) & 0xffU));
    return arrayFromBytes<Nonce>(view(blake2b({"seal", view(author), clock, view(salt)})).substr(0, Nonce{}.size()));
}

std::string boundTo(const EntityId& entity, std::uint8_t field) {
    std::string bound(view(entity));
    bound.push_back(static_cast<char>(field));
    return bound;
}

bool isOnEarth(std::int64_t latE7, std::int64_t lonE7) {
    return latE7 >= -900'000'000 && latE7 <= 900'000'000 && lonE7 >= -1'800'000'000 && lonE7 <= 1'800'000'000;
}

Result<Value> readValue(cbor::Reader& in) {
    const auto type = in.peek();
    if (!type) return fail(ErrorKind::Corrupt, "op.value");
    switch (*type) {
        case cbor::Type::Uint:
        case cbor::Type::Nint: {
            WL_TRY(const std::int64_t v, in.sint());
            return Value{v};
        }
        case cbor::Type::Text: {
            WL_TRY(const auto v, in.text());
            return Value{std::string(v)};
        }
        case cbor::Type::Bytes: {
            WL_TRY(const auto v, in.bytes());
            if (v.size() != 16) return fail(ErrorKind::Corrupt, "op.value.id");
            return Value{idFromBytes<EntityId>(v)};
        }
        case cbor::Type::Array: {
            WL_TRY(const auto n, in.array());
            if (n != 2) return fail(ErrorKind::Corrupt, "op.value.point");
            WL_TRY(const std::int64_t lat, in.sint());
            WL_TRY(const std::int64_t lon, in.sint());
            if (!isOnEarth(lat, lon)) return fail(ErrorKind::Corrupt, "op.value.point");
            return Value{GeoPoint{static_cast<std::int32_t>(lat), static_cast<std::int32_t>(lon)}};
        }
        case cbor::Type::Simple:
            if (in.null()) return Value{};
            break;
        case cbor::Type::Map: break;
    }
    return fail(ErrorKind::Corrupt, "op.value");
}

Result<std::uint8_t> readFieldId(cbor::Reader& in, int* previous) {
    WL_TRY(const auto id, in.uint());
    if (id > 255 || static_cast<int>(id) <= *previous) return fail(ErrorKind::Corrupt, "op.key_order");
    *previous = static_cast<int>(id);
    return static_cast<std::uint8_t>(id);
}

Result<Dot> readDot(cbor::Reader& in, const OriginId& author) {
    if (in.peek() == cbor::Type::Array) {
        WL_TRY(const auto n, in.array());
        if (n != 2) return fail(ErrorKind::Corrupt, "op.dot");
        WL_TRY(const auto origin, in.bytes());
        if (origin.size() != 16) return fail(ErrorKind::Corrupt, "op.dot");
        WL_TRY(const auto seq, in.uint());
        return Dot{idFromBytes<OriginId>(origin), seq};
    }
    WL_TRY(const auto seq, in.uint());
    return Dot{author, seq};
}

// What an error about a field calls it: its name in the tables, or its number.
std::string fieldName(std::uint64_t kind, std::uint8_t id) {
    const bool ofCase = kind == static_cast<std::uint64_t>(OpKind::CaseOpened) ||
                        kind == static_cast<std::uint64_t>(OpKind::CaseEdited);
    const bool ofPerson = kind == static_cast<std::uint64_t>(OpKind::PersonOpened) ||
                          kind == static_cast<std::uint64_t>(OpKind::PersonEdited);
    const FieldSpec* spec = ofCase ? findField(kCaseFields, id) : ofPerson ? findField(kPersonFields, id) : nullptr;
    return spec ? std::string(spec->name) : std::to_string(id);
}

// A value that the reader would refuse must not get into the log: it would be signed there for good.
bool isReadable(const Value& value) {
    if (const auto* text = std::get_if<std::string>(&value)) return cbor::isUtf8(*text);
    if (const auto* point = std::get_if<GeoPoint>(&value)) return isOnEarth(point->latE7, point->lonE7);
    return true;
}

std::string largestField(const wire::WireOp& op) {
    const auto size = [](const wire::WireField& f) {
        const auto* text = std::get_if<std::string>(&f.value);
        return text ? text->size() : 0;
    };
    const auto at = std::ranges::max_element(op.fields, {}, size);
    return at == op.fields.end() ? std::string() : fieldName(op.kind, at->id);
}

Result<void> checkReadable(const Op& op, const wire::WireOp& flat) {
    for (const auto& field : flat.fields)
        if (!isReadable(field.value)) return fail(ErrorKind::Input, "op.value", fieldName(flat.kind, field.id));
    if (!wire::isRestorable(op.body)) return fail(ErrorKind::Input, "op.value.type");
    if (!cbor::isUtf8(op.comment)) return fail(ErrorKind::Input, "op.value", "comment");
    if (!cbor::isUtf8(op.agent)) return fail(ErrorKind::Input, "op.value", "agent");
    return {};
}

Result<void> readSealed(cbor::Reader& in, const EntityId& entity, KeyRing& keys, wire::WireOp& op, Op& out) {
    WL_TRY(const auto count, in.map());
    int previous = -1;
    for (std::uint64_t i = 0; i < count; ++i) {
        WL_TRY(const auto id, readFieldId(in, &previous));
        WL_TRY(const auto parts, in.array());
        if (parts != 3) return fail(ErrorKind::Corrupt, "op.sealed");
        WL_TRY(const auto generation, in.uint());
        WL_TRY(const auto nonce, in.bytes());
        WL_TRY(const auto cipher, in.bytes());
        if (nonce.size() != 24 || generation > 0xffffffff) return fail(ErrorKind::Corrupt, "op.sealed");
        // Whether an op is well formed must not depend on who can read it: only what may be missing may be sealed.
        if (!wire::maySeal(op.kind, id)) {
            ++out.unread;
            continue;
        }
        const auto at = std::ranges::lower_bound(op.fields, id, {}, &wire::WireField::id);
        if (at != op.fields.end() && at->id == id) return fail(ErrorKind::Corrupt, "op.sealed.twice");
        auto key = keys.openingKey(entity, static_cast<std::uint32_t>(generation));
        if (!key) {
            if (key.error().kind != ErrorKind::NotFound) return std::unexpected(key.error());
            ++out.locked;
            continue;
        }
        WL_TRY(const std::string plain, open(*key, arrayFromBytes<Nonce>(nonce), cipher, boundTo(entity, id)));
        cbor::Reader inner(plain);
        auto value = readValue(inner);
        if (!value || !inner.atEnd()) {  // a form of a newer version, as below for plain fields
            ++out.unread;
            continue;
        }
        op.fields.insert(at, {id, std::move(*value), true});
    }
    return {};
}

// What is inside the seal never decides whether an op is well formed: whoever lacks the key could not tell.
Result<void> readSealedMap(cbor::Reader& in, const OriginId& author, KeyRing& keys, wire::WireOp& op, Op& out) {
    WL_TRY(const auto parts, in.array());
    if (parts != 3) return fail(ErrorKind::Corrupt, "op.sealed");
    WL_TRY(const auto generation, in.uint());
    WL_TRY(const auto salt, in.bytes());
    WL_TRY(const auto cipher, in.bytes());
    if (salt.size() != Salt{}.size() || generation > 0xffffffff) return fail(ErrorKind::Corrupt, "op.sealed");
    auto key = keys.openingKey(out.entity, static_cast<std::uint32_t>(generation));
    if (!key) {
        if (key.error().kind != ErrorKind::NotFound) return std::unexpected(key.error());
        ++out.locked;
        return {};
    }
    const auto nonce = nonceOf(author, out.hlc, arrayFromBytes<Salt>(salt));
    WL_TRY(const std::string packed, open(*key, nonce, cipher, view(out.entity)));
    const auto plain = unpackText(packed, kMaxOpBytes);
    if (!plain) return ++out.unread, Result<void>{};
    cbor::Reader inner(*plain);
    const auto count = inner.map();
    int previous = -1;
    for (std::uint64_t i = 0; count && i < *count; ++i) {
        const auto id = readFieldId(inner, &previous);
        if (!id) break;
        const auto before = inner;
        auto value = readValue(inner);
        if (!value) {
            inner = before;
            ++out.unread;
            if (!inner.skip()) return {};
            continue;
        }
        const auto at = std::ranges::lower_bound(op.fields, *id, {}, &wire::WireField::id);
        if (!wire::maySeal(op.kind, *id) || (at != op.fields.end() && at->id == *id)) ++out.unread;
        else op.fields.insert(at, {*id, std::move(*value), true});
    }
    if (!inner.atEnd()) ++out.unread;
    return {};
}

// All sealed fields of an op together, so that they are packed as one text under one tag.
Result<void> writeSealedMap(cbor::Writer& w, const Op& op, const wire::WireOp& flat, const OriginId& author,
                            KeyRing& keys, Rng& rng) {
    std::string plain;
    cbor::Writer inner(plain);
    inner.map(static_cast<std::uint64_t>(std::ranges::count(flat.fields, true, &wire::WireField::sealed)));
    for (const auto& field : flat.fields)
        if (field.sealed) inner.uint(field.id), writeValue(plain, field.value);
    if (plain.size() > kMaxOpBytes)
        return fail(ErrorKind::Input, "op.too_long", largestField(flat), std::to_string(plain.size()));
    std::uint32_t generation = 0;
    WL_TRY(const auto key, keys.sealingKey(op.entity, &generation));
    const auto salt = randomBytes<Salt>(rng);
    w.uint(kSealedMap), w.array(3), w.uint(generation), w.bytes(view(salt));
    w.bytes(seal(key, nonceOf(author, op.hlc, salt), packText(plain), view(op.entity)));
    return {};
}

}  // namespace

void writeValue(std::string& out, const Value& value) {
    cbor::Writer w(out);
    struct Visitor {
        cbor::Writer& w;
        void operator()(std::monostate) const { w.null(); }
        void operator()(std::int64_t v) const { w.sint(v); }
        void operator()(const std::string& v) const { w.text(v); }
        void operator()(const GeoPoint& v) const {
            w.array(2);
            w.sint(v.latE7);
            w.sint(v.lonE7);
        }
        void operator()(const EntityId& v) const { w.bytes(view(v)); }
    };
    std::visit(Visitor{w}, value);
}

Result<std::string> encodeOp(const Op& op, const OriginId& author, KeyRing& keys, Rng& rng) {
    const auto flat = wire::flatten(op.body);
    WL_CHECK(checkReadable(op, flat));
    std::uint64_t plain = 0, sealed = 0;
    for (const auto& field : flat.fields) ++(field.sealed ? sealed : plain);
    const auto pairs = 4U + (op.epoch != 1) + (plain > 0) + (!flat.preds.empty()) + (sealed > 0) + (op.tx > 0) +
                       (!op.comment.empty()) + (!op.agent.empty());
    std::string out;
    out.reserve(256);
    cbor::Writer w(out);
    w.map(pairs);
    w.uint(kKind), w.uint(flat.kind);
    w.uint(kEntity), w.bytes(view(op.entity));
    w.uint(kHlc), w.uint(op.hlc.value);
    w.uint(kMinReader), w.uint(sealed > 0 ? std::max(op.minReader, kSealedMapSchema) : op.minReader);
    if (op.epoch != 1) w.uint(kEpoch), w.uint(op.epoch);
    if (plain > 0) {
        w.uint(kFields), w.map(plain);
        for (const auto& field : flat.fields)
            if (!field.sealed) w.uint(field.id), writeValue(out, field.value);
    }
    if (!flat.preds.empty()) {
        w.uint(kPred), w.map(flat.preds.size());
        for (const auto& [id, dots] : flat.preds) {
            w.uint(id), w.array(dots.size());
            for (const auto& dot : dots) {
                if (dot.origin != author) w.array(2), w.bytes(view(dot.origin));
                w.uint(dot.seq);
            }
        }
    }
    if (op.tx > 0) w.uint(kTx), w.uint(op.tx);
    if (!op.comment.empty()) w.uint(kComment), w.text(op.comment);
    if (!op.agent.empty()) w.uint(kAgent), w.text(op.agent);
    if (sealed > 0) WL_CHECK(writeSealedMap(w, op, flat, author, keys, rng));
    if (out.size() > kMaxOpBytes)
        return fail(ErrorKind::Input, "op.too_long", largestField(flat), std::to_string(out.size()));
    return out;
}

Result<Op> decodeOp(std::string_view bytes, const OriginId& author, KeyRing& keys) {
    if (bytes.size() > kMaxOpBytes) return fail(ErrorKind::Corrupt, "op.too_long");
    cbor::Reader in(bytes);
    WL_TRY(const auto pairs, in.map());
    Op op;
    op.minReader = 0;
    wire::WireOp flat;
    bool known = true;
    int previous = -1;
    unsigned required = 0;
    for (std::uint64_t i = 0; i < pairs; ++i) {
        WL_TRY(const auto key, readFieldId(in, &previous));
        switch (static_cast<OpKey>(key)) {
            case kKind: {
                WL_TRY(flat.kind, in.uint());
                known = isKnownKind(flat.kind);
                ++required;
                break;
            }
            case kEntity: {
                WL_TRY(const auto id, in.bytes());
                if (id.size() != 16) return fail(ErrorKind::Corrupt, "op.entity");
                op.entity = idFromBytes<EntityId>(id);
                ++required;
                break;
            }
            case kHlc: {
                WL_TRY(op.hlc.value, in.uint());
                ++required;
                break;
            }
            case kMinReader: {
                WL_TRY(const auto v, in.uint());
                op.minReader = static_cast<std::uint32_t>(std::min<std::uint64_t>(v, 0xffffffff));
                ++required;
                break;
            }
            case kEpoch: {
                WL_TRY(const auto v, in.uint());
                op.epoch = static_cast<std::uint32_t>(std::min<std::uint64_t>(v, 0xffffffff));
                break;
            }
            case kFields: {
                if (!known || op.minReader > kOpSchema) {
                    WL_CHECK(in.skip());
                    break;
                }
                WL_TRY(const auto count, in.map());
                int last = -1;
                for (std::uint64_t k = 0; k < count; ++k) {
                    WL_TRY(const auto id, readFieldId(in, &last));
                    // A field of a newer version may hold a form of value that this one has no reader for.
                    const auto before = in;
                    auto value = readValue(in);
                    if (!value) {
                        in = before;
                        WL_CHECK(in.skip());
                        ++op.unread;
                        continue;
                    }
                    flat.fields.push_back({id, std::move(*value), false});
                }
                break;
            }
            case kPred: {
                if (!known || op.minReader > kOpSchema) {
                    WL_CHECK(in.skip());
                    break;
                }
                WL_TRY(const auto count, in.map());
                int last = -1;
                for (std::uint64_t k = 0; k < count; ++k) {
                    WL_TRY(const auto id, readFieldId(in, &last));
                    WL_TRY(const auto dots, in.array());
                    auto& list = flat.preds[id];
                    for (std::uint64_t d = 0; d < dots; ++d) {
                        WL_TRY(const auto dot, readDot(in, author));
                        list.push_back(dot);
                    }
                }
                break;
            }
            case kSealed: {
                if (!known || op.minReader > kOpSchema) {
                    WL_CHECK(in.skip());
                    break;
                }
                WL_CHECK(readSealed(in, op.entity, keys, flat, op));
                break;
            }
            case kTx: {
                WL_TRY(const auto v, in.uint());
                op.tx = static_cast<std::uint32_t>(std::min<std::uint64_t>(v, 0xffffffff));
                break;
            }
            case kComment: {
                WL_TRY(const auto v, in.text());
                op.comment = v;
                break;
            }
            case kAgent: {
                WL_TRY(const auto v, in.text());
                op.agent = v;
                break;
            }
            case kSealedMap: {
                if (!known || op.minReader > kOpSchema) {
                    WL_CHECK(in.skip());
                    break;
                }
                WL_CHECK(readSealedMap(in, author, keys, flat, op));
                break;
            }
            default: WL_CHECK(in.skip());
        }
    }
    if (required != 4) return fail(ErrorKind::Corrupt, "op.incomplete");
    if (!in.atEnd()) return fail(ErrorKind::Corrupt, "op.trailing");
    if (op.minReader > kOpSchema) {
        op.body = UnknownOp{flat.kind};
        return op;
    }
    WL_TRY(op.body, wire::restore(std::move(flat), &op.unread));
    return op;
}

}  // namespace wl
