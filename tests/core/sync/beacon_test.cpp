// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/beacon.hpp"

#include <QTest>

#include "sync/address.hpp"

using namespace wl;
using namespace wl::sync;

class BeaconTest : public QObject {
    Q_OBJECT

    const Instant m_now{1'700'000'000'000};
    const Beacons m_desk{key(1), origin(1)};
    const Beacons m_office{key(1), origin(2)};

    static SymmetricKey key(std::uint8_t n) {
        SymmetricKey out{};
        out[0] = n;
        return out;
    }
    static OriginId origin(std::uint8_t n) {
        OriginId out;
        out.bytes[0] = n;
        return out;
    }

private Q_SLOTS:
    void colleaguesAreHeardStrangersAndOneselfAreNot() {
        const auto said = m_desk.make(7311, m_now);
        QCOMPARE(said.size(), kBeaconLength);
        QCOMPARE(m_office.read(said, m_now), std::optional<std::uint16_t>(7311));
        QVERIFY(!m_desk.read(said, m_now));
        QVERIFY(!Beacons(key(2), origin(2)).read(said, m_now));
    }

    void itChangesEveryHourAndIsGoodForTheNext() {
        const Millis hour(3'600'000);
        const auto said = m_desk.make(7311, m_now);
        QVERIFY(said != m_desk.make(7311, m_now + hour));
        QVERIFY(m_office.read(said, m_now + hour).has_value());
        QVERIFY(m_office.read(said, m_now - hour).has_value());
        QVERIFY(!m_office.read(said, m_now + hour + hour));
    }

    void everyBentBeaconIsIgnored() {
        const auto said = m_desk.make(7311, m_now);
        for (std::size_t i = 0; i < said.size(); ++i) {
            auto bent = said;
            bent[i] = static_cast<char>(bent[i] ^ 4);
            QVERIFY(!m_office.read(bent, m_now));
        }
        QVERIFY(!m_office.read(said.substr(1), m_now));
        QVERIFY(!m_office.read(said + "x", m_now));
        QVERIFY(!m_office.read({}, m_now));
    }

    void addressesAreReadAsPeopleWriteThem_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("expected");
        QTest::newRow("name") << QByteArray("desk4") << QByteArray("desk4:7311");
        QTest::newRow("port") << QByteArray("192.0.2.7:99") << QByteArray("192.0.2.7:99");
        QTest::newRow("six") << QByteArray("[2001:db8::7]:99") << QByteArray("[2001:db8::7]:99");
        QTest::newRow("six without port") << QByteArray("[::1]") << QByteArray("[::1]:7311");
        QTest::newRow("every interface") << QByteArray(":99") << QByteArray(":99");
        for (const char* bad :
             {"", "a:b", "a:99999", "a:-1", "2001:db8::7", "[::1", "[]:9", "[::1]9", "a b:9", "http://a", "a:9x"})
            QTest::newRow(bad) << QByteArray(bad) << QByteArray();
    }
    void addressesAreReadAsPeopleWriteThem() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, expected);
        const auto read = readAddress(text.toStdString());
        QCOMPARE(read ? QByteArray::fromStdString(toText(*read)) : QByteArray(), expected);
    }

    void waitsGrowAndAreNeverTheSame() {
        SeededRng rng(4);
        Backoff one, other;
        Millis longest{};
        int differ = 0;
        for (int i = 0; i < 200; ++i) {
            const auto a = one.next(rng), b = other.next(rng);
            QVERIFY(a >= Backoff::kShortest && a <= Backoff::kLongest);
            longest = std::max(longest, a);
            differ += a != b ? 1 : 0;
        }
        QVERIFY(longest > Millis(10'000));
        QVERIFY(differ > 150);
        one.reset();
        QVERIFY(one.next(rng) <= Backoff::kShortest * 3);
    }
};

QTEST_GUILESS_MAIN(BeaconTest)
#include "beacon_test.moc"
