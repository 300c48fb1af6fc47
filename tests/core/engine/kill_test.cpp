// SPDX-License-Identifier: GPL-3.0-or-later
// The program is killed at random moments of edits and of an import (kill -9). Afterwards: the log verifies, what was
// confirmed is there, and of no transaction is there a half. WARDLINE_KILLS sets how often (25), WARDLINE_SEED which
// moments.
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <map>
#include <random>

#include "engine/engine.hpp"
#include "rules/catalogue.hpp"
#include "store/sqlite.hpp"

using namespace wl;
using namespace wl::engine;

namespace {

constexpr int kCasesPerEdit = 3;
constexpr int kCasesPerBatch = 40;

// ---- the program that is killed ------------------------------------------------------------------------------------

Command edit(int number, int part) {
    OpenCase c;
    c.fields.set(CaseField::Service, std::string("POTHOLE"));
    c.fields.set(CaseField::Address, std::to_string(number) + "." + std::to_string(part));
    c.fields.set(CaseField::Description, "Deep hole, told as number " + std::to_string(number));
    c.requester.fields.set(PersonField::Name, "Ada Fern " + std::to_string(number));
    c.requester.contacts.push_back({ContactKind::Phone, "+15550100" + std::to_string(number % 100), {}});
    return c;
}

ImportCases batch(int number) {
    ImportCases out;
    for (int part = 0; part < kCasesPerBatch; ++part) {
        ImportDraft d;
        d.source = "feed";
        d.externalId = std::to_string(number) + "." + std::to_string(part);
        d.fields.set(CaseField::Service, std::string("POTHOLE"));
        d.fields.set(CaseField::Address, d.externalId);
        d.fields.set(CaseField::Description, std::string("A row of a feed"));
        d.fields.set(CaseField::RequestedAt, std::int64_t{1'300'000'000'000} + number);
        d.status = part % 3 == 0 ? Status::New : Status::Closed;
        if (d.status == Status::Closed) d.closedAt = {1'300'000'900'000};
        d.updatedAt = {1'300'000'900'000};
        out.drafts.push_back(std::move(d));
    }
    return out;
}

// Works from `number` on and tells each number that was confirmed, until it is killed.
int workForever(const std::string& dir, bool import, int number) {
    EngineOptions options;
    options.dir = dir;
    options.agent = "a.alder";
    auto engine = Engine::open(options);
    if (!engine) return 3;
    if (import) (*engine)->setBulk(true);
    for (;; ++number) {
        Result<Receipt> done;
        if (import) {
            done = (*engine)->submitAndWait(Command{batch(number)});
        } else {
            CommandBatch commands;
            for (int part = 0; part < kCasesPerEdit; ++part) commands.commands.push_back(edit(number, part));
            done = (*engine)->submitAndWait(std::move(commands));
        }
        if (!done) return 4;
        const auto line = std::to_string(number) + "\n";
        if (::write(STDOUT_FILENO, line.data(), line.size()) != static_cast<ssize_t>(line.size())) return 5;
    }
}

// ---- the one that kills --------------------------------------------------------------------------------------------

struct Life {
    int last{};        ///< the highest number confirmed; 0 if none
    bool died{true};   ///< of the kill, not of itself
};

Life liveFor(std::chrono::milliseconds time, const std::string& dir, bool import, int from) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) qFatal("pipe");
    const auto number = std::to_string(from);
    const pid_t child = ::fork();
    if (child == 0) {
        ::dup2(ends[1], STDOUT_FILENO);
        ::execl("/proc/self/exe", "writer", "--writer", dir.c_str(), import ? "import" : "edit", number.c_str(),
                nullptr);
        ::_exit(9);
    }
    ::close(ends[1]);
    std::string told;
    const auto readSome = [&] {
        char buffer[4096];
        const auto got = ::read(ends[0], buffer, sizeof buffer);
        if (got > 0) told.append(buffer, static_cast<std::size_t>(got));
        return got > 0;
    };
    const auto deadline = std::chrono::steady_clock::now() + time;
    bool open = true;
    while (open) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now()).count();
        if (left <= 0) break;
        pollfd wait{ends[0], POLLIN, 0};
        if (::poll(&wait, 1, static_cast<int>(left)) > 0) open = readSome();
    }
    ::kill(child, SIGKILL);
    while (readSome()) {}
    ::close(ends[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    Life life{0, WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL};
    if (const auto end = told.rfind('\n'); end != std::string::npos) {
        const auto begin = told.rfind('\n', end == 0 ? 0 : end - 1);
        life.last = std::stoi(told.substr(begin == std::string::npos || begin == end ? 0 : begin + 1));
    }
    return life;
}

int setting(const char* name, int usual) {
    const char* text = std::getenv(name);
    return text ? std::atoi(text) : usual;
}

}  // namespace

class KillTest : public QObject {
    Q_OBJECT

    static EngineOptions options(const std::string& dir) {
        EngineOptions o;
        o.dir = dir;
        o.agent = "a.alder";
        return o;
    }
    /// How many cases there are of each number.
    static std::map<int, int> cases(const std::string& dir) {
        auto db = store::sql::Database::open(store::databasePath(dir), store::sql::Access::ReadOnly);
        if (!db) qFatal("%s", db.error().detail.c_str());
        auto query = store::sql::Statement<0, 1>::prepare(*db, "SELECT address FROM case_text");
        std::map<int, int> out;
        for (auto row = query->step(); row && *row; row = query->step()) ++out[std::stoi(query->text(0))];
        return out;
    }

private Q_SLOTS:
    void nothingConfirmedIsLostAndNothingIsHalfThere_data() {
        QTest::addColumn<bool>("import");
        QTest::newRow("edits") << false;
        QTest::newRow("import") << true;
    }
    void nothingConfirmedIsLostAndNothingIsHalfThere() {
        QFETCH(bool, import);
        const int whole = import ? kCasesPerBatch : kCasesPerEdit;
        QTemporaryDir folder;
        const auto dir = folder.path().toStdString() + "/city";
        QVERIFY(Engine::create(options(dir)).has_value());
        {
            auto engine = Engine::open(options(dir));
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
        std::mt19937 random(static_cast<unsigned>(setting("WARDLINE_SEED", 1)));
        int confirmed = 0, unconfirmed = 0;
        const int kills = setting("WARDLINE_KILLS", 25);
        for (int round = 0; round < kills; ++round) {
            const std::chrono::milliseconds time(std::uniform_int_distribution<int>(5, import ? 300 : 200)(random));
            const auto life = liveFor(time, dir, import, confirmed + 1);
            QVERIFY2(life.died, "the program ended by itself");
            confirmed = std::max(confirmed, life.last);

            auto engine = Engine::open(options(dir));
            QVERIFY2(engine.has_value(), engine ? "" : (engine.error().code + " " + engine.error().detail).c_str());
            store::VerifyReport report;
            const auto checked = (*engine)->withStore([&](store::Store& s, const CaseDeriver& deriver) -> Result<void> {
                WL_TRY(report, s.verify(deriver));
                return {};
            });
            QVERIFY2(checked.has_value(), checked ? "" : checked.error().code.c_str());
            QVERIFY2(report.good(),
                     report.complaints.empty() ? report.integrity.c_str() : report.complaints.front().c_str());
            engine->reset();

            const auto there = cases(dir);
            for (const auto& [number, count] : there)
                QVERIFY2(count % whole == 0, qPrintable(QStringLiteral("%1 of number %2").arg(count).arg(number)));
            for (int number = 1; number <= confirmed; ++number)
                QVERIFY2(there.contains(number),
                         qPrintable(QStringLiteral("number %1 was confirmed and is gone").arg(number)));
            // At most one number beyond the last that was told can have been committed. An import repeats it, edits go
            // on.
            QVERIFY(there.empty() || there.rbegin()->first <= confirmed + 1);
            if (import)
                for (const auto& [number, count] : there) QCOMPARE(count, whole);
            if (!there.empty() && there.rbegin()->first > confirmed) ++unconfirmed;
            if (!import && !there.empty()) confirmed = std::max(confirmed, there.rbegin()->first);
        }
        qInfo("%d kills, %d transactions, %d lives ended with one committed and not told", kills, confirmed,
              unconfirmed);
        QVERIFY2(confirmed > 0, "no transaction was ever confirmed: the lives are too short to prove anything");
    }
};

int main(int argc, char** argv) {
    if (argc == 5 && std::string_view(argv[1]) == "--writer")
        return workForever(argv[2], std::string_view(argv[3]) == "import", std::atoi(argv[4]));
    QCoreApplication app(argc, argv);
    KillTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "kill_test.moc"
