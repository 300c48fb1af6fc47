// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Who a console is on the network: an ed25519 key, shown in a self-signed certificate that is the same bytes whenever
// it is made. Nobody asks an authority about it: the realm log says which keys belong.

#include <memory>

#include "domain/crypto.hpp"

namespace wl::sync {

/// What a connection is for; its ALPN names are `wardline/1` and `wardline-pair/1`.
enum class Purpose : std::uint8_t { Sync, Pairing };

class TlsIdentity {
public:
    /// Errors: tls.library (OpenSSL refused; its words are in `detail`).
    static Result<TlsIdentity> make(const KeySeed& seed);

    [[nodiscard]] const PublicKey& publicKey() const;

    struct Impl;
    [[nodiscard]] const Impl& impl() const { return *m_impl; }

private:
    explicit TlsIdentity(std::shared_ptr<const Impl> impl) : m_impl(std::move(impl)) {}
    std::shared_ptr<const Impl> m_impl;
};

}  // namespace wl::sync
