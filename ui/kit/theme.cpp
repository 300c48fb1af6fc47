// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/theme.hpp"

#include <QGuiApplication>
#include <QIcon>
#include <QStyleHints>
#include <QToolTip>

#include "ui/kit/desk_style.hpp"
#include "ui/kit/icons.hpp"

namespace wl::ui {
namespace {

using namespace Qt::StringLiterals;

constexpr int kBodyPixels = 13;  // the step from which look.hpp derives 11, 15, 20 and 28

struct Colours {
    QRgb window, base, alternate, button, text, quiet, disabled, accent, accentText, link, line;
};

constexpr Colours kLight{0xfff1f3f5, 0xffffffff, 0xfff7f8f9, 0xfff8f9fa, 0xff1b2026, 0xff55606b,
                         0xff8a939c, 0xff1f5fa8, 0xffffffff, 0xff1f5fa8, 0xffd3d9de};
constexpr Colours kDark{0xff1c2126, 0xff14181c, 0xff191e23, 0xff2a3138, 0xffe7ebee, 0xffa7b1ba,
                        0xff69737c, 0xff3b78c4, 0xffffffff, 0xff7db4ee, 0xff363f47};

QPalette paletteOf(const Colours& c) {
    QPalette p;
    const auto set = [&p](QPalette::ColorRole role, QRgb colour) { p.setColor(role, QColor::fromRgb(colour)); };
    set(QPalette::Window, c.window);
    set(QPalette::WindowText, c.text);
    set(QPalette::Base, c.base);
    set(QPalette::AlternateBase, c.alternate);
    set(QPalette::ToolTipBase, c.button);
    set(QPalette::ToolTipText, c.text);
    set(QPalette::PlaceholderText, c.quiet);
    set(QPalette::Text, c.text);
    set(QPalette::Button, c.button);
    set(QPalette::ButtonText, c.text);
    set(QPalette::BrightText, c.accentText);
    set(QPalette::Highlight, c.accent);
    set(QPalette::HighlightedText, c.accentText);
    set(QPalette::Accent, c.accent);
    set(QPalette::Link, c.link);
    set(QPalette::LinkVisited, c.link);
    const auto button = QColor::fromRgb(c.button);
    const bool dark = button.lightness() < 128;
    p.setColor(QPalette::Light, dark ? button.lighter(125) : QColor(Qt::white));
    p.setColor(QPalette::Midlight, QColor::fromRgb(c.line));
    p.setColor(QPalette::Mid, QColor::fromRgb(c.line).darker(dark ? 90 : 115));
    p.setColor(QPalette::Dark, dark ? QColor::fromRgb(c.base).darker(120) : QColor::fromRgb(c.line).darker(130));
    p.setColor(QPalette::Shadow, QColor(Qt::black));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        p.setColor(QPalette::Disabled, role, QColor::fromRgb(c.disabled));
    p.setColor(QPalette::Disabled, QPalette::Highlight, QColor::fromRgb(c.line));
    p.setColor(QPalette::Disabled, QPalette::HighlightedText, QColor::fromRgb(c.quiet));
    // A selection that lost the focus is still a selection.
    p.setColor(QPalette::Inactive, QPalette::Highlight, QColor::fromRgb(c.accent));
    p.setColor(QPalette::Inactive, QPalette::HighlightedText, QColor::fromRgb(c.accentText));
    return p;
}

}  // namespace

QFont tabular(QFont font) {
    font.setFeature("tnum", 1);
    return font;
}

QPalette lightPalette() { return paletteOf(kLight); }
QPalette darkPalette() { return paletteOf(kDark); }

Theme::Theme(QApplication& app) : QObject(&app) {
    QApplication::setStyle(new DeskStyle);
    auto font = QApplication::font();
    font.setPixelSize(kBodyPixels);
    QApplication::setFont(font);
    connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, this, [this] {
        if (m_choice == ThemeChoice::System) apply();
    });
    apply();
}

void Theme::setChoice(ThemeChoice choice) {
    if (choice == m_choice) return;
    m_choice = choice;
    apply();
}

void Theme::setDensity(Density density) {
    if (density == m_density) return;
    m_density = density;
    Q_EMIT densityChanged();
}

void Theme::apply() {
    m_dark = m_choice == ThemeChoice::Dark ||
             (m_choice == ThemeChoice::System && QGuiApplication::styleHints()->colorScheme() == Qt::ColorScheme::Dark);
    useIconTheme(m_dark);
    const auto palette = m_dark ? darkPalette() : lightPalette();
    QApplication::setPalette(palette);
    QToolTip::setPalette(palette);
    Q_EMIT changed();
}

}  // namespace wl::ui
