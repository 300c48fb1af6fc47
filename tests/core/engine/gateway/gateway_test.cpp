// SPDX-License-Identifier: GPL-3.0-or-later
// A gateway over a replica: a real HTTP client asks the real server, mails are dropped into a real folder.
#undef QT_NO_CAST_FROM_ASCII  // many short requests are written here
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTemporaryFile>
#include <QTest>
#include <QXmlStreamReader>

#include <filesystem>
#include <fstream>

#include "engine/gateway/gateway.hpp"
#include "rules/catalogue.hpp"

using namespace wl;
using namespace wl::engine;

namespace {

std::vector<rules::CatalogueItem> catalogue() {
    rules::Service pothole;
    pothole.code = "POTHOLE";
    pothole.name = "Pothole";
    pothole.department = "PW";
    pothole.keywords = {"hole", "asphalt"};
    pothole.notice = "We look at it within two days";
    rules::ServiceAttribute size;
    size.code = "SIZE";
    size.datatype = "singlevaluelist";
    size.description = "How large is it?";
    size.required = true;
    size.values = {{"s", "Small"}, {"l", "Large"}};
    pothole.attributes = {size};
    rules::Service abuse;
    abuse.code = "ABUSE";
    abuse.name = "Abuse";
    abuse.department = "PW";
    abuse.confidential = true;
    rules::Service inner;
    inner.code = "INNER";
    inner.name = "Inner";
    inner.department = "PW";
    inner.staffOnly = true;
    rules::Department works;
    works.code = "PW";
    works.name = "Public Works";
    return {rules::toItem(pothole), rules::toItem(abuse), rules::toItem(inner), rules::toItem(works)};
}

}  // namespace

class GatewayTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Engine> m_engine;
    std::unique_ptr<Gateway> m_gateway;

    std::filesystem::path path(const char* name) const { return m_dir->path().toStdString() + '/' + name; }
    void start(int aMinute = 100'000, int seconds = 20) {
        m_gateway.reset();
        GatewaySettings s = demoGatewaySettings(path("city"));
        s.mail.folder = path("drop");
        s.web.requestsAMinute = aMinute;
        s.web.seconds = seconds;
        auto started = Gateway::start(*m_engine, path("city"), s);
        if (!started) qFatal("%s %s", started.error().code.c_str(), started.error().detail.c_str());
        m_gateway = std::move(*started);
    }
    QString root() const {
        for (const auto& [name, address] : m_gateway->addresses())
            if (name == "open311") return QString::fromStdString(address);
        return {};
    }
    /// The body; `status` gets the HTTP status.
    QByteArray ask(const QString& below, const QStringList& form = {}, int* status = nullptr,
                   const QStringList& more = {}) {
        QStringList arguments{"-s", "-S", "--max-time", "20", "-w", "\n%{http_code}"};
        arguments += more;
        for (const auto& member : form) arguments << "--data-urlencode" << member;
        arguments << root() + below;
        QProcess curl;
        curl.start("curl", arguments);
        curl.waitForFinished();
        auto out = curl.readAllStandardOutput();
        const auto cut = out.lastIndexOf('\n');
        if (status) *status = out.mid(cut + 1).toInt();
        return out.left(cut);
    }
    QJsonArray json(const QString& below, const QStringList& form = {}, int* status = nullptr) {
        return QJsonDocument::fromJson(ask(below, form, status)).array();
    }
    QString file(const QStringList& more = {}) {
        const auto answer = json(
            "/requests.json",
            QStringList{"api_key=demo", "service_code=POTHOLE", "lat=42.3", "long=-71.1", "attribute[SIZE]=l"} + more);
        return answer.at(0).toObject()["service_request_id"].toString();
    }
    store::CaseDetail detail(const QString& number) {
        auto reader = m_engine->openReader();
        return *(*reader)->detail(*(*reader)->findCase(number.toStdString()));
    }
    std::vector<InteractionRecorded> said(const QString& number) {
        auto reader = m_engine->openReader();
        std::vector<InteractionRecorded> out;
        const auto history = *(*reader)->timeline(*(*reader)->findCase(number.toStdString()));
        for (const auto& entry : history)
            if (const auto* i = std::get_if<InteractionRecorded>(&entry.op.body)) out.push_back(*i);
        return out;
    }
    void drop(const char* name, const QByteArray& bytes) {
        std::filesystem::create_directories(path("drop") / "new");
        std::ofstream(path("drop") / (std::string(".") + name), std::ios::binary) << bytes.toStdString();
        std::filesystem::rename(path("drop") / (std::string(".") + name), path("drop") / "new" / name);
    }
    bool isIn(const char* folder, const char* name) { return std::filesystem::exists(path("drop") / folder / name); }
    QString onlyCase() {
        const auto listing = m_engine->queryAndWait({});
        auto reader = m_engine->openReader();
        return (*listing)->keys.size() == 1 ? QString::fromStdString((*reader)->detail((*listing)->keys[0])->number)
                                            : QString();
    }

private Q_SLOTS:
    void init() {
        if (QStandardPaths::findExecutable("curl").isEmpty()) QSKIP("curl is not installed");
        m_dir = std::make_unique<QTemporaryDir>();
        EngineOptions o;
        o.dir = path("city");
        QVERIFY(Engine::create(o));
        m_engine = std::move(*Engine::open(o));
        m_engine->waitUntilLoaded();
        QVERIFY(m_engine->submitAndWait(PublishCatalogue{catalogue()}));
        start();
    }
    void cleanup() {
        m_gateway.reset();
        m_engine.reset();
    }

    void discoverySaysWhereTheEndpointIs() {
        int status = 0;
        const auto xml = ask("/discovery.xml", {}, &status);
        QCOMPARE(status, 200);
        QVERIFY(xml.contains("<url>" + root().toUtf8() + "</url>"));
        QVERIFY(xml.contains("<specification>http://wiki.open311.org/GeoReport_v2</specification>"));
        QVERIFY(xml.contains("<format>application/json</format>"));
    }
    void servicesAndDefinitionsAreThoseOfTheCatalogue() {
        const auto services = json("/services.json");
        QStringList codes;
        for (const auto& one : services) codes << one.toObject()["service_code"].toString();
        codes.sort();
        QCOMPARE(codes.join(u' '), QStringLiteral("ABUSE POTHOLE"));
        const auto definition = ask("/services/POTHOLE.xml");
        QVERIFY(definition.contains("<service_definition>"));
        QVERIFY(definition.contains("<datatype>singlevaluelist</datatype>"));
        QVERIFY(definition.contains("<key>l</key>"));
        int status = 0;
        QVERIFY(ask("/services/INNER.xml", {}, &status).contains("<errors>"));
        QCOMPARE(status, 404);
    }
    void aFiledRequestIsACaseAndCanBeLookedUp() {
        const auto number = file({"description=A hole < as large & deep", "first_name=Anna", "last_name=Example",
                                  "email=Anna@example.org", "address_string=1 Example Street"});
        QVERIFY(!number.isEmpty());
        const auto kept = detail(number);
        QCOMPARE(kept.state.text(CaseField::Description), std::string("A hole < as large & deep"));
        QCOMPARE(kept.state.text(CaseField::Answers), std::string("{\"SIZE\":\"l\"}"));
        QCOMPARE(kept.state.number(CaseField::FirstChannel), std::int64_t(Channel::Open311));
        QCOMPARE(said(number).size(), std::size_t{1});
        QCOMPARE(said(number).front().author, std::string("Anna Example"));
        const auto found = json("/requests/" + number + ".json").at(0);
        QCOMPARE(found.toObject()["status"].toString(), QStringLiteral("open"));
        QCOMPARE(found.toObject()["lat"].toDouble(), 42.3);
        QVERIFY(found.toObject()["description"].isNull());  // what residents write is personal
        QCOMPARE(json("/tokens/" + number + ".json").at(0).toObject()["service_request_id"].toString(), number);
        QXmlStreamReader xml(ask("/requests.xml?service_request_id=" + number));
        while (!xml.atEnd()) xml.readNext();
        QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
    }
    void aRetryOfTheClientOpensNoSecondCase() {
        const QStringList form{"api_key=demo", "service_code=POTHOLE", "lat=42.3", "long=-71.1", "attribute[SIZE]=l"};
        const auto first = ask("/requests.json", form, nullptr, {"-H", "Idempotency-Key: 7"});
        QCOMPARE(ask("/requests.json", form, nullptr, {"-H", "Idempotency-Key: 7"}), first);
        QVERIFY(ask("/requests.json", form, nullptr, {"-H", "Idempotency-Key: 8"}) != first);
    }
    void whatIsWrongIsRefused_data() {
        QTest::addColumn<QStringList>("form");
        QTest::addColumn<int>("status");
        const QStringList good{"api_key=demo", "service_code=POTHOLE", "lat=42.3", "long=-71.1", "attribute[SIZE]=l"};
        const auto without = [&](int at) {
            auto out = good;
            out.removeAt(at);
            return out;
        };
        QTest::newRow("no key") << without(0) << 403;
        QTest::newRow("wrong key") << (without(0) << "api_key=x") << 403;
        QTest::newRow("no service") << without(1) << 400;
        QTest::newRow("unknown service") << (without(1) << "service_code=X") << 404;
        QTest::newRow("service for staff") << (without(1) << "service_code=INNER") << 404;
        QTest::newRow("lat alone") << without(3) << 400;
        QTest::newRow("no place") << (QStringList{"api_key=demo", "service_code=POTHOLE", "attribute[SIZE]=l"}) << 400;
        QTest::newRow("off the earth") << (QStringList{"api_key=demo", "service_code=POTHOLE", "attribute[SIZE]=l",
                                                       "lat=91", "long=0"})
                                       << 400;
        QTest::newRow("no number") << (QStringList{"api_key=demo", "service_code=POTHOLE", "attribute[SIZE]=l",
                                                   "lat=nan", "long=0"})
                                   << 400;
        QTest::newRow("required answer") << without(4) << 400;
        QTest::newRow("answer not in the list") << (without(4) << "attribute[SIZE]=huge") << 400;
        QTest::newRow("two answers") << (QStringList(good) << "attribute[SIZE]=s") << 400;
        QTest::newRow("long description") << (QStringList(good) << "description=" + QString(4001, 'x')) << 400;
        QTest::newRow("script as picture") << (QStringList(good) << "media_url=javascript:alert(1)") << 400;
        QTest::newRow("another city") << (QStringList(good) << "jurisdiction_id=elsewhere") << 200;
    }
    void whatIsWrongIsRefused() {
        QFETCH(QStringList, form);
        QFETCH(int, status);
        int got = 0;
        const auto body = ask("/requests.json", form, &got);
        QCOMPARE(got, status);
        if (status == 200) return;
        const auto error = QJsonDocument::fromJson(body).array().at(0);
        QCOMPARE(error.toObject()["code"].toInt(), status);
        QVERIFY(!error.toObject()["description"].toString().isEmpty());
    }
    void listsAreFilteredAndPaged() {
        QStringList numbers;
        for (int i = 0; i < 5; ++i) numbers << file();
        QVERIFY(m_engine->submitAndWait(ChangeStatus{.target = {.key = detail(numbers[0]).key, .id = {}},
                                                     .to = Status::Closed,
                                                     .reason = "fixed",
                                                     .note = "done",
                                                     .at = {}}));
        QCOMPARE(json("/requests.json").size(), 5);
        QCOMPARE(json("/requests.json?status=closed").size(), 1);
        QCOMPARE(json("/requests.json?status=closed").at(0).toObject()["service_request_id"].toString(), numbers[0]);
        QCOMPARE(json("/requests.json?status=open,closed").size(), 5);
        QCOMPARE(json("/requests.json?service_code=ABUSE").size(), 0);
        QSet<QString> seen;
        for (int page = 1; page <= 3; ++page)
            for (const auto& one : json(QString("/requests.json?page_size=2&page=%1").arg(page)))
                seen.insert(one.toObject()["service_request_id"].toString());
        QCOMPARE(seen.size(), 5);
        QCOMPARE(json("/requests.json?start_date=2001-01-01T00:00:00Z&end_date=2001-02-01T00:00:00Z").size(), 0);
        QCOMPARE(json("/requests.json?lat=42.3&long=-71.1&radius=10").size(), 5);
        QCOMPARE(json("/requests.json?bbox=-72,42,-71,43").size(), 5);
        QCOMPARE(json("/requests.json?bbox=-70,42,-69,43").size(), 0);
        int status = 0;
        json("/requests.json?start_date=2001-01-01T00:00:00Z&end_date=2002-01-01T00:00:00Z", {}, &status);
        QCOMPARE(status, 400);
        json("/requests.json?status=lost", {}, &status);
        QCOMPARE(status, 400);
        const auto updates = json("/servicerequestupdates.json");
        QCOMPARE(updates.size(), 1);
        QCOMPARE(updates.at(0).toObject()["service_request_id"].toString(), numbers[0]);
        QCOMPARE(updates.at(0).toObject()["status"].toString(), QStringLiteral("closed"));
    }
    void whatIsConfidentialIsNotShown() {
        const auto answer = json("/requests.json", {"api_key=demo", "service_code=ABUSE", "address_string=there"});
        const auto number = answer.at(0).toObject()["service_request_id"].toString();
        QVERIFY(!number.isEmpty());
        int status = 0;
        json("/requests/" + number + ".json", {}, &status);
        QCOMPARE(status, 404);
        QCOMPARE(json("/requests.json").size(), 0);
    }
    void anUpdateOfAPartnerLandsInTheTimelineOnce() {
        const auto number = file();
        const QStringList update{
            "api_key=demo",       "service_request_id=" + number,          "update_id=9",
            "status=in_progress", "updated_datetime=2020-01-02T03:04:05Z", "description=Crew is there"};
        QCOMPARE(json("/servicerequestupdates.json", update).at(0).toObject()["update_id"].toString(),
                 QStringLiteral("9"));
        json("/servicerequestupdates.json", update);
        QCOMPARE(said(number).size(), std::size_t{2});
        QCOMPARE(said(number).back().body, std::string("Crew is there"));
    }
    void tooMuchIsRefusedAndOthersGoOn() {
        int status = 0;
        QTemporaryFile large;
        QVERIFY(large.open());
        large.write("description=" + QByteArray(3'000'000, 'x'));
        large.flush();
        ask("/requests.json", {}, &status, QStringList{"-H", "Expect:", "--data-binary", "@" + large.fileName()});
        QCOMPARE(status, 413);
        QVERIFY(!file().isEmpty());
        start(3);
        for (int i = 0; i < 3; ++i) ask("/services.json");
        ask("/services.json", {}, &status);
        QCOMPARE(status, 429);
    }
    void aSlowClientIsCutOffAndHoldsUpNobody() {
        start(100'000, 1);
        const QUrl url(root());
        QProcess slow;  // opens a request and never ends it
        slow.start("sh",
                   {"-c", QString("(printf 'POST /open311/v2/requests.json HTTP/1.1\\r\\nHost: x\\r\\n'; sleep 30) | "
                                  "curl -s --max-time 25 telnet://%1:%2")
                              .arg(url.host())
                              .arg(url.port())});
        QVERIFY(slow.waitForStarted());
        QVERIFY(!file().isEmpty());
        slow.kill();
        slow.waitForFinished();
    }

    void aMailOpensACaseAndTheAnswerJoinsIt() {
        drop(
            "1.eml",
            "From: Anna Example <Anna@Example.org>\r\nTo: desk@city.example\r\nSubject: A hole in the asphalt\r\n"
            "Message-ID: <first@example.org>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"
            "--x\r\nContent-Type: text/plain\r\n\r\nPlease fill it\r\n--x\r\nContent-Type: image/png; name=hole.png\r\n"
            "Content-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0=\r\n--x--\r\n");
        QTRY_VERIFY(isIn("done", "1.eml"));
        const auto number = onlyCase();
        const auto kept = detail(number);
        QCOMPARE(kept.state.text(CaseField::Service), std::string("POTHOLE"));
        QCOMPARE(kept.state.text(CaseField::Title), std::string("A hole in the asphalt"));
        QCOMPARE(kept.state.number(CaseField::FirstChannel), std::int64_t(Channel::Email));
        const auto first = said(number).front();
        QCOMPARE(first.body, std::string("Please fill it"));
        QCOMPARE(first.files.size(), std::size_t{1});
        QCOMPARE(first.files.front().name, std::string("hole.png"));
        std::ifstream stored(path("city") / "files" / first.files.front().sha256.substr(0, 2) /
                                 first.files.front().sha256,
                             std::ios::binary);
        QCOMPARE(std::string(std::istreambuf_iterator<char>(stored), {}), std::string("\x89PNG\r"));

        drop("2.eml", "From: Anna <anna@example.org>\r\nSubject: Re: A hole\r\nMessage-ID: <second@example.org>\r\n"
                      "In-Reply-To: <first@example.org>\r\n\r\nIt grows\r\n\r\nOn Mon, Apr 2, 2012 at 6:26 PM, Desk "
                      "<d@c.example> wrote:\r\n> Hm\r\n");
        QTRY_VERIFY(isIn("done", "2.eml"));
        QCOMPARE(said(number).size(), std::size_t{2});
        QCOMPARE(said(number).back().body, std::string("It grows"));
        QCOMPARE(said(number).back().person,
                 PersonId(std::get<EntityId>(detail(number).state.value(CaseField::Requester))));

        drop("3.eml", ("From: bob@example.org\r\nSubject: about [#" + number +
                       "]\r\nMessage-ID: <third@example.org>\r\n\r\nMe too\r\n")
                          .toUtf8());
        QTRY_VERIFY(isIn("done", "3.eml"));
        QCOMPARE(said(number).size(), std::size_t{3});
    }
    void theSameMailTwiceIsOneMessage() {
        const QByteArray mail =
            "From: anna@example.org\r\nSubject: hole\r\nMessage-ID: <once@example.org>\r\n\r\nText\r\n";
        drop("1.eml", mail);
        QTRY_VERIFY(isIn("done", "1.eml"));
        drop("again.eml", mail);
        QTRY_VERIFY(isIn("done", "again.eml"));
        QCOMPARE(said(onlyCase()).size(), std::size_t{1});
    }
    void whatBelongsNowhereSaysWhy() {
        drop("vacation.eml",
             "From: a@example.org\r\nSubject: Out of office\r\nAuto-Submitted: auto-replied\r\n\r\nhole\r\n");
        drop("loop.eml", "From: a@example.org\r\nSubject: hole\r\nX-Loop: yes\r\n\r\nhole\r\n");
        drop("picture.eml", "\x89PNG no mail at all");
        drop("weather.eml", "From: a@example.org\r\nSubject: weather\r\nMessage-ID: <w@x>\r\n\r\nrain\r\n");
        QTRY_VERIFY(isIn("unsorted", "vacation.eml.why"));
        QTRY_VERIFY(isIn("rejected", "loop.eml.why"));
        QTRY_VERIFY(isIn("rejected", "picture.eml.why"));
        QTRY_VERIFY(isIn("unsorted", "weather.eml.why"));
        QVERIFY((*m_engine->queryAndWait({}))->keys.empty());
    }
};

QTEST_GUILESS_MAIN(GatewayTest)
#include "gateway_test.moc"
