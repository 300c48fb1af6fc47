// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/frames.hpp"

#include <QTest>

#include "core/sync/small_net.hpp"
#include "support/property.hpp"

using namespace wl;
using namespace wl::sync;
using namespace wl::test;

class FramesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void messagesSurviveAnyCut() {
        QVERIFY(holds("frames", [](Recipe& r) -> std::string {
            std::string bytes;
            std::vector<std::string> sent;
            for (auto n = 1 + r.below(6); n > 0; --n) {
                sent.emplace_back(r.chance(5) ? kFrameLimit + r.below(1000) : r.below(3000),
                                  static_cast<char>('a' + n));
                appendMessage(bytes, FrameType::Data, sent.back());
            }
            MessageReader reader;
            std::vector<std::string> got;
            for (std::size_t at = 0; at < bytes.size();) {
                const auto part = std::string_view(bytes).substr(at, 1 + r.below(r.chance(50) ? 7 : 100'000));
                at += part.size();
                reader.feed(part);
                while (true) {
                    auto message = reader.next();
                    if (!message) return message.error().code;
                    if (!*message) break;
                    got.push_back(std::move((*message)->body));
                }
            }
            return got == sent && reader.held() == 0 ? "" : "not what was sent";
        }));
    }

    void badHeadsAreRefusedBeforeTheirBodies_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("code");
        QTest::newRow("too long") << QByteArray("\x7f\xff\xff\xff\x05\x00", 6) << QByteArray("frame.length");
        QTest::newRow("too short") << QByteArray("\x00\x00\x00\x01\x05\x00", 6) << QByteArray("frame.length");
        QTest::newRow("type 0") << QByteArray("\x00\x00\x00\x05\x00\x00", 6) << QByteArray("frame.type");
        QTest::newRow("type 99") << QByteArray("\x00\x00\x00\x05\x63\x00", 6) << QByteArray("frame.type");
        QTest::newRow("flags") << QByteArray("\x00\x00\x00\x05\x05\x80", 6) << QByteArray("frame.flags");
        QTest::newRow("another type inside")
            << QByteArray("\x00\x00\x00\x02\x05\x01\x00\x00\x00\x02\x06\x00", 12) << QByteArray("frame.order");
    }
    void badHeadsAreRefusedBeforeTheirBodies() {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, code);
        MessageReader reader;
        reader.feed(bytes.toStdString());
        const auto message = reader.next();
        QVERIFY(!message);
        QCOMPARE(QByteArray::fromStdString(message.error().code), code);
    }

    void anEndlessMessageIsRefused() {
        std::string bytes;
        appendMessage(bytes, FrameType::Data, std::string(kMessageLimit + 1, 'x'));
        MessageReader reader;
        reader.feed(bytes);
        const auto message = reader.next();
        QVERIFY(!message);
        QCOMPARE(message.error().code, std::string("frame.message"));
        QVERIFY(reader.held() <= bytes.size());
    }

    void anyOrderOfThingsConverges() {
        QVERIFY(holds(
            "sessions",
            [](Recipe& r) -> std::string {
                SmallNet net(7);
                net.found(2 + r.below(3));
                const auto n = net.consoles.size();
                for (std::size_t i = 0; i + 1 < n; ++i)
                    net.connect(i, i + 1,
                                {.window = static_cast<std::uint32_t>(200 + r.below(5000)),
                                 .sliceOps = static_cast<std::uint32_t>(1 + r.below(20))});
                while (!r.atEnd()) {
                    const auto who = r.below(n);
                    std::vector<std::string> ops(1 + r.below(6), "op");
                    if (r.chance(40)) net.author(who, ops);
                    else if (r.chance(10) && net.wires.size() < 12) {
                        auto& wire = *net.wires[r.below(net.wires.size())];
                        if (wire.up) net.breakWire(wire);
                        net.connect(wire.from, wire.to);
                    } else {
                        for (auto k = r.below(30); k > 0; --k) net.step(&r);
                    }
                }
                for (const auto& wire : net.wires)
                    if (wire->up) net.breakWire(*wire);
                for (std::size_t i = 0; i + 1 < n; ++i) net.connect(i, i + 1);
                net.run(std::chrono::seconds(3));
                return net.converged() ? "" : "not the same";
            },
            150, 120));
    }
};

QTEST_APPLESS_MAIN(FramesTest)
#include "frames_test.moc"
