// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "domain/ids.hpp"
#include "sync/pairing.hpp"
#include "sync/tls_stream.hpp"

using namespace wl;
using namespace wl::sync;

namespace {

using StreamPtr = std::unique_ptr<TlsStream>;

TlsIdentity identity(std::uint8_t n) {
    KeySeed seed{};
    seed[0] = n;
    auto made = TlsIdentity::make(seed);
    if (!made) qFatal("%s", made.error().detail.c_str());
    return *made;
}

Welcoming everybody() {
    return {[](Purpose) { return true; }, [](Purpose, const PublicKey&) { return true; }};
}
Welcoming only(const PublicKey& key) {
    return {[](Purpose) { return true; }, [key](Purpose, const PublicKey& k) { return k == key; }};
}

struct Ends {
    Result<StreamPtr> client = fail(ErrorKind::World, "none"), server = fail(ErrorKind::World, "none");
    Result<std::size_t> clientRead{0U};
    std::string heard;
};

}  // namespace

class TlsTest : public QObject {
    Q_OBJECT

    asio::io_context m_context{1};

    /// Shakes hands over loopback; the client then reads once, so that a late refusal shows.
    Ends shake(const TlsIdentity& clientId, const TlsIdentity& serverId, Welcoming client, Welcoming server,
               Purpose purpose = Purpose::Sync) {
        Ends ends;
        m_context.restart();
        tcp::acceptor acceptor(m_context, {asio::ip::address_v4::loopback(), 0});
        asio::co_spawn(
            m_context,
            [&]() -> awaitable<void> {
                auto socket = co_await acceptor.async_accept(asio::use_awaitable);
                ends.server = co_await TlsStream::accept(std::move(socket), serverId, std::move(server));
                if (ends.server) (void)co_await (*ends.server)->write("hello");
            },
            asio::detached);
        asio::co_spawn(
            m_context,
            [&]() -> awaitable<void> {
                tcp::socket socket(m_context);
                co_await socket.async_connect(acceptor.local_endpoint(), asio::use_awaitable);
                ends.client = co_await TlsStream::connect(std::move(socket), clientId, purpose, std::move(client));
                if (!ends.client) co_return;
                char buffer[64];
                ends.clientRead = co_await (*ends.client)->readSome(buffer);
                if (ends.clientRead) ends.heard.assign(buffer, *ends.clientRead);
            },
            asio::detached);
        m_context.run();
        return ends;
    }

private Q_SLOTS:
    void bothSeeTheOthersKeyAndOneSecret() {
        const auto desk = identity(1), office = identity(2);
        auto ends = shake(desk, office, only(office.publicKey()), only(desk.publicKey()));
        QVERIFY2(ends.client.has_value(), ends.client ? "" : ends.client.error().detail.c_str());
        QVERIFY2(ends.server.has_value(), ends.server ? "" : ends.server.error().detail.c_str());
        QCOMPARE(ends.heard, std::string("hello"));
        QVERIFY((*ends.client)->peerKey() == office.publicKey());
        QVERIFY((*ends.server)->peerKey() == desk.publicKey());
        const auto one = (*ends.client)->exporter("wardline pairing", 48),
                   other = (*ends.server)->exporter("wardline pairing", 48);
        QCOMPARE(one.size(), std::size_t{48});
        QVERIFY(one == other);
        QVERIFY(one != (*ends.client)->exporter("something else", 48));
        auto again = shake(desk, office, everybody(), everybody());
        QVERIFY(one != (*again.client)->exporter("wardline pairing", 48));
    }

    void aKeyThatIsNotWelcomeIsRefused() {
        const auto desk = identity(1), office = identity(2), stranger = identity(3);
        auto ends = shake(stranger, office, everybody(), only(desk.publicKey()));
        QVERIFY(!ends.server);
        QCOMPARE(ends.server.error().code, std::string("tls.refused"));
        QCOMPARE(ends.server.error().field, std::string("ours"));
        QCOMPARE(ends.server.error().detail, toHex(view(stranger.publicKey())));
        const auto& told = ends.client ? ends.clientRead.error() : ends.client.error();
        QCOMPARE(told.code, std::string("tls.refused"));
        QCOMPARE(told.field, std::string("theirs"));

        auto other = shake(desk, stranger, only(office.publicKey()), everybody());
        QVERIFY(!other.client);
        QCOMPARE(other.client.error().code, std::string("tls.refused"));
        QCOMPARE(other.client.error().field, std::string("ours"));
        QVERIFY(!other.server);
    }

    void aPurposeThatIsNotOfferedIsRefused() {
        const auto desk = identity(1), office = identity(2);
        auto closed = everybody();
        closed.offers = [](Purpose p) { return p == Purpose::Sync; };
        auto ends = shake(desk, office, everybody(), closed, Purpose::Pairing);
        QVERIFY(!ends.client && !ends.server);
        QCOMPARE(ends.client.error().field, std::string("purpose"));
        auto open = shake(desk, office, everybody(), closed, Purpose::Sync);
        QVERIFY(open.client && (*open.server)->purpose() == Purpose::Sync);
    }

    void whatIsNotTlsIsRefused() {
        m_context.restart();
        tcp::acceptor acceptor(m_context, {asio::ip::address_v4::loopback(), 0});
        Result<StreamPtr> server = fail(ErrorKind::World, "none");
        asio::co_spawn(
            m_context,
            [&]() -> awaitable<void> {
                auto socket = co_await acceptor.async_accept(asio::use_awaitable);
                server = co_await TlsStream::accept(std::move(socket), identity(2), everybody());
            },
            asio::detached);
        asio::co_spawn(
            m_context,
            [&]() -> awaitable<void> {
                tcp::socket socket(m_context);
                co_await socket.async_connect(acceptor.local_endpoint(), asio::use_awaitable);
                co_await socket.async_send(asio::buffer(std::string("GET / HTTP/1.1\r\n\r\n")), asio::use_awaitable);
                char buffer[256];
                const auto got =
                    co_await socket.async_receive(asio::buffer(buffer), asio::as_tuple(asio::use_awaitable));
                Q_UNUSED(got);
            },
            asio::detached);
        m_context.run();
        QVERIFY(!server);
        QCOMPARE(server.error().code, std::string("tls.handshake"));
    }

    // Somebody with keys of their own sits between a newcomer and the console that offers, and passes on every message.
    void aManInTheMiddleOfTwoConnectionsCannotPair() {
        const auto desk = identity(1), office = identity(2), middle = identity(3);
        auto left = shake(desk, middle, everybody(), everybody(), Purpose::Pairing);
        auto right = shake(middle, office, everybody(), everybody(), Purpose::Pairing);
        const auto linkOf = [](const StreamPtr& stream, const PublicKey& newcomer, const PublicKey& offering) {
            return PairingLink{stream->exporter("wardline pairing", 48), newcomer, offering};
        };
        SeededRng rng(5);
        const Instant now{1'700'000'000'000};
        PairingOffer offer(rng, now);
        NewcomerSide newcomer(offer.code(), linkOf(*left.client, desk.publicKey(), (*left.client)->peerKey()),
                              makeKeyPair(rng), "Desk", "", rng);
        OfferingSide offering(offer, linkOf(*right.server, (*right.server)->peerKey(), office.publicKey()), rng);
        const auto tag = newcomer.receive(*offering.receive(newcomer.begin(), now));
        QVERIFY(tag.has_value());
        const auto answer = offering.receive(*tag, now);
        QVERIFY(!answer);
        QCOMPARE(answer.error().code, std::string("pairing.code_wrong"));
    }

    void muchIsCarriedWhole() {
        auto ends = shake(identity(1), identity(2), everybody(), everybody());
        std::string sent(3'000'000, '\0'), got;
        SeededRng(3).fill({reinterpret_cast<std::uint8_t*>(sent.data()), sent.size()});
        m_context.restart();
        asio::co_spawn(
            m_context,
            [&]() -> awaitable<void> {
                (void)co_await (*ends.client)->write(sent);
                (*ends.client)->close();
            },
            asio::detached);
        asio::co_spawn(
            m_context,
            [&]() -> awaitable<void> {
                std::string buffer(65536, '\0');
                for (;;) {
                    const auto n = co_await (*ends.server)->readSome(buffer);
                    if (!n) {
                        [&] { QCOMPARE(n.error().code, std::string("net.closed")); }();
                        break;
                    }
                    got.append(buffer, 0, *n);
                }
            },
            asio::detached);
        m_context.run();
        QVERIFY(got == sent);
    }
};

QTEST_GUILESS_MAIN(TlsTest)
#include "tls_test.moc"
