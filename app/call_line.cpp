// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/call_line.hpp"

#include <QCryptographicHash>
#include <QLocalServer>
#include <QLocalSocket>

namespace wl::app {
namespace {

using namespace Qt::StringLiterals;

constexpr int kPatienceMs = 1'000;
constexpr qint64 kLongest = 200;

QString nameOf(const std::filesystem::path& data) {
    std::error_code ignored;
    const auto whole = std::filesystem::weakly_canonical(data, ignored).string();
    const auto hash = QCryptographicHash::hash(QByteArray::fromStdString(whole), QCryptographicHash::Sha256);
    return u"wardline-"_s + QString::fromLatin1(hash.toHex().first(16));
}

}  // namespace

CallLine::CallLine(const std::filesystem::path& data, QObject* parent)
    : QObject(parent), m_name(nameOf(data)), m_server(new QLocalServer(this)) {
    m_server->setSocketOptions(QLocalServer::UserAccessOption);
    connect(m_server, &QLocalServer::newConnection, this, &CallLine::take);
}

// The replica is open for writing here, so a socket that is left over is nobody's.
bool CallLine::listen() {
    if (m_server->listen(m_name)) return true;
    QLocalServer::removeServer(m_name);
    return m_server->listen(m_name);
}

void CallLine::take() {
    while (auto* socket = m_server->nextPendingConnection()) {
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        const auto read = [this, socket] {
            if (!socket->canReadLine()) {
                if (socket->bytesAvailable() > kLongest) socket->abort();
                return;
            }
            const auto number = QString::fromUtf8(socket->readLine(kLongest)).trimmed();
            socket->write("ok\n");
            socket->disconnectFromServer();
            if (!number.isEmpty()) Q_EMIT called(number);
        };
        connect(socket, &QLocalSocket::readyRead, this, read);
        read();
    }
}

bool CallLine::ring(const std::filesystem::path& data, const QString& number) {
    QLocalSocket socket;
    socket.connectToServer(nameOf(data));
    if (!socket.waitForConnected(kPatienceMs)) return false;
    socket.write(number.simplified().toUtf8() + '\n');
    return socket.waitForReadyRead(kPatienceMs) && socket.readLine().startsWith("ok");
}

}  // namespace wl::app
