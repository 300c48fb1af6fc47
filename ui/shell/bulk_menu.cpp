// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/bulk_menu.hpp"

#include <QInputDialog>
#include <QPlainTextEdit>
#include <QShortcut>

#include <algorithm>
#include <span>

#include "domain/workflow.hpp"
#include "ui/dispatch/job_dialog.hpp"
#include "ui/kit/choice_popup.hpp"
#include "ui/kit/icons.hpp"
#include "ui/models/error_words.hpp"
#include "ui/models/vocab_words.hpp"
#include "ui/queue/case_table.hpp"
#include "ui/queue/filter_bar.hpp"

namespace wl::ui {
namespace {

using namespace Qt::StringLiterals;

constexpr std::size_t kSample = 500;

}  // namespace

BulkMenu::BulkMenu(ConsoleBridge& bridge, QueuePanel& panel, QObject* parent)
    : QObject(parent), m_bridge(bridge), m_panel(panel), m_run(bridge, this) {
    addLetter(u"bulkLetterAssign", tr("Assign all selected…"), u"list-add-user", Qt::Key_A, &BulkMenu::askOwner);
    addLetter(u"bulkLetterTake", tr("Assign all selected to me"), u"user", Qt::SHIFT | Qt::Key_A, &BulkMenu::takeOwn);
    addLetter(u"bulkLetterHandOff", tr("Hand all selected off to a department…"), u"view-bank", Qt::Key_H,
              &BulkMenu::askDepartment);
    addLetter(u"bulkLetterCrew", tr("Give all selected to a crew…"), u"system-users", Qt::Key_G, &BulkMenu::askCrew);
    addLetter(u"bulkLetterJob", tr("Group all selected into a job…"), u"project-development", Qt::Key_W,
              &BulkMenu::askJob);
    addLetter(u"bulkLetterPause", tr("Pause or resume all selected…"), u"media-playback-pause", Qt::Key_P,
              &BulkMenu::pauseOrResume);
    addLetter(u"bulkLetterStatus", tr("Change the status of all selected…"), u"view-task", Qt::Key_S,
              &BulkMenu::askStatus);
    addLetter(u"bulkLetterPriority", tr("Change the priority of all selected…"), u"flag", Qt::SHIFT | Qt::Key_P,
              &BulkMenu::askPriority);
    addLetter(u"bulkLetterWorkDone", tr("Work is done on all selected"), u"checkmark", Qt::Key_D,
              &BulkMenu::finishWork);
    addLetter(u"bulkLetterClose", tr("Close all selected…"), u"object-locked", Qt::Key_C, &BulkMenu::askClose);
    addLetter(u"bulkLetterReopen", tr("Reopen all selected"), u"object-unlocked", Qt::Key_O, &BulkMenu::reopen);
    addLetter(u"bulkLetterNote", tr("Write a note on all selected…"), u"note", Qt::Key_N, &BulkMenu::askNote);
    connect(&m_run, &BulkRun::finished, this, &BulkMenu::tell);
}

void BulkMenu::addLetter(const char16_t* name, const QString& text, const char16_t* icon, const QKeySequence& key,
                         void (BulkMenu::*what)()) {
    auto* action = new QAction(themedIcon(icon), text, this);
    action->setObjectName(QString::fromUtf16(name));
    action->setShortcut(key);
    action->setShortcutContext(Qt::WidgetShortcut);  // on no widget: the list looks it up
    connect(action, &QAction::triggered, this, what);
    m_letters << action;
}

bool BulkMenu::take() {
    m_cases = m_panel.table().selectedCases();
    return !m_cases.empty();
}

std::vector<store::CaseRow> BulkMenu::sample() {
    const auto rows = m_bridge.reader().rows(std::span(m_cases).first(std::min(m_cases.size(), kSample)));
    return rows ? *rows : std::vector<store::CaseRow>{};
}

void BulkMenu::askOwner() {
    if (!take()) return;
    auto choices = staffChoices(*m_bridge.catalogue(), m_bridge.agent(), {});
    Choice nobody;
    nobody.name = tr("Nobody");
    choices.push_back(std::move(nobody));
    auto* popup = new ChoicePopup(std::move(choices), tr("Give to…"), &m_panel);
    connect(popup, &ChoicePopup::chosen, this, [this](const QString& code) { take(code.toStdString()); });
    popup->openUnder(&m_panel.bar(), {});
}

void BulkMenu::take(const std::string& owner) {
    change([owner](const auto& rows) { return bulkOwner(rows, owner); });
}

void BulkMenu::takeOwn() {
    if (take()) take(m_bridge.agent());
}

void BulkMenu::askDepartment() {
    if (!take()) return;
    auto* popup = new ChoicePopup(departmentChoices(*m_bridge.catalogue()), tr("Hand off to"), &m_panel);
    connect(popup, &ChoicePopup::chosen, this, [this](const QString& code) {
        bool ok = false;
        const auto why = QInputDialog::getText(&m_panel, tr("Hand off"), tr("Why? The department has to accept."),
                                               QLineEdit::Normal, {}, &ok);
        if (!ok) return;
        change([department = code.toStdString(), reason = why.trimmed().toStdString()](const auto& rows) {
            return bulkHandOff(rows, department, reason);
        });
    });
    popup->openUnder(&m_panel.bar(), {});
}

void BulkMenu::askCrew() {
    if (!take()) return;
    std::vector<Choice> choices;
    const auto catalogue = m_bridge.catalogue();
    for (const auto& crew : catalogue->crews())
        choices.push_back({QString::fromStdString(crew.code),
                           QString::fromStdString(crew.name),
                           QString::fromStdString(catalogue->departmentName(crew.department)),
                           {},
                           u"system-users"_s});
    auto* popup = new ChoicePopup(std::move(choices), tr("Give to a crew"), &m_panel);
    connect(popup, &ChoicePopup::chosen, this, [this](const QString& code) {
        const auto* crew = m_bridge.catalogue()->crew(code.toStdString());
        if (!crew) return;
        change([to = *crew](const auto& rows) { return bulkCrew(rows, to); });
    });
    popup->openUnder(&m_panel.bar(), {});
}

// One work order for all of them: it is published first, then the cases name it.
void BulkMenu::askJob() {
    if (!take()) return;
    const auto rows = sample();
    if (rows.empty()) return;
    rules::Job job;
    job.title = tr("%1, %2 cases")
                    .arg(QString::fromStdString(m_bridge.catalogue()->serviceName(rows.front().service)))
                    .arg(m_cases.size())
                    .toStdString();
    job.department = rows.front().department;
    auto* dialog = new JobDialog(m_bridge, std::move(job), m_cases, &m_panel);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &JobDialog::told, this, &BulkMenu::told);
    dialog->open();
}

void BulkMenu::askPriority() {
    if (!take()) return;
    std::vector<Choice> choices;
    for (const auto priority : {Priority::Urgent, Priority::High, Priority::Normal, Priority::Low})
        choices.push_back(
            {QString::number(static_cast<int>(priority)), priorityWord(priority), {}, {}, priorityIconName(priority)});
    auto* popup = new ChoicePopup(std::move(choices), tr("Set priority"), &m_panel);
    connect(popup, &ChoicePopup::chosen, this, [this](const QString& code) {
        change([to = static_cast<Priority>(code.toInt())](const auto& rows) { return bulkPriority(rows, to); });
    });
    popup->openUnder(&m_panel.bar(), {});
}

void BulkMenu::askStatus() {
    if (!take()) return;
    std::vector<Choice> choices;
    for (const auto to : possibleSteps(sample()))
        choices.push_back({QString::number(static_cast<int>(to)), statusWord(to), {}, {}, statusIconName(to)});
    auto* popup = new ChoicePopup(std::move(choices), tr("Set status"), &m_panel);
    connect(
        popup, &ChoicePopup::chosen, this, [this](const QString& code) { step(static_cast<Status>(code.toInt())); },
        Qt::QueuedConnection);  // the first popup has closed when the second opens
    popup->openUnder(&m_panel.bar(), {});
}

void BulkMenu::step(Status to) {
    if (to == Status::Waiting || to == Status::Closed) return askReason(to);
    change([to](const auto& rows) { return bulkStatus(rows, to, {}); });
}

void BulkMenu::askReason(Status to) {
    std::vector<Choice> choices;
    const auto catalogue = m_bridge.catalogue();
    if (to == Status::Waiting) {
        choices = pauseChoices(*catalogue, catalogue->staff(m_bridge.agent()));
        if (choices.empty()) return Q_EMIT told(errorWords({ErrorKind::Refused, "pause.none", "reason", {}}).line());
    } else {
        for (const auto resolution : kResolutions)
            choices.push_back({QString::fromUtf8(resolution), resolutionWord(resolution), {}, {}, {}});
    }
    auto* popup = new ChoicePopup(
        std::move(choices), to == Status::Waiting ? tr("Waiting for what?") : tr("With which resolution?"), &m_panel);
    connect(popup, &ChoicePopup::chosen, this, [this, to](const QString& code) {
        change([to, reason = code.toStdString()](const auto& rows) { return bulkStatus(rows, to, reason); });
    });
    popup->openUnder(&m_panel.bar(), {});
}

void BulkMenu::pauseOrResume() {
    if (!take()) return;
    const auto rows = sample();
    const bool allWait = std::ranges::all_of(rows, [](const auto& row) { return row.status == Status::Waiting; });
    step(allWait ? Status::InProgress : Status::Waiting);
}

void BulkMenu::askClose() {
    if (take()) step(Status::Closed);
}

void BulkMenu::finishWork() {
    if (take()) step(Status::WorkDone);
}

void BulkMenu::reopen() {
    if (!take()) return;
    change([](const auto& rows) {
        std::vector<store::CaseRow> finished;
        for (const auto& row : rows)
            if (isTerminal(row.status)) finished.push_back(row);
        auto edit = bulkStatus(finished, Status::Acknowledged, {});
        edit.skipped += static_cast<int>(rows.size() - finished.size());
        return edit;
    });
}

void BulkMenu::askNote() {
    if (!take()) return;
    auto* ask = new QInputDialog(&m_panel);
    ask->setObjectName(u"bulkNote"_s);
    ask->setAttribute(Qt::WA_DeleteOnClose);
    ask->setOption(QInputDialog::UsePlainTextEditForTextInput);
    ask->setWindowTitle(tr("Note on all selected cases"));
    ask->setLabelText(tr("What to note on %n case(s) (Ctrl+Enter saves)", nullptr, static_cast<int>(m_cases.size())));
    connect(new QShortcut(Qt::CTRL | Qt::Key_Return, ask), &QShortcut::activated, ask, &QDialog::accept);
    connect(ask, &QDialog::accepted, this, [this, ask] {
        const auto text = ask->textValue().trimmed().toStdString();
        if (text.empty()) return;
        const auto* me = m_bridge.catalogue()->staff(m_bridge.agent());
        change([text, author = me ? me->name : m_bridge.agent()](const auto& rows) {
            return bulkNote(rows, text, author);
        });
    });
    ask->open();
}

// One after another: keys may be pressed faster than cases are changed.
void BulkMenu::change(BulkRun::Make make) {
    m_next.emplace_back(std::exchange(m_cases, {}), std::move(make));
    startNext();
}

void BulkMenu::startNext() {
    if (m_run.isRunning() || m_next.empty()) return;
    auto [cases, make] = std::move(m_next.front());
    m_next.pop_front();
    m_run.start(std::move(cases), std::move(make));
}

void BulkMenu::tell(const BulkRun::Outcome& outcome) {
    QStringList parts;
    if (outcome.why) parts << errorWords(*outcome.why).line();
    else if (outcome.stopped) parts << tr("Stopped.");
    if (outcome.changed > 0) parts << tr("%Ln case(s) changed.", nullptr, static_cast<int>(outcome.changed));
    else if (!outcome.why) parts << tr("Nothing to change.");
    if (outcome.skipped > 0) parts << tr("%Ln case(s) left as they were.", nullptr, static_cast<int>(outcome.skipped));
    Q_EMIT told(parts.join(u' '));
    if (outcome.stopped || outcome.why) m_next.clear();
    startNext();
}

}  // namespace wl::ui
