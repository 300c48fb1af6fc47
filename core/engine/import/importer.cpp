// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/import/importer.hpp"

#include <algorithm>
#include <chrono>

#include "channels/feed/reject_file.hpp"
#include "domain/person_fields.hpp"
#include "engine/import/catalogue_gaps.hpp"
#include "engine/import/import_queue.hpp"

namespace wl::engine {
namespace {

using SteadyClock = std::chrono::steady_clock;

ImportDraft toDraft(feed::ImportedCase&& row, const std::string& source) {
    ImportDraft draft;
    draft.source = source;
    draft.externalId = std::move(row.externalId);
    draft.fields = std::move(row.fields);
    draft.status = row.status;
    draft.statusReason = std::move(row.statusReason);
    draft.statusNote = std::move(row.statusNote);
    draft.statusAt = row.statusAt;
    draft.acknowledgedAt = row.acknowledgedAt;
    draft.workDoneAt = row.workDoneAt;
    draft.closedAt = row.closedAt;
    draft.updatedAt = row.updatedAt;
    if (!row.requesterName.empty()) draft.requester.fields.set(PersonField::Name, std::move(row.requesterName));
    if (!row.requesterPhone.empty())
        draft.requester.contacts.push_back({ContactKind::Phone, std::move(row.requesterPhone), {}});
    if (!row.requesterEmail.empty()) {
        std::ranges::transform(row.requesterEmail, row.requesterEmail.begin(),
                               [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; });
        draft.requester.contacts.push_back({ContactKind::Email, std::move(row.requesterEmail), {}});
    }
    return draft;
}

// One import from its first row to its summary.
class Import {
public:
    Import(ImportSink& sink, const feed::Mapping& mapping, const ImportOptions& options,
           std::unique_ptr<feed::Reader> reader, feed::RowConverter converter)
        : m_sink(sink), m_options(options), m_source(options.source.empty() ? mapping.source : options.source),
          m_reader(std::move(reader)), m_converter(std::move(converter)),
          m_rejects(options.rejectFile.empty() ? feed::RejectFile::besides(options.file) : options.rejectFile),
          m_gaps(sink.catalogue()), m_queue(sink) {
        m_summary.counts.bytesTotal = m_reader->source().bytesTotal();
    }

    Result<ImportSummary> run(const feed::Mapping& mapping) {
        feed::Record record;
        for (bool first = true; !m_summary.stopped; first = false) {
            if (m_options.cancel.stop_requested()) {
                stop({ErrorKind::Cancelled, "import.cancelled", m_options.file.string(), {}});
                break;
            }
            const auto more = m_reader->next(record);
            if (!more && first) return std::unexpected(more.error());
            if (first) WL_CHECK(checkColumns(mapping));
            if (!more) stop(more.error());
            if (!more || !*more) break;
            take(record);
            if (m_drafts.size() >= m_options.batchRows) send();
        }
        if (!m_broken) send();
        m_queue.waitUntilFewer(1);
        settle();
        if (const auto closed = m_rejects.close(); !closed) breakOff(closed.error());
        if (m_rejects.rows() > 0) m_summary.rejectFile = m_rejects.path();
        m_summary.unmapped = m_converter.unmapped();
        tell(true);
        return std::move(m_summary);
    }

private:
    void stop(const Error& why) {
        if (!m_summary.stopped) m_summary.stopped = why;
    }
    // The engine or the reject file takes nothing more.
    void breakOff(const Error& why) {
        stop(why);
        m_broken = true;
    }

    // Names of CSV columns are known before the first row; a mapping for another file is told at once.
    [[nodiscard]] Result<void> checkColumns(const feed::Mapping& mapping) const {
        if (m_reader->found().format != feed::Format::Csv) return {};
        const auto missing = feed::missingColumns(mapping, m_reader->columns());
        if (missing.empty()) return {};
        std::string there;
        for (std::uint32_t i = 0; i < m_reader->columns().size(); ++i)
            there.append(i > 0 ? ", " : "").append(m_reader->columns().name(i));
        return fail(ErrorKind::Input, "mapping.column_missing", missing.front(), there);
    }

    void take(const feed::Record& record) {
        ++m_summary.counts.read;
        m_summary.duplicateKeys += record.duplicates > 0 ? 1U : 0U;
        if (!m_converter.convert(record, m_reader->columns(), m_case, m_problems)) return reject(record, m_problems);
        m_gaps.see(m_case);
        m_drafts.push_back(toDraft(std::move(m_case), m_source));
        m_rows.push_back(record);
        if ((m_summary.counts.read & 0xFFU) == 0) tell(false);
    }

    void reject(const feed::Record& record, const std::vector<feed::RowProblem>& problems) {
        ++m_summary.counts.rejected;
        if (const auto written = m_rejects.add(record, m_reader->columns(), problems); !written)
            breakOff(written.error());
    }

    void send() {
        if (auto items = m_gaps.take(); !items.empty()) m_queue.submit(PublishCatalogue{std::move(items)}, {});
        if (!m_drafts.empty()) m_queue.submit(ImportCases{std::exchange(m_drafts, {})}, std::exchange(m_rows, {}));
        settle();
    }

    // Counts what came back. A batch that was refused is tried again row by row, so that one row the engine does not
    // take costs one row.
    void settle() {
        for (AppliedBatch& batch : m_queue.takeApplied()) {
            if (batch.answer) count(*batch.answer);
            else if (!batch.rows.empty() && isAboutContent(batch.answer.error())) applyOneByOne(batch.rows);
            else breakOff(batch.answer.error());
        }
    }

    static bool isAboutContent(const Error& error) {
        return error.kind == ErrorKind::Input || error.kind == ErrorKind::Refused ||
               error.kind == ErrorKind::Conflict || error.kind == ErrorKind::NotFound;
    }

    void applyOneByOne(const std::vector<feed::Record>& rows) {
        ImportQueue single(m_sink);
        for (const feed::Record& row : rows) {
            feed::ImportedCase again;
            std::vector<feed::RowProblem> problems;
            if (!m_converter.convert(row, m_reader->columns(), again, problems)) continue;
            ImportCases command;
            command.drafts.push_back(toDraft(std::move(again), m_source));
            single.submit(std::move(command), {});
            single.waitUntilFewer(1);
            const auto applied = single.takeApplied();
            const Result<Receipt>& answer = applied.front().answer;
            if (answer) count(*answer);
            else if (isAboutContent(answer.error()))
                reject(row, {{row.row, answer.error().field, answer.error().detail, answer.error().code}});
            else return breakOff(answer.error());
        }
    }

    void count(const Receipt& receipt) {
        m_summary.counts.imported += receipt.imported;
        m_summary.counts.updated += receipt.updated;
        m_summary.counts.unchanged += receipt.unchanged;
    }

    void tell(bool last) {
        const auto now = SteadyClock::now();
        m_summary.counts.bytesDone = m_reader->source().bytesRead();
        m_summary.counts.seconds = std::chrono::duration<double>(now - m_began).count();
        if (!m_options.progress || (!last && now - m_told < std::chrono::milliseconds(100))) return;
        m_told = now;
        settle();
        m_options.progress(m_summary.counts);
    }

    ImportSink& m_sink;
    const ImportOptions& m_options;
    std::string m_source;
    std::unique_ptr<feed::Reader> m_reader;
    feed::RowConverter m_converter;
    feed::RejectFile m_rejects;
    CatalogueGaps m_gaps;
    std::vector<ImportDraft> m_drafts;
    std::vector<feed::Record> m_rows;
    feed::ImportedCase m_case;
    std::vector<feed::RowProblem> m_problems;
    ImportSummary m_summary;
    bool m_broken{};
    SteadyClock::time_point m_began{SteadyClock::now()}, m_told{m_began};
    ImportQueue m_queue;  // last: it waits for the engine before anything else goes
};

}  // namespace

Result<ImportSummary> runImport(ImportSink& sink, const feed::Mapping& mapping, const ImportOptions& options) {
    WL_TRY(auto reader, feed::openFeed(options.file, mapping.read));
    WL_TRY(auto converter, feed::RowConverter::of(mapping, sink.now()));
    return Import(sink, mapping, options, std::move(reader), std::move(converter)).run(mapping);
}

}  // namespace wl::engine
