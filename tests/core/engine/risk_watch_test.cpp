// SPDX-License-Identifier: GPL-3.0-or-later
// A case is at risk as soon as cases like it say so, in queues, in rows and in the case itself; its clock is as it was.
#include <QTemporaryDir>
#include <QTest>

#include "engine/case_json.hpp"
#include "engine/engine.hpp"

using namespace wl;
using namespace wl::engine;
using namespace std::chrono_literals;

class RiskWatchTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    ManualClock m_clock{Instant{1'750'000'000'000}};
    std::unique_ptr<Engine> m_engine;

    EngineOptions options() const {
        EngineOptions o;
        o.dir = m_dir.path().toStdString() + "/city";
        o.clock = &m_clock;
        return o;
    }
    void reopen() {
        m_engine.reset();
        m_engine = Engine::open(options()).value();
        m_engine->waitUntilLoaded();
    }
    Receipt submit(Command c) {
        auto receipt = m_engine->submitAndWait(std::move(c));
        if (!receipt) qFatal("%s %s", receipt.error().code.c_str(), receipt.error().field.c_str());
        return *receipt;
    }
    CaseKey report(const char* service) {
        OpenCase open;
        open.fields.set(CaseField::Service, std::string(service));
        return submit(open).caseKey;
    }
    /// Thirty cases, all finished after so long.
    void history(const char* service, Millis lasted) {
        std::vector<CaseKey> cases;
        for (int i = 0; i < 30; ++i) cases.push_back(report(service));
        m_clock.set(m_clock.now() + Millis(lasted));
        for (const auto key : cases) submit(ChangeStatus{{key, {}}, Status::WorkDone, {}, {}, {}});
    }
    std::vector<CaseKey> atRisk() {
        CaseQuery q;
        q.filter.sla = {SlaState::AtRisk};
        return m_engine->queryAndWait(q).value()->keys;
    }

private Q_SLOTS:
    void initTestCase() {
        QVERIFY(Engine::create(options()).has_value());
        reopen();
        std::vector<rules::CatalogueItem> items;
        for (const char* code : {"slow", "quick"}) {
            rules::Service s;
            s.code = s.name = code;
            items.push_back(rules::toItem(s));
        }
        rules::SlaPolicy p;
        p.code = "all", p.resolve = rules::SlaTarget{3 * 24 * 60, rules::TargetUnit::CalendarMinutes};
        items.push_back(rules::toItem(p));
        submit(PublishCatalogue{items});
        history("quick", 24h);
        history("slow", 24h * 10);
    }
    void cleanupTestCase() { m_engine.reset(); }

    void whatIsLikelyLateIsAtRiskLongBeforeItsClockWarns() {
        const auto before = report("slow");  // nothing is learnt yet
        QVERIFY(atRisk().empty());
        QVERIFY(!m_engine->forecast(m_engine->openReader().value()->detail(before)->state));
        reopen();
        const auto slow = report("slow"), quick = report("quick");
        QCOMPARE(atRisk(), (std::vector<CaseKey>{before, slow}));
        auto reader = m_engine->openReader().value();
        const auto now = m_engine->now();
        for (const auto key : {before, slow, quick}) {
            const auto expected = key == quick ? SlaState::OnTrack : SlaState::AtRisk;
            QCOMPARE(slaStateAt(reader->detail(key)->clock, now), expected);
            QCOMPARE(slaStateAt(reader->rows(std::span(&key, 1))->front().clock, now), expected);
        }
        const auto forecast = m_engine->forecast(reader->detail(slow)->state);
        QVERIFY(forecast && forecast->middle == Millis(24h * 10));
        QVERIFY(engine::slaJson(*m_engine, *reader, slow)->text.contains("\"done_50\":\"2025-"));
        // Late is late, and done is done.
        m_clock.set(m_clock.now() + Millis(24h * 4));
        QVERIFY(slaStateAt(reader->detail(slow)->clock, m_engine->now()) == SlaState::Breached);
        submit(ChangeStatus{{slow, {}}, Status::WorkDone, {}, {}, {}});
        QVERIFY(!m_engine->forecast(reader->detail(slow)->state));
    }
    void theForecastIsNotPartOfWhatConsolesExchange() {
        const auto key = report("slow");
        store::CaseDetail stored;
        QVERIFY(m_engine->withStore([&](store::Store& s, const CaseDeriver&) -> Result<void> {
            WL_TRY(auto plain, store::Reader::open(store::databasePath(options().dir)));
            static_cast<void>(s);
            WL_TRY(stored, plain->detail(key));
            return {};
        }));
        const auto shown = m_engine->openReader().value()->detail(key);
        QVERIFY(shown->clock.warn < stored.clock.warn);
        QVERIFY(shown->clock.due == stored.clock.due);
    }
};

QTEST_GUILESS_MAIN(RiskWatchTest)
#include "risk_watch_test.moc"
