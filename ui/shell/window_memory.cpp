// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/window_memory.hpp"

#include <QHeaderView>
#include <QSettings>
#include <QSplitter>
#include <QThreadPool>
#include <QWidget>

#include <mutex>

#include "ui/models/case_columns.hpp"

namespace wl::ui {
namespace {

using namespace Qt::StringLiterals;

QString keyOf(const char* group, const QObject& thing) { return QString::fromUtf8(group) + u'/' + thing.objectName(); }
QString keyOf(const char* name) { return u"desk/"_s + QString::fromUtf8(name); }

}  // namespace

// Writes what was put since it wrote last, on a thread of its own.
class WindowMemory::Writer final {
public:
    explicit Writer(QString file) : m_file(std::move(file)) { m_pool.setMaxThreadCount(1); }

    void put(const QString& key, const QVariant& value) {
        const std::scoped_lock lock(m_mutex);
        const bool first = m_changed.isEmpty();
        m_changed.insert(key, value);
        if (first) m_pool.start([this] { write(); });
    }
    void wait() { m_pool.waitForDone(); }
    [[nodiscard]] const QString& file() const { return m_file; }

private:
    void write() {
        QVariantMap changed;
        {
            const std::scoped_lock lock(m_mutex);
            changed.swap(m_changed);
        }
        QSettings settings(m_file, QSettings::IniFormat);
        for (const auto& [key, value] : changed.asKeyValueRange()) settings.setValue(key, value);
        settings.sync();
    }

    const QString m_file;
    std::mutex m_mutex;
    QVariantMap m_changed;
    QThreadPool m_pool;  // last: its work ends before what it uses
};

WindowMemory::WindowMemory(const std::filesystem::path& dataFolder)
    : m_writer(std::make_unique<Writer>(QString::fromStdString((dataFolder / "console.ini").string()))) {
    const QSettings settings(m_writer->file(), QSettings::IniFormat);
    for (const auto& key : settings.allKeys()) m_values.insert(key, settings.value(key));
}

WindowMemory::~WindowMemory() = default;

void WindowMemory::flush() { m_writer->wait(); }

void WindowMemory::put(const QString& key, const QVariant& value) {
    if (m_values.value(key) == value) return;
    m_values.insert(key, value);
    m_writer->put(key, value);
}

void WindowMemory::keep(const QWidget& window) { put(keyOf("geometry", window), window.saveGeometry()); }
void WindowMemory::keep(const QSplitter& splitter) { put(keyOf("splitter", splitter), splitter.saveState()); }
void WindowMemory::keep(const QHeaderView& header) { put(keyOf("columns", header), header.saveState()); }

bool WindowMemory::restore(QWidget& window) const {
    return window.restoreGeometry(m_values.value(keyOf("geometry", window)).toByteArray());
}
bool WindowMemory::restore(QSplitter& splitter) const {
    return splitter.restoreState(m_values.value(keyOf("splitter", splitter)).toByteArray());
}
// A state of a version with fewer or more columns is refused by the header itself.
bool WindowMemory::restore(QHeaderView& header) const {
    return header.restoreState(m_values.value(keyOf("columns", header)).toByteArray());
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

void WindowMemory::set(const char* name, const QString& value) { put(keyOf(name), value); }
QString WindowMemory::text(const char* name, const QString& otherwise) const {
    return m_values.value(keyOf(name), otherwise).toString();
}
void WindowMemory::set(const char* name, bool value) { put(keyOf(name), value); }
bool WindowMemory::flag(const char* name, bool otherwise) const {
    return m_values.value(keyOf(name), otherwise).toBool();
}

}  // namespace wl::ui
