// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace wl::ui {

/// Lets the thread that calls it give way to others of the program, above all to the one that draws frames. QThread's
/// own priorities do nothing under the scheduler that programs have on Linux.
void stayBehind();

}  // namespace wl::ui
