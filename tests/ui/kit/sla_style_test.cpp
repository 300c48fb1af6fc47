// SPDX-License-Identifier: GPL-3.0-or-later
#include <QImage>
#include <QPainter>
#include <QTest>

#include <cmath>
#include <set>

#include "ui/kit/sla_style.hpp"

using namespace wl;

// The states of a case's clock can be told apart by everybody, in light and dark.
class SlaStyleTest : public QObject {
    Q_OBJECT

    // WCAG 2.2, relative luminance and contrast ratio.
    static double luminance(const QColor& c) {
        const auto linear = [](double v) { return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4); };
        return 0.2126 * linear(c.redF()) + 0.7152 * linear(c.greenF()) + 0.0722 * linear(c.blueF());
    }
    static double contrast(const QColor& a, const QColor& b) {
        const double x = luminance(a), y = luminance(b);
        return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
    }
    static SlaState state(int i) { return ui::slaStateOf(static_cast<std::uint8_t>(i)); }

private Q_SLOTS:
    void coloursStandOutOnTheirBase_data() {
        QTest::addColumn<int>("number");
        QTest::addColumn<bool>("dark");
        for (int i = 0; i < kSlaStateCount; ++i)
            for (const bool dark : {false, true}) QTest::addRow("%d %s", i, dark ? "dark" : "light") << i << dark;
    }
    void coloursStandOutOnTheirBase() {
        QFETCH(int, number);
        QFETCH(bool, dark);
        const QColor base = dark ? QColor(0x23, 0x29, 0x2f) : QColor(Qt::white);
        const QColor colour = ui::slaColour(state(number), dark);
        QVERIFY2(contrast(colour, base) >= 4.5, qPrintable(QString::number(contrast(colour, base))));
        QVERIFY2(contrast(colour, ui::slaInk(dark)) >= 4.5,
                 qPrintable(QString::number(contrast(colour, ui::slaInk(dark)))));
    }

    void shapesDifferWithoutColour() {
        std::vector<QImage> shapes;
        for (int i = 0; i < kSlaStateCount; ++i) {
            QImage image(32, 32, QImage::Format_Grayscale8);
            image.fill(Qt::white);
            QPainter painter(&image);
            painter.fillPath(ui::slaShape(state(i), QRectF(4, 4, 24, 24)), Qt::black);
            painter.end();
            shapes.push_back(image);
        }
        for (std::size_t a = 0; a < shapes.size(); ++a)
            for (std::size_t b = a + 1; b < shapes.size(); ++b) {
                int different = 0;
                for (int y = 0; y < 32; ++y)
                    for (int x = 0; x < 32; ++x)
                        different += std::abs(qGray(shapes[a].pixel(x, y)) - qGray(shapes[b].pixel(x, y))) > 128;
                QVERIFY2(different >= 40,
                         qPrintable(QStringLiteral("%1 and %2 differ in %3").arg(a).arg(b).arg(different)));
            }
    }

    void everyStateHasItsOwnWordAndAnIcon() {
        std::set<QString> words;
        for (int i = 0; i < kSlaStateCount; ++i) {
            words.insert(ui::slaWord(state(i)));
            QVERIFY(!ui::slaIconName(state(i)).isEmpty());
        }
        QCOMPARE(int(words.size()), kSlaStateCount);
        QCOMPARE(ui::slaStateOf(200), SlaState::None);
    }
};

QTEST_MAIN(SlaStyleTest)
#include "sla_style_test.moc"
