// SPDX-License-Identifier: GPL-3.0-or-later
// Which earlier cases a report may be about.
#include <QtTest>

#include <deque>

#include "rules/matching/duplicate_index.hpp"

using namespace wl;
using namespace wl::rules::matching;

namespace {

constexpr std::int64_t kHour = 3'600'000;
constexpr Instant kNow{1'700'000'000'000};
constexpr Millis kMonth = std::chrono::days(30);

GeoPoint northOf(double metres) { return GeoPoint::of(42.0 + metres / 111'195, -71.0); }

struct City {
    DuplicateIndex index;
    std::deque<ReportText> texts;

    void file(std::uint32_t id, double metres, std::int64_t hoursAgo, const char* text,
              std::int64_t closedHoursAgo = -1, std::uint32_t service = 1, const char* address = "") {
        const auto place = northOf(metres);
        index.put(id, service, Instant{kNow.ms - hoursAgo * kHour},
                  closedHoursAgo < 0 ? Instant{} : Instant{kNow.ms - closedHoursAgo * kHour}, &place,
                  readReport(text, address));
    }
    std::vector<DuplicateCandidate> ask(const char* text, std::uint32_t service = 1, const char* address = "") {
        texts.push_back(readReport(text, address));
        return index.search({1000, service, kNow, {}, northOf(0), true, &texts.back()}, kMonth);
    }
    std::vector<std::uint32_t> idsFor(const char* text, std::uint32_t service = 1) {
        std::vector<std::uint32_t> ids;
        for (const auto& c : ask(text, service)) ids.push_back(c.id);
        return ids;
    }
};

using Ids = std::vector<std::uint32_t>;

}  // namespace

class DuplicatesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void answersAndCodesAreRead() {
        const auto r =
            readReport("Make of the car: Honda | Plate: AB 12CD34\nIt stands since May", "12 Main St, Springfield");
        QCOMPARE(r.answers.size(), std::size_t{2});
        QCOMPARE(r.codes.size(), std::size_t{1});          // 12cd34
        QCOMPARE(r.words.size(), std::size_t{7});          // honda ab 12cd34 it stands since may
        QCOMPARE(r.street, readReport("", "7 Main St").street);
        QVERIFY(r.street != readReport("", "12 Maine St").street);
        QVERIFY(readReport("", "").words.empty());
        QCOMPARE(readReport("10:30", "").answers.size(), std::size_t{1});
    }

    void theNearerOpenOneIsFirst() {
        City city;
        city.file(1, 90, 20, "deep hole");
        city.file(2, 10, 20, "deep hole");
        city.file(3, 700, 20, "deep hole");
        QCOMPARE(city.idsFor("a deep hole"), (Ids{2, 1, 3}));
    }
    void whatWasClosedComesAfterWhatIsOpen() {
        City city;
        city.file(1, 10, 50, "", 30);
        city.file(2, 25, 50, "");
        QCOMPARE(city.idsFor(""), (Ids{2, 1}));
        QVERIFY(city.ask("").back().likeness.closed);
    }
    void aPlateFindsItsCarAnywhere() {
        City city;
        city.file(1, 5000, 20, "grey van, plate XK4711");
        city.file(2, 5000, 20, "grey van");
        city.file(3, 40, 20, "broken lamp");
        const auto found = city.ask("van with plate xk4711 again");
        QVERIFY(std::ranges::any_of(found, [](const auto& c) { return c.id == 1 && c.likeness.sameCode; }));
        QVERIFY(std::ranges::none_of(found, [](const auto& c) { return c.id == 2; }));
    }
    void otherAnswersCountAgainst() {
        City city;
        city.file(1, 30, 20, "Make: Honda|Colour: blue");
        city.file(2, 30, 20, "Make: Ford|Colour: red");
        const auto found = city.ask("Make: Ford|Colour: red");
        QCOMPARE(found.front().id, 2U);
        QCOMPARE(found.front().likeness.sameAnswers, 2);
        QCOMPARE(found.back().likeness.otherAnswers, 2);
    }
    void theOldestOfOneFaultStandsFirst() {
        City city;
        city.file(1, 22, 30, "water runs from the burst main");
        city.file(2, 20, 2, "water runs from the burst main");
        QCOMPARE(city.idsFor("water runs from a burst main"), (Ids{1, 2}));
    }
    void anotherServiceCountsOnlyNearby() {
        City city;
        city.file(1, 120, 5, "", -1, 2);
        city.file(2, 200, 5, "", -1, 2);
        QCOMPARE(city.idsFor(""), (Ids{1}));
        QVERIFY(!city.ask("").front().likeness.sameService);
    }
    void nothingOfTheFutureCounts() {
        City city;
        city.file(1, 10, -1, "later");
        city.file(2, 10, 5, "closed later", -5);
        const auto found = city.ask("");
        QCOMPARE(found.size(), std::size_t{1});
        QCOMPARE(found.front().id, 2U);
        QVERIFY(!found.front().likeness.closed);
    }
    void whatIsTooOldIsLeftOut() {
        City city;
        city.file(1, 10, 24 * 31, "");
        QVERIFY(city.idsFor("").empty());
    }
    void aReportIsReplacedAndTakenOut() {
        City city;
        city.file(1, 10, 5, "word");
        city.file(1, 900, 5, "other");
        QCOMPARE(city.index.size(), std::size_t{1});
        QVERIFY(city.ask("").front().likeness.metres > 800);
        QCOMPARE(city.index.counts().reports(), 1U);
        city.index.remove(1);
        city.index.remove(1);
        QVERIFY(city.idsFor("other").empty());
        QCOMPARE(city.index.counts().reports(), 0U);
        city.file(2, 10, 5, "word");
        QCOMPARE(city.idsFor("word"), (Ids{2}));
    }
    void reportsWithoutAPlaceAreFoundByTheirWords() {
        City city;
        city.index.put(1, 1, Instant{kNow.ms - kHour}, {}, nullptr,
                       readReport("rusty blue trailer by the bowling green", ""));
        for (std::uint32_t i = 2; i < 60; ++i) city.file(i, 4000, 5, "hole in the road");
        city.texts.push_back(readReport("blue rusty trailer at the bowling green", ""));
        const auto found = city.index.search({1000, 1, kNow, {}, {}, false, &city.texts.back()}, kMonth);
        QCOMPARE(found.front().id, 1U);
    }
};

QTEST_APPLESS_MAIN(DuplicatesTest)
#include "duplicates_test.moc"
