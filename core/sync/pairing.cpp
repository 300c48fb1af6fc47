// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/pairing.hpp"

#include <algorithm>
#include <array>
#include <format>

#include "domain/cbor.hpp"

namespace wl::sync {
namespace {

constexpr std::string_view kLetters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::uint64_t kVersion = 1;
constexpr std::size_t kNameLimit = 80;

enum Message : std::uint64_t {
    kRefused = 0,
    kShareA = 1,
    kShareB = 2,
    kTagA = 3,
    kTagB = 4,
    kCard = 5,
    kWelcome = 6,
    kDone = 7
};

std::string session(const PairingLink& link) { return link.keyingMaterial.substr(0, 16); }
std::string channel(const PairingLink& link) { return link.keyingMaterial.substr(16); }

template <class Write>
std::string message(Message kind, std::uint64_t items, Write write) {
    std::string out;
    cbor::Writer w(out);
    w.array(1 + items);
    w.uint(kind);
    write(w);
    return out;
}
std::string message(Message kind) {
    return message(kind, 0, [](cbor::Writer&) {});
}
std::string message(Message kind, std::string_view bytes) {
    return message(kind, 1, [&](cbor::Writer& w) { w.bytes(bytes); });
}

template <std::size_t N>
Result<std::array<std::uint8_t, N>> fixedBytes(cbor::Reader& in) {
    WL_TRY(const auto bytes, in.bytes());
    if (bytes.size() != N) return fail(ErrorKind::Input, "pairing.form");
    return arrayFromBytes<std::array<std::uint8_t, N>>(bytes);
}

// The head of a message that must be of one kind; a refusal becomes the error it names.
Result<void> expect(cbor::Reader& in, Message kind, std::uint64_t items) {
    WL_TRY(const auto count, in.array());
    WL_TRY(const auto found, in.uint());
    if (found == kRefused && count == 3) {
        WL_TRY(const auto code, in.text());
        WL_TRY(const auto tries, in.uint());
        // The code is the other's word: only ours are passed on.
        static constexpr std::array known{"pairing.code_wrong", "pairing.used", "pairing.spent", "pairing.expired"};
        const bool ours = std::ranges::find(known, code) != known.end();
        return fail(ErrorKind::Refused, ours ? std::string(code) : "pairing.refused", {}, std::to_string(tries));
    }
    if (found != kind || count != 1 + items) return fail(ErrorKind::Input, "pairing.form");
    return {};
}

// One key a pairing, one nonce a direction.
std::string sealed(const cpace::Outcome& outcome, Message kind, std::string_view plain) {
    const auto key =
        arrayFromBytes<SymmetricKey>(view(sha512({"wardline pairing seal", view(outcome.key)})).substr(0, 32));
    Nonce nonce{};
    nonce[0] = static_cast<std::uint8_t>(kind);
    return seal(key, nonce, plain, {});
}
Result<std::string> unsealed(const cpace::Outcome& outcome, Message kind, std::string_view bytes) {
    const auto key =
        arrayFromBytes<SymmetricKey>(view(sha512({"wardline pairing seal", view(outcome.key)})).substr(0, 32));
    Nonce nonce{};
    nonce[0] = static_cast<std::uint8_t>(kind);
    return open(key, nonce, bytes, {});
}

std::string possession(const PairingLink& link) { return "pair" + link.keyingMaterial; }

bool isName(std::string_view text) {
    return text.size() <= kNameLimit &&
           std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

std::string encodeWelcome(const RealmWelcome& welcome) {
    std::string out;
    cbor::Writer w(out);
    w.array(4);
    w.bytes(view(welcome.realm));
    w.bytes(view(welcome.key));
    w.uint(welcome.keyEpoch);
    w.array(welcome.entries.size());
    for (const auto& entry : welcome.entries) {
        w.array(2);
        w.bytes(entry.bytes);
        w.bytes(view(entry.signature));
    }
    return out;
}

Result<RealmWelcome> decodeWelcome(std::string_view bytes) {
    cbor::Reader in(bytes);
    WL_TRY(const auto parts, in.array());
    if (parts != 4) return fail(ErrorKind::Input, "pairing.form");
    RealmWelcome out;
    WL_TRY(out.realm.bytes, fixedBytes<16>(in));
    WL_TRY(out.key, fixedBytes<32>(in));
    WL_TRY(const auto epoch, in.uint());
    if (epoch > 0xffffffffU) return fail(ErrorKind::Input, "pairing.form");
    out.keyEpoch = static_cast<std::uint32_t>(epoch);
    WL_TRY(const auto count, in.array());
    for (std::uint64_t i = 0; i < count; ++i) {
        WL_TRY(const auto pair, in.array());
        if (pair != 2) return fail(ErrorKind::Input, "pairing.form");
        RealmEntry entry;
        WL_TRY(const auto entryBytes, in.bytes());
        entry.bytes = entryBytes;
        WL_TRY(entry.signature, fixedBytes<64>(in));
        out.entries.push_back(std::move(entry));
    }
    if (!in.atEnd()) return fail(ErrorKind::Input, "pairing.form");
    return out;
}

}  // namespace

std::string makePairingCode(Rng& rng) {
    const auto bytes = randomBytes<std::array<std::uint8_t, 8>>(rng);
    std::string out;
    for (const auto byte : bytes) out.push_back(kLetters[byte % kLetters.size()]);
    return out;
}

std::string spokenCode(std::string_view code) {
    return std::string(code.substr(0, 4)) + "-" + std::string(code.substr(4));
}

Result<std::string> readPairingCode(std::string_view text) {
    std::string out;
    for (char c : text) {
        if (c == ' ' || c == '-') continue;
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        if (c == 'O') c = '0';
        if (c == 'I' || c == 'L') c = '1';
        if (kLetters.find(c) == std::string_view::npos)
            return fail(ErrorKind::Input, "pairing.code_form", "code", std::string(text));
        out.push_back(c);
    }
    if (out.size() != 8) return fail(ErrorKind::Input, "pairing.code_form", "code", std::string(text));
    return out;
}

Result<void> PairingOffer::check(Instant now) const {
    if (m_used) return fail(ErrorKind::Refused, "pairing.used");
    if (m_tries <= 0) return fail(ErrorKind::Refused, "pairing.spent");
    if (now > m_until) return fail(ErrorKind::Refused, "pairing.expired");
    return {};
}

std::string comparisonNumber(const Hash512& key, std::string_view card) {
    const auto digest = sha512({"wardline pairing compare", view(key), card});
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < 8; ++i) number = (number << 8) | digest[i];
    number %= 1'000'000;
    return std::format("{:03} {:03}", number / 1000, number % 1000);
}

// ---- the console that offers
// -----------------------------------------------------------------------------------------

OfferingSide::OfferingSide(PairingOffer& offer, PairingLink link, Rng& rng)
    : m_offer(offer), m_link(std::move(link)),
      m_party(offer.code(), channel(m_link), session(m_link), std::string(view(m_link.offeringTls)), rng) {}

Result<std::string> OfferingSide::receive(std::string_view bytes, Instant now) {
    auto answer = step(bytes, now);
    if (!answer) m_stage = Stage::Failed;
    return answer;
}

Result<std::string> OfferingSide::step(std::string_view bytes, Instant now) {
    cbor::Reader in(bytes);
    if (m_stage == Stage::Share || m_stage == Stage::Tag) WL_CHECK(m_offer.check(now));
    switch (m_stage) {
        case Stage::Share: {
            WL_CHECK(expect(in, kShareA, 2));
            WL_TRY(const auto version, in.uint());
            if (version != kVersion) return fail(ErrorKind::Refused, "pairing.version");
            cpace::Share theirs;
            WL_TRY(theirs.element, fixedBytes<32>(in));
            theirs.data = view(m_link.newcomerTls);
            WL_TRY(m_outcome, m_party.finish(theirs, false));
            m_stage = Stage::Tag;
            return message(kShareB, view(m_party.share().element));
        }
        case Stage::Tag: {
            WL_CHECK(expect(in, kTagA, 1));
            WL_TRY(const auto tag, fixedBytes<64>(in));
            if (!sameBytes(view(tag), view(m_outcome.theirs))) {
                m_offer.tried();
                return fail(ErrorKind::Refused, "pairing.code_wrong", {}, std::to_string(m_offer.triesLeft()));
            }
            m_offer.use();
            m_stage = Stage::Card;
            return message(kTagB, view(m_outcome.mine));
        }
        case Stage::Card: {
            WL_CHECK(expect(in, kCard, 1));
            WL_TRY(const auto box, in.bytes());
            WL_TRY(const auto plain, unsealed(m_outcome, kCard, box));
            cbor::Reader card(plain);
            WL_TRY(const auto parts, card.array());
            if (parts != 4) return fail(ErrorKind::Input, "pairing.form");
            NewcomerCard who;
            who.tlsKey = m_link.newcomerTls;
            WL_TRY(who.key, fixedBytes<32>(card));
            WL_TRY(const auto proof, fixedBytes<64>(card));
            WL_TRY(const auto name, card.text());
            WL_TRY(const auto department, card.text());
            if (!isName(name) || !isName(department) || !verify(who.key, possession(m_link), proof))
                return fail(ErrorKind::Input, "pairing.form");
            who.name = name;
            who.department = department;
            m_card = std::move(who);
            m_comparison = comparisonNumber(m_outcome.key, plain);
            m_stage = Stage::Asked;
            return std::string();
        }
        case Stage::Welcomed:
            WL_CHECK(expect(in, kDone, 0));
            m_stage = Stage::Done;
            return std::string();
        case Stage::Asked:
        case Stage::Done:
        case Stage::Failed: break;
    }
    return fail(ErrorKind::Input, "pairing.form");
}

std::string OfferingSide::welcome(const RealmWelcome& welcome) {
    m_stage = Stage::Welcomed;
    return message(kWelcome, sealed(m_outcome, kWelcome, encodeWelcome(welcome)));
}

std::string OfferingSide::refusal(const Error& why) const {
    return message(kRefused, 2, [&](cbor::Writer& w) {
        w.text(why.code);
        w.uint(static_cast<std::uint64_t>(std::max(0, m_offer.triesLeft())));
    });
}

// ---- the console that comes
// ------------------------------------------------------------------------------------------

NewcomerSide::NewcomerSide(std::string_view code, PairingLink link, KeyPair keys, std::string name,
                           std::string department, Rng& rng)
    : m_link(std::move(link)), m_keys(keys), m_name(std::move(name)), m_department(std::move(department)),
      m_party(code, channel(m_link), session(m_link), std::string(view(m_link.newcomerTls)), rng) {}

std::string NewcomerSide::begin() const {
    return message(kShareA, 2, [&](cbor::Writer& w) {
        w.uint(kVersion);
        w.bytes(view(m_party.share().element));
    });
}

Result<std::string> NewcomerSide::receive(std::string_view bytes) {
    auto answer = step(bytes);
    if (!answer) m_stage = Stage::Failed;
    return answer;
}

Result<std::string> NewcomerSide::step(std::string_view bytes) {
    cbor::Reader in(bytes);
    switch (m_stage) {
        case Stage::Share: {
            WL_CHECK(expect(in, kShareB, 1));
            cpace::Share theirs;
            WL_TRY(theirs.element, fixedBytes<32>(in));
            theirs.data = view(m_link.offeringTls);
            WL_TRY(m_outcome, m_party.finish(theirs, true));
            m_stage = Stage::Tag;
            return message(kTagA, view(m_outcome.mine));
        }
        case Stage::Tag: {
            WL_CHECK(expect(in, kTagB, 1));
            WL_TRY(const auto tag, fixedBytes<64>(in));
            if (!sameBytes(view(tag), view(m_outcome.theirs))) return fail(ErrorKind::Refused, "pairing.code_wrong");
            std::string card;
            cbor::Writer w(card);
            w.array(4);
            w.bytes(view(m_keys.publicKey));
            w.bytes(view(sign(m_keys.secretKey, possession(m_link))));
            w.text(m_name);
            w.text(m_department);
            m_comparison = comparisonNumber(m_outcome.key, card);
            m_stage = Stage::Welcome;
            return message(kCard, sealed(m_outcome, kCard, card));
        }
        case Stage::Welcome: {
            WL_CHECK(expect(in, kWelcome, 1));
            WL_TRY(const auto box, in.bytes());
            WL_TRY(const auto plain, unsealed(m_outcome, kWelcome, box));
            WL_TRY(auto welcome, decodeWelcome(plain));
            WL_CHECK(checkWelcome(welcome));
            m_welcome = std::move(welcome);
            m_stage = Stage::Done;
            return std::string();
        }
        case Stage::Done:
        case Stage::Failed: break;
    }
    return fail(ErrorKind::Input, "pairing.form");
}

// The log must hold, and name both of us.
Result<void> NewcomerSide::checkWelcome(const RealmWelcome& welcome) const {
    RealmState state(welcome.realm);
    for (const auto& entry : welcome.entries) WL_CHECK(state.apply(entry));
    const auto* me = state.find(originOf(m_keys.publicKey, welcome.realm));
    if (!me || me->cutoff || me->card.key != m_keys.publicKey || me->card.tlsKey != m_link.newcomerTls)
        return fail(ErrorKind::Corrupt, "pairing.realm", "newcomer");
    const auto* other = state.findByTlsKey(m_link.offeringTls);
    if (!other || other->cutoff) return fail(ErrorKind::Corrupt, "pairing.realm", "console");
    return {};
}

std::string NewcomerSide::done() { return message(kDone); }

}  // namespace wl::sync
