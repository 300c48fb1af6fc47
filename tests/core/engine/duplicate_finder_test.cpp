// SPDX-License-Identifier: GPL-3.0-or-later
// Which cases of a replica a report may be about.
#include <QTemporaryDir>
#include <QTest>

#include <future>

#include "engine/engine.hpp"

using namespace wl;
using namespace wl::engine;

class DuplicateFinderTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<ManualClock> m_clock;
    std::unique_ptr<Engine> m_engine;

    void reopen() {
        m_engine.reset();
        EngineOptions o;
        o.dir = m_dir->path().toStdString() + "/city";
        o.clock = m_clock.get();
        auto opened = Engine::open(o);
        QVERIFY(opened.has_value());
        m_engine = std::move(*opened);
    }
    CaseKey file(double metresNorth, const char* text, const char* service = "POTHOLE") {
        OpenCase open;
        open.fields.set(CaseField::Service, std::string(service));
        open.fields.set(CaseField::Position, GeoPoint::of(42.0 + metresNorth / 111'195, -71.0));
        open.fields.set(CaseField::Description, std::string(text));
        const auto receipt = m_engine->submitAndWait(open);
        if (!receipt) qFatal("%s", receipt.error().code.c_str());
        m_clock->set(m_clock->now() + Millis(3'600'000));
        return receipt->caseKey;
    }
    std::vector<DuplicateHit> ask(const char* text, CaseKey except = {}) {
        std::promise<std::vector<DuplicateHit>> answer;
        m_engine->duplicates({"POTHOLE", GeoPoint::of(42.0, -71.0), text, {}, except, {}}, 5,
                             [&](auto hits) { answer.set_value(hits.value()); });
        return answer.get_future().get();
    }

private Q_SLOTS:
    void init() {
        m_dir = std::make_unique<QTemporaryDir>();
        m_clock = std::make_unique<ManualClock>(Instant{1'700'000'000'000});
        EngineOptions o;
        o.dir = m_dir->path().toStdString() + "/city";
        o.clock = m_clock.get();
        QVERIFY(Engine::create(o).has_value());
        reopen();
        PublishCatalogue publish;
        for (const char* code : {"POTHOLE", "LAMP"}) {
            rules::Service s;
            s.code = s.name = code;
            publish.items.push_back(rules::toItem(s));
        }
        QVERIFY(m_engine->submitAndWait(publish).has_value());
    }
    void cleanup() { m_engine.reset(); }

    void whatIsFiledIsFoundAtOnceAndAfterARestart() {
        const auto near = file(20, "deep hole at the crossing"), far = file(400, "hole"),
                   lamp = file(30, "lamp is out", "LAMP");
        for (int round = 0; round < 2; ++round) {
            const auto hits = ask("a hole at the crossing");
            QCOMPARE(hits.size(), std::size_t{3});
            QCOMPARE(hits.front().row.key, near);
            QVERIFY(hits.front().likeness.sameService && hits.front().likeness.words > 0);
            QVERIFY(std::ranges::any_of(hits, [&](const DuplicateHit& h) { return h.row.key == far; }));
            QVERIFY(std::ranges::any_of(hits, [&](const DuplicateHit& h) { return h.row.key == lamp; }));
            reopen();
        }
        QCOMPARE(ask("a hole", near).size(), std::size_t{2});
    }
    void aCaseIsFoundWhereItIsNow() {
        const auto key = file(20, "hole");
        EditCase move{{key, {}}, {}, {}, {}};
        move.fields.set(CaseField::Position, GeoPoint::of(43.0, -71.0));
        QCOMPARE(ask("").size(), std::size_t{1});
        QVERIFY(m_engine->submitAndWait(move).has_value());
        QVERIFY(ask("").empty());
    }
    void whatWasClosedIsMarkedAndOldOnesAreLeftOut() {
        const auto key = file(20, "hole");
        QVERIFY(m_engine->submitAndWait(ChangeStatus{{key, {}}, Status::Closed, "fixed", "filled", {}}).has_value());
        m_clock->set(m_clock->now() + Millis(3'600'000));
        QVERIFY(ask("").front().likeness.closed);
        m_clock->set(m_clock->now() + DuplicateFinder::kWindow);
        QVERIFY(ask("").empty());
        reopen();
        QVERIFY(ask("").empty());
    }
};

QTEST_GUILESS_MAIN(DuplicateFinderTest)
#include "duplicate_finder_test.moc"
