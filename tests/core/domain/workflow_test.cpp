// SPDX-License-Identifier: GPL-3.0-or-later
// The whole transition table, every combination: S11.
#include <QTest>

#include "domain/workflow.hpp"

using namespace wl;

class WorkflowTest : public QObject {
    Q_OBJECT

private:
    static void forAll(const std::function<void(Status, Status, Status)>& each) {
        for (int c = 0; c < kStatusCount; ++c)
            for (int f = 0; f < kStatusCount; ++f)
                for (int t = 0; t < kStatusCount; ++t)
                    each(static_cast<Status>(c), static_cast<Status>(f), static_cast<Status>(t));
    }

private Q_SLOTS:
    void closedIsLeftOnlyByAStepThatNamesIt() {
        forAll([](Status current, Status from, Status to) {
            if (current == Status::Closed && stepTakesEffect(current, from, to)) QCOMPARE(from, Status::Closed);
        });
    }
    void finishedWorkIsTakenUpAgainOnlyByAStepThatNamesIt() {
        forAll([](Status current, Status from, Status to) {
            if (current == Status::WorkDone && to != Status::Closed && stepTakesEffect(current, from, to))
                QCOMPARE(from, Status::WorkDone);
        });
    }
    void everyStepThatMayBeTakenTakesEffect() {
        forAll([](Status current, Status from, Status to) {
            if (current == from && mayStep(from, to)) QVERIFY(stepTakesEffect(current, from, to));
        });
    }
    void whatTakesEffectUnseenIsAnArrowOfTheTable() {
        forAll([](Status current, Status from, Status to) {
            if (current != from && stepTakesEffect(current, from, to)) QVERIFY(mayStep(current, to));
        });
    }
    void nobodyStepsToNew() {
        for (int f = 0; f < kStatusCount; ++f) QVERIFY(!mayStep(static_cast<Status>(f), Status::New));
        forAll([](Status current, Status from, Status to) {
            if (to == Status::New && stepTakesEffect(current, from, to)) QCOMPARE(current, from);  // an undo, seen
        });
    }
    void aClosureWinsOverEveryOpenStatus() {
        for (int c = 0; c < kStatusCount; ++c)
            for (int f = 0; f < kStatusCount; ++f)
                if (static_cast<Status>(c) != Status::Closed)
                    QVERIFY(stepTakesEffect(static_cast<Status>(c), static_cast<Status>(f), Status::Closed) ||
                            f == static_cast<int>(Status::Closed));
    }
    void reopeningGoesToTheDesk() {
        for (int t = 0; t < kStatusCount; ++t)
            QCOMPARE(mayStep(Status::Closed, static_cast<Status>(t)), static_cast<Status>(t) == Status::Acknowledged);
    }
    void workNeverGoesBackUnseen_data() {
        QTest::addColumn<int>("current");
        QTest::addColumn<int>("from");
        QTest::addColumn<int>("to");
        QTest::addColumn<bool>("effective");
        const auto row = [](const char* name, Status c, Status f, Status t, bool e) {
            QTest::newRow(name) << static_cast<int>(c) << static_cast<int>(f) << static_cast<int>(t) << e;
        };
        row("acknowledging assigned work", Status::Assigned, Status::New, Status::Acknowledged, false);
        row("assigning work in progress", Status::InProgress, Status::Acknowledged, Status::Assigned, false);
        row("two crews start", Status::InProgress, Status::Assigned, Status::InProgress, false);
        row("hold what was started meanwhile", Status::InProgress, Status::Assigned, Status::Waiting, true);
        row("close what waits", Status::Waiting, Status::InProgress, Status::Closed, true);
        row("hold what was closed meanwhile", Status::Closed, Status::InProgress, Status::Waiting, false);
        row("close finished work unseen", Status::WorkDone, Status::InProgress, Status::Closed, true);
        row("start finished work unseen", Status::WorkDone, Status::Assigned, Status::InProgress, false);
        row("a second reason to wait", Status::Waiting, Status::Waiting, Status::Waiting, true);
        row("closing twice", Status::Closed, Status::Closed, Status::Closed, false);
    }
    void workNeverGoesBackUnseen() {
        QFETCH(int, current);
        QFETCH(int, from);
        QFETCH(int, to);
        QFETCH(bool, effective);
        QCOMPARE(stepTakesEffect(static_cast<Status>(current), static_cast<Status>(from), static_cast<Status>(to)),
                 effective);
    }
};

QTEST_GUILESS_MAIN(WorkflowTest)
#include "workflow_test.moc"
