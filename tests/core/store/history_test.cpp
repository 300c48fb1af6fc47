// SPDX-License-Identifier: GPL-3.0-or-later
// Random work in a real replica: what was kept up op by op equals what the log gives from its beginning (S3, S5).
#include <QTest>

#include "domain/case_number.hpp"
#include "replica.hpp"
#include "store/reader.hpp"

using namespace wl;
using namespace wl::store;
using namespace wl::store::test;
using wl::test::holds;

namespace {

std::string complaintsOf(const VerifyReport& report) {
    if (report.good()) return {};
    std::string out = "integrity " + report.integrity;
    for (const auto& c : report.complaints) out += "; " + c;
    return out;
}

}  // namespace

class HistoryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keptUpEqualsRebuilt() {
        QVERIFY(holds(
            "S3 S5",
            [](Recipe& r) -> std::string {
                Replica replica;
                while (!r.atEnd()) {
                    if (!replica.work(r)) return "a transaction failed";
                    if (r.chance(10)) replica.open();
                }
                if (auto bad = complaintsOf(replica.verify()); !bad.empty()) return bad;
                const auto digest = replica.digest();
                const auto stats = replica.store->stats().value();
                const auto report = replica.rebuildIt();
                if (!report) return report.error().code + " " + report.error().detail;
                if (report->lostSegments != 0 || report->ops != stats.ops) return "rebuild lost ops";
                replica.open();
                if (auto bad = complaintsOf(replica.verify()); !bad.empty()) return "rebuilt: " + bad;
                return replica.digest() == digest ? "" : "rebuilding changed the digest";
            },
            12, 700));
    }

    void aTransactionGivenUpLeavesNothing() {
        Replica replica;
        replica.commit({replica.opening()}).value();
        const auto digest = replica.digest();
        QVERIFY(replica.store->begin().has_value());
        std::vector<OpDraft> group{replica.opening("never")};
        QVERIFY(replica.store->add(group, "a.alder").has_value());
        replica.store->rollback();
        QCOMPARE(replica.digest(), digest);
        replica.commit({replica.opening("after")}).value();
        QVERIFY(replica.verify().good());
        replica.open();
        QVERIFY(replica.verify().good());
        QCOMPARE(replica.store->stats()->cases, 2);
    }

    void anOpThatCannotBeWrittenTakesItsTransactionWithIt() {
        Replica replica;
        const auto digest = replica.digest();
        QVERIFY(!replica.commit({replica.opening(), replica.opening(std::string(70'000, 'x'))}).has_value());
        QVERIFY(!replica.commit({replica.opening("caf\xe9")}).has_value());
        QCOMPARE(replica.digest(), digest);
        replica.commit({replica.opening()}).value();
        QVERIFY(replica.verify().good());
    }

    void twoCasesOfOneNumberAreBothFound() {
        Replica replica;
        std::vector<CaseId> ids;
        for (const std::uint32_t n : {6'244'657U, 9'974'905U}) {  // their numbers are the same
            auto draft = replica.opening("hole " + std::to_string(n));
            CaseId id{};
            for (std::size_t i = 0; i < 4; ++i) id.bytes[i] = static_cast<std::uint8_t>(n >> (8 * i));
            draft.entity = id;
            ids.push_back(id);
            replica.commit({draft}).value();
        }
        const auto number = caseNumber(ids[0]);
        QCOMPARE(caseNumber(ids[1]), number);
        auto reader = Reader::open(replica.database()).value();
        QCOMPARE(reader->casesByNumber(number)->size(), std::size_t{2});
        QCOMPARE(reader->search(number)->cases.size(), std::size_t{2});
        QCOMPARE(QString::fromStdString(reader->findCase(number).error().code), QStringLiteral("case.ambiguous"));
        QVERIFY(reader->findCase(toHex(ids[1])).has_value());
        // What a caller has read out so far is searched for, but not enough to work on a case.
        for (const std::size_t length : {5U, 6U, 8U, 10U}) {
            const auto begun = number.substr(0, length);
            QCOMPARE(reader->search(begun)->cases.size(), std::size_t{2});
            QCOMPARE(QString::fromStdString(reader->findCase(begun).error().code), QStringLiteral("case.unknown"));
        }
        QVERIFY(reader->search(number.substr(0, 4))->cases.empty());
        QVERIFY(replica.verify().good());
    }

    void oneTransactionMayFillManySegments() {
        Replica replica;
        QVERIFY(replica.store->begin().has_value());
        std::uint32_t x = 1;
        for (int i = 0; i < 120; ++i) {
            std::string noise(20'000, ' ');  // that cannot be packed
            for (auto& c : noise) c = static_cast<char>('!' + ((x = x * 1664525 + 1013904223) >> 16) % 90);
            std::vector<OpDraft> group{replica.opening(noise)};
            QVERIFY(replica.store->add(group, "a.alder").has_value());
        }
        QVERIFY(replica.store->commit(replica.deriver).has_value());
        QVERIFY(replica.store->stats()->segments > 1);
        QVERIFY(replica.verify().good());
    }
};

QTEST_GUILESS_MAIN(HistoryTest)
#include "history_test.moc"
