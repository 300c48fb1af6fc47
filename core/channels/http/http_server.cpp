// SPDX-License-Identifier: GPL-3.0-or-later
#include "channels/http/http_server.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <charconv>
#include <thread>
#include <unordered_map>

// GCC 14 takes the frame allocator of Asio's awaitable for a mismatched pair.
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"

namespace wl::http {
namespace asio = boost::asio;
namespace beast = boost::beast;
using tcp = asio::ip::tcp;
namespace {

constexpr auto kAwait = asio::as_tuple(asio::use_awaitable);
using Wire = beast::http::request_parser<beast::http::string_body>;

// A bucket of tokens an address, filled evenly through the minute.
class Rate {
public:
    explicit Rate(int aMinute) : m_aMinute(aMinute) {}
    bool allows(const std::string& peer) {
        const auto now = std::chrono::steady_clock::now();
        if (m_buckets.size() > 10'000) m_buckets.clear();
        auto& bucket = m_buckets.try_emplace(peer, Bucket{static_cast<double>(m_aMinute), now}).first->second;
        const std::chrono::duration<double> passed = now - bucket.at;
        bucket.left = std::min<double>(m_aMinute, bucket.left + passed.count() * m_aMinute / 60.0);
        bucket.at = now;
        if (bucket.left < 1) return false;
        bucket.left -= 1;
        return true;
    }

private:
    struct Bucket {
        double left;
        std::chrono::steady_clock::time_point at;
    };
    int m_aMinute;
    std::unordered_map<std::string, Bucket> m_buckets;
};

}  // namespace

class Server::Impl {
public:
    Impl(ServerSettings settings, Handle handle)
        : m_settings(std::move(settings)), m_handle(std::move(handle)), m_rate(m_settings.requestsAMinute) {}
    ~Impl() {
        m_io.stop();
        if (m_thread.joinable()) m_thread.join();
    }

    Result<void> listen() {
        const auto colon = m_settings.listen.rfind(':');
        boost::system::error_code error;
        const auto host = colon == std::string::npos ? std::string() : m_settings.listen.substr(0, colon);
        const auto address = asio::ip::make_address(host == "localhost" ? "127.0.0.1" : host, error);
        int port = -1;
        if (colon != std::string::npos) {
            const auto* const end = m_settings.listen.data() + m_settings.listen.size();
            const auto read = std::from_chars(m_settings.listen.data() + colon + 1, end, port);
            if (read.ec != std::errc{} || read.ptr != end) port = -1;
        }
        if (error || port < 0 || port > 65535)
            return fail(ErrorKind::Input, "gateway.address", "web.listen", m_settings.listen);
        const tcp::endpoint at(address, static_cast<std::uint16_t>(port));
        m_acceptor.open(at.protocol(), error);
        if (!error) m_acceptor.set_option(tcp::acceptor::reuse_address(true), error);
        if (!error) m_acceptor.bind(at, error);
        if (!error) m_acceptor.listen(128, error);
        if (error) return fail(ErrorKind::World, "gateway.listen", m_settings.listen, error.message());
        address_ = host + ':' + std::to_string(m_acceptor.local_endpoint().port());
        return {};
    }
    void run() {
        asio::co_spawn(m_io, accept(), asio::detached);
        m_thread = std::thread([this] { m_io.run(); });
    }
    std::string address_;

private:
    asio::awaitable<void> accept() {
        while (true) {
            auto [error, socket] = co_await m_acceptor.async_accept(kAwait);
            if (error) {  // out of descriptors: wait until some are free
                asio::steady_timer pause(m_io, std::chrono::milliseconds(200));
                co_await pause.async_wait(kAwait);
                continue;
            }
            if (m_open >= m_settings.connections) continue;  // the socket closes
            asio::co_spawn(m_io, serve(std::move(socket)), asio::detached);
        }
    }

    asio::awaitable<void> serve(tcp::socket socket) {
        const Counted counted(m_open);
        boost::system::error_code error;
        const auto peer = socket.remote_endpoint(error).address().to_string();
        beast::tcp_stream stream(std::move(socket));
        beast::flat_buffer buffer;
        while (true) {
            Wire wire;
            wire.header_limit(16 * 1024);
            wire.body_limit(std::max(m_settings.bodyLimit, m_settings.uploadLimit));
            stream.expires_after(std::chrono::seconds(m_settings.seconds));
            auto [failed, bytes] = co_await beast::http::async_read_header(stream, buffer, wire, kAwait);
            if (!failed && !mayUpload(wire)) {
                wire.body_limit(m_settings.bodyLimit);
                if (wire.content_length().value_or(0) > m_settings.bodyLimit) failed = beast::http::error::body_limit;
            }
            if (!failed && !wire.is_done() && beast::http::to_string(wire.get().method()) == "POST" &&
                beast::iequals(wire.get()[beast::http::field::expect], "100-continue")) {
                beast::http::response<beast::http::empty_body> go(beast::http::status::continue_, 11);
                co_await beast::http::async_write(stream, go, kAwait);
            }
            if (!failed) std::tie(failed, bytes) = co_await beast::http::async_read(stream, buffer, wire, kAwait);
            if (failed) {
                const bool large =
                    failed == beast::http::error::body_limit || failed == beast::http::error::header_limit;
                const bool badly =
                    failed.category() == beast::http::make_error_code(beast::http::error::bad_method).category();
                Answer refusal{.status = large ? 413 : 400,
                               .body = large ? "too large\n" : "not HTTP that can be read\n"};
                const bool heard =
                    failed != beast::http::error::end_of_stream && failed != beast::http::error::partial_message;
                if (heard && (large || badly)) co_await send(stream, false, std::move(refusal), false);
                break;
            }
            const bool again = wire.get().keep_alive();
            const bool head = wire.get().method() == beast::http::verb::head;
            auto answer = answerTo(wire.get(), peer);
            const bool sent = co_await send(stream, head, std::move(answer), again);
            if (!sent || !again) break;
        }
        stream.socket().shutdown(tcp::socket::shutdown_both, error);
    }

    [[nodiscard]] bool mayUpload(const Wire& wire) const {
        return m_settings.uploadLimit > 0 && wire.is_header_done() &&
               std::string_view(wire.get().target()).starts_with(m_settings.uploadRoot);
    }
    [[nodiscard]] std::string whoAsks(const Wire::value_type& wire, const std::string& peer) const {
        if (!m_settings.behindProxy) return peer;
        std::string_view said = wire["X-Forwarded-For"];
        said.remove_prefix(said.rfind(',') + 1);  // npos + 1 is 0
        while (said.starts_with(' ')) said.remove_prefix(1);
        return said.empty() || said.size() > 60 ? peer : std::string(said);
    }

    Answer answerTo(const Wire::value_type& wire, const std::string& from) {
        const auto peer = whoAsks(wire, from);
        if (!m_rate.allows(peer))
            return {.status = 429, .body = "too many requests; wait a minute\n", .headers = {{"Retry-After", "60"}}};
        Request request{std::string(wire.method_string()), std::string(wire.target()), {}, wire.body(), peer};
        for (const auto& field : wire) {
            std::string name(field.name_string());
            for (auto& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
            request.headers.try_emplace(std::move(name), field.value());
        }
        try {
            return m_handle(request);
        } catch (const std::exception&) {  // of a library: this request fails, the others go on
            return {.status = 500, .body = "this could not be done\n"};
        }
    }

    asio::awaitable<bool> send(beast::tcp_stream& stream, bool head, Answer answer, bool again) {
        beast::http::response<beast::http::string_body> out;
        out.result(static_cast<unsigned>(answer.status));
        out.version(11);
        out.set(beast::http::field::content_type, answer.type);
        out.set("X-Content-Type-Options", "nosniff");
        for (const auto& [name, value] : answer.headers) out.set(name, value);
        out.keep_alive(again);
        const auto size = answer.body.size();
        if (!head) out.body() = std::move(answer.body);
        out.content_length(size);
        stream.expires_after(std::chrono::seconds(m_settings.seconds));
        beast::http::serializer<false, beast::http::string_body> writer(out);
        if (head) {
            const auto [error, bytes] = co_await beast::http::async_write_header(stream, writer, kAwait);
            co_return !error;
        }
        const auto [error, bytes] = co_await beast::http::async_write(stream, writer, kAwait);
        co_return !error;
    }

    struct Counted {
        explicit Counted(int& n) : count(n) { ++count; }
        ~Counted() { --count; }
        Counted(const Counted&) = delete;
        Counted& operator=(const Counted&) = delete;
        int& count;
    };

    ServerSettings m_settings;
    Handle m_handle;
    Rate m_rate;
    int m_open{};
    asio::io_context m_io{1};
    tcp::acceptor m_acceptor{m_io};
    std::thread m_thread;
};

Result<std::unique_ptr<Server>> Server::start(const ServerSettings& settings, Handle handle) {
    auto impl = std::make_unique<Impl>(settings, std::move(handle));
    WL_CHECK(impl->listen());
    impl->run();
    return std::make_unique<Server>(std::move(impl));
}

Server::Server(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
Server::~Server() = default;
const std::string& Server::address() const { return m_impl->address_; }

}  // namespace wl::http
