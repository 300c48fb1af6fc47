// SPDX-License-Identifier: GPL-3.0-or-later
// Pairing over a connection: the console that offers. The newcomer's side is join.cpp.
#include <boost/asio/steady_timer.hpp>

#include "sync/peer_net_impl.hpp"

namespace wl::sync {
namespace {

constexpr std::size_t kMostTalks = 4;
constexpr std::chrono::minutes kTalkTime(15);  ///< a person has to answer within it

}  // namespace

std::string framed(std::string_view message) {
    std::string out;
    for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<char>((message.size() >> shift) & 0xff));
    return out.append(message);
}

awaitable<Result<std::string>> readPairingMessage(TlsStream& stream) {
    std::string out;
    std::size_t wanted = 4;
    bool head = true;
    while (out.size() < wanted) {
        std::array<char, 16 * 1024> buffer;
        const auto got = co_await stream.readSome({buffer.data(), std::min(buffer.size(), wanted - out.size())});
        if (!got) co_return std::unexpected(got.error());
        out.append(buffer.data(), *got);
        if (!head || out.size() < wanted) continue;
        wanted = 0;
        for (const char c : out) wanted = (wanted << 8) | static_cast<unsigned char>(c);
        if (wanted == 0 || wanted > kPairingMessageLimit) co_return fail(ErrorKind::Input, "pairing.form");
        out.clear();
        head = false;
    }
    co_return out;
}

PairingLink linkOf(const TlsStream& stream, const TlsIdentity& self, bool isNewcomer) {
    return {stream.exporter("wardline pairing", 48), isNewcomer ? self.publicKey() : stream.peerKey(),
            isNewcomer ? stream.peerKey() : self.publicKey()};
}

awaitable<void> PeerNet::Impl::servePairing(std::unique_ptr<TlsStream> stream) {
    const auto self = shared_from_this();
    if (!pairingOffer || talks.size() >= kMostTalks) co_return;
    auto& offer = *pairingOffer;
    const auto link = linkOf(*stream, identity, false);
    const auto talk = std::make_shared<PairTalk>(std::move(stream), offer, link, rng);
    const auto address = talk->stream->remote();
    talks.push_back(talk);
    asio::steady_timer limit(context, kTalkTime);
    limit.async_wait([weak = std::weak_ptr(talk)](const boost::system::error_code& stopped_) {
        if (const auto late = weak.lock(); late && !stopped_) late->stream->close();
    });
    Result<void> ended;
    while (!stopped && !talk->side.isDone()) {
        const auto message = co_await readPairingMessage(*talk->stream);
        if (stopped) co_return;
        // The offer a talk began with may have been taken back or replaced meanwhile.
        if (message && (!pairingOffer || &offer != pairingOffer.get())) {
            ended = fail(ErrorKind::Refused, "pairing.expired");
            break;
        }
        const bool knewCard = talk->side.card().has_value();
        Result<std::string> answer =
            message ? talk->side.receive(*message, clock.now()) : std::unexpected(message.error());
        if (!answer) {
            ended = std::unexpected(answer.error());
            if (message) {
                (void)co_await talk->stream->write(framed(talk->side.refusal(answer.error())));
                say("pair.tried", address, answer.error().code, true);
            }
            break;
        }
        if (!answer->empty() && !(co_await talk->stream->write(framed(*answer)))) break;
        if (!knewCard && talk->side.card() && hooks.asked) {
            asked = talk;
            hooks.asked({*talk->side.card(), talk->side.comparison(), address});
        }
    }
    if (stopped) co_return;
    talk->stream->close();
    std::erase(talks, talk);
    if (asked.lock() == talk) {
        asked.reset();
        if (hooks.paired)
            hooks.paired(talk->side.isDone() ? Result<void>{} : ended ? fail(ErrorKind::World, "net.closed") : ended);
    } else if (hooks.changed) {
        hooks.changed();  // a try less
    }
}

const PairingOffer& PeerNet::offerPairing() {
    endOffer();  // talks hold on to the offer they began with
    m_impl->pairingOffer = std::make_unique<PairingOffer>(m_impl->rng, m_impl->clock.now());
    return *m_impl->pairingOffer;
}

void PeerNet::endOffer() {
    turnAway();
    m_impl->asked.reset();
    for (const auto& talk : m_impl->talks) talk->stream->close();
    m_impl->pairingOffer.reset();
}

const PairingOffer* PeerNet::offer() const { return m_impl->pairingOffer.get(); }

void PeerNet::letIn(const RealmWelcome& welcome) {
    const auto talk = m_impl->asked.lock();
    if (!talk) return;
    talk->out = framed(talk->side.welcome(welcome));
    talk->stream->startWrite(talk->out, [talk](const Result<void>& done) {
        if (!done) talk->stream->close();  // its reader tells the hooks
    });
}

void PeerNet::turnAway() {
    const auto talk = m_impl->asked.lock();
    if (!talk) return;
    talk->out = framed(talk->side.refusal({ErrorKind::Refused, "pairing.refused", {}, {}}));
    talk->stream->startWrite(talk->out, [talk](const Result<void>&) { talk->stream->close(); });
}

}  // namespace wl::sync
