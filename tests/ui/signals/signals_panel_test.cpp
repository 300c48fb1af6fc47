// SPDX-License-Identifier: GPL-3.0-or-later
// The Signals perspective: live figures, arranging by keys, how a figure was made, the cases behind it, reports.
#include "ui/signals/signals_panel.hpp"

#include <QComboBox>
#include <QDateEdit>
#include <QLabel>
#include <QPushButton>
#include <QSlider>
#include <QTableWidget>
#include <QTextDocument>

#include "engine/signals/patterns.hpp"
#include "ui/kit/theme.hpp"
#include "ui/shell/window_memory.hpp"
#include "ui/signals/figure_dialog.hpp"
#include "ui/small_desk.hpp"

using namespace wl;
using namespace wl::test;
using namespace wl::ui;
using namespace Qt::StringLiterals;

class SignalsPanelTest : public QObject {
    Q_OBJECT

    std::unique_ptr<SmallDesk> m_desk;
    std::unique_ptr<WindowMemory> m_memory;
    std::unique_ptr<SignalsPanel> m_panel;

    void open() {
        m_panel.reset();
        m_memory = std::make_unique<WindowMemory>(m_desk->folder());
        m_panel = std::make_unique<SignalsPanel>(*m_desk->bridge, *m_memory, nullptr);
        m_panel->resize(1400, 900);
        m_panel->show();
        QTRY_VERIFY(m_panel->isSettled());
    }
    QString value(const char* name) {
        const auto* label = m_panel->findChild<QLabel*>(u"value_"_s + QString::fromLatin1(name));
        return label ? label->text() : u"none"_s;
    }
    SignalTile* tile(const char* name) {
        return m_panel->findChild<SignalTile*>(u"tile_"_s + QString::fromLatin1(name));
    }
    void close(CaseKey key) {
        engine::ChangeStatus step;
        step.target.key = key;
        step.to = Status::Closed;
        step.reason = "fixed";
        m_desk->submit(step);
    }

private Q_SLOTS:
    void init() { m_desk = std::make_unique<SmallDesk>(); }
    void cleanup() {
        m_panel.reset();
        m_memory.reset();
        m_desk.reset();
    }

    void figuresFollowTheWork() {
        open();
        QCOMPARE(value("opened"), u"0"_s);
        QCOMPARE(value("on_time"), u"–"_s);
        const auto keys = m_desk->openMany(6);
        QTRY_COMPARE(value("opened"), u"6"_s);
        close(keys[0]);
        QTRY_COMPARE(value("reopened"), u"0.0 %"_s);
        // Another department's figures alone.
        auto* box = m_panel->findChild<QComboBox*>(u"signalsDepartment"_s);
        box->setCurrentIndex(box->findData(u"PK"_s));
        Q_EMIT box->activated(box->currentIndex());
        QTRY_COMPARE(value("opened"), u"3"_s);
    }
    void onlyWhatAChangeConcernsIsCountedAnew() {
        m_desk->openMany(4);
        open();
        QSignalSpy counted(&m_panel->feed(), &SignalsFeed::counted);
        const auto key = m_desk->open("POTHOLE", "1 Quay Street");
        QTRY_COMPARE(value("opened"), u"5"_s);
        QTRY_VERIFY(m_panel->isSettled());
        counted.clear();
        engine::RecordInteraction note;
        note.target.key = key;
        note.interaction.channel = Channel::Email;
        note.interaction.direction = Direction::Out;
        note.interaction.visibility = Visibility::Public;
        note.interaction.kind = InteractionKind::Message;
        note.interaction.body = "We are on our way.";
        m_desk->submit(note);
        QTRY_VERIFY(!counted.empty());
        QTRY_VERIFY(m_panel->isSettled());
        for (const auto& call : counted)
            for (const auto kind : call.front().value<QList<int>>())
                QVERIFY(kind == static_cast<int>(FigureKind::FirstResponse) ||
                        kind == static_cast<int>(FigureKind::MessagesKept) ||
                        kind == static_cast<int>(FigureKind::Duplicates));
    }
    void messagesThatAreKeptBackAreCountedByTheirReason() {
        const auto key = m_desk->open("POTHOLE", "1 Quay Street");
        m_memory = std::make_unique<WindowMemory>(m_desk->folder());
        m_memory->set("signals.a.alder", u"messages_sent messages_kept_back"_s);
        m_memory.reset();
        open();
        QCOMPARE(value("messages_kept_back"), u"0"_s);
        engine::WriteMessage message;
        message.target.key = key;
        message.why = MessageWhy::Rule;
        message.cause = "test";
        message.body = "Somebody is on the way.";
        m_desk->submit(message);  // nobody left an address
        QTRY_COMPARE(value("messages_kept_back"), u"1"_s);
        QTRY_VERIFY(tile("messages_kept_back")->accessibleName().contains(u"No address: 1"_s));
        QCOMPARE(value("messages_sent"), u"0"_s);
        m_panel->openFigure(FigureKind::MessagesKept);
        auto* dialog = m_panel->findChild<FigureDialog*>();
        QVERIFY(dialog->findChild<QLabel*>(u"figureText"_s)->text().contains(u"100.0 % (1 of 1)"_s));
        QSignalSpy wanted(m_panel.get(), &SignalsPanel::casesWanted);
        QTest::mouseClick(dialog->findChild<QPushButton*>(u"figureCases"_s), Qt::LeftButton);
        QTRY_COMPARE(wanted.size(), 1);
        QCOMPARE(wanted.front().front().value<std::vector<CaseKey>>(), std::vector<CaseKey>{key});
    }
    void earlyPatternsStandByTheirSurprise() {
        m_memory = std::make_unique<WindowMemory>(m_desk->folder());
        m_memory->set("signals.a.alder", u"hotspots"_s);
        m_memory.reset();
        const auto keys = m_desk->openMany(3);
        open();
        QCOMPARE(value("hotspots"), u"–"_s);  // nobody has looked yet
        auto found = std::make_shared<engine::Patterns>();
        const auto add = [&](std::uint64_t episode, double surprise, bool acknowledged) {
            engine::Pattern p;
            p.service = "POTHOLE";
            p.spot.episode = episode;
            p.spot.observed = 9;
            p.spot.expected = 1.24;
            p.spot.surprise = surprise;
            p.cases = keys;
            p.acknowledged = acknowledged;
            found->list.push_back(std::move(p));
        };
        add(1, 4, false), add(2, 7, false), add(3, 9, true);
        m_desk->engine->setPatterns(found);
        m_panel->feed().touchPatterns();
        QTRY_COMPARE(value("hotspots"), u"2"_s);
        const auto* figure = m_panel->feed().figure(FigureKind::HotSpots);
        QCOMPARE(figure->now.denominator, 3);
        QCOMPARE(figure->now.groups.front().key, std::string("pattern-2"));
        QVERIFY(tile("hotspots")->accessibleName().contains(u"9 instead of 1.2"_s));
        auto* slider = m_panel->findChild<QSlider*>(u"signalsBack"_s);
        slider->setValue(-3);
        QTRY_COMPARE(value("hotspots"), u"–"_s);  // of the past nobody knows
    }
    void thePastIsShownAsItWas() {
        m_desk->open("POTHOLE", "old", 24 * 20);
        m_desk->open("POTHOLE", "new", 2);
        open();
        QCOMPARE(value("opened"), u"2"_s);
        m_panel->findChild<QSlider*>(u"signalsBack"_s)->setValue(-10);
        QTRY_COMPARE(value("opened"), u"1"_s);
    }
    void anUnusualDayIsMarkedAgainstItsWeekdays() {
        // Four a day for nine weeks, at noon of yesterday twenty-five more.
        engine::CommandBatch batch;
        for (int day = 0; day < 63; ++day)
            for (int i = 0; i < 4; ++i)
                batch.commands.emplace_back(SmallDesk::opening("POTHOLE", "usual", 24 * day + 1 + i));
        for (int i = 0; i < 25; ++i) batch.commands.emplace_back(SmallDesk::opening("POTHOLE", "burst", 24));
        SmallDesk::must(m_desk->engine->submitAndWait(std::move(batch)));
        open();
        m_panel->findChild<QComboBox*>(u"signalsPeriod"_s)->setCurrentIndex(1);  // seven days
        Q_EMIT m_panel->findChild<QComboBox*>(u"signalsPeriod"_s)->activated(1);
        const auto usual = [this] { return m_panel->feed().figure(FigureKind::Opened)->usual; };
        QTRY_COMPARE(usual().size(), std::size_t{7});
        QTRY_VERIFY(m_panel->isSettled());
        const auto days = usual();
        QCOMPARE(std::ranges::count_if(days, &rules::signals::ExpectedDay::unusual), 1);
        const auto burst = std::ranges::find_if(days, &rules::signals::ExpectedDay::unusual);
        QVERIFY(burst->value >= 25);
        QVERIFY(std::abs(burst->expected - 4) <= 1);
        m_panel->openFigure(FigureKind::Opened);
        auto* dialog = m_panel->findChild<FigureDialog*>();
        const auto text = dialog->findChild<QLabel*>(u"figureText"_s)->text();
        QVERIFY2(text.contains(u"instead of %1"_s.arg(QLocale().toString(burst->expected, 'f', 1))), qPrintable(text));
    }
    void keysArrangeTheBoardAndItStays() {
        open();
        const auto first = m_panel->tiles().front().kind, second = m_panel->tiles()[1].kind;
        QTest::keyClick(m_panel->findChildren<SignalTile*>().front(), Qt::Key_Right, Qt::ControlModifier);
        QCOMPARE(m_panel->tiles()[1].kind, first);
        QCOMPARE(m_panel->tiles()[0].kind, second);
        QTest::keyClick(tile("opened"), Qt::Key_Plus);
        QTest::keyClick(tile("opened"), Qt::Key_T);
        const auto count = m_panel->tiles().size();
        QTest::keyClick(tile("overdue"), Qt::Key_Delete);
        QCOMPARE(m_panel->tiles().size(), count - 1);
        const auto arranged = m_panel->tiles();
        m_memory->flush();
        open();
        QCOMPARE(m_panel->tiles(), arranged);
        QCOMPARE(std::ranges::find(arranged, FigureKind::Opened, &TilePlace::kind)->width, 2);
    }
    void aFigureSaysHowItWasMadeAndGivesItsCases() {
        const auto keys = m_desk->openMany(5);
        close(keys[1]);
        open();
        QSignalSpy wanted(m_panel.get(), &SignalsPanel::casesWanted);
        QTest::keyClick(tile("opened"), Qt::Key_Return);
        auto* dialog = m_panel->findChild<FigureDialog*>();
        QVERIFY(dialog);
        const auto text = dialog->findChild<QLabel*>(u"figureText"_s)->text();
        QVERIFY(text.contains(figureFormula(FigureKind::Opened).toHtmlEscaped()));
        QVERIFY(text.contains(u">5<"_s));
        auto* table = dialog->findChild<QTableWidget*>(u"figureGroups"_s);
        QCOMPARE(table->rowCount(), 2);
        table->setCurrentCell(0, 0);
        QCOMPARE(table->item(0, 0)->text(), u"Parks"_s);
        Q_EMIT table->cellActivated(0, 0);
        QTRY_COMPARE(wanted.count(), 1);
        QCOMPARE(wanted[0][0].value<std::vector<CaseKey>>().size(), std::size_t{3});
        QTest::keyClick(tile("opened"), Qt::Key_C);
        QTRY_COMPARE(wanted.count(), 2);
        QCOMPARE(wanted[1][0].value<std::vector<CaseKey>>().size(), std::size_t{5});
    }
    void aFigureThatIsNotOnTheBoardIsCountedWhenItOpens() {
        m_desk->openMany(3);
        open();
        QVERIFY(!tile("fairness"));
        m_panel->openFigure(FigureKind::Fairness);
        auto* dialog = m_panel->findChild<FigureDialog*>();
        QTRY_VERIFY(dialog->findChild<QLabel*>(u"figureText"_s)->text().contains(u"<table>"_s));
    }
    void fewCasesClaimNothing() {
        rules::signals::Figure f;
        f.kind = FigureKind::OnTime;
        f.unit = rules::signals::Unit::Share;
        f.empty = false;
        f.n = f.denominator = 19;
        f.value = 0.5;
        auto before = f;
        before.value = 0.2;
        QCOMPARE(changeWords({f, before, {}}), u"Too few cases to compare"_s);
        f.n = before.n = 20;
        QVERIFY(changeWords({f, before, {}}).contains(u"20.0 %"_s));
    }
    void tilesFillTheRows() {
        const std::vector<TilePlace> tiles{{FigureKind::Opened, 2}, {FigureKind::Closed, 2, 2}, {FigureKind::Backlog}};
        const std::vector<TileCell> expected{{0, 0, 1, 2}, {1, 0, 2, 2}, {0, 2, 1, 1}};
        QCOMPARE(layTiles(tiles, 3), expected);
        QCOMPARE(layTiles(tiles, 1).size(), std::size_t{3});
        QCOMPARE(tilesFromText(textOf(tiles)), tiles);
        QCOMPARE(tilesFromText(u"nonsense opened:9:9:time:0.8 opened"_s).size(), std::size_t{1});
    }
    void aReportHasTheFiguresOfTheWindowAndIsWrittenOnce() {
        m_desk->openMany(30);
        open();
        QTemporaryDir folder;
        m_memory->set("reportFolder", folder.path());
        m_memory->set("reportDaily", true);
        ReportSchedule schedule(*m_desk->bridge, *m_memory, nullptr);
        QSignalSpy written(&schedule, &ReportSchedule::written);
        schedule.check();
        QTRY_COMPARE(written.count(), 1);
        const auto path = written[0][0].toString();
        QFile pdf(path);
        QVERIFY(pdf.open(QIODevice::ReadOnly) && pdf.read(5) == "%PDF-");
        QFile csv(path.chopped(3) + u"csv"_s);
        QVERIFY(csv.open(QIODevice::ReadOnly) && csv.readAll().contains("opened,all,,Cases opened,"));
        schedule.check();
        QTest::qWait(0);
        QCOMPARE(written.count(), 1);

        const auto names = m_panel->names();
        const auto scope = m_panel->feed().fullScope();
        const auto plan =
            planOf(m_panel->feed(), {FigureKind::Opened, FigureKind::Ageing}, m_panel->feed().before(scope), names);
        bool made = false;
        askReport(*m_desk->bridge, plan, this, [&](const Result<ReportFigures>& figures) {
            QVERIFY(figures);
            const auto text = reportDocument(plan, *figures, names, kNow)->toPlainText();
            QVERIFY(text.contains(u"Cases opened: "_s + value("opened")));
            made = true;
        });
        QTRY_VERIFY(made);
    }
};

QTEST_MAIN(SignalsPanelTest)
#include "signals_panel_test.moc"
