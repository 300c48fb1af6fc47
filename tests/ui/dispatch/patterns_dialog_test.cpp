// SPDX-License-Identifier: GPL-3.0-or-later
// Early patterns in the window, by keys: they appear as cases come in, become a job, are acknowledged for good.
#include "ui/dispatch/patterns_dialog.hpp"

#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QTreeWidget>

#include "ui/dispatch/job_dialog.hpp"
#include "ui/small_desk.hpp"

using namespace wl;
using namespace wl::ui;
using namespace wl::test;
using namespace Qt::StringLiterals;

class PatternsDialogTest final : public QObject {
    Q_OBJECT

    std::unique_ptr<SmallDesk> m_desk;
    std::unique_ptr<PatternFeed> m_feed;

    static GeoPoint place(int east, int north) { return {323'000'000 + north * 90, -647'000'000 + east * 106}; }
    /// Sixty days of what is usual, all over the city.
    void usual() {
        engine::CommandBatch batch;
        unsigned dice = 7;
        const auto roll = [&dice](unsigned below) { return (dice = dice * 1'103'515'245 + 12'345) / 65'536 % below; };
        for (int i = 0; i < 600; ++i) {
            auto open = SmallDesk::opening(roll(3) ? "POTHOLE" : "GRAFFITI", "1 Quay Street", (600 - i) * 24 / 10 + 45);
            open.fields.set(CaseField::Position,
                            place(static_cast<int>(roll(9000)) - 4500, static_cast<int>(roll(9000)) - 4500));
            batch.commands.emplace_back(std::move(open));
        }
        SmallDesk::must(m_desk->engine->submitAndWait(std::move(batch)));
    }
    void unusual(int count) {
        for (int i = 0; i < count; ++i) {
            auto open = SmallDesk::opening("GRAFFITI", std::to_string(10 + i) + " Mill Lane", 0);
            open.fields.set(CaseField::RequestedAt, kNow.ms - kHour + i * 60'000 - (count - i) * 5 * kHour);
            open.fields.set(CaseField::Position, place(2000 + i * 23, 1500 - i * 17));
            m_desk->submit(std::move(open));
        }
    }

private Q_SLOTS:
    void init() {
        m_desk = std::make_unique<SmallDesk>();
        usual();
        m_feed = std::make_unique<PatternFeed>(*m_desk->bridge, m_desk->folder());
        QTRY_VERIFY(m_feed->patterns() != nullptr);
        QCOMPARE(m_feed->patterns()->cases, std::size_t(600));
    }
    void cleanup() {
        m_feed.reset();
        m_desk.reset();
    }

    void aPatternAppearsAndBecomesAJob() {
        PatternsDialog dialog(*m_desk->bridge, *m_feed, nullptr);
        dialog.show();
        QVERIFY(QTest::qWaitForWindowActive(&dialog));
        auto* list = dialog.findChild<QTreeWidget*>(u"patternsList"_s);
        unusual(8);
        const auto row = [list]() -> QTreeWidgetItem* {
            for (int i = 0; i < list->topLevelItemCount(); ++i)
                if (list->topLevelItem(i)->text(1).contains(u"Mill Lane"_s)) return list->topLevelItem(i);
            return nullptr;
        };
        QTRY_VERIFY(row() != nullptr);
        QVERIFY(row()->text(0).contains(u"Graffiti"_s));
        list->setCurrentItem(row());
        QSignalSpy shown(&dialog, &PatternsDialog::shown);
        QTest::keyClick(list, Qt::Key_Return);
        QTRY_COMPARE(shown.count(), 1);
        QTest::keyClick(list, Qt::Key_W);
        QTRY_VERIFY(dialog.findChild<JobDialog*>() != nullptr);
        auto* job = dialog.findChild<JobDialog*>();
        QVERIFY(QTest::qWaitForWindowActive(job));
        QVERIFY(job->findChild<QLineEdit*>(u"jobTitle"_s)->text().contains(u"Mill Lane"_s));
        QTest::keyClick(job->findChild<QLineEdit*>(u"jobTitle"_s), Qt::Key_Enter, Qt::ControlModifier);
        const QPointer<QLabel> error(job->findChild<QLabel*>(u"jobError"_s));
        QTRY_VERIFY(!m_desk->bridge->catalogue()->jobs().empty() || (error && error->isVisible()));
        QTRY_COMPARE(m_desk->bridge->catalogue()->jobs().size(), std::size_t(1));
        const auto members = m_desk->bridge->reader().casesOfJob(m_desk->bridge->catalogue()->jobs().front().code);
        QVERIFY(members && members->size() >= 4);
    }
    void whatIsAcknowledgedStaysQuiet() {
        PatternsDialog dialog(*m_desk->bridge, *m_feed, nullptr);
        dialog.show();
        QVERIFY(QTest::qWaitForWindowActive(&dialog));
        unusual(8);
        auto* list = dialog.findChild<QTreeWidget*>(u"patternsList"_s);
        QTRY_VERIFY(list->topLevelItemCount() > 0);
        QTRY_COMPARE(m_feed->patterns()->cases, std::size_t(608));
        while (m_feed->open() > 0) {
            const int before = m_feed->open();
            QTest::keyClick(list, Qt::Key_A);
            QTRY_VERIFY(m_feed->open() < before);
        }
        QTRY_COMPARE(list->topLevelItemCount(), 0);
        // Another console, or this one after a restart, lives through the same cases and says nothing either.
        const PatternFeed other(*m_desk->bridge, m_desk->folder());
        QTRY_VERIFY(other.patterns() != nullptr);
        QVERIFY(!other.patterns()->list.empty());
        QCOMPARE(other.open(), 0);
    }
};

QTEST_MAIN(PatternsDialogTest)
#include "patterns_dialog_test.moc"
