// SPDX-License-Identifier: GPL-3.0-or-later
// Work orders: many cases under one task, finished at once, taken back at once.
#include "engine/jobs.hpp"

#include <QTemporaryDir>
#include <QTest>

#include "engine/engine.hpp"

using namespace wl;
using namespace wl::engine;

class JobsTest : public QObject {
    Q_OBJECT

    static constexpr Instant kNow{1'795'442'400'000};
    std::unique_ptr<QTemporaryDir> m_dir;
    ManualClock m_clock{kNow};
    std::unique_ptr<Engine> m_engine;
    std::unique_ptr<store::Reader> m_reader;

    template <class T>
    static T must(Result<T> result) {
        if (!result) qFatal("%s %s", result.error().code.c_str(), result.error().detail.c_str());
        if constexpr (!std::is_void_v<T>) return std::move(*result);
    }
    CaseKey openCase() {
        OpenCase open;
        open.fields.set(CaseField::Service, std::string("pothole"));
        return must(m_engine->submitAndWait(std::move(open))).caseKey;
    }
    CaseState state(CaseKey key) { return must(m_reader->detail(key)).state; }
    std::string group(const std::vector<CaseKey>& cases, rules::Job job = {}) {
        if (job.title.empty()) job.title = "Fill them";
        must(m_engine->submitAndWait(must(openJob(*m_reader, cases, m_engine->now(), job))));
        return job.code;
    }
    Result<CommandBatch> finish(const std::string& code, const std::string& note = "Filled with hot mix.") {
        return finishJob(*m_reader, *m_engine->catalogue(), code, "fixed", note);
    }
    int publicUpdates(CaseKey key) {
        int n = 0;
        for (const auto& entry : must(m_reader->timeline(key))) {
            const auto* said = std::get_if<InteractionRecorded>(&entry.op.body);
            n += said && said->kind == InteractionKind::Update && said->visibility == Visibility::Public;
        }
        return n;
    }

private Q_SLOTS:
    void init() {
        m_dir = std::make_unique<QTemporaryDir>();
        EngineOptions options;
        options.dir = m_dir->path().toStdString() + "/desk";
        options.clock = &m_clock;
        options.agent = "dana";
        must(Engine::create(options));
        m_engine = must(Engine::open(options));
        rules::Department works{"works", "Works", {}};
        rules::Service pothole;
        pothole.code = "pothole", pothole.name = "Pothole", pothole.department = "works";
        rules::Crew crew{"west", "West", "works", {}, {}, 8};
        rules::StaffMember dana{"dana", "Dana Example", "works", "west"};
        must(m_engine->submitAndWait(PublishCatalogue{
            {rules::toItem(works), rules::toItem(pothole), rules::toItem(crew), rules::toItem(dana)}}));
        m_reader = must(m_engine->openReader());
    }
    void cleanup() {
        m_reader.reset();
        m_engine.reset();
        m_dir.reset();
    }

    void aJobGathersItsCasesAndTheirCrew() {
        const std::vector cases{openCase(), openCase()};
        rules::Job job;
        job.crew = "west";
        const auto code = group(cases, job);
        QCOMPARE(must(m_reader->casesOfJob(code)).size(), std::size_t{2});
        QCOMPARE(state(cases[1]).text(CaseField::Crew), std::string("west"));
        QVERIFY(m_engine->catalogue()->job(code) != nullptr);
        QCOMPARE(m_engine->catalogue()->job(code)->department, std::string("works"));
        must(m_engine->submitAndWait(Undo{}));
        QVERIFY(m_engine->catalogue()->job(code) == nullptr);
        QVERIFY(must(m_reader->casesOfJob(code)).empty());
    }
    void aSecondJobWithTheSameFirstCaseIsAnother() {
        const auto a = openCase(), b = openCase();
        const auto first = group({a, b});
        m_clock.set(kNow + std::chrono::minutes{5});
        const auto second = group({a});
        QVERIFY(first != second);
        QCOMPARE(state(a).text(CaseField::Job), second);
        QCOMPARE(state(b).text(CaseField::Job), first);
        must(m_engine->submitAndWait(must(finish(second))));
        QCOMPARE(state(a).status, Status::Closed);
        QVERIFY(state(b).status != Status::Closed);
        QCOMPARE(m_engine->catalogue()->job(first)->state, std::string("planned"));
    }
    void finishingClosesAllSaysSoInEachAndIsOneUndo() {
        const std::vector cases{openCase(), openCase(), openCase()};
        const auto code = group(cases);
        must(m_engine->submitAndWait(must(finish(code))));
        for (const auto key : cases) {
            const auto detail = must(m_reader->detail(key));
            QCOMPARE(detail.state.status, Status::Closed);
            QCOMPARE(detail.state.statusReason, std::string("fixed"));
            QCOMPARE(publicUpdates(key), 1);
        }
        QCOMPARE(m_engine->catalogue()->job(code)->state, std::string("done"));
        QCOMPARE(m_engine->catalogue()->job(code)->outcome, std::string("fixed"));
        must(m_engine->submitAndWait(Undo{}));
        for (const auto key : cases) QVERIFY(state(key).status != Status::Closed);
        QCOMPARE(m_engine->catalogue()->job(code)->state, std::string("planned"));
    }
    void whatIsClosedStaysAsItIs() {
        const auto a = openCase(), b = openCase();
        const auto code = group({a, b});
        must(m_engine->submitAndWait(ChangeStatus{{a, {}}, Status::Closed, "no_action", "Not there any more", {}}));
        must(m_engine->submitAndWait(must(finish(code))));
        QCOMPARE(state(a).statusReason, std::string("no_action"));
        QCOMPARE(publicUpdates(a), 0);
        QCOMPARE(state(b).statusReason, std::string("fixed"));
    }
    void whatMakesNoSenseIsRefused() {
        rules::Job job;
        job.title = "x";
        QCOMPARE(openJob(*m_reader, {}, kNow, job).error().code, std::string("job.no_cases"));
        const std::vector cases{openCase()};
        job.title.clear();
        QCOMPARE(openJob(*m_reader, cases, kNow, job).error().code, std::string("job.title_missing"));
        QCOMPARE(finish("job-none").error().code, std::string("job.unknown"));
        const auto code = group(cases);
        QCOMPARE(finish(code, "").error().code, std::string("close.comment_missing"));
        must(m_engine->submitAndWait(must(finish(code))));
        QCOMPARE(finish(code).error().code, std::string("job.done"));
    }
};

QTEST_GUILESS_MAIN(JobsTest)
#include "jobs_test.moc"
