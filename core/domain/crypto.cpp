// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/crypto.hpp"

#include <sodium.h>

#include <algorithm>
#include <cassert>
#include <cstring>

#include "domain/ids.hpp"

namespace wl {
namespace {

const auto* bytesOf(std::string_view v) { return reinterpret_cast<const unsigned char*>(v.data()); }

// libsodium must be initialised once before its random source or CPU dispatch is used.
const bool kReady = [] { return sodium_init() >= 0; }();

}  // namespace

std::string toHex(std::string_view bytes) {
    constexpr char digits[] = "0123456789abcdef";
    std::string out;
    out.reserve(bytes.size() * 2);
    for (const char c : bytes) {
        const auto b = static_cast<std::uint8_t>(c);
        out.push_back(digits[b >> 4]);
        out.push_back(digits[b & 15]);
    }
    return out;
}

Hash blake2b(std::initializer_list<std::string_view> parts) {
    crypto_generichash_state state;
    crypto_generichash_init(&state, nullptr, 0, 32);
    for (const auto part : parts) crypto_generichash_update(&state, bytesOf(part), part.size());
    Hash out{};
    crypto_generichash_final(&state, out.data(), out.size());
    return out;
}

KeyPair makeKeyPair(Rng& rng) { return keyPairOf(randomBytes<KeySeed>(rng)); }

KeyPair keyPairOf(const KeySeed& seed) {
    KeyPair pair;
    crypto_sign_seed_keypair(pair.publicKey.data(), pair.secretKey.data(), seed.data());
    return pair;
}

Signature sign(const SecretKey& key, std::string_view message) {
    Signature out{};
    crypto_sign_detached(out.data(), nullptr, bytesOf(message), message.size(), key.data());
    return out;
}

bool verify(const PublicKey& key, std::string_view message, const Signature& signature) {
    return crypto_sign_verify_detached(signature.data(), bytesOf(message), message.size(), key.data()) == 0;
}

std::string seal(const SymmetricKey& key, const Nonce& nonce, std::string_view plain, std::string_view bound) {
    std::string out(plain.size() + crypto_aead_xchacha20poly1305_ietf_ABYTES, '\0');
    crypto_aead_xchacha20poly1305_ietf_encrypt(reinterpret_cast<unsigned char*>(out.data()), nullptr, bytesOf(plain),
                                               plain.size(), bytesOf(bound), bound.size(), nullptr, nonce.data(),
                                               key.data());
    return out;
}

Result<std::string> open(const SymmetricKey& key, const Nonce& nonce, std::string_view sealed, std::string_view bound) {
    constexpr std::size_t tag = crypto_aead_xchacha20poly1305_ietf_ABYTES;
    if (sealed.size() < tag) return fail(ErrorKind::Corrupt, "seal.short");
    std::string out(sealed.size() - tag, '\0');
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(reinterpret_cast<unsigned char*>(out.data()), nullptr, nullptr,
                                                   bytesOf(sealed), sealed.size(), bytesOf(bound), bound.size(),
                                                   nonce.data(), key.data()) != 0)
        return fail(ErrorKind::Corrupt, "seal.tag");
    return out;
}

Hash512 sha512(std::initializer_list<std::string_view> parts) {
    crypto_hash_sha512_state state;
    crypto_hash_sha512_init(&state);
    for (const auto part : parts) crypto_hash_sha512_update(&state, bytesOf(part), part.size());
    Hash512 out{};
    crypto_hash_sha512_final(&state, out.data());
    return out;
}

Hash512 hmacSha512(std::string_view key, std::string_view message) {
    crypto_auth_hmacsha512_state state;
    crypto_auth_hmacsha512_init(&state, bytesOf(key), key.size());
    crypto_auth_hmacsha512_update(&state, bytesOf(message), message.size());
    Hash512 out{};
    crypto_auth_hmacsha512_final(&state, out.data());
    return out;
}

bool sameBytes(std::string_view one, std::string_view other) {
    return one.size() == other.size() && sodium_memcmp(one.data(), other.data(), one.size()) == 0;
}

GroupElement elementFromHash(const Hash512& uniform) {
    GroupElement out{};
    crypto_core_ristretto255_from_hash(out.data(), uniform.data());
    return out;
}

GroupScalar randomScalar(Rng& rng) {
    const auto wide = randomBytes<Hash512>(rng);
    GroupScalar out{};
    crypto_core_ristretto255_scalar_reduce(out.data(), wide.data());
    return out;
}

std::optional<GroupElement> multiply(const GroupScalar& scalar, const GroupElement& element) {
    GroupElement out{};
    if (crypto_core_ristretto255_is_valid_point(element.data()) != 1) return std::nullopt;
    // Fails where the product is the neutral element.
    if (crypto_scalarmult_ristretto255(out.data(), scalar.data(), element.data()) != 0) return std::nullopt;
    return out;
}

void SystemRng::fill(std::span<std::uint8_t> out) {
    assert(kReady);
    randombytes_buf(out.data(), out.size());
}

SeededRng::SeededRng(std::uint64_t seed) {
    std::array<std::uint8_t, 8> bytes{};
    for (std::size_t i = 0; i < 8; ++i) bytes[i] = static_cast<std::uint8_t>(seed >> (8 * i));
    m_key = blake2b({"seeded rng", wl::view(bytes)});
}

void SeededRng::fill(std::span<std::uint8_t> out) {
    while (!out.empty()) {
        if (m_used == m_pool.size()) {
            std::array<std::uint8_t, 8> nonce{};
            for (std::size_t i = 0; i < 8; ++i) nonce[i] = static_cast<std::uint8_t>(m_block >> (8 * i));
            ++m_block;
            crypto_stream_chacha20(m_pool.data(), m_pool.size(), nonce.data(), m_key.data());
            m_used = 0;
        }
        const auto take = std::min(out.size(), m_pool.size() - m_used);
        std::memcpy(out.data(), m_pool.data() + m_used, take);
        m_used += take;
        out = out.subspan(take);
    }
}

}  // namespace wl
