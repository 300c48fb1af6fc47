// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/issue_feed.hpp"

#include "ui/kit/background.hpp"

namespace wl::ui {

IssueFeed::IssueFeed(QObject* parent) : QObject(parent) {
    m_pool.setMaxThreadCount(1);
    m_pause.setSingleShot(true);
    m_pause.setInterval(250);
    connect(&m_pause, &QTimer::timeout, this, &IssueFeed::start);
}

IssueFeed::~IssueFeed() {
    m_pool.clear();
    m_pool.waitForDone();
}

void IssueFeed::setPoints(std::shared_ptr<const MapPoints> points) {
    m_next = std::move(points);
    start();
}

void IssueFeed::start() {
    if (!m_next || m_running || m_pause.isActive()) return;
    m_running = true;
    m_pause.start();
    m_pool.start([this, last = m_last, points = std::exchange(m_next, nullptr)] {
        workInBackground();
        auto issues =
            last ? std::make_shared<const IssueIndex>(points, *last) : std::make_shared<const IssueIndex>(points);
        QMetaObject::invokeMethod(
            this,
            [this, issues = std::move(issues)] {
                m_running = false;
                m_last = issues;
                if (!issues->isPatched()) ++m_builds;
                Q_EMIT ready(issues);
                start();
            },
            Qt::QueuedConnection);
    });
}

}  // namespace wl::ui
