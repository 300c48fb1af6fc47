// SPDX-License-Identifier: GPL-3.0-or-later
// Consoles as programs of their own, over loopback: `wardlinectl` pairs and serves, and this program runs consoles that
// edit all the time. WARDLINE_MESH_SECONDS (15), WARDLINE_MESH_CONSOLES (3), WARDLINE_MESH_EDITS a second (50) and
// WARDLINE_SEED set how long, how many, how fast, and which moments kill -9 comes at.
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <iostream>
#include <memory>
#include <random>
#include <thread>

#include "engine/engine.hpp"
#include "rules/catalogue.hpp"

using namespace wl;
using namespace wl::engine;
using namespace Qt::StringLiterals;

namespace {

// ---- the program: a console that edits
// -------------------------------------------------------------------------------

// Opens cases and edits old ones until it is told to stop; says the address of each edit once it is safe.
int workForever(const std::string& dir, const std::string& listen, const std::string& connect, int perSecond,
                int number) {
    EngineOptions options;
    options.dir = dir;
    options.agent = "a.alder";
    auto engine = Engine::open(options);
    if (!engine) {
        std::cerr << engine.error().code << ' ' << engine.error().field << ' ' << engine.error().detail << std::endl;
        return 3;
    }
    SyncSettings settings{true, listen, {}, false};
    for (std::size_t at = 0; at < connect.size();) {
        const auto end = std::min(connect.find(',', at), connect.size());
        settings.peers.push_back(connect.substr(at, end - at));
        at = end + 1;
    }
    if (!(*engine)->sync().start(settings)) return 4;
    std::cout << "ready" << std::endl;
    // A newcomer has no catalogue before the first exchange.
    while (!(*engine)->catalogue()->service("POTHOLE")) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    auto next = std::chrono::steady_clock::now();
    for (; perSecond > 0; ++number) {
        OpenCase c;
        c.fields.set(CaseField::Service, std::string("POTHOLE"));
        c.fields.set(CaseField::Address, dir.substr(dir.rfind('/') + 1) + "." + std::to_string(number));
        c.fields.set(CaseField::Description, std::string("Deep hole"));
        if (!(*engine)->submitAndWait(Command{std::move(c)})) return 5;
        std::cout << number << std::endl;
        next += std::chrono::microseconds(1'000'000 / perSecond);
        std::this_thread::sleep_until(next);  // the pace is the point: so many edits a second
    }
    for (std::string line; std::getline(std::cin, line);) {}
    return 0;
}

int setting(const char* name, int usual) {
    const char* text = std::getenv(name);
    return text ? std::atoi(text) : usual;
}

QString tool() { return qEnvironmentVariable("WARDLINE_BIN") + u"/wardlinectl"_s; }

struct Ran {
    int status{};
    QByteArray out, err;
    [[nodiscard]] QJsonObject object() const {
        return QJsonDocument::fromJson(out.trimmed().split('\n').last()).object();
    }
};

Ran run(const QStringList& arguments) {
    QProcess p;
    p.start(tool(), arguments);
    if (!p.waitForFinished(60'000)) p.kill();
    return {p.exitStatus() == QProcess::NormalExit ? p.exitCode() : -1, p.readAllStandardOutput(),
            p.readAllStandardError()};
}

/// The next line of a program's output; empty if none comes.
QByteArray lineOf(QProcess& p, int ms = 20'000) {
    (void)QTest::qWaitFor([&] { return p.canReadLine() || p.state() == QProcess::NotRunning; }, ms);
    return p.readLine().trimmed();
}

}  // namespace

class ThreeConsolesTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;

    [[nodiscard]] QString folder(int n) const { return m_dir->filePath(u"console%1"_s.arg(n)); }
    QStringList at(int n, const QStringList& more) const {
        return QStringList{u"--data"_s, folder(n), u"--json"_s} + more;
    }
    QString digestOf(int n) {
        const auto ran = run(at(n, {u"digest"_s}));
        return ran.status == 0 ? ran.object()[u"digest"_s].toString() : QString::fromUtf8(ran.err);
    }
    /// A city of consoles 0 to n-1, let in by console 0.
    void found(int n) {
        EngineOptions o;
        o.dir = folder(0).toStdString();
        o.agent = "a.alder";
        QVERIFY(Engine::create(o).has_value());
        {
            auto engine = Engine::open(o);
            rules::Service pothole;
            pothole.code = "POTHOLE";
            pothole.name = "Pothole";
            pothole.department = "PW";
            rules::Department works;
            works.code = "PW";
            works.name = "Public Works";
            QVERIFY((*engine)
                        ->submitAndWait(Command{PublishCatalogue{{rules::toItem(pothole), rules::toItem(works)}}})
                        .has_value());
        }
        for (int i = 1; i < n; ++i) pair(i);
    }
    void pair(int n) {
        QProcess offer;
        offer.start(tool(),
                    at(0, {u"pair"_s, u"offer"_s, u"--listen"_s, u"127.0.0.1:0"_s, u"--no-discovery"_s, u"--yes"_s}));
        const auto told = QJsonDocument::fromJson(lineOf(offer)).object();
        const auto where = u"127.0.0.1:%1"_s.arg(told[u"port"_s].toInt());
        const auto joined =
            run(at(n, {u"pair"_s, u"accept"_s, where, told[u"code"_s].toString(), u"--name"_s, u"Desk %1"_s.arg(n)}));
        QVERIFY2(joined.status == 0, joined.err.constData());
        QVERIFY(offer.waitForFinished());
        QCOMPARE(offer.exitCode(), 0);
        QCOMPARE(joined.object()[u"comparison"_s], QJsonDocument::fromJson(lineOf(offer)).object()[u"comparison"_s]);
    }
    /// A console that serves; gives its address.
    std::unique_ptr<QProcess> serve(int n, const QStringList& connect, QString* address,
                                    const QString& listen = u"127.0.0.1:0"_s) {
        QStringList arguments{u"serve"_s, u"--listen"_s, listen, u"--no-discovery"_s};
        for (const auto& one : connect) arguments << u"--connect"_s << one;
        auto p = std::make_unique<QProcess>();
        p->start(tool(), at(n, arguments));
        *address = QJsonDocument::fromJson(lineOf(*p)).object()[u"listening"_s].toString();
        return p;
    }
    static int finish(QProcess& p) {
        p.terminate();
        if (!p.waitForFinished(20'000)) return -1;
        return p.exitStatus() == QProcess::NormalExit ? p.exitCode() : -2;
    }
    /// All of the first n have the same ops, and some.
    bool agree(int n) const {
        std::vector<std::vector<std::pair<OriginId, std::uint64_t>>> heads;
        for (int i = 0; i < n; ++i) {
            const auto view = store::realmViewOf(folder(i).toStdString());
            if (!view) return false;
            auto& its = heads.emplace_back();
            for (const auto& head : view->heads) its.emplace_back(head.origin, head.seq);
            std::ranges::sort(its);
        }
        return !heads.front().empty() && std::ranges::all_of(heads, [&](const auto& h) { return h == heads.front(); });
    }

private Q_SLOTS:
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }

    void threeConsolesConvergeThroughTheOneInTheMiddle() {
        found(3);
        QString a, b, c;
        QVERIFY(run(at(1, {u"pair"_s, u"accept"_s, u"127.0.0.1:1"_s, u"00000000"_s})).status != 0);  // it has a city
        auto middle = serve(1, {}, &b);
        QVERIFY(b.startsWith(u"127.0.0.1:"_s));
        auto first = serve(0, {b}, &a);
        auto last = serve(2, {b}, &c);
        QTRY_VERIFY_WITH_TIMEOUT(agree(3), 30'000);
        // Who has it open keeps it: no second program edits behind its back.
        QCOMPARE(run(at(0, {u"note"_s, u"x"_s, u"y"_s})).status, 1);

        // The first console is cut off, works alone, and comes back.
        QTRY_COMPARE_WITH_TIMEOUT(statusOf(folder(0).toStdString())->onlyHere, std::uint64_t{0}, 30'000);
        QCOMPARE(finish(*first), 0);
        {
            EngineOptions o;
            o.dir = folder(0).toStdString();
            auto engine = Engine::open(o);
            for (int i = 0; i < 20; ++i) {
                OpenCase open;
                open.fields.set(CaseField::Service, std::string("POTHOLE"));
                open.fields.set(CaseField::Address, std::to_string(i) + " Quay Street");
                QVERIFY((*engine)->submitAndWait(Command{std::move(open)}).has_value());
            }
        }
        auto only = statusOf(folder(0).toStdString());
        QCOMPARE(only->onlyHere, std::uint64_t{20});
        first = serve(0, {b}, &a);
        QTRY_VERIFY_WITH_TIMEOUT(agree(3), 30'000);
        for (auto* p : {first.get(), middle.get(), last.get()}) QCOMPARE(finish(*p), 0);
        const auto digest = digestOf(0);
        QCOMPARE(digest.size(), 64);
        QCOMPARE(digestOf(1), digest);
        QCOMPARE(digestOf(2), digest);
        QCOMPARE(run(at(2, {u"stats"_s})).object()[u"cases"_s].toInt(), 20);
        QCOMPARE(run(at(2, {u"verify"_s})).status, 0);
    }

    // A case opened at a console with nobody else there, its edits safe.
    void edit(int n, const QString& address) {
        EngineOptions o;
        o.dir = folder(n).toStdString();
        auto engine = Engine::open(o);
        QVERIFY(engine.has_value());
        OpenCase open;
        open.fields.set(CaseField::Service, std::string("POTHOLE"));
        open.fields.set(CaseField::Address, address.toStdString());
        QVERIFY((*engine)->submitAndWait(Command{std::move(open)}).has_value());
    }
    QString stoppedAt(int n) const {
        const auto status = statusOf(folder(n).toStdString());
        return status && status->stopped ? QString::fromStdString(status->stopped->code) : QString();
    }

    void anOlderCopyIsPutBackAndTheConsoleGoesOnAsANewOne_data() {
        QTest::addColumn<int>("which");
        QTest::newRow("an agent's console") << 1;
        QTest::newRow("the one that lets consoles in") << 0;
    }
    void anOlderCopyIsPutBackAndTheConsoleGoesOnAsANewOne() {
        QFETCH(int, which);
        const int other = 1 - which;
        found(2);
        QString address, unused;
        const auto meet = [&](const auto& until) {
            auto one = serve(other, {}, &address);
            auto two = serve(which, {address}, &unused);
            QTRY_VERIFY_WITH_TIMEOUT(until(), 30'000);
            QCOMPARE(finish(*one), 0);
            QCOMPARE(finish(*two), 0);
        };
        meet([&] { return agree(2); });
        edit(which, u"1 Old Street"_s);
        meet([&] { return agree(2); });
        const auto database = store::databasePath(folder(which).toStdString());
        const auto old = m_dir->filePath(u"old.db"_s);
        QVERIFY(QFile::copy(QString::fromStdString(database.string()), old));
        edit(which, u"2 Lost Street"_s);
        edit(which, u"3 Lost Street"_s);
        meet([&] { return agree(2); });
        for (const char* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(database.string() + suffix);
        QVERIFY(QFile::remove(folder(which) + u"/own.log"_s));
        QVERIFY(QFile::rename(old, QString::fromStdString(database.string())));

        // It learns at its next meeting, says so, writes nothing more, and has everything again.
        meet([&] { return stoppedAt(which) == u"origin.behind"_s && agree(2); });
        QCOMPARE(run(at(which, {u"peers"_s})).object()[u"stopped"_s].toString(), u"origin.behind"_s);
        {
            EngineOptions o;
            o.dir = folder(which).toStdString();
            OpenCase open;
            open.fields.set(CaseField::Service, std::string("POTHOLE"));
            const auto refused = (*Engine::open(o))->submitAndWait(Command{std::move(open)});
            QVERIFY(!refused.has_value());
            QCOMPARE(refused.error().code, std::string("origin.behind"));
        }
        QCOMPARE(run(at(other, {u"go-on"_s})).status, 1);
        const auto goneOn = run(at(which, {u"go-on"_s}));
        QVERIFY2(goneOn.status == 0, goneOn.err.constData());
        QCOMPARE(goneOn.object()[u"waits"_s].toBool(), which != 0);  // whoever lets consoles in lets itself in
        edit(which, u"4 New Street"_s);
        meet([&] { return agree(2) && !statusOf(folder(which).toStdString())->waitsToBeLetIn; });
        const auto status = statusOf(folder(other).toStdString());
        QCOMPARE(status->members(), std::size_t{2});
        QCOMPARE(std::ranges::count(status->consoles, true, &ConsoleStatus::replaced), 1);
        QCOMPARE(run(at(other, {u"stats"_s})).object()[u"cases"_s].toInt(), 4);
        QCOMPARE(digestOf(other), digestOf(which));
        QCOMPARE(run(at(which, {u"verify"_s})).status, 0);
        // The pen went along: a new console can still be let in, and be told what it may do.
        pair(2);
        QCOMPARE(run(at(0, {u"role"_s, u"Desk 2"_s, u"agent"_s, u"--department"_s, u"PW"_s})).status, 0);
        QCOMPARE(run(at(0, {u"role"_s, u"Desk 2"_s, u"agent"_s, u"--department"_s, u"XX"_s})).status, 1);
    }

    void twoComputersWithOneDiskAreToldAndOneGoesOnAsANewOne() {
        found(2);
        QString a, unused;
        const auto meetOffice = [&](const QList<int>& who, const auto& until) {
            auto office = serve(0, {}, &a);
            std::vector<std::unique_ptr<QProcess>> others;
            for (const int n : who) others.push_back(serve(n, {a}, &unused));
            QTRY_VERIFY_WITH_TIMEOUT(until(), 30'000);
            for (auto& p : others) QCOMPARE(finish(*p), 0);
            QCOMPARE(finish(*office), 0);
        };
        meetOffice({1}, [&] { return agree(2); });
        edit(1, u"1 Common Street"_s);
        meetOffice({1}, [&] { return agree(2); });
        // The disk is copied, the machine's name with it; both work on.
        std::filesystem::copy(folder(1).toStdString(), folder(2).toStdString(),
                              std::filesystem::copy_options::recursive);
        edit(1, u"2 First Street"_s);
        edit(2, u"3 Second Street"_s);
        meetOffice({1}, [&] { return agree(2); });
        meetOffice({2}, [&] { return stoppedAt(2) == u"origin.forked"_s; });
        meetOffice({1}, [&] { return stoppedAt(1) == u"origin.forked"_s; });
        const auto goneOn = run(at(2, {u"go-on"_s}));
        QVERIFY2(goneOn.status == 0, goneOn.err.constData());
        edit(2, u"4 Third Street"_s);
        const auto next = store::realmViewOf(folder(2).toStdString())->self;
        meetOffice({2}, [&] {
            const auto status = statusOf(folder(2).toStdString());
            const auto office = store::realmViewOf(folder(0).toStdString());
            return !status->waitsToBeLetIn && !status->stopped &&
                   std::ranges::find(office->heads, next, &LogHead::origin) != office->heads.end();
        });
        // What came before the copy counts everywhere, and so does the work of the one that went on.
        QCOMPARE(digestOf(0), digestOf(2));
        QCOMPARE(run(at(0, {u"stats"_s})).object()[u"cases"_s].toInt(), 2);
        for (const int n : {0, 1, 2}) QCOMPARE(run(at(n, {u"verify"_s})).status, 0);
    }

    void aRevokedConsoleIsShutOut() {
        found(3);
        const auto out = run(at(0, {u"revoke"_s, u"Desk 2"_s, u"--reason"_s, u"stolen"_s}));
        QVERIFY2(out.status == 0, out.err.constData());
        QCOMPARE(run(at(0, {u"revoke"_s, u"Desk 2"_s})).status, 1);
        QCOMPARE(run(at(1, {u"revoke"_s, u"Desk 2"_s})).status, 1);  // not its to do
        QString a, b;
        auto office = serve(0, {}, &a);
        auto thief = serve(2, {a}, &b);
        const auto heard = [&] {
            const auto status = statusOf(folder(2).toStdString());
            return status &&
                   std::ranges::any_of(status->consoles, [](const ConsoleStatus& c) { return c.self && c.revoked; });
        };
        QTRY_VERIFY_WITH_TIMEOUT(heard(), 20'000);
        for (auto* p : {office.get(), thief.get()}) QCOMPARE(finish(*p), 0);
        QCOMPARE(run(at(2, {u"stats"_s})).object()[u"ops"_s].toInt(), 0);
    }

    void consolesThatAreKilledAllTheTimeLoseNothing() {
        const int consoles = setting("WARDLINE_MESH_CONSOLES", 3), seconds = setting("WARDLINE_MESH_SECONDS", 15);
        const int rate = std::max(1, setting("WARDLINE_MESH_EDITS", 50) / consoles);
        found(consoles);
        std::mt19937 random(static_cast<unsigned>(setting("WARDLINE_SEED", 1)));
        const int base = 20'000 + static_cast<int>(QCoreApplication::applicationPid() % 20'000);
        std::vector<std::unique_ptr<QProcess>> running(static_cast<std::size_t>(consoles));
        std::vector<int> safe(running.size());
        const auto start = [&](int n, int perSecond) {
            QStringList others;
            for (int other = 0; other < consoles; ++other)
                if (other != n) others << u"127.0.0.1:%1"_s.arg(base + other);
            auto& p = running[static_cast<std::size_t>(n)];
            p = std::make_unique<QProcess>();
            p->start(QCoreApplication::applicationFilePath(),
                     {u"--console"_s, folder(n), u"127.0.0.1:%1"_s.arg(base + n), others.join(u','),
                      QString::number(perSecond), QString::number(safe[static_cast<std::size_t>(n)] + 1)});
        };
        const auto collect = [&](std::size_t n) {
            while (running[n]->canReadLine()) {
                const auto line = running[n]->readLine().trimmed();
                if (line != "ready") safe[n] = std::max(safe[n], line.toInt());
            }
        };
        for (int n = 0; n < consoles; ++n) start(n, rate);
        const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
        int kills = 0;
        while (std::chrono::steady_clock::now() < end) {
            QTest::qWait(std::uniform_int_distribution<int>(300, 2500)(random));
            const auto n = std::uniform_int_distribution<std::size_t>(0, running.size() - 1)(random);
            QVERIFY2(running[n]->processId() > 0,
                     qPrintable(u"console %1 ended by itself: %2"_s.arg(n).arg(running[n]->exitCode()) +
                                QString::fromUtf8(running[n]->readAllStandardError())));
            running[n]->kill();
            QVERIFY(running[n]->waitForFinished());
            QVERIFY2(running[n]->exitStatus() == QProcess::CrashExit, "it had ended by itself");
            collect(n);
            ++kills;
            start(static_cast<int>(n), rate);
        }
        // They stop editing and meet once more.
        for (std::size_t n = 0; n < running.size(); ++n) {
            running[n]->kill();
            QVERIFY(running[n]->waitForFinished());
            collect(n);
        }
        for (int n = 0; n < consoles; ++n) start(n, 0);
        QTRY_VERIFY_WITH_TIMEOUT(agree(consoles), 60'000);
        for (auto& p : running) {
            p->kill();
            p->waitForFinished();
        }
        const auto digest = digestOf(0);
        QCOMPARE(digest.size(), 64);
        for (int n = 1; n < consoles; ++n) QCOMPARE(digestOf(n), digest);
        const auto cases = run(at(0, {u"stats"_s})).object()[u"cases"_s].toInt();
        int told = 0;
        for (const auto number : safe) told += number;
        qInfo("%d kills, %d edits confirmed, %d cases at the end", kills, told, cases);
        QVERIFY2(cases >= told, "an edit that was confirmed is gone");
        QVERIFY(told > seconds);
    }
};

int main(int argc, char** argv) {
    if (argc == 7 && std::string_view(argv[1]) == "--console")
        return workForever(argv[2], argv[3], argv[4], std::atoi(argv[5]), std::atoi(argv[6]));
    QCoreApplication app(argc, argv);
    ThreeConsolesTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "three_consoles_test.moc"
