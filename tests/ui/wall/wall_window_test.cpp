// SPDX-License-Identifier: GPL-3.0-or-later
// The wall as it stands in a room: what it says, that it says nobody's name or address, its keys and its one file.
#include "ui/wall/wall_window.hpp"

#include <QCheckBox>
#include <QDialog>
#include <QDialogButtonBox>
#include <QFile>
#include <QPushButton>
#include <QSignalSpy>

#include "ui/desk.hpp"

using namespace wl;
using namespace wl::ui;
using namespace wl::test;
using namespace Qt::StringLiterals;

class WallWindowTest final : public QObject {
    Q_OBJECT

    std::unique_ptr<Desk> m_desk;
    std::unique_ptr<QueueListModel> m_queues;
    std::unique_ptr<PatternFeed> m_patterns;
    std::unique_ptr<WallWindow> m_wall;

    [[nodiscard]] std::filesystem::path folder() const { return m_desk->path(u"city"_s).toStdString(); }
    static QString allWords(const WallContent& c) {
        QString out = c.city + c.day + c.age + c.stop + c.banner;
        for (const auto& tile : c.tiles) out += tile.word + tile.number;
        for (const auto& panel : c.panels)
            for (const auto& line : panel.lines) out += panel.title + line.text + line.detail;
        for (const auto& entry : c.ticker) out += entry.text + entry.detail;
        return out;
    }
    void open() {
        m_wall = std::make_unique<WallWindow>(m_desk->bridge(), *m_queues, *m_patterns, folder());
        m_wall->resize(1920, 1080);
        m_wall->show();
        QVERIFY(QTest::qWaitForWindowActive(m_wall.get()));
        QTRY_VERIFY(m_wall->isSettled());
    }

private Q_SLOTS:
    void init() {
        m_desk = std::make_unique<Desk>();
        m_desk->openCase();
        m_queues = std::make_unique<QueueListModel>(m_desk->bridge());
        m_patterns = std::make_unique<PatternFeed>(m_desk->bridge(), folder());
    }
    void cleanup() {
        m_wall.reset();
        m_patterns.reset();
        m_queues.reset();
        m_desk.reset();
    }

    void itCountsAndFollowsWhatComesIn() {
        open();
        const auto number = [this] { return m_wall->board().content().tiles.front().number; };
        QTRY_COMPARE(number(), u"1"_s);
        m_desk->openCase();
        QTRY_COMPARE(number(), u"2"_s);
        QTRY_COMPARE(m_wall->board().content().ticker.size(), std::size_t(2));
        QCOMPARE(m_wall->board().content().panels.size(), std::size_t(3));
        Desk::grab(*m_wall, u"wall"_s);
    }
    void nobodysDataIsOnIt() {
        open();
        QTRY_VERIFY(!m_wall->board().content().ticker.empty());
        const auto words = allWords(m_wall->board().content());
        for (const auto& secret : {u"Robin"_s, u"Sample"_s, u"5550142"_s, u"Grand Avenue"_s, u"swerve"_s})
            QVERIFY2(!words.contains(secret), qPrintable(secret));
    }
    void keysStopTheTourAndEndTheWall() {
        open();
        QVERIFY(m_wall->isTouring());
        const auto before = m_wall->board().content().stop;
        QTest::keyClick(m_wall.get(), Qt::Key_Right);
        QVERIFY(!m_wall->isTouring());
        QVERIFY(m_wall->board().content().stop != before);
        QTest::keyClick(m_wall.get(), Qt::Key_Space);
        QVERIFY(m_wall->isTouring());
        QSignalSpy closed(m_wall.get(), &WallWindow::closed);
        QTest::keyClick(m_wall.get(), Qt::Key_Escape);
        QCOMPARE(closed.count(), 1);
        QVERIFY(!m_wall->isVisible());
    }
    void itIsSetUpInTheWindowAndKeptInOneFile() {
        open();
        QTest::keyClick(m_wall.get(), Qt::Key_S);
        auto* dialog = m_wall->findChild<QDialog*>(u"wallSettings"_s);
        QVERIFY(dialog != nullptr);
        dialog->findChild<QCheckBox*>(u"wallTour"_s)->setChecked(false);
        dialog->findChild<QCheckBox*>(u"wallTicker"_s)->setChecked(false);
        QTest::mouseClick(dialog->findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Save), Qt::LeftButton);
        QTRY_VERIFY(!m_wall->isTouring());
        QVERIFY(m_wall->board().content().ticker.empty());
        const auto kept = WallSettings::load(folder());
        QVERIFY(!kept.tour && !kept.ticker);
        QVERIFY(QFile::exists(QString::fromStdString((folder() / "wall.ini").string())));
    }
};

QTEST_MAIN(WallWindowTest)
#include "wall_window_test.moc"
