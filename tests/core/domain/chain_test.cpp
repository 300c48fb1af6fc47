// SPDX-License-Identifier: GPL-3.0-or-later
// The chain against its formulas, and that nothing in it can be exchanged unnoticed.
#include <QTest>

#include <set>

#include "domain/chain.hpp"

using namespace wl;

class ChainTest : public QObject {
    Q_OBJECT

private:
    static RealmId realm(std::uint8_t n = 1) {
        RealmId id;
        id.bytes.fill(n);
        return id;
    }
    static Hash chainOf(const OriginId& origin, std::initializer_list<std::string_view> ops) {
        auto hash = chainStart(origin, realm());
        for (const auto op : ops) hash = chainNext(hash, op);
        return hash;
    }

private Q_SLOTS:
    void hashesAreBlake2b() {
        // RFC 7693 has BLAKE2b-512 alone; this is the 256-bit digest of "abc" as b2sum -l 256 prints it.
        QCOMPARE(toHex(view(blake2b({"a", "bc"}))),
                 std::string("bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319"));
    }
    void anyChangeOfTheOpsChangesTheHead() {
        const auto origin = idFromBytes<OriginId>("0123456789abcdef");
        std::set<std::string> heads;
        for (const auto& hash :
             {chainOf(origin, {}), chainOf(origin, {"a"}), chainOf(origin, {"b"}), chainOf(origin, {"a", "b"}),
              chainOf(origin, {"b", "a"}), chainOf(origin, {"ab"}), chainOf(origin, {"a", "b", ""}),
              chainOf(origin, {"", "a", "b"}), chainOf(idFromBytes<OriginId>("0123456789abcdeg"), {"a", "b"}),
              chainStart(origin, realm(2))})
            heads.insert(toHex(view(hash)));
        QCOMPARE(heads.size(), std::size_t{10});
    }
    void theFormulasAreThoseOfTheHeader() {
        const auto origin = idFromBytes<OriginId>("0123456789abcdef");
        const auto leaf = blake2b({"op", "bytes"});
        QVERIFY(chainStart(origin, realm()) == blake2b({"origin", view(origin), view(realm())}));
        QVERIFY(chainNext(chainStart(origin, realm()), "bytes") ==
                blake2b({"ch", view(chainStart(origin, realm())), view(leaf)}));
    }
    void aSignatureHoldsForOneHeadAlone() {
        SeededRng rng(5);
        const auto keys = makeKeyPair(rng);
        const auto origin = originOf(keys.publicKey, realm());
        const SignedHead head{7, chainOf(origin, {"a"}), {99}};
        const auto signature = sign(keys.secretKey, headMessage(realm(), origin, head));
        QVERIFY(verify(keys.publicKey, headMessage(realm(), origin, head), signature));
        auto seq = head, hash = head, hlc = head;
        seq.seq = 8;
        hash.hash[31] ^= 1;
        hlc.hlc.value = 100;
        for (const auto& other : {seq, hash, hlc})
            QVERIFY(!verify(keys.publicKey, headMessage(realm(), origin, other), signature));
        QVERIFY(!verify(keys.publicKey, headMessage(realm(2), origin, head), signature));
        QVERIFY(!verify(makeKeyPair(rng).publicKey, headMessage(realm(), origin, head), signature));
        for (std::size_t i = 0; i < signature.size(); ++i) {
            auto flipped = signature;
            flipped[i] ^= 0x10;
            QVERIFY(!verify(keys.publicKey, headMessage(realm(), origin, head), flipped));
        }
    }
    void anOriginIsNamedByItsKeyAndRealm() {
        SeededRng rng(6);
        const auto a = makeKeyPair(rng).publicKey, b = makeKeyPair(rng).publicKey;
        QVERIFY(originOf(a, realm()) != originOf(b, realm()));
        QVERIFY(originOf(a, realm()) != originOf(a, realm(2)));
    }
};

QTEST_GUILESS_MAIN(ChainTest)
#include "chain_test.moc"
