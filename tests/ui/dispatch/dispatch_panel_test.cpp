// SPDX-License-Identifier: GPL-3.0-or-later
// The Dispatch perspective: who has how much, giving cases away by hand and by suggestion, offers to others.
#include "ui/dispatch/dispatch_panel.hpp"

#include <QDataStream>
#include <QIODevice>
#include <QListWidget>
#include <QMimeData>
#include <QSignalSpy>
#include <QTreeView>

#include "ui/desk.hpp"

using namespace wl;
using namespace wl::test;

class DispatchPanelTest : public QObject {
    Q_OBJECT

    std::unique_ptr<Desk> m_desk;
    std::unique_ptr<ui::QueueListModel> m_queues;
    std::unique_ptr<ui::DispatchPanel> m_panel;

    ui::WorkloadModel& model() { return m_panel->workload(); }
    int rowOf(const std::string& department, const std::string& crew) {
        for (int row = 0; row < model().rowCount(); ++row)
            if (model().at(row)->department == department && model().at(row)->crew == crew) return row;
        return -1;
    }
    CaseKey open(const std::string& crew) {
        const auto key = m_desk->openCase().caseKey;
        m_desk->edit(key, CaseField::Crew, Value{crew});
        return key;
    }

private Q_SLOTS:
    void init() {
        m_desk = std::make_unique<Desk>();
        m_queues = std::make_unique<ui::QueueListModel>(m_desk->bridge());
        m_panel = std::make_unique<ui::DispatchPanel>(m_desk->bridge(), *m_queues);
    }
    void cleanup() {
        m_panel.reset();
        m_queues.reset();
        m_desk.reset();
    }

    void itCountsByDepartmentAndCrew() {
        open("pw-streets-west");
        open("pw-streets-west");
        m_panel->show();
        const auto crew = rowOf("public_works", "pw-streets-west"), department = rowOf("public_works", "");
        QTRY_COMPARE(model().at(crew)->open.total, std::int64_t{2});
        QCOMPARE(model().at(crew)->unassigned.total, std::int64_t{2});
        QCOMPARE(model().at(department)->open.total, std::int64_t{2});
        QCOMPARE(model().ages().hours, std::int64_t{2});
        QCOMPARE(model().index(crew, ui::WorkloadModel::Days).data().toString(), QStringLiteral("0.1"));
        Desk::grab(*m_panel, QStringLiteral("dispatch-panel"));
    }
    void aDropOnACrewGivesTheCases() {
        const auto key = open("pw-streets-west");
        m_panel->show();
        QMimeData data;
        QByteArray bytes;
        QDataStream out(&bytes, QIODevice::WriteOnly);
        out << QList<qint64>{key.value};
        data.setData(QString::fromLatin1(ui::kCaseKeysMime), bytes);
        QSignalSpy told(m_panel.get(), &ui::DispatchPanel::told);
        const auto to = model().index(rowOf("public_works", "pw-streets-east"), 0);
        QVERIFY(model().dropMimeData(&data, Qt::MoveAction, -1, -1, to));
        QTRY_COMPARE(told.count(), 1);
        QCOMPARE(m_desk->detail(key).state.text(CaseField::Crew), std::string("pw-streets-east"));
        m_desk->submit(engine::Undo{});
        QCOMPARE(m_desk->detail(key).state.text(CaseField::Crew), std::string("pw-streets-west"));
    }
    void nothingDropsOnNobody() {
        QMimeData data;
        data.setData(QString::fromLatin1(ui::kCaseKeysMime), {});
        QVERIFY(!model().canDropMimeData(&data, Qt::MoveAction, -1, -1, model().index(0, 0)));
    }
    void aSuggestionSaysWhyAndMovesWithOneUndo() {
        for (int i = 0; i < 40; ++i) open("pw-streets-west");
        m_panel->show();
        QTRY_VERIFY(!model().suggestions().empty());
        const auto s = model().suggestions().front();
        QCOMPARE(s.from, std::string("pw-streets-west"));
        QCOMPARE(s.to, std::string("pw-streets-east"));
        QVERIFY(s.fromDays > s.toDays + 1);
        const auto* list = m_panel->findChild<QListWidget*>(QStringLiteral("balanceSuggestions"));
        QTRY_COMPARE(list->count(), 1);
        QVERIFY(list->item(0)->text().contains(QStringLiteral("Streets East")));
    }
    void aRowNarrowsTheQueue() {
        open("pw-streets-west");
        m_panel->show();
        QSignalSpy wanted(m_panel.get(), &ui::DispatchPanel::filterWanted);
        auto* view = m_panel->findChild<QTreeView*>(QStringLiteral("workloadView"));
        view->setCurrentIndex(model().index(rowOf("public_works", "pw-streets-west"), 0));
        QCOMPARE(wanted.count(), 1);
        QCOMPARE(wanted.front().front().value<engine::CaseFilter>().crews, std::vector<std::string>{"pw-streets-west"});
    }
};

QTEST_MAIN(DispatchPanelTest)
#include "dispatch_panel_test.moc"
