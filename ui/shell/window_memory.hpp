// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the window remembers between runs, in one INI file in the data folder: sizes, columns, order, queue, looks.
// Read once, held in memory, written behind the GUI thread: a file that is safely on the disk takes its time.

#include <QString>
#include <QVariantMap>

#include <filesystem>
#include <memory>
#include <optional>

#include "engine/case_query.hpp"
#include "ui/kit/theme.hpp"

class QHeaderView;
class QSplitter;
class QWidget;

namespace wl::ui {

class WindowMemory final {
public:
    explicit WindowMemory(const std::filesystem::path& dataFolder);
    /// Returns when everything is written.
    ~WindowMemory();
    WindowMemory(const WindowMemory&) = delete;
    WindowMemory& operator=(const WindowMemory&) = delete;

    void keep(const QWidget& window);
    void keep(const QSplitter& splitter);
    void keep(const QHeaderView& header);
    bool restore(QWidget& window) const;
    bool restore(QSplitter& splitter) const;
    bool restore(QHeaderView& header) const;

    void setOrder(engine::CaseOrder order);
    [[nodiscard]] engine::CaseOrder order() const;
    void setTheme(ThemeChoice choice);
    [[nodiscard]] ThemeChoice theme() const;
    void setDensity(Density density);
    [[nodiscard]] Density density() const;
    void set(const char* name, const QString& value);
    [[nodiscard]] QString text(const char* name, const QString& otherwise = {}) const;
    void set(const char* name, bool value);
    [[nodiscard]] bool flag(const char* name, bool otherwise) const;
    /// Waits until everything is written.
    void flush();

private:
    class Writer;
    void put(const QString& key, const QVariant& value);

    QVariantMap m_values;
    std::unique_ptr<Writer> m_writer;
};

}  // namespace wl::ui
