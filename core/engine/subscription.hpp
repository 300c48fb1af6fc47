// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <utility>

namespace wl::engine {

/// Keeps a subscription alive; destroying it ends it. It must not be destroyed inside its own callback.
class Subscription {
public:
    Subscription() = default;
    explicit Subscription(std::function<void()> end) : m_end(std::move(end)) {}
    Subscription(Subscription&& other) noexcept : m_end(std::exchange(other.m_end, nullptr)) {}
    Subscription& operator=(Subscription&& other) noexcept {
        if (this != &other) {
            if (m_end) m_end();
            m_end = std::exchange(other.m_end, nullptr);
        }
        return *this;
    }
    ~Subscription() {
        if (m_end) m_end();
    }

private:
    std::function<void()> m_end;
};

}  // namespace wl::engine
