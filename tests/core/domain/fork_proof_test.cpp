// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/fork_proof.hpp"

#include <QTest>

#include "domain/cbor.hpp"
#include "domain/compress.hpp"

using namespace wl;

namespace {

struct Author {
    explicit Author(std::uint64_t seed) : rng(seed), keys(makeKeyPair(rng)), origin(originOf(keys.publicKey, realm)) {}

    // Cuts ops `first` … `first + count - 1` of a log and signs the last of them.
    Segment cut(const std::vector<std::string>& log, std::uint64_t first, std::uint32_t count) const {
        Segment s;
        s.origin = origin, s.firstSeq = first, s.count = count;
        auto hash = chainStart(origin, realm);
        for (std::uint64_t i = 1; i < first; ++i) hash = chainNext(hash, log[i - 1]);
        s.prevHash = hash;
        std::string raw;
        for (auto i = first; i < first + count; ++i) hash = chainNext(hash, log[i - 1]), raw += log[i - 1];
        s.headHash = hash;
        s.hlcMax = {first + count};
        s.signature = sign(keys.secretKey, headMessage(realm, origin, {first + count - 1, hash, s.hlcMax}));
        s.rawLength = static_cast<std::uint32_t>(raw.size()), s.body = compress(raw);
        return s;
    }
    std::optional<ForkProof> compare(const Segment& a, const Segment& b) const {
        return compareSegments(a, *openSegment(a, keys.publicKey, realm), b, *openSegment(b, keys.publicKey, realm));
    }

    SeededRng rng;
    RealmId realm;
    KeyPair keys;
    OriginId origin;
};

std::vector<std::string> logOf(std::initializer_list<const char*> names) {
    std::vector<std::string> out;
    for (const auto* name : names) cbor::Writer(out.emplace_back()).text(name);
    return out;
}

}  // namespace

class ForkProofTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void twoBranchesAreProvedWhereverTheyWereCut() {
        const Author author(5);
        const auto left = logOf({"a", "b", "c", "d", "e"}), right = logOf({"a", "b", "x", "y", "z", "w"});
        for (const auto& [first, count] : {std::pair{1, 5}, {2, 3}, {3, 1}, {3, 3}, {1, 3}}) {
            const auto proof =
                author.compare(author.cut(left, 2, 3),
                               author.cut(right, static_cast<std::uint64_t>(first), static_cast<std::uint32_t>(count)));
            QVERIFY(proof);
            QCOMPARE(proof->seq, 3U);
            QVERIFY(checkForkProof(*proof, author.keys.publicKey, author.realm));
            const auto again = decodeForkProof(encodeForkProof(*proof));
            QVERIFY(again && *again == *proof);
        }
        // The same two branches give one proof, whichever side finds it.
        QVERIFY(author.compare(author.cut(left, 1, 5), author.cut(right, 1, 6)) ==
                author.compare(author.cut(right, 1, 6), author.cut(left, 1, 5)));
    }

    void oneLogCutDifferentlyProvesNothing() {
        const Author author(6);
        const auto log = logOf({"a", "b", "c", "d", "e"});
        QVERIFY(!author.compare(author.cut(log, 1, 3), author.cut(log, 2, 4)));
        QVERIFY(!author.compare(author.cut(log, 1, 2), author.cut(log, 3, 3)));
        const auto other = logOf({"q", "b", "c", "d", "e"});
        QVERIFY(!author.compare(author.cut(log, 2, 2), author.cut(other, 2, 2)));  // they part before what both hold
    }

    void changedProofsAreRefused() {
        const Author author(7), stranger(8);
        const auto good =
            *author.compare(author.cut(logOf({"a", "b", "c"}), 1, 3), author.cut(logOf({"a", "x"}), 1, 2));
        QVERIFY(checkForkProof(good, author.keys.publicKey, author.realm));
        QVERIFY(!checkForkProof(good, stranger.keys.publicKey, author.realm));
        auto bad = good;
        bad.seq = 1;
        QVERIFY(!checkForkProof(bad, author.keys.publicKey, author.realm));
        bad = good, bad.before[0] ^= 1;
        QVERIFY(!checkForkProof(bad, author.keys.publicKey, author.realm));
        bad = good, bad.other = bad.one;
        QVERIFY(!checkForkProof(bad, author.keys.publicKey, author.realm));
        bad = good, std::swap(bad.one, bad.other);
        QVERIFY(!checkForkProof(bad, author.keys.publicKey, author.realm));
        bad = good, bad.one.leaves.clear();
        QVERIFY(!checkForkProof(bad, author.keys.publicKey, author.realm));
        QVERIFY(!decodeForkProof(encodeForkProof(bad)));
        QVERIFY(!decodeForkProof(encodeForkProof(good) + "x"));
    }
};

QTEST_APPLESS_MAIN(ForkProofTest)
#include "fork_proof_test.moc"
