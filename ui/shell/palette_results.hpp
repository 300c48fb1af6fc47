// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the search box finds for a few typed letters: cases, people, queues, commands. GUI thread; reads nothing.

#include <QAction>
#include <QList>
#include <QString>

#include <vector>

#include "ui/models/code_names.hpp"
#include "ui/models/console_bridge.hpp"
#include "ui/models/queue_list_model.hpp"

namespace wl::ui {

struct PaletteResult {
    enum class Kind : std::uint8_t { Heading, Case, Person, Queue, Command } kind{};
    QString title;
    QString detail;
    QString icon;  ///< Breeze name
    QString keys;  ///< of a command
    CaseKey caseKey;
    PersonId person;
    QString queue;
    QAction* action{};
};

/// Commands and queues that fit; all commands when nothing is typed.
[[nodiscard]] std::vector<PaletteResult> matchingCommands(const QString& typed, const QList<QAction*>& actions,
                                                          const QueueListModel& queues);
/// Cases and people as the engine found them; best first.
[[nodiscard]] std::vector<PaletteResult> recordResults(const engine::Found& found, ConsoleBridge& bridge);

/// How many cases, and how many people, are worth showing.
inline constexpr int kPaletteRecords = 8;

}  // namespace wl::ui
