// SPDX-License-Identifier: GPL-3.0-or-later
// Mail out of the city through a real SMTP server on loopback: what is on the line, what is refused, what comes back,
// and a gateway that is killed at any moment.
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <set>

#include "channels/mail/message.hpp"
#include "comms/mail.hpp"
#include "domain/crypto.hpp"
#include "engine/gateway/bounce.hpp"
#include "engine/gateway/gateway.hpp"
#include "rules/catalogue.hpp"
#include "store/backup.hpp"

using namespace wl;
using namespace wl::engine;
using namespace Qt::StringLiterals;

class OutboundTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<QProcess> m_smtp;
    std::unique_ptr<Engine> m_engine;
    QString m_port;

    template <class T>
    static T must(Result<T> result) {
        if (!result)
            qFatal("%s %s %s", result.error().code.c_str(), result.error().field.c_str(),
                   result.error().detail.c_str());
        if constexpr (!std::is_void_v<T>) return std::move(*result);
    }
    QString path(const QString& name) const { return m_dir->filePath(name); }
    bool startServer() {
        m_smtp = std::make_unique<QProcess>();
        m_smtp->start(u"python3"_s,
                      {QString::fromUtf8(QT_TESTCASE_SOURCEDIR) + u"/support/smtp_sink.py"_s, path(u"kept"_s)});
        if (!m_smtp->waitForStarted()) return false;
        while (!m_smtp->canReadLine())
            if (!m_smtp->waitForReadyRead(10'000)) return false;
        m_port = QString::fromLatin1(m_smtp->readLine()).trimmed();
        return !m_port.isEmpty();
    }
    void openEngine() {
        EngineOptions options;
        options.dir = path(u"desk"_s).toStdString();
        options.agent = "dana";
        m_engine = must(Engine::open(options));
    }
    GatewaySettings settings() const {
        GatewaySettings s;
        s.out.smtp.url = "smtp://127.0.0.1:" + m_port.toStdString();
        s.out.from = "desk@town.example";
        s.out.fromName = "Town Ünit";
        s.out.bounce = "bounce@town.example";
        s.out.unsubscribe = "https://town.example/stop";
        return s;
    }
    CaseKey open(const char* address) {
        OpenCase cmd;
        cmd.fields.set(CaseField::Service, std::string("pothole"));
        cmd.fields.set(CaseField::Owner, std::string("dana"));
        cmd.requester.fields.set(PersonField::Name, std::string("Alex Example"));
        cmd.requester.contacts.push_back({ContactKind::Email, address, {}});
        InteractionRecorded said;
        said.channel = Channel::Email, said.direction = Direction::In, said.kind = InteractionKind::Message;
        said.visibility = Visibility::Public, said.body = "A hole";
        said.externalId = std::string("first-") + address;
        cmd.firstContact = said;
        return must(m_engine->submitAndWait(std::move(cmd))).caseKey;
    }
    MessageId write(CaseKey key, const std::string& text, const char* language = "en") {
        WriteMessage cmd;
        cmd.target.key = key;
        cmd.subject = "Über your report";
        cmd.body = text;
        cmd.language = language;
        cmd.event = "answer";
        return must(m_engine->submitAndWait(std::move(cmd))).messageId;
    }
    std::map<MessageState, int> states() {
        std::map<MessageState, int> out;
        const auto reader = must(m_engine->openReader());
        for (const auto& row : must(reader->outbox({}))) ++out[row.state];
        return out;
    }
    std::vector<QByteArray> kept() const {
        std::vector<QByteArray> out;
        const QDir folder(path(u"kept"_s));
        for (const auto& name : folder.entryList({u"*.eml"_s}, QDir::Files)) {
            QFile file(folder.filePath(name));
            if (file.open(QIODevice::ReadOnly)) out.push_back(file.readAll());
        }
        return out;
    }

private Q_SLOTS:
    void init() {
        m_dir = std::make_unique<QTemporaryDir>();
        if (!startServer()) QSKIP("python3 with aiosmtpd is not installed: no SMTP server to send to");
        EngineOptions options;
        options.dir = path(u"desk"_s).toStdString();
        must(Engine::create(options));
        openEngine();
        rules::Department works{"works", "Works", {}};
        rules::Service pothole;
        pothole.code = "pothole", pothole.name = "Pothole", pothole.department = "works";
        rules::StaffMember dana{"dana", "Dana Example", "works", ""};
        must(m_engine->submitAndWait(
            PublishCatalogue{{rules::toItem(works), rules::toItem(pothole), rules::toItem(dana)}}));
    }
    void cleanup() {
        m_engine.reset();
        if (m_smtp) {
            m_smtp->closeWriteChannel();
            m_smtp->waitForFinished();
        }
    }

    void aMailLeavesAsItShould() {
        const auto key = open("alex@example.org");
        const auto id = write(key, "Grüße,\n.\na line with a dot alone & <tags>");
        const auto gateway = must(Gateway::start(*m_engine, path(u"desk"_s).toStdString(), settings()));
        QTRY_COMPARE_WITH_TIMEOUT(states()[MessageState::Sent], 1, 15'000);
        const auto mails = kept();
        QCOMPARE(mails.size(), std::size_t{1});
        const auto& bytes = mails.front();
        QVERIFY(bytes.contains("X-From: bounce+" + QByteArray::fromStdString(toHex(id)) + "@town.example"));
        QVERIFY(bytes.contains("X-To: alex@example.org"));
        const auto mail = mail::read(bytes.toStdString());
        QCOMPARE(mail.messageId, mailMessageId(id, "town.example"));
        QCOMPARE(mail.inReplyTo, std::string("first-alex@example.org"));
        QCOMPARE(mail.from.name, std::string("Town Ünit"));
        QCOMPARE(mail.to.front().address, std::string("alex@example.org"));
        QVERIFY(mail.subject.starts_with("Über your report ["));
        QVERIFY(mail.text.starts_with("Grüße,\n.\na line with a dot alone & <tags>"));
        QVERIFY(bytes.contains("multipart/alternative"));
        QVERIFY(!bytes.contains("Auto-Submitted"));
        const auto reader = must(m_engine->openReader());
        QVERIFY(must(reader->detail(key)).state.firstResponseAt.ms > 0);
        // An answer to it finds its case, and a bounce its message.
        QCOMPARE(must(reader->findInteraction(Channel::Email, mail.messageId)), key);
        mail::Message bounce;
        bounce.kind = mail::Kind::Bounce;
        bounce.to = {{"", "bounce+" + toHex(id) + "@town.example"}};
        must(noteBounce(*m_engine, *reader, bounce));
        QCOMPARE(states()[MessageState::Failed], 1);
        QVERIFY(must(reader->contactRecord({}, "alex@example.org", m_engine->now())).bounced);
    }

    void anAutomaticMailSaysThatItIs() {
        const auto key = open("alex@example.org");
        rules::SendingRules rules;
        rules.quietFrom = rules.quietTo = 0;
        must(m_engine->submitAndWait(PublishCatalogue{{rules::toItem(rules)}}));
        WriteMessage cmd;
        cmd.target.key = key;
        cmd.subject = "Closed", cmd.body = "It is done", cmd.language = "en", cmd.event = "closed", cmd.cause = "x";
        cmd.why = MessageWhy::Rule;
        must(m_engine->submitAndWait(cmd));
        must(m_engine->submitAndWait(cmd));  // written once
        const auto gateway = must(Gateway::start(*m_engine, path(u"desk"_s).toStdString(), settings()));
        QTRY_COMPARE_WITH_TIMEOUT(states()[MessageState::Sent], 1, 15'000);
        QCOMPARE(kept().size(), std::size_t{1});
        const auto bytes = kept().front();
        QVERIFY(bytes.contains("Auto-Submitted: auto-generated"));
        QVERIFY(bytes.contains("List-Unsubscribe: <https://town.example/stop>"));
        QVERIFY(bytes.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"));
    }

    void updatesThatCollectedLeaveAsOne() {
        const auto key = open("alex@example.org");
        rules::SendingRules rules;
        rules.quietFrom = rules.quietTo = rules.gapMinutes = 0;
        must(m_engine->submitAndWait(PublishCatalogue{{rules::toItem(rules)}}));
        for (const auto* cause : {"first", "second", "third"}) {
            WriteMessage cmd;
            cmd.target.key = key;
            cmd.subject = "Update", cmd.body = std::string("The ") + cause, cmd.language = "en", cmd.event = cause;
            cmd.cause = cause, cmd.why = MessageWhy::Rule;
            must(m_engine->submitAndWait(cmd));
        }
        rules.digestMinutes = 1;  // they are due all the same when their gateway asks in a minute
        must(m_engine->submitAndWait(PublishCatalogue{{rules::toItem(rules)}}));
        m_engine.reset();
        ManualClock later(SystemClock().now() + std::chrono::minutes(2));
        EngineOptions options;
        options.dir = path(u"desk"_s).toStdString();
        options.agent = "dana";
        options.clock = &later;
        m_engine = must(Engine::open(options));
        auto gateway = must(Gateway::start(*m_engine, path(u"desk"_s).toStdString(), settings()));
        QTRY_COMPARE_WITH_TIMEOUT(states()[MessageState::Suppressed], 2, 15'000);
        QCOMPARE(states()[MessageState::Sent], 1);
        QCOMPARE(kept().size(), std::size_t{1});
        const auto text = mail::read(kept().front().toStdString()).text;
        QVERIFY(text.contains("The first") && text.contains("The second") && text.contains("The third"));
        gateway.reset();
        m_engine.reset();
    }

    // The claim of another console holds the channel until it ends.
    void oneConsoleSendsOnAChannelUntilItsClaimLapses() {
        const auto key = open("alex@example.org");
        const auto claimed = write(key, "One");
        write(key, "Two");
        MoveMessage claim;
        claim.target.key = key, claim.message = claimed, claim.to = MessageState::Sending, claim.byGateway = true;
        claim.until = m_engine->now() + std::chrono::minutes(2);
        must(m_engine->submitAndWait(claim));
        const auto first = m_engine->origin();
        m_engine.reset();
        // A console of another name with all that the first wrote.
        const auto desk = path(u"desk"_s).toStdString(), other = path(u"other"_s).toStdString();
        must(store::writeBackup(desk, path(u"backup"_s).toStdString()));
        const SystemClock clock;
        SystemRng rng;
        must(store::restoreBackup(path(u"backup"_s).toStdString(), {other, clock, rng}));
        EngineOptions options;
        options.dir = other;
        options.agent = "dana";
        m_engine = must(Engine::open(options));
        QVERIFY(m_engine->origin() != first);
        {
            rules::SendingRules rules;
            rules.quietFrom = rules.quietTo = 0;
            must(m_engine->submitAndWait(PublishCatalogue{{rules::toItem(rules)}}));
            WriteMessage sms;  // of a channel that comes after mail in each pass: then mail has been looked at
            sms.target.key = key, sms.channel = Channel::Sms, sms.address = "+4930123456", sms.body = "Three";
            const auto third = must(m_engine->submitAndWait(sms)).messageId;
            auto both = settings();
            both.out.sms.url = "http://127.0.0.1:1/";
            const auto gateway = must(Gateway::start(*m_engine, other, both));
            const auto reader = must(m_engine->openReader());
            QTRY_COMPARE_WITH_TIMEOUT(must(reader->findMessage(third))->reason, std::string("later"), 15'000);
            QCOMPARE(states()[MessageState::Sending], 1);
            QVERIFY(kept().empty());
            MoveMessage cancel;
            cancel.target.key = key, cancel.message = third, cancel.to = MessageState::Cancelled;
            must(m_engine->submitAndWait(cancel));
        }
        m_engine.reset();
        ManualClock later(SystemClock().now() + std::chrono::minutes(3));
        options.clock = &later;
        m_engine = must(Engine::open(options));
        auto gateway = must(Gateway::start(*m_engine, other, settings()));
        QTRY_COMPARE_WITH_TIMEOUT(states()[MessageState::Sent], 2, 20'000);
        QCOMPARE(kept().size(), std::size_t{2});
        gateway.reset();
        m_engine.reset();
    }

    void whatIsRefusedFailsAndWhatIsNotTakenNowWaits() {
        write(open("nobody@example.org"), "One");
        write(open("later@example.org"), "Two");
        const auto gateway = must(Gateway::start(*m_engine, path(u"desk"_s).toStdString(), settings()));
        QTRY_COMPARE_WITH_TIMEOUT(states()[MessageState::Failed], 1, 15'000);
        QTRY_COMPARE_WITH_TIMEOUT(states()[MessageState::Waiting], 1, 15'000);
        const auto reader = must(m_engine->openReader());
        for (const auto& row : must(reader->outbox({}))) {
            if (row.state == MessageState::Failed) QCOMPARE(row.reason, std::string("refused"));
            else QVERIFY(row.reason == "later" && row.until > m_engine->now());
        }
        QVERIFY(kept().empty());
    }

    void aServerThatIsGoneKeepsThemWaiting() {
        write(open("alex@example.org"), "One");
        auto s = settings();
        s.out.smtp.url = "smtp://127.0.0.1:1";
        const auto gateway = must(Gateway::start(*m_engine, path(u"desk"_s).toStdString(), s));
        QTRY_VERIFY_WITH_TIMEOUT(must(must(m_engine->openReader())->outbox({})).front().reason == "later", 15'000);
        QCOMPARE(states()[MessageState::Waiting], 1);
    }

    // Killed at some moment again and again: every mail arrives, and one that arrives twice is the same mail.
    void aKilledGatewayLosesNothing() {
        constexpr int kMails = 30;
        std::set<QByteArray> ids;
        for (int i = 0; i < kMails; ++i) {
            const auto address = "citizen" + std::to_string(i) + "@example.org";
            ids.insert(QByteArray::fromStdString(mailMessageId(write(open(address.c_str()), "Mail " + address),
                                                               "town.example")));
        }
        m_engine.reset();
        QFile file(path(u"gateway.json"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{\"mail_out\": {\"smtp\": \"smtp://127.0.0.1:" + m_port.toLatin1() +
                   "\", \"from\": \"desk@town.example\"}}");
        file.close();
        const auto program = QString::fromUtf8(QT_TESTCASE_BUILDDIR) + u"/../bin/wardlinectl"_s;
        if (!QFile::exists(program)) QSKIP("wardlinectl has not been built");
        for (int round = 0; round < 12; ++round) {
            QProcess gateway;
            gateway.setProcessChannelMode(QProcess::MergedChannels);
            gateway.start(program, {u"--data"_s, path(u"desk"_s), u"serve"_s, u"--gateway"_s, file.fileName()});
            QVERIFY(gateway.waitForStarted());
            gateway.waitForReadyRead(10'000);
            for (int line = 0; line < 3 * round + 1; ++line) gateway.waitForReadyRead(200);  // further each time
            gateway.kill();
            gateway.waitForFinished();
        }
        openEngine();
        const auto gateway = must(Gateway::start(*m_engine, path(u"desk"_s).toStdString(), settings()));
        QTRY_COMPARE_WITH_TIMEOUT(states()[MessageState::Sent], kMails, 60'000);
        std::map<QByteArray, int> arrived;
        static const QRegularExpression form(u"Message-I[dD]: <([^>]+)>"_s);
        for (const auto& mail : kept()) ++arrived[form.match(QString::fromUtf8(mail)).captured(1).toLatin1()];
        QCOMPARE(arrived.size(), std::size_t{kMails});
        for (const auto& [id, times] : arrived) QVERIFY2(ids.contains(id), id.constData());
    }
};

QTEST_GUILESS_MAIN(OutboundTest)
#include "outbound_test.moc"
