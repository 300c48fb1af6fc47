// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// libsodium behind plain byte types: BLAKE2b-256, ed25519, XChaCha20-Poly1305, the system's random source, and what
// pairing needs: SHA-512, HMAC-SHA-512 and the group ristretto255.

#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "domain/result.hpp"
#include "domain/time.hpp"

namespace wl {

using Hash = std::array<std::uint8_t, 32>;
using Signature = std::array<std::uint8_t, 64>;
using PublicKey = std::array<std::uint8_t, 32>;
using SecretKey = std::array<std::uint8_t, 64>;   ///< seed ‖ public key, as libsodium keeps it
using SymmetricKey = std::array<std::uint8_t, 32>;
using Nonce = std::array<std::uint8_t, 24>;

template <std::size_t N>
[[nodiscard]] std::string_view view(const std::array<std::uint8_t, N>& bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), N};
}
/// Takes exactly N bytes; anything else gives zeros.
template <class Array>
[[nodiscard]] Array arrayFromBytes(std::string_view bytes) {
    Array out{};
    if (bytes.size() == out.size())
        for (std::size_t i = 0; i < bytes.size(); ++i) out[i] = static_cast<std::uint8_t>(bytes[i]);
    return out;
}

/// BLAKE2b-256 of the parts written one after the other.
[[nodiscard]] Hash blake2b(std::initializer_list<std::string_view> parts);

struct KeyPair {
    PublicKey publicKey{};
    SecretKey secretKey{};
};
using KeySeed = std::array<std::uint8_t, 32>;
[[nodiscard]] KeyPair makeKeyPair(Rng& rng);
/// The key pair that belongs to a seed (the first half of a SecretKey).
[[nodiscard]] KeyPair keyPairOf(const KeySeed& seed);
[[nodiscard]] Signature sign(const SecretKey& key, std::string_view message);
[[nodiscard]] bool verify(const PublicKey& key, std::string_view message, const Signature& signature);

/// Ciphertext with its 16-byte tag. `bound` is authenticated beside it and must be given again to open.
[[nodiscard]] std::string seal(const SymmetricKey& key, const Nonce& nonce, std::string_view plain,
                               std::string_view bound);
[[nodiscard]] Result<std::string> open(const SymmetricKey& key, const Nonce& nonce, std::string_view sealed,
                                       std::string_view bound);

using Hash512 = std::array<std::uint8_t, 64>;
[[nodiscard]] Hash512 sha512(std::initializer_list<std::string_view> parts);
[[nodiscard]] Hash512 hmacSha512(std::string_view key, std::string_view message);
/// Compares in time that depends on the length alone.
[[nodiscard]] bool sameBytes(std::string_view one, std::string_view other);

/// An element of ristretto255 in its canonical form, and a number below the group's order (RFC 9496).
using GroupElement = std::array<std::uint8_t, 32>;
using GroupScalar = std::array<std::uint8_t, 32>;
[[nodiscard]] GroupElement elementFromHash(const Hash512& uniform);
[[nodiscard]] GroupScalar randomScalar(Rng& rng);
/// Nothing if `element` is not the canonical form of an element, or the product is the neutral one.
[[nodiscard]] std::optional<GroupElement> multiply(const GroupScalar& scalar, const GroupElement& element);

/// The operating system's random source.
class SystemRng final : public Rng {
public:
    void fill(std::span<std::uint8_t> out) override;
};

/// ChaCha20 keystream from a seed: the same bytes for the same seed on every machine.
class SeededRng final : public Rng {
public:
    explicit SeededRng(std::uint64_t seed);
    void fill(std::span<std::uint8_t> out) override;

private:
    SymmetricKey m_key{};
    std::uint64_t m_block{};
    std::array<std::uint8_t, 1024> m_pool{};
    std::size_t m_used{1024};
};

template <class Array>
[[nodiscard]] Array randomBytes(Rng& rng) {
    Array out{};
    rng.fill(out);
    return out;
}

}  // namespace wl
