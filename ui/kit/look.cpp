// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/look.hpp"

#include <QEvent>
#include <QPainter>
#include <QWidget>

namespace wl::ui {
namespace {

QFont scaled(const QFont& base, double factor) {
    auto font = base;
    if (base.pixelSize() > 0) font.setPixelSize(qRound(base.pixelSize() * factor));
    else font.setPointSizeF(base.pointSizeF() * factor);
    return font;
}

QColor mixed(const QColor& a, const QColor& b, double share) {
    const auto mix = [share](float x, float y) { return static_cast<float>(x * (1 - share) + y * share); };
    return QColor::fromRgbF(mix(a.redF(), b.redF()), mix(a.greenF(), b.greenF()), mix(a.blueF(), b.blueF()));
}

// Sets the palette again whenever the widget's surroundings bring another one.
class QuietKeeper final : public QObject {
public:
    explicit QuietKeeper(QWidget* label) : QObject(label), m_label(label) { apply(); }
    bool eventFilter(QObject*, QEvent* event) override {
        if (event->type() == QEvent::PaletteChange || event->type() == QEvent::ApplicationPaletteChange) apply();
        return false;
    }

private:
    void apply() {
        if (m_applying) return;
        m_applying = true;
        const auto around = m_label->parentWidget() ? m_label->parentWidget()->palette() : QPalette();
        auto palette = m_label->palette();
        palette.setColor(QPalette::WindowText, quietText(around));
        palette.setColor(QPalette::Text, quietText(around));
        m_label->setPalette(palette);
        m_applying = false;
    }
    QWidget* m_label;
    bool m_applying{};
};

}  // namespace

QFont smallFont(const QFont& base) { return scaled(base, 11.0 / 13.0); }
QFont strongFont(const QFont& base) {
    auto font = base;
    font.setWeight(QFont::DemiBold);
    return font;
}
QFont headFont(const QFont& base) { return strongFont(scaled(base, 15.0 / 13.0)); }
QFont titleFont(const QFont& base) { return scaled(base, 20.0 / 13.0); }
QFont displayFont(const QFont& base) {
    auto font = strongFont(scaled(base, 28.0 / 13.0));
    font.setFeature("tnum", 1);
    return font;
}

bool isDark(const QPalette& palette) { return palette.color(QPalette::Base).lightness() < 128; }
QColor quietText(const QPalette& palette) {
    return mixed(palette.color(QPalette::Text), palette.color(QPalette::Base), 0.32);
}
QColor hairline(const QPalette& palette) {
    return mixed(palette.color(QPalette::Base), palette.color(QPalette::Text), 0.16);
}
QColor raised(const QPalette& palette) {
    return mixed(palette.color(QPalette::Base), palette.color(QPalette::Text), 0.055);
}

void paintSheet(QWidget& widget, Qt::Edges lines) {
    QPainter painter(&widget);
    painter.fillRect(widget.rect(), raised(widget.palette()));
    painter.setPen(hairline(widget.palette()));
    const int bottom = widget.height() - 1;
    if (lines.testFlag(Qt::TopEdge)) painter.drawLine(0, 0, widget.width(), 0);
    if (lines.testFlag(Qt::BottomEdge)) painter.drawLine(0, bottom, widget.width(), bottom);
}

void makeQuiet(QWidget* label) {
    auto* keeper = new QuietKeeper(label);
    label->installEventFilter(keeper);
    if (label->parentWidget()) label->parentWidget()->installEventFilter(keeper);
}

}  // namespace wl::ui
