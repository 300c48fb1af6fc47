// SPDX-License-Identifier: GPL-3.0-or-later
// What rules do when an hour comes: targets beyond resolve, wake-ups, escalation steps, quiet hours; and standstills.
#include "rules/duty.hpp"

#include <QtTest>

#include "case_history.hpp"
#include "rules/business_hours.hpp"

using namespace wl;
using namespace wl::rules;
using namespace wl::rules::test;

namespace {

QString text(Instant i) { return i ? QString::fromStdString(isoInstant(i)) : QString(); }

SlaPolicy policy() {
    SlaPolicy p;
    p.code = "standard", p.calendar = "office";
    p.acknowledge = SlaTarget{30, TargetUnit::BusinessMinutes};
    p.respond = SlaTarget{60, TargetUnit::BusinessMinutes};
    p.nextResponse = SlaTarget{120, TargetUnit::BusinessMinutes};
    p.resolve = SlaTarget{480, TargetUnit::BusinessMinutes};
    p.close = SlaTarget{960, TargetUnit::BusinessMinutes};
    return p;
}

CataloguePtr city(std::vector<EscalationStep> steps = {}, const std::string& quiet = {}) {
    EscalationLadder ladder;
    ladder.code = "usual", ladder.steps = std::move(steps), ladder.calendar = quiet;
    std::vector<CatalogueItem> items{
        toItem(policy()),
        toItem(office("UTC")),
        toItem(PauseReason{.code = "requester", .name = "Requester"}),
        toItem(PauseReason{.code = "season", .name = "Season", .maxMinutes = 1440, .fallback = Status::Acknowledged}),
        toItem(Department{.code = "pw", .name = "Works", .calendar = "office", .head = "boss"}),
        toItem(Jurisdiction{.code = "x", .name = "X", .manager = "mayor"})};
    if (!ladder.steps.empty()) items.push_back(toItem(ladder));
    return Catalogue::build(items);
}
// Asked Monday at nine, office hours 08:30 to 17:00: due 17:00.
CaseHistory monday() { return CaseHistory(at("2025-07-07T09:00:00Z")).with(CaseField::Department, std::string("pw")); }
const SlaClock* clock(const std::vector<SlaClock>& clocks, TargetKind kind) {
    const auto found = std::ranges::find(clocks, kind, &SlaClock::kind);
    return found == clocks.end() ? nullptr : &*found;
}
Instant alarm(const CaseHistory& h, const CataloguePtr& c) { return SlaDeriver(c).derive(h.fold()).alarm; }

}  // namespace

class DutyTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyTargetHasItsClock() {
        const auto clocks = computeClocks(monday().fold(), *city());
        QCOMPARE(text(clock(clocks, TargetKind::Acknowledge)->due), QStringLiteral("2025-07-07T09:30:00Z"));
        QCOMPARE(text(clock(clocks, TargetKind::Respond)->due), QStringLiteral("2025-07-07T10:00:00Z"));
        QCOMPARE(text(clock(clocks, TargetKind::Resolve)->due), QStringLiteral("2025-07-07T17:00:00Z"));
        QCOMPARE(text(clock(clocks, TargetKind::Close)->due), QStringLiteral("2025-07-08T16:30:00Z"));
        QVERIFY(!clock(clocks, TargetKind::NextResponse));
    }
    void theNextAnswerIsDueFromTheEarliestQuestion() {
        auto h = monday().answer(at("2025-07-07T09:10:00Z"));
        QVERIFY(!clock(computeClocks(h.fold(), *city()), TargetKind::NextResponse));
        h.asked(at("2025-07-07T11:00:00Z")).asked(at("2025-07-07T12:00:00Z"));
        const auto clocks = computeClocks(h.fold(), *city());
        QCOMPARE(text(clock(clocks, TargetKind::NextResponse)->due), QStringLiteral("2025-07-07T13:00:00Z"));
        h.step(Status::New, Status::Closed, at("2025-07-07T12:30:00Z"), "fixed");
        QVERIFY(!clock(computeClocks(h.fold(), *city()), TargetKind::NextResponse));  // nobody is owed an answer then
    }
    void nothingToDoCancelsWhatWasNotLate() {
        const auto closedAt = [](const char* when, const char* why) {
            return computeClocks(monday().step(Status::New, Status::Closed, at(when), why).fold(), *city());
        };
        QCOMPARE(clock(closedAt("2025-07-07T12:00:00Z", "duplicate"), TargetKind::Resolve)->settled,
                 SlaState::Cancelled);
        QCOMPARE(clock(closedAt("2025-07-07T12:00:00Z", "fixed"), TargetKind::Resolve)->settled, SlaState::Met);
        QCOMPARE(clock(closedAt("2025-07-07T17:00:00.001Z", "duplicate"), TargetKind::Resolve)->settled,
                 SlaState::Breached);
    }
    void aPauseEndsByItself_data() {
        QTest::addColumn<QString>("reason");
        QTest::addColumn<QString>("until");
        QTest::addColumn<QString>("ends");
        QTest::addColumn<QString>("due");
        // 10:00, seven hours of work left; 1,440 minutes at most for "season".
        QTest::newRow("wake-up") << "requester" << "2025-07-07T12:00:00Z" << "2025-07-07T12:00:00Z"
                                 << "2025-07-08T10:30:00Z";
        QTest::newRow("longest") << "season" << "" << "2025-07-08T10:00:00Z" << "2025-07-08T17:00:00Z";
        QTest::newRow("longest before the wake-up")
            << "season" << "2025-07-20T10:00:00Z" << "2025-07-08T10:00:00Z" << "2025-07-08T17:00:00Z";
    }
    void aPauseEndsByItself() {
        QFETCH(QString, reason);
        QFETCH(QString, until);
        QFETCH(QString, ends);
        QFETCH(QString, due);
        const auto h = monday().step(Status::New, Status::Waiting, at("2025-07-07T10:00:00Z"), reason.toStdString(),
                                     until.isEmpty() ? Instant{} : at(until.toStdString()));
        const auto catalogue = city();
        const auto d = SlaDeriver(catalogue).derive(h.fold());
        QCOMPARE(text(d.pausedUntil), ends);
        QCOMPARE(text(d.due), due);
        QCOMPARE(text(d.alarm), ends);
        QCOMPARE(slaStateAt(d, d.pausedUntil - Millis{1}), SlaState::Paused);
        QVERIFY(slaStateAt(d, d.pausedUntil) != SlaState::Paused);
        QCOMPARE(nextStateChange(d, at("2025-07-07T10:00:00Z")), d.pausedUntil);
        const auto due1 = dueActions(h.fold(), *catalogue, d.pausedUntil);
        QCOMPARE(due1.size(), std::size_t{1});
        QCOMPARE(int(due1.front().to),
                 int(reason == QStringLiteral("season") ? Status::Acknowledged : Status::InProgress));
        QVERIFY(dueActions(h.fold(), *catalogue, d.pausedUntil - Millis{1}).empty());
    }
    void stepsComeAtPercentAndMinutes() {
        const auto catalogue = city({{.percent = 50, .to = "owner"},
                                     {.minutes = -30, .to = "department_head"},
                                     {.minutes = 60, .to = "city_manager"}});
        const auto h = monday().with(CaseField::Owner, std::string("kim"));
        QCOMPARE(text(alarm(h, catalogue)), QStringLiteral("2025-07-07T13:00:00Z"));
        const auto all = dueActions(h.fold(), *catalogue, at("2025-07-20T00:00:00Z"));
        QCOMPARE(all.size(), std::size_t{3});
        QCOMPARE(text(all[1].at), QStringLiteral("2025-07-07T16:30:00Z"));
        QCOMPARE(text(all[2].at), QStringLiteral("2025-07-08T09:30:00Z"));  // an hour of opening after five o'clock
        QCOMPARE(all[0].raised.person, std::string("kim"));
        QCOMPARE(all[1].raised.person, std::string("boss"));
        QCOMPARE(all[2].raised.person, std::string("mayor"));
    }
    void whatFiredDoesNotFireAgainEvenIfDueMoves() {
        const auto catalogue = city({{.percent = 50, .to = "owner"}});
        auto h = monday();
        auto first = dueActions(h.fold(), *catalogue, at("2025-07-07T13:00:00Z"));
        QCOMPARE(first.size(), std::size_t{1});
        h.also(first.front().raised);
        h.step(Status::New, Status::Waiting, at("2025-07-07T14:00:00Z"), "requester");
        h.step(Status::Waiting, Status::InProgress, at("2025-07-08T14:00:00Z"));
        QVERIFY(dueActions(h.fold(), *catalogue, at("2025-07-09T17:00:00Z")).empty());
        QVERIFY(!alarm(h, catalogue));
    }
    void itIsRepeatedUntilSomebodyAcknowledges() {
        const auto catalogue = city({{.percent = 100, .to = "owner", .repeatMinutes = 60}});
        auto h = monday();
        const auto now = at("2025-07-07T18:30:00Z");
        auto first = dueActions(h.fold(), *catalogue, now).front().raised;
        h.also(first);
        auto again = dueActions(h.fold(), *catalogue, now);
        QCOMPARE(again.size(), std::size_t{1});
        QVERIFY(again.front().raised.key != first.key);
        QCOMPARE(text(again.front().at), QStringLiteral("2025-07-07T18:00:00Z"));
        h.also(EscalationAcknowledged{first.key, now});
        QVERIFY(dueActions(h.fold(), *catalogue, now).empty());
    }
    void nobodyIsDisturbedOutsideTheHours() {
        auto p = policy();
        p.resolve = SlaTarget{12 * 60, TargetUnit::CalendarMinutes};  // due at 21:00
        EscalationLadder ladder;
        ladder.code = "usual", ladder.steps = {{.percent = 100, .to = "owner"}}, ladder.calendar = "office";
        const auto catalogue = Catalogue::build({toItem(p), toItem(office("UTC")), toItem(ladder)});
        QCOMPARE(text(alarm(monday(), catalogue)), QStringLiteral("2025-07-08T08:30:00Z"));
        ladder.calendar.clear();
        const auto anytime = Catalogue::build({toItem(p), toItem(office("UTC")), toItem(ladder)});
        QCOMPARE(text(alarm(monday(), anytime)), QStringLiteral("2025-07-07T21:00:00Z"));
    }
    void importedAndClosedCasesDoNotEscalate() {
        const auto catalogue = city({{.percent = 100, .to = "owner"}});
        // The opening op of the history is written in September 2020: a case of 2019 was due before it came here.
        const CaseHistory old(at("2019-07-08T09:00:00Z"));
        QVERIFY(dueActions(old.fold(), *catalogue, at("2025-07-09T17:00:00Z")).empty());
        auto closed = monday().step(Status::New, Status::Closed, at("2025-07-08T17:00:00Z"), "fixed");
        QVERIFY(dueActions(closed.fold(), *catalogue, at("2025-07-09T17:00:00Z")).empty());
    }
    void aPausedClockDoesNotEscalate() {
        const auto catalogue = city({{.percent = 50, .to = "owner"}, {.minutes = 10, .to = "owner"}});
        const auto h = monday().step(Status::New, Status::Waiting, at("2025-07-07T10:00:00Z"), "requester");
        QVERIFY(!alarm(h, catalogue));
        QVERIFY(dueActions(h.fold(), *catalogue, at("2025-08-09T17:00:00Z")).empty());
    }
    void anUnansweredOfferBounces() {
        auto h = monday().also(HandOffOffered{
            "water", {}, "theirs", at("2025-07-07T10:00:00Z"), at("2025-07-07T14:00:00Z")});
        QCOMPARE(text(alarm(h, city())), QStringLiteral("2025-07-07T14:00:00Z"));
        const auto due1 = dueActions(h.fold(), *city(), at("2025-07-07T14:00:00Z"));
        QVERIFY(due1.size() == 1 && due1.front().kind == DueAction::Kind::Bounce);
    }
    void standstillsAreNamed() {
        const auto stalled = [](const CaseHistory& h, const CataloguePtr& c) {
            return int(SlaDeriver(c).derive(h.fold()).stalled);
        };
        QCOMPARE(stalled(monday(), city()), 0);
        QCOMPARE(stalled(CaseHistory(at("2025-07-07T09:00:00Z")), city()), int(kNoOwner));
        QCOMPARE(stalled(monday(), Catalogue::build({})), int(kNoClock));
        const auto waits = monday().step(Status::New, Status::Waiting, at("2025-07-07T10:00:00Z"), "requester");
        QCOMPARE(stalled(waits, city()), int(kNoNextStep));
        const auto wakes = monday().step(Status::New, Status::Waiting, at("2025-07-07T10:00:00Z"), "season");
        QCOMPARE(stalled(wakes, city()), 0);
        // The work is done: the closing still has its clock.
        const auto done = monday().step(Status::New, Status::WorkDone, at("2025-07-07T10:00:00Z"));
        QCOMPARE(stalled(done, city()), 0);
        const auto closed = monday().step(Status::New, Status::Closed, at("2025-07-07T10:00:00Z"), "fixed");
        QCOMPARE(stalled(closed, Catalogue::build({})), 0);
    }
    void aClosureTakesItsTimeAway() {
        auto calendar = office("UTC");
        calendar.closures = {{"2025-07-07T12:00", "2025-07-08T12:00", "Storm"}};
        const BusinessHours hours(calendar);
        // Three hours on Monday, the rest on Tuesday afternoon.
        QCOMPARE(text(hours.after(at("2025-07-07T09:00:00Z"), std::chrono::hours{8})),
                 QStringLiteral("2025-07-08T17:00:00Z"));
        QCOMPARE(text(hours.before(at("2025-07-08T13:00:00Z"), std::chrono::hours{2})),
                 QStringLiteral("2025-07-07T11:00:00Z"));
        QVERIFY(!hours.isOpen(at("2025-07-08T09:00:00Z")) && hours.isOpen(at("2025-07-08T12:00:00Z")));
        QCOMPARE(text(hours.opening(at("2025-07-07T13:00:00Z"))), QStringLiteral("2025-07-08T12:00:00Z"));
        QCOMPARE(hours.between(at("2025-07-07T09:00:00Z"), at("2025-07-08T13:00:00Z")).size(), std::size_t{2});
        calendar.closures = {{"2025-07-08T00:00", "2025-07-09T00:00", "Storm"}};
        QCOMPARE(text(BusinessHours(calendar).afterDays(at("2025-07-07T09:00:00Z"), 1)),
                 QStringLiteral("2025-07-09T09:00:00Z"));
    }
};

QTEST_GUILESS_MAIN(DutyTest)
#include "duty_test.moc"
