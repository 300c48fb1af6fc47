// SPDX-License-Identifier: GPL-3.0-or-later
// A gateway that is killed again and again while messages stream in: nothing is lost, nothing is there twice.
// WARDLINE_KILLS says how often (the issue's figure is 100).
#undef QT_NO_CAST_FROM_ASCII  // many short bodies are written here
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <filesystem>
#include <fstream>
#include <map>

#include "domain/sha256.hpp"
#include "engine/gateway/gateway.hpp"
#include "rules/catalogue.hpp"

using namespace wl;
using namespace wl::engine;

class KilledGatewayTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;
    QString path(const char* name) const { return m_dir->filePath(name); }
    std::unique_ptr<Engine> open() {
        EngineOptions o;
        o.dir = path("city").toStdString();
        auto engine = Engine::open(o);
        if (!engine) qFatal("%s", engine.error().code.c_str());
        (*engine)->waitUntilLoaded();
        return std::move(*engine);
    }
    // Numbers of people repeat: some messages open a case, others join one.
    static std::string whatsApp(int n) {
        return "{\"object\":\"whatsapp_business_account\",\"entry\":[{\"changes\":[{\"value\":{\"messages\":[{\"from\":"
               "\"1617555" +
               std::to_string(1000 + n % 37) + "\",\"id\":\"wamid." + std::to_string(n) +
               "\",\"type\":\"text\",\"text\":{\"body\":\"a hole, number " + std::to_string(n) + "\"}}]}}]}]}";
    }
    static std::string mail(int n) {
        return "From: a" + std::to_string(n % 23) + "@example.org\r\nSubject: a hole\r\nMessage-ID: <m" +
               std::to_string(n) + "@example.org>\r\n\r\nText " + std::to_string(n) + "\r\n";
    }
    void drop(const char* folder, int n, const std::string& bytes) {
        const auto in = std::filesystem::path(path(folder).toStdString()) / "new";
        const auto name = std::to_string(100'000 + n);
        std::ofstream(in / ('.' + name), std::ios::binary) << bytes;
        std::filesystem::rename(in / ('.' + name), in / name);
    }

private Q_SLOTS:
    void nothingIsLostAndNothingDoubled() {
        const auto program = QString::fromUtf8(QT_TESTCASE_BUILDDIR) + "/../bin/wardlinectl";
        if (!QFile::exists(program)) QSKIP("wardlinectl has not been built");
        m_dir = std::make_unique<QTemporaryDir>();
        EngineOptions o;
        o.dir = path("city").toStdString();
        QVERIFY(Engine::create(o));
        {
            const auto engine = open();
            rules::Service pothole;
            pothole.code = "POTHOLE", pothole.name = "Pothole", pothole.department = "PW", pothole.keywords = {"hole"};
            rules::Department works;
            works.code = "PW", works.name = "Public Works";
            QVERIFY(engine->submitAndWait(PublishCatalogue{{rules::toItem(pothole), rules::toItem(works)}}));
        }
        QFile file(path("gateway.json"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(
            R"({"web":{"listen":"127.0.0.1:0"},"whatsapp":{"drop":"wa","app_secret":"s"},"mail":{"drop":"mail"}})");
        file.close();
        for (const char* folder : {"wa", "mail"})
            std::filesystem::create_directories(std::filesystem::path(path(folder).toStdString()) / "new");
        const int kills =
            qEnvironmentVariableIntValue("WARDLINE_KILLS") > 0 ? qEnvironmentVariableIntValue("WARDLINE_KILLS") : 6;
        constexpr int kEach = 12;  // dropped before and while each run
        int sent = 0;
        int hooked = 0;  // what the webhook had said yes to
        std::map<std::string, int> expected;
        for (int round = 0; round < kills; ++round) {
            for (int i = 0; i < kEach; ++i, ++sent) {
                drop("wa", sent, whatsApp(sent));
                drop("mail", sent, mail(sent));
                ++expected["wamid." + std::to_string(sent)];
                ++expected["m" + std::to_string(sent) + "@example.org"];
            }
            QProcess gateway;
            gateway.setProcessChannelMode(QProcess::MergedChannels);
            gateway.start(program, {"--data", path("city"), "serve", "--gateway", file.fileName()});
            QVERIFY(gateway.waitForStarted());
            QByteArray said;
            while (!said.contains("ready") && gateway.waitForReadyRead(20'000)) said += gateway.readAll();
            QVERIFY2(said.contains("ready"), said.constData());
            QString hook;
            for (const auto& line : QString::fromUtf8(said).split('\n'))
                if (line.startsWith("whatsapp_hook ")) hook = line.mid(14).trimmed();
            // A webhook's yes is a promise too.
            for (int i = 0; i < round % 3; ++i) {
                const auto body = whatsApp(1'000'000 + hooked);
                QProcess curl;
                curl.start("curl", {"-s", "-H",
                                    "X-Hub-Signature-256: sha256=" + QString::fromStdString(hmacSha256Hex("s", body)),
                                    "--data-binary", QString::fromStdString(body), hook});
                curl.waitForFinished();
                if (curl.readAll() == "kept\n") ++expected["wamid." + std::to_string(1'000'000 + hooked)];
                ++hooked;
            }
            for (int line = 0; line < round % (2 * kEach); ++line) gateway.waitForReadyRead(100);  // further each time
            gateway.kill();
            gateway.waitForFinished();
        }
        const auto engine = open();
        GatewaySettings s = *readGatewaySettings(file.fileName().toStdString());
        const auto gateway = Gateway::start(*engine, path("city").toStdString(), s);
        QVERIFY(gateway);
        for (const char* folder : {"wa", "mail"})
            QTRY_VERIFY_WITH_TIMEOUT(
                std::filesystem::is_empty(std::filesystem::path(path(folder).toStdString()) / "new"), 60'000);
        const auto reader = engine->openReader();
        std::map<std::string, int> there;
        const auto listing = engine->queryAndWait({});
        for (const auto key : (*listing)->keys) {
            const auto history = *(*reader)->timeline(key);
            for (const auto& entry : history)
                if (const auto* i = std::get_if<InteractionRecorded>(&entry.op.body)) ++there[i->externalId];
        }
        for (const auto& [id, times] : expected) QVERIFY2(there[id] == 1, id.c_str());
        // A hook whose answer was lost on the way may have been kept: once.
        for (const auto& [id, times] : there) QVERIFY2(times == 1, id.c_str());
    }
};

QTEST_GUILESS_MAIN(KilledGatewayTest)
#include "killed_gateway_test.moc"
