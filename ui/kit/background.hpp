// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Work that nobody waits for.

namespace wl::ui {

/// From now on the calling thread gives way to the window, the engine and the reader where the machine is busy.
void workInBackground();

}  // namespace wl::ui
