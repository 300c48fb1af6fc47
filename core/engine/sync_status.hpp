// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What people want to know about the other consoles, as one value that any thread may keep.

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "domain/exchange.hpp"
#include "domain/hlc.hpp"
#include "domain/realm_log.hpp"

namespace wl::engine {

/// How this console exchanges with others; kept in sync.json beside the replica.
struct SyncSettings {
    bool on{};                       ///< a lone console opens no port
    std::string listen{
        ":7311"};     ///< HOST:PORT, an empty host = every interface; empty = calls others and takes no calls
    std::vector<std::string> peers;  ///< HOST:PORT of consoles to call
    bool discover{true};             ///< look for colleagues on the local network
    bool operator==(const SyncSettings&) const = default;
};

/// Somebody has a case open at a console.
struct PresenceEntry {
    CaseId caseId;
    std::string agent;  ///< staff code
    bool typing{};
    OriginId console;
    std::string consoleName;
    bool operator==(const PresenceEntry&) const = default;
};

struct ConsoleStatus {
    OriginId origin;
    std::string name, department;
    ConsoleRole role{};
    bool self{}, writer{};       ///< this console; the one that lets others in
    bool revoked{};
    bool replaced{};             ///< it goes on under another name (revoked then, too)
    Instant enrolled, revokedAt;
    bool connected{};
    std::string address;
    Instant since;               ///< connected since
    Instant lastSeen;            ///< none = never met
    std::uint64_t lacks{};       ///< ops that we have and it has not durably, as far as we know
    std::uint64_t ahead{};       ///< ops that it has and we lack, while connected
    bool caughtUp{};             ///< connected, and neither lacks anything
    std::optional<Millis> skew;  ///< above zero: its clock is ahead of ours
    Millis roundTrip{};
    std::uint32_t snapshotDone{}, snapshotTotal{};
    std::vector<LogHead> holds;  ///< what it has durably, by origin
};

/// A code that was given out and waits.
struct OfferStatus {
    std::string code;  ///< as people write it
    Instant until;
    int triesLeft{};
    bool used{};
    /// A newcomer knew the code: to be let in or turned away.
    struct Asked {
        std::string name, department, comparison, address;
    };
    std::optional<Asked> asked;
    std::optional<Error> ended;  ///< the last attempt came to nothing
    bool done{};                 ///< the newcomer has its replica
};

/// A line for people who look after consoles.
struct SyncNotice {
    Instant at;
    std::string code, who, detail;
    bool bad{};
};

struct SyncStatus {
    bool on{};
    std::uint16_t port{};             ///< 0 = takes no calls
    std::optional<Error> trouble;     ///< listening or looking around failed
    std::vector<std::string> addresses;  ///< under which this machine is likely reached
    std::string city;
    OriginId self;
    bool isWriter{};                  ///< this console lets others in and revokes them
    std::vector<ConsoleStatus> consoles;  ///< all of the realm, this one first, revoked ones last
    std::uint64_t onlyHere{};         ///< ops that no other console has, as far as we know
    std::optional<OfferStatus> offer;
    std::vector<PresenceEntry> presence;  ///< at other consoles
    std::vector<SyncNotice> notices;  ///< newest first
    std::optional<Error>
        stopped;  ///< nothing more is written under this console's name, and why (store::writingStopped)
    bool waitsToBeLetIn{};         ///< it goes on under a new name that the realm's writer does not know yet
    std::optional<std::uint64_t> ownLogAhead;  ///< others know more of this console's own log than it does
    SyncSettings settings;

    /// Consoles of the realm that are not revoked, this one included.
    [[nodiscard]] std::size_t members() const;
    [[nodiscard]] std::size_t connected() const;
    /// Consoles, this one included, that have all of these ops.
    [[nodiscard]] std::size_t machinesWith(std::span<const Dot> dots) const;
    [[nodiscard]] const ConsoleStatus* find(const OriginId& origin) const;
};
using SyncStatusPtr = std::shared_ptr<const SyncStatus>;

}  // namespace wl::engine
