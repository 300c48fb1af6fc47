// SPDX-License-Identifier: GPL-3.0-or-later
#undef QT_NO_CAST_FROM_ASCII
#include <QTest>

#include "channels/http/multipart.hpp"
#include "channels/texting/texting.hpp"

using namespace wl;
using namespace wl::texting;

namespace {

std::string wrapped(const std::string& value) {
    return R"({"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":)" +
           value + "}]}]}";
}
std::string message(const std::string& type, const std::string& rest) {
    return wrapped(R"({"contacts":[{"profile":{"name":"Anna Example"},"wa_id":"491701234567"}],"messages":[{"from":)"
                   R"("491701234567","id":"wamid.1","timestamp":"1700000000","type":")" +
                   type + "\"" + rest + "}]}");
}
Delivery must(const Result<Delivery>& read) {
    if (!read) qFatal("%s %s", read.error().code.c_str(), read.error().detail.c_str());
    return *read;
}

}  // namespace

class TextingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyKindOfMessageSaysSomething_data() {
        QTest::addColumn<QString>("rest");
        QTest::addColumn<QString>("body");
        QTest::addColumn<int>("media");
        QTest::newRow("text") << R"(,"text":{"body":"a hole ü"})" << "a hole ü" << 0;
        QTest::newRow("image") << R"(,"image":{"id":"77","mime_type":"image/jpeg","sha256":"ab","caption":"look"})"
                               << "look" << 1;
        QTest::newRow("audio") << R"(,"audio":{"id":"78","mime_type":"audio/ogg","voice":true})" << "" << 1;
        QTest::newRow("video") << R"(,"video":{"id":"79","mime_type":"video/mp4"})" << "" << 1;
        QTest::newRow("document") << R"(,"document":{"id":"80","filename":"../x.pdf","mime_type":"application/pdf"})"
                                  << "" << 1;
        QTest::newRow("sticker") << R"(,"sticker":{"id":"81"})" << "" << 1;
        QTest::newRow("location") << R"(,"location":{"latitude":42.5,"longitude":-71,"name":"Park","address":"1 A St"})"
                                  << "Park\n1 A St" << 0;
        QTest::newRow("contacts") << R"(,"contacts":[{"name":{"formatted_name":"Bo"},"phones":[{"phone":"+1 2"}]}])"
                                  << "Bo +1 2" << 0;
        QTest::newRow("button") << R"(,"button":{"payload":"p","text":"Yes"})" << "Yes" << 0;
        QTest::newRow("interactive") << R"(,"interactive":{"type":"list_reply","list_reply":{"id":"1","title":"Hole"}})"
                                     << "Hole" << 0;
        QTest::newRow("reaction") << R"(,"reaction":{"message_id":"wamid.0","emoji":"👍"})" << "👍" << 0;
        QTest::newRow("unsupported") << R"(,"errors":[{"code":131051,"title":"Message type unknown"}])"
                                     << "[unsupported]\nMessage type unknown" << 0;
        QTest::newRow("of-tomorrow") << "" << "[of-tomorrow]" << 0;
    }
    void everyKindOfMessageSaysSomething() {
        QFETCH(QString, rest);
        QFETCH(QString, body);
        QFETCH(int, media);
        const auto read = must(readWhatsApp(message(QTest::currentDataTag(), rest.toStdString())));
        QCOMPARE(read.texts.size(), std::size_t{1});
        const auto& t = read.texts[0];
        QCOMPARE(QString::fromStdString(t.body), body);
        QCOMPARE(t.media.size(), std::size_t(media));
        QCOMPARE(t.from, std::string("+491701234567"));
        QCOMPARE(t.name, std::string("Anna Example"));
        QCOMPARE(t.at.ms, 1'700'000'000'000);
        QCOMPARE(t.reaction, QByteArray(QTest::currentDataTag()) == "reaction");
        QCOMPARE(t.position.has_value(), QByteArray(QTest::currentDataTag()) == "location");
    }
    void entriesComeInBatches() {
        const auto read = must(readWhatsApp(
            R"({"object":"whatsapp_business_account","entry":[{"changes":[{"value":{"messages":[{"from":"1","id":"a","type":"text","text":{"body":"x"}},7]}},)"
            R"({"value":{"messages":[{"from":"2","id":"b","type":"text","text":{"body":"y"}}]}}]},)"
            R"({"changes":[{"value":{"statuses":[{"id":"w","status":"delivered","biz_opaque_callback_data":"00ff"},{"id":"v","status":"failed","errors":[{"code":131047,"title":"Re-engagement"}]},{"status":"lost"}]}}]},null]})"));
        QCOMPARE(read.texts.size(), std::size_t{2});
        QCOMPARE(read.statuses.size(), std::size_t{2});
        QCOMPARE(read.leftOut, std::size_t{2});
        QCOMPARE(read.statuses[0].ours, std::string("00ff"));
        QVERIFY(read.statuses[0].to == MessageState::Delivered);
        QCOMPARE(read.statuses[1].note, std::string("131047 Re-engagement"));
    }
    void whatIsNotOfThatFormIsRefused_data() {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("no json") << QByteArray("<xml/>");
        QTest::newRow("a list") << QByteArray("[]");
        QTest::newRow("another object") << QByteArray(R"({"object":"page","entry":[]})");
        QTest::newRow("deep") << QByteArray(100'000, '[');
    }
    void whatIsNotOfThatFormIsRefused() {
        QFETCH(QByteArray, body);
        QVERIFY(!readWhatsApp({body.data(), static_cast<std::size_t>(body.size())}));
    }
    void onlyTheRightSignatureCounts() {
        // RFC 4231, test case 2
        constexpr auto right = "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        constexpr auto body = "what do ya want for nothing?";
        QVERIFY(isSigned(right, body, "Jefe"));
        QVERIFY(!isSigned(right, "what do ya want for nothing!", "Jefe"));
        QVERIFY(!isSigned(right, body, "jefe"));
        QVERIFY(!isSigned(right, body, ""));
        QVERIFY(!isSigned(std::string(right).substr(0, 70), body, "Jefe"));
        QVERIFY(!isSigned("sha1=5bdc", body, "Jefe"));
        QVERIFY(!isSigned("", body, "Jefe"));
    }
    void anSmsIsAForm() {
        const auto read = must(readSms("MessageSid=SM1&From=%2B16175550142&To=%2B1617&Body=A+hole+%C3%BC&NumMedia=1&"
                                       "MediaUrl0=https%3A%2F%2Fx%2Fm&MediaContentType0=image%2Fjpeg"));
        QCOMPARE(read.texts.size(), std::size_t{1});
        QCOMPARE(read.texts[0].body, std::string("A hole ü"));
        QCOMPARE(read.texts[0].from, std::string("+16175550142"));
        QCOMPARE(read.texts[0].media.size(), std::size_t{1});
        const auto state = must(readSms("MessageSid=SM2&MessageStatus=undelivered&ErrorCode=30003"));
        QVERIFY(state.statuses.at(0).to == MessageState::Failed);
        QVERIFY(!readSms("From=1&Body=x"));
        QVERIFY(!readSms("MessageSid=1&Body=x"));
        QVERIFY(!readSms(std::string(1'000'000, '%')));
    }
    void aMultipartBodyGivesFieldsAndFiles() {
        const auto form =
            http::parseMultipart("multipart/form-data; boundary=\"a b\"",
                                 "--a b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n1\r\n2\r\n"
                                 "--a b\r\ncontent-disposition: form-data; name=f; filename=\"C:\\\\a\\\".png\"\r\n"
                                 "Content-Type: image/png\r\n\r\n\x89\r\n--a\r\n\r\n"
                                 "--a b\r\nContent-Disposition: form-data; name=\"e\"; filename=\"\"\r\n\r\n\r\n"
                                 "--a b--\r\n");
        QCOMPARE(form.fields, (http::Pairs{{"x", "1\r\n2"}}));
        QCOMPARE(form.files.size(), std::size_t{1});
        QCOMPARE(form.files[0].bytes, std::string("\x89\r\n--a\r\n"));
        QCOMPARE(form.files[0].type, std::string("image/png"));
        QVERIFY(http::parseMultipart("multipart/form-data", "--\r\n").fields.empty());
        // One that was cut off is not taken.
        QVERIFY(http::parseMultipart("multipart/form-data; boundary=b",
                                     "--b\r\nContent-Disposition: form-data; name=x\r\n\r\nhalf")
                    .fields.empty());
    }
};

QTEST_GUILESS_MAIN(TextingTest)
#include "texting_test.moc"
