// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/sync_words.hpp"

#include <QCoreApplication>
#include <QLocale>

#include "ui/models/time_words.hpp"

namespace wl::ui {
namespace {

using namespace Qt::StringLiterals;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(SyncWords)
};

QString text(const std::string& from) { return QString::fromStdString(from); }
int whole(std::uint64_t number) { return static_cast<int>(std::min<std::uint64_t>(number, 1'000'000'000)); }

QString onlyHereWords(std::uint64_t edits) {
    return Words::tr("%n edit(s) on this machine only", nullptr, whole(edits));
}

}  // namespace

SyncMark syncMark(const engine::SyncStatus& status, Instant now) {
    SyncMark mark;
    const auto members = status.members();
    if (status.stopped)
        return {u"dialog-warning"_s, stoppedTitle(*status.stopped), stoppedWords(*status.stopped), true};
    if (status.waitsToBeLetIn)
        return {u"network-disconnect"_s, Words::tr("Waits to be let in again"),
                Words::tr(
                    "This console goes on under a new name. Its edits are safe here; the others take them once it has "
                    "met the console that lets consoles in."),
                true};
    if (status.ownLogAhead)
        return {u"dialog-warning"_s, Words::tr("Older data was put back"),
                Words::tr("Other consoles know edits of this one that it has lost. Look at the consoles page."), true};
    if (members <= 1)
        return {u"computer"_s, Words::tr("This console only"),
                Words::tr("No other console is paired with this one. Everything is stored here, and here alone."),
                false};
    if (!status.on)
        return {u"network-disconnect"_s,
                status.onlyHere > 0 ? Words::tr("Exchange is off · %1").arg(onlyHereWords(status.onlyHere))
                                    : Words::tr("Exchange is off"),
                Words::tr("This console exchanges nothing with the others until it is switched on."),
                status.onlyHere > 0};
    std::size_t inStep = 1;
    std::uint64_t ahead = 0;
    bool skewed = false;
    QStringList lines;
    for (const auto& console : status.consoles) {
        if (console.revoked) continue;
        if (!console.self) {
            lines << u"%1: %2"_s.arg(text(console.name),
                                     console.connected ? consoleBehindWords(console) : consoleStateWords(console, now));
            if (console.connected && console.caughtUp) ++inStep;
            ahead += console.ahead;
            skewed |= console.skew && std::chrono::abs(*console.skew) >= kSkewWorth;
        }
    }
    if (status.connected() == 0) {
        mark.icon = u"network-disconnect"_s;
        mark.text = status.onlyHere > 0 ? Words::tr("Cut off · %1").arg(onlyHereWords(status.onlyHere))
                                        : Words::tr("Cut off from the others");
        mark.tip =
            Words::tr("No other console can be reached now. Work goes on here; it is exchanged when they meet again.");
        mark.worry = true;
    } else if (ahead > 0) {
        mark.icon = u"view-refresh"_s;
        mark.text = Words::tr("Behind by %n edit(s)", nullptr, whole(ahead));
        mark.tip = Words::tr("Edits of other consoles are on their way.");
    } else {
        mark.icon = u"network-connect"_s;
        mark.text = Words::tr("%1 of %n console(s) in step", nullptr, static_cast<int>(members)).arg(inStep);
        mark.tip = Words::tr("Consoles in step have every edit, this one included.");
        if (status.onlyHere > 0) mark.text += u" · "_s + onlyHereWords(status.onlyHere);
    }
    if (skewed) {
        mark.worry = true;
        lines << Words::tr("The clocks of two consoles differ.");
    }
    if (!lines.isEmpty()) mark.tip += u"\n\n"_s + lines.join(u'\n');
    return mark;
}

QString stoppedTitle(const Error& why) {
    if (why.code == "origin.behind") return Words::tr("Older data was put back");
    if (why.code == "origin.forked") return Words::tr("Two computers work as this console");
    if (why.code == "origin.replaced") return Words::tr("Another computer goes on as this console");
    return Words::tr("This console was shut out");
}

QString stoppedWords(const Error& why) {
    if (why.code == "origin.behind")
        return Words::tr(
            "Other consoles have edits of this one that are missing here, so an older copy of its data was put "
            "back. Nothing is lost: they come back from the others. To work on, go on as a new console.");
    if (why.code == "origin.forked")
        return Words::tr(
            "Another computer with a copy of this console's data works under its name. What both did before "
            "the copy was made stands; what came after waits until it is decided which one goes on. To work "
            "on here, go on as a new console.");
    if (why.code == "origin.replaced")
        return Words::tr(
            "Another computer that was this console goes on as a new one. To work on here too, go on as a new "
            "console.");
    return Words::tr("The city's administrator shut this console out. It can be added again, as a new console, into an "
                     "empty folder.");
}

bool mayGoOn(const engine::SyncStatus& status) { return status.stopped && status.stopped->code != "origin.revoked"; }

QString scopeWords(ConsoleRole role, const QString& department) {
    switch (role) {
        case ConsoleRole::Reader:
            return Words::tr("It shows every case and changes nothing: for a wall or an archive.");
        case ConsoleRole::Administrator:
            return Words::tr("It works on every case, and changes services, departments, staff and targets.");
        case ConsoleRole::Agent: break;
    }
    if (department.isEmpty()) return Words::tr("It works on every case of the city.");
    return Words::tr(
               "It takes in cases for anybody, works on cases of %1 and on those that have no department, and hands "
               "them over. It does not take cases of other departments; it may add notes to them.")
        .arg(department);
}

QString roleWord(ConsoleRole role) {
    switch (role) {
        case ConsoleRole::Reader: return Words::tr("Looks only");
        case ConsoleRole::Agent: return Words::tr("Works on cases");
        case ConsoleRole::Administrator: return Words::tr("Works on cases and the catalogue");
    }
    return {};
}

QString consoleStateWords(const engine::ConsoleStatus& console, Instant now) {
    if (console.self) return Words::tr("This console");
    if (console.replaced) return Words::tr("Goes on as a new console");
    if (console.revoked) return Words::tr("Shut out %1").arg(agoWords(console.revokedAt, now));
    if (console.connected && console.snapshotTotal > 0 && console.snapshotDone < console.snapshotTotal)
        return Words::tr("Copying: %1 %").arg(console.snapshotDone * 100 / console.snapshotTotal);
    if (console.connected) return Words::tr("Connected for %1").arg(durationWords(now - console.since));
    if (console.lastSeen) return Words::tr("Last met %1").arg(agoWords(console.lastSeen, now));
    return Words::tr("Never met");
}

QString consoleBehindWords(const engine::ConsoleStatus& console) {
    if (console.self || console.revoked) return {};
    if (console.ahead > 0) return Words::tr("Sends %n edit(s)", nullptr, whole(console.ahead));
    if (console.lacks > 0) return Words::tr("Lacks %n edit(s)", nullptr, whole(console.lacks));
    return console.connected || console.lastSeen ? Words::tr("Has everything") : Words::tr("Unknown");
}

QString clockSkewWords(const engine::ConsoleStatus& console) {
    if (!console.skew || console.self) return {};
    const auto apart = std::chrono::abs(*console.skew);
    if (apart < kSkewWorth) return Words::tr("Right");
    const auto words = apart < Millis(60'000) ? Words::tr("%n s", "seconds", static_cast<int>(apart.count() / 1000))
                                              : durationWords(apart);
    return console.skew->count() > 0 ? Words::tr("%1 ahead").arg(words) : Words::tr("%1 behind").arg(words);
}

QString noticeWords(const engine::SyncNotice& notice) {
    const auto who = text(notice.who);
    const auto detail = text(notice.detail);
    const auto& code = notice.code;
    if (code == "peer.connected") return Words::tr("Connected with %1").arg(who);
    if (code == "peer.gone") return Words::tr("The connection with %1 ended").arg(who);
    if (code == "peer.closed") return Words::tr("%1 ended the connection: %2").arg(who, detail);
    if (code == "peer.cut_off") return Words::tr("Cut off %1: %2").arg(who, detail);
    if (code == "peer.refused")
        return Words::tr("A console that does not belong here called from %1 and was refused").arg(who);
    if (code == "peer.not_understood") return Words::tr("Somebody at %1 who is no console called: %2").arg(who, detail);
    if (code == "peer.flood") return Words::tr("Too many calls at once, the last from %1").arg(who);
    if (code == "peer.full")
        return Words::tr("No room for a connection with %1: there are as many as this console keeps").arg(who);
    if (code == "peer.unreachable") return Words::tr("%1 does not answer: %2").arg(who, detail);
    if (code == "origin.behind")
        return Words::tr("An older copy of the data was put back: others have edit %1 of this console").arg(detail);
    if (code == "origin.forked") return Words::tr("Two computers worked under the name of %1").arg(who);
    if (code == "origin.goes_on") return Words::tr("%1 goes on as a new console and was let in").arg(who);
    if (code == "origin.minted") return Words::tr("This console goes on as a new one");
    if (code == "snapshot.chain" || code == "snapshot.state")
        return Words::tr("The copy of the cases that this console took is damaged (%1): make it anew with wardlinectl "
                         "rebuild, or join the city again into an empty folder")
            .arg(detail);
    if (code == "pair.tried") return Words::tr("An attempt to join from %1 failed: %2").arg(who, detail);
    return detail.isEmpty() ? who : u"%1: %2"_s.arg(who, detail);
}

QString machinesWords(std::size_t machines, const engine::SyncStatus& status) {
    if (status.members() <= 1) return {};
    if (machines <= 1) return Words::tr("On this machine only");
    return Words::tr("On %n machine(s)", nullptr, static_cast<int>(machines));
}

QString presenceWords(const engine::PresenceEntry& entry, const QString& staffName) {
    const auto where = text(entry.consoleName);
    return entry.typing ? Words::tr("%1 is typing at %2").arg(staffName, where)
                        : Words::tr("%1 has this case open at %2").arg(staffName, where);
}

}  // namespace wl::ui
