// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the search box finds for a few typed letters: cases, people, queues, commands. GUI thread; reads one small page.

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
/// Cases and people from the replica's search; best first.
[[nodiscard]] std::vector<PaletteResult> matchingRecords(const QString& typed, ConsoleBridge& bridge);

}  // namespace wl::ui
