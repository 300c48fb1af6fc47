// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Identifiers. 16-byte ids travel between consoles; *keys* are rowids of one database and never leave it.

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <string>
#include <string_view>

#include "domain/result.hpp"

namespace wl {

/// A 16-byte identifier; the tag keeps the kinds apart.
template <class Tag>
struct Id {
    std::array<std::uint8_t, 16> bytes{};

    auto operator<=>(const Id&) const = default;
    [[nodiscard]] bool isNull() const { return bytes == std::array<std::uint8_t, 16>{}; }
};

using EntityId = Id<struct EntityTag>;  ///< what an op is about: a case, a person or a catalogue item
using CaseId = EntityId;
using PersonId = EntityId;
using OriginId = Id<struct OriginTag>;  ///< one installation incarnation that authors ops
using MessageId = EntityId;              ///< a message on its way out, within its case
using RealmId = Id<struct RealmTag>;    ///< one city

/// A rowid of the local database; never sent to anybody.
template <class Tag>
struct Key {
    std::int64_t value{};
    auto operator<=>(const Key&) const = default;
    explicit operator bool() const { return value != 0; }
};

using CaseKey = Key<struct CaseKeyTag>;
using PersonKey = Key<struct PersonKeyTag>;

/// Names one op: the origin that made it and its place in that origin's gapless log (1, 2, 3, …).
struct Dot {
    OriginId origin;
    std::uint64_t seq{};
    auto operator<=>(const Dot&) const = default;
};

/// Lower-case hexadecimal, 32 characters.
[[nodiscard]] std::string toHex(std::string_view bytes);
template <class Tag>
[[nodiscard]] std::string toHex(const Id<Tag>& id) {
    return toHex(std::string_view(reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size()));
}
template <class Tag>
[[nodiscard]] std::string_view view(const Id<Tag>& id) {
    return {reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size()};
}
/// Takes exactly 16 bytes; anything else gives the null id.
template <class IdType>
[[nodiscard]] IdType idFromBytes(std::string_view bytes) {
    IdType id;
    if (bytes.size() == id.bytes.size()) std::memcpy(id.bytes.data(), bytes.data(), bytes.size());
    return id;
}

}  // namespace wl

template <class Tag>
struct std::hash<wl::Id<Tag>> {
    std::size_t operator()(const wl::Id<Tag>& id) const noexcept {
        std::uint64_t a = 0, b = 0;
        std::memcpy(&a, id.bytes.data(), 8);
        std::memcpy(&b, id.bytes.data() + 8, 8);
        return static_cast<std::size_t>(a ^ (b * 0x9E3779B97F4A7C15ULL));
    }
};
template <class Tag>
struct std::hash<wl::Key<Tag>> {
    std::size_t operator()(const wl::Key<Tag>& key) const noexcept { return std::hash<std::int64_t>{}(key.value); }
};
