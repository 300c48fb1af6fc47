// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Turns each new set of cases into an index in a worker: of the last one when few of them differ. The newest set wins;
// sets that come in quick succession are taken at most four times a second.

#include <QObject>
#include <QThreadPool>
#include <QTimer>

#include "ui/map/issue_layers.hpp"

namespace wl::ui {

class IssueFeed : public QObject {
    Q_OBJECT

public:
    explicit IssueFeed(QObject* parent = nullptr);
    ~IssueFeed() override;

    void setPoints(std::shared_ptr<const MapPoints> points);
    /// How often an index was built from the ground up.
    [[nodiscard]] int builds() const { return m_builds; }
    [[nodiscard]] bool isIdle() const { return !m_running && !m_next; }

Q_SIGNALS:
    void ready(const wl::ui::IssueIndexPtr& issues);

private:
    void start();

    QThreadPool m_pool;
    QTimer m_pause;  ///< running while the last start is too recent for another
    std::shared_ptr<const MapPoints> m_next;
    IssueIndexPtr m_last;
    int m_builds = 0;
    bool m_running = false;
};

}  // namespace wl::ui
