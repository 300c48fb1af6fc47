// SPDX-License-Identifier: GPL-3.0-or-later
// End-to-end figures on replicas of N made-up cases: import through the log, start, queues, sorting, search, opening a
// case, own edits; beside them plain SQLite inserting the same final rows. Prints one Markdown table.
//
//   desk_bench FOLDER CASES     the replica stays in FOLDER/replica
#include <sqlite3.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <vector>

#include "domain/case_number.hpp"
#include "engine/engine.hpp"
#include "rules/catalogue.hpp"

namespace {

using namespace wl;
using namespace wl::engine;
using SteadyClock = std::chrono::steady_clock;

double millisecondsSince(SteadyClock::time_point began) {
    return std::chrono::duration<double, std::milli>(SteadyClock::now() - began).count();
}

double median(std::vector<double> values) {
    std::ranges::sort(values);
    return values.empty() ? 0 : values[values.size() / 2];
}
double percentile95(std::vector<double> values) {
    std::ranges::sort(values);
    return values.empty() ? 0 : values[std::min(values.size() - 1, values.size() * 95 / 100)];
}

double residentMegabytes() {
    std::ifstream in("/proc/self/statm");
    long size = 0, resident = 0;
    in >> size >> resident;
    return static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE)) / 1048576.0;
}

// splitmix64: the same cases on every machine.
struct Dice {
    std::uint64_t state{311};
    std::uint64_t next() {
        std::uint64_t z = (state += 0x9E3779B97F4A7C15ULL);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31);
    }
    std::uint64_t below(std::uint64_t n) { return next() % n; }
};

constexpr const char* kWords[] = {"deep",  "hole",   "near",  "the",       "school",    "gate",     "water", "runs",
                                  "over",  "street", "lamp",  "dark",      "since",     "monday",   "bin",   "missed",
                                  "again", "corner", "tree",  "branch",    "fallen",    "blocks",   "path",  "noise",
                                  "night", "sign",   "bent",  "car",       "abandoned", "graffiti", "wall",  "bridge",
                                  "rail",  "broken", "glass", "playground"};
constexpr const char* kStreets[] = {"Main St", "Harbour Rd", "Mill Lane", "Station Ave", "Oak St",
                                    "Elm Row", "Kiln St",    "Quay St",   "Hill Rd",     "Park Ave"};

std::string phrase(Dice& dice, int words) {
    std::string out;
    for (int i = 0; i < words; ++i) out += (i ? " " : "") + std::string(kWords[dice.below(std::size(kWords))]);
    return out;
}

ImportDraft draft(Dice& dice, std::int64_t n, std::int64_t total) {
    ImportDraft d;
    d.source = "bench";
    d.externalId = std::to_string(n);
    const std::int64_t requested = 1'600'000'000'000 + n * (94'608'000'000 / total);
    d.fields.set(CaseField::Service, "S" + std::to_string(dice.below(25)));
    d.fields.set(CaseField::Priority, static_cast<std::int64_t>(1 + dice.below(4)));
    d.fields.set(CaseField::Description, phrase(dice, 24));
    d.fields.set(CaseField::Address,
                 std::to_string(1 + dice.below(400)) + " " + kStreets[dice.below(std::size(kStreets))]);
    d.fields.set(CaseField::Position, GeoPoint::of(42.25 + static_cast<double>(dice.below(150'000)) * 1e-6,
                                                   -71.15 + static_cast<double>(dice.below(150'000)) * 1e-6));
    d.fields.set(CaseField::Department, "D" + std::to_string(dice.below(5)));
    d.fields.set(CaseField::Area, "A" + std::to_string(dice.below(9)));
    if (dice.below(4) > 0) d.fields.set(CaseField::Owner, "agent" + std::to_string(dice.below(40)));
    d.fields.set(CaseField::RequestedAt, requested);
    d.fields.set(CaseField::DueOverride, requested + 3 * 86'400'000);
    d.updatedAt = {requested + 86'400'000};
    if (dice.below(10) > 0) {  // one in ten stays open
        d.status = Status::Closed;
        d.closedAt = d.updatedAt;
    } else if (dice.below(2) == 0) {
        d.status = Status::InProgress;
        d.statusAt = {requested + 3'600'000};
    }
    return d;
}

struct Row {
    const char* what;
    double middle, p95;
    const char* unit;
};
void print(const Row& r) {
    if (r.p95 > 0) std::printf("| %s | %.2f %s | %.2f %s |\n", r.what, r.middle, r.unit, r.p95, r.unit);
    else std::printf("| %s | %.2f %s | |\n", r.what, r.middle, r.unit);
    std::fflush(stdout);
}

void timed(const char* what, int runs, const std::function<void(int)>& body) {
    std::vector<double> ms;
    for (int i = 0; i < runs; ++i) {
        const auto began = SteadyClock::now();
        body(i);
        ms.push_back(millisecondsSince(began));
    }
    print({what, median(ms), percentile95(ms), "ms"});
}

// The same final rows, three indexes, one transaction: what SQLite alone needs.
double plainSqliteSeconds(const std::filesystem::path& file, std::int64_t cases) {
    std::filesystem::remove(file);
    sqlite3* db = nullptr;
    sqlite3_open(file.c_str(), &db);
    sqlite3_exec(
        db,
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA page_size=8192;"
        "CREATE TABLE cases(ck INTEGER PRIMARY KEY, number TEXT, service TEXT, priority INT, description TEXT, address "
        "TEXT, lat REAL,"
        " lon REAL, department TEXT, area TEXT, owner TEXT, requested INT, due INT, updated INT, status INT);"
        "CREATE INDEX a ON cases(number); CREATE INDEX b ON cases(status, due); CREATE INDEX c ON cases(owner);",
        nullptr, nullptr, nullptr);
    sqlite3_stmt* insert = nullptr;
    sqlite3_prepare_v2(db, "INSERT INTO cases VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", -1, &insert, nullptr);
    Dice dice;
    const auto began = SteadyClock::now();
    sqlite3_exec(db, "BEGIN", nullptr, nullptr, nullptr);
    for (std::int64_t n = 1; n <= cases; ++n) {
        const auto d = draft(dice, n, cases);
        CaseId id;
        for (std::size_t i = 0; i < 8; ++i) id.bytes[i] = static_cast<std::uint8_t>(n >> (8 * i));
        const auto number = caseNumber(id);
        const auto text = [&](int i, CaseField f) {
            const auto* v = d.fields.find(f);
            const std::string& s = v ? asText(*v) : std::string();
            sqlite3_bind_text(insert, i, s.data(), static_cast<int>(s.size()), SQLITE_TRANSIENT);
        };
        sqlite3_bind_int64(insert, 1, n);
        sqlite3_bind_text(insert, 2, number.data(), static_cast<int>(number.size()), SQLITE_TRANSIENT);
        text(3, CaseField::Service);
        sqlite3_bind_int64(insert, 4, asInt(*d.fields.find(CaseField::Priority)));
        text(5, CaseField::Description);
        text(6, CaseField::Address);
        const auto place = std::get<GeoPoint>(*d.fields.find(CaseField::Position));
        sqlite3_bind_double(insert, 7, place.lat());
        sqlite3_bind_double(insert, 8, place.lon());
        text(9, CaseField::Department);
        text(10, CaseField::Area);
        text(11, CaseField::Owner);
        sqlite3_bind_int64(insert, 12, asInt(*d.fields.find(CaseField::RequestedAt)));
        sqlite3_bind_int64(insert, 13, asInt(*d.fields.find(CaseField::DueOverride)));
        sqlite3_bind_int64(insert, 14, d.updatedAt.ms);
        sqlite3_bind_int64(insert, 15, static_cast<int>(d.status));
        sqlite3_step(insert);
        sqlite3_reset(insert);
    }
    sqlite3_exec(db, "COMMIT", nullptr, nullptr, nullptr);
    const auto seconds = millisecondsSince(began) / 1000;
    sqlite3_finalize(insert);
    sqlite3_close(db);
    std::filesystem::remove(file);
    return seconds;
}

[[noreturn]] void die(const Error& e) {
    std::fprintf(stderr, "desk_bench: %s %s %s\n", e.code.c_str(), e.field.c_str(), e.detail.c_str());
    std::exit(3);
}

double importSeconds(Engine& engine, std::int64_t cases) {
    std::vector<rules::CatalogueItem> items;
    for (int i = 0; i < 25; ++i) {
        rules::Service s;
        s.code = "S" + std::to_string(i);
        s.name = "Service " + std::to_string(i);
        s.department = "D" + std::to_string(i % 5);
        items.push_back(rules::toItem(s));
    }
    if (auto done = engine.submitAndWait(Command{PublishCatalogue{items}}); !done) die(done.error());
    engine.setBulk(true);
    Dice dice;
    const auto began = SteadyClock::now();
    std::vector<ImportDraft> batch;
    for (std::int64_t n = 1; n <= cases; ++n) {
        batch.push_back(draft(dice, n, cases));
        if (batch.size() == 1000 || n == cases) {
            if (auto done = engine.submitAndWait(Command{ImportCases{std::move(batch)}}); !done) die(done.error());
            batch.clear();
        }
    }
    engine.setBulk(false);
    return millisecondsSince(began) / 1000;
}

void queries(Engine& engine) {
    const auto list = [&](CaseQuery q) {
        if (auto listing = engine.queryAndWait(std::move(q)); !listing) die(listing.error());
    };
    CaseQuery open;
    open.filter.open = true;
    timed("switch queue: all open", 21, [&](int) { list(open); });
    timed("switch queue: breached", 21, [&](int) {
        auto q = open;
        q.filter.sla = {SlaState::Breached};
        list(q);
    });
    timed("switch queue: one owner", 21, [&](int i) {
        auto q = open;
        q.filter.owners = {"agent" + std::to_string(i % 40)};
        list(q);
    });
    timed("all cases, newest first", 21, [&](int) { list({{}, {CaseColumn::Requested, true}}); });
    timed("sort the open cases by service", 21, [&](int) { list({open.filter, {CaseColumn::Service, false}}); });
    timed("sort the open cases by address, first time", 1,
          [&](int) { list({open.filter, {CaseColumn::Address, false}}); });
    timed("sort the open cases by address", 21, [&](int) { list({open.filter, {CaseColumn::Address, true}}); });
    timed("filter: service, area and priority", 21, [&](int i) {
        CaseQuery q;
        q.filter.services = {"S" + std::to_string(i % 25)};
        q.filter.areas = {"A1", "A2"};
        q.filter.priorities = {Priority::High};
        list(q);
    });
    timed("text filter: two words, all matches", 21, [&](int i) {
        CaseQuery q;
        q.filter.text = std::string(kWords[static_cast<std::size_t>(i) % std::size(kWords)]) + " playgr";
        list(q);
    });
    timed("counts of eight queues", 21, [&](int) {
        for (int i = 0; i < 8; ++i) {
            auto q = open;
            q.filter.departments = {"D" + std::to_string(i % 5)};
            list(q);
        }
    });
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) return 2;
    const std::filesystem::path folder = argv[1];
    const auto cases = std::atoll(argv[2]);
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    const auto plain = plainSqliteSeconds(folder / "plain.db", cases);

    EngineOptions options;
    options.dir = folder / "replica";
    if (auto made = Engine::create(options); !made) die(made.error());
    auto engine = Engine::open(options);
    if (!engine) die(engine.error());
    const auto seconds = importSeconds(**engine, cases);
    engine->reset();

    std::printf("\n### %lld cases\n\n| work | median | 95th percentile |\n|---|---|---|\n",
                static_cast<long long>(cases));
    print({"import into log, rows and search", seconds, 0, "s"});
    print({"import", static_cast<double>(cases) / seconds, 0, "cases/s"});
    print({"plain SQLite, final rows, 3 indexes, one transaction", plain, 0, "s"});
    print({"ratio to plain SQLite", seconds / plain, 0, "x"});

    std::vector<double> usable, whole;
    for (int i = 0; i < 5; ++i) {
        engine->reset();
        const auto began = SteadyClock::now();
        engine = Engine::open(options);
        if (!engine) die(engine.error());
        CaseQuery open;
        open.filter.open = true;
        auto listing = (*engine)->queryAndWait(open);
        auto reader = (*engine)->openReader();
        if (!listing || !reader) return 3;
        auto keys = (*listing)->keys;
        keys.resize(std::min<std::size_t>(keys.size(), 60));
        if (!(*reader)->rows(keys)) return 3;
        usable.push_back(millisecondsSince(began));
        (*engine)->waitUntilLoaded();
        whole.push_back(millisecondsSince(began));
    }
    print({"open replica to first page of the open queue", median(usable), percentile95(usable), "ms"});
    print({"open replica to every case in the queue index", median(whole), percentile95(whole), "ms"});
    queries(**engine);

    auto reader = *(*engine)->openReader();
    auto all = *(*engine)->queryAndWait({});
    Dice dice;
    timed("read a page of 60 rows", 101, [&](int) {
        std::vector<CaseKey> page;
        for (int i = 0; i < 60; ++i) page.push_back(all->keys[dice.below(all->keys.size())]);
        if (!reader->rows(page)) std::exit(3);
    });
    timed("open a case with its timeline", 101, [&](int) {
        const auto key = all->keys[dice.below(all->keys.size())];
        if (!reader->detail(key) || !reader->timeline(key)) std::exit(3);
    });
    timed("search as you type, one step", 101, [&](int i) {
        const std::string word = kWords[static_cast<std::size_t>(i) % std::size(kWords)];
        if (!reader->search(word.substr(0, 3), 50)) std::exit(3);
    });
    timed("cases within 250 m", 101, [&](int) {
        if (!reader->near(GeoPoint::of(42.25 + static_cast<double>(dice.below(150'000)) * 1e-6,
                                       -71.15 + static_cast<double>(dice.below(150'000)) * 1e-6),
                          250, 20))
            std::exit(3);
    });
    timed("own edit, durable", 101, [&](int i) {
        EditCase edit;
        edit.target.key = all->keys[dice.below(all->keys.size())];
        edit.fields.set(CaseField::Owner, "agent" + std::to_string(i));
        if (auto done = (*engine)->submitAndWait(Command{edit}); !done) die(done.error());
    });
    print({"resident memory at the end", residentMegabytes(), 0, "MB"});
    all.reset();
    reader.reset();
    engine->reset();
    return 0;
}
