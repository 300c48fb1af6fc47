// SPDX-License-Identifier: GPL-3.0-or-later
// Two consoles through their windows' dialogs: pairing over loopback, what is said of the other, presence, conflicts,
// shutting out.
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QStackedWidget>
#include <QToolButton>
#include <QTreeWidget>

#include "engine/demo/demo_replica.hpp"
#include "ui/case/case_pane.hpp"
#include "ui/desk.hpp"
#include "ui/models/case_table_model.hpp"
#include "ui/models/error_words.hpp"
#include "ui/models/sync_words.hpp"
#include "ui/sync/add_console_dialog.hpp"
#include "ui/kit/theme.hpp"
#include "ui/sync/conflicts_dialog.hpp"
#include "ui/sync/consoles_dialog.hpp"
#include "ui/sync/join_dialog.hpp"
#include "ui/sync/role_dialog.hpp"
#include "ui/sync/shut_out_dialog.hpp"

using namespace wl;
using namespace wl::test;
using namespace wl::ui;
using namespace Qt::StringLiterals;

namespace {

constexpr int kLong = 20'000;

// A second console of the city, in a folder of its own.
struct Branch {
    Branch(const std::filesystem::path& dir, const Clock& clock) {
        engine::EngineOptions o;
        o.dir = dir;
        o.agent = "b.birch";
        o.clock = &clock;
        o.exchange = true;
        engine = Desk::must(engine::Engine::open(o));
        engine->waitUntilLoaded();
        bridge = std::make_unique<ConsoleBridge>(*engine, Desk::must(engine->openReader()));
    }
    ~Branch() { bridge.reset(); }
    std::unique_ptr<engine::Engine> engine;
    std::unique_ptr<ConsoleBridge> bridge;
};

template <class T>
T* part(QWidget& in, const QString& name) {
    auto* found = in.findChild<T*>(name);
    if (!found) qFatal("no %s", qPrintable(name));
    return found;
}

}  // namespace

class ConsolesTest : public QObject {
    Q_OBJECT

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<Desk> m_desk;

    [[nodiscard]] std::filesystem::path folder() const { return m_desk->path(u"branch"_s).toStdString(); }
    void switchOn() {
        engine::SyncSettings settings{true, "127.0.0.1:0", {}, false};
        QVERIFY(m_desk->engine().sync().start(settings).has_value());
    }
    QString address() { return u"127.0.0.1:%1"_s.arg(m_desk->bridge().sync()->port); }
    /// Lets a console for `folder()` in without windows.
    void letBranchInto(engine::Engine& office) {
        Desk::must(office.sync().start({true, "127.0.0.1:0", {}, false}));
        const auto offer = Desk::must(office.sync().offerPairing());
        engine::JoinOptions join;
        join.dir = folder();
        join.address = "127.0.0.1:" + std::to_string(office.sync().status()->port);
        join.code = offer.code;
        join.name = "Branch";
        join.clock = &m_desk->clock();
        const auto asked = office.sync().subscribe([this, &office] {
            const auto status = office.sync().status();
            if (status->offer && status->offer->asked && !std::exchange(m_let, true))
                office.post([&office] { Desk::must(office.sync().letIn("Branch", "", ConsoleRole::Agent)); });
        });
        Desk::must(engine::joinCity(join));
    }
    std::unique_ptr<Branch> paired() {
        letBranchInto(m_desk->engine());
        auto made = std::make_unique<Branch>(folder(), m_desk->clock());
        if (!QTest::qWaitFor(
                [&] { return m_desk->bridge().sync()->connected() == 1 && made->bridge->sync()->connected() == 1; },
                kLong))
            qFatal("they do not meet");
        return made;
    }
    bool m_let{};

private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(*qApp); }
    void cleanupTestCase() { m_theme.reset(); }
    void init() {
        m_let = false;
        m_desk = std::make_unique<Desk>();
    }
    void cleanup() { m_desk.reset(); }

    void aNewConsoleComesInThroughBothDialogs() {
        switchOn();
        QCOMPARE(syncMark(*m_desk->bridge().sync(), Desk::kNow).text, u"This console only"_s);
        AddConsoleDialog add(m_desk->bridge());
        add.show();
        auto* code = part<QLabel>(add, u"pairingCode"_s);
        QTRY_VERIFY(code->text().size() == 9);
        JoinDialog join(folder());
        join.show();
        auto* go = part<QPushButton>(join, u"joinGo"_s);
        part<QLineEdit>(join, u"joinName"_s)->clear();
        QVERIFY(!go->isEnabled());
        QTest::keyClicks(part<QLineEdit>(join, u"joinAddress"_s), address());
        QTest::keyClicks(part<QLineEdit>(join, u"joinCode"_s), u"0000-0000"_s);
        QTest::keyClicks(part<QLineEdit>(join, u"joinName"_s), u"Branch"_s);
        QVERIFY(go->isEnabled());
        QTest::mouseClick(go, Qt::LeftButton);
        auto* problem = part<QLabel>(join, u"joinProblem"_s);
        QTRY_VERIFY_WITH_TIMEOUT(problem->isVisible(), kLong);
        QVERIFY(problem->text().contains(u"tries left: 2"_s));
        QTRY_VERIFY(part<QLabel>(add, u"pairingTries"_s)->isVisible());

        auto* typed = part<QLineEdit>(join, u"joinCode"_s);
        typed->clear();
        QTest::keyClicks(typed, code->text().toLower());
        QTest::mouseClick(go, Qt::LeftButton);
        auto* letIn = part<QPushButton>(add, u"letIn"_s);
        QTRY_VERIFY_WITH_TIMEOUT(letIn->isVisible(), kLong);
        QTRY_COMPARE(part<QLabel>(join, u"joinNumber"_s)->text(), part<QLabel>(add, u"comparisonNumber"_s)->text());
        QCOMPARE(part<QLineEdit>(add, u"newConsoleName"_s)->text(), u"Branch"_s);
        Desk::grabBoth(*m_theme, add, u"add-console"_s);
        Desk::grabBoth(*m_theme, join, u"join"_s);
        QTest::keyClick(letIn, Qt::Key_Space);
        QTRY_VERIFY_WITH_TIMEOUT(join.result() == QDialog::Accepted, kLong);
        QTRY_VERIFY(part<QLabel>(add, u"pairingDone"_s)->text().startsWith(u"Branch"_s));
        Branch branch(folder(), m_desk->clock());
        QTRY_VERIFY_WITH_TIMEOUT(
            branch.bridge->sync()->connected() == 1 && branch.bridge->catalogue()->service(Desk::service()), kLong);
        QTRY_VERIFY(syncMark(*branch.bridge->sync(), branch.bridge->now()).text.startsWith(u"2 of 2"_s));
    }

    void anEditShowsAtTheOtherAndSaysWhereItIs() {
        auto branch = paired();
        const auto opened = m_desk->openCase();
        QTRY_VERIFY_WITH_TIMEOUT(branch->bridge->reader().findCase(opened.number).has_value(), kLong);
        CasePane here(m_desk->bridge()), there(*branch->bridge);
        here.resize(600, 800);
        here.show();
        there.show();
        here.showCase(opened.caseKey);
        auto* machines = part<QLabel>(here, u"caseMachines"_s);
        QTRY_COMPARE_WITH_TIMEOUT(machines->text(), u"On 2 machine(s)"_s, kLong);
        there.showCase(Desk::must(branch->bridge->reader().findCase(opened.number)));
        QTRY_COMPARE_WITH_TIMEOUT(part<QLabel>(there, u"caseMachines"_s)->text(), u"On 2 machine(s)"_s, kLong);
        auto* presence = part<QLabel>(here, u"casePresence"_s);
        QTRY_VERIFY_WITH_TIMEOUT(presence->isVisible() && presence->text().contains(u"Branch"_s), kLong);
        QTest::keyClicks(part<QWidget>(there, u"composerText"_s), u"I am"_s);
        QTRY_VERIFY_WITH_TIMEOUT(presence->text().contains(u"typing"_s), kLong);
        Desk::grabBoth(*m_theme, here, u"case-presence"_s);
        // The queue shows it too, by a mark with the colleague's name.
        CaseTableModel queue(m_desk->bridge());
        auto listing = std::make_shared<engine::CaseListing>();
        listing->keys = {opened.caseKey};
        queue.setListing(listing);
        const auto title = queue.index(0, static_cast<int>(engine::CaseColumn::Title));
        QVERIFY(title.data(CaseTableModel::PresenceRole).toString().contains(u"Branch"_s));
        QVERIFY(title.data(Qt::ToolTipRole).toString().contains(u"Branch"_s));
        QVERIFY(title.data(Qt::AccessibleTextRole).toString().contains(u"Branch"_s));
        QSignalSpy repainted(&queue, &QAbstractItemModel::dataChanged);
        there.showCase({});
        QTRY_VERIFY_WITH_TIMEOUT(!presence->isVisible(), kLong);
        QTRY_VERIFY(!repainted.isEmpty() && title.data(CaseTableModel::PresenceRole).toString().isEmpty());
    }

    // Beyond 2,000 ops a newcomer takes a copy of the replica while its windows are open.
    void aWholeCityIsShownAtTheNewcomer() {
        const std::filesystem::path dir = m_desk->path(u"office"_s).toStdString();
        engine::DemoOptions city;
        city.closed = 400;
        city.open = 100;
        city.now = m_desk->clock().now();
        Desk::must(engine::makeDemoReplica(dir, city));
        Branch office(dir, m_desk->clock());
        letBranchInto(*office.engine);
        Branch branch(folder(), m_desk->clock());
        const auto listed = [](Branch& at, bool open) {
            engine::CaseQuery query;
            query.filter.open = open;
            return Desk::must(at.engine->queryAndWait(query))->keys;
        };
        QTRY_COMPARE_WITH_TIMEOUT(listed(branch, true).size(), std::size_t{100}, kLong);
        QTRY_COMPARE_WITH_TIMEOUT(listed(branch, false).size(), std::size_t{400}, kLong);
        QTRY_VERIFY(branch.bridge->catalogue()->services().size() == office.bridge->catalogue()->services().size());
        QTRY_VERIFY(branch.engine->city() != nullptr);
        QCOMPARE(branch.engine->city()->areas.size(), office.engine->city()->areas.size());
        // The same words for the same case, by readers that were open before.
        const auto key = listed(office, true).front();
        const auto row = Desk::must(office.bridge->reader().rows(std::span(&key, 1))).front();
        const auto same = [&] {
            const auto there = branch.bridge->reader().findCase(row.id);
            if (!there) return false;
            const auto rows = branch.bridge->reader().rows(std::span(&*there, 1));
            const auto history = branch.bridge->reader().timeline(*there);
            return rows && history && !rows->empty() && rows->front().service == row.service &&
                   rows->front().department == row.department && rows->front().description == row.description &&
                   history->size() == Desk::must(office.bridge->reader().timeline(key)).size();
        };
        QTRY_VERIFY_WITH_TIMEOUT(same(), kLong);
    }

    void conflictsAreSettledWithOneKey() {
        auto branch = paired();
        const auto opened = m_desk->openCase();
        QTRY_VERIFY_WITH_TIMEOUT(branch->bridge->reader().findCase(opened.number).has_value(), kLong);
        const auto theirs = Desk::must(branch->bridge->reader().findCase(opened.number));
        // Cut off from each other, both move the address.
        auto off = branch->engine->sync().settings();
        off.on = false;
        QVERIFY(branch->engine->sync().start(off).has_value());
        m_desk->edit(opened.caseKey, CaseField::Address, std::string("1 North Road"));
        engine::EditCase other;
        other.target.key = theirs;
        other.fields.set(CaseField::Address, std::string("2 South Road"));
        QVERIFY(branch->engine->submitAndWait(other).has_value());
        off.on = true;
        off.peers = {address().toStdString()};
        off.listen.clear();
        QVERIFY(branch->engine->sync().start(off).has_value());
        ConflictsDialog dialog(m_desk->bridge());
        dialog.show();
        QTRY_COMPARE_WITH_TIMEOUT(dialog.count(), 1, kLong);
        Desk::grabBoth(*m_theme, dialog, u"conflicts"_s);
        const auto second = part<QAbstractButton>(dialog, u"conflictSide2"_s)->text().mid(4);
        dialog.activateWindow();
        QTest::keyClick(&dialog, Qt::Key_2);
        QTRY_COMPARE_WITH_TIMEOUT(dialog.count(), 0, kLong);
        const auto settled = [&](ConsoleBridge& bridge, CaseKey key) {
            const auto detail = bridge.reader().detail(key);
            return detail && detail->state.fields.conflicts() == 0 &&
                   QString::fromStdString(detail->state.text(CaseField::Address)) == second;
        };
        QTRY_VERIFY_WITH_TIMEOUT(settled(m_desk->bridge(), opened.caseKey) && settled(*branch->bridge, theirs), kLong);
    }

    void whatAConsoleMayDoIsSaidInADialog() {
        auto branch = paired();
        const auto opened = m_desk->openCase();
        QTRY_VERIFY_WITH_TIMEOUT(branch->bridge->reader().findCase(opened.number).has_value(), kLong);
        const auto theirs = Desk::must(branch->bridge->reader().findCase(opened.number));
        const auto owner = branch->bridge->reader().detail(theirs)->state.text(CaseField::Department);
        QVERIFY(!owner.empty());
        ConsolesDialog dialog(m_desk->bridge());
        dialog.show();
        auto* list = part<QTreeWidget>(dialog, u"consolesList"_s);
        QTRY_COMPARE_WITH_TIMEOUT(list->topLevelItemCount(), 2, kLong);
        auto* change = part<QPushButton>(dialog, u"changeRole"_s);
        list->setCurrentItem(list->topLevelItem(0));
        QVERIFY(!change->isEnabled());  // not the one that lets others in
        list->setCurrentItem(list->topLevelItem(1));
        QTest::mouseClick(change, Qt::LeftButton);
        auto* role = dialog.findChild<RoleDialog*>();
        QVERIFY(role);
        auto* department = part<QComboBox>(*role, u"roleDepartment"_s);
        auto* meaning = part<QLabel>(*role, u"roleMeaning"_s);
        QCOMPARE(meaning->text(), scopeWords(ConsoleRole::Agent, {}));
        int another = 1;
        while (department->itemData(another).toString().toStdString() == owner) ++another;
        department->setCurrentIndex(another);
        QVERIFY(meaning->text().contains(department->currentText()));
        const auto code = department->currentData().toString().toStdString();
        Desk::grabBoth(*m_theme, *role, u"role"_s);
        QTest::mouseClick(part<QPushButton>(*role, u"roleYes"_s), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(branch->bridge->sync()->consoles.front().department == code, kLong);
        // It works for that department now: this case is another one's.
        engine::EditCase edit;
        edit.target.key = theirs;
        edit.fields.set(CaseField::Address, std::string("1 North Road"));
        const auto refused = branch->engine->submitAndWait(edit);
        QVERIFY(!refused.has_value());
        QCOMPARE(refused.error().code, std::string("op.out_of_scope"));
        QVERIFY(errorWords(refused.error()).line().contains(u"department"_s));
    }

    void aConsoleIsShutOut() {
        auto branch = paired();
        ConsolesDialog dialog(m_desk->bridge());
        dialog.show();
        auto* list = part<QTreeWidget>(dialog, u"consolesList"_s);
        QTRY_COMPARE_WITH_TIMEOUT(list->topLevelItemCount(), 2, kLong);
        auto* out = part<QPushButton>(dialog, u"shutOut"_s);
        QVERIFY(!out->isEnabled());
        list->setCurrentItem(list->topLevelItem(0));
        QVERIFY(!out->isEnabled());  // not itself
        list->setCurrentItem(list->topLevelItem(1));
        QVERIFY(out->isEnabled());
        QTest::mouseClick(out, Qt::LeftButton);
        auto* sure = dialog.findChild<ShutOutDialog*>();
        QVERIFY(sure);
        Desk::grabBoth(*m_theme, *sure, u"shut-out"_s);
        QTest::mouseClick(part<QPushButton>(*sure, u"shutOutYes"_s), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(m_desk->bridge().sync()->members() == 1 && m_desk->bridge().sync()->connected() == 0,
                                 kLong);
        QTRY_VERIFY_WITH_TIMEOUT(branch->bridge->sync()->consoles.front().revoked, kLong);
        QTRY_VERIFY(list->topLevelItem(1)->text(2).startsWith(u"Shut out"_s));
        Desk::grabBoth(*m_theme, dialog, u"consoles"_s);
        const auto* theirs = branch->bridge->sync().get();
        QVERIFY(!theirs->isWriter);
    }

    void theMarkSaysWhatMatters_data() {
        QTest::addColumn<bool>("on");
        QTest::addColumn<bool>("connected");
        QTest::addColumn<int>("ahead");
        QTest::addColumn<int>("onlyHere");
        QTest::addColumn<QString>("expected");
        QTest::addColumn<bool>("worry");
        QTest::newRow("in step") << true << true << 0 << 0 << u"2 of 2 console(s) in step"_s << false;
        QTest::newRow("behind") << true << true << 120 << 0 << u"Behind by 120 edit(s)"_s << false;
        QTest::newRow("cut off") << true << false << 0 << 3 << u"Cut off · 3 edit(s) on this machine only"_s << true;
        QTest::newRow("off") << false << false << 0 << 0 << u"Exchange is off"_s << false;
    }
    void theMarkSaysWhatMatters() {
        QFETCH(bool, on);
        QFETCH(bool, connected);
        QFETCH(int, ahead);
        QFETCH(int, onlyHere);
        QFETCH(QString, expected);
        QFETCH(bool, worry);
        engine::SyncStatus status;
        status.on = on;
        status.onlyHere = static_cast<std::uint64_t>(onlyHere);
        engine::ConsoleStatus self;
        self.self = true;
        engine::ConsoleStatus other;
        other.connected = connected;
        other.caughtUp = connected && ahead == 0;
        other.ahead = static_cast<std::uint64_t>(ahead);
        status.consoles = {self, other};
        const auto mark = syncMark(status, Desk::kNow);
        QCOMPARE(mark.text, expected);
        QCOMPARE(mark.worry, worry);
    }
};

QTEST_MAIN(ConsolesTest)
#include "consoles_test.moc"
