// SPDX-License-Identifier: GPL-3.0-or-later
// Op bytes as a peer might send them. What is read without loss must be writable again.
#include <cstdlib>

#include "core/domain/memory_keys.hpp"
#include "domain/cbor.hpp"
#include "fuzz/entry.hpp"

using namespace wl;

void fuzzOne(std::string_view bytes) {
    cbor::Reader whole(bytes);
    const bool canonical = whole.skip().has_value() && whole.atEnd();
    static test::MemoryKeys keys;
    static SeededRng rng(1);
    const auto author = idFromBytes<OriginId>("author-number-01");
    const auto op = decodeOp(bytes, author, keys);
    if (!op) return;
    if (!canonical) std::abort();
    if (op->unread > 0 || op->locked > 0 || std::holds_alternative<UnknownOp>(op->body)) return;
    const auto again = encodeOp(*op, author, keys, rng);
    if (!again && again.error().code != "op.too_long") std::abort();  // sealing makes fields longer
}

std::vector<std::string> seeds() {
    test::MemoryKeys keys;
    SeededRng rng(1);
    const auto author = idFromBytes<OriginId>("author-number-01");
    CaseEdited edited;
    edited.fields.set(std::uint8_t{2}, std::int64_t{3});
    edited.fields.set(std::uint8_t{4}, std::string("sealed"));
    edited.fields.set(std::uint8_t{6}, GeoPoint{420'000'000, -710'000'000});
    edited.preds[2] = {{author, 7}, {idFromBytes<OriginId>("somebody-else-01"), 9}};
    std::vector<std::string> out;
    for (const OpBody& body :
         {OpBody{CaseOpened{edited.fields}}, OpBody{edited},
          OpBody{
              CaseStatusChanged{.from = Status::New, .to = Status::Closed, .reason = "fixed", .at = {5}, .note = "n"}},
          OpBody{PersonContactAdded{ContactKind::Email, "a@example.org", "home"}},
          OpBody{PersonContactRemoved{{{author, 3}}}}, OpBody{CatalogueItemPublished{"service", "X", "{}"}}}) {
        Op op;
        op.entity = idFromBytes<EntityId>("entity-number-01");
        op.hlc = {77};
        op.tx = 2;
        op.comment = "why";
        op.agent = "a.alder";
        op.body = body;
        out.push_back(encodeOp(op, author, keys, rng).value());
    }
    return out;
}
