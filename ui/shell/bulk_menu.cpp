// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/bulk_menu.hpp"

#include "ui/kit/choice_popup.hpp"
#include "ui/models/error_words.hpp"
#include "ui/models/vocab_words.hpp"
#include "ui/queue/case_table.hpp"
#include "ui/queue/filter_bar.hpp"

namespace wl::ui {

BulkMenu::BulkMenu(ConsoleBridge& bridge, QueuePanel& panel, QObject* parent)
    : QObject(parent), m_bridge(bridge), m_panel(panel) {}

std::vector<store::CaseRow> BulkMenu::selected() {
    auto keys = m_panel.table().selectedCases();
    if (keys.size() > kBulkLimit) {
        Q_EMIT told(tr("%1 cases are selected; at most %2 can be changed at once.").arg(keys.size()).arg(kBulkLimit));
        return {};
    }
    auto rows = m_bridge.reader().rows(keys);
    if (rows) return std::move(*rows);
    Q_EMIT told(errorWords(rows.error()).line());
    return {};
}

void BulkMenu::askOwner() {
    if (selected().empty()) return;
    auto choices = staffChoices(*m_bridge.catalogue(), m_bridge.agent(), {});
    Choice nobody;
    nobody.name = tr("Nobody");
    choices.push_back(std::move(nobody));
    auto* popup = new ChoicePopup(std::move(choices), tr("Give to…"), &m_panel);
    connect(popup, &ChoicePopup::chosen, this,
            [this](const QString& code) { submit(bulkOwner(selected(), code.toStdString())); });
    popup->openUnder(&m_panel.bar(), {});
}

void BulkMenu::askPriority() {
    if (selected().empty()) return;
    std::vector<Choice> choices;
    for (const auto priority : {Priority::Urgent, Priority::High, Priority::Normal, Priority::Low})
        choices.push_back(
            {QString::number(static_cast<int>(priority)), priorityWord(priority), {}, {}, priorityIconName(priority)});
    auto* popup = new ChoicePopup(std::move(choices), tr("Set priority"), &m_panel);
    connect(popup, &ChoicePopup::chosen, this,
            [this](const QString& code) { submit(bulkPriority(selected(), static_cast<Priority>(code.toInt()))); });
    popup->openUnder(&m_panel.bar(), {});
}

void BulkMenu::askStatus() {
    const auto rows = selected();
    if (rows.empty()) return;
    std::vector<Choice> choices;
    for (const auto step : possibleSteps(rows))
        choices.push_back({QString::number(static_cast<int>(step)), statusWord(step), {}, {}, statusIconName(step)});
    auto* popup = new ChoicePopup(std::move(choices), tr("Set status"), &m_panel);
    connect(
        popup, &ChoicePopup::chosen, this,
        [this](const QString& code) {
            const auto to = static_cast<Status>(code.toInt());
            if (to == Status::Waiting || to == Status::Closed) askReason(to);
            else submit(bulkStatus(selected(), to, {}));
        },
        Qt::QueuedConnection);  // the first popup has closed when the second opens
    popup->openUnder(&m_panel.bar(), {});
}

void BulkMenu::askReason(Status to) {
    std::vector<Choice> choices;
    if (to == Status::Waiting)
        for (const auto& reason : m_bridge.catalogue()->pauseReasons())
            choices.push_back({QString::fromStdString(reason.code), QString::fromStdString(reason.name), {}, {}, {}});
    else
        for (const auto resolution : kResolutions)
            choices.push_back({QString::fromUtf8(resolution), resolutionWord(resolution), {}, {}, {}});
    auto* popup = new ChoicePopup(
        std::move(choices), to == Status::Waiting ? tr("Waiting for what?") : tr("With which resolution?"), &m_panel);
    connect(popup, &ChoicePopup::chosen, this,
            [this, to](const QString& code) { submit(bulkStatus(selected(), to, code.toStdString())); });
    popup->openUnder(&m_panel.bar(), {});
}

void BulkMenu::submit(BulkEdit edit) {
    const int count = static_cast<int>(edit.batch.commands.size());
    const auto left = edit.skipped == 0 ? QString() : u' ' + tr("%n case(s) left as they were.", nullptr, edit.skipped);
    if (count == 0) {
        Q_EMIT told(tr("Nothing to change.") + left);
        return;
    }
    m_bridge.submit(std::move(edit.batch), this, [this, count, left](const Result<engine::Receipt>& receipt) {
        Q_EMIT told(receipt ? tr("%n case(s) changed.", nullptr, count) + left : errorWords(receipt.error()).line());
    });
}

}  // namespace wl::ui
