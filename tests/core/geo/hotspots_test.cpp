// SPDX-License-Identifier: GPL-3.0-or-later
// Early patterns on a made-up city whose past is known: what is usual is silent, what is not is told soon.
#include <QtTest>

#include <algorithm>
#include <cmath>

#include "geo/hotspot_trial.hpp"

using namespace wl;
using namespace wl::geo;

namespace {

constexpr std::int64_t kDay = 86'400'000, kStart = 1'600'000'000'000;

class Dice {
public:
    explicit Dice(std::uint64_t seed) : m_state(seed) {}
    double roll() {
        m_state = m_state * 6364136223846793005ULL + 1442695040888963407ULL;
        return static_cast<double>(m_state >> 11) * 0x1p-53;
    }

private:
    std::uint64_t m_state;
};

GeoPoint place(double east, double north) {
    return GeoPoint::of(42.3 + north / 111'195, -71.1 + east / (111'195 * std::cos(42.3 * M_PI / 180)));
}

/// `perDay(day)` cases a day of two services, more of them the nearer to the middle.
std::vector<ScanCase> history(int days, std::uint64_t seed, const std::function<int(int)>& perDay) {
    Dice dice(seed);
    std::vector<ScanCase> out;
    for (int day = 0; day < days; ++day)
        for (int i = perDay(day); i > 0; --i) {
            const double r = 6000 * dice.roll(), a = 2 * M_PI * dice.roll();
            ScanCase c;
            c.service = dice.roll() < 0.7 ? 1 : 2;
            c.at = {kStart + static_cast<std::int64_t>((day + dice.roll()) * kDay)};
            c.place = place(r * std::cos(a), r * std::sin(a));
            out.push_back(c);
        }
    std::ranges::stable_sort(out, {}, [](const ScanCase& c) { return c.at.ms; });
    for (std::size_t i = 0; i < out.size(); ++i) out[i].key = static_cast<std::int64_t>(i + 1);
    return out;
}

std::vector<HotSpot> live(HotSpotScan& scan, const std::vector<ScanCase>& cases) {
    std::vector<HotSpot> out;
    for (const auto& c : cases)
        for (auto& h : scan.add(c)) out.push_back(std::move(h));
    return out;
}

/// n cases of service 2 around a place, one every `hours`.
std::vector<ScanCase> pattern(int n, int fromDay, double hours, double metres = 120, std::int64_t key = 1'000'000) {
    std::vector<ScanCase> out;
    for (int i = 0; i < n; ++i)
        out.push_back({key + i,
                       2,
                       {kStart + fromDay * kDay + static_cast<std::int64_t>(i * hours * 3'600'000)},
                       place(3000 + metres * std::cos(i * 2.4), 2000 + metres * std::sin(i * 2.4))});
    return out;
}

}  // namespace

class HotSpotsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anOrdinaryCityIsQuiet() {
        HotSpotScan scan;
        const auto alarms = live(scan, history(400, 7, [](int) { return 30; }));
        QVERIFY2(alarms.size() <= 52 * 2, qPrintable(QString::number(alarms.size())));
    }
    void growthSeasonAndWeekdayAreNoPattern() {
        HotSpotScan scan;
        const auto alarms =
            live(scan, history(500, 8, [](int day) {
                     const double season = 1 + 0.8 * std::sin(day * 2 * M_PI / 365);
                     return static_cast<int>(12 * season * (1 + day / 250.0) * (day % 7 < 5 ? 1.3 : 0.4));
                 }));
        QVERIFY2(alarms.size() <= 65 * 2, qPrintable(QString::number(alarms.size())));
    }
    void aClusterIsToldWithItsCases() {
        HotSpotScan scan;
        live(scan, history(200, 9, [](int) { return 30; }));
        const auto alarms = live(scan, pattern(8, 200, 20));
        QVERIFY(!alarms.empty());
        const auto& h = alarms.front();
        QVERIFY(!h.cityWide && !h.grew);
        QCOMPARE(h.service, 2U);
        QVERIFY(h.observed >= 4 && h.observed <= 8 && h.expected < 1 && h.recurrenceDays > 1);
        QCOMPARE(h.members.back(), h.to.ms == 0 ? 0 : 1'000'000 + std::int64_t(h.observed) - 1);
        QVERIFY(std::abs(h.centre.lat() - place(0, 2000).lat()) < 0.004);
        for (std::size_t i = 1; i < alarms.size(); ++i) QVERIFY(alarms[i].grew);  // no second alarm of the same size
    }
    void oneThatGrowsIsToldAgain() {
        HotSpotScan scan;
        live(scan, history(200, 9, [](int) { return 30; }));
        const auto alarms = live(scan, pattern(30, 200, 6));
        QVERIFY(alarms.size() >= 2 && alarms.size() <= 4);
        QVERIFY(alarms[1].grew && alarms[1].observed >= 2 * alarms[0].observed);
        QCOMPARE(alarms[0].episode, alarms[1].episode);
    }
    void oneFaultThatManyReportIsNone() {
        HotSpotScan scan;
        live(scan, history(200, 9, [](int) { return 30; }));
        QVERIFY(live(scan, pattern(8, 200, 8, 3)).empty());
    }
    void theWholeCityIsToldAsSuch() {
        HotSpotScan scan;
        const auto alarms = live(scan, history(120, 11, [](int day) { return day >= 110 && day < 113 ? 300 : 20; }));
        const auto city =
            std::ranges::find_if(alarms, [](const HotSpot& h) { return h.cityWide && h.to.ms >= kStart + 110 * kDay; });
        QVERIFY(city != alarms.end());
        QVERIFY(city->to.ms < kStart + 111 * kDay);
        QVERIFY(city->observed > 2 * city->expected);
        QVERIFY(city->members.empty());
    }
    void nothingOfTheFutureIsUsed() {
        const auto all = history(150, 12, [](int) { return 25; });
        const std::vector<ScanCase> half(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2));
        HotSpotScan one, other;
        const auto early = live(one, half);
        const auto whole = live(other, all);
        QVERIFY(whole.size() >= early.size());
        for (std::size_t i = 0; i < early.size(); ++i) {
            QCOMPARE(whole[i].to.ms, early[i].to.ms);
            QCOMPARE(whole[i].surprise, early[i].surprise);
        }
    }
    void aCaseThatComesLateIsHistory() {
        HotSpotScan scan;
        live(scan, history(100, 13, [](int) { return 25; }));
        QVERIFY(live(scan, pattern(8, 50, 20)).empty());
    }
    void whatIsPutInIsFound() {
        const auto t = tryHotSpots(history(400, 14, [](int) { return 40; }), 40, 5);
        QCOMPARE(t.injected, std::size_t(40));
        QVERIFY2(t.found >= 36, qPrintable(QString::number(t.found)));
        QVERIFY(t.medianDelayDays <= 3);
        QVERIFY(t.alarmsPerWeek <= 3);
        QCOMPARE(t.delays.size(), t.found);
    }
    void noCasesNoTrial() {
        const auto t = tryHotSpots({}, 10, 1);
        QCOMPARE(t.injected, std::size_t(0));
        QCOMPARE(t.alarms.size(), std::size_t(0));
    }
};

QTEST_APPLESS_MAIN(HotSpotsTest)
#include "hotspots_test.moc"
