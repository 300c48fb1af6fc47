// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The status workflow, version 1. Ops are replayed in canonical order; a step either takes effect or is recorded
// without effect. A closure is never lost to a click of somebody who had not seen it: Closed is left only by
// a step that names it, and so is WorkDone unless the case is closed.

#include <array>
#include <cstdint>

#include "domain/vocab.hpp"

namespace wl {

/// True if an agent may take this step at all (what menus offer and the planner accepts).
[[nodiscard]] bool mayStep(Status from, Status to);

/// True if a step made at `from` takes effect on a case that stands at `current` when it is replayed.
[[nodiscard]] bool stepTakesEffect(Status current, Status from, Status to);

}  // namespace wl
