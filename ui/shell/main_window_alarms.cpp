// SPDX-License-Identifier: GPL-3.0-or-later
// Alarms: in the window always, on the desktop where that is wanted and within the department's hours.
#include <QDateTime>

#include <chrono>

#include "ui/kit/desktop_notice.hpp"
#include "ui/shell/main_window.hpp"
#include "ui/shell/side_pane.hpp"

namespace wl::ui {

using namespace Qt::StringLiterals;

void MainWindow::connectAlarms() {
    const auto& a = m_actions;
    connect(a.openAlarm, &QAction::triggered, this, &MainWindow::openAlarm);
    connect(a.dismissAlarm, &QAction::triggered, &m_alarms, &AlarmWatch::dismiss);
    a.desktopNotices->setChecked(m_memory.flag("desktopNotices", true));
    connect(a.desktopNotices, &QAction::toggled, this, [this](bool on) { m_memory.set("desktopNotices", on); });
    connect(&m_alarms, &AlarmWatch::raised, this, [this](const Alarm& alarm) {
        const bool elsewhere = !isActiveWindow();
        if (elsewhere && m_actions.desktopNotices->isChecked() && m_alarms.mayDisturb())
            showDesktopNotice(tr("Wardline"), alarm.words);
    });
    m_hourly.setInterval(std::chrono::hours{1});
    connect(&m_hourly, &QTimer::timeout, this, &MainWindow::remind);
    m_hourly.start();
    QMetaObject::invokeMethod(this, &MainWindow::remind, Qt::QueuedConnection);
}

void MainWindow::openAlarm() {
    if (m_alarms.pending().empty()) return;
    const auto alarm = m_alarms.pending().front();
    m_alarms.dismiss();
    if (alarm.kind == Alarm::Kind::Dormant) showQueue(u"dormant"_s);
    else if (alarm.kind == Alarm::Kind::Figure) openFigure(alarm.figure);
    else openCase(alarm.key);
}

// Once a day, when the first person comes.
void MainWindow::remind() {
    if (!m_alarms.mayDisturb()) return;
    lookAtFigures();
    const auto today = QDateTime::fromMSecsSinceEpoch(m_bridge.now().ms).date().toString(Qt::ISODate);
    const auto told = today + u' ' + QString::fromStdString(m_bridge.agent());
    if (m_memory.text("dormantTold") == told) return;
    m_memory.set("dormantTold", told);
    m_alarms.remindOfDormant();
}

}  // namespace wl::ui
