// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/background.hpp"

#include <sys/resource.h>
#include <unistd.h>

namespace wl::ui {

// QThread's priorities do nothing under Linux's usual scheduler; a nice value is a thread's own there.
void workInBackground() { setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), 10); }

}  // namespace wl::ui
