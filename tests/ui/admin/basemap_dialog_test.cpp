// SPDX-License-Identifier: GPL-3.0-or-later
// A basemap made in the window: of files a person adds, with the reason where one is refused and the old map kept.
#include "ui/admin/basemap_dialog.hpp"

#include <QFile>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTreeWidget>

#include "ui/desk.hpp"

using namespace wl;
using namespace wl::ui;
using namespace wl::test;
using namespace Qt::StringLiterals;

class BasemapDialogTest final : public QObject {
    Q_OBJECT

    std::unique_ptr<Desk> m_desk;

    QString write(const QString& name, const QByteArray& bytes) {
        QFile file(m_desk->path(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size()) qFatal("%s", qPrintable(name));
        return file.fileName();
    }
    static QByteArray district(const QByteArray& ring) {
        return R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"North End"},)"
               R"("geometry":{"type":"Polygon","coordinates":[)" +
               ring + "]}}]}";
    }

private Q_SLOTS:
    void init() { m_desk = std::make_unique<Desk>(); }
    void cleanup() { m_desk.reset(); }

    void aMapIsMadeByKeys() {
        BasemapDialog dialog(m_desk->bridge(), nullptr);
        dialog.show();
        QVERIFY(QTest::qWaitForWindowActive(&dialog));
        QVERIFY(!dialog.findChild<QPushButton*>(u"basemapBuild"_s)->isEnabled());
        dialog.addFiles({write(u"districts.geojson"_s,
                               district("[[-71.1,42.3],[-71.0,42.3],[-71.0,42.4],[-71.1,42.4],[-71.1,42.3]]"))});
        QSignalSpy told(&dialog, &BasemapDialog::told);
        QTest::keyClick(&dialog, Qt::Key_Return);
        QTRY_COMPARE(told.count(), 1);
        QCOMPARE(m_desk->engine().city()->areas.front().name, std::string("North End"));
        Desk::grab(dialog, u"basemap"_s);
    }
    void theOldMapStaysWhereAFileIsBad() {
        const auto before = m_desk->engine().city();
        BasemapDialog dialog(m_desk->bridge(), nullptr);
        dialog.show();
        QVERIFY(QTest::qWaitForWindowActive(&dialog));
        dialog.addFiles(
            {write(u"districts.geojson"_s, district("[[42.3,-71.1],[42.4,-71.1],[42.4,-71.0],[42.3,-71.1]]"))});
        QTest::mouseClick(dialog.findChild<QPushButton*>(u"basemapBuild"_s), Qt::LeftButton);
        auto* error = dialog.findChild<QLabel*>(u"basemapError"_s);
        QTRY_VERIFY(error->isVisible());
        QVERIFY2(error->text().contains(u"swapped"_s), qPrintable(error->text()));
        QCOMPARE(m_desk->engine().city(), before);
        QVERIFY(dialog.findChild<QPushButton*>(u"basemapBuild"_s)->isEnabled());
    }
};

QTEST_MAIN(BasemapDialogTest)
#include "basemap_dialog_test.moc"
