// SPDX-License-Identifier: GPL-3.0-or-later
// SQLite's session extension on the job of peers/job.hpp: A records a changeset a thousand operations, B applies each
// in a transaction of its own (WAL, synchronous=NORMAL), then single edits, durable at both sides.
//
//   session_bench CASES FOLDER
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <vector>

#include "bench/peers/job.hpp"

namespace {

constexpr int kLiveEdits = 200;

void must(bool good, const char* what) {
    if (good) return;
    std::perror(what);
    std::_Exit(3);
}

double seconds() { return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count(); }

sqlite3* openCases(const std::filesystem::path& file) {
    sqlite3* db = nullptr;
    must(sqlite3_open(file.c_str(), &db) == SQLITE_OK, "open");
    const auto made =
        sqlite3_exec(db,
                     "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
                     "CREATE TABLE cases(id INTEGER PRIMARY KEY, number TEXT, status TEXT, service TEXT, priority INT, "
                     "department TEXT,"
                     " area TEXT, address TEXT, lat REAL, lon REAL, requester TEXT, title TEXT, description TEXT);"
                     "CREATE INDEX by_status ON cases(status); CREATE INDEX by_department ON cases(department, status);"
                     "CREATE INDEX by_service ON cases(service)",
                     nullptr, nullptr, nullptr);
    must(made == SQLITE_OK, "create");
    return db;
}

void run(sqlite3* db, const std::string& sql) {
    must(sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK, "run");
}

// Operations [from, to) of the job: the cases are opened first, then edited round by round within blocks of 250 cases.
struct Author {
    sqlite3* db;
    sqlite3_stmt* insert{};
    sqlite3_stmt* edits[3]{};
    explicit Author(sqlite3* into) : db(into) {
        must(sqlite3_prepare_v2(db, "INSERT INTO cases VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?)", -1, &insert, nullptr) ==
                 SQLITE_OK,
             "prepare");
        const char* second[] = {"department", "priority", "title"};
        for (int i = 0; i < 3; ++i)
            must(sqlite3_prepare_v2(db,
                                    (std::string("UPDATE cases SET status=?, ") + second[i] + "=? WHERE id=?").c_str(),
                                    -1, &edits[i], nullptr) == SQLITE_OK,
                 "prepare");
    }
    void text(sqlite3_stmt* to, int at, const std::string& value) {
        sqlite3_bind_text(to, at, value.c_str(), -1, SQLITE_TRANSIENT);
    }
    void open(int n) {
        const auto c = bench::caseOf(n);
        sqlite3_bind_int(insert, 1, n);
        text(insert, 2, c.number), text(insert, 3, c.status), text(insert, 4, c.service),
            sqlite3_bind_int(insert, 5, c.priority);
        text(insert, 6, c.department), text(insert, 7, c.area), text(insert, 8, c.address),
            sqlite3_bind_double(insert, 9, c.lat);
        sqlite3_bind_double(insert, 10, c.lon), text(insert, 11, c.requester), text(insert, 12, c.title),
            text(insert, 13, c.description);
        must(sqlite3_step(insert) == SQLITE_DONE, "insert");
        sqlite3_reset(insert);
    }
    void edit(int n, int round) {
        const auto change = bench::editOf(n, round);
        auto* to = edits[round];
        text(to, 1, change[0].second), text(to, 2, change[1].second), sqlite3_bind_int(to, 3, n);
        must(sqlite3_step(to) == SQLITE_DONE, "update");
        sqlite3_reset(to);
    }
};

std::string changesOf(sqlite3* db, auto&& work) {
    sqlite3_session* session = nullptr;
    must(sqlite3session_create(db, "main", &session) == SQLITE_OK &&
             sqlite3session_attach(session, "cases") == SQLITE_OK,
         "session");
    run(db, "BEGIN");
    work();
    run(db, "COMMIT");
    int size = 0;
    void* bytes = nullptr;
    must(sqlite3session_changeset(session, &size, &bytes) == SQLITE_OK, "changeset");
    std::string out(static_cast<char*>(bytes), static_cast<std::size_t>(size));
    sqlite3_free(bytes);
    sqlite3session_delete(session);
    return out;
}

void put(int fd, const void* bytes, std::size_t size) {
    for (std::size_t done = 0; done < size;) {
        const auto sent = ::write(fd, static_cast<const char*>(bytes) + done, size - done);
        must(sent > 0, "write");
        done += static_cast<std::size_t>(sent);
    }
}
bool get(int fd, void* bytes, std::size_t size) {
    for (std::size_t done = 0; done < size;) {
        const auto got = ::read(fd, static_cast<char*>(bytes) + done, size - done);
        if (got <= 0) return false;
        done += static_cast<std::size_t>(got);
    }
    return true;
}
void putFrame(int fd, const std::string& body) {
    const auto size = static_cast<std::uint32_t>(body.size());
    put(fd, &size, sizeof size);
    put(fd, body.data(), body.size());
}

// A: makes everything first, then serves it, then makes single edits when asked, each stamped with the instant it
// began.
[[noreturn]] void serve(int listener, int cases, const std::filesystem::path& folder) {
    auto* db = openCases(folder / "a.db");
    Author author(db);
    std::vector<std::string> log;
    for (int at = 0; at < cases; at += 250)
        log.push_back(changesOf(db, [&] {
            for (int n = at; n < std::min(cases, at + 250); ++n) { author.open(n); }
        }));
    for (int round = 0; round < 3; ++round)
        for (int at = 0; at < cases; at += 1000)
            log.push_back(changesOf(db, [&] {
                for (int n = at; n < std::min(cases, at + 1000); ++n) author.edit(n, round);
            }));
    run(db, "PRAGMA synchronous=FULL");
    const int fd = ::accept(listener, nullptr, nullptr);
    const int one = 1;
    ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    for (const auto& changes : log) putFrame(fd, changes);
    putFrame(fd, "");
    int n = 0;
    while (get(fd, &n, sizeof n)) {
        const double began = seconds();
        putFrame(fd, changesOf(db, [&] {
                     author.edit(n, 1);
                     author.edit(n, 2);
                 }));
        put(fd, &began, sizeof began);
    }
    std::_Exit(0);
}

}  // namespace

int main(int argc, char** argv) {
    must(argc == 3, "usage: session_bench CASES FOLDER");
    const int cases = std::atoi(argv[1]);
    const std::filesystem::path folder = argv[2];
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    must(::bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0 && ::listen(listener, 1) == 0 &&
             ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &length) == 0,
         "listen");
    const auto child = ::fork();
    if (child == 0) serve(listener, cases, folder);
    const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
    must(::connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0, "connect");
    auto* db = openCases(folder / "b.db");
    std::uint32_t size = 0;
    std::string body;
    // A listens before it has made its data: the clock starts when the first byte arrives.
    must(get(fd, &size, sizeof size), "read");
    const double began = seconds();
    std::uint64_t wire = 4;
    const auto conflict = [](void*, int, sqlite3_changeset_iter*) { return SQLITE_CHANGESET_REPLACE; };
    const auto apply = [&] {
        must(sqlite3changeset_apply(db, static_cast<int>(body.size()), body.data(), nullptr, conflict, nullptr) ==
                 SQLITE_OK,
             "apply");
    };
    while (size > 0) {
        body.resize(size);
        must(get(fd, body.data(), size), "read");
        wire += size + 4;
        apply();
        must(get(fd, &size, sizeof size), "read");
    }
    const double took = seconds() - began;
    run(db, "PRAGMA wal_checkpoint(TRUNCATE)");
    const auto disk = std::filesystem::file_size(folder / "b.db");
    std::vector<double> waits;
    for (int n = 0; n < kLiveEdits && n < cases; ++n) {
        put(fd, &n, sizeof n);
        must(get(fd, &size, sizeof size), "read");
        body.resize(size);
        double edited = 0;
        must(get(fd, body.data(), size), "read");
        apply();
        const double seen = seconds();
        must(get(fd, &edited, sizeof edited), "read");
        waits.push_back((seen - edited) * 1000);
    }
    std::ranges::sort(waits);
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    std::printf("{\"engine\":\"SQLite session "
                "extension\",\"cases\":%d,\"ops\":%d,\"ops_per_second\":%.0f,\"seconds\":%.3f,\"wire_bytes\":%llu,"
                "\"disk_bytes\":%llu,\"peak_kib\":%ld,\"p50_ms\":%.3f,\"p99_ms\":%.3f,\"history\":\"none, nothing "
                "verified\"}\n",
                cases, 4 * cases, 4 * cases / took, took, static_cast<unsigned long long>(wire),
                static_cast<unsigned long long>(disk), usage.ru_maxrss, waits[waits.size() / 2],
                waits[waits.size() * 99 / 100]);
    ::close(fd);
    ::waitpid(child, nullptr, 0);
    return 0;
}
