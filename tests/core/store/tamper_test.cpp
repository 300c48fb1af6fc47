// SPDX-License-Identifier: GPL-3.0-or-later
// `verify` finds every kind of change behind the program's back.
#include <QTest>

#include "replica.hpp"

using namespace wl;
using namespace wl::store;
using namespace wl::store::test;

class TamperTest : public QObject {
    Q_OBJECT

    std::unique_ptr<Replica> m_replica;

    static std::vector<std::uint32_t> numbers() {
        std::vector<std::uint32_t> out;
        for (std::uint32_t i = 0, x = 42; i < 900; ++i)
            out.push_back((x = x * 1664525 + 1013904223) >> 16);  // its low bits repeat soon
        return out;
    }

private Q_SLOTS:
    void init() {
        m_replica = std::make_unique<Replica>();
        Recipe r(numbers());
        m_replica->commit({m_replica->opening(), m_replica->opening()}).value();
        while (!r.atEnd()) QVERIFY(m_replica->work(r));
        const auto report = m_replica->verify();
        QVERIFY2(report.good(), report.complaints.empty() ? "" : report.complaints.front().c_str());
        QVERIFY(m_replica->store->stats()->interactions > 0 && m_replica->store->stats()->persons > 0 &&
                m_replica->store->stats()->items > 0);
    }

    void everyChangeIsFound_data() {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<QString>("kind");
        const auto row = [](const char* name, const char* sql, const char* kind) {
            QTest::newRow(name) << QString::fromLatin1(sql) << QString::fromLatin1(kind);
        };
        constexpr const char* kMiddle = " WHERE id=(SELECT id FROM segment ORDER BY id LIMIT 1 OFFSET 5)";
        const auto segment = [&](const char* name, const std::string& set, const char* kind) {
            row(name, ("UPDATE segment SET " + set + kMiddle).c_str(), kind);
        };
        segment("a byte of a body",
                "body = CAST(substr(body,1,20) || CASE substr(body,21,1) WHEN x'00' THEN x'01' ELSE x'00' END || "
                "substr(body,22) AS BLOB)",
                "chain");
        segment("a body cut short", "body = substr(body, 1, length(body)-1)", "chain");
        segment("a body of another segment",
                "body = (SELECT body FROM segment ORDER BY id LIMIT 1), raw_len = (SELECT raw_len FROM segment ORDER "
                "BY id LIMIT 1),"
                " n = (SELECT n FROM segment ORDER BY id LIMIT 1)",
                "chain");
        segment("a signature", "sig = zeroblob(64)", "signature");
        segment("a signature of another segment", "sig = (SELECT sig FROM segment ORDER BY id DESC LIMIT 1)",
                "signature");
        segment("a head hash", "head_hash = zeroblob(32)", "chain");
        segment("a previous hash", "prev_hash = zeroblob(32)", "chain");
        segment("a clock of the head", "hlc_max = hlc_max + 1", "signature");
        segment("a length that no segment has", "raw_len = 1 << 40", "chain");
        segment("a length below nothing and no frame", "raw_len = -2, body = x'00'", "chain");
        segment("a count", "n = n + 1", "chain");
        row("a segment deleted", (std::string("DELETE FROM segment") + kMiddle).c_str(), "gap");
        row("the last segment deleted", "DELETE FROM segment WHERE id=(SELECT max(id) FROM segment)", "gap");
        row("the head of an origin", "UPDATE origin SET head_seq = head_seq + 1 WHERE head_seq > 0", "gap");
        row("a priority", "UPDATE cases SET priority = coalesce(priority,0) + 1 WHERE ck=1", "fold");
        row("a status", "UPDATE cases SET status = (status + 1) % 8 WHERE ck=1", "fold");
        row("a place", "UPDATE cases SET lat = lat + 1 WHERE ck=1", "fold");
        row("a due time", "UPDATE cases SET due_at = due_at + 1 WHERE ck=1", "fold");
        row("an instant of update", "UPDATE cases SET updated_at = updated_at + 1 WHERE ck=1", "fold");
        row("a description", "UPDATE case_text SET description = 'nothing happened' WHERE ck=1", "fold");
        row("a count of interactions", "UPDATE case_text SET interactions = interactions + 1 WHERE ck=1", "fold");
        row("a case deleted", "DELETE FROM cases WHERE ck=2", "fold");
        row("a case made up",
            "INSERT INTO cases(ck, case_id, number, status, reason, updated_at, closed_at, due_at, warn_at,"
            " respond_due_at, paused, settled, conflicts, fold_ver, lat, lon, service_code, priority, area,"
            " department, crew, owner, channel, requested_datetime) SELECT ck+1000, randomblob(16), number, status, "
            "reason, updated_at, closed_at, due_at, "
            "warn_at,"
            " respond_due_at, paused, settled, conflicts, fold_ver, lat, lon, service_code, priority, area, "
            "department, crew, owner, channel,"
            " requested_datetime FROM cases WHERE ck=1",
            "fold");
        row("a line of history deleted", "DELETE FROM case_op WHERE (ck, seq) = (SELECT ck, max(seq) FROM case_op)",
            "fold");
        row("a line of history moved",
            "UPDATE case_op SET seq = seq + 100000 WHERE (ck, seq) = (SELECT ck, max(seq) FROM case_op)", "fold");
        row("a message said to be sent", "UPDATE message SET state = 10, sent_at = sent_at + 1", "fold");
        row("a message deleted", "DELETE FROM message WHERE (ck, id) = (SELECT ck, max(id) FROM message)", "fold");
        row("an interaction deleted", "DELETE FROM interaction WHERE id=(SELECT min(id) FROM interaction)", "fold");
        row("an interaction redirected",
            "UPDATE interaction SET ck = ck + 1 WHERE id=(SELECT min(id) FROM interaction)", "fold");
        row("a citizen's name", "UPDATE person SET name = 'Nobody' WHERE pk=1", "fold");
        row("a citizen deleted", "DELETE FROM person WHERE pk=1", "fold");
        row("a phone number", "UPDATE contact SET value = value || '0'", "fold");
        row("a catalogue item", "UPDATE item SET document = document || ' '", "fold");
        row("a catalogue item deleted", "DELETE FROM item WHERE ik=(SELECT min(ik) FROM item)", "fold");
    }
    void everyChangeIsFound() {
        QFETCH(QString, sql);
        QFETCH(QString, kind);
        m_replica->sql(sql.toStdString());
        m_replica->open();
        const auto report = m_replica->verify();
        QVERIFY(!report.good());
        QVERIFY(!report.complaints.empty());
        const auto count = kind == QLatin1String("chain")       ? report.badChains
                           : kind == QLatin1String("signature") ? report.badSignatures
                           : kind == QLatin1String("gap")       ? report.gaps
                                                                : report.foldMismatches;
        QVERIFY2(count > 0, report.complaints.front().c_str());
    }

    void rebuildingPutsRowsRightAgain() {
        const auto digest = m_replica->digest();
        m_replica->sql("UPDATE cases SET priority = 1, status = 0; DELETE FROM case_op; DELETE FROM person; UPDATE "
                       "item SET document = ''");
        const auto report = m_replica->rebuildIt();
        QVERIFY2(report.has_value(), report ? "" : report.error().detail.c_str());
        m_replica->open();
        QCOMPARE(m_replica->digest(), digest);
        QVERIFY(m_replica->verify().good());
    }

    void rebuildingTakesDamagedSegmentsFromTheJournal() {
        const auto digest = m_replica->digest();
        m_replica->sql("UPDATE segment SET body = zeroblob(9) WHERE id > (SELECT max(id)/2 FROM segment)");
        const auto report = m_replica->rebuildIt();
        QVERIFY2(report.has_value(), report ? "" : report.error().detail.c_str());
        QVERIFY(report->lostSegments > 0);
        m_replica->open();
        QCOMPARE(m_replica->digest(), digest);
        QVERIFY(m_replica->verify().good());
    }
};

QTEST_GUILESS_MAIN(TamperTest)
#include "tamper_test.moc"
