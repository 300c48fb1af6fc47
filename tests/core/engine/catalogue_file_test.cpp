// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/catalogue_file.hpp"

#include <QTest>

using namespace wl;
using namespace wl::engine;

class CatalogueFileTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsBackWhatItWrites() {
        rules::SlaPolicy policy;
        policy.code = "p\"1";
        policy.service = "pothole";
        policy.crew = "north";
        policy.resolve = rules::SlaTarget{10, rules::TargetUnit::BusinessDays};
        rules::Department department;
        department.code = "works";
        department.name = "Straßen";
        const std::vector<rules::CatalogueItem> items{
            rules::toItem(policy), rules::toItem(department), {"crew", "gone", ""}};
        const auto read = readCatalogueFile(writeCatalogueFile(items));
        QVERIFY(read);
        QCOMPARE(read->size(), items.size());
        for (std::size_t i = 0; i < items.size(); ++i) QVERIFY((*read)[i] == items[i]);
        const auto* found =
            rules::Catalogue::build(*read)->policyFor("pothole", Priority::Normal, "", "", {1}, "north");
        QVERIFY(found && found->crew == "north");
        QVERIFY(rules::Catalogue::build(*read)->policyFor("pothole", Priority::Normal, "", "", {1}, "south") ==
                nullptr);
    }

    void saysWhatIsWrong_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("code");
        QTest::newRow("no JSON") << QByteArray("{") << QByteArray("catalogue.file");
        QTest::newRow("another file") << QByteArray("{\"type\": \"FeatureCollection\"}")
                                      << QByteArray("catalogue.file");
        QTest::newRow("newer") << QByteArray("{\"wardline_catalogue\": 2, \"items\": []}")
                               << QByteArray("catalogue.file.newer");
        QTest::newRow("no list") << QByteArray("{\"wardline_catalogue\": 1, \"items\": {}}")
                                 << QByteArray("catalogue.file");
        QTest::newRow("half an item") << QByteArray("{\"wardline_catalogue\": 1, \"items\": [{\"kind\": \"policy\"}]}")
                                      << QByteArray("catalogue.file");
    }
    void saysWhatIsWrong() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, code);
        const auto read = readCatalogueFile(text.toStdString());
        QVERIFY(!read);
        QCOMPARE(QByteArray::fromStdString(read.error().code), code);
    }
};

QTEST_GUILESS_MAIN(CatalogueFileTest)
#include "catalogue_file_test.moc"
