// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/time_words.hpp"

#include <QTest>

#include <rapidcheck.h>

using namespace wl;
using namespace wl::ui;

namespace {
constexpr std::int64_t kMin = 60'000, kHour = 60 * kMin, kDay = 24 * kHour;
constexpr Instant kNow{1'800'000'000'000};
}  // namespace

class TimeWordsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void durationsAreCoarse_data() {
        QTest::addColumn<qint64>("ms");
        QTest::addColumn<QString>("words");
        QTest::newRow("nothing") << qint64{0} << QStringLiteral("under 1 min");
        QTest::newRow("almost a minute") << qint64{59'999} << QStringLiteral("under 1 min");
        QTest::newRow("minutes") << qint64{12 * kMin + 5} << QStringLiteral("12 min");
        QTest::newRow("hours and minutes") << qint64{2 * kHour + 10 * kMin} << QStringLiteral("2 h 10 min");
        QTest::newRow("whole hours") << qint64{3 * kHour} << QStringLiteral("3 h");
        QTest::newRow("many hours") << qint64{31 * kHour + 50 * kMin} << QStringLiteral("31 h");
        QTest::newRow("days and hours") << qint64{3 * kDay + 4 * kHour} << QStringLiteral("3 d 4 h");
        QTest::newRow("days") << qint64{12 * kDay + 23 * kHour} << QStringLiteral("12 d");
        QTest::newRow("years, once they are many") << qint64{4338 * kDay} << QStringLiteral("11 y");
        QTest::newRow("past") << qint64{-12 * kMin} << QStringLiteral("12 min");
    }
    void durationsAreCoarse() {
        QFETCH(qint64, ms);
        QTEST(durationWords(Millis{ms}), "words");
    }

    void whatIsPastIsToldInOneUnit() {
        QCOMPARE(agoWords(kNow - Millis{2 * kHour + 10 * kMin}, kNow), QStringLiteral("2 h ago"));
        QCOMPARE(agoWords(kNow - Millis{3 * kDay + 4 * kHour}, kNow), QStringLiteral("3 d ago"));
        QCOMPARE(dueWords(SlaState::Breached, kNow - Millis{6 * kDay + 21 * kHour}, kNow),
                 QStringLiteral("breached 6 d ago"));
        QCOMPARE(dueWords(SlaState::OnTrack, kNow + Millis{2 * kHour + 10 * kMin}, kNow),
                 QStringLiteral("2 h 10 min left"));
    }
    void clocksAreToldByState() {
        QCOMPARE(dueWords(SlaState::AtRisk, kNow + Millis{2 * kHour}, kNow), QStringLiteral("2 h left"));
        QCOMPARE(dueWords(SlaState::Breached, kNow - Millis{3 * kDay}, kNow), QStringLiteral("breached 3 d ago"));
        QCOMPARE(dueWords(SlaState::Paused, kNow, kNow), QStringLiteral("paused"));
        QCOMPARE(dueWords(SlaState::None, kNow, kNow), QString());
    }

    void wordsHoldUntilTheyAreSaidToChange() {
        rc::check("words stay the same until wordsStayFor has passed, and are others a step later", [] {
            const auto distance = *rc::gen::inRange<std::int64_t>(-20 * kDay, 20 * kDay);
            const auto stay = wordsStayFor(Millis{distance}).count();
            RC_PRE(stay > 1000);  // the floor of one second may pass over a change
            RC_ASSERT(durationWords(Millis{distance - stay + 1}) == durationWords(Millis{distance}));
        });
    }

    void instantsAreShownInTheZoneOfTheCity() {
        QCOMPARE(absoluteWords({1'795'346'160'000}, QTimeZone("America/New_York")),
                 QStringLiteral("Sun 22 Nov 2026, 06:16"));
        QCOMPARE(absoluteWords({}, QTimeZone::utc()), QString());
    }
};

QTEST_GUILESS_MAIN(TimeWordsTest)
#include "time_words_test.moc"
