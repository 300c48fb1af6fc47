// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/join.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "sync/peer_net_impl.hpp"

namespace wl::sync {
namespace {

struct Joining {
    const JoinRequest& request;
    const KeyPair& keys;
    const TlsIdentity& identity;
    Rng& rng;
    const std::function<void(const std::string&)>& compare;
    const std::function<Result<void>(const RealmWelcome&)>& make;
    asio::io_context& context;
};

awaitable<Result<void>> run(const Joining& j) {
    auto socket = co_await connectSocket(j.context.get_executor(), j.request.address, Millis(10'000));
    if (!socket) co_return std::unexpected(socket.error());
    auto shaken =
        co_await TlsStream::connect(std::move(*socket), j.identity, Purpose::Pairing,
                                    {[](Purpose) { return true; }, [](Purpose, const PublicKey&) { return true; }});
    if (!shaken) {
        // The listener knows this purpose only while it has an offer.
        if (shaken.error().code == "tls.refused") co_return fail(ErrorKind::Refused, "pairing.no_offer");
        co_return std::unexpected(shaken.error());
    }
    auto& stream = **shaken;
    NewcomerSide side(j.request.code, linkOf(stream, j.identity, true), j.keys, j.request.name, j.request.department,
                      j.rng);
    auto answer = side.begin();
    bool told = false;
    while (!side.welcome()) {
        if (!answer.empty())
            if (const auto put = co_await stream.write(framed(answer)); !put) co_return put;
        if (!side.comparison().empty() && !std::exchange(told, true)) j.compare(side.comparison());
        const auto message = co_await readPairingMessage(stream);
        if (!message) co_return std::unexpected(message.error());
        auto next = side.receive(*message);
        if (!next) co_return std::unexpected(next.error());
        answer = std::move(*next);
    }
    if (auto made = j.make(*side.welcome()); !made) co_return made;
    // The replica stands; whether the other hears of it changes nothing here.
    (void)co_await stream.write(framed(NewcomerSide::done()));
    co_return Result<void>{};
}

}  // namespace

Result<void> join(const JoinRequest& request, const KeyPair& keys, const KeySeed& tlsSeed, Rng& rng,
                  const std::function<void(const std::string&)>& compare,
                  const std::function<Result<void>(const RealmWelcome&)>& make, const std::stop_token& stop) {
    WL_TRY(const auto identity, TlsIdentity::make(tlsSeed));
    asio::io_context context(1);
    const std::stop_callback ended(stop, [&context] { context.stop(); });
    Result<void> result = fail(ErrorKind::Cancelled, "join.stopped");
    const Joining joining{request, keys, identity, rng, compare, make, context};
    asio::co_spawn(context, run(joining), [&result](const std::exception_ptr& broken, Result<void> done) {
        if (!broken) result = std::move(done);
    });
    context.run();
    return result;
}

}  // namespace wl::sync
