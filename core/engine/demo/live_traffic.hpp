// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Keeps the demo desk moving: residents report through all channels, colleagues take over, note, ask and finish.
// What the person at this console owns is left to them; residents may write about it.

#include <cstdint>
#include <memory>

#include "domain/time.hpp"

namespace wl::engine {

class Engine;

struct LiveOptions {
    std::uint64_t seed{311};
    Millis gap{
        4'000};  ///< mean time between two events at a usual hour; shorter when the desk is busy, longer at night
};

/// Has a thread of its own while it runs. It must end before the engine does.
class LiveTraffic {
public:
    LiveTraffic(Engine& engine, LiveOptions options);
    ~LiveTraffic();  ///< stops
    LiveTraffic(const LiveTraffic&) = delete;
    LiveTraffic& operator=(const LiveTraffic&) = delete;

    /// Does nothing where the replica is not a demo city (no basemap, or other services).
    void start();
    /// Waits for the event that is going on, not for the next.
    void stop();
    [[nodiscard]] bool isRunning() const;

    /// One event now, on the calling thread; false if there was nothing to do. Not while it runs.
    bool step();

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

}  // namespace wl::engine
