// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Writes the listed cases to a file beside the GUI thread, with counts and a way to stop. Fields about persons stay
// blank. The file appears whole or not at all.

#include <QObject>

#include <memory>

#include "ui/models/console_bridge.hpp"

class QWidget;

namespace wl::ui {

class ExportView final : public QObject {
    Q_OBJECT

public:
    ExportView(ConsoleBridge& bridge, QWidget* window);

    /// Asks where to; the ending of the name says the format (csv, geojson, json = Open311).
    void ask(engine::CaseListingPtr listing);
    void write(engine::CaseListingPtr listing, const QString& file);

Q_SIGNALS:
    void told(const QString& line);
    void finished(bool ok);

private:
    ConsoleBridge& m_bridge;
    QWidget* m_window;
};

}  // namespace wl::ui
