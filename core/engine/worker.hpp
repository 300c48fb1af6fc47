// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A named thread with a queue of tasks and one timer. The engine and the reader are workers; with the GUI's own loop
// these are all the threads there are.

#include <functional>
#include <memory>
#include <string>

#include "domain/time.hpp"

namespace boost::asio {
class io_context;
}

namespace wl::engine {

class Worker {
public:
    explicit Worker(std::string name);
    /// Finishes what was posted, then ends.
    ~Worker();
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    /// Finishes what was posted and ends the thread; what is posted afterwards is dropped.
    void finish();
    void post(std::function<void()> task);
    /// Sets the timer anew; only from the worker's own thread.
    void callAfter(Millis wait, std::function<void()> task);
    [[nodiscard]] bool isThisThread() const;
    /// For what does its own waiting on this thread; it must have ended before `finish`.
    [[nodiscard]] boost::asio::io_context& context();

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

}  // namespace wl::engine
