// SPDX-License-Identifier: GPL-3.0-or-later
// Who is called, and who is let in.
#include <netinet/tcp.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <algorithm>
#include <set>

#include "sync/peer_net_impl.hpp"

namespace wl::sync {
namespace {

constexpr auto kAnswer = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t kMostShaking = 32;
constexpr std::size_t kMostTargets = 64;
constexpr Millis kConnectTime{5000};
constexpr Millis kAside{60'000};  ///< where somebody has to do something before calling makes sense
constexpr std::chrono::seconds kLastingCall(10);

std::uint64_t randomNumber(Rng& rng) {
    std::uint64_t out = 0;
    for (const auto byte : randomBytes<std::array<std::uint8_t, 8>>(rng)) out = (out << 8) | byte;
    return out;
}

}  // namespace

awaitable<bool> waitFor(asio::steady_timer& timer, Millis time) {
    timer.expires_after(time);
    const auto [error] = co_await timer.async_wait(kAnswer);
    co_return static_cast<bool>(error);
}

void tune(tcp::socket& socket) {
    boost::system::error_code ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    socket.set_option(asio::socket_base::keep_alive(true), ignored);
    const int unanswered = 20'000;  // milliseconds until a link that was cut is noticed
    ::setsockopt(socket.native_handle(), IPPROTO_TCP, TCP_USER_TIMEOUT, &unanswered, sizeof unanswered);
}

awaitable<Result<tcp::socket>> connectSocket(asio::any_io_executor executor, const Address& address, Millis limit) {
    tcp::resolver resolver(executor);
    const auto [unresolved, places] =
        co_await resolver.async_resolve(address.host, std::to_string(address.port), kAnswer);
    if (unresolved) co_return fail(ErrorKind::World, "net.resolve", toText(address), unresolved.message());
    // The timer's answer may be on its way already when the connection stands.
    enum class State : std::uint8_t { Waiting, Ended, TooLate };
    const auto state = std::make_shared<State>(State::Waiting);
    tcp::socket socket(executor);
    asio::steady_timer timer(executor, limit);
    timer.async_wait([&socket, state](const boost::system::error_code& stopped) {
        if (stopped || *state != State::Waiting) return;
        *state = State::TooLate;
        boost::system::error_code ignored;
        socket.close(ignored);
    });
    const auto [error, place] = co_await asio::async_connect(socket, places, kAnswer);
    if (*state == State::TooLate) co_return fail(ErrorKind::World, "net.timeout", toText(address));
    *state = State::Ended;
    if (error) co_return fail(ErrorKind::World, "net.connect", toText(address), error.message());
    tune(socket);
    co_return std::move(socket);
}

Welcoming PeerNet::Impl::welcoming() {
    return {[this](Purpose purpose) {
                return purpose == Purpose::Sync || (pairingOffer && pairingOffer->check(clock.now()));
            },
            [this](Purpose purpose, const PublicKey& key) {
                if (stopped) return false;
                if (purpose == Purpose::Pairing) return pairingOffer != nullptr;
                const auto out = shunned.find(key);
                if (out != shunned.end() && out->second > Steady::now()) return false;
                // A console that was revoked is let in to hear it.
                return key != identity.publicKey() && replica.realm().findByTlsKey(key) != nullptr;
            }};
}

Result<std::uint16_t> PeerNet::Impl::listen(const Address& address) {
    boost::system::error_code error;
    tcp::endpoint end(tcp::v6(), address.port);
    if (!address.host.empty()) {
        tcp::resolver resolver(context);
        const auto places = resolver.resolve(address.host, std::to_string(address.port), error);
        if (error || places.empty()) return fail(ErrorKind::World, "net.listen", toText(address), error.message());
        end = places.begin()->endpoint();
    }
    tcp::acceptor made(context);
    const auto open = [&] {
        made.open(end.protocol(), error);
        if (error) return;
        made.set_option(tcp::acceptor::reuse_address(true), error);
        if (end.protocol() == tcp::v6() && address.host.empty()) made.set_option(asio::ip::v6_only(false), error);
        made.bind(end, error);
        if (!error) made.listen(asio::socket_base::max_listen_connections, error);
    };
    open();
    if (error && address.host.empty()) {  // a machine without IPv6
        made = tcp::acceptor(context);
        end = tcp::endpoint(tcp::v4(), address.port);
        open();
    }
    if (error) return fail(ErrorKind::World, "net.listen", toText(address), error.message());
    port = made.local_endpoint(error).port();
    acceptor = std::move(made);
    asio::co_spawn(context, acceptAll(), asio::detached);
    return port;
}

awaitable<void> PeerNet::Impl::acceptAll() {
    const auto self = shared_from_this();
    asio::steady_timer pause(context);
    while (!stopped && acceptor) {
        auto [error, socket] = co_await acceptor->async_accept(kAnswer);
        if (stopped || error == asio::error::operation_aborted) break;
        if (error) {  // too many open files, most likely
            (void)co_await waitFor(pause, Millis(200));
            continue;
        }
        if (shaking >= kMostShaking) {
            boost::system::error_code unknown;
            say("peer.flood", socket.remote_endpoint(unknown).address().to_string(), {}, true);
            continue;  // closes it
        }
        ++shaking;
        asio::co_spawn(context, greet(std::move(socket)), asio::detached);
    }
}

awaitable<void> PeerNet::Impl::greet(tcp::socket socket) {
    const auto self = shared_from_this();
    tune(socket);
    boost::system::error_code unknown;
    const auto from = socket.remote_endpoint(unknown).address().to_string();
    auto stream = co_await TlsStream::accept(std::move(socket), identity, welcoming());
    --shaking;
    if (stopped) co_return;
    if (!stream) {
        const auto& error = stream.error();
        if (error.code == "tls.refused" && error.field == "ours")
            say("peer.refused", from, "key " + error.detail.substr(0, 16), true);
        else if (error.code == "tls.handshake" || error.code == "net.timeout")
            say("peer.not_understood", from, error.detail.empty() ? error.code : error.detail, true);
        co_return;
    }
    if ((*stream)->purpose() == Purpose::Pairing) co_await servePairing(std::move(*stream));
    else co_await serveNew(std::move(*stream), false);
}

awaitable<void> PeerNet::Impl::serveNew(std::unique_ptr<TlsStream> stream, bool weCalled) {
    std::set<PublicKey> known;
    for (const auto& [link, other] : wires) known.insert(other->stream->peerKey());
    const bool full = known.size() >= kMostPeers && !known.contains(stream->peerKey());
    if (full || wires.size() >= kMostPeers * 2) {
        say("peer.full", nameOf(stream->peerKey(), stream->remote()), {}, false);
        co_return;
    }
    const auto wire = std::make_shared<Wire>();
    wire->stream = std::move(stream);
    wire->weCalled = weCalled;
    wire->since = clock.now();
    wire->address = wire->stream->remote();
    SessionOptions options;
    options.peerTlsKey = wire->stream->peerKey();
    options.initiator = weCalled;
    options.seed = randomNumber(rng);
    wire->link = mesh->open(options, moment());
    wires[wire->link] = wire;
    turn();
    co_await serve(wire);
}

void PeerNet::Impl::connectTo(std::vector<Address> addresses) {
    for (const auto& target : targets) {
        if (!target->fixed || std::ranges::find(addresses, target->address) != addresses.end()) continue;
        target->removed = true;
        target->timer.cancel();
    }
    std::erase_if(targets, [](const TargetPtr& t) { return t->removed; });
    for (const auto& address : addresses) add(address, true, {});
}

void PeerNet::Impl::add(const Address& address, bool fixed, Steady::time_point until) {
    const auto known = std::ranges::find(targets, address, [](const TargetPtr& t) { return t->address; });
    if (known != targets.end()) {
        (*known)->fixed = (*known)->fixed || fixed;
        (*known)->until = std::max((*known)->until, until);
        return;
    }
    if (stopped || (!fixed && targets.size() >= kMostTargets)) return;
    const auto target = std::make_shared<Target>(context, address, fixed);
    target->until = until;
    targets.push_back(target);
    asio::co_spawn(context, keepCalling(target), asio::detached);
}

void PeerNet::Impl::wakeTargets(const PublicKey* key) {
    for (const auto& target : targets)
        if (!key || target->key == *key) target->timer.cancel();
}

awaitable<Result<std::unique_ptr<TlsStream>>> PeerNet::Impl::call(const Address& address) {
    auto socket = co_await connectSocket(context.get_executor(), address, kConnectTime);
    if (!socket) co_return std::unexpected(socket.error());
    co_return co_await TlsStream::connect(std::move(*socket), identity, Purpose::Sync, welcoming());
}

awaitable<void> PeerNet::Impl::keepCalling(TargetPtr target) {
    const auto self = shared_from_this();
    while (!stopped && !target->removed) {
        if (!target->fixed && target->until < Steady::now()) break;
        if (target->key && wireTo(*target->key)) {
            (void)co_await waitFor(target->timer, kAside);  // woken when that connection ends
            continue;
        }
        auto stream = co_await call(target->address);
        if (stopped || target->removed) break;
        Millis pause{};
        if (!stream) {
            const auto& error = stream.error();
            if (std::exchange(target->lastError, error.code) != error.code)
                say("peer.unreachable", toText(target->address),
                    error.code + (error.detail.empty() ? "" : ": " + error.detail));
            pause = target->backoff.next(rng);
        } else {
            target->lastError.clear();
            target->key = (*stream)->peerKey();
            if (wireTo(*target->key)) continue;  // it called us meanwhile
            const auto began = Steady::now();
            const auto key = *target->key;
            co_await serveNew(std::move(*stream), true);
            if (stopped) break;
            if (Steady::now() - began > kLastingCall) target->backoff.reset();
            const auto out = shunned.find(key);
            pause = out != shunned.end() && out->second > Steady::now() ? kAside : target->backoff.next(rng);
        }
        (void)co_await waitFor(target->timer, pause);
    }
    std::erase(targets, target);
}

}  // namespace wl::sync
