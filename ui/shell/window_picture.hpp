// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Saves a picture of a widget once it has come to rest; waits for that no longer than a minute.

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <QWidget>

#include <functional>

namespace wl::ui {

class WindowPicture final : public QObject {
    Q_OBJECT

public:
    WindowPicture(QWidget& widget, QString file, std::function<bool()> settled, QObject* parent = nullptr);

Q_SIGNALS:
    /// False if the file could not be written.
    void taken(bool ok);

private:
    void look();

    QWidget& m_widget;
    QString m_file;
    std::function<bool()> m_settled;
    QTimer m_timer;
    QElapsedTimer m_waiting;
    int m_calm{};
};

}  // namespace wl::ui
