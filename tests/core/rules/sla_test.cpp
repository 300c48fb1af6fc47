// SPDX-License-Identifier: GPL-3.0-or-later
#include "rules/sla.hpp"

#include <QtTest>

#include "case_history.hpp"

using namespace wl;
using namespace wl::rules;
using namespace wl::rules::test;
using namespace std::chrono_literals;

namespace {

QString text(Instant i) { return i ? QString::fromStdString(isoInstant(i)) : QString(); }

// Office hours in UTC; a first answer in 60, work done in 480 business minutes; warning at half of it.
CataloguePtr catalogueWith(const std::vector<CatalogueItem>& more = {}) {
    SlaPolicy p;
    p.code = "standard", p.calendar = "office", p.warnPercent = 50;
    p.respond = SlaTarget{60, TargetUnit::BusinessMinutes};
    p.resolve = SlaTarget{480, TargetUnit::BusinessMinutes};
    std::vector<CatalogueItem> items{toItem(p), toItem(office("UTC")),
                                     toItem(PauseReason{"requester", "Requester", true}),
                                     toItem(PauseReason{"weather", "Weather", false})};
    items.insert(items.end(), more.begin(), more.end());
    return Catalogue::build(items);
}
CaseHistory monday() { return CaseHistory(at("2025-07-07T09:00:00Z")); }  // due 17:00, warning from 13:00

DerivedCase derived(const CaseHistory& history, const CataloguePtr& catalogue = catalogueWith()) {
    return SlaDeriver(catalogue).derive(history.fold());
}
SlaClock resolveClock(const CaseHistory& history, const CataloguePtr& catalogue = catalogueWith()) {
    return computeClocks(history.fold(), *catalogue).back();
}

}  // namespace

class SlaTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aFreshCaseRuns() {
        const auto catalogue = catalogueWith();
        const auto clocks = computeClocks(monday().fold(), *catalogue);
        QCOMPARE(clocks.size(), std::size_t{2});
        QVERIFY(clocks[0].kind == TargetKind::Respond && clocks[1].kind == TargetKind::Resolve);
        QCOMPARE(text(clocks[0].due), QStringLiteral("2025-07-07T10:00:00Z"));
        QCOMPARE(text(clocks[1].start), QStringLiteral("2025-07-07T09:00:00Z"));
        QCOMPARE(text(clocks[1].due), QStringLiteral("2025-07-07T17:00:00Z"));
        QCOMPARE(text(clocks[1].warn), QStringLiteral("2025-07-07T13:00:00Z"));
        QCOMPARE(clocks[1].policy->code, std::string("standard"));
        QVERIFY(!clocks[1].finished && !clocks[1].paused && clocks[1].pauses.empty() &&
                clocks[1].settled == SlaState::OnTrack);
    }
    void theBoundaryIsDueItself_data() {
        QTest::addColumn<int>("lateMs");
        QTest::addColumn<int>("state");
        QTest::newRow("a millisecond before") << -1 << static_cast<int>(SlaState::Met);
        QTest::newRow("exactly at due") << 0 << static_cast<int>(SlaState::Met);
        QTest::newRow("a millisecond after") << 1 << static_cast<int>(SlaState::Breached);
    }
    void theBoundaryIsDueItself() {
        QFETCH(int, lateMs);
        const Instant finish = at("2025-07-07T17:00:00Z") + Millis{lateMs};
        const auto d = derived(monday().step(Status::New, Status::WorkDone, finish));
        QTEST(static_cast<int>(d.settled), "state");
        // What the running clock showed a moment ago agrees with what it settled to.
        const auto running = derived(monday());
        QCOMPARE(slaStateAt(running, finish) == SlaState::Breached, d.settled == SlaState::Breached);
    }
    void warnsWhenItsShareIsUsed() {
        const auto d = derived(monday());
        QCOMPARE(slaStateAt(d, at("2025-07-07T12:59:59.999Z")), SlaState::OnTrack);
        QCOMPARE(slaStateAt(d, at("2025-07-07T13:00:00Z")), SlaState::AtRisk);
        QCOMPARE(slaStateAt(d, at("2025-07-07T17:00:00Z")), SlaState::AtRisk);
        QCOMPARE(slaStateAt(d, at("2025-07-07T17:00:00.001Z")), SlaState::Breached);
    }
    void aPausePushesDueByItsOpenTime() {
        auto waiting = monday().step(Status::New, Status::Waiting, at("2025-07-07T10:00:00Z"), "requester");
        auto d = derived(waiting);
        QVERIFY(d.paused);
        QCOMPARE(text(d.due), QStringLiteral("2025-07-07T17:00:00Z"));
        QCOMPARE(slaStateAt(d, at("2025-08-01T00:00:00Z")), SlaState::Paused);
        QCOMPARE(text(nextStateChange(d, at("2025-07-07T11:00:00Z"))), QString());
        d = derived(waiting.step(Status::Waiting, Status::InProgress, at("2025-07-08T09:30:00Z")));
        QVERIFY(!d.paused);
        QCOMPARE(text(d.due), QStringLiteral("2025-07-08T16:30:00Z"));  // 7 h on Monday, 1 h on Tuesday
        QCOMPARE(text(d.warn), QStringLiteral("2025-07-08T12:30:00Z"));
    }
    void aPauseThatBeginsOutsideHoursCountsFromOpening() {
        const auto c = resolveClock(CaseHistory(at("2025-07-07T16:00:00Z"))
                                        .step(Status::New, Status::Waiting, at("2025-07-07T19:00:00Z"), "requester")
                                        .step(Status::Waiting, Status::InProgress, at("2025-07-08T09:00:00Z")));
        QCOMPARE(text(c.due), QStringLiteral("2025-07-08T16:00:00Z"));  // 15:30 and the half hour after opening
        QCOMPARE(c.pauses.size(), std::size_t{1});
        QCOMPARE(c.pauses[0].reason, std::string("requester"));
    }
    void onlyReasonsThatStopTheClockDo_data() {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("reason");
        QTest::addColumn<bool>("paused");
        QTest::newRow("stops") << static_cast<int>(Status::Waiting) << QByteArray("requester") << true;
        QTest::newRow("runs on") << static_cast<int>(Status::Waiting) << QByteArray("weather") << false;
        QTest::newRow("unknown") << static_cast<int>(Status::Waiting) << QByteArray("aliens") << true;
        QTest::newRow("none") << static_cast<int>(Status::Waiting) << QByteArray() << true;
        QTest::newRow("planned") << static_cast<int>(Status::Planned) << QByteArray("requester") << false;
    }
    void onlyReasonsThatStopTheClockDo() {
        QFETCH(int, status);
        QFETCH(QByteArray, reason);
        const auto d = derived(monday().step(Status::New, static_cast<Status>(status), at("2025-07-07T10:00:00Z"),
                                             reason.toStdString()));
        QTEST(d.paused, "paused");
    }
    void aStepWithoutEffectPausesNothing() {
        const auto c =
            resolveClock(monday()
                             .step(Status::New, Status::WorkDone, at("2025-07-07T10:00:00Z"))
                             .step(Status::InProgress, Status::Waiting, at("2025-07-07T09:30:00Z"), "requester"));
        QVERIFY(c.pauses.empty());
        QCOMPARE(c.settled, SlaState::Met);
    }
    void anotherReasonContinuesTheSamePause() {
        const auto c = resolveClock(monday()
                                        .step(Status::New, Status::Waiting, at("2025-07-07T10:00:00Z"), "requester")
                                        .step(Status::Waiting, Status::Waiting, at("2025-07-07T12:00:00Z"), "aliens")
                                        .step(Status::Waiting, Status::Waiting, at("2025-07-07T13:00:00Z"), "weather"));
        QCOMPARE(c.pauses.size(), std::size_t{2});
        QVERIFY(!c.paused);  // weather does not stop it
        QCOMPARE(text(c.due), QStringLiteral("2025-07-08T11:30:00Z"));
    }
    void aBreachIsNotTakenBackByWaiting() {
        const auto d =
            derived(monday().step(Status::New, Status::Waiting, at("2025-07-07T17:00:00.001Z"), "requester"));
        QVERIFY(!d.paused);
        QCOMPARE(slaStateAt(d, at("2025-07-07T18:00:00Z")), SlaState::Breached);
    }
    void finishingWhilePausedIsInTime() {
        const auto c = resolveClock(monday()
                                        .step(Status::New, Status::Waiting, at("2025-07-07T16:59:00Z"), "requester")
                                        .step(Status::Waiting, Status::Closed, at("2025-09-01T23:00:00Z"), "fixed"));
        QCOMPARE(c.settled, SlaState::Met);
        QVERIFY(!c.paused && c.due >= c.finished);
    }
    void stepsRecordedOutOfOrderOverlapNowhere() {
        const auto c =
            resolveClock(monday()
                             .step(Status::New, Status::Waiting, at("2025-07-07T10:00:00Z"), "requester")
                             .step(Status::Waiting, Status::InProgress, at("2025-07-07T12:00:00Z"))
                             .step(Status::InProgress, Status::Waiting, at("2025-07-07T11:00:00Z"), "requester")
                             .step(Status::Waiting, Status::InProgress, at("2025-07-07T13:00:00Z")));
        QCOMPARE(text(c.due), QStringLiteral("2025-07-08T11:30:00Z"));  // 10 to 13, once
    }
    void waitingBeforeTheRequestCountsFromIt() {
        const auto c = resolveClock(monday()
                                        .step(Status::New, Status::Waiting, at("2025-07-01T10:00:00Z"), "requester")
                                        .step(Status::Waiting, Status::InProgress, at("2025-07-07T10:00:00Z")));
        QCOMPARE(text(c.due), QStringLiteral("2025-07-08T09:30:00Z"));
        QCOMPARE(text(c.pauses.front().from), QStringLiteral("2025-07-07T09:00:00Z"));
    }
    void reopeningGoesOnWithTheSameClock() {
        auto c = monday().step(Status::New, Status::Closed, at("2025-07-07T12:00:00Z"), "fixed");
        QCOMPARE(derived(c).settled, SlaState::Met);
        c.step(Status::Closed, Status::Acknowledged, at("2025-07-09T12:00:00Z"));
        const auto d = derived(c);
        QCOMPARE(d.settled, SlaState::OnTrack);
        QCOMPARE(text(d.due), QStringLiteral("2025-07-07T17:00:00Z"));
        QCOMPARE(slaStateAt(d, at("2025-07-09T12:00:00Z")), SlaState::Breached);
    }

    void theFirstAnswerMeetsRespond() {
        QCOMPARE(text(derived(monday()).respondDue), QStringLiteral("2025-07-07T10:00:00Z"));
        QCOMPARE(text(derived(monday().answer(at("2025-07-07T09:10:00Z"), true)).respondDue),
                 QStringLiteral("2025-07-07T10:00:00Z"));
        const auto answered = monday().answer(at("2025-07-07T10:00:00Z"));
        QCOMPARE(text(derived(answered).respondDue), QString());
        QCOMPARE(computeClocks(answered.fold(), *catalogueWith()).front().settled, SlaState::Met);
        const auto late = computeClocks(monday().answer(at("2025-07-07T10:00:00.001Z")).fold(), *catalogueWith());
        QCOMPARE(late.front().settled, SlaState::Breached);
        const auto done =
            monday().step(Status::New, Status::WorkDone, at("2025-07-07T09:30:00Z")).answer(at("2025-07-08T12:00:00Z"));
        QCOMPARE(computeClocks(done.fold(), *catalogueWith()).front().settled, SlaState::Met);
    }
    void acknowledgingIsNoAnswer() {
        QVERIFY(derived(monday().step(Status::New, Status::Acknowledged, at("2025-07-07T09:01:00Z"))).respondDue);
    }

    void anImportedDueDateStands() {
        const auto due = at("2025-07-20T12:00:00Z");
        const auto imported = [&] {
            return CaseHistory(at("2025-07-10T12:00:00Z")).with(CaseField::DueOverride, due.ms);
        };
        auto c = resolveClock(imported()
                                  .step(Status::New, Status::Waiting, at("2025-07-11T12:00:00Z"), "requester")
                                  .step(Status::Waiting, Status::InProgress, at("2025-07-15T12:00:00Z")));
        QCOMPARE(text(c.due), text(due));
        QVERIFY(c.policy == nullptr && c.pauses.empty());
        QCOMPARE(text(c.warn), QStringLiteral("2025-07-18T00:00:00Z"));
        QCOMPARE(resolveClock(imported().step(Status::New, Status::Closed, due)).settled, SlaState::Met);
        QCOMPARE(resolveClock(imported().step(Status::New, Status::Closed, due + 1ms)).settled, SlaState::Breached);
        // It needs no policy, and one may lie before the request.
        const auto bare = Catalogue::build({});
        QCOMPARE(text(derived(imported(), bare).due), text(due));
        const auto early = derived(CaseHistory(at("2025-07-21T12:00:00Z")).with(CaseField::DueOverride, due.ms), bare);
        QCOMPARE(text(early.warn), text(due));
    }
    void importedClosedCasesAreNotLateByNow() {
        const auto d = derived(CaseHistory(at("2010-07-07T09:00:00Z"))
                                   .step(Status::New, Status::Closed, at("2010-07-07T10:00:00Z"), "fixed"));
        QCOMPARE(d.settled, SlaState::Met);
        QCOMPARE(slaStateAt(d, at("2025-01-01T00:00:00Z")), SlaState::Met);
        QVERIFY(!d.respondDue && !nextStateChange(d, at("2025-01-01T00:00:00Z")));
    }

    void thePolicyIsTheOneOfTheRequest() {
        SlaPolicy later;
        later.code = "later", later.calendar = "office", later.validFrom = at("2025-07-07T09:00:00.001Z");
        later.resolve = SlaTarget{10, TargetUnit::BusinessDays};
        const auto catalogue = catalogueWith({toItem(later)});
        // Published while the case waits: the case keeps its own, the next one gets the new.
        const auto c = resolveClock(
            monday().step(Status::New, Status::Waiting, at("2025-07-07T10:00:00Z"), "requester"), catalogue);
        QCOMPARE(c.policy->code, std::string("standard"));
        QCOMPARE(text(resolveClock(CaseHistory(at("2025-07-07T09:00:00.001Z")), catalogue).due),
                 QStringLiteral("2025-07-21T09:00:00.001Z"));
    }
    // The target of a policy is changed while a case waits: the pause counts as before, the new length from the start.
    void aTargetChangedWhilePausedKeepsThePause() {
        const auto waiting = monday()
                                 .step(Status::New, Status::Waiting, at("2025-07-07T10:00:00Z"), "requester")
                                 .step(Status::Waiting, Status::InProgress, at("2025-07-07T12:00:00Z"));
        const auto catalogue = catalogueWith();
        const auto before = resolveClock(waiting, catalogue);
        auto changed = *before.policy;
        changed.resolve = SlaTarget{600, TargetUnit::CalendarMinutes};
        const auto later = catalogueWith({toItem(changed)});
        const auto after = resolveClock(waiting, later);
        QCOMPARE(after.pauses.size(), before.pauses.size());
        QCOMPARE(text(after.pauses.front().from), text(before.pauses.front().from));
        QCOMPARE(text(after.due), QStringLiteral("2025-07-07T21:00:00Z"));  // 09:00 and 10 h, of which 2 h it waited
    }
    void aHolidayAddedLaterMovesDue() {
        auto calendar = office("UTC");
        calendar.holidays = {{"2025-07-08", "Declared on the 9th"}};
        const CaseHistory asked(at("2025-07-07T16:00:00Z"));
        QCOMPARE(text(derived(asked).due), QStringLiteral("2025-07-08T15:30:00Z"));
        QCOMPARE(text(derived(asked, catalogueWith({toItem(calendar)})).due), QStringLiteral("2025-07-09T15:30:00Z"));
    }
    void aPolicyWithoutCalendarTakesTheDepartments() {
        SlaPolicy p;
        p.code = "p", p.resolve = SlaTarget{600, TargetUnit::BusinessMinutes};
        const auto c =
            Catalogue::build({toItem(p), toItem(office("UTC")), toItem(Department{"works", "Works", "office"})});
        const auto dueOf = [&](const char* department) {
            return text(derived(monday().with(CaseField::Department, std::string(department)), c).due);
        };
        QCOMPARE(dueOf("works"), QStringLiteral("2025-07-08T10:30:00Z"));
        QCOMPARE(dueOf("nobody"), QStringLiteral("2025-07-07T19:00:00Z"));  // around the clock
        QCOMPARE(text(expectedBy(*c, "pothole", Priority::Normal, "works", "", at("2025-07-07T09:00:00Z"))),
                 QStringLiteral("2025-07-08T10:30:00Z"));
    }
    void theServiceGivesThePriorityThatACaseLacks() {
        SlaPolicy p;
        p.code = "urgent", p.priority = Priority::Urgent, p.resolve = SlaTarget{1, TargetUnit::CalendarMinutes};
        Service s;
        s.code = "pothole", s.priority = Priority::Urgent;
        const auto c = catalogueWith({toItem(p), toItem(s)});
        QCOMPARE(resolveClock(monday(), c).policy->code, std::string("urgent"));
        const auto normal = monday().with(CaseField::Priority, static_cast<std::int64_t>(Priority::Normal));
        QCOMPARE(resolveClock(normal, c).policy->code, std::string("standard"));
    }
    void nothingToRunMeansNoClock() {
        QVERIFY(computeClocks(monday().fold(), *Catalogue::build({})).empty());
        const auto none = derived(monday(), Catalogue::build({}));
        QVERIFY(!none.due && !none.warn && !none.respondDue && !none.paused && none.settled == SlaState::None);
        QVERIFY(computeClocks(CaseState{}, *catalogueWith()).empty());  // its opening has not arrived
        WorkCalendar never{"office", "Never", "UTC", {}, {}};
        QVERIFY(computeClocks(monday().fold(), *catalogueWith({toItem(never)})).empty());
        QVERIFY(!expectedBy(*Catalogue::build({}), "pothole", Priority::Normal, "", "", at("2025-07-07T09:00:00Z")));
    }
    void rubbishTimesDoNotOverflow() {
        constexpr auto most = std::numeric_limits<std::int64_t>::max();
        constexpr auto least = std::numeric_limits<std::int64_t>::min();
        SlaPolicy p;
        p.code = "p", p.warnPercent = 100, p.resolve = SlaTarget{10'000'000, TargetUnit::CalendarDays};
        for (const auto& catalogue : {catalogueWith(), Catalogue::build({toItem(p)})})
            for (const auto requested : {most, least, std::int64_t{1'751'878'800'000}})
                for (const auto stepAt : {most, least, std::int64_t{1'751'878'800'000}})
                    for (const auto due : {most, least, std::int64_t{0}})
                        for (const auto done : {most, least}) {
                            CaseHistory c{Instant{requested}};
                            c.with(CaseField::DueOverride, due)
                                .step(Status::New, Status::Waiting, {stepAt}, "requester");
                            c.step(Status::Waiting, Status::WorkDone, {done}).answer({done});
                            const auto d = derived(c, catalogue);
                            QVERIFY(d.settled == SlaState::None || d.settled == SlaState::Met ||
                                    d.settled == SlaState::Breached);
                        }
    }
};

QTEST_GUILESS_MAIN(SlaTest)
#include "sla_test.moc"
