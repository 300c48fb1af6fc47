// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Takes HTTP requests on one thread of its own and asks `handle` for each, one at a time. What arrives is bounded: head
// and body in bytes, a request in seconds, an address in requests a minute, the whole in connections. Plain HTTP: in
// front of the world stands a proxy that speaks TLS.

#include <functional>
#include <memory>

#include "channels/http/http.hpp"
#include "domain/result.hpp"

namespace wl::http {

struct ServerSettings {
    std::string listen;  ///< "127.0.0.1:8311"; empty: no HTTP
    std::size_t bodyLimit{1u << 20U};
    int requestsAMinute{600};  ///< of one address
    int seconds{20};  ///< a request that takes longer to arrive is cut off
    int connections{256};
    std::size_t uploadLimit{};  ///< body of a request below uploadRoot, where pictures come; 0: bodyLimit
    std::string uploadRoot;  ///< "/report"
    bool behindProxy{};  ///< who asks is said by the last entry of X-Forwarded-For, which the proxy wrote
};

class Server {
public:
    using Handle = std::function<Answer(const Request&)>;
    /// Listens and begins. Errors: gateway.address (cannot be read), gateway.listen (cannot be bound).
    static Result<std::unique_ptr<Server>> start(const ServerSettings& settings, Handle handle);
    /// Ends after the request that is being answered.
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// "127.0.0.1:41234"
    [[nodiscard]] const std::string& address() const;

    class Impl;
    explicit Server(std::unique_ptr<Impl> impl);

private:
    std::unique_ptr<Impl> m_impl;
};

}  // namespace wl::http
