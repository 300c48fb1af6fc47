// SPDX-License-Identifier: GPL-3.0-or-later
#include "rules/balance.hpp"

#include <QtTest>

using namespace wl;
using namespace wl::rules;

class BalanceTest : public QObject {
    Q_OBJECT

    static CataloguePtr city(std::vector<std::string> areasOfB = {}, std::vector<std::string> servicesOfB = {"hole"}) {
        return Catalogue::build(
            {toItem(Department{.code = "works", .name = "W", .calendar = {}}),
             toItem(Department{.code = "water", .name = "X", .calendar = {}}),
             toItem(Crew{.code = "a",
                         .name = "A",
                         .department = "works",
                         .areas = {"hill"},
                         .services = {"hole"},
                         .capacity = 10}),
             toItem(Crew{.code = "b",
                         .name = "B",
                         .department = "works",
                         .areas = std::move(areasOfB),
                         .services = std::move(servicesOfB),
                         .capacity = 10}),
             toItem(Crew{
                 .code = "c", .name = "C", .department = "water", .areas = {}, .services = {}, .capacity = 10})});
    }

private Q_SLOTS:
    void bothHaveTheSameDaysOfWorkAfterwards() {
        const auto all = balanceSuggestions(*city(), {{"a", 60, 60}, {"b", 20, 5}, {"c", 0, 0}});
        QCOMPARE(all.size(), std::size_t{1});
        QCOMPARE(all[0].from + all[0].to, std::string("ab"));  // never to another department
        QCOMPARE(all[0].cases, 20);
        QCOMPARE(all[0].fromDays, 6.0);
        QCOMPARE(all[0].services, std::vector<std::string>{"hole"});
    }
    void onlyWhatNobodyOwnsIsMoved() {
        QCOMPARE(balanceSuggestions(*city(), {{"a", 60, 3}, {"b", 20, 5}}).front().cases, 3);
        QVERIFY(balanceSuggestions(*city(), {{"a", 60, 0}, {"b", 20, 5}}).empty());
    }
    void whoCannotDoItIsNotAsked() {
        QVERIFY(balanceSuggestions(*city({"bay"}), {{"a", 60, 60}, {"b", 0, 0}}).front().areas.empty());  // helps out
        QVERIFY(balanceSuggestions(*city({}, {"lamp"}), {{"a", 60, 60}, {"b", 0, 0}}).empty());
    }
    void smallDifferencesAreLeftAlone() { QVERIFY(balanceSuggestions(*city(), {{"a", 29, 29}, {"b", 20, 0}}).empty()); }
};

QTEST_GUILESS_MAIN(BalanceTest)
#include "balance_test.moc"
