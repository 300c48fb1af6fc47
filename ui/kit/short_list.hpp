// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A list of a few lines inside a pane, as high as its lines.

#include <QString>

class QListWidget;

namespace wl::ui {

[[nodiscard]] QListWidget* makeShortList(const QString& name);
/// As high as its lines, at most `most` of them; the rest scrolls.
void fitHeight(QListWidget& list, int most);

}  // namespace wl::ui
