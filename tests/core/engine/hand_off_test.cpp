// SPDX-License-Identifier: GPL-3.0-or-later
// Ownership at one console: offers, answers, claims, what rules do by themselves, and what closing asks for.
#include <QTemporaryDir>
#include <QTest>

#include "engine/duty.hpp"
#include "engine/engine.hpp"

using namespace wl;
using namespace wl::engine;
using namespace std::chrono_literals;

namespace {

rules::StaffMember member(const char* code, const char* department, const char* role) {
    rules::StaffMember m;
    m.code = m.name = code;
    m.department = department;
    m.role = role;
    return m;
}

std::vector<rules::CatalogueItem> city() {
    rules::Service s;
    s.code = s.name = "pothole", s.department = "works";
    rules::SlaPolicy p;
    p.code = "all", p.resolve = rules::SlaTarget{600, rules::TargetUnit::CalendarMinutes};
    rules::EscalationLadder ladder;
    ladder.code = "usual", ladder.steps = {{.percent = 100, .to = "department_head"}};
    return {
        rules::toItem(s),
        rules::toItem(rules::Department{.code = "works", .name = "Works", .calendar = {}, .head = "wanda"}),
        rules::toItem(rules::Department{.code = "water", .name = "Water", .calendar = {}}),
        rules::toItem(p),
        rules::toItem(ladder),
        rules::toItem(rules::PauseReason{.code = "weather", .name = "Weather", .needsWakeUp = true, .roles = {"crew"}}),
        rules::toItem(rules::Jurisdiction{.code = "x", .name = "X", .closingComment = 4}),
        rules::toItem(member("wanda", "works", "supervisor")),
        rules::toItem(member("will", "works", "crew")),
        rules::toItem(member("wes", "water", "agent"))};
}

}  // namespace

class HandOffTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<ManualClock> m_clock;
    std::unique_ptr<Engine> m_engine;
    CaseKey m_case;

    EngineOptions options(bool automation = false) const {
        EngineOptions o;
        o.dir = m_dir->path().toStdString() + "/city";
        o.clock = m_clock.get();
        o.agent = "will";
        o.automation = automation;
        return o;
    }
    void reopen(bool automation = false) {
        m_engine.reset();
        m_engine = Engine::open(options(automation)).value();
        m_engine->waitUntilLoaded();
    }
    Receipt submit(Command c) {
        auto receipt = m_engine->submitAndWait(std::move(c));
        if (!receipt) qFatal("%s", receipt.error().code.c_str());
        return *receipt;
    }
    std::string refusal(Command c) {
        const auto receipt = m_engine->submitAndWait(std::move(c));
        return receipt ? std::string() : receipt.error().code;
    }
    store::CaseDetail detail() {
        auto reader = m_engine->openReader();
        if (!reader) qFatal("open: %s %s", reader.error().code.c_str(), reader.error().detail.c_str());
        auto found = (*reader)->detail(m_case);
        if (!found) qFatal("detail: %s %s", found.error().code.c_str(), found.error().detail.c_str());
        return *found;
    }
    std::size_t queue(const std::function<void(CaseFilter&)>& set) {
        CaseQuery q;
        q.filter.open = true;
        set(q.filter);
        return m_engine->queryAndWait(q).value()->keys.size();
    }

private Q_SLOTS:
    void init() {
        m_dir = std::make_unique<QTemporaryDir>();
        m_clock = std::make_unique<ManualClock>(Instant{1'750'000'000'000});
        QVERIFY(Engine::create(options()).has_value());
        reopen();
        submit(PublishCatalogue{city()});
        OpenCase open;
        open.fields.set(CaseField::Service, std::string("pothole"));
        m_case = submit(open).caseKey;
    }
    void cleanup() { m_engine.reset(); }

    void anAcceptedOfferMovesTheCase() {
        QCOMPARE(refusal(OfferHandOff{{m_case, {}}, "water", {}, ""}), std::string("hand_off.reason_missing"));
        QCOMPARE(refusal(OfferHandOff{{m_case, {}}, "works", {}, "why not"}), std::string("hand_off.same"));
        QCOMPARE(refusal(OfferHandOff{{m_case, {}}, "moon", {}, "why not"}), std::string("department.unknown"));
        submit(OfferHandOff{{m_case, {}}, "water", {}, "it is a leak"});
        QCOMPARE(detail().state.text(CaseField::Department), std::string("works"));
        QCOMPARE(queue([](CaseFilter& f) { f.offeredTo = {"water"}; }), std::size_t{1});
        QCOMPARE(queue([](CaseFilter& f) { f.offeredTo = {"works"}; }), std::size_t{0});
        QCOMPARE(refusal(AnswerHandOff{{m_case, {}}, HandOffAnswer::Accepted, {}}), std::string("hand_off.not_yours"));
        reopen();  // it survives a restart
        m_engine->setAgent("wes");
        submit(AnswerHandOff{{m_case, {}}, HandOffAnswer::Accepted, {}});
        QCOMPARE(detail().state.text(CaseField::Department), std::string("water"));
        QCOMPARE(queue([](CaseFilter& f) { f.offeredTo = {"*"}; }), std::size_t{0});
    }
    void aReturnNeedsAReasonAndLeavesTheCase() {
        submit(OfferHandOff{{m_case, {}}, "water", {}, "it is a leak"});
        m_engine->setAgent("wes");
        QCOMPARE(refusal(AnswerHandOff{{m_case, {}}, HandOffAnswer::Returned, {}}),
                 std::string("hand_off.reason_missing"));
        submit(AnswerHandOff{{m_case, {}}, HandOffAnswer::Returned, "no leak here"});
        QCOMPARE(detail().state.text(CaseField::Department), std::string("works"));
        QCOMPARE(refusal(AnswerHandOff{{m_case, {}}, HandOffAnswer::Accepted, {}}), std::string("hand_off.none"));
    }
    void undoTakesTheOfferBack() {
        submit(OfferHandOff{{m_case, {}}, "water", {}, "it is a leak"});
        submit(Undo{});
        QVERIFY(!detail().state.pendingHandOff());
    }
    void anOfferThatNobodyAnswersBouncesBack() {
        submit(OfferHandOff{{m_case, {}}, "water", {}, "it is a leak"});
        QCOMPARE(m_engine->actOnDue().value(), std::size_t{0});
        m_clock->set(m_clock->now() + 4h + 1min);
        QCOMPARE(m_engine->actOnDue().value(), std::size_t{1});
        QCOMPARE(m_engine->actOnDue().value(), std::size_t{0});
        const auto state = detail().state;
        QCOMPARE(int(state.handOffs.front().answer), int(HandOffAnswer::Bounced));
        QCOMPARE(state.text(CaseField::Department), std::string("works"));
    }
    void whatFellDueWhileNothingRanIsDoneAtTheStart() {
        submit(OfferHandOff{{m_case, {}}, "water", {}, "it is a leak"});
        m_clock->set(m_clock->now() + 5h);
        reopen(true);
        QTRY_COMPARE(int(detail().state.handOffs.front().answer), int(HandOffAnswer::Bounced));
    }
    void anEscalationWaitsForItsAcknowledgement() {
        m_clock->set(m_clock->now() + 10h);
        QCOMPARE(m_engine->actOnDue().value(), std::size_t{1});
        QCOMPARE(queue([](CaseFilter& f) { f.escalated = true; }), std::size_t{1});
        QCOMPARE(detail().state.escalations.front().person, std::string("wanda"));
        submit(AcknowledgeEscalations{{m_case, {}}});
        QCOMPARE(queue([](CaseFilter& f) { f.escalated = true; }), std::size_t{0});
        QCOMPARE(refusal(AcknowledgeEscalations{{m_case, {}}}), std::string("escalation.none"));
    }
    void ownersAreNotOverruledByAnybody() {
        submit(ClaimCase{{m_case, {}}, false});
        QCOMPARE(detail().state.text(CaseField::Owner), std::string("will"));
        m_engine->setAgent("wes");
        QCOMPARE(refusal(ClaimCase{{m_case, {}}, false}), std::string("claim.owned"));
        QCOMPARE(refusal(ClaimCase{{m_case, {}}, true}), std::string("claim.role"));
        QCOMPARE(refusal(ReleaseCase{{m_case, {}}, {}}), std::string("claim.role"));
        m_engine->setAgent("wanda");
        submit(ClaimCase{{m_case, {}}, true});
        QCOMPARE(detail().state.text(CaseField::Owner), std::string("wanda"));
        submit(ReleaseCase{{m_case, {}}, "back to the queue"});
        QVERIFY(detail().state.text(CaseField::Owner).empty());
    }
    void closingAndPausingAskForWhatTheCityWants() {
        const auto close = [&](const char* why, const char* note) {
            return ChangeStatus{{m_case, {}}, Status::Closed, why, note, {}};
        };
        QCOMPARE(refusal(close("fixed", "ok")), std::string("close.comment_missing"));
        auto duplicate = close("duplicate", "same as");
        duplicate.duplicateOf.key = m_case;
        QCOMPARE(refusal(duplicate), std::string("close.duplicate_self"));
        OpenCase open;
        open.fields.set(CaseField::Service, std::string("pothole"));
        duplicate.duplicateOf.key = submit(open).caseKey;
        submit(duplicate);
        QVERIFY(isSet(detail().state.value(CaseField::DuplicateOf)));
        submit(Undo{});
        QVERIFY(!isSet(detail().state.value(CaseField::DuplicateOf)));
        QCOMPARE(int(detail().state.status), int(Status::New));

        ChangeStatus pause{{m_case, {}}, Status::Waiting, "weather", {}, {}};
        QCOMPARE(refusal(pause), std::string("pause.wake_up_missing"));
        pause.until = m_clock->now() - 1h;
        QCOMPARE(refusal(pause), std::string("pause.wake_up_past"));
        pause.until = m_clock->now() + 1h;
        m_engine->setAgent("wes");
        QCOMPARE(refusal(pause), std::string("pause.role"));
        m_engine->setAgent("will");
        submit(pause);
        m_clock->set(m_clock->now() + 1h);
        QCOMPARE(m_engine->actOnDue().value(), std::size_t{1});
        QCOMPARE(int(detail().state.status), int(Status::InProgress));
    }
    void timeHeldIsMeasuredByDepartment() {
        m_clock->set(m_clock->now() + 1h);
        submit(OfferHandOff{{m_case, {}}, "water", {}, "it is a leak"});
        m_clock->set(m_clock->now() + 1h);
        m_engine->setAgent("wes");
        submit(AnswerHandOff{{m_case, {}}, HandOffAnswer::Accepted, {}});
        m_clock->set(m_clock->now() + 3h);
        const auto held = heldByDepartment(m_engine->openReader().value()->timeline(m_case).value(), m_clock->now());
        QCOMPARE(held.size(), std::size_t{2});
        QVERIFY(held[0].department == "works" && held[0].held == 2h);  // until it was accepted
        QVERIFY(held[1].department == "water" && held[1].held == 3h);
    }
};

QTEST_GUILESS_MAIN(HandOffTest)
#include "hand_off_test.moc"
