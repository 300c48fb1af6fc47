// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sync_status.hpp"

#include <algorithm>

namespace wl::engine {

std::size_t SyncStatus::members() const {
    return static_cast<std::size_t>(std::ranges::count_if(consoles, [](const ConsoleStatus& c) { return !c.revoked; }));
}

std::size_t SyncStatus::connected() const {
    return static_cast<std::size_t>(std::ranges::count_if(consoles,
                                                          [](const ConsoleStatus& c) { return c.connected; }));
}

std::size_t SyncStatus::machinesWith(std::span<const Dot> dots) const {
    const auto has = [&](const ConsoleStatus& console) {
        if (console.self) return true;
        if (console.revoked) return false;
        return std::ranges::all_of(dots, [&](const Dot& dot) {
            const auto head = std::ranges::find(console.holds, dot.origin, &LogHead::origin);
            return head != console.holds.end() && head->seq >= dot.seq;
        });
    };
    return std::max<std::size_t>(1, static_cast<std::size_t>(std::ranges::count_if(consoles, has)));
}

const ConsoleStatus* SyncStatus::find(const OriginId& origin) const {
    const auto found = std::ranges::find(consoles, origin, &ConsoleStatus::origin);
    return found == consoles.end() ? nullptr : &*found;
}

}  // namespace wl::engine
