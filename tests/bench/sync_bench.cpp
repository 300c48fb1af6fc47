// SPDX-License-Identifier: GPL-3.0-or-later
// Two consoles in two processes on the job of peers/job.hpp, over loopback TLS: B is let in while A is empty, A makes
// the cases and edits, B catches up; then single edits at A until B has committed them, both durable. Every chain and
// signature is verified, history is kept, personal text is sealed.
//
//   sync_bench CASES FOLDER
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <future>
#include <thread>

#include "bench/peers/job.hpp"
#include "engine/engine.hpp"
#include "engine/join_city.hpp"
#include "rules/catalogue.hpp"

namespace {

using namespace wl;
using namespace wl::engine;

constexpr int kLiveEdits = 400;
constexpr int kCasesPerBatch = 250;

template <class T>
T must(Result<T> result) {
    if (result) {
        if constexpr (std::is_void_v<T>) return;
        else return std::move(*result);
    }
    std::fprintf(stderr, "sync_bench: %s %s %s\n", result.error().code.c_str(), result.error().field.c_str(),
                 result.error().detail.c_str());
    std::_Exit(3);
}

double seconds() { return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count(); }
void nap() { std::this_thread::sleep_for(std::chrono::milliseconds(2)); }

void put(int fd, const void* bytes, std::size_t size) {
    if (::write(fd, bytes, size) != static_cast<ssize_t>(size)) std::_Exit(3);
}
bool get(int fd, void* bytes, std::size_t size) {
    for (std::size_t done = 0; done < size;) {
        const auto got = ::read(fd, static_cast<char*>(bytes) + done, size - done);
        if (got <= 0) return false;
        done += static_cast<std::size_t>(got);
    }
    return true;
}

CaseId idOf(int n) {
    CaseId id;
    id.bytes[0] = 1;
    for (int i = 0; i < 4; ++i) id.bytes[static_cast<std::size_t>(15 - i)] = static_cast<std::uint8_t>(n >> (8 * i));
    return id;
}

Priority priorityOf(const std::string& digit) { return static_cast<Priority>(std::atoi(digit.c_str())); }

Command openOf(int n) {
    const auto c = bench::caseOf(n);
    OpenCase open;
    open.id = idOf(n);
    open.fields.set(CaseField::Service, c.service);
    open.fields.set(CaseField::Priority, static_cast<std::int64_t>(c.priority));
    open.fields.set(CaseField::Department, c.department);
    open.fields.set(CaseField::Area, c.area);
    open.fields.set(CaseField::Address, c.address);
    open.fields.set(CaseField::Position, GeoPoint::of(c.lat, c.lon));
    open.fields.set(CaseField::Title, c.title);
    open.fields.set(CaseField::Description, c.description);
    open.fields.set(CaseField::LocationNote, c.requester);
    return open;
}

// Two fields a round, as the other engines write them.
Command editOf(int n, int round) {
    const auto e = bench::editOf(n, round);
    EditCase edit;
    edit.target.id = idOf(n);
    for (const auto& [field, value] : e) {
        const std::string name = field;
        if (name == "department") edit.fields.set(CaseField::Department, value);
        if (name == "priority") edit.fields.set(CaseField::Priority, static_cast<std::int64_t>(priorityOf(value)));
        if (name == "title") edit.fields.set(CaseField::Title, value);
        if (name == "status") edit.fields.set(CaseField::Crew, value);
    }
    return edit;
}

PublishCatalogue services() {
    PublishCatalogue out;
    for (int i = 0; i < 25; ++i) {
        rules::Service service;
        service.code = "S" + std::to_string(i);
        service.name = "Service " + std::to_string(i);
        out.items.push_back(rules::toItem(service));
    }
    for (int i = 0; i < 5; ++i) {
        rules::Department department;
        department.code = department.name = "D" + std::to_string(i);
        out.items.push_back(rules::toItem(department));
    }
    return out;
}

std::uint64_t opsOf(Engine& engine) {
    std::int64_t ops = 0;
    must(engine.withStore([&](store::Store& store, const CaseDeriver&) -> Result<void> {
        for (const auto& head : store.heads()) ops += static_cast<std::int64_t>(head.seq);
        return {};
    }));
    return static_cast<std::uint64_t>(ops);
}

long peakKiB() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

// Bytes that the loopback device carried; every connection of this bench runs over it.
std::uint64_t loopbackBytes() {
    std::ifstream in("/proc/net/dev");
    for (std::string line; std::getline(in, line);) {
        const auto at = line.find("lo:");
        if (at != std::string::npos) return std::strtoull(line.c_str() + at + 3, nullptr, 10);
    }
    return 0;
}

std::unique_ptr<Engine> openAt(const std::filesystem::path& dir) {
    EngineOptions options;
    options.dir = dir;
    auto engine = must(Engine::open(options));
    engine->waitUntilLoaded();
    return engine;
}

// A. Pairs B, makes the job while B is away, serves it, then edits when it is told to.
[[noreturn]] void author(const std::filesystem::path& dir, int cases, int in, int out) {
    EngineOptions options;
    options.dir = dir;
    must(Engine::create(options));
    auto engine = openAt(dir);
    SyncSettings settings;
    settings.on = true;
    settings.listen = "127.0.0.1:0";
    settings.discover = false;
    must(engine->sync().start(settings));
    const auto offer = must(engine->sync().offerPairing());
    char line[32]{};
    std::snprintf(line, sizeof line, "%u %s", engine->sync().status()->port, offer.code.c_str());
    put(out, line, sizeof line);
    while (!engine->sync().status()->offer || !engine->sync().status()->offer->asked) nap();
    must(engine->sync().letIn("B", "", ConsoleRole::Agent));
    while (!engine->sync().status()->offer || !engine->sync().status()->offer->done) nap();
    must(engine->submitAndWait(services()));
    const double began = seconds();
    engine->setBulk(true);
    for (int at = 0; at < cases; at += kCasesPerBatch) {
        for (int round = -1; round < 3; ++round) {
            CommandBatch batch;
            for (int n = at; n < std::min(cases, at + kCasesPerBatch); ++n)
                batch.commands.push_back(round < 0 ? openOf(n) : editOf(n, round));
            must(engine->submitAndWait(std::move(batch)));
        }
    }
    engine->setBulk(false);
    const double made = seconds() - began;
    const std::uint64_t ops = opsOf(*engine);
    put(out, &made, sizeof made);
    put(out, &ops, sizeof ops);
    for (int n = 0; get(in, &n, sizeof n);) {
        const double start = seconds();
        EditCase edit;
        edit.target.id = idOf(n);
        edit.fields.set(CaseField::Title, "edit " + std::to_string(n));
        edit.fields.set(CaseField::Department, "D" + std::to_string(n % 7));
        must(engine->submitAndWait(std::move(edit)));
        put(out, &start, sizeof start);
    }
    engine.reset();
    std::_Exit(0);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) return std::fprintf(stderr, "usage: sync_bench CASES FOLDER\n"), 2;
    const int cases = std::atoi(argv[1]);
    const std::filesystem::path folder = argv[2];
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    int toA[2], fromA[2];
    if (::pipe(toA) != 0 || ::pipe(fromA) != 0) return 3;
    const auto child = ::fork();
    if (child == 0) {
        ::close(toA[1]);
        ::close(fromA[0]);
        author(folder / "a", cases, toA[0], fromA[1]);
    }
    ::close(toA[0]);
    ::close(fromA[1]);
    char line[32]{};
    if (!get(fromA[0], line, sizeof line)) return 3;
    const std::string said(line);
    const auto address = "127.0.0.1:" + said.substr(0, said.find(' '));
    JoinOptions join;
    join.dir = folder / "b";
    join.address = address;
    join.code = said.substr(said.find(' ') + 1);
    join.name = "B";
    join.compare = [](const std::string&) {};
    must(joinCity(join));
    double made = 0;
    std::uint64_t ops = 0;
    if (!get(fromA[0], &made, sizeof made) || !get(fromA[0], &ops, sizeof ops)) return 3;

    auto engine = openAt(folder / "b");
    SyncSettings settings;
    settings.on = true;
    settings.listen = "";
    settings.peers = {address};
    settings.discover = false;
    const auto wireBefore = loopbackBytes();
    const double began = seconds();
    must(engine->sync().start(settings));
    while (opsOf(*engine) < ops) nap();
    const double took = seconds() - began;
    const auto wire = (loopbackBytes() - wireBefore);
    const long peak = peakKiB();

    std::atomic<double> seen{0};
    auto watching = engine->subscribe([&](const ChangeSetPtr& changes) {
        if (!changes->cases.empty()) seen = seconds();
    });
    std::vector<double> waits;
    for (int n = 0; n < kLiveEdits && n < cases; ++n) {
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
        seen = 0;
        double start = 0;
        put(toA[1], &n, sizeof n);
        if (!get(fromA[0], &start, sizeof start)) return 3;
        while (seen.load() == 0) std::this_thread::yield();
        waits.push_back((seen.load() - start) * 1000);
    }
    ::close(toA[1]);
    ::waitpid(child, nullptr, 0);
    must(engine->withStore([](store::Store& store, const CaseDeriver&) -> Result<void> { return store.checkpoint(); }));
    watching = {};
    engine.reset();
    const auto disk = std::filesystem::file_size(folder / "b" / "replica.db");
    std::ranges::sort(waits);
    std::printf("{\"engine\":\"Wardline\",\"cases\":%d,\"ops\":%llu,\"ops_per_second\":%.0f,\"seconds\":%.3f,\"wire_"
                "bytes\":%llu,"
                "\"disk_bytes\":%llu,\"peak_kib\":%ld,\"p50_ms\":%.3f,\"p99_ms\":%.3f,\"creation_seconds\":%.1f,"
                "\"history\":\"all, signed and verified\"}\n",
                cases, static_cast<unsigned long long>(ops), static_cast<double>(ops) / took, took,
                static_cast<unsigned long long>(wire), static_cast<unsigned long long>(disk), peak,
                waits[waits.size() / 2], waits[waits.size() * 99 / 100], made);
    return 0;
}
