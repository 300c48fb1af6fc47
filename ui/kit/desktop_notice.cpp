// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/desktop_notice.hpp"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

namespace wl::ui {

using namespace Qt::StringLiterals;

// Method and arguments: Desktop Notifications Specification 1.2, section 9.1.
void showDesktopNotice(const QString& title, const QString& body) {
    const auto bus = QDBusConnection::sessionBus();
    if (!bus.isConnected()) return;
    static quint32 last = 0;
    auto call = QDBusMessage::createMethodCall(u"org.freedesktop.Notifications"_s, u"/org/freedesktop/Notifications"_s,
                                               u"org.freedesktop.Notifications"_s, u"Notify"_s);
    call << u"Wardline"_s << last << u"dialog-warning"_s << title << body.toHtmlEscaped() << QStringList()
         << QVariantMap{{u"desktop-entry"_s, u"wardline"_s}, {u"category"_s, u"im.received"_s}} << -1;
    auto* watcher = new QDBusPendingCallWatcher(bus.asyncCall(call));
    QObject::connect(watcher, &QDBusPendingCallWatcher::finished, watcher, [watcher] {
        if (const QDBusPendingReply<quint32> reply = *watcher; reply.isValid()) last = reply.value();
        watcher->deleteLater();
    });
}

}  // namespace wl::ui
