// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A notification of the desktop (org.freedesktop.Notifications), where there is such a service; else nothing happens.

#include <QString>

namespace wl::ui {

/// Does not wait. `body` is plain text; later notices of this program replace the one that stands.
void showDesktopNotice(const QString& title, const QString& body);

}  // namespace wl::ui
