// SPDX-License-Identifier: GPL-3.0-or-later
#include "comms/sending.hpp"

#include <QTest>

using namespace wl;
using namespace wl::comms;

namespace {
constexpr std::int64_t kMinute = 60'000;
constexpr Instant kNoon{1'790'164'800'000};  // 2026-09-23T12:00:00Z

MessageFacts update() {
    MessageFacts m;
    m.why = MessageWhy::Rule;
    m.channel = Channel::Email;
    m.hasAddress = true;
    return m;
}
MessageFacts answer() {
    auto m = update();
    m.why = MessageWhy::Owner;
    m.byOwner = true;
    return m;
}
SendingPolicy policy() { return {false, 1200, 480, 10, 3, 5, 0, TimeZone::find("Europe/Berlin")}; }
}  // namespace

class SendingTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatNothingStandsAgainstLeaves() {
        QVERIFY(decide(update(), policy(), kNoon) == Decision{});
        QVERIFY(decide(answer(), policy(), kNoon) == Decision{});
    }

    void eachReasonKeepsItBack_data() {
        QTest::addColumn<int>("what");
        QTest::addColumn<QByteArray>("reason");
        const char* reasons[] = {"no_address", "not_owner", "do_not_contact", "no_consent", "bounced",
                                 "joined",     "same_text", "window_closed",  "paused",     "rate_day"};
        for (int i = 0; i < 10; ++i) QTest::newRow(reasons[i]) << i << QByteArray(reasons[i]);
    }
    void eachReasonKeepsItBack() {
        QFETCH(int, what);
        QFETCH(QByteArray, reason);
        auto m = what == 1 ? answer() : update();
        auto p = policy();
        switch (what) {
            case 0: m.hasAddress = false; break;
            case 1: m.byOwner = false; break;
            case 2: m.doNotContact = true; break;
            case 3: m.consent = Consent::Refused; break;
            case 4: m.bounced = true; break;
            case 5: m.joined = true; break;
            case 6: m.sameText = true; break;
            case 7: m.channel = Channel::WhatsApp; break;
            case 8: p.paused = true; break;
            default: m.sentLastDay = 5; break;
        }
        const auto decided = decide(m, p, kNoon);
        QVERIFY(decided.kind == Decision::Kind::Suppress);
        QCOMPARE(QByteArray(decided.reason.data(), static_cast<qsizetype>(decided.reason.size())), reason);
        m.overridden = true;
        QCOMPARE(decide(m, p, kNoon).kind == Decision::Kind::Suppress, what == 0);  // no address: nobody can
    }

    void theBoundaryOfEachLimitIsExact() {
        auto m = update();
        auto p = policy();
        m.sentLastDay = 4;
        QVERIFY(decide(m, p, kNoon) == Decision{});
        m.sentLastHour = 2;
        QVERIFY(decide(m, p, kNoon) == Decision{});
        m.sentLastHour = 3;
        QVERIFY((decide(m, p, kNoon) == Decision{Decision::Kind::Hold, kNoon + Millis(60 * kMinute), "rate_hour"}));
        m.sentLastHour = 0;
        m.lastSentAt = kNoon - Millis(10 * kMinute);
        QVERIFY(decide(m, p, kNoon) == Decision{});
        m.lastSentAt = m.lastSentAt + Millis(1);
        QVERIFY((decide(m, p, kNoon) == Decision{Decision::Kind::Hold, kNoon + Millis(1), "gap"}));
        m.lastSentAt = {};
        p.digestMinutes = 30;
        m.writtenAt = kNoon - Millis(30 * kMinute);
        QVERIFY(decide(m, p, kNoon) == Decision{});
        m.writtenAt = kNoon;
        QVERIFY((decide(m, p, kNoon) == Decision{Decision::Kind::Hold, kNoon + Millis(30 * kMinute), "digest"}));
    }

    void theWhatsAppWindowIsTwentyFourHoursFromTheirLastWord() {
        auto m = answer();
        m.channel = Channel::WhatsApp;
        m.lastInboundAt = kNoon - std::chrono::hours(24) + Millis(1);
        QVERIFY(decide(m, policy(), kNoon) == Decision{});
        m.lastInboundAt = kNoon - std::chrono::hours(24);
        QVERIFY(decide(m, policy(), kNoon).reason == "window_closed");
        m.approved = true;
        QVERIFY(decide(m, policy(), kNoon) == Decision{});
    }

    void quietHoursHoldUntilMorningOfTheCity() {
        const auto p = policy();  // 20:00 to 08:00 in Berlin: 18:00Z to 06:00Z in summer
        const Instant eight{kNoon.ms + 6 * 60 * kMinute};
        QVERIFY(decide(update(), p, eight - Millis(1)) == Decision{});
        const Instant morning{eight.ms + 12 * 60 * kMinute};
        QVERIFY((decide(update(), p, eight) == Decision{Decision::Kind::Hold, morning, "quiet_hours"}));
        QVERIFY((decide(update(), p, morning - Millis(1)) == Decision{Decision::Kind::Hold, morning, "quiet_hours"}));
        QVERIFY(decide(update(), p, morning) == Decision{});
        QVERIFY(decide(answer(), p, eight) == Decision{});  // a person knows what time it is …
        auto sms = answer();
        sms.channel = Channel::Sms;
        QVERIFY(decide(sms, p, eight).reason == "quiet_hours");  // … but a telephone rings
    }

    void whatWaitsForTheGapIntoTheNightWaitsForMorning() {
        auto m = update();
        const Instant late{kNoon.ms + (6 * 60 - 5) * kMinute};
        m.lastSentAt = late;
        const auto decided = decide(m, policy(), late);
        QVERIFY((decided == Decision{Decision::Kind::Hold, {kNoon.ms + 18 * 60 * kMinute}, "quiet_hours"}));
    }

    void anAnswerGoesToWhomRefusedUpdates() {
        auto m = answer();
        m.consent = Consent::Refused;
        QVERIFY(decide(m, policy(), kNoon).reason == "no_consent");
        m.why = MessageWhy::Answer;
        QVERIFY(decide(m, policy(), kNoon) == Decision{});
    }

    void aHolidayIsQuietAllDay() {
        SendingPolicy p;
        p.quietFrom = 20 * 60;
        p.quietTo = 8 * 60;
        const auto christmas = *parseIsoDate("2026-12-25");
        p.holidays = {christmas, christmas + 1};
        const auto at = [&](int day, int hour) { return Instant{LocalTime::of(christmas + day, hour * 3'600'000).ms}; };
        QVERIFY(!quietEnds(p, at(-1, 12)));
        QCOMPARE(quietEnds(p, at(0, 12)).ms, at(2, 8).ms);
        QCOMPARE(quietEnds(p, at(-1, 21)).ms, at(2, 8).ms);
        QVERIFY(!quietEnds(p, at(2, 9)));
        p.quietTo = p.quietFrom;  // no quiet hours at all
        QVERIFY(!quietEnds(p, at(0, 12)));
    }
};

QTEST_GUILESS_MAIN(SendingTest)
#include "sending_test.moc"
