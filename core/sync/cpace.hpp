// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// CPace over ristretto255 with SHA-512 (draft-irtf-cfrg-cpace-21, suite CPACE-RISTR255-SHA512, initiator-responder),
// with the explicit key confirmation of its section 10.4. Two parties who share a short code agree on a strong key;
// whoever does not know the code has one guess an exchange and learns nothing else.

#include <string>
#include <string_view>

#include "domain/crypto.hpp"

namespace wl::sync::cpace {

/// The bytes after their number as LEB128.
[[nodiscard]] std::string prependLength(std::string_view bytes);
[[nodiscard]] std::string lvCat(std::initializer_list<std::string_view> parts);
[[nodiscard]] std::string generatorString(std::string_view code, std::string_view channel, std::string_view session);
[[nodiscard]] GroupElement generator(std::string_view code, std::string_view channel, std::string_view session);

/// A share as it is sent: the element and data of the sender's own that both want confirmed.
struct Share {
    GroupElement element{};
    std::string data;
};

/// What both derive; `key` is H(…) of everything that was said.
struct Outcome {
    Hash512 key{};
    Hash512 mine{};    ///< the tag to send
    Hash512 theirs{};  ///< the tag to expect
};

/// One party of one exchange.
class Party {
public:
    /// `channel` binds the exchange to the connection, `session` is unique to it; both sides give the same.
    Party(std::string_view code, std::string_view channel, std::string_view session, std::string data, Rng& rng);
    /// With a scalar that is given, for test vectors.
    Party(std::string_view code, std::string_view channel, std::string_view session, std::string data,
          const GroupScalar& scalar);

    [[nodiscard]] const Share& share() const { return m_share; }
    /// Errors: pairing.share if the other's share is no element of the group.
    [[nodiscard]] Result<Outcome> finish(const Share& other, bool iBegan) const;

private:
    GroupScalar m_scalar;
    std::string m_session;
    Share m_share;
};

}  // namespace wl::sync::cpace
