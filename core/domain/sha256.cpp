// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/sha256.hpp"

#include <sodium.h>

#include <array>

namespace wl {

namespace {

const unsigned char* bytesOf(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

template <std::size_t N>
std::string hexOf(const std::array<unsigned char, N>& hash) {
    std::array<char, 2 * N + 1> hex{};
    sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
    return hex.data();
}

}  // namespace

std::string sha256Hex(std::string_view bytes) {
    std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
    crypto_hash_sha256(hash.data(), bytesOf(bytes), bytes.size());
    return hexOf(hash);
}

std::string hmacSha256Hex(std::string_view key, std::string_view message) {
    std::array<unsigned char, crypto_auth_hmacsha256_BYTES> tag{};
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, bytesOf(key), key.size());
    crypto_auth_hmacsha256_update(&state, bytesOf(message), message.size());
    crypto_auth_hmacsha256_final(&state, tag.data());
    return hexOf(tag);
}

}  // namespace wl
