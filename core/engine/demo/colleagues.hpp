// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a colleague or a resident does next with an open case, seen from its row alone.

#include <optional>

#include "engine/demo/stage.hpp"
#include "store/reader.hpp"

namespace wl::engine::demo {

/// One event on a case. `agent` is empty where a resident writes by a channel that files by itself.
struct CaseEvent {
    std::string agent;
    std::vector<Command> commands;
};

/// `mine`: the person at the console owns it, so only residents and dispatchers speak. None: nothing to do with it.
[[nodiscard]] std::optional<CaseEvent> nextEvent(const Stage& stage, const store::CaseRow& row,
                                                 const std::optional<store::PersonView>& requester, bool mine,
                                                 Instant now, Chance& chance);

}  // namespace wl::engine::demo
