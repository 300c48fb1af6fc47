// SPDX-License-Identifier: GPL-3.0-or-later
// Who may write to a citizen, what the rules keep back, and what citizens hear of by themselves.
#include <QTemporaryDir>
#include <QTest>

#include "engine/engine.hpp"
#include "engine/messages/compose.hpp"
#include "engine/messages/shipped.hpp"

using namespace wl;
using namespace wl::engine;

class MessagesTest : public QObject {
    Q_OBJECT

    static constexpr Instant kNoon{1'795'521'600'000};  // 2026-11-24T12:00:00Z
    std::unique_ptr<QTemporaryDir> m_dir;
    ManualClock m_clock{kNoon};
    std::unique_ptr<Engine> m_engine;
    std::unique_ptr<store::Reader> m_reader;
    CaseKey m_case;
    PersonId m_person;

    template <class T>
    static T must(Result<T> result) {
        if (!result)
            qFatal("%s %s %s", result.error().code.c_str(), result.error().field.c_str(),
                   result.error().detail.c_str());
        if constexpr (!std::is_void_v<T>) return std::move(*result);
    }
    Receipt submit(Command command) { return must(m_engine->submitAndWait(std::move(command))); }
    std::string refusal(Command command) {
        const auto done = m_engine->submitAndWait(std::move(command));
        return done ? std::string("done") : done.error().code;
    }
    CaseState state() { return must(m_reader->detail(m_case)).state; }
    WriteMessage message(std::string text = "We come on Monday.") {
        WriteMessage cmd;
        cmd.target.key = m_case;
        cmd.subject = "About your report";
        cmd.body = std::move(text);
        cmd.event = "answer";
        cmd.language = "en";
        return cmd;
    }
    std::vector<store::OutboxRow> outbox() { return must(m_reader->outbox({})); }
    void open(const char* language = "de") {
        OpenCase cmd;
        cmd.fields.set(CaseField::Service, std::string("pothole"));
        cmd.fields.set(CaseField::Address, std::string("12 Elm Street"));
        cmd.requester.fields.set(PersonField::Name, std::string("Alex Example"));
        cmd.requester.fields.set(PersonField::Language, std::string(language));
        cmd.requester.contacts.push_back({ContactKind::Email, "alex@example.org", {}});
        const auto receipt = submit(std::move(cmd));
        m_case = receipt.caseKey;
        m_person = receipt.personId;
    }
    void own(const char* who) {
        EditCase cmd;
        cmd.target.key = m_case;
        cmd.fields.set(CaseField::Owner, std::string(who));
        submit(std::move(cmd));
    }
    void step(Status to, std::string reason = {}, std::string note = {}) {
        submit(ChangeStatus{{m_case, {}}, to, std::move(reason), std::move(note), {}});
    }

private Q_SLOTS:
    void init() {
        m_dir = std::make_unique<QTemporaryDir>();
        m_clock.set(kNoon);
        EngineOptions options;
        options.dir = m_dir->path().toStdString() + "/desk";
        options.clock = &m_clock;
        options.agent = "dana";
        must(Engine::create(options));
        m_engine = must(Engine::open(options));
        rules::Department works{"works", "Works", {}};
        rules::Service pothole;
        pothole.code = "pothole", pothole.name = "Pothole", pothole.department = "works";
        rules::StaffMember dana{"dana", "Dana Example", "works", ""};
        rules::StaffMember kim{"kim", "Kim Example", "works", ""};
        rules::StaffMember lee{"lee", "Lee Example", "works", "", "supervisor"};
        submit(PublishCatalogue{{rules::toItem(works), rules::toItem(pothole), rules::toItem(dana), rules::toItem(kim),
                                 rules::toItem(lee),
                                 rules::toItem(rules::Jurisdiction{.code = "town", .name = "Town"})}});
        m_reader = must(m_engine->openReader());
    }
    void cleanup() {
        m_reader.reset();
        m_engine.reset();
    }

    void onlyTheOwnerWrites() {
        open();
        own("kim");
        QCOMPARE(refusal(message()), std::string("message.not_owner"));
        auto forced = message();
        forced.overrides = "Kim is ill";
        QCOMPARE(refusal(forced), std::string("message.not_owner"));  // an agent may not override that
        m_engine->setAgent("lee");
        QCOMPARE(refusal(message()), std::string("message.not_owner"));
        const auto receipt = submit(forced);
        QVERIFY(receipt.messageState == MessageState::Waiting);
        QCOMPARE(receipt.messageReason, std::string("overridden"));
        m_engine->setAgent("kim");
        m_clock.set(kNoon + std::chrono::seconds(1));
        QVERIFY(submit(message("Something else")).messageState == MessageState::Waiting);
        QCOMPARE(outbox().size(), std::size_t{2});
        QCOMPARE(outbox()[0].address, std::string("alex@example.org"));
        QCOMPARE(must(m_reader->messageText(outbox()[0])).author, std::string("Kim Example"));
        QCOMPARE(state().interactionCount, 2);
    }

    void theRulesKeepBackAndAReasonOverrides() {
        open();
        own("dana");
        EditPerson quiet{m_person, {}, {}, {}};
        quiet.fields.set(PersonField::DoNotContact, std::int64_t{1});
        submit(quiet);
        QCOMPARE(refusal(message()), std::string("message.do_not_contact"));
        auto forced = message();
        forced.overrides = "x";
        QCOMPARE(refusal(forced), std::string("message.override_reason"));
        forced.overrides = "Danger to life";
        QVERIFY(submit(forced).messageState == MessageState::Waiting);
        auto sms = message();
        sms.channel = Channel::Sms;
        sms.overrides = "Danger to life";
        QCOMPARE(refusal(sms), std::string("message.no_address"));
        auto letter = message();
        letter.channel = Channel::Council;
        QCOMPARE(refusal(letter), std::string("message.channel"));
        QCOMPARE(refusal(message(" \n")), std::string("message.empty"));
    }

    void whatCameBackIsNotSentThereAgain() {
        open();
        own("dana");
        const auto first = submit(message());
        const auto move = [&](MessageState to, std::string reason = {}) {
            MoveMessage cmd;
            cmd.target.key = m_case;
            cmd.message = first.messageId;
            cmd.to = to;
            cmd.reason = std::move(reason);
            cmd.byGateway = true;
            submit(std::move(cmd));
        };
        move(MessageState::Sending);
        move(MessageState::Sent);
        QCOMPARE(state().firstResponseAt.ms, kNoon.ms);
        m_clock.set(kNoon + std::chrono::minutes(1));
        move(MessageState::Failed, "bounced");
        QCOMPARE(refusal(message("Again")), std::string("message.bounced"));
    }

    void aMessageIsCancelledOrSentAfterAllByTheOwnerAlone() {
        open();
        own("dana");
        const auto written = submit(message());
        MoveMessage cmd;
        cmd.target.key = m_case;
        cmd.message = written.messageId;
        cmd.to = MessageState::Cancelled;
        m_engine->setAgent("kim");
        QCOMPARE(refusal(cmd), std::string("message.not_owner"));
        m_engine->setAgent("dana");
        submit(cmd);
        QCOMPARE(refusal(cmd), std::string("message.move"));
        cmd.to = MessageState::Waiting;
        submit(cmd);
        QVERIFY(state().messages[0].state == MessageState::Waiting);
        cmd.to = MessageState::Sent;
        QCOMPARE(refusal(cmd), std::string("message.move"));  // that a gateway says
    }

    void citizensHearOfEveryStageInTheirLanguage() {
        submit(PublishCatalogue{shippedMessages()});
        open("de");
        own("dana");  // a step to assigned comes with it
        m_clock.set(kNoon + std::chrono::hours(1));
        step(Status::Closed, "fixed", "Das Loch ist zu.");
        m_clock.set(kNoon + std::chrono::hours(2));
        step(Status::Acknowledged);
        m_clock.set(kNoon + std::chrono::hours(3));
        step(Status::Closed, "fixed", "Jetzt ist es wirklich zu.");  // news, though it was closed that day before
        std::vector<std::string> events;
        for (const auto& m : state().messages) {
            events.push_back(m.event);
            QVERIFY(m.why == MessageWhy::Rule);
            QCOMPARE(m.language, std::string("de"));
        }
        std::ranges::sort(events);
        QCOMPARE(events, (std::vector<std::string>{"assigned", "closed", "closed", "received", "reopened"}));
        for (const auto& row : outbox()) {
            const auto text = must(m_reader->messageText(row));
            QVERIFY(row.reason != "same_text");
            if (text.event != "closed") continue;
            QVERIFY(text.body.contains("Das Loch ist zu.") || text.body.contains("Jetzt ist es wirklich zu."));
            QVERIFY(text.body.contains("Guten Tag Alex Example"));
            QVERIFY(text.subject.contains(row.number));
        }
        QCOMPARE(state().firstResponseAt.ms, 0);  // a rule answers nobody
    }

    void whatIsUndoneIsNotTold() {
        submit(PublishCatalogue{shippedMessages()});
        open("en");
        own("dana");
        m_clock.set(kNoon + std::chrono::hours(1));
        step(Status::Closed, "fixed", "Filled with hot mix.");
        submit(Undo{});
        QVERIFY(state().status != Status::Closed);
        int cancelled = 0;
        for (const auto& m : state().messages) {
            QCOMPARE(m.state == MessageState::Cancelled, m.event == "closed");
            cancelled += m.reason == "undone" ? 1 : 0;
        }
        QCOMPARE(cancelled, 1);
    }

    void nightsAndDuplicatesHoldUpdatesBack() {
        submit(PublishCatalogue{shippedMessages()});
        m_clock.set(kNoon + std::chrono::hours(9));  // 21:00, the city counts in UTC
        open("en");
        const auto morning = kNoon + std::chrono::hours(20);
        QCOMPARE(outbox().size(), std::size_t{1});
        QVERIFY(outbox()[0].state == MessageState::Held);
        QCOMPARE(outbox()[0].reason, std::string("quiet_hours"));
        QCOMPARE(outbox()[0].until.ms, morning.ms);
        const auto first = m_case;
        m_clock.set(morning + std::chrono::hours(1));
        open("en");
        own("dana");
        ChangeStatus close{{m_case, {}}, Status::Closed, "duplicate", "See the other", {}};
        close.duplicateOf.key = first;
        submit(close);
        int joined = 0;
        for (const auto& row : outbox()) joined += row.reason == "joined" ? 1 : 0;
        QCOMPARE(joined, 1);
        // They hear through the case that stands.
        const auto before = outbox().size();
        m_case = first;
        own("dana");
        step(Status::WorkDone);
        QCOMPARE(outbox().size(), before + 4);  // assigned and done, to the requesters of both
    }

    void theShippedTemplatesAreSound() {
        const auto problems = checkTemplates(shippedMessages(), *m_engine->catalogue());
        for (const auto& p : problems) qWarning("%s %s %s", p.field.c_str(), p.code.c_str(), p.detail.c_str());
        QVERIFY(problems.empty());
        std::map<std::string, int> languages;
        for (const auto& item : shippedMessages())
            if (item.kind == "template") ++languages[item.code.substr(item.code.rfind('-') + 1)];
        QCOMPARE(languages, (std::map<std::string, int>{{"ar", 9}, {"de", 9}, {"en", 9}, {"es", 9}, {"fr", 9}}));
    }

    void whatIsWrongWithATemplateIsNamed() {
        rules::MessageTemplate t{"x", "X", "closed", "", "en", "", "", "Dear {{surname}}"};
        auto problems = checkTemplates({rules::toItem(t)}, *m_engine->catalogue());
        QCOMPARE(problems.size(), std::size_t{1});
        QCOMPARE(problems[0].field, std::string("x.surname"));
        t.body = "Hello", t.event = "nothing", t.language = "xx", t.service = "none";
        problems = checkTemplates({rules::toItem(t)}, *m_engine->catalogue());
        QCOMPARE(problems.size(), std::size_t{3});
    }
};

QTEST_GUILESS_MAIN(MessagesTest)
#include "messages_test.moc"
