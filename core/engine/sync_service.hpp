// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The engine's connections to other consoles: switches them on and off, keeps the settings, lets newcomers in, revokes,
// and sums up for people what is known. The work is done on the engine's thread; all calls are safe from any thread.

#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "domain/crypto.hpp"
#include "engine/subscription.hpp"
#include "engine/sync_status.hpp"
#include "engine/sync_port.hpp"
#include "engine/worker.hpp"

namespace wl::engine {

class SyncService {
public:
    /// What the engine lends: all of it lives longer, and is used on the worker's thread alone.
    struct Ports {
        Worker& worker;
        store::Store& store;
        StoreReplica& replica;
        const Clock& clock;
        Rng& rng;
        std::filesystem::path dir;
    };
    explicit SyncService(Ports ports);
    /// On the worker's thread.
    ~SyncService();
    SyncService(const SyncService&) = delete;
    SyncService& operator=(const SyncService&) = delete;

    [[nodiscard]] SyncStatusPtr status() const;
    /// Called on the engine's thread when status() gives something else, at most ten times a second.
    [[nodiscard]] Subscription subscribe(std::function<void()> callback);

    /// Looks after ops that wait for their time; with `exchange`, does what the settings say.
    void begin(bool exchange);
    /// Keeps the settings and follows them. Errors: address.form, net.listen (the settings are kept), file.*
    Result<void> configure(const SyncSettings& settings);
    /// The same without keeping them, for a program that was told by its command line.
    Result<void> start(const SyncSettings& settings);
    [[nodiscard]] SyncSettings settings() const;

    /// A new pairing code; switches the exchange on if it was off. Errors: realm.not_writer, net.listen
    Result<OfferStatus> offerPairing();
    void endOffer();
    /// Lets the newcomer that asks in. Errors: pairing.nobody, those of the store
    Result<void> letIn(const std::string& name, const std::string& department, ConsoleRole role);
    void turnAway();
    /// Everything of the console up to what this one has stands; what comes later is void everywhere.
    /// Errors: realm.not_writer, realm.unknown_console, realm.revoke_self
    Result<void> revoke(const OriginId& console, const std::string& reason);
    Result<void> changeRole(const OriginId& console, ConsoleRole role, const std::string& department);

    /// Goes on under a new name after writing had to stop (SyncStatus::stopped); the realm's writer lets it in when the
    /// two meet. Errors: origin.writes (nothing stopped it), those of the store
    Result<void> goOnAsNew();

    /// What people have open at this console now.
    void setPresence(std::vector<PresenceEntry> items);

    // ---- for the engine, on its thread
    void committed();

    class Impl;

private:
    std::unique_ptr<Impl> m_impl;
};

/// Reads and writes sync.json. A file that is missing or not understood gives the settings of a lone console.
[[nodiscard]] SyncSettings readSyncSettings(const std::filesystem::path& dir);
[[nodiscard]] Result<void> writeSyncSettings(const std::filesystem::path& dir, const SyncSettings& settings);

/// What the replica in a folder knows of the city's consoles, read from its files: also while a console has it open.
[[nodiscard]] Result<SyncStatus> statusOf(const std::filesystem::path& dir);

}  // namespace wl::engine
