// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/cpace.hpp"

#include <cassert>

namespace wl::sync::cpace {
namespace {

constexpr std::string_view kGroup = "CPaceRistretto255";
constexpr std::string_view kKeyName = "CPaceRistretto255_ISK";
constexpr std::size_t kHashBlock = 128;  // of SHA-512

}  // namespace

std::string prependLength(std::string_view bytes) {
    std::string out;
    auto length = bytes.size();
    do {
        out.push_back(static_cast<char>((length & 0x7fU) | (length > 0x7fU ? 0x80U : 0U)));
        length >>= 7;
    } while (length != 0);
    return out += bytes;
}

std::string lvCat(std::initializer_list<std::string_view> parts) {
    std::string out;
    for (const auto part : parts) out += prependLength(part);
    return out;
}

// Padded so that the code fills the hash's first block and its time does not tell the code's length.
std::string generatorString(std::string_view code, std::string_view channel, std::string_view session) {
    const auto used = 1 + prependLength(code).size() + prependLength(kGroup).size();
    const std::string zeros(used < kHashBlock ? kHashBlock - used : 0, '\0');
    return lvCat({kGroup, code, zeros, channel, session});
}

GroupElement generator(std::string_view code, std::string_view channel, std::string_view session) {
    return elementFromHash(sha512({generatorString(code, channel, session)}));
}

Party::Party(std::string_view code, std::string_view channel, std::string_view session, std::string data, Rng& rng)
    : Party(code, channel, session, std::move(data), randomScalar(rng)) {}

Party::Party(std::string_view code, std::string_view channel, std::string_view session, std::string data,
             const GroupScalar& scalar)
    : m_scalar(scalar), m_session(session) {
    const auto element = multiply(m_scalar, generator(code, channel, session));
    assert(element && "a generator from a hash and a scalar that is not zero");
    m_share = {element.value_or(GroupElement{}), std::move(data)};
}

Result<Outcome> Party::finish(const Share& other, bool iBegan) const {
    const auto secret = multiply(m_scalar, other.element);
    if (!secret) return fail(ErrorKind::Input, "pairing.share");
    const auto mine = lvCat({view(m_share.element), m_share.data});
    const auto theirs = lvCat({view(other.element), other.data});
    Outcome out;
    out.key = sha512({lvCat({kKeyName, m_session, view(*secret)}), iBegan ? mine : theirs, iBegan ? theirs : mine});
    const auto macKey = sha512({"CPaceMac", m_session, view(out.key)});
    out.mine = hmacSha512(view(macKey), mine);
    out.theirs = hmacSha512(view(macKey), theirs);
    return out;
}

}  // namespace wl::sync::cpace
