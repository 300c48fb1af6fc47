// SPDX-License-Identifier: GPL-3.0-or-later
// WhatsApp and SMS into timelines: signed bodies by a real HTTP client, the same bodies out of a folder, pictures from
// a real server.
#undef QT_NO_CAST_FROM_ASCII  // many short bodies are written here
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "domain/sha256.hpp"
#include "engine/gateway/gateway.hpp"
#include "rules/catalogue.hpp"

using namespace wl;
using namespace wl::engine;

namespace {

// Single quotes for double ones.
std::string q(std::string text) {
    std::ranges::replace(text, '\'', '"');
    return text;
}
std::string body(const std::string& id, const std::string& rest, const std::string& from = "16175550142") {
    return q("{'object':'whatsapp_business_account','entry':[{'changes':[{'field':'messages','value':{'contacts':[{'"
             "profile':{'name':'Anna Example'},'wa_id':'") +
           from + q("'}],'messages':[{'from':'") + from + q("','id':'") + id + "\"," + rest + "}]}}]}]}";
}
std::string said(const std::string& id, const std::string& text, const std::string& from = "16175550142") {
    return body(id, q("'type':'text','text':{'body':'") + text + "\"}", from);
}

}  // namespace

class TextIntakeTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Engine> m_engine;
    std::unique_ptr<Gateway> m_gateway;
    std::unique_ptr<http::Server> m_media;
    std::string m_picture{"\xff\xd8\xff picture"};
    int m_mediaStatus{200};

    std::filesystem::path path(const char* name) const { return m_dir->path().toStdString() + '/' + name; }
    GatewaySettings settings() {
        auto s = demoGatewaySettings(path("city"));
        s.web.requestsAMinute = 100'000;
        s.whatsApp.mediaBase = s.sms.mediaBase = "http://" + m_media->address();
        s.whatsApp.token = "media-token";
        return s;
    }
    void start() {
        m_gateway.reset();
        auto started = Gateway::start(*m_engine, path("city"), settings());
        if (!started) qFatal("%s %s", started.error().code.c_str(), started.error().detail.c_str());
        m_gateway = std::move(*started);
    }
    int post(const std::string& hook, const std::string& text, const QStringList& headers) {
        QString root;
        for (const auto& [name, address] : m_gateway->addresses())
            if (name == "report") root = QString::fromStdString(address).chopped(7);
        std::ofstream(path("body"), std::ios::binary | std::ios::trunc) << text;
        QStringList arguments{"-s",
                              "-o",
                              "/dev/null",
                              "-w",
                              "%{http_code}",
                              "--data-binary",
                              QString::fromStdString("@" + path("body").string())};
        for (const auto& header : headers) arguments << "-H" << header;
        QProcess curl;
        curl.start("curl", arguments << root + QString::fromStdString(hook));
        curl.waitForFinished();
        return curl.readAllStandardOutput().toInt();
    }
    int whatsApp(const std::string& text, const std::string& secret = "demo-secret") {
        return post("/hooks/whatsapp", text,
                    {"X-Hub-Signature-256: sha256=" + QString::fromStdString(hmacSha256Hex(secret, text))});
    }
    void drop(const char* folder, const char* name, const std::string& text) {
        const auto in = path("city") / folder / "new";
        std::ofstream(in / (std::string(".") + name), std::ios::binary) << text;
        std::filesystem::rename(in / (std::string(".") + name), in / name);
    }
    bool settled(const char* folder) { return std::filesystem::is_empty(path("city") / folder / "new"); }
    std::vector<store::CaseDetail> cases() {
        std::vector<store::CaseDetail> out;
        auto reader = m_engine->openReader();
        const auto listing = m_engine->queryAndWait({});
        for (const auto key : (*listing)->keys) out.push_back(*(*reader)->detail(key));
        return out;
    }
    std::vector<InteractionRecorded> timeline(CaseKey key) {
        auto reader = m_engine->openReader();
        std::vector<InteractionRecorded> out;
        const auto history = *(*reader)->timeline(key);
        for (const auto& entry : history)
            if (const auto* i = std::get_if<InteractionRecorded>(&entry.op.body)) out.push_back(*i);
        return out;
    }

private Q_SLOTS:
    void init() {
        if (QStandardPaths::findExecutable("curl").isEmpty()) QSKIP("curl is not installed");
        m_dir = std::make_unique<QTemporaryDir>();
        m_mediaStatus = 200;
        http::ServerSettings media;
        media.listen = "127.0.0.1:0";
        m_media = std::move(*http::Server::start(media, [this](const http::Request& request) -> http::Answer {
            const auto token = request.headers.find("authorization");
            if (token == request.headers.end() || token->second != "Bearer media-token")
                return {.status = 401, .body = {}};
            if (request.target == "/bytes") return {.status = m_mediaStatus, .body = m_picture};
            if (request.target == "/77")
                return {.status = 200, .body = q("{'url':'http://") + m_media->address() + q("/bytes'}")};
            return {.status = 404, .body = {}};
        }));
        EngineOptions o;
        o.dir = path("city");
        QVERIFY(Engine::create(o));
        m_engine = std::move(*Engine::open(o));
        m_engine->waitUntilLoaded();
        rules::Service pothole;
        pothole.code = "POTHOLE", pothole.name = "Pothole", pothole.department = "PW", pothole.keywords = {"hole"};
        rules::Department works;
        works.code = "PW", works.name = "Public Works";
        rules::StaffMember dana{"dana", "Dana Example", "PW", ""};
        QVERIFY(m_engine->submitAndWait(
            PublishCatalogue{{rules::toItem(pothole), rules::toItem(works), rules::toItem(dana)}}));
        start();
    }
    void cleanup() {
        m_gateway.reset();
        m_engine.reset();
        m_media.reset();
    }

    void aSignedMessageOpensACaseAndTheNextJoinsIt() {
        QCOMPARE(whatsApp(said("wamid.1", "There is a hole")), 200);
        QTRY_COMPARE(cases().size(), std::size_t{1});
        QCOMPARE(cases()[0].state.number(CaseField::FirstChannel), std::int64_t(Channel::WhatsApp));
        QCOMPARE(whatsApp(body("wamid.2", q("'type':'location','location':{'latitude':42.5,'longitude':-71.5}"))), 200);
        QTRY_COMPARE(timeline(cases()[0].key).size(), std::size_t{2});
        QTRY_COMPARE(std::get<GeoPoint>(cases()[0].state.value(CaseField::Position)), GeoPoint::of(42.5, -71.5));
        QCOMPARE(whatsApp(said("wamid.2", "said twice")), 200);
        QCOMPARE(whatsApp(said("wamid.3", "third")), 200);
        QTRY_COMPARE(timeline(cases()[0].key).size(), std::size_t{3});
        QTRY_VERIFY(settled("whatsapp-drop"));
        QCOMPARE(cases().size(), std::size_t{1});
        QCOMPARE(timeline(cases()[0].key)[2].author, std::string("Anna Example"));
        QVERIFY(!timeline(cases()[0].key)[2].person.isNull());
        // Somebody else's is another case.
        QCOMPARE(whatsApp(said("wamid.4", "another hole", "16175550143")), 200);
        QTRY_COMPARE(cases().size(), std::size_t{2});
    }
    void aWrongSignatureIsRefusedAndNothingIsKept() {
        QCOMPARE(whatsApp(said("wamid.1", "a hole"), "other"), 401);
        QCOMPARE(post("/hooks/whatsapp", said("wamid.1", "a hole"), {}), 401);
        QCOMPARE(post("/hooks/sms/wrong", "MessageSid=1&From=%2B16175550142&Body=hole", {}), 401);
        QVERIFY(settled("whatsapp-drop"));
        QVERIFY(cases().empty());
    }
    void theSubscriptionIsVerified() {
        QCOMPARE(post("/hooks/whatsapp?hub.mode=subscribe&hub.verify_token=demo-token&hub.challenge=42", "", {"X: y"}),
                 401);
        const auto ask = [&](const char* token) {
            QString root;
            for (const auto& [name, address] : m_gateway->addresses())
                if (name == "whatsapp_hook") root = QString::fromStdString(address);
            QProcess curl;
            curl.start("curl", {"-s", root + "?hub.mode=subscribe&hub.challenge=42&hub.verify_token=" + token});
            curl.waitForFinished();
            return curl.readAllStandardOutput();
        };
        QCOMPARE(ask("demo-token"), QByteArray("42"));
        QVERIFY(ask("other") != QByteArray("42"));
    }
    void picturesAreFetchedAndCheckedByTheirHash() {
        const auto picture = [&](const char* id, const std::string& hash, const char* media) {
            return body(id, q("'type':'image','image':{'id':'") + std::string(media) +
                                q("','mime_type':'image/jpeg','caption':'a hole','sha256':'") + hash + "\"}");
        };
        drop("whatsapp-drop", "1", picture("wamid.1", sha256Hex(m_picture), "77"));
        QTRY_COMPARE(cases().size(), std::size_t{1});
        const auto files = timeline(cases()[0].key)[0].files;
        QCOMPARE(files.size(), std::size_t{1});
        QCOMPARE(files[0].name, std::string("image.jpeg"));
        QCOMPARE(files[0].sha256, sha256Hex(m_picture));
        drop("whatsapp-drop", "2", picture("wamid.2", sha256Hex("another"), "77"));
        QTRY_COMPARE(timeline(cases()[0].key).size(), std::size_t{2});
        QVERIFY(timeline(cases()[0].key)[1].files.empty());
        QCOMPARE(timeline(cases()[0].key)[1].body, std::string("a hole\n[image.jpeg]"));
        drop("whatsapp-drop", "3", picture("wamid.3", {}, "404"));
        QTRY_COMPARE(timeline(cases()[0].key).size(), std::size_t{3});
        // A server that is down now may be up later: the message waits.
        m_mediaStatus = 503;
        drop("whatsapp-drop", "4", picture("wamid.4", {}, "77"));
        drop("whatsapp-drop", "5", said("wamid.5", "goes on"));
        QTRY_COMPARE(timeline(cases()[0].key).size(), std::size_t{4});
        QVERIFY(!settled("whatsapp-drop"));
        m_mediaStatus = 200;
        QTRY_COMPARE_WITH_TIMEOUT(timeline(cases()[0].key).size(), std::size_t{5}, 15'000);
    }
    void anSmsGoesTheSameWay() {
        QCOMPARE(post("/hooks/sms/demo-secret", "MessageSid=SM1&From=%2B16175550142&Body=a+hole&NumMedia=0", {}), 200);
        QTRY_COMPARE(cases().size(), std::size_t{1});
        QCOMPARE(cases()[0].state.number(CaseField::FirstChannel), std::int64_t(Channel::Sms));
        // The same number by WhatsApp is the same citizen.
        QCOMPARE(whatsApp(said("wamid.1", "and now?")), 200);
        QTRY_COMPARE(timeline(cases()[0].key).size(), std::size_t{2});
        QCOMPARE(cases().size(), std::size_t{1});
    }
    void whatBelongsNowhereSaysWhy() {
        drop("whatsapp-drop", "1", said("wamid.1", "lovely weather"));
        drop("whatsapp-drop", "2", "no json");
        drop("sms-drop", "1", "From=x");
        const auto in = path("city");
        QTRY_VERIFY(std::filesystem::exists(in / "whatsapp-drop" / "unsorted" / "1.why"));
        QTRY_VERIFY(std::filesystem::exists(in / "whatsapp-drop" / "rejected" / "2.why"));
        QTRY_VERIFY(std::filesystem::exists(in / "sms-drop" / "rejected" / "1.why"));
        QVERIFY(cases().empty());
    }
    void whatBecameOfOurMessageMovesItOn() {
        QCOMPARE(whatsApp(said("wamid.1", "a hole")), 200);
        QTRY_COMPARE(cases().size(), std::size_t{1});
        const auto key = cases()[0].key;
        m_engine->setAgent("dana");
        QVERIFY(m_engine->submitAndWait(ClaimCase{.target = {.key = key, .id = {}}}));
        WriteMessage write;
        write.target.key = key;
        write.channel = Channel::WhatsApp;
        write.body = "We come";
        const auto written = m_engine->submitAndWait(write);
        QVERIFY2(written, written ? "" : written.error().code.c_str());
        const auto state = [&] { return cases()[0].state.message(written->messageId)->state; };
        MoveMessage sent;
        sent.target.key = key, sent.message = written->messageId, sent.to = MessageState::Sent;
        sent.externalId = "wamid.out", sent.byGateway = true;
        QVERIFY(m_engine->submitAndWait(sent));
        const auto status = [](const char* id, const char* is, const std::string& more = {}) {
            return q("{'object':'whatsapp_business_account','entry':[{'changes':[{'value':{'statuses':[{'id':'") +
                   std::string(id) + q("','status':'") + is + "\"" + more + "}]}}]}]}";
        };
        QCOMPARE(whatsApp(status("wamid.out", "delivered")), 200);
        QTRY_VERIFY(state() == MessageState::Delivered);
        QCOMPARE(whatsApp(status("wamid.out", "read")), 200);
        QTRY_VERIFY(state() == MessageState::Read);
        QCOMPARE(whatsApp(status("wamid.out", "delivered")), 200);  // late, and twice
        QCOMPARE(whatsApp(status("wamid.nobody", "read")), 200);
        QTRY_VERIFY(settled("whatsapp-drop"));
        QVERIFY(state() == MessageState::Read);
        QVERIFY(std::filesystem::is_empty(path("city") / "whatsapp-drop" / "rejected"));
        // A reply to it comes to its case, whoever writes.
        QCOMPARE(whatsApp(body("wamid.9", q("'context':{'id':'wamid.out'},'type':'text','text':{'body':'thanks'}"),
                               "16175559999")),
                 200);
        QTRY_COMPARE(timeline(key).size(), std::size_t{2});
    }
};

QTEST_GUILESS_MAIN(TextIntakeTest)
#include "text_intake_test.moc"
