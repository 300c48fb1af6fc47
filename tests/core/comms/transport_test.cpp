// SPDX-License-Identifier: GPL-3.0-or-later
// WhatsApp and SMS through a real HTTP server on loopback; mail into a pickup folder.
#include "comms/transport.hpp"

#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QUrlQuery>

using namespace wl;
using namespace wl::comms;
using namespace Qt::StringLiterals;

class TransportTest : public QObject {
    Q_OBJECT

    QProcess m_server;
    QString m_base;

    HttpSettings at(const QString& path) const {
        HttpSettings s;
        s.url = (m_base + path).toStdString();
        s.token = "secret";
        s.timeout = std::chrono::seconds(10);
        return s;
    }
    QJsonObject request() {
        while (!m_server.canReadLine() && m_server.waitForReadyRead(10'000)) {}
        return QJsonDocument::fromJson(m_server.readLine()).object();
    }

private Q_SLOTS:
    void initTestCase() {
        m_server.start(u"python3"_s, {QString::fromUtf8(QT_TESTCASE_SOURCEDIR) + u"/support/http_sink.py"_s});
        if (!m_server.waitForStarted()) QSKIP("python3 is not installed: no HTTP server to send to");
        while (!m_server.canReadLine()) QVERIFY(m_server.waitForReadyRead(30'000));
        m_base = u"http://127.0.0.1:"_s + QString::fromLatin1(m_server.readLine()).trimmed();
    }
    void cleanupTestCase() {
        m_server.closeWriteChannel();
        m_server.waitForFinished();
    }

    void whatsAppTakesTextAndTemplates() {
        const auto way = whatsAppTransport(at(u"/200"_s));
        const auto done = way->send({"+4930123456", "A \"quoted\"\nline \\ ü", "00ff", {}, {}});
        QCOMPARE(int(done.how), int(Handed::Taken));
        QCOMPARE(done.externalId, std::string("wamid.ABC"));
        auto sent = request();
        QCOMPARE(sent.value("authorization"_L1).toString(), u"Bearer secret"_s);
        auto body = QJsonDocument::fromJson(sent.value("body"_L1).toString().toUtf8()).object();
        QCOMPARE(body.value("to"_L1).toString(), u"4930123456"_s);
        QCOMPARE(body.value("text"_L1).toObject().value("body"_L1).toString(), u"A \"quoted\"\nline \\ ü"_s);
        way->send({"+4930123456", "It is done", "00ff", "case_update", "de"});
        body = QJsonDocument::fromJson(request().value("body"_L1).toString().toUtf8()).object();
        const auto used = body.value("template"_L1).toObject();
        QCOMPARE(used.value("name"_L1).toString(), u"case_update"_s);
        QCOMPARE(used.value("language"_L1).toObject().value("code"_L1).toString(), u"de"_s);
    }

    void anSmsIsAFormOfTheProvidersMaking() {
        auto settings = at(u"/200"_s);
        settings.form = {{"dest", "{to}"}, {"msg", "City: {text}"}, {"ref", "{id}"}, {"kind", "plain"}};
        const auto done = smsTransport(settings)->send({"+4930123456", "50% & more = {to}", "00ff", {}, {}});
        QCOMPARE(int(done.how), int(Handed::Taken));
        const QUrlQuery form(request().value("body"_L1).toString());
        const auto value = [&](const QString& name) { return form.queryItemValue(name, QUrl::FullyDecoded); };
        QCOMPARE(value(u"dest"_s), u"+4930123456"_s);
        QCOMPARE(value(u"msg"_s), u"City: 50% & more = {to}"_s);
        QCOMPARE(value(u"ref"_s), u"00ff"_s);
        QCOMPARE(value(u"kind"_s), u"plain"_s);
    }

    void theAnswerSaysHowItEnded_data() {
        QTest::addColumn<QString>("path");
        QTest::addColumn<int>("how");
        QTest::newRow("refused") << u"/400"_s << int(Handed::Refused);
        QTest::newRow("too many") << u"/429"_s << int(Handed::Later);
        QTest::newRow("down") << u"/503"_s << int(Handed::Later);
        QTest::newRow("cut off") << u"/cut"_s << int(Handed::Unclear);
    }
    void theAnswerSaysHowItEnded() {
        QFETCH(QString, path);
        QFETCH(int, how);
        const auto done = whatsAppTransport(at(path))->send({"+4930123456", "x", "00ff", {}, {}});
        request();
        QCOMPARE(int(done.how), how);
    }
    void nobodyThereIsLater() {
        HttpSettings s;
        s.url = "http://127.0.0.1:1/";
        QCOMPARE(int(smsTransport(s)->send({"+4930123456", "x", "1", {}, {}}).how), int(Handed::Later));
    }

    void aSecondAttemptWritesTheSameFile() {
        const QTemporaryDir dir;
        OutgoingMail mail;
        mail.messageId = "wl.00ff@town.example";
        mail.fromAddress = "desk@town.example", mail.toAddress = "alex@example.org";
        mail.subject = "Hello", mail.body = "It is done", mail.language = "en", mail.date = {1'790'000'000'000};
        const auto bytes = writeMail(mail).value();
        QCOMPARE(writeMail(mail).value(), bytes);
        const auto way = pickupTransport(dir.path().toStdString());
        for (int i = 0; i < 2; ++i)
            QCOMPARE(int(way->send(bytes, "b@town.example", "alex@example.org").how), int(Handed::Taken));
        QCOMPARE(QDir(dir.path()).entryList(QDir::Files), QStringList{u"wl.00ff.eml"_s});
        mail.toAddress = "alex@example.org>\r\nRCPT TO:<all@example.org";
        QVERIFY(!writeMail(mail).has_value());
        QCOMPARE(messageOfBounceAddress(bounceAddress("b@town.example", std::string(32, 'a'))), std::string(32, 'a'));
        QVERIFY(messageOfBounceAddress("b+short@town.example").empty());
    }
};

QTEST_GUILESS_MAIN(TransportTest)
#include "transport_test.moc"
