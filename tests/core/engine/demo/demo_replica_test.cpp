// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/demo/demo_replica.hpp"

#include <QTemporaryDir>
#include <QTest>

#include "engine/demo/demo_catalogue.hpp"
#include "engine/engine.hpp"
#include "store/store.hpp"

using namespace wl;
using namespace wl::engine;

namespace {
constexpr Instant kNow{1'780'000'000'000};
constexpr DemoOptions kSmall{.seed = 311, .closed = 240, .open = 60, .now = kNow};

std::string said(const Error& e) { return e.code + " " + e.field + " " + e.detail; }
}  // namespace

class DemoReplicaTest : public QObject {
    Q_OBJECT
    QTemporaryDir m_root;
    std::filesystem::path dir(const char* name) const {
        return m_root.filePath(QString::fromLatin1(name)).toStdString();
    }

    static std::unique_ptr<Engine> opened(const std::filesystem::path& at, const Clock& clock) {
        EngineOptions o;
        o.dir = at;
        o.clock = &clock;
        o.agent = std::string(kDemoAgent);
        auto engine = Engine::open(o);
        if (!engine) qFatal("%s", said(engine.error()).c_str());
        (*engine)->waitUntilLoaded();
        return std::move(*engine);
    }

private Q_SLOTS:
    void smallCityIsVerifiedAndFilled() {
        std::vector<std::string> phases;
        const auto made =
            makeDemoReplica(dir("small"), kSmall, [&](std::string_view phase, std::size_t done, std::size_t total) {
                QVERIFY(done <= total);
                if (phases.empty() || phases.back() != phase) phases.emplace_back(phase);
            });
        QVERIFY2(made.has_value(), made ? "" : said(made.error()).c_str());
        QCOMPARE(made->cases, 300U);
        QVERIFY(made->persons > 100 && made->ops > made->commands);
        QCOMPARE(phases.front(), std::string("city"));
        QCOMPARE(phases.back(), std::string("finish"));
        QVERIFY(!std::filesystem::exists(dir("small.building")));

        const ManualClock clock(kNow);
        const auto engine = opened(dir("small"), clock);
        QVERIFY(engine->city() != nullptr);
        QCOMPARE(engine->catalogue()->jurisdiction().name, std::string("Port Linden"));
        const auto count = [&](CaseFilter filter) {
            auto listing = engine->queryAndWait({std::move(filter), {}});
            return listing ? (*listing)->keys.size() : 0;
        };
        QCOMPARE(count({}), 300U);
        CaseFilter open;
        open.open = true;
        QCOMPARE(count(open), 60U);
        CaseFilter late = open;
        late.sla = {SlaState::Breached};
        QVERIFY(count(late) > 0);
        CaseFilter nobodys = open;
        nobodys.owners = {""};
        QVERIFY(count(nobodys) > 0);
        const auto verified = engine->withStore([](store::Store& s, const CaseDeriver& deriver) -> Result<void> {
            WL_TRY(const auto report, s.verify(deriver));
            for (const auto& c : report.complaints) qInfo("%s", c.c_str());
            return report.good() ? Result<void>{} : fail(ErrorKind::Corrupt, "verify");
        });
        QVERIFY2(verified.has_value(), verified ? "" : said(verified.error()).c_str());
        // Histories begin with the opening, edits lie between the steps they belong to.
        const auto reader = engine->openReader();
        QVERIFY(reader.has_value());
        const auto listing = engine->queryAndWait({open, {}});
        QVERIFY(listing.has_value());
        for (const auto key : (*listing)->keys) {
            const auto history = (*reader)->timeline(key);
            QVERIFY(history.has_value() && !history->empty());
            QVERIFY(std::holds_alternative<CaseOpened>(history->front().op.body));
        }
    }

    void sameSeedSameReplica() {
        std::array<std::string, 2> digests;
        std::array<OriginId, 2> origins;
        for (std::size_t i = 0; i < 2; ++i) {
            const auto at = dir(i == 0 ? "one" : "two");
            QVERIFY(makeDemoReplica(at, kSmall));
            const ManualClock clock(kNow);
            const auto engine = opened(at, clock);
            origins[i] = engine->origin();
            const auto done = engine->withStore([&](store::Store& s, const CaseDeriver&) -> Result<void> {
                WL_TRY(digests[i], s.digest());
                WL_TRY(const auto heads, s.vector());
                for (const auto& head : heads) digests[i] += " " + toHex(head.hash);
                return {};
            });
            QVERIFY(done.has_value());
        }
        QCOMPARE(digests[0], digests[1]);
        QVERIFY(origins[0] == origins[1]);
    }

    void cancelledBuildLeavesNothing() {
        std::atomic<bool> cancelled{false};
        const auto at = dir("never");
        const auto made = makeDemoReplica(
            at, kSmall,
            [&](std::string_view phase, std::size_t, std::size_t) { cancelled = cancelled || phase == "catalogue"; },
            &cancelled);
        QVERIFY(!made.has_value());
        QCOMPARE(made.error().code, std::string("demo.cancelled"));
        QVERIFY(!std::filesystem::exists(at));
        QVERIFY(!std::filesystem::exists(dir("never.building")));
        QVERIFY(makeDemoReplica(at, kSmall).has_value());  // and does not stand in the way of the next
    }

    void leftoversOfAKilledBuildAreCleared() {
        const auto at = dir("again");
        std::filesystem::create_directories(dir("again.building") / "sub");
        std::filesystem::create_directories(at);  // an empty data folder is as good as none
        QVERIFY(makeDemoReplica(at, kSmall).has_value());
        QVERIFY(std::filesystem::exists(store::databasePath(at)));
        QVERIFY(!std::filesystem::exists(dir("again.building")));
    }

    void otherFilesInTheFolderStay() {
        const auto at = dir("shared");
        std::filesystem::create_directories(at / "drafts");
        QVERIFY(makeDemoReplica(at, kSmall).has_value());
        QVERIFY(std::filesystem::exists(at / "drafts"));
        QVERIFY(!std::filesystem::exists(dir("shared.building")));
        const ManualClock clock(kNow);
        QVERIFY(opened(at, clock)->city() != nullptr);
    }

    void anExistingReplicaIsNeverTouched() {
        const auto at = dir("kept");
        QVERIFY(makeDemoReplica(at, kSmall).has_value());
        const auto size = std::filesystem::file_size(store::databasePath(at));
        const auto again = makeDemoReplica(at, kSmall);
        QVERIFY(!again.has_value());
        QCOMPARE(again.error().code, std::string("replica.exists"));
        QCOMPARE(std::filesystem::file_size(store::databasePath(at)), size);
    }
};

QTEST_GUILESS_MAIN(DemoReplicaTest)
#include "demo_replica_test.moc"
