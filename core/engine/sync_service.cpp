// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sync_service.hpp"

#include <ifaddrs.h>
#include <netdb.h>
#include <unistd.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <deque>
#include <future>
#include <map>

#include "sync/peer_net.hpp"

namespace wl::engine {
namespace {

constexpr std::size_t kNoticesKept = 200;
constexpr int kUpkeepSegments = 20;        // checked in one go, about 10 ms
constexpr int kUpkeepCases = 100;          // folded anew in one go, about 10 ms
constexpr std::size_t kUpkeepWindows = 4;  // of 1,024 ops, merged in one go
constexpr Millis kUpkeepPause{100}, kUpkeepSoon{2'000}, kUpkeepRest{600'000};
constexpr std::chrono::milliseconds kRest(100);  // between two summaries

// The addresses a colleague could type: those of this machine's interfaces that reach further than itself.
std::vector<std::string> ownAddresses(std::uint16_t port) {
    std::vector<std::string> out;
    ifaddrs* all = nullptr;
    if (port == 0 || ::getifaddrs(&all) != 0) return out;
    for (const auto* one = all; one; one = one->ifa_next) {
        if (!one->ifa_addr || one->ifa_addr->sa_family != AF_INET) continue;
        char host[NI_MAXHOST];
        if (::getnameinfo(one->ifa_addr, sizeof(sockaddr_in), host, sizeof host, nullptr, 0, NI_NUMERICHOST) != 0)
            continue;
        if (std::string_view(host).starts_with("127.")) continue;
        out.push_back(sync::toText({host, port}));
    }
    ::freeifaddrs(all);
    return out;
}

// What the realm log and the heads say, without anybody's connection.
void fillConsoles(SyncStatus& out, const store::RealmView& view) {
    const auto& realm = view.state;
    out.self = view.self;
    out.city = realm.name();
    out.isWriter = realm.epoch() == 0 || realm.writer() == view.self;
    std::map<OriginId, std::uint64_t> elsewhere;  // the most that any other console has of each log
    for (const auto& [origin, console] : realm.consoles()) {
        ConsoleStatus c;
        c.origin = origin;
        c.name = console.card.name;
        c.department = console.card.department;
        c.role = console.card.role;
        c.self = origin == view.self;
        c.writer = origin == realm.writer();
        c.revoked = console.cutoff.has_value();
        c.replaced = console.cutoff == kReplacedCutoff;
        c.enrolled = realm.timeOf(console.enrolled);
        if (console.revoked > 0) c.revokedAt = realm.timeOf(console.revoked);
        if (const auto seen = std::ranges::find(view.peers, origin, &store::PeerRecord::origin);
            seen != view.peers.end()) {
            c.lastSeen = seen->lastSeen;
            c.holds = seen->heads;
        }
        if (!c.self && !c.revoked) {
            for (const auto& head : c.holds) elsewhere[head.origin] = std::max(elsewhere[head.origin], head.seq);
            for (const auto& head : view.heads) {
                const auto its = std::ranges::find(c.holds, head.origin, &LogHead::origin);
                const auto has = its == c.holds.end() ? 0 : its->seq;
                c.lacks += head.seq > has ? head.seq - has : 0;
            }
        }
        out.consoles.push_back(std::move(c));
    }
    // A city that nobody has founded yet; or this console under a new name, until the realm's writer knows it.
    if (!realm.find(view.self)) {
        ConsoleStatus c;
        c.origin = view.self;
        c.self = true;
        c.writer = realm.epoch() == 0;
        c.role = ConsoleRole::Administrator;
        char host[256]{};
        if (::gethostname(host, sizeof host - 1) == 0) c.name = host;
        if (const auto* was = realm.find(view.was))
            c.name = was->card.name, c.department = was->card.department, c.role = was->card.role;
        out.waitsToBeLetIn = realm.epoch() > 0;
        out.consoles.push_back(std::move(c));
    }
    out.stopped = view.stopped;
    std::ranges::stable_sort(out.consoles, {},
                             [](const ConsoleStatus& c) { return std::tuple(!c.self, c.revoked, c.name); });
    if (out.members() > 1)
        for (const auto& head : view.heads) out.onlyHere += head.seq - std::min(head.seq, elsewhere[head.origin]);
}

}  // namespace

Result<SyncStatus> statusOf(const std::filesystem::path& dir) {
    WL_TRY(const auto view, store::realmViewOf(dir));
    SyncStatus out;
    out.settings = readSyncSettings(dir);
    fillConsoles(out, view);
    return out;
}

class SyncService::Impl {
public:
    explicit Impl(Ports ports)
        : m(std::move(ports)), rest(m.worker.context()), parked(m.worker.context()), upkeep(m.worker.context()) {
        known.settings = readSyncSettings(m.dir);
        summarise();
    }

    /// Runs on the engine's thread and waits for it.
    template <class F>
    auto here(F work) const -> decltype(work()) {
        if (m.worker.isThisThread()) return work();
        std::promise<decltype(work())> promise;
        auto answer = promise.get_future();
        m.worker.post([&] {
            if constexpr (std::is_void_v<decltype(work())>) {
                work();
                promise.set_value();
            } else {
                promise.set_value(work());
            }
        });
        return answer.get();
    }

    Result<void> follow(const SyncSettings& settings);
    void stop();
    void unpark();
    void keepUp(Millis wait);
    void hear(const sync::Event& event);
    void letGoOn(const sync::SuccessorAsks& asks);
    void note(const sync::Notice& notice);
    Result<void> checkWriter() const;
    void touch();
    void waitToTell(std::chrono::milliseconds time);
    void summarise();
    void showOffer();

    Ports m;
    SyncStatus known;  ///< what does not come from elsewhere: settings, trouble, offer, notices
    std::unique_ptr<sync::PeerNet> net;
    SyncSettings followed;
    std::optional<sync::PairingAsked> asked;
    std::deque<SyncNotice> notices;
    std::vector<sync::PresenceItem> presence;

    boost::asio::steady_timer rest, parked, upkeep;
    bool resting{}, stale{};
    std::shared_ptr<bool> alive = std::make_shared<bool>(true);

    mutable std::mutex mutex;  ///< guards the next two
    SyncStatusPtr summary = std::make_shared<const SyncStatus>();
    std::map<std::uint64_t, std::function<void()>> subscribers;
    std::uint64_t nextSubscriber{};
};

Result<void> SyncService::Impl::follow(const SyncSettings& settings) {
    std::vector<sync::Address> peers;
    for (const auto& text : settings.peers) {
        WL_TRY(auto address, sync::readAddress(text));
        peers.push_back(std::move(address));
    }
    std::optional<sync::Address> listen;
    if (!settings.listen.empty()) { WL_TRY(listen, sync::readAddress(settings.listen)); }
    known.settings = settings;
    if (!settings.on) {
        stop();
        summarise();
        return {};
    }
    if (net && (followed.listen != settings.listen || followed.discover != settings.discover)) stop();
    known.on = true;
    Result<void> done;
    // Not before: a city founded while it is empty has no name.
    WL_CHECK(m.store.foundRealm());
    if (!net) {
        KeySeed seed{};
        const auto& secret = m.store.ownSecrets().tls.secretKey;
        std::copy_n(secret.begin(), seed.size(), seed.begin());
        WL_TRY(auto identity, sync::TlsIdentity::make(seed));
        sync::PeerNetHooks hooks;
        hooks.event = [this](const sync::Event& event, const OriginId&) { hear(event); };
        hooks.changed = [this] { touch(); };
        hooks.notice = [this](const sync::Notice& notice) { note(notice); };
        hooks.asked = [this](const sync::PairingAsked& who) {
            asked = who;
            showOffer();
        };
        hooks.paired = [this](const Result<void>& ended) {
            asked.reset();
            if (known.offer) {
                known.offer->done = ended.has_value();
                known.offer->ended = ended ? std::nullopt : std::optional(ended.error());
            }
            showOffer();
        };
        net = std::make_unique<sync::PeerNet>(m.worker.context(), m.replica, std::move(identity), m.clock, m.rng,
                                              std::move(hooks));
        net->setPresence(presence);
        known.trouble.reset();
        if (listen) {
            if (auto port = net->listen(*listen); !port) {
                known.trouble = port.error();
                done = std::unexpected(port.error());
            }
        }
        if (settings.discover) {
            // No local network is no reason not to work with the consoles that were named.
            if (auto looking = net->discover(m.store.realmSecrets().kek); !looking)
                spdlog::warn("sync: {} {}", looking.error().code, looking.error().detail);
        }
    }
    followed = settings;
    net->connectTo(std::move(peers));
    summarise();
    return done;
}

void SyncService::Impl::stop() {
    net.reset();
    asked.reset();
    known.on = false;
    known.offer.reset();
    known.trouble.reset();
}

// Ops that are dated too far ahead count once their time is near.
void SyncService::Impl::unpark() {
    const auto next = m.replica.unpark(m.clock.now());
    if (!next) spdlog::warn("sync: {} {}", next.error().code, next.error().detail);
    if (!next || !*next) return;
    parked.expires_after(std::max(Millis(1000), *next - m.clock.now()));
    parked.async_wait([this, here_ = std::weak_ptr(alive)](const boost::system::error_code& stopped) {
        if (!stopped && !here_.expired()) unpark();
    });
}

// What a copy of another console brought is checked to its last signature, then old small segments become one; a little
// at a time, so that edits go between.
void SyncService::Impl::keepUp(Millis wait) {
    upkeep.expires_after(wait);
    upkeep.async_wait([this, here_ = std::weak_ptr(alive)](const boost::system::error_code& stopped) {
        if (stopped || here_.expired()) return;
        const auto unchecked = m.store.checkSnapshot(kUpkeepSegments);
        if (!unchecked) return note({m.clock.now(), unchecked.error().code, {}, unchecked.error().detail, true});
        if (*unchecked > 0) return keepUp(kUpkeepPause);
        const auto unfolded = m.store.checkState(kUpkeepCases);
        if (!unfolded) return note({m.clock.now(), unfolded.error().code, {}, unfolded.error().detail, true});
        if (*unfolded > 0) return keepUp(kUpkeepPause);
        const auto merged = m.store.mergeSegments(kUpkeepWindows);
        if (!merged) spdlog::warn("sync: {} {}", merged.error().code, merged.error().detail);
        keepUp(merged && *merged > 0 ? kUpkeepPause : kUpkeepRest);
    });
}

void SyncService::Impl::hear(const sync::Event& event) {
    if (const auto* grew = std::get_if<sync::LogGrew>(&event); grew && grew->accepted.parked > 0) unpark();
    if (const auto* copy = std::get_if<sync::SnapshotProgress>(&event); copy && copy->installed) keepUp(kUpkeepPause);
    if (const auto* ahead = std::get_if<sync::OwnLogAhead>(&event)) {
        known.ownLogAhead = ahead->seq;
        if (auto done = m.store.stopWriting(); !done)
            spdlog::warn("sync: {} {}", done.error().code, done.error().detail);
        note({m.clock.now(), "origin.behind", {}, std::to_string(ahead->seq), true});
    }
    if (std::holds_alternative<sync::ProgressMade>(event)) touch();
    if (const auto* asks = std::get_if<sync::SuccessorAsks>(&event)) letGoOn(*asks);
    if (const auto* fork = std::get_if<sync::ForkFound>(&event)) {
        const auto* who = m.replica.realm().find(fork->origin);
        note({m.clock.now(), "origin.forked", who ? who->card.name : toHex(fork->origin), {}, true});
    }
}

// It showed by its certificate which console it was, and that one was never shut out: the same person's machine goes
// on.
void SyncService::Impl::letGoOn(const sync::SuccessorAsks& asks) {
    const auto& realm = m.replica.realm();
    const auto* was = realm.find(asks.succession.was);
    if (realm.writer() != m.store.origin() || !was || (was->cutoff && *was->cutoff != kReplacedCutoff)) return;
    const auto card = was->card;
    const bool replaced = was->cutoff.has_value();
    auto done = m.replica.appendRealm(
        ConsoleEnrolled{{asks.origin, asks.succession.key, card.tlsKey, card.name, card.department, card.role}});
    if (done && !replaced)
        done = m.replica.appendRealm(ConsoleRevoked{asks.succession.was, kReplacedCutoff,
                                                    "goes on as " + toHex(asks.origin)});
    if (!done) return note({m.clock.now(), done.error().code, card.name, done.error().detail, true});
    note({m.clock.now(), "origin.goes_on", card.name, {}, false});
    // Not from within the session that asked.
    m.worker.post([this, here_ = std::weak_ptr(alive)] {
        if (!here_.expired() && net) net->realmChanged();
    });
}

void SyncService::Impl::note(const sync::Notice& notice) {
    if (notice.bad) spdlog::warn("sync: {} {} {}", notice.code, notice.who, notice.detail);
    else spdlog::info("sync: {} {} {}", notice.code, notice.who, notice.detail);
    notices.push_front({notice.at, notice.code, notice.who, notice.detail, notice.bad});
    if (notices.size() > kNoticesKept) notices.pop_back();
    touch();
}

Result<void> SyncService::Impl::checkWriter() const {
    const auto& realm = m.replica.realm();
    if (realm.epoch() > 0 && realm.writer() != m.store.origin()) {
        const auto* writer = realm.find(realm.writer());
        return fail(ErrorKind::Refused, "realm.not_writer", "console", writer ? writer->card.name : std::string());
    }
    return {};
}

void SyncService::Impl::showOffer() {
    if (known.offer) {
        const auto* offer = net ? net->offer() : nullptr;
        if (offer) {
            known.offer->triesLeft = offer->triesLeft();
            known.offer->used = !offer->check(m.clock.now());
        }
        known.offer->asked.reset();
        if (asked) known.offer->asked = {asked->card.name, asked->card.department, asked->comparison, asked->address};
    }
    touch();
}

// At once if the last summary is a while ago, otherwise a little later, for all that happens until then.
void SyncService::Impl::touch() {
    stale = true;
    if (!resting) waitToTell(std::chrono::milliseconds(0));
}

void SyncService::Impl::waitToTell(std::chrono::milliseconds time) {
    resting = true;
    rest.expires_after(time);
    rest.async_wait([this, here_ = std::weak_ptr(alive)](const boost::system::error_code& stopped) {
        if (stopped || here_.expired()) return;
        resting = false;
        if (!std::exchange(stale, false)) return;
        summarise();
        waitToTell(kRest);
    });
}

void SyncService::Impl::summarise() {
    auto next = std::make_shared<SyncStatus>(known);
    next->port = net ? net->port() : std::uint16_t{0};
    next->addresses = ownAddresses(next->port);
    next->notices.assign(notices.begin(), notices.end());
    if (next->offer && net && net->offer()) next->offer->triesLeft = net->offer()->triesLeft();

    fillConsoles(*next, {m.replica.realm(), m.store.origin(), m.store.peers(), m.store.heads(),
                         m.store.writingStopped(), m.store.ownSecrets().was});
    for (const auto& link : net ? net->status() : std::vector<sync::PeerStatus>()) {
        const auto at = std::ranges::find(next->consoles, link.origin, &ConsoleStatus::origin);
        if (at == next->consoles.end()) continue;
        auto& c = *at;
        c.connected = true;
        c.address = link.address;
        c.since = link.since;
        c.lastSeen = m.clock.now();
        c.ahead = link.toReceive;
        c.lacks = link.toSend;
        c.caughtUp = link.caughtUp;
        c.skew = link.skew;
        c.roundTrip = link.roundTrip;
        c.snapshotDone = link.snapshotDone;
        c.snapshotTotal = link.snapshotTotal;
        for (const auto& item : link.presence)
            next->presence.push_back({item.entity, item.agent, item.doing == sync::PresenceItem::Doing::Editing,
                                      c.origin, c.name});
    }

    std::vector<std::function<void()>> tell;
    {
        const std::lock_guard lock(mutex);
        summary = std::move(next);
        for (const auto& [id, callback] : subscribers) tell.push_back(callback);
    }
    for (const auto& callback : tell) callback();
}

// ---- the outside
// -----------------------------------------------------------------------------------------------------

SyncService::SyncService(Ports ports) : m_impl(std::make_unique<Impl>(std::move(ports))) {}
SyncService::~SyncService() = default;

SyncStatusPtr SyncService::status() const {
    const std::lock_guard lock(m_impl->mutex);
    return m_impl->summary;
}

Subscription SyncService::subscribe(std::function<void()> callback) {
    const std::lock_guard lock(m_impl->mutex);
    const auto id = ++m_impl->nextSubscriber;
    m_impl->subscribers[id] = std::move(callback);
    return Subscription([impl = m_impl.get(), id] {
        const std::lock_guard held(impl->mutex);
        impl->subscribers.erase(id);
    });
}

void SyncService::begin(bool exchange) {
    m_impl->here([impl = m_impl.get(), exchange] {
        impl->unpark();
        impl->keepUp(kUpkeepSoon);
        if (!exchange || !impl->known.settings.on) return;
        if (auto done = impl->follow(impl->known.settings); !done)
            spdlog::warn("sync: {} {} {}", done.error().code, done.error().field, done.error().detail);
    });
}

Result<void> SyncService::configure(const SyncSettings& settings) {
    return m_impl->here([impl = m_impl.get(), &settings]() -> Result<void> {
        auto done = impl->follow(settings);
        if (!done && done.error().code == "address.form") return done;
        WL_CHECK(writeSyncSettings(impl->m.dir, settings));
        return done;
    });
}

Result<void> SyncService::start(const SyncSettings& settings) {
    return m_impl->here([impl = m_impl.get(), &settings] { return impl->follow(settings); });
}

SyncSettings SyncService::settings() const {
    return m_impl->here([impl = m_impl.get()] { return impl->known.settings; });
}

Result<OfferStatus> SyncService::offerPairing() {
    return m_impl->here([impl = m_impl.get()]() -> Result<OfferStatus> {
        WL_CHECK(impl->checkWriter());
        if (!impl->net || impl->net->port() == 0) {
            auto settings = impl->known.settings;
            settings.on = true;
            if (settings.listen.empty()) settings.listen = SyncSettings{}.listen;
            impl->stop();
            WL_CHECK(impl->follow(settings));
        }
        const auto& offer = impl->net->offerPairing();
        impl->asked.reset();
        impl->known.offer =
            OfferStatus{sync::spokenCode(offer.code()), offer.until(), offer.triesLeft(), false, {}, {}, false};
        impl->summarise();
        return *impl->known.offer;
    });
}

void SyncService::endOffer() {
    m_impl->here([impl = m_impl.get()] {
        if (impl->net) impl->net->endOffer();
        impl->asked.reset();
        impl->known.offer.reset();
        impl->summarise();
    });
}

Result<void> SyncService::letIn(const std::string& name, const std::string& department, ConsoleRole role) {
    return m_impl->here([&, impl = m_impl.get()]() -> Result<void> {
        if (!impl->asked || !impl->net) return fail(ErrorKind::Refused, "pairing.nobody");
        WL_CHECK(impl->checkWriter());
        const auto& card = impl->asked->card;
        const auto origin = originOf(card.key, impl->m.store.realm());
        WL_CHECK(impl->m.replica.appendRealm(ConsoleEnrolled{{origin, card.key, card.tlsKey, name, department, role}}));
        const auto& secrets = impl->m.store.realmSecrets();
        impl->net->letIn({secrets.realm, secrets.kek, secrets.epoch, impl->m.store.realmEntries(1)});
        impl->net->realmChanged();
        impl->touch();
        // From now on there is somebody to exchange with, whenever this console is opened.
        auto kept = readSyncSettings(impl->m.dir);
        if (kept.on) return {};
        kept = impl->known.settings;
        kept.on = true;
        return writeSyncSettings(impl->m.dir, kept);
    });
}

void SyncService::turnAway() {
    m_impl->here([impl = m_impl.get()] {
        if (impl->net) impl->net->turnAway();
    });
}

Result<void> SyncService::revoke(const OriginId& console, const std::string& reason) {
    return m_impl->here([&, impl = m_impl.get()]() -> Result<void> {
        WL_CHECK(impl->checkWriter());
        if (console == impl->m.store.origin()) return fail(ErrorKind::Refused, "realm.revoke_self");
        const auto* known = impl->m.replica.realm().find(console);
        if (!known || known->cutoff)
            return fail(ErrorKind::NotFound, "realm.unknown_console", "console", toHex(console));
        const auto heads = impl->m.store.heads();
        const auto head = std::ranges::find(heads, console, &LogHead::origin);
        WL_CHECK(impl->m.replica.appendRealm(ConsoleRevoked{console, head == heads.end() ? 0 : head->seq, reason}));
        if (impl->net) impl->net->realmChanged();
        impl->touch();
        return {};
    });
}

Result<void> SyncService::changeRole(const OriginId& console, ConsoleRole role, const std::string& department) {
    return m_impl->here([&, impl = m_impl.get()]() -> Result<void> {
        WL_CHECK(impl->checkWriter());
        WL_CHECK(impl->m.replica.appendRealm(RoleChanged{console, role, department}));
        if (impl->net) impl->net->realmChanged();
        impl->touch();
        return {};
    });
}

Result<void> SyncService::goOnAsNew() {
    return m_impl->here([impl = m_impl.get()]() -> Result<void> {
        if (!impl->m.store.writingStopped()) return fail(ErrorKind::Refused, "origin.writes");
        // What was agreed with others was agreed under the old name.
        const auto settings = impl->known.settings;
        const bool on = impl->known.on;
        impl->stop();
        WL_CHECK(impl->m.store.mintOrigin());
        impl->known.ownLogAhead.reset();
        impl->note({impl->m.clock.now(), "origin.minted", {}, toHex(impl->m.store.origin()), false});
        auto done = on ? impl->follow(settings) : Result<void>{};
        impl->summarise();
        return done;
    });
}

void SyncService::setPresence(std::vector<PresenceEntry> items) {
    std::vector<sync::PresenceItem> out;
    for (auto& item : items) {
        if (out.size() == sync::kPresenceLimit) break;
        const auto doing = item.typing ? sync::PresenceItem::Doing::Editing : sync::PresenceItem::Doing::Viewing;
        out.push_back({item.caseId, std::move(item.agent), doing});
    }
    m_impl->m.worker.post([impl = m_impl.get(), out = std::move(out)]() mutable {
        impl->presence = out;
        if (impl->net) impl->net->setPresence(std::move(out));
    });
}

void SyncService::committed() {
    if (m_impl->net) m_impl->net->committed();
    m_impl->touch();
}

}  // namespace wl::engine
