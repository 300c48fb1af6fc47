// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A replica in a temporary folder, and random work in it through the same calls as the engine's.

#include <QTemporaryDir>

#include <algorithm>

#include "domain/crypto.hpp"
#include "domain/workflow.hpp"
#include "sim/plain_deriver.hpp"
#include "store/keys.hpp"
#include "store/schema.hpp"
#include "store/sqlite.hpp"
#include "store/store.hpp"
#include "support/property.hpp"

namespace wl::store::test {

using wl::test::Recipe;

using sim::PlainDeriver;

class Replica {
public:
    explicit Replica(std::uint64_t seed = 1) : m_rng(seed) {
        if (const auto made = Store::create(options()); !made) qFatal("create: %s", made.error().detail.c_str());
        open();
    }

    /// Another console of the same city, enrolled by the first one (its realm's writer), that knows the same cases and
    /// citizens by their ids alone.
    Replica(Replica& writer, std::uint64_t seed, ConsoleRole role = ConsoleRole::Administrator)
        : m_rng(seed), m_cases(writer.m_cases), m_persons(writer.m_persons) {
        clock.set(writer.clock.now());
        const auto own = makeOriginSecrets(writer.store->realm(), m_rng);
        const ConsoleCard card{own.origin, own.keys.publicKey, own.tls.publicKey, "Desk", {}, role};
        if (auto done = writer.store->appendRealm(ConsoleEnrolled{card}, writer.deriver); !done)
            qFatal("enrol: %s", done.error().code.c_str());
        if (auto made = Store::join(options(), writer.store->realmSecrets(), own, writer.store->realmEntries(1)); !made)
            qFatal("join: %s", made.error().code.c_str());
        open();
    }

    [[nodiscard]] StoreOptions options() { return {dir(), clock, m_rng}; }
    [[nodiscard]] std::filesystem::path dir() const { return m_dir.path().toStdString() + "/city"; }
    [[nodiscard]] std::filesystem::path database() const { return databasePath(dir()); }
    [[nodiscard]] std::filesystem::path journal() const { return dir() / "own.log"; }

    Result<void> tryOpen() {
        store.reset();
        WL_TRY(store, Store::open(options()));
        return {};
    }
    void open() {
        if (auto done = tryOpen(); !done) qFatal("open: %s %s", done.error().code.c_str(), done.error().detail.c_str());
    }
    void close() { store.reset(); }
    /// SQL in the closed database, for damage.
    void sql(const std::string& text) {
        close();
        auto db = wl::store::sql::Database::open(database(), wl::store::sql::Access::ReadWrite);
        if (!db) qFatal("sql: %s", db.error().detail.c_str());
        if (auto done = db->run(text); !done) qFatal("sql: %s", done.error().detail.c_str());
    }
    Result<RebuildReport> rebuildIt() {
        close();
        return rebuild(options(), [](const auto&) { return std::make_unique<PlainDeriver>(); });
    }
    std::string digest() { return store->digest().value(); }
    VerifyReport verify() {
        auto report = store->verify(deriver);
        if (!report) qFatal("verify: %s %s", report.error().code.c_str(), report.error().detail.c_str());
        return *report;
    }

    // ---- work --------------------------------------------------------------------------------------------------
    Result<ChangeSet> commit(std::vector<OpDraft> group) {
        WL_CHECK(store->begin());
        if (auto added = store->add(group, "a.alder"); !added) {
            store->rollback();
            return std::unexpected(added.error());
        }
        return store->commit(deriver);
    }
    OpDraft opening(const std::string& description = "Deep hole by the school") {
        CaseOpened b;
        b.fields.set(CaseField::Service, std::string("POTHOLE"));
        b.fields.set(CaseField::Priority, std::int64_t{2});
        b.fields.set(CaseField::RequestedAt, clock.now().ms);
        b.fields.set(CaseField::Position, GeoPoint{420'000'000, -710'000'000});
        b.fields.set(CaseField::Address, std::string("12 Main St"));
        b.fields.set(CaseField::Description, description);
        const auto id = randomBytes<decltype(EntityId::bytes)>(m_rng);
        m_cases.push_back({id});
        return {m_cases.back(), b, {}, true};
    }
    /// One transaction of random ops; now and then it is given up. False if the store said no.
    [[nodiscard]] bool work(Recipe& r) {
        clock.set({clock.now().ms + static_cast<std::int64_t>(r.below(5000))});
        const auto casesBefore = m_cases.size(), personsBefore = m_persons.size();
        if (!store->begin()) return false;
        for (auto n = 1 + r.below(3); n > 0; --n) {
            std::vector<OpDraft> group;
            for (auto k = 1 + r.below(3); k > 0; --k) group.push_back(randomDraft(r));
            if (!store->add(group, r.chance(80) ? "a.alder" : "")) return false;
        }
        if (r.chance(15)) {
            store->rollback();
            m_cases.resize(casesBefore);
            m_persons.resize(personsBefore);
            return true;
        }
        return store->commit(deriver).has_value();
    }

    /// Knows the other's cases and citizens too, so that random work meets on them.
    void learn(const Replica& other) {
        const auto add = [](auto& mine, const auto& theirs) {
            for (const auto& id : theirs)
                if (std::ranges::find(mine, id) == mine.end()) mine.push_back(id);
        };
        add(m_cases, other.m_cases);
        add(m_persons, other.m_persons);
    }
    [[nodiscard]] const std::vector<CaseId>& cases() const { return m_cases; }
    [[nodiscard]] const std::vector<PersonId>& persons() const { return m_persons; }

    ManualClock clock{Instant{1'700'000'000'000}};
    PlainDeriver deriver;
    std::unique_ptr<Store> store;

private:
    OpDraft randomDraft(Recipe& r) {
        const auto what = r.below(12);
        if (what == 0 || m_cases.empty()) return opening(r.text(30));
        if (what == 1 || (what < 4 && m_persons.empty())) {
            PersonOpened b;
            b.fields.set(PersonField::Name, r.text(10));
            m_persons.push_back({randomBytes<decltype(EntityId::bytes)>(m_rng)});
            return {m_persons.back(), b, {}, true};
        }
        if (what == 2)
            return {r.of(m_persons),
                    PersonContactAdded{ContactKind::Phone, "+1555" + std::to_string(r.below(50)), {}},
                    {},
                    false};
        if (what == 3) {
            PersonEdited b;
            b.fields.set(PersonField::Note, r.text(20));
            return {r.of(m_persons), b, {}, false};
        }
        if (what == 4) {
            const auto code = std::to_string(r.below(5));
            return {itemId("service", code), CatalogueItemPublished{"service", code, r.text(10)}, {}, false};
        }
        if (r.chance(15)) return judged(r);
        const auto id = r.of(m_cases);
        if (what == 9 && r.chance(50)) return message(r, id);
        if (what == 8 && r.chance(60)) return report(r, id);
        if (what < 8) {
            const auto* found = store->caseOf(id).value();
            const auto from = found && r.chance(80) ? found->state.status : static_cast<Status>(r.below(8));
            return {id,
                    CaseStatusChanged{.from = from,
                                      .to = static_cast<Status>(r.below(8)),
                                      .reason = r.text(3),
                                      .at = {},
                                      .note = r.text(5)},
                    {},
                    false};
        }
        if (what == 8) {
            InteractionRecorded i{.channel = Channel::Phone,
                                  .direction = Direction::Out,
                                  .kind = InteractionKind::Call,
                                  .visibility = Visibility::Public,
                                  .at = {},
                                  .body = r.text(20),
                                  .author = {},
                                  .externalId = {},
                                  .person = {},
                                  .automatic = false};
            return {id, i, "why", false};
        }
        CaseEdited b;
        const auto field = r.chance(50)   ? CaseField::Priority
                           : r.chance(50) ? CaseField::Description
                                          : CaseField::Owner;
        b.fields.set(field, r.chance(10)                         ? Value{}
                            : spec(field).type == FieldType::Int ? Value{static_cast<std::int64_t>(r.below(5))}
                                                                 : Value{r.text(8)});
        if (const auto* found = store->caseOf(id).value(); found && r.chance(85)) {
            const auto fieldId = static_cast<std::uint8_t>(field);
            for (const auto& rival : found->state.fields[fieldId].rivals) b.preds[fieldId].push_back(rival.dot);
            b.preds[fieldId].push_back(found->state.fields[fieldId].stamp.dot);
        }
        return {id, b, {}, false};
    }

    // What is said of two records; mostly it replaces the marks that are seen.
    OpDraft judged(Recipe& r) {
        const bool persons = m_persons.size() > 1 && r.chance(60);
        auto home = persons ? r.of(m_persons) : r.of(m_cases), other = persons ? r.of(m_persons) : r.of(m_cases);
        if (home < other) std::swap(home, other);
        JudgedPair pair{other, static_cast<Judgement>(r.below(3)), r.chance(30), 7'100, "name=+7100", {}};
        if (persons) {
            if (const auto* view = store->personOf(home).value(); view && r.chance(85))
                pair.replaces = view->state.judgements.standing(other);
            return {home, PersonsJudged{pair}, {}, false};
        }
        if (const auto* detail = store->caseOf(home).value(); detail && r.chance(85))
            pair.replaces = detail->state.judgements.standing(other);
        return {home, CasesJudged{pair}, {}, false};
    }
    // A message, or what became of one.
    OpDraft message(Recipe& r, const CaseId& id) {
        const auto* found = store->caseOf(id).value();
        MessageMoved moved{.message = {}, .to = static_cast<MessageState>(1 + r.below(9)), .at = {}};
        if (found && !found->state.messages.empty() && r.chance(60)) {
            moved.message = r.of(found->state.messages).id;
            return {id, moved, {}, false};
        }
        MessageWritten written{.message = {randomBytes<decltype(EntityId::bytes)>(m_rng)},
                               .person = m_persons.empty() ? PersonId{} : r.of(m_persons),
                               .channel = Channel::Email,
                               .address = r.text(10),
                               .templateCode = {},
                               .language = "en",
                               .subject = r.text(8),
                               .body = r.text(20),
                               .why = static_cast<MessageWhy>(1 + r.below(3)),
                               .state = static_cast<MessageState>(1 + r.below(3)),
                               .at = {},
                               .event = "closed"};
        return {id, written, {}, false};
    }
    OpDraft report(Recipe& r, const CaseId& id) {
        if (const auto* found = store->caseOf(id).value(); found && !found->state.reports.empty() && r.chance(40))
            return {id, ReportsLeft{{r.of(found->state.reports).joined.dot}, {}}, {}, false};
        return {id,
                ReportJoined{m_persons.empty() ? PersonId{} : r.of(m_persons), Channel::Phone, {}, 1, r.text(20)},
                {},
                false};
    }

    QTemporaryDir m_dir;
    SeededRng m_rng;
    std::vector<CaseId> m_cases;
    std::vector<PersonId> m_persons;
};

}  // namespace wl::store::test
