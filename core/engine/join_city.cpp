// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/join_city.hpp"

#include <unistd.h>

#include "engine/sync_service.hpp"
#include "sync/join.hpp"

namespace wl::engine {
namespace {

const SystemClock kSystemClock;
SystemRng& systemRng() {
    static SystemRng rng;
    return rng;
}

// A replica that was made and never used gives way; any other stays.
Result<void> makeRoom(const std::filesystem::path& dir, const store::StoreOptions& options) {
    std::error_code error;
    if (!std::filesystem::exists(store::databasePath(dir), error)) return {};
    {
        WL_TRY(const auto store, store::Store::open(options));
        WL_TRY(const auto stats, store->stats());
        if (stats.ops > 0 || store->realmState().consoles().size() > 1)
            return fail(ErrorKind::Refused, "replica.exists", dir.string());
    }
    WL_CHECK(store::setAside(dir));
    for (const char* name : {"realm.key", "origin.key", "realm.log", "own.log", "sync.json"}) {
        const auto file = dir / name;
        if (std::filesystem::exists(file, error))
            std::filesystem::rename(file, dir / (std::string(name) + ".unused"), error);
        if (error) return fail(ErrorKind::World, "file.write", file.string(), error.message());
    }
    return {};
}

}  // namespace

std::string proposedConsoleName() {
    char name[256] = {};
    if (::gethostname(name, sizeof name - 1) != 0 || name[0] == '\0') return "console";
    return name;
}

Result<JoinedCity> joinCity(const JoinOptions& o) {
    const Clock& clock = o.clock ? *o.clock : kSystemClock;
    Rng& rng = o.rng ? *o.rng : systemRng();
    const store::StoreOptions store{o.dir, clock, rng};
    sync::JoinRequest request;
    WL_TRY(request.address, sync::readAddress(o.address));
    WL_TRY(request.code, sync::readPairingCode(o.code));
    request.name = o.name.empty() ? proposedConsoleName() : o.name;
    request.department = o.department;
    WL_CHECK(makeRoom(o.dir, store));

    // The realm, which makes part of an origin's id, is known only at the end.
    auto own = store::makeOriginSecrets({}, rng);
    KeySeed seed{};
    std::copy_n(own.tls.secretKey.begin(), seed.size(), seed.begin());
    JoinedCity joined;
    const auto make = [&](const sync::RealmWelcome& welcome) -> Result<void> {
        RealmState state(welcome.realm);
        for (const auto& entry : welcome.entries) WL_CHECK(state.apply(entry));
        own.origin = originOf(own.keys.publicKey, welcome.realm);
        WL_CHECK(store::Store::join(store, {welcome.realm, welcome.key, welcome.keyEpoch}, own, welcome.entries));
        SyncSettings settings;
        settings.on = true;
        settings.peers = {sync::toText(request.address)};
        WL_CHECK(writeSyncSettings(o.dir, settings));
        const auto* me = state.find(own.origin);
        joined = {welcome.realm, own.origin, state.name(), me ? me->card.name : request.name};
        return {};
    };
    const auto compare = [&](const std::string& digits) {
        if (o.compare) o.compare(digits);
    };
    WL_CHECK(sync::join(request, own.keys, seed, rng, compare, make, o.stop));
    return joined;
}

}  // namespace wl::engine
