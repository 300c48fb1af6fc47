// SPDX-License-Identifier: GPL-3.0-or-later
// Connections over loopback sockets, the replicas in memory.
#include "sync/peer_net.hpp"

#include <QTest>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "core/sync/memory_replica.hpp"
#include "sync/frames.hpp"
#include "sync/tls_stream.hpp"

using namespace wl;
using namespace wl::sync;
using wl::test::City;
using wl::test::Member;
using wl::test::MemoryReplica;

namespace {

KeySeed seedOf(const Member& m) {
    KeySeed seed{};
    std::copy_n(m.tls.secretKey.begin(), seed.size(), seed.begin());
    return seed;
}

struct Node {
    Node(asio::io_context& context, const City& city, const Member& m, const Clock& clock, std::uint64_t seed,
         std::size_t epochs = 1000)
        : rng(seed), replica(city, m, epochs) {
        PeerNetHooks hooks;
        hooks.notice = [this](const Notice& n) { notices.push_back(n); };
        hooks.event = [this](const Event& e, const OriginId&) {
            if (const auto* heard = std::get_if<PresenceHeard>(&e)) presence = heard->items;
        };
        hooks.asked = [this](const PairingAsked& a) { asked = a; };
        hooks.paired = [this](const Result<void>& r) { paired = r; };
        net = std::make_unique<PeerNet>(context, replica, *TlsIdentity::make(seedOf(m)), clock, rng, std::move(hooks));
    }
    Address listen() { return {"127.0.0.1", net->listen({"127.0.0.1", 0}).value_or(0)}; }
    void author(const std::vector<std::string>& texts) {
        replica.author(texts);
        net->committed();
    }
    [[nodiscard]] bool said(std::string_view code) const {
        return std::ranges::any_of(notices, [&](const Notice& n) { return n.code == code; });
    }
    [[nodiscard]] bool linkedTo(const Node& other) const {
        return std::ranges::any_of(net->status(),
                                   [&](const PeerStatus& s) { return s.origin == other.replica.me.origin; });
    }

    SeededRng rng;
    MemoryReplica replica;
    std::vector<Notice> notices;
    std::vector<PresenceItem> presence;
    std::optional<PairingAsked> asked;
    std::optional<Result<void>> paired;
    std::unique_ptr<PeerNet> net;
};

// Somebody who has a member's TLS key, or some other, and says what it likes.
struct Client {
    Client(asio::io_context& context, const Address& to, const KeySeed& seed, Purpose purpose = Purpose::Sync,
           bool reads = true) {
        asio::co_spawn(context, run(context, to, seed, purpose, reads), asio::detached);
    }
    awaitable<void> run(asio::io_context& context, Address to, KeySeed seed, Purpose purpose, bool reads) {
        tcp::socket socket(context);
        co_await socket.async_connect({asio::ip::make_address(to.host), to.port}, asio::use_awaitable);
        auto made = co_await TlsStream::connect(std::move(socket), *TlsIdentity::make(seed), purpose, anybody());
        if (made) stream = std::move(*made);
        std::array<char, 4096> buffer{};
        while (stream && reads) {
            const auto got = co_await stream->readSome(buffer);
            if (!got) break;
            heard += *got;
        }
        ended = reads || !stream;
    }
    static Welcoming anybody() {
        return {[](Purpose) { return true; }, [](Purpose, const PublicKey&) { return true; }};
    }
    void write(std::string bytes) {
        out = std::move(bytes);
        stream->startWrite(out, [](const Result<void>&) {});
    }
    std::unique_ptr<TlsStream> stream;
    std::string out;
    std::size_t heard{};
    bool ended{};
};

}  // namespace

class PeerNetTest : public QObject {
    Q_OBJECT

    SystemClock m_clock;
    std::unique_ptr<asio::io_context> m_context;
    std::unique_ptr<City> m_city;
    std::vector<std::unique_ptr<Node>> m_nodes;

    Node& add(const Member& m, std::size_t epochs = 1000) {
        m_nodes.push_back(std::make_unique<Node>(*m_context, *m_city, m, m_clock, 100 + m_nodes.size(), epochs));
        return *m_nodes.back();
    }
    template <class F>
    bool until(F reached, std::chrono::milliseconds limit = std::chrono::seconds(20)) {
        const auto end = std::chrono::steady_clock::now() + limit;
        while (!reached() && std::chrono::steady_clock::now() < end) {
            m_context->restart();
            m_context->run_one_for(std::chrono::milliseconds(20));
        }
        return reached();
    }
    bool agree() {
        return std::ranges::all_of(m_nodes,
                                   [&](const auto& n) { return n->replica.digest() == m_nodes[0]->replica.digest(); });
    }

private Q_SLOTS:
    void init() {
        m_context = std::make_unique<asio::io_context>(1);
        m_city = std::make_unique<City>(3);
        m_city->members.reserve(40);
    }
    void cleanup() {
        for (auto& node : m_nodes) node->net->stop();
        m_context->restart();
        m_context->run_for(std::chrono::seconds(2));
        QVERIFY(m_context->stopped());  // nothing goes on after stop()
        m_nodes.clear();
        m_context.reset();
    }

    void twoConsolesAgreeAndEachHearsTheOthersEditsAtOnce() {
        auto& a = add(m_city->members[0]);
        auto& b = add(m_city->enrol());
        a.replica.acceptRealm(1, m_city->entries).value();
        a.replica.author({"before they met"});
        b.net->connectTo({a.listen()});
        QVERIFY(until([&] { return a.linkedTo(b) && b.linkedTo(a) && agree() && b.replica.total() == 1; }));
        a.author({"one", "two"});
        QVERIFY(until([&] { return b.replica.total() == 3; }));
        b.author({"three"});
        QVERIFY(until([&] { return a.replica.total() == 4 && agree(); }));
        QVERIFY(until([&] { return a.net->status()[0].caughtUp && a.net->status()[0].toSend == 0; }));
        const auto status = b.net->status();
        QCOMPARE(status.size(), std::size_t{1});
        QCOMPARE(status[0].name, std::string("Desk 0"));
        QVERIFY(status[0].weCalled && !a.net->status()[0].weCalled);
        QVERIFY(status[0].since.ms > 0);

        CaseId id;
        id.bytes[0] = 5;
        a.net->setPresence({{id, "k.kern", PresenceItem::Doing::Editing}});
        QVERIFY(until([&] { return b.presence.size() == 1 && b.presence[0].agent == "k.kern"; }));
    }

    void bothCallAtOnceAndOneConnectionStays() {
        auto& a = add(m_city->members[0]);
        auto& b = add(m_city->enrol());
        a.replica.acceptRealm(1, m_city->entries).value();
        const auto atA = a.listen(), atB = b.listen();
        a.net->connectTo({atB});
        b.net->connectTo({atA});
        QVERIFY(until([&] { return a.linkedTo(b) && b.linkedTo(a); }));
        a.author({"one"});
        QVERIFY(until([&] { return agree() && a.net->status().size() == 1 && b.net->status().size() == 1; }));
    }

    void opsTravelThroughAConsoleInTheMiddle() {
        auto& a = add(m_city->members[0]);
        auto& b = add(m_city->enrol());
        auto& c = add(m_city->enrol());
        for (auto* n : {&a, &b}) n->replica.acceptRealm(1, m_city->entries).value();
        const auto middle = b.listen();
        a.net->connectTo({middle});
        c.net->connectTo({middle});
        QVERIFY(until([&] { return b.linkedTo(a) && b.linkedTo(c); }));
        a.author({"from the far end"});
        QVERIFY(until([&] { return c.replica.total() == 1; }));
        c.author({"and back"});
        QVERIFY(until([&] { return agree(); }));
    }

    void aCutLinkIsCalledAgain() {
        auto& b = add(m_city->members[0]);
        auto& a = add(m_city->enrol());
        b.replica.acceptRealm(1, m_city->entries).value();
        const auto at = b.listen();
        a.net->connectTo({at});
        QVERIFY(until([&] { return a.linkedTo(b); }));
        b.net->stop();
        QVERIFY(until([&] { return a.net->status().empty(); }));
        a.author({"while it was away"});
        // The same console again, at the same place.
        PeerNet again(*m_context, b.replica, *TlsIdentity::make(seedOf(b.replica.me)), m_clock, b.rng, {});
        QVERIFY(again.listen(at).has_value());
        QVERIFY(until([&] { return b.replica.total() == 1; }));
        again.stop();
    }

    void aNewerRealmLogBringsStrangersIn() {
        auto& a = add(m_city->members[0]);
        auto& b = add(m_city->enrol());     // a does not know of b yet
        auto& c = add(m_city->enrol());
        const auto at = a.listen();
        b.net->connectTo({at});
        QVERIFY(until([&] { return a.said("peer.refused"); }));
        QVERIFY(a.net->status().empty());
        a.replica.acceptRealm(1, m_city->entries).value();
        a.net->realmChanged();
        c.net->connectTo({at});
        QVERIFY(until([&] { return a.linkedTo(b) && a.linkedTo(c); }));
    }

    void aRevokedConsoleHearsItAndIsNotLetInAgain() {
        auto& a = add(m_city->members[0]);
        auto& b = add(m_city->enrol());
        a.replica.acceptRealm(1, m_city->entries).value();
        b.net->connectTo({a.listen()});
        QVERIFY(until([&] { return a.linkedTo(b); }));
        m_city->revoke(b.replica.me, 0);
        a.replica.acceptRealm(1, m_city->entries).value();
        a.net->realmChanged();
        QVERIFY(until([&] { return a.net->status().empty() && b.net->status().empty(); }));
        const auto* itself = b.replica.realm().find(b.replica.me.origin);
        QVERIFY(itself && itself->cutoff.has_value());
        a.author({"not for b"});
        m_context->restart();
        m_context->run_for(std::chrono::milliseconds(1500));
        QVERIFY(a.net->status().empty());
        QCOMPARE(b.replica.total(), std::uint64_t{0});
    }

    void colleaguesOnTheLocalNetworkFindEachOther() {
        auto& a = add(m_city->members[0]);
        auto& b = add(m_city->enrol());
        a.replica.acceptRealm(1, m_city->entries).value();
        SymmetricKey key{};
        key[0] = 9;
        a.listen();
        b.listen();
        const auto one = a.net->discover(key, "127.0.0.1", 17311);
        if (!one) QSKIP(one.error().detail.c_str());
        QVERIFY(b.net->discover(key, "127.0.0.1", 17311).has_value());
        QVERIFY(until([&] { return a.linkedTo(b) && b.linkedTo(a); }));
    }

    // ---- somebody hostile: cut off, said why, and the others notice nothing

    void hostileClientsAreCutOff_data() {
        QTest::addColumn<QByteArray>("sends");
        QTest::addColumn<bool>("member");
        std::string hello;
        appendMessage(hello, FrameType::Hello, "\xa0");
        QTest::newRow("no member") << QByteArray("x") << false;
        QTest::newRow("garbage") << QByteArray(5000, 'Z') << true;
        QTest::newRow("a frame of four gigabytes") << QByteArray("\xff\xff\xff\xff\x01\x00", 6) << true;
        QTest::newRow("a frame of no type") << QByteArray("\x00\x00\x00\x02\x63\x00", 6) << true;
        QTest::newRow("an empty hello") << QByteArray::fromStdString(hello) << true;
        std::string early;
        appendMessage(early, FrameType::Data, std::string(1000, 'x'));
        QTest::newRow("data before hello") << QByteArray::fromStdString(early) << true;
    }
    void hostileClientsAreCutOff() {
        QFETCH(QByteArray, sends);
        QFETCH(bool, member);
        auto& a = add(m_city->members[0]);
        auto& b = add(m_city->enrol());
        const auto thief = m_city->enrol();
        a.replica.acceptRealm(1, m_city->entries).value();
        const auto at = a.listen();
        b.net->connectTo({at});
        QVERIFY(until([&] { return a.linkedTo(b); }));
        KeySeed stranger{};
        Client client(*m_context, at, member ? seedOf(thief) : stranger);
        QVERIFY(until([&] { return client.stream != nullptr || client.ended; }));
        if (!client.ended) client.write(sends.toStdString());
        QVERIFY(until([&] { return client.ended; }));
        QVERIFY(until([&] { return a.said(member ? "peer.cut_off" : "peer.refused"); }));
        if (member) {  // shunned: the same key does not come in again at once
            Client again(*m_context, at, seedOf(thief));
            QVERIFY(until([&] { return again.ended; }));
        }
        QCOMPARE(a.net->status().size(), std::size_t{1});
        a.author({"life goes on"});
        QVERIFY(until([&] { return agree(); }));
    }

    void aFloodOfConnectionsThatSayNothingLeavesRoomForColleagues() {
        auto& a = add(m_city->members[0]);
        auto& b = add(m_city->enrol());
        a.replica.acceptRealm(1, m_city->entries).value();
        const auto at = a.listen();
        b.net->connectTo({at});
        QVERIFY(until([&] { return a.linkedTo(b); }));
        std::vector<std::unique_ptr<tcp::socket>> silent;
        for (int i = 0; i < 200; ++i) {
            silent.push_back(std::make_unique<tcp::socket>(*m_context));
            silent.back()->connect({asio::ip::make_address(at.host), at.port});
        }
        QVERIFY(until([&] { return a.said("peer.flood"); }));
        a.author({"still here"});
        QVERIFY(until([&] { return agree(); }));
    }

    void whoDoesNotReadHoldsUpNobodyElse() {
        auto& a = add(m_city->members[0]);
        auto& b = add(m_city->enrol());
        auto& c = add(m_city->enrol());
        for (auto* n : {&a, &b}) n->replica.acceptRealm(1, m_city->entries).value();
        const auto at = a.listen();
        b.net->connectTo({at});
        QVERIFY(until([&] { return a.linkedTo(b); }));
        // A member that shakes hands and then neither reads nor writes.
        Client deaf(*m_context, at, seedOf(c.replica.me), Purpose::Sync, false);
        QVERIFY(until([&] { return deaf.stream != nullptr; }));
        for (int i = 0; i < 50; ++i) a.author(std::vector<std::string>(100, std::string(500, 'x')));
        QVERIFY(until([&] { return b.replica.total() == 5000; }));
    }

    // ---- pairing over the network

    void pairingWaitsForAPerson() {
        auto& a = add(m_city->members[0]);
        const auto at = a.listen();
        SeededRng rng(77);
        const auto thing = m_city->member("Desk 9");
        {
            Client early(*m_context, at, seedOf(thing), Purpose::Pairing);
            QVERIFY(until([&] { return early.ended; }));
            QVERIFY(!early.stream);  // there is no offer
        }
        const auto code = a.net->offerPairing().code();
        Client wrong(*m_context, at, seedOf(thing), Purpose::Pairing);
        QVERIFY(until([&] { return wrong.stream != nullptr; }));
        wrong.write(std::string("\xff\xff\xff\xff", 4) + "nonsense");
        QVERIFY(until([&] { return wrong.ended; }));
        QVERIFY(!a.asked && !a.paired);
        QCOMPARE(a.net->offer()->code(), code);
    }
};

QTEST_GUILESS_MAIN(PeerNetTest)
#include "peer_net_test.moc"
