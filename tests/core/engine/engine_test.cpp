// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>

#include <future>

#include "engine/engine.hpp"
#include "rules/catalogue.hpp"

using namespace wl;
using namespace wl::engine;

namespace {

rules::Service pothole() {
    rules::Service s;
    s.code = "POTHOLE";
    s.name = "Pothole";
    s.group = "Streets";
    s.department = "PW";
    return s;
}

rules::Department publicWorks() {
    rules::Department d;
    d.code = "PW";
    d.name = "Public Works";
    return d;
}

}  // namespace

class EngineTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<ManualClock> m_clock;
    std::unique_ptr<Engine> m_engine;

    EngineOptions options() const {
        EngineOptions o;
        o.dir = m_dir->path().toStdString() + "/city";
        o.clock = m_clock.get();
        o.agent = "a.alder";
        return o;
    }
    void reopen() {
        m_engine.reset();
        auto opened = Engine::open(options());
        QVERIFY2(opened.has_value(), opened ? "" : opened.error().code.c_str());
        m_engine = std::move(*opened);
        m_engine->waitUntilLoaded();
    }
    Receipt submit(Command c) {
        auto receipt = m_engine->submitAndWait(std::move(c));
        if (!receipt)
            qFatal("%s %s %s", receipt.error().code.c_str(), receipt.error().field.c_str(),
                   receipt.error().detail.c_str());
        return *receipt;
    }
    Receipt openPothole(const char* address = "12 Main St") {
        OpenCase c;
        c.fields.set(CaseField::Service, std::string("POTHOLE"));
        c.fields.set(CaseField::Address, std::string(address));
        c.fields.set(CaseField::Description, std::string("Deep hole by the school"));
        return submit(c);
    }

private Q_SLOTS:
    void init() {
        m_dir = std::make_unique<QTemporaryDir>();
        m_clock = std::make_unique<ManualClock>(Instant{1'700'000'000'000});
        const auto made = Engine::create(options());
        QVERIFY2(made.has_value(), made ? "" : made.error().detail.c_str());
        reopen();
        submit(PublishCatalogue{{rules::toItem(pothole()), rules::toItem(publicWorks())}});
    }
    void cleanup() { m_engine.reset(); }

    void aCaseIsRoutedNumberedAndFoundAgainAfterRestart() {
        const auto receipt = openPothole();
        QCOMPARE(receipt.number.size(), 11);
        reopen();
        auto reader = m_engine->openReader();
        QVERIFY(reader.has_value());
        auto key = (*reader)->findCase(receipt.number);
        QVERIFY(key.has_value());
        auto detail = (*reader)->detail(*key);
        QVERIFY(detail.has_value());
        QCOMPARE(detail->state.text(CaseField::Department), std::string("PW"));
        QCOMPARE(detail->state.text(CaseField::Description), std::string("Deep hole by the school"));
        auto hits = (*reader)->search("scho deep");
        QVERIFY(hits.has_value());
        QCOMPARE(hits->cases.size(), std::size_t{1});
    }

    void anUnknownServiceIsRefusedAtItsField() {
        OpenCase c;
        c.fields.set(CaseField::Service, std::string("NOPE"));
        const auto receipt = m_engine->submitAndWait(Command{c});
        QVERIFY(!receipt.has_value());
        QCOMPARE(receipt.error().field, std::string("service_code"));
    }

    void anEditCanBeUndoneAndDoneAgain() {
        const auto receipt = openPothole();
        EditCase edit{{receipt.caseKey, {}}, {}, {}, {}};
        edit.fields.set(CaseField::Address, std::string("14 Main St"));
        submit(edit);
        auto reader = *m_engine->openReader();
        QCOMPARE(reader->detail(receipt.caseKey)->state.text(CaseField::Address), std::string("14 Main St"));
        QCOMPARE(submit(Undo{}).undone, std::string("EditCase"));
        QCOMPARE(reader->detail(receipt.caseKey)->state.text(CaseField::Address), std::string("12 Main St"));
        submit(Redo{});
        QCOMPARE(reader->detail(receipt.caseKey)->state.text(CaseField::Address), std::string("14 Main St"));
    }

    void closingANewCaseCanBeUndone() {
        const auto receipt = openPothole();
        submit(ChangeStatus{{receipt.caseKey, {}}, Status::Closed, "fixed", {}, {}});
        QCOMPARE(submit(Undo{}).undone, std::string("ChangeStatus"));
        auto reader = *m_engine->openReader();
        QCOMPARE(reader->detail(receipt.caseKey)->state.status, Status::New);
        QCOMPARE(reader->detail(receipt.caseKey)->state.reopenedCount, 0);
        submit(Redo{});
        QCOMPARE(reader->detail(receipt.caseKey)->state.status, Status::Closed);
        submit(ChangeStatus{{receipt.caseKey, {}}, Status::Acknowledged, {}, {}, {}});
        QCOMPARE(reader->detail(receipt.caseKey)->state.reopenedCount, 1);
    }

    void aNoteIsNotPassedOverByUndo() {
        const auto opened = openPothole();
        EditCase edit;
        edit.target.key = opened.caseKey;
        edit.fields.set(CaseField::Address, std::string("14 Main St"));
        submit(edit);
        RecordInteraction note{{opened.caseKey, {}}, {}};
        note.interaction = {Channel::Staff,
                            Direction::Out,
                            InteractionKind::Note,
                            Visibility::Staff,
                            m_clock->now(),
                            "Called back",
                            {},
                            {},
                            {},
                            false};
        submit(note);
        QVERIFY(m_engine->canUndo());
        const auto refused = m_engine->submitAndWait(Command{Undo{}});
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, std::string("undo.stays"));
        QCOMPARE(submit(Undo{}).undone, std::string("EditCase"));
    }
    void severalStepsAreUndoneAndDoneAgainOneByOne() {
        const auto receipt = openPothole();
        auto reader = *m_engine->openReader();
        const auto status = [&] { return reader->detail(receipt.caseKey)->state.status; };
        const CaseRef ref{receipt.caseKey, {}};
        submit(ChangeStatus{ref, Status::Assigned, {}, {}, {}});
        submit(ChangeStatus{ref, Status::WorkDone, {}, {}, {}});
        submit(ChangeStatus{ref, Status::Closed, "fixed", {}, {}});
        for (const auto expected : {Status::WorkDone, Status::Assigned, Status::New}) {
            submit(Undo{});
            QCOMPARE(status(), expected);
        }
        for (const auto expected : {Status::Assigned, Status::WorkDone, Status::Closed}) {
            submit(Redo{});
            QCOMPARE(status(), expected);
        }
        submit(Undo{});
        QCOMPARE(status(), Status::WorkDone);
        QCOMPARE(reader->detail(receipt.caseKey)->state.reopenedCount, 0);
    }

    void batchesOfAGroupAreOneUndo() {
        std::vector<CaseKey> keys;
        for (int i = 0; i < 6; ++i) keys.push_back(openPothole().caseKey);
        for (std::size_t from = 0; from < keys.size(); from += 2) {
            CommandBatch batch;
            batch.group = 77;
            for (auto key : {keys[from], keys[from + 1]}) {
                EditCase edit{{key, {}}, {}, {}, {}};
                edit.fields.set(CaseField::Address, std::string("9 Grouped St"));
                batch.commands.emplace_back(edit);
            }
            QVERIFY(m_engine->submitAndWait(std::move(batch)).has_value());
        }
        // Somebody else changes one of them meanwhile: it is left alone, the others are put back.
        EditCase other{{keys[1], {}}, {}, {}, {}};
        other.fields.set(CaseField::Address, std::string("1 Elsewhere"));
        CommandBatch theirs;
        theirs.agent = "somebody";
        theirs.commands.emplace_back(other);
        QVERIFY(m_engine->submitAndWait(std::move(theirs)).has_value());

        auto first = submit(Undo{});
        QCOMPARE(first.group, std::uint64_t{77});
        QCOMPARE(first.groupLeft, std::size_t{2});
        QCOMPARE(submit(Undo{77}).groupLeft, std::size_t{1});
        const auto last = submit(Undo{77});
        QCOMPARE(last.groupLeft, std::size_t{0});
        QCOMPARE(last.leftAlone, std::size_t{1});
        const auto none = m_engine->submitAndWait(Command{Undo{77}});
        QVERIFY(!none.has_value());
        auto reader = *m_engine->openReader();
        for (const auto key : keys)
            QCOMPARE(reader->detail(key)->state.text(CaseField::Address),
                     std::string(key == keys[1] ? "1 Elsewhere" : "12 Main St"));
        QCOMPARE(submit(Redo{}).groupLeft, std::size_t{2});
    }

    void sortingByTextFollowsChanges() {
        std::vector<CaseKey> keys;
        for (const auto* address : {"b road", "A road", "", "c road"}) {
            const auto key = openPothole().caseKey;
            EditCase edit{{key, {}}, {}, {}, {}};
            edit.fields.set(CaseField::Address, std::string(address));
            submit(edit);
            keys.push_back(key);
        }
        const auto listed = [&] { return (*m_engine->queryAndWait({{}, {CaseColumn::Address, false}}))->keys; };
        QCOMPARE(listed(), (std::vector{keys[1], keys[0], keys[3], keys[2]}));
        EditCase edit{{keys[1], {}}, {}, {}, {}};
        edit.fields.set(CaseField::Address, std::string("d road"));
        submit(edit);
        QCOMPARE(listed(), (std::vector{keys[0], keys[3], keys[1], keys[2]}));
    }

    void undoAnswersConflictWhenSomebodyElseChangedTheField() {
        const auto receipt = openPothole();
        EditCase mine{{receipt.caseKey, {}}, {}, {}, {}};
        mine.fields.set(CaseField::Priority, std::int64_t{4});
        submit(mine);
        EditCase theirs{{receipt.caseKey, {}}, {}, {}, {}};
        theirs.fields.set(CaseField::Priority, std::int64_t{1});
        CommandBatch batch;
        batch.commands.push_back(theirs);
        batch.agent = "b.birch";
        QVERIFY(m_engine->submitAndWait(std::move(batch)).has_value());
        const auto undone = m_engine->submitAndWait(Command{Undo{}});
        QVERIFY(!undone.has_value());
        QCOMPARE(undone.error().kind, ErrorKind::Conflict);
    }

    void anEditOfAValueThatChangedSinceItWasSeenIsAConflict() {
        const auto receipt = openPothole();
        EditCase edit{{receipt.caseKey, {}}, {}, {}, {}};
        edit.fields.set(CaseField::Address, std::string("20 Main St"));
        edit.seen.set(CaseField::Address, std::string("1 Other Rd"));
        const auto answer = m_engine->submitAndWait(Command{edit});
        QVERIFY(!answer.has_value());
        QCOMPARE(answer.error().kind, ErrorKind::Conflict);
        QCOMPARE(answer.error().field, std::string("address"));
    }

    void aBatchIsAllOrNothing() {
        const auto receipt = openPothole();
        CommandBatch batch;
        EditCase edit{{receipt.caseKey, {}}, {}, {}, {}};
        edit.fields.set(CaseField::Address, std::string("99 Main St"));
        batch.commands.push_back(edit);
        batch.commands.push_back(ChangeStatus{
            {receipt.caseKey, {}}, Status::Closed, {}, {}, {}});  // lacks a resolution
        QVERIFY(!m_engine->submitAndWait(std::move(batch)).has_value());
        auto reader = *m_engine->openReader();
        QCOMPARE(reader->detail(receipt.caseKey)->state.text(CaseField::Address), std::string("12 Main St"));
        openPothole("1 After Rd");  // the log goes on without a gap
        QVERIFY(m_engine
                    ->withStore([](store::Store& s, const CaseDeriver& d) -> Result<void> {
                        WL_TRY(const auto report, s.verify(d));
                        return report.good() ? Result<void>{}
                                             : fail(ErrorKind::Corrupt,
                                                    report.complaints.empty() ? "?" : report.complaints.front());
                    })
                    .has_value());
    }

    void queuesFollowTheCommits() {
        const auto a = openPothole("1 A St");
        openPothole("2 B St");
        CaseQuery open;
        open.filter.open = true;
        QCOMPARE((*m_engine->queryAndWait(open))->tally.total, 2);
        submit(ChangeStatus{{a.caseKey, {}}, Status::Closed, "fixed", "done", {}});
        QCOMPARE((*m_engine->queryAndWait(open))->tally.total, 1);
        CaseQuery service;
        service.filter.text = "pothole 2";
        QCOMPARE((*m_engine->queryAndWait(service))->tally.total,
                 1);  // a word of the service's name and one of the address
        CaseQuery words;
        words.filter.text = "2 b st";
        QCOMPARE((*m_engine->queryAndWait(words))->tally.total, 1);
    }

    void importingTwiceChangesNothing() {
        ImportDraft d;
        d.source = "boston";
        d.externalId = "101";
        d.fields.set(CaseField::Service, std::string("POTHOLE"));
        d.fields.set(CaseField::RequestedAt, std::int64_t{1'300'000'000'000});
        d.status = Status::Closed;
        d.closedAt = {1'300'000'100'000};
        d.updatedAt = {1'300'000'100'000};
        QCOMPARE(submit(ImportCases{{d, d}}).imported, std::size_t{1});
        const auto again = submit(ImportCases{{d}});
        QCOMPARE(again.unchanged, std::size_t{1});
        QCOMPARE(again.ops, std::size_t{0});
        d.updatedAt = {1'300'000'200'000};
        d.fields.set(CaseField::Address, std::string("5 New Rd"));
        QCOMPARE(submit(ImportCases{{d}}).updated, std::size_t{1});
    }

    void anUpdateOlderThanTheLastKnownChangesNoState() {
        ImportDraft d;
        d.source = "boston";
        d.externalId = "103";
        d.fields.set(CaseField::Service, std::string("POTHOLE"));
        d.status = Status::Closed;
        d.closedAt = d.updatedAt = {1'300'000'200'000};
        submit(ImportCases{{d}});
        d.status = Status::New;
        d.closedAt = {};
        d.updatedAt = {1'300'000'100'000};
        d.fields.set(CaseField::Address, std::string("1 Old Rd"));
        QCOMPARE(submit(ImportCases{{d}}).unchanged, std::size_t{1});
        auto reader = *m_engine->openReader();
        const auto state = reader->detail(*reader->findCase("103"))->state;
        QCOMPARE(state.status, Status::Closed);
        QVERIFY(state.text(CaseField::Address).empty());
    }

    void aMessageDeliveredTwiceIsTakenOnce() {
        OpenCase open;
        open.fields.set(CaseField::Service, std::string("POTHOLE"));
        const auto key = submit(open).caseKey;
        InteractionRecorded message;
        message.channel = Channel::WhatsApp;
        message.direction = Direction::In;
        message.kind = InteractionKind::Message;
        message.visibility = Visibility::Public;
        message.body = "Still there";
        message.externalId = "wamid.1";
        QCOMPARE(submit(RecordInteraction{{key, {}}, message}).ops, std::size_t{1});
        QCOMPARE(submit(RecordInteraction{{key, {}}, message}).ops, std::size_t{0});
        message.channel = Channel::Sms;  // another channel's ids are others
        QCOMPARE(submit(RecordInteraction{{key, {}}, message}).ops, std::size_t{1});
        auto reader = *m_engine->openReader();
        QCOMPARE(reader->detail(key)->state.interactionCount, std::int64_t{2});
    }

    void aFeedThatChangesARowWithoutSayingWhenUpdatesItAndLeavesOwnWorkAlone() {
        ImportDraft d;
        d.source = "boston";
        d.externalId = "102";
        d.fields.set(CaseField::Service, std::string("POTHOLE"));
        d.fields.set(CaseField::Address, std::string("1 Old Rd"));
        submit(ImportCases{{d}});
        auto reader = *m_engine->openReader();
        const auto key = *reader->findCase("102");
        submit(ChangeStatus{{key, {}}, Status::InProgress, {}, {}, {}});  // an agent works on it here
        QCOMPARE(submit(ImportCases{{d}}).unchanged, std::size_t{1});
        d.fields.set(CaseField::Address, std::string("2 New Rd"));
        QCOMPARE(submit(ImportCases{{d}}).updated, std::size_t{1});
        QCOMPARE(reader->detail(key)->state.text(CaseField::Address), std::string("2 New Rd"));
        QCOMPARE(reader->detail(key)->state.status, Status::InProgress);
        d.status = Status::Closed;
        submit(ImportCases{{d}});
        QCOMPARE(reader->detail(key)->state.status, Status::Closed);
    }

    void theMedianWaitForAFirstAnswerCountsAnswersOfPeopleAlone() {
        const auto start = m_clock->now();
        const auto answer = [&](CaseKey key, Millis after, bool automatic) {
            RecordInteraction r{{key, {}}, {}};
            r.interaction = {Channel::Email,
                             Direction::Out,
                             InteractionKind::Message,
                             Visibility::Public,
                             start + after,
                             "We are on it",
                             {},
                             {},
                             {},
                             automatic};
            submit(r);
        };
        const auto a = openPothole(), b = openPothole(), c = openPothole(), d = openPothole();
        answer(a.caseKey, Millis{60'000}, false);
        answer(b.caseKey, Millis{120'000}, false);
        answer(c.caseKey, Millis{900'000}, false);
        answer(d.caseKey, Millis{1'000}, true);
        auto reader = *m_engine->openReader();
        const auto found = reader->firstResponsesSince(start);
        QVERIFY(found.has_value());
        QCOMPARE(found->count, std::size_t{3});
        QCOMPARE(found->median.count(), 120'000);
        QCOMPARE(reader->firstResponsesSince(start + Millis{500'000})->count, std::size_t{1});
    }

    void subscribersHearOfEachCommit() {
        std::promise<std::uint64_t> heard;
        auto subscription = m_engine->subscribe([&, done = false](const ChangeSetPtr& changes) mutable {
            if (done || changes->cases.empty()) return;
            done = true;
            heard.set_value(changes->cases.begin()->second);
        });
        openPothole();
        QVERIFY((heard.get_future().get() & kOpenedCase) != 0);
    }

    void aSecondProgramOnTheSameReplicaIsToldSo() {
        const auto second = Engine::open(options());
        QVERIFY(!second.has_value());
        QCOMPARE(second.error().code, std::string("replica.in_use"));
    }

    void rebuildGivesTheSameDigest() {
        const auto a = openPothole();
        submit(ChangeStatus{{a.caseKey, {}}, Status::InProgress, {}, {}, {}});
        std::string before, after;
        const auto digest = [&](std::string* out) {
            return m_engine
                ->withStore([&](store::Store& s, const CaseDeriver&) -> Result<void> {
                    WL_TRY(*out, s.digest());
                    return {};
                })
                .has_value();
        };
        QVERIFY(digest(&before));
        m_engine.reset();
        SystemRng rng;
        struct NoClock final : CaseDeriver {
            DerivedCase derive(const CaseState&) const override { return {}; }
        };
        const auto report =
            store::rebuild({options().dir, *m_clock, rng}, [](const auto&) { return std::make_unique<NoClock>(); });
        QVERIFY2(report.has_value(), report ? "" : (report.error().code + report.error().detail).c_str());
        reopen();
        QVERIFY(digest(&after));
        QCOMPARE(after, before);
    }
};

QTEST_GUILESS_MAIN(EngineTest)
#include "engine_test.moc"
