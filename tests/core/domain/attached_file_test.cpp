// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include "domain/attached_file.hpp"

using namespace wl;

class AttachedFileTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void filesComeBackAsTheyWere() {
        const std::vector<AttachedFile> files{{std::string(64, 'a'), 0, "image/png", "two words.png"},
                                              {std::string(64, '0'), 5'000'000'000, "application/pdf", "Größe.pdf"}};
        QVERIFY(filesOf(filesText(files)) == files);
    }
    void whatIsNoFileIsLeftOut() {
        const auto good = filesText({{std::string(64, 'f'), 3, "text/plain", "a.txt"}});
        QCOMPARE(
            filesOf("nonsense\n" + good + std::string(64, 'F') + " 3 text/plain b\n" + std::string(64, 'f') + " -3 x y")
                .size(),
            std::size_t{1});
    }
    void namesFromOutsideAreMadeSafe_data() {
        QTest::addColumn<QByteArray>("given");
        QTest::addColumn<QByteArray>("safe");
        QTest::newRow("folders") << QByteArray("../../etc/passwd") << QByteArray("passwd");
        QTest::newRow("windows folders") << QByteArray("C:\\temp\\a.exe") << QByteArray("a.exe");
        QTest::newRow("only dots") << QByteArray("..") << QByteArray("file");
        QTest::newRow("hidden") << QByteArray(".bashrc") << QByteArray("bashrc");
        QTest::newRow("line break") << QByteArray("a\r\nb.txt") << QByteArray("ab.txt");
        QTest::newRow("refused characters") << QByteArray("a:b?.png") << QByteArray("a_b_.png");
        QTest::newRow("empty") << QByteArray() << QByteArray("file");
        QTest::newRow("long") << QByteArray(300, 'x') + ".jpeg" << QByteArray(115, 'x') + ".jpeg";
    }
    void namesFromOutsideAreMadeSafe() {
        QFETCH(QByteArray, given);
        QFETCH(QByteArray, safe);
        QCOMPARE(QByteArray::fromStdString(safeFileName(given.toStdString())), safe);
    }
    void aLongNameIsNotCutInsideACharacter() {
        std::string name;
        for (int i = 0; i < 100; ++i) name += "ä";
        QVERIFY(QString::fromStdString(safeFileName("x" + name)).contains(u'\ufffd') == false);
    }
};

QTEST_GUILESS_MAIN(AttachedFileTest)
#include "attached_file_test.moc"
