// SPDX-License-Identifier: GPL-3.0-or-later
// Finding colleagues on the local network: beacons to a multicast group.
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/multicast.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "sync/peer_net_impl.hpp"

namespace wl::sync {
namespace {

constexpr auto kAnswer = asio::as_tuple(asio::use_awaitable);
constexpr const char* kGroup = "239.255.73.11";  // administratively scoped (RFC 2365): routers keep it inside
constexpr Millis kEvery{30'000};
constexpr std::chrono::seconds kRemember(100);

}  // namespace

Result<void> PeerNet::Impl::discover(const SymmetricKey& realmKey, const std::string& interface,
                                     std::uint16_t lanPort) {
    boost::system::error_code error;
    const auto group = asio::ip::make_address_v4(kGroup);
    udp::socket socket(context);
    asio::ip::address_v4 local;
    if (!interface.empty()) local = asio::ip::make_address_v4(interface, error);
    const auto attempt = [&](auto&& step) {
        if (!error) step();
    };
    attempt([&] { socket.open(udp::v4(), error); });
    attempt([&] { socket.set_option(udp::socket::reuse_address(true), error); });
    attempt([&] { socket.bind({asio::ip::address_v4::any(), lanPort}, error); });
    attempt([&] { socket.set_option(asio::ip::multicast::join_group(group, local), error); });
    attempt([&] { socket.set_option(asio::ip::multicast::enable_loopback(true), error); });
    attempt([&] { socket.set_option(asio::ip::multicast::hops(1), error); });
    if (!interface.empty()) attempt([&] { socket.set_option(asio::ip::multicast::outbound_interface(local), error); });
    if (error) return fail(ErrorKind::World, "net.multicast", interface, error.message());
    socket.non_blocking(true, error);
    lan = std::move(socket);
    lanGroup = {group, lanPort};
    beacons.emplace(realmKey, replica.self());
    asio::co_spawn(context, hearBeacons(), asio::detached);
    asio::co_spawn(context, sendBeacons(), asio::detached);
    return {};
}

void PeerNet::Impl::sendBeacon() {
    if (port == 0 || !lan) return;
    boost::system::error_code ignored;  // a network that is down is tried again with the next one
    lan->send_to(asio::buffer(beacons->make(port, clock.now())), lanGroup, 0, ignored);
    lastBeacon = Steady::now();
}

awaitable<void> PeerNet::Impl::sendBeacons() {
    const auto self = shared_from_this();
    while (!stopped) {
        sendBeacon();
        const auto jitter = randomBytes<std::array<std::uint8_t, 1>>(rng)[0];
        (void)co_await waitFor(beaconTimer, kEvery + Millis(jitter * 20 - 2560));
    }
}

awaitable<void> PeerNet::Impl::hearBeacons() {
    const auto self = shared_from_this();
    std::array<char, 256> buffer{};
    asio::steady_timer pause(context);
    while (!stopped) {
        udp::endpoint from;
        const auto [error, got] = co_await lan->async_receive_from(asio::buffer(buffer), from, kAnswer);
        if (stopped || error == asio::error::operation_aborted) break;
        if (error) {
            (void)co_await waitFor(pause, Millis(1000));
            continue;
        }
        const auto at = beacons->read({buffer.data(), got}, clock.now());
        if (!at) continue;
        const Address address{from.address().to_string(), *at};
        const auto before = targets.size();
        add(address, false, Steady::now() + kRemember);
        // Somebody new should not have to wait for our next beacon.
        if (targets.size() != before && Steady::now() - lastBeacon > std::chrono::seconds(1)) sendBeacon();
    }
}

}  // namespace wl::sync
