// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/jobs.hpp"

namespace wl::engine {

Result<CommandBatch> openJob(store::Reader& reader, std::span<const CaseKey> cases, Instant now, rules::Job& job) {
    if (cases.empty()) return fail(ErrorKind::Input, "job.no_cases", "cases");
    if (job.title.empty()) return fail(ErrorKind::Input, "job.title_missing", "title");
    WL_TRY(const auto rows, reader.rows(cases));
    if (rows.empty()) return fail(ErrorKind::NotFound, "case.unknown", "case");
    // A case may be in a second job once the first is done, so its number alone names neither.
    if (job.code.empty()) job.code = "job-" + rows.front().number + '-' + std::to_string(now.ms / 1000);
    if (job.department.empty()) job.department = rows.front().department;
    CommandBatch batch;
    batch.commands.emplace_back(PublishCatalogue{{rules::toItem(job)}});
    for (const auto& row : rows) {
        if (row.status == Status::Closed) continue;
        EditCase edit;
        edit.target.key = row.key;
        edit.fields.set(CaseField::Job, job.code);
        if (!job.crew.empty() && row.department == job.department) edit.fields.set(CaseField::Crew, job.crew);
        batch.commands.emplace_back(std::move(edit));
    }
    return batch;
}

Result<CommandBatch> finishJob(store::Reader& reader, const rules::Catalogue& catalogue, const std::string& code,
                               const std::string& resolution, const std::string& note) {
    const auto* job = catalogue.job(code);
    if (job == nullptr) return fail(ErrorKind::NotFound, "job.unknown", "job", code);
    if (job->state == "done") return fail(ErrorKind::Refused, "job.done", "job", job->title);
    if (note.empty()) return fail(ErrorKind::Input, "close.comment_missing", "note", "1");
    auto done = *job;
    done.state = "done";
    done.outcome = resolution;
    CommandBatch batch;
    batch.commands.emplace_back(PublishCatalogue{{rules::toItem(done)}});
    WL_TRY(const auto members, reader.casesOfJob(code));
    WL_TRY(const auto rows, reader.rows(members));
    for (const auto& row : rows) {
        if (row.status == Status::Closed) continue;
        const CaseRef ref{row.key, row.id};
        InteractionRecorded told;
        told.channel = Channel::Staff;
        told.direction = Direction::Out;
        told.kind = InteractionKind::Update;
        told.visibility = Visibility::Public;
        told.body = note;
        told.automatic = true;
        batch.commands.emplace_back(RecordInteraction{ref, std::move(told)});
        batch.commands.emplace_back(ChangeStatus{ref, Status::Closed, resolution, note, {}});
    }
    return batch;
}

}  // namespace wl::engine
