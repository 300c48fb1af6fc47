// SPDX-License-Identifier: GPL-3.0-or-later
// One fault, many reports; one citizen, many records: adding, joining, taking apart, undo.
#include <QTemporaryDir>
#include <QTest>

#include "engine/engine.hpp"

using namespace wl;
using namespace wl::engine;
using namespace std::chrono_literals;

class IncidentTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<ManualClock> m_clock;
    std::unique_ptr<Engine> m_engine;

    void reopen() {
        m_engine.reset();
        EngineOptions o;
        o.dir = m_dir->path().toStdString() + "/city";
        o.clock = m_clock.get();
        o.agent = "will";
        m_engine = Engine::open(o).value();
        m_engine->waitUntilLoaded();
    }
    Receipt submit(Command c) {
        auto receipt = m_engine->submitAndWait(std::move(c));
        if (!receipt) qFatal("%s %s", receipt.error().code.c_str(), receipt.error().field.c_str());
        return *receipt;
    }
    std::string refusal(Command c) {
        const auto receipt = m_engine->submitAndWait(std::move(c));
        return receipt ? std::string() : receipt.error().code;
    }
    CaseKey openCase(const std::string& caller) {
        m_clock->set({m_clock->now().ms + 60'000});
        OpenCase c;
        c.fields.set(CaseField::Service, std::string("pothole"));
        c.fields.set(CaseField::Address, std::string("12 Main St"));
        c.requester.fields.set(PersonField::Name, caller);
        return submit(c).caseKey;
    }
    AddReport report(CaseKey key, const std::string& caller) {
        AddReport add;
        add.target.key = key;
        add.reporter.fields.set(PersonField::Name, caller);
        add.body = "Here too, says " + caller;
        return add;
    }
    store::CaseDetail detail(CaseKey key) { return m_engine->openReader().value()->detail(key).value(); }
    store::Incident incident(CaseKey key) { return m_engine->openReader().value()->incident(key).value(); }
    JudgeCases judge(CaseKey a, CaseKey b, Judgement judgement) {
        JudgeCases j;
        j.target.key = a;
        j.of.key = b;
        j.judgement = judgement;
        return j;
    }

private Q_SLOTS:
    void init() {
        m_dir = std::make_unique<QTemporaryDir>();
        m_clock = std::make_unique<ManualClock>(Instant{1'770'000'000'000});
        EngineOptions o;
        o.dir = m_dir->path().toStdString() + "/city";
        o.clock = m_clock.get();
        QVERIFY(Engine::create(o).has_value());
        reopen();
        rules::Service s;
        s.code = s.name = "pothole";
        submit(PublishCatalogue{{rules::toItem(s)}});
    }
    void cleanup() { m_engine.reset(); }

    void oneMoreReportIsKeptBesideTheFirstAndUndone() {
        const auto key = openCase("Ada Fern");
        const auto person = submit(report(key, "Bo Birch")).personId;
        reopen();
        const auto all = incident(key).reporters;
        QCOMPARE(all.size(), std::size_t{2});
        QVERIFY(all[1].person == person);
        QCOMPARE(all[1].body, std::string("Here too, says Bo Birch"));
        // Their case too, from now on.
        QCOMPARE(m_engine->openReader().value()->casesOf(person).value(), std::vector{key});
        AddReport again = report(key, "");
        again.reporter = {};
        again.reporter.known = person;
        QCOMPARE(refusal(again), std::string("report.already"));
    }

    void undoTakesTheReportOffAndRedoPutsItBack() {
        const auto key = openCase("Ada Fern");
        submit(report(key, "Bo Birch"));
        submit(Undo{});
        QCOMPARE(incident(key).reporters.size(), std::size_t{1});
        submit(Redo{});
        QCOMPARE(incident(key).reporters.size(), std::size_t{2});
        submit(Undo{});
        QCOMPARE(incident(key).reporters.size(), std::size_t{1});
    }

    void aReportBecomesACaseOfItsOwn() {
        const auto key = openCase("Ada Fern");
        const auto person = submit(report(key, "Bo Birch")).personId;
        const auto split = submit(SplitReport{{key, {}}, incident(key).reporters[1].report, true});
        QCOMPARE(incident(key).reporters.size(), std::size_t{1});
        const auto own = detail(split.caseKey);
        QVERIFY(own.key != key);
        QVERIFY(own.state.value(CaseField::Requester) == Value(person));
        QCOMPARE(own.state.text(CaseField::Description), std::string("Here too, says Bo Birch"));
        QCOMPARE(own.state.text(CaseField::Address), std::string("12 Main St"));
        auto reader = m_engine->openReader().value();
        QCOMPARE(reader->judgedCases(detail(key).state.id, own.state.id).value(), Judgement::Different);
    }

    void twoCasesOfOneFaultBecomeOneAndUnmergeRestoresBoth() {
        const auto first = openCase("Ada Fern"), second = openCase("Bo Birch");
        submit(report(second, "Cy Cedar"));
        ChangeStatus step;
        step.target.key = second, step.to = Status::InProgress;
        submit(step);
        submit(judge(second, first, Judgement::Same));
        QCOMPARE(detail(second).state.status, Status::Closed);
        QCOMPARE(detail(second).state.statusReason, std::string("duplicate"));
        for (const auto key : {first, second}) {
            const auto all = incident(key);
            QVERIFY(all.lead == first);
            QCOMPARE(all.reporters.size(), std::size_t{3});
        }
        // A further report of the duplicate goes where it is worked on.
        submit(report(second, "Di Dogwood"));
        QCOMPARE(detail(first).state.reports.size(), std::size_t{1});
        submit(Undo{});
        // Another console has no undo of it: "different" takes the join back.
        reopen();
        submit(judge(second, first, Judgement::Different));
        QCOMPARE(detail(second).state.status, Status::InProgress);
        QCOMPARE(detail(second).state.reopenedCount, std::int64_t{0});
        QVERIFY(!isSet(detail(second).state.value(CaseField::DuplicateOf)));
        QCOMPARE(incident(first).reporters.size(), std::size_t{1});
        QCOMPARE(incident(second).reporters.size(), std::size_t{2});
        auto automatic = judge(second, first, Judgement::Same);
        automatic.automatic = true;
        submit(automatic);  // a rule does not overrule people
        QCOMPARE(detail(second).state.status, Status::InProgress);
    }

    void undoOfAJoinRestoresToo() {
        const auto first = openCase("Ada Fern"), second = openCase("Bo Birch");
        submit(judge(second, first, Judgement::Same));
        submit(Undo{});
        QCOMPARE(detail(second).state.status, Status::New);
        QVERIFY(!isSet(detail(second).state.value(CaseField::DuplicateOf)));
        auto reader = m_engine->openReader().value();
        QCOMPARE(reader->judgedCases(detail(first).state.id, detail(second).state.id).value(), Judgement::None);
        submit(Redo{});
        QCOMPARE(detail(second).state.status, Status::Closed);
        QVERIFY(incident(second).lead == first);
    }

    void recordsOfOneCitizenAreJoinedUndoneAndNeverWhereProtected() {
        const auto a = submit(OpenPerson{{},
                                         [] {
                                             FieldValues f;
                                             f.set(PersonField::Name, std::string("Ada"));
                                             return f;
                                         }(),
                                         {}})
                           .personId;
        const auto b = submit(OpenPerson{{},
                                         [] {
                                             FieldValues f;
                                             f.set(PersonField::Name, std::string("Ada"));
                                             return f;
                                         }(),
                                         {}})
                           .personId;
        submit(JudgePersons{a, b, Judgement::Same, true, 8'200, "name=+4100;phone=+4100"});
        auto reader = m_engine->openReader().value();
        QCOMPARE(reader->personGroup(a)->records.size(), std::size_t{2});
        QCOMPARE(reader->judgedPersonPairs(Judgement::Same, 10)->size(), std::size_t{1});
        submit(Undo{});
        QCOMPARE(reader->personGroup(a)->records.size(), std::size_t{1});
        submit(JudgePersons{b, a, Judgement::Different, false, 0, {}});
        submit(JudgePersons{a, b, Judgement::Same, true, 8'200, {}});
        QCOMPARE(reader->personGroup(a)->records.size(), std::size_t{1});
        submit(JudgePersons{a, b, Judgement::Same, false, 8'200, {}});
        QCOMPARE(reader->personGroup(a)->records.size(), std::size_t{2});
        EditPerson protect;
        protect.person = a;
        protect.fields.set(PersonField::Protected, std::int64_t{1});
        submit(protect);
        QCOMPARE(reader->personGroup(b)->records.size(), std::size_t{1});
        QCOMPARE(refusal(JudgePersons{b, a, Judgement::Same, false, 0, {}}), std::string("person.protected"));
    }

    void contactsComeBackWithUndo() {
        const auto a = submit(OpenPerson{{},
                                         [] {
                                             FieldValues f;
                                             f.set(PersonField::Name, std::string("Ada"));
                                             return f;
                                         }(),
                                         {{ContactKind::Phone, "+14415550101", {}}}})
                           .personId;
        auto reader = m_engine->openReader().value();
        EditPerson edit;
        edit.person = a;
        edit.added.push_back({ContactKind::Email, "ada@example.org", "home"});
        edit.removed.push_back(reader->person(a)->state.contacts.front().added.dot);
        submit(edit);
        QCOMPARE(reader->person(a)->state.contacts.size(), std::size_t{1});
        QCOMPARE(reader->person(a)->state.contacts.front().kind, ContactKind::Email);
        submit(Undo{});
        QCOMPARE(reader->person(a)->state.contacts.size(), std::size_t{1});
        QCOMPARE(reader->person(a)->state.contacts.front().kind, ContactKind::Phone);
    }
};

QTEST_GUILESS_MAIN(IncidentTest)
#include "incident_test.moc"
