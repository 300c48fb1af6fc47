// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Work orders: many cases under one task. The job is a catalogue item; which cases belong to it, the cases say.

#include <span>

#include "engine/commands.hpp"
#include "store/reader.hpp"

namespace wl::engine {

/// One transaction: publishes the job and puts its open cases under it. A job without a code gets one from its first
/// case and `now`. Errors: job.no_cases, job.title_missing, case.unknown.
[[nodiscard]] Result<CommandBatch> openJob(store::Reader& reader, std::span<const CaseKey> cases, Instant now,
                                           rules::Job& job);

/// One transaction with one undo: the job is done, its open cases are closed with the resolution, and the note stands
/// in each as an update everybody may see. Errors: job.unknown, job.done, close.comment_missing.
[[nodiscard]] Result<CommandBatch> finishJob(store::Reader& reader, const rules::Catalogue& catalogue,
                                             const std::string& code, const std::string& resolution,
                                             const std::string& note);

}  // namespace wl::engine
