// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/case_table_model.hpp"

#include <QAbstractItemModelTester>
#include <QPersistentModelIndex>

#include <algorithm>
#include <random>

#include "ui/models/case_feed.hpp"
#include "ui/models/query_slots.hpp"
#include "ui/small_desk.hpp"

using namespace wl;
using namespace wl::ui;
using engine::CaseColumn;
using wl::test::SmallDesk;

namespace {

engine::CaseListingPtr listingOf(std::vector<CaseKey> keys) {
    auto listing = std::make_shared<engine::CaseListing>();
    listing->keys = std::move(keys);
    return listing;
}

QString textAt(const CaseTableModel& model, int row, CaseColumn column) {
    return model.index(row, static_cast<int>(column)).data().toString();
}

}  // namespace

class CaseTableModelTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_desk = std::make_unique<SmallDesk>(); }
    void cleanup() { m_desk.reset(); }

    void cellsReadAsPeopleSayThem() {
        const auto key = m_desk->open("POTHOLE", "12 Quay Street", 3);
        CaseTableModel model(*m_desk->bridge);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setListing(listingOf({key}));
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(textAt(model, 0, CaseColumn::Service), QStringLiteral("Pothole"));
        QCOMPARE(textAt(model, 0, CaseColumn::Address), QStringLiteral("12 Quay Street"));
        QCOMPARE(textAt(model, 0, CaseColumn::Status), QStringLiteral("New"));
        QCOMPARE(textAt(model, 0, CaseColumn::Department), QStringLiteral("Public Works"));
        QCOMPARE(textAt(model, 0, CaseColumn::Requested), QStringLiteral("3 h ago"));
        QCOMPARE(model.index(0, static_cast<int>(CaseColumn::Requested)).data(Qt::ToolTipRole).toString(),
                 QStringLiteral("Fri 15 Jan 2027, 05:00"));
        QCOMPARE(textAt(model, 0, CaseColumn::Owner), QString());
    }

    void onlyTheCaseThatChangedIsReadAgain() {
        const auto keys = m_desk->openMany(5);
        CaseTableModel model(*m_desk->bridge);
        model.setListing(listingOf(keys));
        for (int row = 0; row < 5; ++row) QVERIFY(model.caseAt(row));
        QCoreApplication::processEvents();  // what opening the cases announced
        for (int row = 0; row < 5; ++row) QVERIFY(model.caseAt(row));
        QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
        engine::EditCase edit;
        edit.target.key = keys[2];
        edit.fields.set(CaseField::Owner, std::string("b.birch"));
        m_desk->submit(edit);
        QTRY_VERIFY(!changes.isEmpty());
        QCOMPARE(changes.size(), 1);
        QCOMPARE(changes[0][0].toModelIndex().row(), 2);
        QCOMPARE(textAt(model, 2, CaseColumn::Owner), QStringLiteral("Ben Birch"));
    }

    void aCaseThatIsGoneLeavesAnEmptyRowAndNoRepeatedReads() {
        const auto key = m_desk->open("POTHOLE", "1 Quay Street");
        CaseTableModel model(*m_desk->bridge);
        model.setListing(listingOf({key, CaseKey{999'999}}));
        QCOMPARE(textAt(model, 1, CaseColumn::Number), QString());
        QVERIFY(!model.caseAt(1));
        QVERIFY(model.caseAt(0));
    }

    void anyNewListKeepsPersistentRowsOnTheirCases() {
        const auto all = m_desk->openMany(40);
        CaseTableModel model(*m_desk->bridge);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        std::mt19937 chance(7);
        model.setListing(listingOf(all));
        for (int round = 0; round < 60; ++round) {
            const auto held = model.keyAt(3);
            const QPersistentModelIndex index = model.index(3, 0);
            auto next = all;
            std::ranges::shuffle(next, chance);
            next.resize(10 + chance() % 30);
            if (round % 3 == 0) std::ranges::sort(next);
            model.setListing(listingOf(next));
            QCOMPARE(model.rowCount(), static_cast<int>(next.size()));
            for (int row = 0; row < model.rowCount(); ++row)
                QCOMPARE(model.keyAt(row), next[static_cast<std::size_t>(row)]);
            const auto at = std::ranges::find(next, held);
            if (at == next.end()) QVERIFY(!index.isValid());
            else QCOMPARE(index.row(), static_cast<int>(at - next.begin()));
        }
    }

    void aClickOnAHeaderAsksForThatOrder() {
        CaseTableModel model(*m_desk->bridge);
        QSignalSpy asked(&model, &CaseTableModel::orderRequested);
        model.sort(static_cast<int>(CaseColumn::Address), Qt::DescendingOrder);
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked[0][0].value<engine::CaseOrder>(), (engine::CaseOrder{CaseColumn::Address, true}));
        model.sort(static_cast<int>(CaseColumn::Address), Qt::DescendingOrder);
        QCOMPARE(asked.size(), 1);
    }

    void theFeedFollowsQueueFiltersAndEdits() {
        m_desk->openMany(6);
        CaseFeed feed(*m_desk->bridge, CaseTableSlot);
        engine::CaseFilter open;
        open.open = true;
        feed.setQueue(open);
        QTRY_VERIFY(feed.listing());
        QCOMPARE(feed.listing()->keys.size(), 6U);
        engine::CaseFilter potholes;
        potholes.services = {"POTHOLE"};
        feed.setNarrowing(potholes);
        QTRY_COMPARE(feed.listing()->keys.size(), 3U);
        feed.setOrder({CaseColumn::Requested, true});
        QTRY_VERIFY(!feed.isBusy());
        const auto newest = feed.listing()->keys.front();
        QVERIFY(newest < feed.listing()->keys.back());  // the first opened was requested last
        m_desk->open("POTHOLE", "99 Quay Street");
        QTRY_COMPARE(feed.listing()->keys.size(), 4U);
    }

    void filtersWithoutACommonValueLeaveNothing() {
        engine::CaseFilter a, b;
        a.departments = {"PW"};
        b.departments = {"PK"};
        m_desk->openMany(2);
        const auto none = m_desk->engine->queryAndWait({both(a, b), {}});
        QVERIFY(none.has_value());
        QCOMPARE((*none)->keys.size(), 0U);
        b.departments = {"PW", "PK"};
        QCOMPARE(both(a, b).departments, std::vector<std::string>{"PW"});
    }

private:
    std::unique_ptr<SmallDesk> m_desk;
};

QTEST_MAIN(CaseTableModelTest)
#include "case_table_model_test.moc"
