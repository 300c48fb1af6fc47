// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/window_memory.hpp"

#include <QHeaderView>
#include <QSplitter>
#include <QWidget>

#include "ui/models/case_columns.hpp"

namespace wl::ui {
namespace {

using namespace Qt::StringLiterals;

QString keyOf(const char* group, const QObject& thing) { return QString::fromUtf8(group) + u'/' + thing.objectName(); }
QString keyOf(const char* name) { return u"desk/"_s + QString::fromUtf8(name); }

}  // namespace

WindowMemory::WindowMemory(const std::filesystem::path& dataFolder)
    : m_settings(QString::fromStdString((dataFolder / "console.ini").string()), QSettings::IniFormat) {}

void WindowMemory::keep(const QWidget& window) {
    m_settings.setValue(keyOf("geometry", window), window.saveGeometry());
}
void WindowMemory::keep(const QSplitter& splitter) {
    m_settings.setValue(keyOf("splitter", splitter), splitter.saveState());
}
void WindowMemory::keep(const QHeaderView& header) {
    m_settings.setValue(keyOf("columns", header), header.saveState());
}

bool WindowMemory::restore(QWidget& window) const {
    return window.restoreGeometry(m_settings.value(keyOf("geometry", window)).toByteArray());
}
bool WindowMemory::restore(QSplitter& splitter) const {
    return splitter.restoreState(m_settings.value(keyOf("splitter", splitter)).toByteArray());
}
// A state of a version with fewer or more columns is refused by the header itself.
bool WindowMemory::restore(QHeaderView& header) const {
    return header.restoreState(m_settings.value(keyOf("columns", header)).toByteArray());
}

void WindowMemory::setOrder(engine::CaseOrder order) {
    set("order", QString::fromUtf8(spec(order.column).name));
    set("descending", order.descending);
}

engine::CaseOrder WindowMemory::order() const {
    const auto name = text("order");
    for (const auto& column : caseColumns())
        if (name == QString::fromUtf8(column.name)) return {column.column, flag("descending", false)};
    return {};
}

void WindowMemory::setTheme(ThemeChoice choice) {
    set("colours", choice == ThemeChoice::Dark ? u"dark"_s : choice == ThemeChoice::Light ? u"light"_s : u"system"_s);
}

ThemeChoice WindowMemory::theme() const {
    const auto word = text("colours");
    return word == u"dark"_s ? ThemeChoice::Dark : word == u"light"_s ? ThemeChoice::Light : ThemeChoice::System;
}

void WindowMemory::setDensity(Density density) {
    set("density", density == Density::Compact ? u"compact"_s : u"comfortable"_s);
}

Density WindowMemory::density() const {
    return text("density") == u"comfortable"_s ? Density::Comfortable : Density::Compact;
}

void WindowMemory::set(const char* name, const QString& value) { m_settings.setValue(keyOf(name), value); }
QString WindowMemory::text(const char* name, const QString& otherwise) const {
    return m_settings.value(keyOf(name), otherwise).toString();
}
void WindowMemory::set(const char* name, bool value) { m_settings.setValue(keyOf(name), value); }
bool WindowMemory::flag(const char* name, bool otherwise) const {
    return m_settings.value(keyOf(name), otherwise).toBool();
}

}  // namespace wl::ui
