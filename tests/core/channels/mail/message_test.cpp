// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include "channels/mail/flowed.hpp"
#include "channels/mail/html_text.hpp"
#include "channels/mail/message.hpp"

using namespace wl;
using mail::Kind;

namespace {

std::string head(const std::string& more) {
    return "From: Anna Example <anna@example.org>\r\nTo: desk@city.example\r\nSubject: A lamp\r\n"
           "Date: Mon, 2 Apr 2012 18:26:00 +0200\r\nMessage-ID: <m1@example.org>\r\n" +
           more + "\r\n";
}

}  // namespace

class MessageTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aPlainMailIsRead() {
        const auto m =
            mail::read(head("In-Reply-To: <a@city>\r\nReferences: <b@city> <a@city>\r\n") + "It is dark.\r\n");
        QCOMPARE(m.from.address, std::string("anna@example.org"));
        QCOMPARE(m.from.name, std::string("Anna Example"));
        QCOMPARE(m.subject, std::string("A lamp"));
        QCOMPARE(m.date.ms, 1333383960000);
        QCOMPARE(m.messageId, std::string("m1@example.org"));
        QCOMPARE(m.inReplyTo, std::string("a@city"));
        QCOMPARE(m.references.size(), std::size_t{2});
        QCOMPARE(QString::fromStdString(m.text).trimmed(), QStringLiteral("It is dark."));
        QCOMPARE(m.kind, Kind::Message);
        QVERIFY(!m.wantsNoAnswer);
    }

    void textIsReadInTheCharsetThatWasMeant_data() {
        QTest::addColumn<QByteArray>("charset");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("text");
        QTest::newRow("latin 1") << QByteArray("iso-8859-1")
                                 << QByteArray("Stra\xdf"
                                               "e")
                                 << QStringLiteral("Straße");
        QTest::newRow("windows bytes called latin 1")
            << QByteArray("iso-8859-1") << QByteArray("\x93hi\x94") << QStringLiteral("“hi”");
        QTest::newRow("UTF-8 called latin 1") << QByteArray("iso-8859-1")
                                              << QByteArray("Stra\xc3\x9f"
                                                            "e")
                                              << QStringLiteral("Straße");
        QTest::newRow("UTF-8 called nothing") << QByteArray()
                                              << QByteArray("Stra\xc3\x9f"
                                                            "e")
                                              << QStringLiteral("Straße");
        QTest::newRow("UTF-8 called ASCII") << QByteArray("us-ascii")
                                            << QByteArray("Stra\xc3\x9f"
                                                          "e")
                                            << QStringLiteral("Straße");
        QTest::newRow("latin 1 called UTF-8") << QByteArray("utf-8")
                                              << QByteArray("Gr\xf6\xdf"
                                                            "e der Stra\xdf"
                                                            "e")
                                              << QStringLiteral("Größe der Straße");
        QTest::newRow("Shift-JIS") << QByteArray("shift_jis") << QByteArray("\x93\xfa\x96\x7b")
                                   << QStringLiteral("日本");
        QTest::newRow("ISO-2022-JP") << QByteArray("iso-2022-jp") << QByteArray("\x1b$BF|K\\\x1b(B")
                                     << QStringLiteral("日本");
        QTest::newRow("EUC-KR") << QByteArray("ks_c_5601-1987") << QByteArray("\xc7\xd1\xb1\xdb")
                                << QStringLiteral("한글");
        QTest::newRow("GB 2312") << QByteArray("gb2312") << QByteArray("\xd6\xd0\xb9\xfa") << QStringLiteral("中国");
        QTest::newRow("KOI8-R") << QByteArray("koi8-r") << QByteArray("\xf0\xd2\xc9\xd7\xc5\xd4")
                                << QStringLiteral("Привет");
    }
    void textIsReadInTheCharsetThatWasMeant() {
        QFETCH(QByteArray, charset);
        QFETCH(QByteArray, bytes);
        QFETCH(QString, text);
        const auto type =
            charset.isEmpty() ? std::string() : "Content-Type: text/plain; charset=" + charset.toStdString() + "\r\n";
        const auto m = mail::read(head("MIME-Version: 1.0\r\n" + type + "Content-Transfer-Encoding: 8bit\r\n") +
                                  bytes.toStdString());
        QCOMPARE(QString::fromStdString(m.text).trimmed(), text);
    }

    void filesAreKeptWithTheirBytes() {
        const auto m = mail::read(
            head("MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n") +
            "--x\r\nContent-Type: text/plain\r\n\r\nSee the picture\r\n--x\r\nContent-Type: image/png\r\n"
            "Content-Disposition: attachment; filename=\"../../lamp.png\"\r\nContent-Transfer-Encoding: base64\r\n\r\n"
            "iVBORw0=\r\n--x--\r\n");
        QCOMPARE(QString::fromStdString(m.text).trimmed(), QStringLiteral("See the picture"));
        QCOMPARE(m.files.size(), std::size_t{1});
        QCOMPARE(m.files.front().name, std::string("lamp.png"));
        QCOMPARE(m.files.front().type, std::string("image/png"));
        QCOMPARE(m.files.front().bytes, std::string("\x89PNG\r"));
    }

    void ofTwoFormsThePlainOneIsRead() {
        const auto m = mail::read(head("MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=x\r\n") +
                                  "--x\r\nContent-Type: text/html\r\n\r\n<b>rich</b>\r\n--x\r\nContent-Type: "
                                  "text/plain\r\n\r\nplain\r\n--x--\r\n");
        QCOMPARE(QString::fromStdString(m.text).trimmed(), QStringLiteral("plain"));
        QVERIFY(m.files.empty());
    }

    void htmlBecomesTextWithoutItsScripts() {
        QCOMPARE(
            mail::textOfHtml("<html><head><style>p{}</style><title>x</title></head><body><p>One &amp; two</p>"
                             "<script>alert(1)</script><div>three<br>four</div><blockquote>old<br>text</blockquote>"
                             "<ul><li>a</li><li>b</li></ul></body></html>"),
            std::string("One & two\n\nthree\nfour\n> old\n> text\n\n\xe2\x80\xa2 a\n\xe2\x80\xa2 b\n"));
    }

    void flowedLinesAreJoined() {
        QCOMPARE(mail::unflowed("One \r\nline\r\n> quoted \r\n> too\r\n-- \r\nAnna\r\n", false),
                 std::string("One line\n> quoted too\n-- \nAnna\n"));
    }
    void uuencodedFilesAreTakenOut() {
        std::vector<mail::File> files;
        QCOMPARE(mail::withoutUuencoded("before\nbegin 644 a.txt\n#0V%T\n`\nend\nafter\n", files),
                 std::string("before\nafter\n"));
        QCOMPARE(files.size(), std::size_t{1});
        QCOMPARE(files.front().bytes, std::string("Cat"));
    }

    void kindsAreTold_data() {
        QTest::addColumn<QByteArray>("headers");
        QTest::addColumn<int>("kind");
        QTest::newRow("bounce") << QByteArray(
                                       "Content-Type: multipart/report; report-type=delivery-status; boundary=x\r\n")
                                << int(Kind::Bounce);
        QTest::newRow("read receipt")
            << QByteArray("Content-Type: multipart/report; report-type=disposition-notification; boundary=x\r\n")
            << int(Kind::Receipt);
        QTest::newRow("out of office") << QByteArray("Auto-Submitted: auto-replied\r\n") << int(Kind::AutoReply);
        QTest::newRow("not automatic") << QByteArray("Auto-Submitted: no\r\n") << int(Kind::Message);
        QTest::newRow("list") << QByteArray("List-Id: <news.example.org>\r\n") << int(Kind::List);
        QTest::newRow("loop") << QByteArray("X-Loop: yes\r\n") << int(Kind::Loop);
    }
    void kindsAreTold() {
        QFETCH(QByteArray, headers);
        QFETCH(int, kind);
        const auto m = mail::read(head(headers.toStdString()) + "x");
        QCOMPARE(int(m.kind), kind);
        QCOMPARE(m.wantsNoAnswer, kind != int(Kind::Message));
    }

    void aBombIsCutShort() {
        std::string deep = head("MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b0\r\n");
        for (int i = 0; i < 200; ++i) {
            const auto b = std::to_string(i), next = std::to_string(i + 1);
            deep += "--b" + b + "\r\nContent-Type: multipart/mixed; boundary=b" + next + "\r\n\r\n";
        }
        deep += "--b200\r\n\r\nbottom\r\n";
        QVERIFY(mail::read(deep).leftOut > 0);
        std::string wide = head("MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n");
        for (int i = 0; i < 1000; ++i) wide += "--b\r\nContent-Type: image/png; name=a.png\r\n\r\nx\r\n";
        const auto m = mail::read(wide + "--b--\r\n");
        QVERIFY(m.leftOut > 0);
        QVERIFY(m.files.size() <= mail::Limits{}.parts);
    }

    void whatIsNoMailIsTold() {
        QVERIFY(mail::looksLikeMail(head("") + "x"));
        QVERIFY(mail::looksLikeMail("From someone Mon Apr 2\r\nSubject: x\r\n\r\n"));
        QVERIFY(!mail::looksLikeMail("Hello, this is a text.\nSubject: no"));
        QVERIFY(!mail::looksLikeMail("{\"a\": 1}"));
        QVERIFY(!mail::looksLikeMail(""));
    }
};

QTEST_GUILESS_MAIN(MessageTest)
#include "message_test.moc"
