// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The city's map, made of its own geodata: which files, what is in them, whose they are. It is made in a thread of its
// own; until it stands whole, the map before it stays.

#include <QDialog>
#include <QThread>

#include <atomic>
#include <memory>

#include "geo/basemap/builder.hpp"
#include "ui/models/console_bridge.hpp"

class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QTreeWidget;

namespace wl::ui {

class ToneLabel;

class BasemapDialog final : public QDialog {
    Q_OBJECT

public:
    BasemapDialog(ConsoleBridge& bridge, QWidget* parent);
    ~BasemapDialog() override;

    void addFiles(const QStringList& files);
    void reject() override;

Q_SIGNALS:
    void told(const QString& line);

private:
    void chooseFiles();
    void build();
    Result<QString> make(const std::vector<geo::BasemapSource>& sources, geo::BasemapOptions& options);
    void finish(const Result<QString>& made);
    void removeTiles();
    void follow();

    ConsoleBridge& m_bridge;
    QTreeWidget* m_files;
    QLineEdit *m_name, *m_copyright;
    QPushButton *m_add, *m_remove, *m_build, *m_close, *m_bare;
    QProgressBar* m_progress;
    QLabel* m_doing;
    ToneLabel* m_error;
    std::unique_ptr<QThread> m_work;
    std::atomic<bool> m_stop{};
};

}  // namespace wl::ui
