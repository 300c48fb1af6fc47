// SPDX-License-Identifier: GPL-3.0-or-later
// wardlinectl as a script runs it: jobs, the catalogue as a file, routing tried, duty, views. Exit status and JSON.
#include <QDateTime>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

class CtlTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    QString m_city;

    struct Answer {
        int status{};
        QJsonValue json;
        QString errors;
    };
    Answer run(const QStringList& words, const QString& agent = {}) {
        QProcess program;
        QStringList all{u"--data"_s, m_city, u"--json"_s};
        if (!agent.isEmpty()) all << u"--agent"_s << agent;
        program.start(qEnvironmentVariable("WARDLINE_BIN") + u"/wardlinectl"_s, all + words);
        if (!program.waitForFinished(60'000)) return {-1, {}, program.errorString()};
        const auto out = program.readAllStandardOutput();
        const auto document = QJsonDocument::fromJson(out);
        return {program.exitCode(), document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object()),
                QString::fromUtf8(program.readAllStandardError())};
    }
    QStringList openCases(int n) {
        QStringList out;
        for (const auto one : run({u"query"_s, u"--queue"_s, u"open"_s, u"--where"_s, u"department=public_works"_s,
                                   u"--limit"_s, QString::number(n)})
                                  .json.toArray())
            out << one[u"number"].toString();
        return out;
    }
    QString write(const QString& name, const QByteArray& text) {
        QFile file(m_dir.filePath(name));
        (void)file.open(QIODevice::WriteOnly);
        file.write(text);
        return file.fileName();
    }

private Q_SLOTS:
    void initTestCase() {
        m_city = m_dir.filePath(u"city"_s);
        const auto made = run({u"init"_s, u"--demo"_s, u"--closed"_s, u"300"_s, u"--open"_s, u"60"_s});
        QVERIFY2(made.status == 0, qPrintable(made.errors));
    }

    void aJobIsOpenedListedAndFinished() {
        const auto cases = openCases(3);
        QCOMPARE(cases.size(), 3);
        QStringList words{u"job"_s, u"open"_s, u"Three at once"_s, u"--from"_s, u"2026-12-01"_s};
        for (const auto& one : cases) words << u"--case"_s << one;
        const auto opened = run(words);
        QVERIFY2(opened.status == 0, qPrintable(opened.errors));
        const auto code = opened.json[u"job"].toString();
        QCOMPARE(run({u"query"_s, u"--where"_s, u"job="_s + code}).json.toArray().size(), 3);
        const auto refused = run({u"job"_s, u"finish"_s, code, u"--note"_s, u""_s});
        QCOMPARE(refused.status, 2);
        const auto done = run({u"job"_s, u"finish"_s, code, u"--note"_s, u"All three are filled"_s});
        QVERIFY2(done.status == 0, qPrintable(done.errors));
        for (const auto& one : cases) QCOMPARE(run({u"show"_s, one}).json[u"case"][u"status"].toString(), u"closed"_s);
        bool listed = false;
        for (const auto one : run({u"job"_s, u"list"_s}).json.toArray())
            if (one[u"job"].toString() == code) listed = one[u"state"].toString() == u"done"_s;
        QVERIFY(listed);
        QCOMPARE(run({u"job"_s, u"finish"_s, code, u"--note"_s, u"again"_s}).status, 1);
    }

    void aFaultHasManyReports() {
        const auto cases = openCases(2);
        QCOMPARE(cases.size(), 2);
        const auto &lead = cases[0], &other = cases[1];
        const auto reports = [&] { return run({u"incident"_s, u"show"_s, lead}).json[u"reports"].toArray(); };
        const auto before = reports().size();
        const auto added = run({u"incident"_s, u"add"_s, lead, u"--name"_s, u"Pat Invented"_s, u"--email"_s,
                                u"pat.invented@example.org"_s, u"--text"_s, u"It is deep"_s});
        QVERIFY2(added.status == 0, qPrintable(added.errors));
        QCOMPARE(reports().size(), before + 1);
        QCOMPARE(reports().last()[u"name"].toString(), u"Pat Invented"_s);
        QCOMPARE(run({u"incident"_s, u"join"_s, other, lead}).status, 0);
        QCOMPARE(run({u"show"_s, other}).json[u"case"][u"status"].toString(), u"closed"_s);
        QVERIFY(run({u"incident"_s, u"show"_s, other}).json[u"members"].toArray().contains(other));
        QCOMPARE(run({u"incident"_s, u"show"_s, other}).json[u"case"].toString(), lead);
        QCOMPARE(run({u"incident"_s, u"apart"_s, other, lead}).status, 0);
        QVERIFY(run({u"show"_s, other}).json[u"case"][u"status"].toString() != u"closed"_s);
        qsizetype at = 0;
        while (reports()[at][u"name"].toString() != u"Pat Invented"_s) ++at;
        const auto off = run({u"incident"_s, u"split"_s, lead, QString::number(at + 1)});
        QVERIFY2(off.status == 0, qPrintable(off.errors));
        QCOMPARE(reports().size(), before);
        const auto none = run({u"incident"_s, u"split"_s, lead, u"99"_s});
        QCOMPARE(none.status, 1);
        QVERIFY2(none.errors.contains(u"incident show"_s), qPrintable(none.errors));
        QCOMPARE(run({u"incident"_s, u"likely"_s, lead}).status, 0);
    }
    void theCatalogueGoesOutAndComesBack() {
        const auto file = m_dir.filePath(u"catalogue.json"_s);
        QCOMPARE(run({u"catalogue"_s, u"export"_s, file}).status, 0);
        const auto same = run({u"catalogue"_s, u"import"_s, file});
        QVERIFY2(same.status == 0, qPrintable(same.errors));
        QCOMPARE(same.json[u"published"].toInteger(), 0);
        const auto bad = write(u"bad.json"_s, R"({"wardline_catalogue":1,"items":[{"kind":"crew","code":"c9",)"
                                              R"("document":{"name":"Nine","department":"nowhere"}}]})");
        const auto refused = run({u"catalogue"_s, u"import"_s, bad});
        QCOMPARE(refused.status, 2);
        QVERIFY2(refused.errors.contains(u"crew/c9.department"_s), qPrintable(refused.errors));
        const auto good = write(u"good.json"_s, R"({"wardline_catalogue":1,"items":[{"kind":"pause_reason",)"
                                                R"("code":"strike","document":{"name":"Strike"}}]})");
        QCOMPARE(run({u"catalogue"_s, u"import"_s, good}).json[u"published"].toInteger(), 1);
    }

    void routingIsTriedOnWhatCameInLast() {
        const auto all = run({u"routing"_s, u"try"_s, u"--last"_s, u"40"_s});
        QVERIFY2(all.status == 0, qPrintable(all.errors));
        QCOMPARE(all.json[u"cases"].toInteger(), 40);
        const auto rules = write(u"rules.json"_s, R"({"wardline_catalogue":1,"items":[{"kind":"routing_rule",)"
                                                  R"("code":"everything","document":{"name":"All","order":-1000,)"
                                                  R"("department":"public_works"}}]})");
        const auto tried = run({u"routing"_s, u"try"_s, rules, u"--last"_s, u"40"_s});
        QCOMPARE(tried.json[u"by_rule"][u"everything"].toInteger(), 40);
        QCOMPARE(run({u"routing"_s, u"try"_s, m_dir.filePath(u"none"_s)}).status, 1);
    }

    void dutyIsDoneOnce() {
        const auto first = run({u"duty"_s});
        QVERIFY2(first.status == 0, qPrintable(first.errors));
        QCOMPARE(run({u"duty"_s}).json[u"ops"].toInteger(), 0);
    }

    void casesAreAskedForAsTheyStood() {
        const auto now = QDateTime::currentDateTimeUtc();
        const auto one = openCases(1).front();
        const auto find = [&](const QString& at) {
            QStringList words{u"query"_s, u"--where"_s, u"department=public_works"_s, u"--limit"_s, u"5000"_s};
            if (!at.isEmpty()) words << u"--as-of"_s << at;
            for (const auto row : run(words).json.toArray())
                if (row[u"number"].toString() == one) return row.toObject();
            return QJsonObject();
        };
        const auto before = find({})[u"status"].toString();
        QVERIFY(!before.isEmpty());
        const auto then =
            QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs);  // a program takes longer to start than a tick
        const auto closed = run({u"resolve"_s, one, u"--resolution"_s, u"fixed"_s});
        QVERIFY2(closed.status == 0, qPrintable(closed.errors));
        QCOMPARE(find({})[u"status"].toString(), u"closed"_s);
        QCOMPARE(find(then)[u"status"].toString(), before);
        QVERIFY(find(now.addYears(-30).toString(Qt::ISODateWithMs)).isEmpty());  // nobody had asked for it yet
        QCOMPARE(run({u"query"_s, u"--as-of"_s, u"yesterday"_s}).status, 2);
    }

    void figuresOfMessagesAndPatternsAreMade() {
        const auto all = run({u"signals"_s}).json.toArray();
        QCOMPARE(all.size(), 22);
        const auto kept = run({u"signals"_s, u"--name"_s, u"messages_kept_back,messages_sent"_s}).json.toArray();
        QCOMPARE(kept[0][u"unit"].toString(), u"messages"_s);
        QCOMPARE(kept[0][u"by"].toString(), u"reason"_s);
        const auto patterns = run({u"signals"_s, u"--name"_s, u"hotspots"_s, u"--cases"_s});
        QVERIFY2(patterns.status == 0, qPrintable(patterns.errors));
        const auto figure = patterns.json[0];
        QVERIFY(figure[u"value"].isDouble());  // somebody has looked
        QCOMPARE(figure[u"groups"].toArray().size(), figure[u"value"].toInteger());
        if (figure[u"value"].toInteger() > 0) QVERIFY(!figure[u"cases"].toArray().isEmpty());
        const auto past = run({u"signals"_s, u"--name"_s, u"hotspots"_s, u"--at"_s, u"2026-01-01"_s});
        QVERIFY(past.json[0][u"value"].isNull());  // of now alone
        QCOMPARE(run({u"signals"_s, u"--by"_s, u"reason"_s}).status, 2);
    }

    void viewsAreKeptCountedRenamedAndDeleted() {
        const auto own = run({u"view"_s, u"save"_s, u"Works, urgent"_s, u"--where"_s, u"open=true"_s, u"--where"_s,
                              u"department=public_works"_s},
                             u"me"_s);
        QVERIFY2(own.status == 0, qPrintable(own.errors));
        QCOMPARE(own.json[u"code"].toString(), u"works-urgent"_s);
        const auto shared =
            run({u"view"_s, u"save"_s, u"Mine"_s, u"--where"_s, u"owner=@me"_s, u"--everybody"_s}, u"me"_s);
        QCOMPARE(shared.json[u"ops"].toInteger(), 1);
        const auto counted = run({u"view"_s, u"list"_s}, u"me"_s).json.toArray();
        QCOMPARE(counted.size(), 2);
        QCOMPARE(counted[0][u"cases"].toInteger(), run({u"query"_s, u"--queue"_s, u"open"_s, u"--where"_s,
                                                        u"department=public_works"_s, u"--limit"_s, u"0"_s})
                                                       .json.toArray()
                                                       .size());
        QCOMPARE(run({u"view"_s, u"list"_s}, u"you"_s).json.toArray().size(), 1);  // the shared one
        QCOMPARE(run({u"view"_s, u"rename"_s, u"works-urgent"_s, u"Works"_s}, u"me"_s).status, 0);
        QCOMPARE(run({u"view"_s, u"list"_s}, u"me"_s).json[0][u"name"].toString(), u"Works"_s);
        QCOMPARE(run({u"view"_s, u"delete"_s, u"works-urgent"_s}, u"you"_s).status, 1);  // not theirs
        QCOMPARE(run({u"view"_s, u"delete"_s, u"works-urgent"_s}, u"me"_s).status, 0);
        QCOMPARE(run({u"view"_s, u"delete"_s, u"mine"_s}, u"me"_s).status, 0);
        QVERIFY(run({u"view"_s, u"list"_s}, u"me"_s).json.toArray().isEmpty());
        QCOMPARE(run({u"view"_s, u"save"_s, u"x"_s, u"--where"_s, u"colour=red"_s}).status, 2);
    }
};

QTEST_GUILESS_MAIN(CtlTest)
#include "ctl_test.moc"
