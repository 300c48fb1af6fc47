// SPDX-License-Identifier: GPL-3.0-or-later
// The vectors are those of draft-irtf-cfrg-cpace-21, appendix B.3.
#include "sync/cpace.hpp"

#include <QTest>

#include "domain/ids.hpp"

using namespace wl;
using namespace wl::sync;

namespace {

template <class Array = std::string>
Array bytes(const char* hex) {
    const auto raw = QByteArray::fromHex(hex).toStdString();
    if constexpr (std::is_same_v<Array, std::string>) return raw;
    else return arrayFromBytes<Array>(raw);
}

const std::string kChannel = bytes("0b415f696e69746961746f720b425f726573706f6e646572");
const std::string kSession = bytes("7e4b4791d6a8ef019b936c79fb7f2c57");
const auto kScalarA = bytes<GroupScalar>("da3d23700a9e5699258aef94dc060dfda5ebb61f02a5ea77fad53f4ff0976d08");
const auto kScalarB = bytes<GroupScalar>("d2316b454718c35362d83d69df6320f38578ed5984651435e2949762d900b80d");

}  // namespace

class CpaceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void lengthsAreLeb128() {
        QCOMPARE(cpace::prependLength(""), std::string(1, '\0'));
        QCOMPARE(cpace::prependLength(std::string(127, 'x')).substr(0, 1), bytes("7f"));
        QCOMPARE(cpace::prependLength(std::string(128, 'x')).substr(0, 2), bytes("8001"));
        QCOMPARE(cpace::lvCat({"1234", "5", "", "678"}), bytes("043132333401350003363738"));
    }

    void generatorIsTheDrafts() {
        auto expected = bytes("11435061636552697374726574746f3235350850617373776f726464");
        expected += std::string(100, '\0') +
                    bytes("180b415f696e69746961746f720b425f726573706f6e646572107e4b4791d6a8ef019b936c79fb7f2c57");
        QCOMPARE(cpace::generatorString("Password", kChannel, kSession), expected);
        QCOMPARE(toHex(view(cpace::generator("Password", kChannel, kSession))),
                 std::string("222b6b195fe84b1652badb6f6a3ae3d24341e7306967f0b8115b40d5698c7e56"));
    }

    void sharesAndKeyAreTheDrafts() {
        const cpace::Party a("Password", kChannel, kSession, "ADa", kScalarA),
            b("Password", kChannel, kSession, "ADb", kScalarB);
        QCOMPARE(toHex(view(a.share().element)),
                 std::string("d6bac480f2c386c394efc7c47adb9925dcd2630b64f240c50f8d0eec482b9157"));
        QCOMPARE(toHex(view(b.share().element)),
                 std::string("3ea7e0b19560d7c0b0f5734f63b955286dfa8232b5ebe63324e2d9e7433f7258"));
        const auto atA = a.finish(b.share(), true), atB = b.finish(a.share(), false);
        QVERIFY(atA && atB);
        QCOMPARE(toHex(view(atA->key)),
                 std::string("b69effbf61b51d56401c0f65601abe428de8206feaaf0e32198896dcae7b35cd"
                             "2b38950a39dfd5d4a79164614c2984f7daa460b588c1e80c3fa2068af7900447"));
        QVERIFY(atA->key == atB->key);
        QVERIFY(atA->mine == atB->theirs && atA->theirs == atB->mine);
        QVERIFY(atA->mine != atA->theirs);
    }

    void sharesThatAreNoElementsAreRefused() {
        const auto scalar = bytes<GroupScalar>("7cd0e075fa7955ba52c02759a6c90dbbfc10e6d40aea8d283e407d88cf538a05");
        const auto good =
            multiply(scalar, bytes<GroupElement>("2c3c6b8c4f3800e7aef6864025b4ed79bd599117e427c41bd47d93d654b4a51c"));
        QVERIFY(good.has_value());
        QCOMPARE(toHex(view(*good)), std::string("7c13645fe790a468f62c39beb7388e541d8405d1ade69d1778c5fe3e7f6b600e"));
        const cpace::Party party("Password", kChannel, kSession, {}, scalar);
        for (const char* bad : {"2b3c6b8c4f3800e7aef6864025b4ed79bd599117e427c41bd47d93d654b4a51c",
                                "0000000000000000000000000000000000000000000000000000000000000000"}) {
            const auto done = party.finish({bytes<GroupElement>(bad), {}}, true);
            QVERIFY(!done);
            QCOMPARE(done.error().code, std::string("pairing.share"));
        }
    }

    void everyDifferenceGivesAnotherKey_data() {
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("channel");
        QTest::addColumn<QString>("session");
        QTest::addColumn<bool>("equal");
        QTest::newRow("nothing differs") << "AAAAAAAA" << "one" << "s" << true;
        QTest::newRow("code") << "AAAAAAAB" << "one" << "s" << false;
        QTest::newRow("channel") << "AAAAAAAA" << "two" << "s" << false;
        QTest::newRow("session") << "AAAAAAAA" << "one" << "t" << false;
    }
    void everyDifferenceGivesAnotherKey() {
        QFETCH(QString, code);
        QFETCH(QString, channel);
        QFETCH(QString, session);
        QFETCH(bool, equal);
        SeededRng rng(1);
        const cpace::Party a("AAAAAAAA", "one", "s", {}, rng);
        const cpace::Party b(code.toStdString(), channel.toStdString(), session.toStdString(), {}, rng);
        const auto atA = a.finish(b.share(), true), atB = b.finish(a.share(), false);
        QVERIFY(atA && atB);
        QCOMPARE(atA->key == atB->key, equal);
        QCOMPARE(atA->theirs == atB->mine, equal);
    }
};

QTEST_GUILESS_MAIN(CpaceTest)
#include "cpace_test.moc"
