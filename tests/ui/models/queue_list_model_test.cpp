// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/queue_list_model.hpp"

#include <QAbstractItemModelTester>

#include "ui/small_desk.hpp"

using namespace wl;
using namespace wl::ui;
using wl::test::SmallDesk;

class QueueListModelTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_desk = std::make_unique<SmallDesk>(); }
    void cleanup() { m_desk.reset(); }

    void countsFollowTheCases() {
        const auto keys = m_desk->openMany(4);
        QueueListModel model(*m_desk->bridge);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QTRY_COMPARE(model.entry(QStringLiteral("open"))->tally.total, 4);
        QCOMPARE(model.entry(QStringLiteral("unassigned"))->tally.total, 4);
        QCOMPARE(model.entry(QStringLiteral("department:PW"))->tally.total, 2);
        QCOMPARE(model.allCases(), 4);
        engine::EditCase edit;
        edit.target.key = keys[0];
        edit.fields.set(CaseField::Owner, std::string("a.alder"));
        m_desk->submit(edit);
        QTRY_COMPARE(model.entry(QStringLiteral("mine"))->tally.total, 1);
        QCOMPARE(model.entry(QStringLiteral("unassigned"))->tally.total, 3);
    }

    void anotherAgentHasAnotherMine() {
        const auto key = m_desk->open("POTHOLE", "1 Quay Street");
        engine::EditCase edit;
        edit.target.key = key;
        edit.fields.set(CaseField::Owner, std::string("b.birch"));
        m_desk->submit(edit);
        QueueListModel model(*m_desk->bridge);
        QTRY_VERIFY(model.isCounted());
        QCOMPARE(model.entry(QStringLiteral("mine"))->tally.total, 0);
        m_desk->bridge->setAgent("b.birch");
        QTRY_COMPARE(model.entry(QStringLiteral("mine"))->tally.total, 1);
    }

    void headingsAreNeverChosen() {
        const QueueListModel model(*m_desk->bridge);
        for (int n = 0, row = model.rowOfNth(0); row >= 0; row = model.rowOfNth(++n)) {
            QVERIFY(!model.entryAt(row)->heading);
            QVERIFY(model.index(row).flags().testFlag(Qt::ItemIsSelectable));
        }
        QVERIFY(model.entryAt(0)->heading);
        QVERIFY(!model.index(0).flags().testFlag(Qt::ItemIsSelectable));
    }

private:
    std::unique_ptr<SmallDesk> m_desk;
};

QTEST_MAIN(QueueListModelTest)
#include "queue_list_model_test.moc"
