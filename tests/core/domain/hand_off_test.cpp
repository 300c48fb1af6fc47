// SPDX-License-Identifier: GPL-3.0-or-later
// Hand-offs, escalations and the wait for an answer, as the fold tells them.
#include <QTest>

#include <algorithm>

#include "domain/case_state.hpp"
#include "domain/op_codec.hpp"
#include "memory_keys.hpp"

using namespace wl;

namespace {

constexpr Instant kNow{1'700'000'000'000};

OriginId console(std::uint8_t n) {
    OriginId id;
    id.bytes[0] = n;
    return id;
}

class Story {
public:
    Story() {
        CaseOpened opening;
        opening.fields.set(CaseField::RequestedAt, kNow.ms);
        opening.fields.set(CaseField::Department, std::string("streets"));
        add(opening);
    }
    Dot add(OpBody body, std::uint8_t by = 1, Millis at = {}) {
        Op op;
        op.entity.bytes[0] = 7;
        op.hlc = {Hlc::of(kNow + at).value + m_ops.size()};
        op.body = std::move(body);
        const Dot dot{console(by), ++m_seq[by]};
        m_ops.push_back({{op.hlc, dot}, std::move(op)});
        return dot;
    }
    Dot offer(std::string to, std::uint8_t by = 1) {
        return add(HandOffOffered{std::move(to), {}, "not ours", kNow, kNow + Millis{1000}}, by);
    }
    void answer(Dot offer, HandOffAnswer what, std::uint8_t by = 2) {
        add(HandOffAnswered{offer, what, "because", kNow}, by);
    }
    void said(Direction direction, int minute, bool automatic = false) {
        InteractionRecorded i;
        i.channel = Channel::Email, i.direction = direction, i.kind = InteractionKind::Message;
        i.visibility = Visibility::Public, i.at = kNow + Millis{minute * 60'000}, i.automatic = automatic;
        add(i);
    }
    [[nodiscard]] CaseState fold() const {
        CaseId id;
        id.bytes[0] = 7;
        auto state = foldCase(id, m_ops);
        auto turned = m_ops;
        std::ranges::reverse(turned);
        if (canonicalBytes(foldCase(id, turned)) != canonicalBytes(state)) qFatal("the order of arrival matters");
        return state;
    }

private:
    std::vector<StampedOp> m_ops;
    std::map<std::uint8_t, std::uint64_t> m_seq;
};

}  // namespace

class HandOffTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void opsComeBackFromTheirBytes() {
        wl::test::MemoryKeys keys;
        SeededRng rng(1);
        const auto author = console(1);
        const std::vector<OpBody> bodies{
            HandOffOffered{"water", "duty", "it is a leak", kNow, kNow + Millis{9}},
            HandOffAnswered{{console(2), 77}, HandOffAnswer::Returned, "no leak", kNow},
            EscalationRaised{"usual:resolve:p75", "usual", 2, "crew_lead", "ann", kNow, kNow + Millis{1}},
            EscalationAcknowledged{"usual:resolve:p75", kNow},
            CaseStatusChanged{.from = Status::New,
                              .to = Status::Waiting,
                              .reason = "weather",
                              .at = kNow,
                              .note = {},
                              .until = kNow + Millis{5}}};
        for (const auto& body : bodies) {
            Op op;
            op.entity.bytes[0] = 7;
            op.hlc = Hlc::of(kNow);
            op.body = body;
            const auto bytes = encodeOp(op, author, keys, rng).value();
            QVERIFY(bytes.find("leak") == std::string::npos);  // reasons are sealed
            QVERIFY(decodeOp(bytes, author, keys)->body == body);
        }
    }
    void anOfferWaitsForItsAnswer() {
        Story s;
        const auto offer = s.offer("water");
        const auto waiting = s.fold();
        QVERIFY(waiting.pendingHandOff());
        QCOMPARE(waiting.pendingHandOff()->department, std::string("water"));
        s.answer(offer, HandOffAnswer::Returned);
        const auto returned = s.fold();
        QVERIFY(!returned.pendingHandOff());
        QCOMPARE(int(returned.handOffs.front().answer), int(HandOffAnswer::Returned));
    }
    void anAcceptanceStandsWhateverElseWasSaid() {
        for (const auto other : {HandOffAnswer::Bounced, HandOffAnswer::Returned, HandOffAnswer::Withdrawn}) {
            Story s;
            const auto offer = s.offer("water");
            s.answer(offer, other, 3);
            s.answer(offer, HandOffAnswer::Accepted, 2);
            QCOMPARE(int(s.fold().handOffs.front().answer), int(HandOffAnswer::Accepted));
        }
    }
    void aBounceCountsOnceHoweverManyConsolesSawIt() {
        Story s;
        const auto offer = s.offer("water");
        s.answer(offer, HandOffAnswer::Bounced, 2);
        const auto once = s.fold().handOffs.front();
        s.answer(offer, HandOffAnswer::Bounced, 3);
        QVERIFY(s.fold().handOffs.front() == once);
    }
    void aLaterOfferReplacesTheOneBefore() {
        Story s;
        const auto first = s.offer("water");
        s.offer("parks", 2);
        const auto state = s.fold();
        QCOMPARE(state.pendingHandOff()->department, std::string("parks"));
        const auto old = std::ranges::find(state.handOffs, first, &HandOff::offer);
        QCOMPARE(int(state.outcome(*old)), int(HandOffAnswer::Withdrawn));
    }
    void nothingIsPendingOnAClosedCase() {
        Story s;
        s.offer("water");
        s.add(CaseStatusChanged{.from = Status::New, .to = Status::Closed, .reason = "fixed", .at = kNow, .note = {}});
        QVERIFY(!s.fold().pendingHandOff());
    }
    void anEscalationFiresOnceInTheWholeCity() {
        Story s;
        s.add(EscalationRaised{"k", "usual", 2, "crew_lead", "first", kNow, kNow}, 1);
        s.add(EscalationRaised{"k", "usual", 2, "crew_lead", "second", kNow, kNow}, 2);
        const auto state = s.fold();
        QCOMPARE(state.escalations.size(), std::size_t{1});
        QCOMPARE(state.escalations.front().person, std::string("first"));
        QCOMPARE(state.escalations.front().acknowledged.dot.seq, std::uint64_t{0});
        s.add(EscalationAcknowledged{"k", kNow}, 2);
        QVERIFY(s.fold().escalations.front().acknowledged.dot.seq != 0);
    }
    void anAcknowledgementMayArriveFirst() {
        Story s;
        s.add(EscalationAcknowledged{"k", kNow}, 2);
        QCOMPARE(s.fold().escalations.front().raised.dot.seq, std::uint64_t{0});
        s.add(EscalationRaised{"k", "usual", 2, "crew_lead", "first", kNow, kNow}, 1);
        QVERIFY(s.fold().escalations.front().acknowledged.dot.seq != 0);
    }
    void theWaitBeginsWithTheEarliestUnansweredMessage() {
        Story s;
        s.said(Direction::In, 0);
        QCOMPARE(s.fold().waitingSince, kNow);
        s.said(Direction::Out, 10, true);  // an automatic receipt answers nothing
        QCOMPARE(s.fold().waitingSince, kNow);
        s.said(Direction::Out, 20);
        QVERIFY(!s.fold().waitingSince);
        s.said(Direction::In, 30);
        s.said(Direction::In, 40);  // asking again does not restart the clock
        QCOMPARE(s.fold().waitingSince, kNow + Millis{30 * 60'000});
        s.said(Direction::Out, 35);  // arrives late: it answered the first of the two
        QCOMPARE(s.fold().waitingSince, kNow + Millis{40 * 60'000});
    }
    void anUndoneStepGivesBackItsWakeUp() {
        Story s;
        s.add(CaseStatusChanged{.from = Status::New,
                                .to = Status::Waiting,
                                .reason = "weather",
                                .at = kNow,
                                .note = {},
                                .until = kNow + Millis{9000}});
        QCOMPARE(s.fold().statusUntil, kNow + Millis{9000});
        const auto step = s.add(CaseStatusChanged{
            .from = Status::Waiting, .to = Status::InProgress, .reason = {}, .at = kNow, .note = {}});
        QVERIFY(!s.fold().statusUntil);
        s.add(CaseStatusChanged{.from = Status::InProgress,
                                .to = Status::Waiting,
                                .reason = "weather",
                                .at = kNow,
                                .note = {},
                                .takesBack = step.seq});
        QCOMPARE(s.fold().statusUntil, kNow + Millis{9000});
    }
};

QTEST_GUILESS_MAIN(HandOffTest)
#include "hand_off_test.moc"
