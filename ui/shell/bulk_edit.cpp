// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/bulk_edit.hpp"

#include <algorithm>

#include "domain/workflow.hpp"

namespace wl::ui {
namespace {

template <class Already>
BulkEdit setField(const std::vector<store::CaseRow>& rows, CaseField field, const Value& value, Already already) {
    BulkEdit edit;
    for (const auto& row : rows) {
        if (already(row)) {
            ++edit.skipped;
            continue;
        }
        engine::EditCase command;
        command.target.key = row.key;
        command.fields.set(field, value);
        edit.batch.commands.emplace_back(std::move(command));
    }
    return edit;
}

}  // namespace

BulkEdit bulkOwner(const std::vector<store::CaseRow>& rows, const std::string& owner) {
    return setField(rows, CaseField::Owner, owner.empty() ? Value{} : Value{owner},
                    [&](const store::CaseRow& row) { return row.owner == owner; });
}

BulkEdit bulkPriority(const std::vector<store::CaseRow>& rows, Priority priority) {
    return setField(rows, CaseField::Priority, Value{static_cast<std::int64_t>(priority)},
                    [=](const store::CaseRow& row) { return row.priority == priority; });
}

BulkEdit bulkHandOff(const std::vector<store::CaseRow>& rows, const std::string& department,
                     const std::string& reason) {
    BulkEdit out;
    for (const auto& row : rows) {
        if (row.department == department || row.status == Status::Closed || !row.offeredTo.empty()) ++out.skipped;
        else out.batch.commands.emplace_back(engine::OfferHandOff{{row.key, {}}, department, {}, reason});
    }
    return out;
}

BulkEdit bulkCrew(const std::vector<store::CaseRow>& rows, const rules::Crew& crew) {
    BulkEdit out;
    for (const auto& row : rows) {
        if (row.department != crew.department || row.crew == crew.code || row.status == Status::Closed) {
            ++out.skipped;
            continue;
        }
        engine::EditCase edit;
        edit.target.key = row.key;
        edit.fields.set(CaseField::Crew, crew.code);
        out.batch.commands.emplace_back(std::move(edit));
    }
    return out;
}

BulkEdit bulkNote(const std::vector<store::CaseRow>& rows, const std::string& text, const std::string& author) {
    BulkEdit edit;
    for (const auto& row : rows) {
        engine::RecordInteraction note;
        note.target.key = row.key;
        note.interaction.channel = Channel::Staff;
        note.interaction.direction = Direction::Internal;
        note.interaction.kind = InteractionKind::Note;
        note.interaction.visibility = Visibility::Staff;
        note.interaction.author = author;
        note.interaction.body = text;
        edit.batch.commands.emplace_back(std::move(note));
    }
    return edit;
}

BulkEdit bulkStatus(const std::vector<store::CaseRow>& rows, Status to, const std::string& reason) {
    BulkEdit edit;
    for (const auto& row : rows) {
        if (!mayStep(row.status, to)) {
            ++edit.skipped;
            continue;
        }
        engine::ChangeStatus command;
        command.target.key = row.key;
        command.to = to;
        command.reason = reason;
        edit.batch.commands.emplace_back(std::move(command));
    }
    return edit;
}

std::vector<Status> possibleSteps(const std::vector<store::CaseRow>& rows) {
    std::vector<Status> steps;
    for (int i = 0; i < kStatusCount; ++i) {
        const auto to = static_cast<Status>(i);
        if (std::ranges::any_of(rows, [to](const auto& row) { return mayStep(row.status, to); })) steps.push_back(to);
    }
    return steps;
}

}  // namespace wl::ui
