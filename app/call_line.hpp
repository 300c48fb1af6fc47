// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How a telephone tells a running console who rings: a local socket named after the data folder, which only the same
// user may use. One number a connection, answered when it is shown. GUI thread.

#include <QObject>

#include <filesystem>

class QLocalServer;

namespace wl::app {

class CallLine final : public QObject {
    Q_OBJECT

public:
    explicit CallLine(const std::filesystem::path& data, QObject* parent = nullptr);

    /// Listens from now on. False where the socket cannot be had; calls then open consoles of their own.
    bool listen();
    /// Hands a number to the console that has this data folder open; false if there is none.
    static bool ring(const std::filesystem::path& data, const QString& number);

Q_SIGNALS:
    void called(const QString& number);

private:
    void take();

    QString m_name;
    QLocalServer* m_server;
};

}  // namespace wl::app
