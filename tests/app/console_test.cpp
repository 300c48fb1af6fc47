// SPDX-License-Identifier: GPL-3.0-or-later
// What a person meets when the database cannot be opened: an explanation, the way out, and everything back.
#include "app/console.hpp"

#include <QAbstractItemView>
#include <QCommandLinkButton>
#include <QFile>
#include <QLineEdit>

#include <atomic>
#include <thread>

#include "engine/demo/demo_replica.hpp"
#include "ui/citizen/citizen_view.hpp"
#include "ui/desk.hpp"
#include "ui/intake/intake_panel.hpp"
#include "ui/queue/case_table.hpp"

using namespace wl;
using namespace wl::ui;
using namespace Qt::StringLiterals;
using wl::test::Desk;

namespace {

constexpr int kCases = 3;

void makeReplica(const std::filesystem::path& dir) {
    engine::EngineOptions options;
    options.dir = dir;
    Desk::must(engine::Engine::create(options));
    const auto engine = Desk::must(engine::Engine::open(options));
    Desk::must(engine->submitAndWait(engine::PublishCatalogue{engine::demoCatalogue(Desk::kNow)}));
    for (int i = 0; i < kCases; ++i) {
        engine::OpenCase open;
        open.fields.set(CaseField::Service, Desk::service());
        open.fields.set(CaseField::Address, std::to_string(i + 1) + " Grand Avenue");
        Desk::must(engine->submitAndWait(engine::Command{open}));
    }
}

void overwrite(const QString& path, qint64 at, const QByteArray& bytes) {
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite) && file.seek(at));
    QCOMPARE(file.write(bytes), bytes.size());
}

template <class W>
W* topLevel() {
    for (auto* widget : QApplication::topLevelWidgets())
        if (auto* found = qobject_cast<W*>(widget)) return found;
    return nullptr;
}

}  // namespace

class ConsoleTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(*qApp); }
    void cleanupTestCase() { m_theme.reset(); }

    void aDamagedDatabaseIsMadeAnewFromTheWindow_data() {
        QTest::addColumn<QString>("damage");
        QTest::addColumn<QString>("first");  // the offer that has the focus
        QTest::newRow("truncated") << u"truncated"_s << u"startRebuild"_s;
        QTest::newRow("bits flipped") << u"flipped"_s << u"startRebuild"_s;
        QTest::newRow("not SQLite") << u"text"_s << u"startRebuild"_s;
        QTest::newRow("another program's database") << u"foreign"_s << u"startRebuild"_s;
        QTest::newRow("newer version") << u"newer"_s << u"startAgain"_s;
    }
    void aDamagedDatabaseIsMadeAnewFromTheWindow() {
        QFETCH(QString, damage);
        QFETCH(QString, first);
        QTemporaryDir folder;
        const auto dir = std::filesystem::path(folder.path().toStdString()) / "city";
        makeReplica(dir);
        const auto path = QString::fromStdString(store::databasePath(dir).string());
        if (damage == u"truncated"_s) QVERIFY(QFile::resize(path, QFile(path).size() / 2));
        if (damage == u"flipped"_s) overwrite(path, 100, QByteArray(600, '\x5a'));
        if (damage == u"text"_s) overwrite(path, 0, QByteArray("Dear Sir or Madam, this is no database at all."));
        if (damage == u"foreign"_s) overwrite(path, 68, QByteArray("\x01\x02\x03\x04", 4));  // application_id
        if (damage == u"newer"_s) overwrite(path, 60, QByteArray("\x00\x00\x7f\x00", 4));    // user_version
        QFile before(path);
        QVERIFY(before.open(QIODevice::ReadOnly));
        const auto damaged = before.readAll();

        app::Args args;
        args.data = dir;
        app::Console console(args, *m_theme);
        console.start();
        auto* page = topLevel<StartPage>();
        QVERIFY(page != nullptr);
        auto* rebuild = page->findChild<QCommandLinkButton*>(u"startRebuild"_s);
        QVERIFY(rebuild != nullptr);
        QTRY_VERIFY(rebuild->isVisible());
        QVERIFY(page->focusWidget() != nullptr);
        QCOMPARE(page->focusWidget()->objectName(), first);
        QFile untouched(path);
        QVERIFY(untouched.open(QIODevice::ReadOnly));
        QVERIFY2(untouched.readAll() == damaged, "opening must not change a file it cannot read");

        rebuild->setFocus();
        QTest::keyClick(rebuild, Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(topLevel<MainWindow>() != nullptr, 30000);
        auto* table = topLevel<MainWindow>()->findChild<CaseTable*>();
        QTRY_COMPARE(table->model()->rowCount(), kCases);
        QFile kept(QString::fromStdString((dir / "replica.before-rebuild").string()));
        QVERIFY2(kept.open(QIODevice::ReadOnly), "the damaged file is kept");
        QVERIFY(kept.readAll() == damaged);
    }

    void aNumberThatRingsShowsWhoItIsInTheRunningConsole() {
        QTemporaryDir folder;
        const auto dir = std::filesystem::path(folder.path().toStdString()) / "city";
        makeReplica(dir);
        {
            engine::EngineOptions options;
            options.dir = dir;
            const auto engine = Desk::must(engine::Engine::open(options));
            engine::OpenPerson ada;
            ada.fields.set(PersonField::Name, std::string("Ada Fern"));
            ada.contacts.push_back({ContactKind::Phone, "(617) 555-0142", {}});
            Desk::must(engine->submitAndWait(engine::Command{ada}));
        }
        app::Args args;
        args.data = dir;
        args.caller = "+1 617 555 0177";
        app::Console console(args, *m_theme);
        console.start();
        QTRY_VERIFY(topLevel<MainWindow>() != nullptr && topLevel<MainWindow>()->isVisible());
        auto* window = topLevel<MainWindow>();
        // Nobody known has that number: a report by it.
        QTRY_VERIFY(window->findChild<IntakePanel*>()->isVisible());
        // The call comes from another program; here a thread stands for it.
        std::atomic<bool> rang{};
        std::jthread telephone([&] { rang = app::CallLine::ring(dir, u"tel:+1-617-555-0142"_s); });
        QTRY_VERIFY(rang);
        QTRY_VERIFY(window->findChild<CitizenView*>()->isVisible());
        telephone.join();
        QVERIFY(rang);
        QCOMPARE(window->findChild<QLineEdit*>(u"person_name"_s)->text(), u"Ada Fern"_s);
        QVERIFY(!app::CallLine::ring(dir / "another", u"+16175550142"_s));
    }

    void aDemoCityLeftForDaysIsOfferedAnew() {
        QTemporaryDir folder;
        const auto dir = std::filesystem::path(folder.path().toStdString()) / "demo";
        engine::DemoOptions old;
        old.closed = 60;
        old.open = 20;
        old.now = SystemClock().now() - Millis{std::chrono::days{5}};
        Desk::must(engine::makeDemoReplica(dir, old, {}, nullptr));
        app::Args args;
        args.data = dir;
        args.demo = true;
        args.demoClosed = 60;
        args.demoOpen = 20;
        {
            app::Console console(args, *m_theme);
            console.start();
            QTRY_VERIFY(topLevel<StartPage>() != nullptr);
            auto* asItIs = topLevel<StartPage>()->findChild<QCommandLinkButton*>(u"startAsItIs"_s);
            QVERIFY(asItIs != nullptr);
            QTRY_VERIFY(asItIs->isVisible());
            asItIs->click();
            QTRY_VERIFY(topLevel<MainWindow>() != nullptr && topLevel<MainWindow>()->isVisible());
            QVERIFY(!std::filesystem::exists(dir.string() + ".before"));
        }
        // Opened, the rules did what had fallen due: that is work of today.
        std::filesystem::remove_all(dir);
        Desk::must(engine::makeDemoReplica(dir, old, {}, nullptr));
        app::Console console(args, *m_theme);
        console.start();
        QTRY_VERIFY(topLevel<StartPage>() != nullptr);
        auto* anew = topLevel<StartPage>()->findChild<QCommandLinkButton*>(u"startAnew"_s);
        QVERIFY(anew != nullptr);
        QTRY_VERIFY(anew->isVisible());
        QCOMPARE(topLevel<StartPage>()->focusWidget(), anew);
        QTest::keyClick(anew, Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(topLevel<MainWindow>() != nullptr && topLevel<MainWindow>()->isVisible(), 60000);
        QVERIFY(std::filesystem::exists(store::databasePath(dir.string() + ".before")));
    }

private:
    std::unique_ptr<Theme> m_theme;
};

QTEST_MAIN(ConsoleTest)
#include "console_test.moc"
