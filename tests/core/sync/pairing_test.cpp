// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/pairing.hpp"

#include <QTest>

#include "domain/cbor.hpp"

using namespace wl;
using namespace wl::sync;

namespace {

const Instant kNow{1'700'000'000'000};

template <class Array>
Array filled(std::uint8_t byte) {
    Array out{};
    out.fill(byte);
    return out;
}

// The realm of an administrator who lets newcomers in.
struct Realm {
    explicit Realm(Rng& rng) : state(id(rng)) {
        keys = makeKeyPair(rng);
        origin = originOf(keys.publicKey, state.realm());
        add(RealmFounded{{origin, keys.publicKey, tls, "Office", "", ConsoleRole::Administrator}, "Port Linden"});
    }
    static RealmId id(Rng& rng) { return {randomBytes<std::array<std::uint8_t, 16>>(rng)}; }
    void add(const RealmBody& body) {
        hlc = {hlc.value + 65536};
        entries.push_back(makeRealmEntry(state, body, keys, origin, hlc));
        if (!state.apply(entries.back())) qFatal("realm entry");
    }
    RealmWelcome welcome(const NewcomerCard& card) {
        add(ConsoleEnrolled{{originOf(card.key, state.realm()), card.key, card.tlsKey, card.name, card.department,
                             ConsoleRole::Agent}});
        return {state.realm(), filled<SymmetricKey>(9), 1, entries};
    }

    PublicKey tls = filled<PublicKey>(2);
    RealmState state;
    KeyPair keys;
    OriginId origin;
    Hlc hlc = Hlc::of(kNow);
    std::vector<RealmEntry> entries;
};

PairingLink link(char connection = 'c') {
    return {std::string(48, connection), filled<PublicKey>(1), filled<PublicKey>(2)};
}

}  // namespace

class PairingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        rng = std::make_unique<SeededRng>(11);
        realm = std::make_unique<Realm>(*rng);
        offer = std::make_unique<PairingOffer>(*rng, kNow);
        keys = makeKeyPair(*rng);
    }

    void aNewcomerWithTheCodeGetsIn() {
        OfferingSide office(*offer, link(), *rng);
        auto desk = newcomer(offer->code());
        const auto told = talk(desk, office);
        QVERIFY2(told.has_value(), told ? "" : told.error().code.c_str());
        QVERIFY(office.card().has_value());
        QCOMPARE(office.card()->name, std::string("Desk 4"));
        QCOMPARE(office.card()->department, std::string("PW"));
        QVERIFY(office.card()->key == keys.publicKey);
        QCOMPARE(office.comparison(), desk.comparison());
        QCOMPARE(office.comparison().size(), std::size_t{7});

        const auto last = desk.receive(office.welcome(realm->welcome(*office.card())));
        QVERIFY2(last.has_value(), last ? "" : last.error().code.c_str());
        QVERIFY(desk.welcome()->realm == realm->state.realm());
        QVERIFY(desk.welcome()->key == filled<SymmetricKey>(9));
        QCOMPARE(desk.welcome()->entries.size(), std::size_t{2});
        QVERIFY(!office.isDone());
        QVERIFY(office.receive(NewcomerSide::done(), kNow).has_value());
        QVERIFY(office.isDone());
    }

    void codesAreReadAsPeopleWriteThem() {
        QCOMPARE(*readPairingCode("7k2r-9qxm"), std::string("7K2R9QXM"));
        QCOMPARE(*readPairingCode(" oiL0 1111 "), std::string("01101111"));
        for (const char* bad : {"7K2R9QX", "7K2R9QXMM", "7K2R9QXU", "7K2R9Q!M", ""}) QVERIFY(!readPairingCode(bad));
        QCOMPARE(spokenCode("7K2R9QXM"), std::string("7K2R-9QXM"));
        for (int i = 0; i < 100; ++i) {
            const auto code = makePairingCode(*rng);
            QCOMPARE(*readPairingCode(spokenCode(code)), code);
        }
    }

    void aWrongCodeIsRefusedAndTheThirdEndsTheOffer() {
        for (int left = 2; left >= 0; --left) {
            OfferingSide office(*offer, link(), *rng);
            auto desk = newcomer("00000000");
            const auto told = talk(desk, office);
            QVERIFY(!told);
            QCOMPARE(told.error().code, std::string("pairing.code_wrong"));
            QCOMPARE(offer->triesLeft(), left);
            const auto heard = desk.receive(office.refusal(told.error()));
            QCOMPARE(heard.error().code, std::string("pairing.code_wrong"));
            QCOMPARE(heard.error().detail, std::to_string(left));
        }
        OfferingSide office(*offer, link(), *rng);
        auto desk = newcomer(offer->code());  // the right one, too late
        const auto told = talk(desk, office);
        QCOMPARE(told.error().code, std::string("pairing.spent"));
        QVERIFY(!office.card());
    }

    void guessesAtOnceAreCountedAsWell() {
        std::vector<std::unique_ptr<OfferingSide>> sides;
        std::vector<std::string> tags;
        for (int i = 0; i < 5; ++i) {
            sides.push_back(std::make_unique<OfferingSide>(*offer, link(), *rng));
            auto desk = newcomer(i == 4 ? offer->code() : "00000000");
            tags.push_back(*desk.receive(*sides.back()->receive(desk.begin(), kNow)));
        }
        for (std::size_t i = 0; i < sides.size(); ++i) {
            const auto answer = sides[i]->receive(tags[i], kNow);
            QVERIFY(!answer);
            QCOMPARE(answer.error().code, std::string(i < 3 ? "pairing.code_wrong" : "pairing.spent"));
        }
    }

    void anOfferIsForOneConsoleAndFiveMinutes() {
        {
            OfferingSide office(*offer, link(), *rng);
            auto desk = newcomer(offer->code());
            QVERIFY(talk(desk, office).has_value());
        }
        OfferingSide office(*offer, link(), *rng);
        auto desk = newcomer(offer->code());
        QCOMPARE(talk(desk, office).error().code, std::string("pairing.used"));

        PairingOffer other(*rng, kNow);
        OfferingSide late(other, link(), *rng);
        auto slow = newcomer(other.code());
        QVERIFY(other.check(kNow + kPairingTime).has_value());
        QCOMPARE(late.receive(slow.begin(), kNow + kPairingTime + Millis(1)).error().code,
                 std::string("pairing.expired"));
    }

    // Somebody sits between two connections and passes everything on: keying material and keys differ at the two ends.
    void aManInTheMiddleGetsNothing() {
        OfferingSide office(*offer, {std::string(48, 'x'), filled<PublicKey>(7), filled<PublicKey>(2)}, *rng);
        NewcomerSide desk(offer->code(), {std::string(48, 'y'), filled<PublicKey>(1), filled<PublicKey>(8)}, keys,
                          "Desk 4", "PW", *rng);
        const auto told = talk(desk, office);
        QVERIFY(!told);
        QCOMPARE(told.error().code, std::string("pairing.code_wrong"));
        QVERIFY(!office.card());
    }

    // What was said on one connection is worth nothing on another.
    void aReplayGetsNothing() {
        OfferingSide office(*offer, link(), *rng);
        auto desk = newcomer(offer->code());
        const auto share = desk.begin();
        const auto tag = *desk.receive(*office.receive(share, kNow));
        PairingOffer again(*rng, kNow);
        OfferingSide other(again, link('d'), *rng);
        QVERIFY(other.receive(share, kNow).has_value());
        const auto answer = other.receive(tag, kNow);
        QVERIFY(!answer);
        QCOMPARE(answer.error().code, std::string("pairing.code_wrong"));
    }

    void everyBentMessageIsRefused() {
        // Each message in turn is bent at every byte; nobody may come out a member, and nothing may break.
        for (int which = 0; which < 6; ++which) {
            for (std::size_t at = 0; at < 400; ++at) {
                PairingOffer fresh(*rng, kNow);
                Realm city(*rng);
                OfferingSide office(fresh, link(), *rng);
                auto desk = newcomer(fresh.code());
                int number = 0;
                bool past = false;
                const auto pass = [&](std::string bytes) {
                    if (number++ != which) return bytes;
                    if (at >= bytes.size()) past = true;
                    else bytes[at] = static_cast<char>(bytes[at] ^ 0x01);
                    return bytes;
                };
                const bool in = [&] {
                    const auto one = office.receive(pass(desk.begin()), kNow);
                    if (!one) return false;
                    const auto two = desk.receive(pass(*one));
                    if (!two) return false;
                    const auto three = office.receive(pass(*two), kNow);
                    if (!three) return false;
                    const auto four = desk.receive(pass(*three));
                    if (!four) return false;
                    const auto five = office.receive(pass(*four), kNow);
                    if (!five || !office.card()) return false;
                    return desk.receive(pass(office.welcome(city.welcome(*office.card())))).has_value();
                }();
                QCOMPARE(in, past);
                if (past) break;
            }
        }
    }

    void aWelcomeThatDoesNotNameBothIsRefused() {
        OfferingSide office(*offer, link(), *rng);
        auto desk = newcomer(offer->code());
        QVERIFY(talk(desk, office).has_value());
        auto card = *office.card();
        card.tlsKey = filled<PublicKey>(77);
        const auto last = desk.receive(office.welcome(realm->welcome(card)));
        QVERIFY(!last);
        QCOMPARE(last.error().code, std::string("pairing.realm"));
        QVERIFY(!desk.welcome());
    }

private:
    NewcomerSide newcomer(std::string_view code) { return {code, link(), keys, "Desk 4", "PW", *rng}; }
    /// Up to the card. The first error of either side ends it.
    Result<void> talk(NewcomerSide& desk, OfferingSide& office) {
        auto toOffice = desk.begin();
        while (!toOffice.empty()) {
            WL_TRY(const auto toDesk, office.receive(toOffice, kNow));
            if (toDesk.empty()) break;
            WL_TRY(toOffice, desk.receive(toDesk));
        }
        return {};
    }

    std::unique_ptr<SeededRng> rng;
    std::unique_ptr<Realm> realm;
    std::unique_ptr<PairingOffer> offer;
    KeyPair keys;
};

QTEST_GUILESS_MAIN(PairingTest)
#include "pairing_test.moc"
