// SPDX-License-Identifier: GPL-3.0-or-later
// The public pages over a replica: a real HTTP client fills in the forms as a browser does, field for field.
#undef QT_NO_CAST_FROM_ASCII  // many short requests are written here
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

#include <cmath>
#include <filesystem>
#include <fstream>

#include "engine/gateway/gateway.hpp"
#include "geo/demo_city.hpp"
#include "rules/catalogue.hpp"

using namespace wl;
using namespace wl::engine;

namespace {

std::vector<rules::CatalogueItem> catalogue() {
    rules::Service pothole;
    pothole.code = "POTHOLE";
    pothole.name = "Pothole <deep>";
    pothole.group = "Streets";
    pothole.department = "PW";
    pothole.keywords = {"hole", "asphalt"};
    pothole.notice = "We look at it within two days";
    rules::ServiceAttribute danger, size, depth;
    danger.code = "DANGER";
    danger.datatype = "singlevaluelist";
    danger.description = "Is anybody in danger?";
    danger.required = true;
    danger.values = {{"y", "Yes"}, {"n", "No"}};
    danger.stopValue = "y";
    danger.stopMessage = "Call 112 now";
    size.code = "SIZE";
    size.datatype = "singlevaluelist";
    size.description = "How large is it?";
    size.values = {{"s", "Small"}, {"l", "Large"}};
    depth.code = "DEPTH";
    depth.datatype = "number";
    depth.description = "How deep is it?";
    depth.required = true;
    depth.onlyIf = "SIZE";
    depth.onlyIfValue = "l";
    pothole.attributes = {danger, size, depth};
    rules::Service inner;
    inner.code = "INNER";
    inner.name = "Inner";
    inner.department = "PW";
    inner.staffOnly = true;
    rules::Department works;
    works.code = "PW";
    works.name = "Public Works";
    return {rules::toItem(pothole), rules::toItem(inner), rules::toItem(works)};
}

}  // namespace

class WebFormTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Engine> m_engine;
    std::unique_ptr<Gateway> m_gateway;
    QByteArray m_page;
    int m_status{};
    QList<QPair<QString, QString>> m_hidden;

    std::filesystem::path path(const char* name) const { return m_dir->path().toStdString() + '/' + name; }
    void start(int filings = 1000) {
        m_gateway.reset();
        GatewaySettings s = demoGatewaySettings(path("city"));
        s.webForm.filingsAnHour = filings;
        s.web.requestsAMinute = 100'000;
        auto started = Gateway::start(*m_engine, path("city"), s);
        if (!started) qFatal("%s %s", started.error().code.c_str(), started.error().detail.c_str());
        m_gateway = std::move(*started);
    }
    QString root() const {
        for (const auto& [name, address] : m_gateway->addresses())
            if (name == "report") return QString::fromStdString(address).chopped(7);
        return {};
    }
    /// Loads a page; its hidden fields are sent with the next `post`, as a browser would.
    void load(const QString& target, QStringList more = {}) {
        QStringList arguments{"-s", "-S", "--max-time", "20", "-w", "\n%{http_code}"};
        arguments += more;
        arguments << root() + target;
        QProcess curl;
        curl.start("curl", arguments);
        curl.waitForFinished();
        m_page = curl.readAllStandardOutput();
        const auto cut = m_page.lastIndexOf('\n');
        m_status = m_page.mid(cut + 1).toInt();
        m_page.truncate(cut);
        m_hidden.clear();
        static const QRegularExpression field("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\">");
        for (auto i = field.globalMatch(QString::fromUtf8(m_page)); i.hasNext();) {
            const auto match = i.next();
            auto value = match.captured(2);
            value.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
            m_hidden.append({match.captured(1), value.replace("&amp;", "&")});
        }
    }
    void post(const QStringList& fields, const QStringList& files = {}) {
        QStringList arguments;
        const auto flag = files.isEmpty() ? QStringLiteral("--data-urlencode") : QStringLiteral("--form-string");
        for (const auto& [name, value] : m_hidden) arguments << flag << name + '=' + value;
        for (const auto& field : fields) arguments << flag << field;
        for (const auto& file : files) arguments << "-F" << file;
        load("/report", arguments);
    }
    QString shown(const char* id) const {
        const QRegularExpression text(QString("id=\"%1\">([^<]*)<").arg(id));
        return text.match(QString::fromUtf8(m_page)).captured(1);
    }
    std::size_t caseCount() { return (*m_engine->queryAndWait({}))->keys.size(); }
    store::CaseDetail only() {
        auto reader = m_engine->openReader();
        return *(*reader)->detail((*m_engine->queryAndWait({}))->keys.at(0));
    }
    void toPlace() {
        load("/report");
        post({"service=POTHOLE", "go=next"});
        post({"answer-DANGER=n", "description=A hole", "go=next"});
    }
    void toCheck() {
        toPlace();
        post({"address=somewhere nobody knows 99999", "found_for=somewhere nobody knows 99999", "go=next"});
        post({"go=next"});
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

    void aReportGoesThroughAllStepsAndCanBeFollowed() {
        load("/report");
        QCOMPARE(m_status, 200);
        QVERIFY(m_page.contains("<html lang=\"en\" dir=\"ltr\">"));
        QVERIFY(m_page.contains("Pothole &lt;deep&gt;"));
        QVERIFY(!m_page.contains("Inner"));
        QVERIFY(!m_page.contains("<script"));
        post({"service=POTHOLE", "go=next"});
        QVERIFY(m_page.contains("Is anybody in danger?"));
        QVERIFY(!m_page.contains("How deep is it?"));
        std::ofstream(path("hole.png"), std::ios::binary) << "\x89PNG\r\n\x1a\nbytes of a picture";
        post({"answer-DANGER=n", "answer-SIZE=l", "description=A <b>hole</b> & more", "go=next"},
             {QString("photo=@%1;filename=../../hole.png").arg(QString::fromStdString(path("hole.png").string()))});
        QVERIFY(m_page.contains("How deep is it?"));  // asked because of an answer on the same page
        QVERIFY(m_page.contains("hole.png"));
        post({"answer-DANGER=n", "answer-SIZE=l", "answer-DEPTH=x", "description=A <b>hole</b> & more", "go=next"},
             {"nothing="});
        QCOMPARE(m_status, 400);
        QVERIFY(m_page.contains("href=\"#answer-DEPTH\""));
        QVERIFY(m_page.contains("id=\"answer-DEPTH\""));
        QVERIFY(m_page.contains("aria-invalid=\"true\""));
        post({"answer-DANGER=n", "answer-SIZE=l", "answer-DEPTH=12.5", "description=A <b>hole</b> & more", "go=next"},
             {"nothing="});
        QVERIFY(m_page.contains("Where is it?"));
        post({"address=", "go=next"});
        QVERIFY(m_page.contains("href=\"#address\""));
        post({"address=1 Example Street", "note=behind the gate", "go=next"});
        QVERIFY(m_page.contains("How can we reach you?"));
        post({"name=Anna Example", "email=anna.example.org", "go=next"});
        QVERIFY(m_page.contains("href=\"#email\""));
        post({"name=Anna Example", "email=anna@example.org", "go=next"});
        QVERIFY(m_page.contains("href=\"#consent\""));
        post({"name=Anna Example", "email=anna@example.org", "consent=yes", "answers_in=de", "go=next"});
        QVERIFY(m_page.contains("A &lt;b&gt;hole&lt;/b&gt; &amp; more"));
        QCOMPARE(caseCount(), std::size_t{0});
        const auto check = m_hidden;
        post({"go=send"});
        QCOMPARE(m_status, 200);
        const auto number = shown("number"), secret = shown("secret");
        QCOMPARE(secret.size(), 11);
        const auto kept = only();
        QCOMPARE(QString::fromStdString(kept.number), number);
        QCOMPARE(kept.state.text(CaseField::Description), std::string("A <b>hole</b> & more"));
        QCOMPARE(kept.state.text(CaseField::Answers), std::string(R"({"DANGER":"n","SIZE":"l","DEPTH":"12.5"})"));
        QCOMPARE(kept.state.text(CaseField::LocationNote), std::string("behind the gate"));
        QCOMPARE(kept.state.number(CaseField::FirstChannel), std::int64_t(Channel::WebForm));
        QCOMPARE(kept.state.number(CaseField::ConsentGiven), std::int64_t(Consent::Given));
        auto reader = m_engine->openReader();
        const auto person = *(*reader)->person(PersonId(std::get<EntityId>(kept.state.value(CaseField::Requester))));
        QCOMPARE(person.state.text(PersonField::Language), std::string("de"));
        std::vector<AttachedFile> files;
        const auto history = *(*reader)->timeline(kept.key);
        for (const auto& entry : history)
            if (const auto* i = std::get_if<InteractionRecorded>(&entry.op.body)) files = i->files;
        QCOMPARE(files.size(), std::size_t{1});
        QCOMPARE(files[0].name, std::string("hole.png"));
        QCOMPARE(files[0].type, std::string("image/png"));

        m_hidden = check;  // the button was pressed twice
        post({"go=send"});
        QCOMPARE(shown("number"), number);
        QCOMPARE(caseCount(), std::size_t{1});

        load("/status", {"--data-urlencode", "number=" + number, "--data-urlencode", "secret=" + secret.toLower()});
        QCOMPARE(m_status, 200);
        QVERIFY(m_page.contains("Pothole &lt;deep&gt;"));
        for (const char* inside : {"Anna", "behind the gate", "hole&lt;", "Public Works"})
            QVERIFY2(!m_page.contains(inside), inside);
    }
    void aWrongPairIsOneAnswer() {
        toCheck();
        post({"go=send"});
        const auto number = shown("number"), secret = shown("secret");
        auto other = secret;
        other[0] = other[0] == u'0' ? u'1' : u'0';
        QSet<QByteArray> answers;
        for (const auto& [n, s] : {std::pair<QString, QString>(number, other),
                                   {"7K2R9-4QXHM", secret},
                                   {"nonsense", secret},
                                   {number, QString()},
                                   {number, secret + "0"}}) {
            load("/status", {"--data-urlencode", "number=" + n, "--data-urlencode", "secret=" + s});
            if (s == secret + "0") continue;  // more than the word: what is behind it is not looked at
            QCOMPARE(m_status, 404);
            answers.insert(QByteArray(m_page).replace(n.toUtf8(), "N"));
        }
        QCOMPARE(answers.size(), 1);
        load("/status?number=" + number + "&secret=" + secret);  // addresses end up in logs
        QVERIFY(!m_page.contains("Pothole"));
    }
    void anEmergencyIsDivertedAndNotFiled() {
        load("/report");
        post({"service=POTHOLE", "go=next"});
        post({"answer-DANGER=y", "go=next"});
        QVERIFY(m_page.contains("Call 112 now"));
        QVERIFY(!m_page.contains("value=\"next\""));
        post({"step=4", "answer-DANGER=y", "address=x", "go=send"});
        QCOMPARE(caseCount(), std::size_t{0});
        m_hidden.removeIf([](const auto& field) { return field.first == "step" || field.first == "address"; });
        post({"step=4", "address=x", "go=send"});
        QVERIFY(m_page.contains("Call 112 now"));
        QCOMPARE(caseCount(), std::size_t{0});
    }
    void hiddenFieldsAreNotTrusted() {
        toCheck();
        m_hidden.removeIf([](const auto& field) { return field.first == "service"; });
        post({"service=INNER", "go=send"});
        QCOMPARE(m_status, 400);
        toCheck();
        post({"photo-kept=../../city/realm.key/x", "go=send"});
        QCOMPARE(m_status, 200);
        QCOMPARE(only().state.text(CaseField::Service), std::string("POTHOLE"));
    }
    void whoFillsTheTrapOrFilesTooMuchIsRefused() {
        start(2);
        toCheck();
        post({"website=http://spam.example", "go=send"});
        QCOMPARE(m_status, 400);
        for (int i = 0; i < 3; ++i) {
            toCheck();
            post({"go=send"});
            QCOMPARE(m_status, i < 2 ? 200 : 429);
        }
        QCOMPARE(caseCount(), std::size_t{2});
    }
    void aPhotoThatIsNoneIsRefusedWithTheReason() {
        load("/report");
        post({"service=POTHOLE", "go=next"});
        std::ofstream(path("x.html")) << "<script>alert(1)</script>";
        post({"answer-DANGER=n", "go=next"},
             {QString("photo=@%1").arg(QString::fromStdString(path("x.html").string()))});
        QCOMPARE(m_status, 400);
        QVERIFY(m_page.contains("href=\"#photo\""));
    }
    void everyLanguageSpeaksForItself_data() {
        QTest::addColumn<QString>("direction");
        QTest::newRow("en") << "ltr";
        QTest::newRow("es") << "ltr";
        QTest::newRow("de") << "ltr";
        QTest::newRow("fr") << "ltr";
        QTest::newRow("ar") << "rtl";
    }
    void everyLanguageSpeaksForItself() {
        QFETCH(QString, direction);
        const QString lang = QTest::currentDataTag();
        load("/report", {"-H", "Accept-Language: " + lang + "-XX,en;q=0.5"});
        QVERIFY(m_page.contains(QString("<html lang=\"%1\" dir=\"%2\">").arg(lang, direction).toUtf8()));
        const auto language = web::pageLanguage(lang.toStdString());
        for (int i = 0; i <= static_cast<int>(web::Word::LeaveEmpty); ++i) {
            const auto text = web::word(static_cast<web::Word>(i), language);
            QVERIFY2(!text.empty(), qPrintable(QString("word %1").arg(i)));
        }
        post({"service=POTHOLE", "go=next"});
        QVERIFY(m_page.contains(("lang=\"" + lang + "\"").toUtf8()));
        post({"to_lang=en"});
        QVERIFY(m_page.contains("Is anybody in danger?"));
        QVERIFY(m_page.contains("<html lang=\"en\""));
    }
    void everyControlHasALabel() {
        toPlace();
        post({"address=1 Example Street", "go=next"});
        static const QRegularExpression control("<(?:input|textarea|select)[^>]* id=\"([^\"]+)\"");
        for (auto i = control.globalMatch(QString::fromUtf8(m_page)); i.hasNext();) {
            const auto id = i.next().captured(1);
            QVERIFY2(m_page.contains(("for=\"" + id + "\"").toUtf8()), qPrintable(id));
        }
    }
    void aClickOnTheMapIsAPlaceAndAnAddressIsFound() {
        QVERIFY(m_engine->setCity(std::make_shared<const geo::CityMap>(geo::makeDemoCity(1))));
        const auto map = m_engine->city();
        toPlace();
        QVERIFY(m_page.contains("type=\"image\" name=\"map\""));
        const auto view = web::viewOf(*map);
        const auto wanted = map->addresses.at(map->addresses.size() / 2).at;
        const auto w = geo::toWorld(wanted), c = geo::toWorld(view.centre);
        const double pixels = 256.0 * std::exp2(view.zoom);
        const double x = (w.x - c.x) * pixels + web::kPicture / 2.0, y = (w.y - c.y) * pixels + web::kPicture / 2.0;
        post({"address=", QString("map.x=%1").arg(std::lround(x)), QString("map.y=%1").arg(std::lround(y))});
        QVERIFY(m_page.contains("Chosen place"));
        load("/report/map.svg?centre=" + QString("%1,%2").arg(wanted.lat()).arg(wanted.lon()) + "&zoom=16");
        QVERIFY(m_page.startsWith("<svg"));
        QVERIFY(m_page.count("<path") > 5);
        QXmlStreamReader svg(m_page);
        while (!svg.atEnd()) svg.readNext();
        QVERIFY2(!svg.hasError(), qPrintable(svg.errorString()));

        const auto& address = map->addresses.at(10);
        const auto label = QString::fromStdString(map->names[address.number] + ' ' + map->names[address.street]);
        toPlace();
        post({"address=" + label, "go=next"});
        QVERIFY(m_page.contains("How can we reach you?"));
        post({"go=next"});
        post({"go=send"});
        const auto at = std::get<GeoPoint>(only().state.value(CaseField::Position));
        QVERIFY(geo::distanceMetres(at, address.at) < 5);
        toPlace();
        post({"address=" + label.chopped(3), "go=next"});  // not sure: asked once
        QVERIFY(m_page.contains("Which of these is it?"));
        post({"address=" + label.chopped(3), "pick=" + label, "go=next"});
        QVERIFY(m_page.contains("How can we reach you?"));
    }
};

QTEST_GUILESS_MAIN(WebFormTest)
#include "web_form_test.moc"
