// SPDX-License-Identifier: GPL-3.0-or-later
// From the queue of received ops into the log, slice by slice, and what is asked for when something does not fit.
#include <algorithm>
#include <set>
#include <utility>

#include "sync/session_impl.hpp"

namespace wl::sync {
namespace {

constexpr std::uint32_t kAskLimit = 48;     // times one origin is asked for without anything of it being taken
constexpr std::size_t kLiveBatch = 16;      // ops; such a slice is acknowledged at once
constexpr std::uint64_t kStepGrowth = 4;

}  // namespace

std::vector<Bundle> Session::Impl::nextSlice(Moment) {
    std::vector<Bundle> slice;
    std::set<OriginId> answered;
    std::uint64_t ops = 0;
    while (!queue.empty() && ops < options.sliceOps) {
        auto& front = queue.front();
        const auto& g = front.bundle.segment;
        const auto need = needs.find(g.origin);
        // What came before the answer to a question cannot be taken; nothing is kept for later. What follows the
        // answer in the same slice belongs to it.
        const bool early = need != needs.end() && g.firstSeq > need->second.after + 1;
        if (need != needs.end() && !early) answered.insert(g.origin);
        const bool skip = held.contains(g.origin) || (early && !answered.contains(g.origin));
        if (!skip && !slice.empty() && ops + g.count > options.sliceOps) break;
        giveCredit(front.credit);
        messagesApplied += front.last ? 1 : 0;
        if (!skip) {
            ops += g.count;
            slice.push_back(std::move(front.bundle));
        }
        queue.pop_front();
    }
    return slice;
}

bool Session::Impl::work(Moment now) {
    if (closed) return false;
    const auto slice = nextSlice(now);
    if (!slice.empty()) {
        auto accepted = replica.accept(slice);
        if (!accepted) {
            disk(accepted.error());
            return false;
        }
        std::uint64_t came = 0;
        for (std::size_t i = 0; i < accepted->taken && i < slice.size(); ++i) {
            const auto& g = slice[i].segment;
            came += g.count;
            if (const auto need = needs.find(g.origin); need != needs.end() && g.firstSeq <= need->second.after + 1)
                needs.erase(need);
        }
        counters.opsRepeated += came - std::min(came, accepted->ops);
        if (accepted->ops > 0) {
            if (!ackWaits)
                ackDue = std::max(now.steady,
                                  ackedAt + (queue.empty() && accepted->ops <= kLiveBatch ? kAckAtLeast : kAckWithin));
            ackWaits = true;
        } else if (accepted->taken > 0) {
            ackWaits = true;  // the sender did not know; a word will do
            ackDue = std::max(ackDue, now.steady);
        }
        const bool failed = accepted->stop != Accepted::Stop::None && accepted->taken < slice.size();
        // What stands behind the one that failed is tried again.
        if (failed)
            for (auto i = slice.size(); i > accepted->taken + 1; --i) queue.push_front({slice[i - 1], 0, false});
        if (accepted->ops > 0 || accepted->taken > 0) events.emplace_back(LogGrew{*accepted});
        if (failed) stopped(*accepted, slice[accepted->taken], now);
    }
    if (closed) return false;
    if (ackWaits && now.steady >= ackDue) makeDurable(now);
    return !queue.empty();
}

void Session::Impl::giveCredit(std::size_t bytes) {
    queued -= std::min(queued, bytes);
    owed += bytes;
    if (owed == 0 || owed < static_cast<std::size_t>(window) / 4) return;
    say(FrameType::Credit, encodeUint(owed));
    owed = 0;
}

void Session::Impl::stopped(const Accepted& accepted, const Bundle& bundle, Moment now) {
    const auto& origin = bundle.segment.origin;
    const auto drop = [&] {
        for (auto& waiting : queue)
            if (waiting.bundle.segment.origin == origin) waiting.bundle.segment.count = 0;
        std::erase_if(queue, [&](const Waiting& w) {
            if (w.bundle.segment.count != 0) return false;
            messagesApplied += w.last ? 1 : 0;
            giveCredit(w.credit);
            return true;
        });
    };
    switch (accepted.stop) {
        case Accepted::Stop::None: return;
        case Accepted::Stop::Gap: {
            makeDurable(now);  // so that our heads say all we have
            if (closed) return;
            const auto mine = std::ranges::find(heads, origin, &Head::origin);
            ask(origin, mine == heads.end() ? 0 : mine->seq, now);
            return;
        }
        case Accepted::Stop::UnknownOrigin:
        case Accepted::Stop::UnknownEpoch: {
            held.insert(origin);
            drop();
            const auto mine = replica.realm().epoch() + 1;
            if (askedEpoch != mine) say(FrameType::Realm, encodeRealm(mine, {}));
            askedEpoch = mine;
            events.emplace_back(OpsRefused{origin, accepted.stop});
            return;
        }
        case Accepted::Stop::Revoked:
            held.insert(origin);
            drop();
            if (replica.realm().epoch() > peerEpoch) sendRealm(peerEpoch + 1);
            events.emplace_back(OpsRefused{origin, accepted.stop});
            return;
        case Accepted::Stop::Forked: {
            if (accepted.fork) {
                const auto fresh = replica.acceptForkProof(*accepted.fork);
                if (!fresh) return disk(fresh.error());
                needs.erase(origin);
                held.insert(origin);
                drop();
                sendForks();
                refresh(now, false);
                events.emplace_back(ForkFound{origin});
                return;
            }
            if (bundle.segment.firstSeq <= 1)
                return close(CloseReason::BadData, toHex(origin) + ": the log begins elsewhere");
            auto& need = needs[origin];
            need.step = need.step ? need.step * kStepGrowth : 1;
            const auto before = bundle.segment.firstSeq - 1;
            ask(origin, before > need.step ? before - need.step : 0, now);
            return;
        }
        case Accepted::Stop::Bad: {
            std::string text = toHex(origin) + " op " + std::to_string(bundle.segment.firstSeq);
            if (accepted.why) text += ": " + accepted.why->code + " " + accepted.why->detail;
            return close(CloseReason::BadData, text);
        }
    }
}

void Session::Impl::ask(const OriginId& origin, std::uint64_t after, Moment now) {
    auto& need = needs[origin];
    need.after = after;
    need.since = now.steady;
    if (++need.asked > kAskLimit) return close(CloseReason::Protocol, toHex(origin) + ": its answers never fit");
    const OriginSeq one{origin, after};
    say(FrameType::Need, encodeSeqs({&one, 1}));
}

void Session::Impl::askAgain(Moment now) {
    for (auto at = needs.begin(); at != needs.end();) {
        auto& [origin, need] = *at;
        if (now.steady - need.since < kNeedPatience) {
            ++at;
            continue;
        }
        // Somebody else may have brought it; what never comes is found by the digests.
        const auto mine = std::ranges::find(heads, origin, &Head::origin);
        const bool there = need.step == 0 && mine != heads.end() && mine->seq > need.after;
        if (there || ++need.late > 3) {
            at = needs.erase(at);
            continue;
        }
        need.since = now.steady;
        const OriginSeq one{origin, need.after};
        say(FrameType::Need, encodeSeqs({&one, 1}));
        ++at;
    }
}

void Session::Impl::askHeld(Moment now) {
    // The realm log has grown: what it did not know may be welcome now.
    for (const auto& origin : std::exchange(held, {})) {
        const auto mine = std::ranges::find(heads, origin, &Head::origin);
        const auto own = mine == heads.end() ? 0 : mine->seq;
        const auto at = streams.find(origin);
        if (at != streams.end() && at->second.have > own && own < limitOf(origin)) ask(origin, own, now);
    }
}

void Session::Impl::makeDurable(Moment now) {
    if (const auto done = replica.makeDurable(); !done) return disk(done.error());
    const bool waited = std::exchange(ackWaits, false);
    ackedAt = now.steady;
    refresh(now, false);
    if (waited) events.emplace_back(LogDurable{});
}

void Session::Impl::disk(const Error& error) {
    auto text = error.code;
    if (!error.detail.empty()) text += ": " + error.detail;
    close(CloseReason::OurDisk, text);
}

}  // namespace wl::sync
