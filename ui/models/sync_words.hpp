// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The other consoles in words that somebody who leads a call centre understands.

#include <QString>

#include "engine/sync_status.hpp"

namespace wl::ui {

/// The mark in the top bar.
struct SyncMark {
    QString icon, text, tip;
    bool worry{};  ///< somebody should look
};
[[nodiscard]] SyncMark syncMark(const engine::SyncStatus& status, Instant now);

[[nodiscard]] QString roleWord(ConsoleRole role);
/// What a console of that role may do, in a sentence; `department` by its name, empty for the whole city.
[[nodiscard]] QString scopeWords(ConsoleRole role, const QString& department);
/// Why this console writes nothing more (SyncStatus::stopped): a title, and what it means and what to do.
[[nodiscard]] QString stoppedTitle(const Error& why);
[[nodiscard]] QString stoppedWords(const Error& why);
/// Whether going on as a new console helps.
[[nodiscard]] bool mayGoOn(const engine::SyncStatus& status);
/// "Connected for 2 h", "Last met 3 h ago", "Never met", "Shut out 2 d ago", "This console".
[[nodiscard]] QString consoleStateWords(const engine::ConsoleStatus& console, Instant now);
/// "Has everything", "Lacks 12 edits", "Sends 120 edits", "Unknown".
[[nodiscard]] QString consoleBehindWords(const engine::ConsoleStatus& console);
/// "Right", "3 min ahead", "12 s behind"; empty while unknown.
[[nodiscard]] QString clockSkewWords(const engine::ConsoleStatus& console);
/// Clocks that differ by this much are worth a word.
inline constexpr Millis kSkewWorth{2000};
[[nodiscard]] QString noticeWords(const engine::SyncNotice& notice);
/// "On this machine only", "On 3 machines"; empty in a city of one console.
[[nodiscard]] QString machinesWords(std::size_t machines, const engine::SyncStatus& status);
/// "Kim Kern is typing at Desk 4".
[[nodiscard]] QString presenceWords(const engine::PresenceEntry& entry, const QString& staffName);

}  // namespace wl::ui
