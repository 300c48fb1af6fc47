// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Turns a stream of "something changed" into questions to the reader thread: one at a time, the first at once, and
// under a storm of changes never more than a fifth of the reader's time. GUI thread.

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

namespace wl::ui {

class Pacer final : public QObject {
    Q_OBJECT

public:
    explicit Pacer(QObject* parent = nullptr);

    /// What is shown may be out of date: `due` follows, now or as soon as the pace allows.
    void touch();
    /// The user waits for it: `due` follows in this call, whatever is under way.
    void hurry();
    /// The answer to the latest `due` has come.
    void answered();
    [[nodiscard]] bool isWaiting() const { return m_waiting; }

Q_SIGNALS:
    void due();

private:
    void ask();

    QTimer m_timer;
    QElapsedTimer m_asked;
    qint64 m_cost{};
    bool m_waiting{};
    bool m_dirty{};
};

}  // namespace wl::ui
