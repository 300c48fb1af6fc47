// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Who asks the reader thread. A newer question of the same asker replaces one that still waits.

namespace wl::ui {

enum QuerySlot : int {
    CaseTableSlot = 1,
    QueueRailSlot = 2,
    PaletteSlot = 3,
    WorkloadSlot = 4,
    DispatchSlot = 5,
    AlarmSlot = 6,
    FigureCasesSlot = 7
};

}  // namespace wl::ui
