// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/behind.hpp"

#include <sys/resource.h>
#include <unistd.h>

namespace wl::ui {

void stayBehind() {
    constexpr int kNice = 5;
    thread_local bool done = false;
    if (done) return;
    done = true;
    (void)setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), kNice);  // of this thread alone; it may be refused
}

}  // namespace wl::ui
