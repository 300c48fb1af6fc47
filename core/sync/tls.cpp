// SPDX-License-Identifier: GPL-3.0-or-later
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <optional>

#include "domain/ids.hpp"
#include "sync/tls_stream.hpp"

namespace wl::sync {
namespace {

constexpr std::string_view kAlpn[] = {"wardline/1", "wardline-pair/1"};
constexpr std::chrono::seconds kHandshakeTime(10);
constexpr auto kAnswer = asio::as_tuple(asio::use_awaitable);

template <auto Free>
struct Freer {
    template <class T>
    void operator()(T* thing) const {
        Free(thing);
    }
};
using PkeyPtr = std::unique_ptr<EVP_PKEY, Freer<EVP_PKEY_free>>;
using X509Ptr = std::unique_ptr<X509, Freer<X509_free>>;

std::unexpected<Error> libraryError(const char* what) {
    char text[256];
    ERR_error_string_n(ERR_get_error(), text, sizeof text);
    ERR_clear_error();
    return fail(ErrorKind::World, "tls.library", what, text);
}

// A certificate says nothing but the key: no name that could be believed, no date that could pass.
X509Ptr certificateOf(EVP_PKEY* key) {
    X509Ptr cert(X509_new());
    ASN1_INTEGER_set(X509_get_serialNumber(cert.get()), 1);
    X509_set_version(cert.get(), X509_VERSION_3);
    ASN1_TIME_set_string(X509_getm_notBefore(cert.get()), "20000101000000Z");
    ASN1_TIME_set_string(X509_getm_notAfter(cert.get()), "99991231235959Z");
    auto* name = X509_get_subject_name(cert.get());
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("wardline"), -1, -1, 0);
    X509_set_issuer_name(cert.get(), name);
    X509_set_pubkey(cert.get(), key);
    if (X509_sign(cert.get(), key, nullptr) == 0) cert.reset();
    return cert;
}

int checkSlot() {
    static const int slot = SSL_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
    return slot;
}

std::string alpnList(Purpose purpose) {
    const auto name = kAlpn[static_cast<std::size_t>(purpose)];
    return std::string(1, static_cast<char>(name.size())) + std::string(name);
}

std::optional<Purpose> purposeOf(std::string_view alpn) {
    for (std::size_t i = 0; i < std::size(kAlpn); ++i)
        if (kAlpn[i] == alpn) return static_cast<Purpose>(i);
    return std::nullopt;
}

}  // namespace

// What one connection asks of the other end. Lives as long as the connection; the library's callbacks find it there.
struct PeerCheck {
    Welcoming welcoming;
    PublicKey key{};
    bool refusedByUs{};
};

struct TlsIdentity::Impl {
    PublicKey publicKey{};
    // The library hands out references only to what may change it; its contexts are safe to share.
    mutable asio::ssl::context client{asio::ssl::context::tlsv13_client};
    mutable asio::ssl::context server{asio::ssl::context::tlsv13_server};
};

namespace {

std::optional<Purpose> agreedPurpose(const SSL* ssl) {
    const unsigned char* alpn = nullptr;
    unsigned int length = 0;
    SSL_get0_alpn_selected(ssl, &alpn, &length);
    return purposeOf({reinterpret_cast<const char*>(alpn), length});
}

int chooseAlpn(SSL* ssl, const unsigned char** out, unsigned char* outLength, const unsigned char* in,
               unsigned int inLength, void*) {
    const auto* check = static_cast<PeerCheck*>(SSL_get_ex_data(ssl, checkSlot()));
    for (unsigned int at = 0; check && at < inLength && at + 1U + in[at] <= inLength; at += 1U + in[at]) {
        const auto purpose = purposeOf({reinterpret_cast<const char*>(in + at + 1), in[at]});
        if (!purpose || !check->welcoming.offers(*purpose)) continue;
        *out = in + at + 1;
        *outLength = in[at];
        return SSL_TLSEXT_ERR_OK;
    }
    return SSL_TLSEXT_ERR_ALERT_FATAL;
}

// Takes the place of the library's whole chain building: the leaf must hold an ed25519 key that is welcome. That the
// other has its secret half is proved by the handshake itself.
int verifyPeer(X509_STORE_CTX* store, void*) {
    auto* ssl = static_cast<SSL*>(X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx()));
    auto* check = static_cast<PeerCheck*>(SSL_get_ex_data(ssl, checkSlot()));
    auto* cert = X509_STORE_CTX_get0_cert(store);
    auto* key = cert ? X509_get0_pubkey(cert) : nullptr;
    PublicKey raw{};
    std::size_t length = raw.size();
    bool good = check && key && EVP_PKEY_is_a(key, "ED25519") == 1 &&
                EVP_PKEY_get_raw_public_key(key, raw.data(), &length) == 1 && length == raw.size();
    if (good) {
        const auto purpose = agreedPurpose(ssl);
        good = purpose && check->welcoming.accepts(*purpose, raw);
        check->key = raw;
        check->refusedByUs = !good;
    }
    X509_STORE_CTX_set_error(store, good ? X509_V_OK : X509_V_ERR_APPLICATION_VERIFICATION);
    return good ? 1 : 0;
}

bool setUp(SSL_CTX* context, X509* cert, EVP_PKEY* key) {
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
    SSL_CTX_set_cert_verify_callback(context, verifyPeer, nullptr);
    SSL_CTX_set_alpn_select_cb(context, chooseAlpn, nullptr);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_options(context, SSL_OP_NO_TICKET | SSL_OP_NO_RENEGOTIATION);
    return SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION) == 1 && SSL_CTX_set_num_tickets(context, 0) == 1 &&
           SSL_CTX_set1_sigalgs_list(context, "ed25519") == 1 &&
           SSL_CTX_set1_client_sigalgs_list(context, "ed25519") == 1 && SSL_CTX_use_certificate(context, cert) == 1 &&
           SSL_CTX_use_PrivateKey(context, key) == 1;
}

}  // namespace

Result<TlsIdentity> TlsIdentity::make(const KeySeed& seed) {
    const PkeyPtr key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.data(), seed.size()));
    if (!key) return libraryError("key");
    const auto cert = certificateOf(key.get());
    if (!cert) return libraryError("certificate");
    auto impl = std::make_shared<Impl>();
    impl->publicKey = keyPairOf(seed).publicKey;
    if (!setUp(impl->client.native_handle(), cert.get(), key.get()) ||
        !setUp(impl->server.native_handle(), cert.get(), key.get()))
        return libraryError("context");
    return TlsIdentity(std::move(impl));
}

const PublicKey& TlsIdentity::publicKey() const { return m_impl->publicKey; }

TlsStream::TlsStream(tcp::socket socket, TlsIdentity identity, asio::ssl::context& context, Welcoming welcoming)
    : m_identity(std::move(identity)), m_check(std::make_unique<PeerCheck>()), m_stream(std::move(socket), context) {
    m_check->welcoming = std::move(welcoming);
}

TlsStream::~TlsStream() = default;

awaitable<Result<std::unique_ptr<TlsStream>>> TlsStream::shake(std::unique_ptr<TlsStream> stream, bool server) {
    auto& tls = stream->m_stream;
    SSL_set_ex_data(tls.native_handle(), checkSlot(), stream->m_check.get());
    // Whoever is silent is hung up on. The timer's answer may be on its way already when the handshake ends.
    enum class State : std::uint8_t { Waiting, Ended, TooLate };
    const auto state = std::make_shared<State>(State::Waiting);
    asio::steady_timer limit(tls.get_executor(), kHandshakeTime);
    limit.async_wait([state, raw = stream.get()](const boost::system::error_code& stopped) {
        if (stopped || *state != State::Waiting) return;
        *state = State::TooLate;
        raw->close();
    });
    const auto [error] =
        co_await tls.async_handshake(server ? asio::ssl::stream_base::server : asio::ssl::stream_base::client, kAnswer);
    if (*state == State::TooLate) co_return fail(ErrorKind::World, "net.timeout");
    *state = State::Ended;
    if (error) co_return std::unexpected(stream->errorOf(error));
    const auto purpose = agreedPurpose(tls.native_handle());
    if (!purpose) co_return fail(ErrorKind::Input, "tls.handshake", {}, "no common protocol");
    stream->m_purpose = *purpose;
    stream->m_peerKey = stream->m_check->key;
    co_return std::move(stream);
}

awaitable<Result<std::unique_ptr<TlsStream>>> TlsStream::connect(tcp::socket socket, TlsIdentity identity,
                                                                 Purpose purpose, Welcoming welcoming) {
    auto& context = identity.impl().client;
    std::unique_ptr<TlsStream> stream(new TlsStream(std::move(socket), std::move(identity), context,
                                                    std::move(welcoming)));
    const auto alpn = alpnList(purpose);
    SSL_set_alpn_protos(stream->m_stream.native_handle(), reinterpret_cast<const unsigned char*>(alpn.data()),
                        static_cast<unsigned int>(alpn.size()));
    co_return co_await shake(std::move(stream), false);
}

awaitable<Result<std::unique_ptr<TlsStream>>> TlsStream::accept(tcp::socket socket, TlsIdentity identity,
                                                                Welcoming welcoming) {
    auto& context = identity.impl().server;
    std::unique_ptr<TlsStream> stream(new TlsStream(std::move(socket), std::move(identity), context,
                                                    std::move(welcoming)));
    co_return co_await shake(std::move(stream), true);
}

Error TlsStream::errorOf(const boost::system::error_code& error) const {
    if (m_check->refusedByUs) return {ErrorKind::Refused, "tls.refused", "ours", toHex(view(m_check->key))};
    if (error.category() == asio::error::get_ssl_category()) {
        const auto reason = ERR_GET_REASON(static_cast<unsigned long>(error.value()));
        // Alerts arrive as errors of their number above 1000; these are how a listener says that it does not know us.
        const auto alert = reason - SSL_AD_REASON_OFFSET;
        const bool refused = alert == SSL_AD_BAD_CERTIFICATE || alert == SSL_AD_CERTIFICATE_UNKNOWN ||
                             alert == SSL_AD_UNKNOWN_CA || alert == SSL_AD_HANDSHAKE_FAILURE ||
                             alert == SSL_AD_NO_APPLICATION_PROTOCOL || alert == SSL_AD_ACCESS_DENIED;
        if (refused)
            return {ErrorKind::Refused, "tls.refused", alert == SSL_AD_NO_APPLICATION_PROTOCOL ? "purpose" : "theirs",
                    error.message()};
        return {ErrorKind::Input, "tls.handshake", {}, error.message()};
    }
    if (error == asio::error::eof || error == asio::ssl::error::stream_truncated)
        return {ErrorKind::World, "net.closed", {}, {}};
    if (error == asio::error::operation_aborted) return {ErrorKind::Cancelled, "net.stopped", {}, {}};
    return {ErrorKind::World, "net.lost", {}, error.message()};
}

awaitable<Result<std::size_t>> TlsStream::readSome(std::span<char> into) {
    const auto [error, got] = co_await m_stream.async_read_some(asio::buffer(into.data(), into.size()), kAnswer);
    if (error) co_return std::unexpected(errorOf(error));
    co_return got;
}

awaitable<Result<void>> TlsStream::write(std::string_view bytes) {
    const auto [error, put] = co_await asio::async_write(m_stream, asio::buffer(bytes), kAnswer);
    if (error) co_return std::unexpected(errorOf(error));
    co_return Result<void>{};
}

void TlsStream::startWrite(std::string_view bytes, std::function<void(Result<void>)> done) {
    asio::async_write(m_stream, asio::buffer(bytes),
                      [this, done = std::move(done)](const boost::system::error_code& error, std::size_t) {
                          done(error ? Result<void>(std::unexpected(errorOf(error))) : Result<void>{});
                      });
}

void TlsStream::close() {
    boost::system::error_code ignored;
    m_stream.lowest_layer().shutdown(tcp::socket::shutdown_both, ignored);
    m_stream.lowest_layer().close(ignored);
}

std::string TlsStream::exporter(std::string_view label, std::size_t length) const {
    std::string out(length, '\0');
    auto* ssl = const_cast<TlsStream*>(this)->m_stream.native_handle();
    const int done = SSL_export_keying_material(ssl, reinterpret_cast<unsigned char*>(out.data()), out.size(),
                                                label.data(), label.size(), nullptr, 0, 0);
    return done == 1 ? out : std::string();
}

std::string TlsStream::remote() const {
    boost::system::error_code error;
    const auto end = m_stream.lowest_layer().remote_endpoint(error);
    if (error) return {};
    const auto address = end.address().is_v6() ? "[" + end.address().to_string() + "]" : end.address().to_string();
    return address + ":" + std::to_string(end.port());
}

}  // namespace wl::sync
