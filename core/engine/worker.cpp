// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/worker.hpp"

#include <pthread.h>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <optional>
#include <thread>

namespace wl::engine {

namespace asio = boost::asio;

struct Worker::Impl {
    asio::io_context context{1};
    std::optional<asio::executor_work_guard<asio::io_context::executor_type>> work{context.get_executor()};
    asio::steady_timer timer{context};
    std::thread thread;
};

Worker::Worker(std::string name) : m_impl(std::make_unique<Impl>()) {
    m_impl->thread = std::thread([this, name = std::move(name)] {
        pthread_setname_np(pthread_self(), name.c_str());
        m_impl->context.run();
    });
}

Worker::~Worker() { finish(); }

void Worker::finish() {
    if (!m_impl->thread.joinable()) return;
    asio::post(m_impl->context, [this] {
        m_impl->timer.cancel();
        m_impl->work.reset();
    });
    m_impl->thread.join();
}

void Worker::post(std::function<void()> task) { asio::post(m_impl->context, std::move(task)); }

void Worker::callAfter(Millis wait, std::function<void()> task) {
    m_impl->timer.expires_after(wait);
    m_impl->timer.async_wait([task = std::move(task)](const boost::system::error_code& error) {
        if (!error) task();
    });
}

boost::asio::io_context& Worker::context() { return m_impl->context; }

bool Worker::isThisThread() const { return std::this_thread::get_id() == m_impl->thread.get_id(); }

}  // namespace wl::engine
