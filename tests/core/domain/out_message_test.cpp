// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/out_message.hpp"

#include <QTest>

#include "domain/case_state.hpp"
#include "domain/ops.hpp"

using namespace wl;

namespace {
const CaseId kCase = idFromBytes<CaseId>("case-number-0001");
const MessageId kMessage = idFromBytes<MessageId>("message-numb-001");

StampedOp op(std::uint64_t n, OpBody body) {
    StampedOp out;
    out.stamp = {{n << 16U}, {idFromBytes<OriginId>("origin-number-01"), n}};
    out.op.entity = kCase;
    out.op.hlc = out.stamp.hlc;
    out.op.body = std::move(body);
    return out;
}
OpBody written(MessageWhy why, MessageState state = MessageState::Waiting) {
    return MessageWritten{.message = kMessage,
                          .person = {},
                          .channel = Channel::Email,
                          .address = "citizen@example.org",
                          .templateCode = {},
                          .language = "en",
                          .subject = "s",
                          .body = "b",
                          .why = why,
                          .state = state,
                          .at = {1'000},
                          .event = "answer"};
}
OpBody moved(MessageState to, std::int64_t at) { return MessageMoved{.message = kMessage, .to = to, .at = {at}}; }
OpBody asked(std::int64_t at) {
    InteractionRecorded i;
    i.channel = Channel::Email, i.direction = Direction::In, i.kind = InteractionKind::Message;
    i.visibility = Visibility::Public, i.at = {at};
    return i;
}
OpBody opened() {
    CaseOpened b;
    b.fields.set(CaseField::RequestedAt, std::int64_t{500});
    return b;
}
CaseState fold(std::vector<StampedOp> ops) {
    const auto whole = foldCase(kCase, ops);
    CaseState step;
    step.id = kCase;
    std::vector<StampedOp> so;
    for (const auto& item : ops) {  // op by op, with the fold from scratch where the shortcut says no
        so.push_back(item);
        if (!applyToCase(step, item)) step = foldCase(kCase, so);
    }
    if (canonicalBytes(step) != canonicalBytes(whole)) throw std::runtime_error("the shortcut differs from the fold");
    std::ranges::reverse(ops);
    if (canonicalBytes(foldCase(kCase, ops)) != canonicalBytes(whole)) throw std::runtime_error("order matters");
    return whole;
}
}  // namespace

class OutMessageTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatHasLeftCannotBeUnsent() {
        const auto s =
            fold({op(1, opened()), op(2, written(MessageWhy::Owner)), op(3, moved(MessageState::Sending, 2'000)),
                  op(4, moved(MessageState::Sent, 3'000)), op(5, moved(MessageState::Waiting, 4'000)),
                  op(6, moved(MessageState::Sending, 5'000)), op(7, moved(MessageState::Cancelled, 6'000))});
        QCOMPARE(s.messages.size(), std::size_t{1});
        QVERIFY(s.messages[0].state == MessageState::Sent);
        QCOMPARE(s.messages[0].sentAt.ms, 3'000);
        QCOMPARE(s.messages[0].attempts, 1);
        QCOMPARE(s.interactionCount, 1);
    }

    void aBounceComesAfterSendingAndMayBeTriedAgain() {
        const auto s = fold({op(1, opened()), op(2, written(MessageWhy::Rule)), op(3, moved(MessageState::Sent, 3'000)),
                             op(4, moved(MessageState::Failed, 4'000))});
        QVERIFY(s.messages[0].state == MessageState::Failed);
        QVERIFY(moveTakesEffect(MessageState::Failed, MessageState::Waiting));
        QVERIFY(!moveTakesEffect(MessageState::Delivered, MessageState::Failed));
    }

    // The requester is answered when the answer leaves, not when it is written.
    void anAnswerCountsWhenItLeaves() {
        std::vector<StampedOp> ops{op(1, opened()), op(2, asked(600)), op(3, written(MessageWhy::Answer))};
        QCOMPARE(fold(ops).firstResponseAt.ms, 0);
        QCOMPARE(fold(ops).waitingSince.ms, 600);
        ops.push_back(op(4, moved(MessageState::Sent, 3'000)));
        QCOMPARE(fold(ops).firstResponseAt.ms, 3'000);
        QCOMPARE(fold(ops).waitingSince.ms, 0);
        ops.push_back(op(5, asked(4'000)));
        QCOMPARE(fold(ops).waitingSince.ms, 4'000);
    }
    void aRulesMessageIsNoAnswer() {
        const auto s =
            fold({op(1, opened()), op(2, written(MessageWhy::Rule)), op(3, moved(MessageState::Sent, 3'000))});
        QCOMPARE(s.firstResponseAt.ms, 0);
    }

    void twoConsolesWriteARulesMessageOnce() {
        auto second = op(3, written(MessageWhy::Rule, MessageState::Suppressed));
        const auto s = fold({op(1, opened()), op(2, written(MessageWhy::Rule)), second});
        QCOMPARE(s.messages.size(), std::size_t{1});
        QVERIFY(s.messages[0].state == MessageState::Waiting);
        QCOMPARE(s.interactionCount, 1);
    }

    void theMailsIdSaysWhichMessageItIs() {
        const auto id = mailMessageId(kMessage, "city.example");
        QCOMPARE(messageOfMailId(id), kMessage);
        QCOMPARE(messageOfMailId('<' + id + '>'), kMessage);
        QVERIFY(messageOfMailId("abc@city.example").isNull());
        QVERIFY(messageOfMailId("wl.zz" + id.substr(5)).isNull());
    }
};

QTEST_GUILESS_MAIN(OutMessageTest)
#include "out_message_test.moc"
