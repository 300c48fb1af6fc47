// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "ui/map/render_probe.hpp"

using namespace wl::ui;

class RenderProbeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void knowsSoftwareRenderers_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("software");
        QTest::addRow("llvmpipe") << QStringLiteral("llvmpipe (LLVM 19.1.7, 256 bits)") << true;
        QTest::addRow("vmware") << QStringLiteral("SVGA3D; build: RELEASE;  LLVM;") << true;
        QTest::addRow("no OpenGL") << QString() << true;
        QTest::addRow("Intel") << QStringLiteral("Mesa Intel(R) UHD Graphics 620 (KBL GT2)") << false;
        QTest::addRow("AMD") << QStringLiteral("AMD Radeon RX 6600 (radeonsi, navi23, LLVM 19.1.7, DRM 3.61)") << false;
    }
    void knowsSoftwareRenderers() {
        QFETCH(QString, name);
        QFETCH(bool, software);
        QCOMPARE(isSoftwareRenderer(name), software);
    }
    void readsTheOption() {
        QCOMPARE(renderModeFrom(QStringLiteral("auto")), RenderMode::Auto);
        QCOMPARE(renderModeFrom(QStringLiteral("gpu")), RenderMode::Gpu);
        QCOMPARE(renderModeFrom(QStringLiteral("software")), RenderMode::Software);
        QVERIFY(!renderModeFrom(QStringLiteral("fast")).has_value());
    }
    void environmentWins() {
        qputenv("QT_QUICK_BACKEND", "software");
        QVERIFY(chooseRenderer(RenderMode::Gpu));
    }
};

QTEST_GUILESS_MAIN(RenderProbeTest)
#include "render_probe_test.moc"
