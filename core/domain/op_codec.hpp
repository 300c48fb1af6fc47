// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Ops as deterministic CBOR. Personal fields leave the plain map and travel sealed under the entity's data key.

#include <string>
#include <string_view>

#include "domain/crypto.hpp"
#include "domain/ops.hpp"

namespace wl {

inline constexpr std::size_t kMaxOpBytes = 64 * 1024;

/// Finds data keys. A key is named by its entity and a generation: erasing a case destroys its keys.
class KeyRing {
public:
    virtual ~KeyRing() = default;
    /// The key to seal new values of the entity with; made on first use. Gives the generation through the pointer.
    [[nodiscard]] virtual Result<SymmetricKey> sealingKey(const EntityId& entity, std::uint32_t* generation) = 0;
    /// NotFound if the key was erased or never arrived.
    [[nodiscard]] virtual Result<SymmetricKey> openingKey(const EntityId& entity, std::uint32_t generation) = 0;
};

/// Refused if the op does not fit kMaxOpBytes (the error names the largest field).
[[nodiscard]] Result<std::string> encodeOp(const Op& op, const OriginId& author, KeyRing& keys, Rng& rng);
/// Reads any op; unknown kinds give UnknownOp, unknown fields are counted. `author` completes shortened dots.
[[nodiscard]] Result<Op> decodeOp(std::string_view bytes, const OriginId& author, KeyRing& keys);

/// A value in CBOR, as used inside ops and canonical state.
void writeValue(std::string& out, const Value& value);

}  // namespace wl
