// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Who belongs to a realm and what each console may do: one linear log with one writer at a time. An entry's number is
// the realm's *epoch*; every op cites the epoch its author knew. ARCHITECTURE "The realm" has the byte layout.
//
//   entry     CBOR map  0 kind · 1 epoch · 2 hlc · 3 hash of the entry before · 4 writer · 5… what the kind needs
//   hash      H("realm" ‖ entry), of nothing for epoch 1: H("realm" ‖ realm id)
//   signature ed25519 of the writer over "rlm" ‖ realm ‖ entry

#include <map>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "domain/chain.hpp"

namespace wl {

/// What ops of a console may do; each role may do what those before it may.
enum class ConsoleRole : std::uint8_t {
    Reader = 0,         ///< a wall or an archive: authors nothing
    Agent = 1,          ///< cases, persons, interactions
    Administrator = 2,  ///< the catalogue too
};

/// What is known of one console.
struct ConsoleCard {
    OriginId origin;
    PublicKey key{};     ///< signs its ops
    PublicKey tlsKey{};  ///< ed25519 key of its certificate
    std::string name;    ///< "Desk 4"
    std::string department;  ///< what an agent's console works for; empty = the whole city
    ConsoleRole role{};
    bool operator==(const ConsoleCard&) const = default;
};

struct RealmFounded {
    ConsoleCard founder;  ///< the first writer
    std::string name;     ///< of the city
};
struct ConsoleEnrolled {
    ConsoleCard card;
};
/// The cutoff of a console that goes on under another name: all that it wrote stands.
inline constexpr std::uint64_t kReplacedCutoff = std::uint64_t{1} << 62;

/// Everything of the origin up to and with `cutoff` stands, everything after it is void, whenever it arrives.
struct ConsoleRevoked {
    OriginId origin;
    std::uint64_t cutoff{};
    std::string reason;
};
struct RoleChanged {
    OriginId origin;
    ConsoleRole role{};
    std::string department;
};
/// The next entries are written by this console.
struct WriterNamed {
    OriginId origin;
};
/// Of two branches of a forked origin the one with this head at this number goes on.
struct BranchChosen {
    OriginId origin;
    std::uint64_t seq{};
    Hash head{};
};
/// Ops after a cutoff that count after all.
struct OpsReinstated {
    OriginId origin;
    std::vector<std::uint64_t> seqs;  ///< ascending
};

using RealmBody =
    std::variant<RealmFounded, ConsoleEnrolled, ConsoleRevoked, RoleChanged, WriterNamed, BranchChosen, OpsReinstated>;

struct RealmEntry {
    std::string bytes;
    Signature signature{};
    bool operator==(const RealmEntry&) const = default;
};

/// The realm log folded: pure data, the same on every replica that has the same epoch.
class RealmState {
public:
    explicit RealmState(const RealmId& realm);

    struct Console {
        ConsoleCard card;              ///< as of now
        std::uint32_t enrolled{};      ///< epoch
        std::optional<std::uint64_t> cutoff;
        std::uint32_t revoked{};       ///< epoch, 0 = not
        std::vector<std::uint64_t> reinstated;
        struct May {
            std::uint32_t since{};  ///< epoch
            ConsoleRole role{};
            std::string department;
            bool operator==(const May&) const = default;
        };
        std::vector<May> roles;        ///< what it may do, since when
        std::optional<std::pair<std::uint64_t, Hash>> branch;      ///< the surviving branch after a fork
    };

    /// Checks writer, signature, chain and sense of the next entry. Errors: realm.chain, realm.signature, realm.writer,
    /// realm.form, realm.unknown_console, realm.founded; the state is unchanged then. A kind of a newer version counts
    /// as an entry without effect.
    Result<void> apply(const RealmEntry& entry);

    [[nodiscard]] const RealmId& realm() const { return m_realm; }
    [[nodiscard]] std::uint32_t epoch() const { return m_epoch; }  ///< 0 = nobody has founded it yet
    [[nodiscard]] const Hash& head() const { return m_head; }
    [[nodiscard]] const OriginId& writer() const { return m_writer; }
    [[nodiscard]] const std::string& name() const { return m_name; }
    [[nodiscard]] const std::map<OriginId, Console>& consoles() const { return m_consoles; }
    [[nodiscard]] const Console* find(const OriginId& origin) const;
    [[nodiscard]] const Console* findByTlsKey(
        const PublicKey& key) const;  ///< the latest that is not revoked, else a revoked one
    /// Nothing if the console was not enrolled by then.
    [[nodiscard]] std::optional<ConsoleRole> roleAt(const OriginId& origin, std::uint32_t epoch) const;
    /// The department an agent's console worked for at an epoch; empty if that is the whole city.
    [[nodiscard]] std::string_view scopeAt(const OriginId& origin, std::uint32_t epoch) const;
    /// When the entry of an epoch was written (its hlc's wall time).
    [[nodiscard]] Instant timeOf(std::uint32_t epoch) const;

private:
    RealmId m_realm;
    std::uint32_t m_epoch{};
    Hash m_head{};
    OriginId m_writer;
    std::string m_name;
    std::map<OriginId, Console> m_consoles;
    std::vector<Hlc> m_hlcs;  ///< of each epoch, from 1
};

/// The next entry of a log in state `before`, signed by its writer.
[[nodiscard]] RealmEntry makeRealmEntry(const RealmState& before, const RealmBody& body, const KeyPair& writer,
                                        const OriginId& origin, Hlc hlc);
/// What an entry says; nothing for a kind of a newer version.
[[nodiscard]] Result<std::optional<RealmBody>> readRealmEntry(const RealmEntry& entry);

}  // namespace wl
