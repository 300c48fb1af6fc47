// SPDX-License-Identifier: GPL-3.0-or-later
// How fast a replica takes in another one's log: accept_bench FOLDER CASES. Each case is an opening with a description
// of a caller's length and three edits; slices of at most 1,000 ops, or all at once into an empty replica.
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "domain/crypto.hpp"
#include "engine/sync_port.hpp"
#include "rules/sla.hpp"

using namespace wl;

namespace {

struct Side {
    std::filesystem::path dir;
    SystemClock clock;
    SeededRng rng;
    std::unique_ptr<store::Store> store;
    Side(std::filesystem::path d, std::uint64_t seed) : dir(std::move(d)), rng(seed) {}
    store::StoreOptions options() { return {dir, clock, rng}; }
    void open() {
        auto opened = store::Store::open(options());
        if (!opened) std::fprintf(stderr, "open: %s\n", opened.error().code.c_str()), std::exit(3);
        store = std::move(*opened);
    }
};

double cpu() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

template <class T>
T need(Result<T> result) {
    if (!result)
        std::fprintf(stderr, "%s %s\n", result.error().code.c_str(), result.error().detail.c_str()), std::exit(3);
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

std::vector<CaseId> fill(Side& side, std::size_t cases, const CaseDeriver& deriver) {
    std::vector<CaseId> ids;
    const char* words[] = {"deep hole", "water",    "by the school",     "since Monday", "two cars",    "broken lamp",
                           "at night",  "the kerb", "near the bus stop", "a bin",        "overflowing", "children",
                           "dangerous", "again"};
    std::uint64_t x = 42;
    const auto pick = [&](std::uint64_t n) {
        return (x = x * 6364136223846793005ULL + 1442695040888963407ULL) >> 33 % n;
    };
    need(side.store->setBulk(true));
    for (std::size_t done = 0; done < cases;) {
        need(side.store->begin());
        for (int i = 0; i < 250 && done < cases; ++i, ++done) {
            CaseOpened opened;
            std::string text;
            while (text.size() < 150)
                text += std::string(words[pick(64) % 14]) + ' ' + std::to_string(pick(64) % 100) + ' ';
            opened.fields.set(CaseField::Service, std::string("S") + std::to_string(pick(64) % 40));
            opened.fields.set(CaseField::Priority, static_cast<std::int64_t>(1 + pick(64) % 4));
            opened.fields.set(CaseField::RequestedAt, side.clock.now().ms);
            opened.fields.set(CaseField::Position,
                              GeoPoint::of(42.2 + 0.0001 * static_cast<double>(pick(64) % 900), -71.1));
            opened.fields.set(CaseField::Address, std::to_string(pick(64) % 900) + " Main St");
            opened.fields.set(CaseField::Description, text);
            const EntityId id{randomBytes<decltype(EntityId::bytes)>(side.rng)};
            ids.push_back(id);
            std::vector<store::OpDraft> group{{id, opened, {}, true}};
            CaseEdited owner, crew;
            owner.fields.set(CaseField::Owner, std::string("a.alder"));
            crew.fields.set(CaseField::Crew, std::string("C") + std::to_string(pick(64) % 9));
            group.push_back({id, owner, {}, false});
            group.push_back({id, crew, {}, false});
            group.push_back({id, CaseStatusChanged{Status::New, Status::InProgress, 1, {}, {}, {}}, {}, false});
            need(side.store->add(group, "a.alder"));
        }
        need(side.store->commit(deriver));
    }
    need(side.store->setBulk(false));
    return ids;
}

void run(const char* name, Side& from, Side& to, std::size_t slice, const CaseDeriver& deriver) {
    const auto origin = from.store->origin();
    std::uint64_t have = 0, bytes = 0, ops = 0;
    if (slice > 10'000) need(to.store->setBulk(true));
    double took = 0, worked = 0, reading = 0;
    while (true) {
        const auto t0 = now();
        auto bundles = need(from.store->read(origin, have, std::size_t{1} << 20));
        if (bundles.empty()) break;
        reading += now() - t0;
        for (std::size_t i = 0; i < bundles.size();) {
            std::size_t n = 0, count = 0;
            while (i + n < bundles.size() && (n == 0 || count + bundles[i + n].segment.count <= slice))
                count += bundles[i + n++].segment.count;
            const auto before = now(), busy = cpu();
            const auto taken = need(to.store->accept(std::span(bundles).subspan(i, n), deriver));
            took += now() - before;
            worked += cpu() - busy;
            ops += taken.accepted.ops;
            i += n;
        }
        for (const auto& b : bundles) bytes += encodeSegment(b.segment).size() + encodeKeys(b.keys).size();
        have = bundles.back().segment.firstSeq + bundles.back().segment.count - 1;
    }
    const auto before = now();
    need(to.store->makeDurable());
    if (slice > 10'000) need(to.store->setBulk(false));
    took += now() - before;
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    std::printf(
        "%s: %llu ops in %.2f s = %.0f ops/s, CPU %.2f s = %.0f ops/s (reading %.2f s), %.1f B/op, peak RSS %ld MB\n",
        name, static_cast<unsigned long long>(ops), took, static_cast<double>(ops) / took, worked,
        static_cast<double>(ops) / worked, reading, static_cast<double>(bytes) / static_cast<double>(ops),
        usage.ru_maxrss / 1024);
}

// Two consoles that were apart: 2,000 edits each, half of them on the same cases; until both have all of it.
void dayApart(Side& a, Side& b, std::span<const CaseId> cases, const CaseDeriver& deriver) {
    const auto headOf = [](Side& side, const OriginId& origin) {
        for (const auto& head : side.store->heads())
            if (head.origin == origin) return head.seq;
        return std::uint64_t{0};
    };
    const auto before = headOf(a, a.store->origin()), beforeB = headOf(b, b.store->origin());
    const auto work = [&](Side& side, std::size_t own, const char* who) {
        for (std::size_t n = 0; n < 2000; ++n) {
            need(side.store->begin());
            const auto id = cases[n < 1000 ? n : own + n];
            CaseEdited edited;
            edited.fields.set(CaseField::Description, std::string(who) + " looked at it again");
            edited.preds[4] = {need(side.store->caseOf(id))->state.fields[4].stamp.dot};
            std::vector<store::OpDraft> group{{id, edited, {}, false}};
            need(side.store->add(group, "a.alder"));
            need(side.store->commit(deriver));
        }
    };
    need(b.store->acceptRealm(1, a.store->realmEntries(1), deriver));
    work(a, 0, "office");
    work(b, 1000, "branch");
    const auto give = [&](Side& from, Side& to, std::uint64_t have) {
        const auto bundles = need(from.store->read(from.store->origin(), have, std::size_t{64} << 20));
        for (std::size_t i = 0; i < bundles.size(); i += 1000)
            need(to.store->accept(std::span(bundles).subspan(i, std::min<std::size_t>(1000, bundles.size() - i)),
                                  deriver));
        need(to.store->makeDurable());
    };
    const auto t = now();
    give(a, b, before);
    give(b, a, beforeB);
    const auto took = now() - t;
    std::size_t conflicts = 0;
    for (const auto& id : cases.first(3000))
        conflicts += need(b.store->caseOf(id))->state.fields[4].rivals.empty() ? 0 : 1;
    std::printf("a day apart, 2,000 edits each: %.2f s for both, one after the other, %zu conflicts, digests %s\n",
                took, conflicts, need(a.store->digest()) == need(b.store->digest()) ? "equal" : "DIFFERENT");
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 3) return std::fprintf(stderr, "usage: accept_bench FOLDER CASES\n"), 2;
    const std::filesystem::path dir = argv[1];
    const auto cases = static_cast<std::size_t>(std::atoll(argv[2]));
    std::filesystem::remove_all(dir);
    const rules::SlaDeriver deriver(rules::Catalogue::build({}));
    Side a(dir / "a", 1);
    need(store::Store::create(a.options()));
    a.open();
    auto t = now();
    const auto ids = fill(a, cases, deriver);
    std::printf("made: %.2f s\n", now() - t);
    need(a.store->foundRealm());
    const auto join = [&](Side& side) {
        const auto own = store::makeOriginSecrets(a.store->realm(), side.rng);
        need(a.store->appendRealm(
            ConsoleEnrolled{{own.origin, own.keys.publicKey, own.tls.publicKey, "Desk", {}, ConsoleRole::Agent}},
            deriver));
        need(store::Store::join(side.options(), a.store->realmSecrets(), own, a.store->realmEntries(1)));
        side.open();
    };
    Side b(dir / "b", 2), c(dir / "c", 3);
    join(b);
    run("slices of 1,000", a, b, 1000, deriver);
    join(c);
    run("bulk", a, c, 100'000, deriver);
    t = now();
    if (ids.size() >= 3000) dayApart(a, b, ids, deriver);
    t = now();
    const auto report = need(b.store->verify(deriver));
    const bool same = need(b.store->digest()) == need(a.store->digest());
    std::printf("verified: %s, digests %s, %.2f s\n", report.good() ? "good" : "BAD", same ? "equal" : "DIFFERENT",
                now() - t);
    std::filesystem::remove_all(dir);
    return report.good() && same ? 0 : 1;
}
