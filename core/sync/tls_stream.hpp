// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One TLS 1.3 connection whose other end has shown its key. For the sources of this folder alone: it brings Asio.

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "sync/tls.hpp"

namespace wl::sync {

namespace asio = boost::asio;
using asio::awaitable;
using asio::ip::tcp;

/// Whom a side lets in. Called while hands are shaken, on the thread of the connection.
struct Welcoming {
    std::function<bool(Purpose)> offers;                     ///< asked by the side that listens
    std::function<bool(Purpose, const PublicKey&)> accepts;  ///< asked with the key the other has proved to hold
};

struct PeerCheck;

class TlsStream {
public:
    /// Shakes hands over a connected socket. Errors: tls.handshake, tls.refused (the other does not know our key, or we
    /// not its: `field` says "theirs", "ours" or "purpose"), net.timeout, net.* for the connection itself.
    static awaitable<Result<std::unique_ptr<TlsStream>>> connect(tcp::socket socket, TlsIdentity identity,
                                                                 Purpose purpose, Welcoming welcoming);
    static awaitable<Result<std::unique_ptr<TlsStream>>> accept(tcp::socket socket, TlsIdentity identity,
                                                                Welcoming welcoming);
    ~TlsStream();
    TlsStream(const TlsStream&) = delete;
    TlsStream& operator=(const TlsStream&) = delete;

    /// At least one byte. Errors: net.closed when the other ended it, net.lost, tls.refused.
    awaitable<Result<std::size_t>> readSome(std::span<char> into);
    /// All of it.
    awaitable<Result<void>> write(std::string_view bytes);
    /// The same without waiting; `bytes` must live until `done` is called, one at a time.
    void startWrite(std::string_view bytes, std::function<void(Result<void>)> done);
    /// Says goodbye if the other still listens; what is under way ends with an error.
    void close();

    [[nodiscard]] const PublicKey& peerKey() const { return m_peerKey; }
    [[nodiscard]] Purpose purpose() const { return m_purpose; }
    /// Keying material of this connection (RFC 8446 §7.5): equal at both ends and at no other.
    [[nodiscard]] std::string exporter(std::string_view label, std::size_t length) const;
    [[nodiscard]] std::string remote() const;  ///< "192.0.2.7:4711"

private:
    TlsStream(tcp::socket socket, TlsIdentity identity, asio::ssl::context& context, Welcoming welcoming);
    static awaitable<Result<std::unique_ptr<TlsStream>>> shake(std::unique_ptr<TlsStream> stream, bool server);
    [[nodiscard]] Error errorOf(const boost::system::error_code& error) const;

    TlsIdentity m_identity;
    std::unique_ptr<PeerCheck> m_check;
    asio::ssl::stream<tcp::socket> m_stream;
    PublicKey m_peerKey{};
    Purpose m_purpose{};
};

}  // namespace wl::sync
