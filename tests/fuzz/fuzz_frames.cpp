// SPDX-License-Identifier: GPL-3.0-or-later
// What a peer sends: frames, and every message's body. A body that is read is what would be written.
#include <cstdlib>

#include "fuzz/entry.hpp"
#include "sync/frames.hpp"
#include "sync/wire.hpp"

using namespace wl;
using namespace wl::sync;

namespace {

template <class T, class Encode>
void same(const Result<T>& read, std::string_view body, Encode encode) {
    if (read && encode(*read) != body) std::abort();
}

void readBody(FrameType type, std::string_view body) {
    switch (type) {
        case FrameType::Hello: (void)decodeHello(body); break;  // may hold keys of a newer version
        case FrameType::Realm:
            same(decodeRealm(body), body, [](const RealmMessage& m) { return encodeRealm(m.first, m.entries); });
            break;
        case FrameType::Fork:
            same(decodeForks(body), body, [](const std::vector<ForkProof>& m) { return encodeForks(m); });
            break;
        case FrameType::Vector: same(decodeVector(body), body, encodeVector); break;
        case FrameType::Data:
            same(decodeData(body), body, [](const std::vector<Bundle>& m) { return encodeData(m); });
            break;
        case FrameType::Ack:
        case FrameType::Need:
            same(decodeSeqs(body), body, [](const std::vector<OriginSeq>& m) { return encodeSeqs(m); });
            break;
        case FrameType::Credit: same(decodeUint(body), body, encodeUint); break;
        case FrameType::Digest: same(decodeHash(body), body, encodeHash); break;
        case FrameType::Presence:
            same(decodePresence(body), body, [](const std::vector<PresenceItem>& m) { return encodePresence(m); });
            break;
        case FrameType::Ping: same(decodePing(body), body, encodePing); break;
        case FrameType::Pong: same(decodePong(body), body, encodePong); break;
        case FrameType::SnapshotOffer: same(decodeOffer(body), body, encodeOffer); break;
        case FrameType::SnapshotRequest: same(decodeRequest(body), body, encodeRequest); break;
        case FrameType::SnapshotChunk: same(decodeChunk(body), body, encodeChunk); break;
        case FrameType::Bye: same(decodeBye(body), body, encodeBye); break;
    }
}

}  // namespace

void fuzzOne(std::string_view bytes) {
    MessageReader reader;
    reader.feed(bytes);
    while (true) {
        const auto message = reader.next();
        if (!message || !*message) break;
        readBody((*message)->type, (*message)->body);
    }
    if (!bytes.empty())
        readBody(static_cast<FrameType>(1 + static_cast<std::uint8_t>(bytes[0]) % kLastFrameType), bytes.substr(1));
}

std::vector<std::string> seeds() {
    const auto framed = [](FrameType type, const std::string& body) {
        std::string out;
        appendMessage(out, type, body);
        return out;
    };
    Bundle b;
    b.segment.firstSeq = b.segment.count = 1;
    b.segment.body = "body";
    b.keys = {{"id", "wrapped", 1}};
    SnapshotOffer offer;
    offer.bytes = 5, offer.ops = 3, offer.chunks = {Hash{}}, offer.heads = {{{}, 3, {}}};
    const RealmEntry entry{"entry", {}};
    const ForkProof proof{{}, 3, {}, {{Hash{}}, {7}, {}}, {{Hash{}}, {8}, {}}};
    const OriginSeq seq{{}, 12};
    const PresenceItem item{{}, "kim", PresenceItem::Doing::Editing};
    HelloMessage goesOn;
    goesOn.goesOn = Succession{};
    return {framed(FrameType::Hello, encodeHello({})),
            framed(FrameType::Hello, encodeHello(goesOn)),
            framed(FrameType::Realm, encodeRealm(1, {&entry, 1})),
            framed(FrameType::Fork, encodeForks({&proof, 1})),
            framed(FrameType::Vector, encodeVector({3, true, {{{}, 4, 5}}})),
            framed(FrameType::Data, encodeData({&b, 1})),
            framed(FrameType::Ack, encodeSeqs({&seq, 1})) + framed(FrameType::Credit, encodeUint(70'000)),
            framed(FrameType::Presence, encodePresence({&item, 1})) + framed(FrameType::Digest, encodeHash({})),
            framed(FrameType::Ping, encodePing({-5})) + framed(FrameType::Pong, encodePong({{1}, {2}, {3}})),
            framed(FrameType::SnapshotOffer, encodeOffer(offer)) +
                framed(FrameType::SnapshotRequest, encodeRequest({{}, 4})),
            framed(FrameType::SnapshotChunk, encodeChunk({{}, 4, "bytes"})),
            framed(FrameType::Bye, encodeBye({3, "why"}))};
}
