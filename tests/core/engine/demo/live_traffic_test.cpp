// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/demo/live_traffic.hpp"

#include <QTemporaryDir>
#include <QTest>

#include <atomic>

#include "engine/demo/demo_catalogue.hpp"
#include "engine/demo/demo_replica.hpp"
#include "engine/engine.hpp"
#include "store/store.hpp"

using namespace wl;
using namespace wl::engine;

namespace {
constexpr Instant kNow{1'780'000'000'000};
}

class LiveTrafficTest : public QObject {
    Q_OBJECT
    QTemporaryDir m_root;
    ManualClock m_clock{kNow + Millis{60'000}};
    std::unique_ptr<Engine> m_engine;

    EngineOptions options(const char* name) {
        EngineOptions o;
        o.dir = m_root.filePath(QString::fromLatin1(name)).toStdString();
        o.clock = &m_clock;
        o.agent = std::string(kDemoAgent);
        return o;
    }
    std::size_t count(std::optional<bool> open) {
        CaseFilter filter;
        filter.open = open;
        const auto listing = m_engine->queryAndWait({filter, {}});
        return listing ? (*listing)->keys.size() : 0;
    }

private Q_SLOTS:
    void initTestCase() {
        const auto made = makeDemoReplica(options("city").dir, {.seed = 311, .closed = 100, .open = 80, .now = kNow});
        QVERIFY2(made.has_value(), made ? "" : made.error().code.c_str());
        auto opened = Engine::open(options("city"));
        QVERIFY(opened.has_value());
        m_engine = std::move(*opened);
        m_engine->waitUntilLoaded();
    }

    void theDeskMoves() {
        const auto before = count({});
        const auto closedBefore = count(false);
        std::atomic<int> opened{0}, stepped{0}, said{0};
        const auto watching = m_engine->subscribe([&](const ChangeSetPtr& changes) {
            for (const auto& [key, mask] : changes->cases) {
                opened += (mask & kOpenedCase) != 0;
                stepped += (mask & kChangedStatus) != 0;
                said += (mask & kChangedInteractions) != 0;
            }
        });
        LiveTraffic live(*m_engine, {.seed = 5});
        int happened = 0;
        for (int i = 0; i < 400; ++i) happened += live.step();
        QCOMPARE(happened, 400);
        QVERIFY(opened > 120 && stepped > 60 && said > 120);
        QCOMPARE(count({}), before + static_cast<std::size_t>(opened.load()));
        QVERIFY(count(false) > closedBefore);
        QVERIFY(!m_engine->canUndo());  // none of it was the doing of the person at the console
        const auto verified = m_engine->withStore([](store::Store& s, const CaseDeriver& deriver) -> Result<void> {
            WL_TRY(const auto report, s.verify(deriver));
            return report.good() ? Result<void>{} : fail(ErrorKind::Corrupt, "verify");
        });
        QVERIFY(verified.has_value());
    }

    void ownCasesAreLeftToTheirOwner() {
        CaseFilter mine;
        mine.owners = {std::string(kDemoAgent)};
        mine.open = true;
        const auto before = m_engine->queryAndWait({mine, {}});
        QVERIFY(before.has_value());
        LiveTraffic live(*m_engine, {.seed = 6});
        for (int i = 0; i < 200; ++i) QVERIFY(live.step());
        const auto after = m_engine->queryAndWait({mine, {}});
        for (const auto key : (*before)->keys) QVERIFY(std::ranges::contains((*after)->keys, key));
    }

    void runsOnItsOwnAndStopsAtOnce() {
        std::atomic<int> events{0};
        const auto watching = m_engine->subscribe([&](const ChangeSetPtr&) { ++events; });
        LiveTraffic live(*m_engine, {.seed = 7, .gap = Millis{5}});
        live.start();
        QVERIFY(live.isRunning());
        QVERIFY(QTest::qWaitFor([&] { return events > 5; }, 30'000));
        live.stop();
        QVERIFY(!live.isRunning());
        const int standing = events;
        QVERIFY(m_engine->submitAndWait(PublishCatalogue{}).has_value());  // all that was under way is through
        QCOMPARE(events.load(), standing);

        LiveTraffic slow(*m_engine, {.seed = 8, .gap = Millis{3'600'000}});
        slow.start();
        QVERIFY(QTest::qWaitFor([&] { return events > standing; }, 30'000));
        slow.stop();  // does not wait for the next hour
        QVERIFY(!slow.isRunning());
    }

    void aCityThatIsNoDemoIsLeftAlone() {
        QVERIFY(Engine::create(options("empty")).has_value());
        auto other = Engine::open(options("empty"));
        QVERIFY(other.has_value());
        LiveTraffic live(**other, {});
        QVERIFY(!live.step());
        live.start();
        live.stop();
        const auto listing = (*other)->queryAndWait({});
        QVERIFY(listing && (*listing)->keys.empty());
    }

    void cleanupTestCase() { m_engine.reset(); }
};

QTEST_GUILESS_MAIN(LiveTrafficTest)
#include "live_traffic_test.moc"
