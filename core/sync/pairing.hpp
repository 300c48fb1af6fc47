// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Pairing: how a new console comes into a realm with an 8-character code that one person reads to another. Two state
// machines, one for each side, that take messages and give messages; who carries them is not their business.
//
//   newcomer                                   administrator's console, which offers the code
//   1 [1, version, Ya]             ─────────►
//                                  ◄─────────  2 [2, Yb]
//   3 [3, tag]                     ─────────►                       a wrong tag is a try gone: [0, why, tries left]
//                                  ◄─────────  4 [4, tag]
//   5 [5, sealed card]             ─────────►                       a person compares six digits and confirms
//                                  ◄─────────  6 [6, sealed welcome]
//   7 [7]                          ─────────►                       the newcomer has its replica
//
// CPace is bound to the connection: session and channel are its keying material, the shares confirm both ends' keys.
// Whoever sits between two connections gets a wrong tag.

#include <optional>
#include <string>
#include <vector>

#include "domain/realm_log.hpp"
#include "sync/cpace.hpp"

namespace wl::sync {

inline constexpr Millis kPairingTime{5 * 60 * 1000};
inline constexpr int kPairingTries = 3;
inline constexpr std::size_t kPairingMessageLimit = 4 * 1024 * 1024;

/// 40 bits as eight characters of Crockford's base 32.
[[nodiscard]] std::string makePairingCode(Rng& rng);
/// As people write it: "7K2R-9QXM".
[[nodiscard]] std::string spokenCode(std::string_view code);
/// Takes blanks, dashes, small letters and O for 0, I and L for 1. Errors: pairing.code_form
[[nodiscard]] Result<std::string> readPairingCode(std::string_view text);

/// A code that was made for somebody: good for one console, three wrong tries, five minutes.
class PairingOffer {
public:
    PairingOffer(Rng& rng, Instant now) : m_code(makePairingCode(rng)), m_until(now + kPairingTime) {}

    /// Errors: pairing.used, pairing.spent, pairing.expired
    [[nodiscard]] Result<void> check(Instant now) const;
    void tried() { --m_tries; }
    void use() { m_used = true; }
    [[nodiscard]] const std::string& code() const { return m_code; }
    [[nodiscard]] Instant until() const { return m_until; }
    [[nodiscard]] int triesLeft() const { return m_tries; }

private:
    std::string m_code;
    Instant m_until;
    int m_tries{kPairingTries};
    bool m_used{};
};

/// The connection that a pairing runs over.
struct PairingLink {
    std::string keyingMaterial;  ///< 48 bytes: session (16), channel (32)
    PublicKey newcomerTls{}, offeringTls{};
};

/// Who wants in.
struct NewcomerCard {
    PublicKey key{};
    PublicKey tlsKey{};
    std::string name, department;
};

/// What a newcomer needs to be a member.
struct RealmWelcome {
    RealmId realm;
    SymmetricKey key{};  ///< the realm's key-encryption key
    std::uint32_t keyEpoch{};
    std::vector<RealmEntry> entries;  ///< the whole realm log, the newcomer's enrolment in it
};

/// "042 917", the same on both screens.
[[nodiscard]] std::string comparisonNumber(const Hash512& key, std::string_view card);

/// The side of the console that offers.
class OfferingSide {
public:
    OfferingSide(PairingOffer& offer, PairingLink link, Rng& rng);

    /// Takes a message and gives the answer to send (may be empty). After an error, send `refusal` and end.
    Result<std::string> receive(std::string_view message, Instant now);
    /// The message that lets the newcomer in; only once card() is there.
    [[nodiscard]] std::string welcome(const RealmWelcome& welcome);
    [[nodiscard]] std::string refusal(const Error& why) const;

    [[nodiscard]] const std::optional<NewcomerCard>& card() const { return m_card; }
    [[nodiscard]] const std::string& comparison() const { return m_comparison; }
    [[nodiscard]] bool isDone() const { return m_stage == Stage::Done; }

private:
    enum class Stage : std::uint8_t { Share, Tag, Card, Asked, Welcomed, Done, Failed };
    Result<std::string> step(std::string_view message, Instant now);

    PairingOffer& m_offer;
    PairingLink m_link;
    cpace::Party m_party;
    cpace::Outcome m_outcome;
    std::optional<NewcomerCard> m_card;
    std::string m_comparison;
    Stage m_stage{Stage::Share};
};

/// The side of the console that comes.
class NewcomerSide {
public:
    /// `keys` will sign its ops.
    NewcomerSide(std::string_view code, PairingLink link, KeyPair keys, std::string name, std::string department,
                 Rng& rng);

    [[nodiscard]] std::string begin() const;
    /// Takes a message and gives the answer to send. Errors: pairing.code_wrong (`detail`: tries left),
    /// pairing.refused, pairing.used, pairing.spent, pairing.expired, pairing.form, pairing.realm (the welcome does not
    /// hold together).
    Result<std::string> receive(std::string_view message);
    /// What to send once the replica is made.
    [[nodiscard]] static std::string done();

    [[nodiscard]] const std::string& comparison() const { return m_comparison; }
    [[nodiscard]] const std::optional<RealmWelcome>& welcome() const { return m_welcome; }

private:
    enum class Stage : std::uint8_t { Share, Tag, Welcome, Done, Failed };
    Result<std::string> step(std::string_view message);
    Result<void> checkWelcome(const RealmWelcome& welcome) const;

    PairingLink m_link;
    KeyPair m_keys;
    std::string m_name, m_department;
    cpace::Party m_party;
    cpace::Outcome m_outcome;
    std::string m_comparison;
    std::optional<RealmWelcome> m_welcome;
    Stage m_stage{Stage::Share};
};

}  // namespace wl::sync
