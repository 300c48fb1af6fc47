// SPDX-License-Identifier: GPL-3.0-or-later
// The importer against a replica of a few lines that answers from a thread of its own, as the engine does.
#include "engine/import/importer.hpp"

#include <QtTest>

#include <map>
#include <thread>

#include "../../channels/feed/feed_files.hpp"

using namespace wl;
using namespace wl::engine;

namespace {

constexpr const char* kMapping = R"(
[feed]
source = town
[fields]
external_id = id
service_code = code
service_name = service
department_name = dept
address = addr
requested_datetime = opened
status = status
requester_email = mail
)";

class SmallReplica final : public ImportSink {
public:
    SmallReplica() : m_thread([this](std::stop_token stop) { work(stop); }) {}
    ~SmallReplica() override {
        m_thread.request_stop();
        m_changed.notify_all();
    }
    rules::CataloguePtr catalogue() const override { return rules::Catalogue::build(m_published); }
    Instant now() const override { return {1'600'000'000'000}; }
    void submit(Command command, std::function<void(Result<Receipt>)> done) override {
        const std::lock_guard lock(m_mutex);
        m_jobs.emplace_back(std::move(command), std::move(done));
        m_mostWaiting = std::max(m_mostWaiting, m_jobs.size());
        m_changed.notify_all();
    }

    std::map<std::pair<std::string, std::string>, ImportDraft> cases;
    std::vector<rules::CatalogueItem> m_published;
    std::string poison;      ///< an external id that is refused, with its whole batch
    bool diskIsFull{};
    std::function<void()> afterBatch;
    std::size_t m_mostWaiting{};

private:
    void work(const std::stop_token& stop) {
        for (;;) {
            std::unique_lock lock(m_mutex);
            m_changed.wait(lock, [&] { return stop.stop_requested() || !m_jobs.empty(); });
            if (m_jobs.empty()) return;
            auto [command, done] = std::move(m_jobs.front());
            m_jobs.pop_front();
            lock.unlock();
            done(apply(command));
            if (afterBatch) afterBatch();
        }
    }
    Result<Receipt> apply(const Command& command) {
        if (diskIsFull) return fail(ErrorKind::World, "store.full");
        Receipt receipt;
        if (const auto* publish = std::get_if<PublishCatalogue>(&command)) {
            m_published.insert(m_published.end(), publish->items.begin(), publish->items.end());
            return receipt;
        }
        const auto& drafts = std::get<ImportCases>(command).drafts;
        for (const ImportDraft& draft : drafts)
            if (draft.externalId == poison) return fail(ErrorKind::Input, "op.too_long", "description", poison);
        for (const ImportDraft& draft : drafts) {
            const auto [at, fresh] = cases.try_emplace({draft.source, draft.externalId}, draft);
            const bool same = at->second.fields == draft.fields && at->second.status == draft.status;
            ++(fresh ? receipt.imported : same ? receipt.unchanged : receipt.updated);
            at->second = draft;
        }
        return receipt;
    }
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<std::pair<Command, std::function<void(Result<Receipt>)>>> m_jobs;
    std::jthread m_thread;
};

std::string csv(int rows, int changed = -1) {
    std::string out = "id,code,service,dept,addr,opened,status,mail\n";
    for (int i = 0; i < rows; ++i)
        out += std::to_string(i) + ",S" + std::to_string(i % 7) + ",Service " + std::to_string(i % 7) + ",Works," +
               std::to_string(i) + (i == changed ? " New St" : " Main St") +
               ",2015-01-02T10:00:00Z,open,A@Example.org\n";
    return out;
}

QByteArray counts(const Result<ImportSummary>& s) {
    if (!s) return QByteArray::fromStdString("error " + s.error().code + " " + s.error().field);
    const ImportProgress& c = s->counts;
    return QByteArrayLiteral("read ") + QByteArray::number(c.read) + " imported " + QByteArray::number(c.imported) +
           " updated " + QByteArray::number(c.updated) + " unchanged " + QByteArray::number(c.unchanged) +
           " rejected " + QByteArray::number(c.rejected) +
           (s->stopped ? " stopped " + QByteArray::fromStdString(s->stopped->code) : QByteArray());
}

}  // namespace

class ImporterTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void importingAgainChangesNothingAndAChangedRowUpdates() {
        SmallReplica replica;
        QCOMPARE(counts(run(replica, csv(5000))),
                 QByteArray("read 5000 imported 5000 updated 0 unchanged 0 rejected 0"));
        QCOMPARE(counts(run(replica, csv(5000))),
                 QByteArray("read 5000 imported 0 updated 0 unchanged 5000 rejected 0"));
        QCOMPARE(counts(run(replica, csv(5001, 77))),
                 QByteArray("read 5001 imported 1 updated 1 unchanged 4999 rejected 0"));
        QCOMPARE(replica.cases.size(), 5001U);
        QVERIFY(replica.m_mostWaiting <= 2);
        const ImportDraft& draft = replica.cases.at({"town", "77"});
        QCOMPARE(asText(*draft.fields.find(CaseField::Address)), std::string("77 New St"));
        QCOMPARE(draft.requester.contacts.front().value, std::string("a@example.org"));
    }
    void publishesWhatTheCatalogueLacksOnce() {
        SmallReplica replica;
        rules::Service known;
        known.code = "S3";
        known.name = "Ours";
        replica.m_published = {rules::toItem(known)};
        (void)run(replica, csv(3000));
        (void)run(replica, csv(3000));
        QCOMPARE(replica.m_published.size(), 8U);  // ours, six services, one department
        QCOMPARE(replica.catalogue()->serviceName("S3"), std::string("Ours"));
        QCOMPARE(replica.catalogue()->service("S5")->department, std::string("works"));
        QCOMPARE(replica.catalogue()->departmentName("works"), std::string("Works"));
    }
    void badRowsGoToTheRejectFile() {
        SmallReplica replica;
        const auto summary =
            run(replica, csv(3) + "9,S1,x,Works,a,2015-02-30,open,\n10,S1,x,Works,a,2015-02-03,odd,\n");
        QCOMPARE(counts(summary), QByteArray("read 5 imported 3 updated 0 unchanged 0 rejected 2"));
        const std::string rejects = test::FeedFolder::read(summary->rejectFile);
        QVERIFY(rejects.contains("\"5\",\"requested_datetime\",\"impossible_date\",\"2015-02-30\",\"9\""));
        QVERIFY(rejects.contains("\"6\",\"status\",\"unknown_status\",\"odd\",\"10\""));
        QVERIFY(run(replica, csv(3))->rejectFile.empty());
    }
    void aFileThatBreaksOffKeepsItsRowsAndSaysSo() {
        SmallReplica replica;
        const auto summary = run(replica, csv(2500) + "77777,\"S1");
        QCOMPARE(counts(summary),
                 QByteArray("read 2501 imported 2500 updated 0 unchanged 0 rejected 1 stopped feed.truncated"));
        QCOMPARE(summary->stopped->detail, std::string("2502"));
    }
    void oneRowTheEngineRefusesCostsOneRow() {
        SmallReplica replica;
        replica.poison = "1234";
        const auto summary = run(replica, csv(3000));
        QCOMPARE(counts(summary), QByteArray("read 3000 imported 2999 updated 0 unchanged 0 rejected 1"));
        QVERIFY(test::FeedFolder::read(summary->rejectFile)
                    .contains("\"1236\",\"description\",\"op.too_long\",\"1234\",\"1234\""));
    }
    void aFullDiskStopsTheImport() {
        SmallReplica replica;
        replica.diskIsFull = true;
        QCOMPARE(run(replica, csv(3000))->stopped->code, std::string("store.full"));
    }
    void aCancelledImportGoesOnWhereItStopped() {
        std::stop_source cancel;
        SmallReplica replica;
        replica.afterBatch = [&] { cancel.request_stop(); };
        const auto summary = run(replica, csv(20'000), cancel.get_token());
        QCOMPARE(summary->stopped->code, std::string("import.cancelled"));
        const auto done = summary->counts.imported;
        QVERIFY(done > 0 && done < 20'000 && done == summary->counts.read);
        replica.afterBatch = {};
        const auto rest = run(replica, csv(20'000));
        QCOMPARE(rest->counts.unchanged, done);
        QCOMPARE(rest->counts.imported, 20'000 - done);
    }
    void nothingStartsWithAMappingForAnotherFile() {
        SmallReplica replica;
        QCOMPARE(counts(run(replica, "number,kind\n1,2\n")), QByteArray("error mapping.column_missing id"));
        QCOMPARE(counts(run(replica, "\x89PNG\n")).left(6), QByteArray("error "));
        QVERIFY(replica.cases.empty());
    }
    void anotherSourceKeepsItsIdsApart() {
        SmallReplica replica;
        (void)run(replica, csv(5));
        QCOMPARE(counts(run(replica, csv(5), {}, "village")),
                 QByteArray("read 5 imported 5 updated 0 unchanged 0 rejected 0"));
    }

private:
    Result<ImportSummary> run(ImportSink& sink, const std::string& file, std::stop_token cancel = {},
                              const std::string& source = {}) {
        const auto mapping = feed::parseMapping(kMapping);
        ImportOptions options;
        options.file = m_folder.write("feed.csv", file);
        options.cancel = std::move(cancel);
        options.source = source;
        ImportProgress last;
        options.progress = [&](const ImportProgress& p) { last = p; };
        auto summary = runImport(sink, *mapping, options);
        if (summary && (last.read != summary->counts.read || last.imported != summary->counts.imported ||
                        (!summary->stopped && last.bytesDone != last.bytesTotal)))
            return fail(ErrorKind::Corrupt, "the last progress is not the summary");
        return summary;
    }
    test::FeedFolder m_folder;
};

QTEST_GUILESS_MAIN(ImporterTest)
#include "importer_test.moc"
