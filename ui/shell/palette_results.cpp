// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/palette_results.hpp"

#include <QCoreApplication>

#include <algorithm>

#include "ui/models/choice_match.hpp"
#include "ui/models/time_words.hpp"
#include "ui/models/vocab_words.hpp"
#include "ui/shell/window_actions.hpp"

namespace wl::ui {
namespace {

using namespace Qt::StringLiterals;
using Kind = PaletteResult::Kind;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(PaletteResults)
};

constexpr std::size_t kCommands = 8;

PaletteResult heading(const QString& title) {
    PaletteResult result;
    result.title = title;
    return result;
}

QString plain(QString text) { return text.remove(u'&').remove(u"…"_s); }

// "12 Harbour St · Assigned · 3 d ago"
QString about(const store::CaseRow& row, Instant now) {
    QStringList parts;
    if (!row.address.empty()) parts << QString::fromStdString(row.address).simplified();
    parts << statusWord(row.status) << agoWords(row.requestedAt, now);
    return parts.join(u" · "_s);
}

PaletteResult personResult(const store::PersonView& view) {
    PaletteResult result;
    result.kind = Kind::Person;
    result.person = view.state.id;
    result.icon = u"user-identity"_s;
    result.title = QString::fromStdString(view.state.text(PersonField::Name));
    QStringList contacts;
    for (const auto& contact : view.state.contacts) contacts << QString::fromStdString(contact.value);
    result.detail = contacts.join(u" · "_s);
    if (result.title.isEmpty()) result.title = std::exchange(result.detail, QString());
    return result;
}

}  // namespace

std::vector<PaletteResult> matchingCommands(const QString& typed, const QList<QAction*>& actions,
                                            const QueueListModel& queues) {
    std::vector<std::pair<int, PaletteResult>> found;
    for (auto* action : actions) {
        if (!action->isEnabled() || action->text().isEmpty()) continue;
        Choice choice;
        choice.name = plain(action->text());
        if (const auto group = plain(action->property(WindowActions::kGroup).toString()); !group.isEmpty())
            choice.name = Words::tr("%1: %2", "submenu and its entry").arg(group, choice.name);
        const int score = typed.isEmpty() ? 1 : matchScore(choice, typed);
        if (score == 0) continue;
        PaletteResult result;
        result.kind = Kind::Command;
        result.title = choice.name;
        result.icon = action->icon().name();
        result.keys = action->shortcut().toString(QKeySequence::NativeText);
        result.action = action;
        found.emplace_back(score, std::move(result));
    }
    std::ranges::stable_sort(found, std::ranges::greater(), &std::pair<int, PaletteResult>::first);
    if (!typed.isEmpty() && found.size() > kCommands) found.resize(kCommands);

    std::vector<PaletteResult> results;
    for (int row = 0; !typed.isEmpty() && row < queues.rowCount(); ++row) {
        const auto* queue = queues.entryAt(row);
        Choice choice;
        choice.name = queue->name;
        if (queue->heading || matchScore(choice, typed) == 0) continue;
        if (results.empty()) results.push_back(heading(Words::tr("Queues")));
        PaletteResult result;
        result.kind = Kind::Queue;
        result.title = queue->name;
        result.icon = queue->icon;
        result.queue = queue->id;
        result.detail = Words::tr("%n case(s)", nullptr, static_cast<int>(queue->tally.total));
        results.push_back(std::move(result));
    }
    if (!found.empty()) results.push_back(heading(Words::tr("Commands")));
    for (auto& [score, result] : found) results.push_back(std::move(result));
    return results;
}

std::vector<PaletteResult> recordResults(const engine::Found& found, ConsoleBridge& bridge) {
    std::vector<PaletteResult> results;
    const auto names = CodeNames(bridge.catalogue(), bridge.engine().city());
    if (!found.cases.empty()) results.push_back(heading(Words::tr("Cases")));
    for (const auto& row : found.cases) {
        PaletteResult result;
        result.kind = Kind::Case;
        result.caseKey = row.key;
        result.icon = statusIconName(row.status);
        result.title = Words::tr("%1  %2", "case number and service")
                           .arg(QString::fromStdString(row.number), names.service(row.service));
        result.detail = about(row, bridge.now());
        results.push_back(std::move(result));
    }
    if (!found.persons.empty()) results.push_back(heading(Words::tr("People")));
    for (const auto& view : found.persons) results.push_back(personResult(view));
    return results;
}

}  // namespace wl::ui
