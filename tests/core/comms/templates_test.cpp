// SPDX-License-Identifier: GPL-3.0-or-later
#include "comms/templates.hpp"

#include <QTest>

#include "comms/words.hpp"

using namespace wl;
using namespace wl::comms;

class TemplatesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatIsWrongIsNamed_data() {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("code");
        QTest::addColumn<QByteArray>("field");
        QTest::newRow("unknown variable")
            << QByteArray("Dear {{surname}}") << QByteArray("template.variable") << QByteArray("surname");
        QTest::newRow("unknown section") << QByteArray("{{#surname}}x{{/surname}}") << QByteArray("template.variable")
                                         << QByteArray("surname");
        QTest::newRow("a hole") << QByteArray("done by {{date}}") << QByteArray("template.optional")
                                << QByteArray("date");
        QTest::newRow("a hole where it is missing")
            << QByteArray("{{^date}}{{date}}{{/date}}") << QByteArray("template.optional") << QByteArray("date");
        QTest::newRow("no end") << QByteArray("{{number") << QByteArray("template.syntax") << QByteArray("body");
        QTest::newRow("no end of a section")
            << QByteArray("{{#date}}x") << QByteArray("template.syntax") << QByteArray("body");
        QTest::newRow("crossed") << QByteArray("{{#date}}{{#place}}{{/date}}{{/place}}")
                                 << QByteArray("template.syntax") << QByteArray("body");
        QTest::newRow("partial") << QByteArray("{{>file}}") << QByteArray("template.syntax") << QByteArray("body");
        QTest::newRow("empty") << QByteArray(" \n") << QByteArray("template.empty") << QByteArray("body");
    }
    void whatIsWrongIsNamed() {
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, code);
        QFETCH(QByteArray, field);
        const auto problems = checkTemplate("About {{number}}", body.toStdString());
        QVERIFY(!problems.empty());
        QCOMPARE(QByteArray::fromStdString(problems.front().code), code);
        QCOMPARE(QByteArray::fromStdString(problems.front().field), field);
        QVERIFY(!render("About {{number}}", body.toStdString(), "en", {}).has_value());
    }

    void valuesAreFilledInAsTheyAre() {
        Values v;
        v.texts = {{"number", "7K2R9-4QXHM"}, {"place", "<Elm & 3rd> {{number}}"}, {"date", ""}};
        const auto made =
            render("Case {{number}}", "{{#place}}At {{place}}{{/place}}{{#date}} by {{date}}{{/date}}.", "en", v);
        QVERIFY(made.has_value());
        QCOMPARE(made->subject, std::string("Case 7K2R9-4QXHM"));
        QCOMPARE(made->body, std::string("At <Elm & 3rd> {{number}}."));
    }

    void pluralsFollowTheLanguage() {
        const std::string body =
            "{{#days_one}}a day{{/days_one}}{{#days_two}}two{{/days_two}}{{#days_few}}few"
            "{{/days_few}}{{#days_many}}many{{/days_many}}{{#days_other}}{{days}} days{{/days_other}}";
        const auto said = [&](std::int64_t n, const char* language) {
            Values v;
            v.numbers["days"] = n;
            return render("", body, language, v).value().body;
        };
        QCOMPARE(said(1, "en"), std::string("a day"));
        QCOMPARE(said(0, "en"), std::string("0 days"));
        QCOMPARE(said(0, "fr"), std::string("a day"));
        QCOMPARE(said(2, "ar"), std::string("two"));
        QCOMPARE(said(5, "ar"), std::string("few"));
        QCOMPARE(said(11, "ar"), std::string("many"));
        QCOMPARE(said(100, "ar"), std::string("100 days"));
    }

    void datesAndStatusAreThoseOfTheReader() {
        const auto day = parseIsoDate("2026-03-01").value();
        QCOMPARE(dateWords(day, "en"), std::string("1 March 2026"));
        QCOMPARE(dateWords(day, "de-AT"), std::string("1. März 2026"));
        QCOMPARE(dateWords(day, "es"), std::string("1 de marzo de 2026"));
        QCOMPARE(dateWords(day, "fr"), std::string("1er mars 2026"));
        QCOMPARE(dateWords(day, "ar"), std::string("1 مارس 2026"));
        QCOMPARE(statusWords(Status::Planned, "de"), std::string("eingeplant"));
        QCOMPARE(statusWords(Status::Planned, "xx"), std::string("planned"));
    }

    void aSubjectIsOneLine() {
        Values v;
        v.texts = {{"number", "1"}, {"title", "a\r\nBcc: everybody@example.org"}};
        QVERIFY(!render("{{#title}}{{title}}{{/title}}", "x", "en", v).value().subject.contains('\n'));
    }
};

QTEST_GUILESS_MAIN(TemplatesTest)
#include "templates_test.moc"
