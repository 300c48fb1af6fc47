// SPDX-License-Identifier: GPL-3.0-or-later
// What is usual for a day, and when figures call for somebody.
#include "rules/signals/expectation.hpp"

#include <QtTest>

#include "rules/signals/alerts.hpp"

using namespace wl;
using namespace wl::rules::signals;

namespace {

constexpr Second kDay = 86'400;
constexpr DayNumber kMonday = 20'404;  // 2025-11-12 less two days, so that weekdays are plain

// Days from `first` on; the count of each from its weekday and number.
template <class Count>
FigureSeries days(DayNumber first, int many, Count count) {
    FigureSeries out{"opened", {}};
    for (int i = 0; i < many; ++i) {
        const auto value = static_cast<std::int64_t>(count(i));
        out.points.push_back({(first + i) * kDay, static_cast<double>(value), value});
    }
    return out;
}

// A busy Monday, a quiet weekend.
std::int64_t usual(int i) { return std::array{60, 40, 40, 40, 40, 10, 8}[static_cast<std::size_t>(i % 7)]; }

std::vector<ExpectedDay> judge(const FigureSeries& before, const FigureSeries& now, Second asOf = 0) {
    return expectedDays(before, now, asOf != 0 ? asOf : now.points.back().at + kDay - 1, TimeZone::utc());
}

}  // namespace

class SignalExpectationTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aBusyMondayIsUsualAndTheSameOnASundayIsNot() {
        const auto before = days(kMonday, 56, usual);
        const auto now = days(kMonday + 56, 7, [](int i) { return i == 6 ? 60 : usual(i); });
        const auto out = judge(before, now);
        QCOMPARE(out.size(), std::size_t{7});
        QCOMPARE(out[0].expected, 60.0);
        QVERIFY(!out[0].unusual);
        QCOMPARE(out[6].expected, 8.0);
        QVERIFY(out[6].unusual);
    }
    void oneWildDayInThePastDoesNotMakeTheNextOneUsual() {
        const auto before = days(kMonday, 56, [](int i) { return i == 49 ? 900 : usual(i); });
        const auto out = judge(before, days(kMonday + 56, 1, [](int) { return 200; }));
        QCOMPARE(out.size(), std::size_t{1});
        QCOMPARE(out[0].expected, 60.0);
        QVERIFY(out[0].unusual);
    }
    void whatChanceDoesIsNotUnusual() {
        const auto before = days(kMonday, 56, [](int) { return 25; });
        const auto out = judge(before, days(kMonday + 56, 2, [](int i) { return i == 0 ? 39 : 41; }));
        QVERIFY(!out[0].unusual);  // 25 + 3·√25 = 40
        QVERIFY(out[1].unusual);
    }
    void aDayThatIsNotOverIsNeverTooQuiet() {
        const auto before = days(kMonday, 56, usual);
        const auto now = days(kMonday + 56, 1, [](int) { return 3; });
        QVERIFY(!judge(before, now, now.points[0].at + kDay / 2).front().unusual);
        QVERIFY(judge(before, now).front().unusual);
    }
    void fewCasesAndShortPastsSayNothing() {
        QVERIFY(judge(days(kMonday, 56, [](int) { return 2; }), days(kMonday + 56, 7, [](int) { return 50; })).empty());
        QVERIFY(judge(days(kMonday + 21, 35, usual), days(kMonday + 56, 7, usual)).empty());
        QVERIFY(!judge(days(kMonday + 14, 42, usual), days(kMonday + 56, 7, usual)).empty());
    }
    void stepsLongerThanADayAreNotJudged() {
        auto now = days(kMonday + 56, 2, usual);
        now.points[1].at = now.points[0].at;
        QVERIFY(judge(days(kMonday, 56, usual), now).empty());
    }

    void aBacklogRisesAfterTwoWeeksAndASlowerSecond_data() {
        QTest::addColumn<WeekOfWork>("first");
        QTest::addColumn<WeekOfWork>("second");
        QTest::addColumn<bool>("rises");
        const WeekOfWork a{100, 80, 2, 80}, b{110, 90, 3, 90};
        QTest::newRow("rises") << a << b << true;
        QTest::newRow("first week kept up") << WeekOfWork{80, 80, 2, 80} << b << false;
        QTest::newRow("second week kept up") << a << WeekOfWork{90, 90, 3, 90} << false;
        QTest::newRow("no slower") << a << WeekOfWork{110, 90, 2, 90} << false;
        QTest::newRow("too few closings before") << WeekOfWork{100, 19, 2, 19} << b << false;
        QTest::newRow("too few closings now") << a << WeekOfWork{110, 19, 3, 19} << false;
        QTest::newRow("just enough") << WeekOfWork{100, 20, 2, 20} << WeekOfWork{110, 20, 3, 20} << true;
    }
    void aBacklogRisesAfterTwoWeeksAndASlowerSecond() {
        QFETCH(WeekOfWork, first);
        QFETCH(WeekOfWork, second);
        QFETCH(bool, rises);
        QCOMPARE(backlogRises(first, second), rises);
    }

    void aTargetIsMissedOnItsOwnSide_data() {
        QTest::addColumn<FigureKind>("kind");
        QTest::addColumn<double>("value");
        QTest::addColumn<qint64>("n");
        QTest::addColumn<bool>("missed");
        QTest::newRow("share above") << FigureKind::OnTime << 0.81 << qint64{100} << false;
        QTest::newRow("share below") << FigureKind::OnTime << 0.79 << qint64{100} << true;
        QTest::newRow("share of few") << FigureKind::OnTime << 0.10 << qint64{19} << false;
        QTest::newRow("share of just enough") << FigureKind::OnTime << 0.10 << qint64{20} << true;
        QTest::newRow("time shorter") << FigureKind::TimeToClose << 0.5 << qint64{100} << false;
        QTest::newRow("time longer") << FigureKind::TimeToClose << 0.9 << qint64{100} << true;
        QTest::newRow("a count needs no twenty") << FigureKind::Overdue << 1.0 << qint64{1} << true;
    }
    void aTargetIsMissedOnItsOwnSide() {
        QFETCH(FigureKind, kind);
        QFETCH(double, value);
        QFETCH(qint64, n);
        QFETCH(bool, missed);
        Figure f;
        f.kind = kind;
        f.unit = figureSpec(kind).unit;
        f.empty = false;
        f.value = value;
        f.n = n;
        QCOMPARE(misses(f, 0.8), missed);
        f.empty = true;
        QVERIFY(!misses(f, 0.8));
    }
};

QTEST_GUILESS_MAIN(SignalExpectationTest)
#include "signal_expectation_test.moc"
