// SPDX-License-Identifier: GPL-3.0-or-later
// An older copy of the database is put back: the engine brings the lost work back with its clocks.
#include <QTemporaryDir>
#include <QTest>

#include "engine/engine.hpp"
#include "rules/catalogue.hpp"

using namespace wl;
using namespace wl::engine;
namespace fs = std::filesystem;

class OlderCopyTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void lostWorkComesBackWithItsClocks() {
        QTemporaryDir folder;
        EngineOptions options;
        options.dir = folder.path().toStdString() + "/city";
        QVERIFY(Engine::create(options).has_value());
        const auto open = [&] { return std::move(Engine::open(options).value()); };
        rules::WorkCalendar calendar{"always", "Every hour", "UTC", {}, {}};
        calendar.week.fill({{0, 1440}});
        rules::SlaPolicy policy;
        policy.code = "plain";
        policy.name = "Plain";
        policy.calendar = "always";
        policy.resolve = rules::SlaTarget{5, rules::TargetUnit::CalendarDays};
        rules::Service service;
        service.code = "POTHOLE";
        service.name = "Pothole";
        service.department = "PW";
        rules::Department works;
        works.code = "PW";
        works.name = "Public Works";
        const auto database = store::databasePath(options.dir), kept = fs::path(folder.path().toStdString()) / "old.db";
        QVERIFY(open()
                    ->submitAndWait(Command{PublishCatalogue{{rules::toItem(calendar), rules::toItem(policy),
                                                              rules::toItem(works), rules::toItem(service)}}})
                    .has_value());
        fs::copy_file(database, kept);
        std::string number;
        DerivedCase clock;
        {
            auto engine = open();
            OpenCase c;
            c.fields.set(CaseField::Service, std::string("POTHOLE"));
            c.fields.set(CaseField::Description, std::string("the caller's own words"));
            const auto receipt = engine->submitAndWait(Command{c}).value();
            number = receipt.number;
            clock = (*engine->openReader())->detail(receipt.caseKey)->clock;
            QVERIFY2(clock.due, "the case has no target: nothing would be proven");
        }
        for (const char* suffix : {"-wal", "-shm"}) fs::remove(database.string() + suffix);
        fs::copy_file(kept, database, fs::copy_options::overwrite_existing);
        auto engine = open();
        auto reader = *engine->openReader();
        const auto key = reader->findCase(number);
        QVERIFY(key.has_value());
        const auto detail = reader->detail(*key);
        QCOMPARE(detail->state.text(CaseField::Description), std::string("the caller's own words"));
        QVERIFY(detail->clock == clock);
        store::VerifyReport report;
        QVERIFY(engine
                    ->withStore([&](store::Store& s, const CaseDeriver& deriver) -> Result<void> {
                        WL_TRY(report, s.verify(deriver));
                        return {};
                    })
                    .has_value());
        QVERIFY2(report.good(), report.complaints.empty() ? "" : report.complaints.front().c_str());
    }
};

QTEST_GUILESS_MAIN(OlderCopyTest)
#include "older_copy_test.moc"
