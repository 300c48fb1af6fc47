// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Looking back: which stretch of the past is within reach, which instant of it is shown, and playing it. The instant
// itself is the bridge's. GUI thread.

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <array>

#include "ui/models/console_bridge.hpp"

namespace wl::ui {

class TimeTravel final : public QObject {
    Q_OBJECT

public:
    enum class Reach : std::uint8_t { Day, Week, Year };  ///< the last 24 hours, 7 days, 12 months
    static constexpr int kReaches = 3;
    /// Seconds of the city's time that pass in one second: an hour, a day, a week, a year a minute.
    static constexpr std::array<int, 4> kSpeeds{60, 1440, 10'080, 525'600};

    explicit TimeTravel(ConsoleBridge& bridge, QObject* parent = nullptr);

    /// Looks back from now on; the first instant is shown once the histories are read.
    void begin();
    /// Back to now.
    void end();
    [[nodiscard]] bool isOn() const { return m_on; }
    /// Histories within reach are read; before that the window still shows now.
    [[nodiscard]] bool isReady() const { return m_ready; }

    void setReach(Reach reach);
    [[nodiscard]] Reach reach() const { return m_reach; }
    [[nodiscard]] Instant from() const;
    [[nodiscard]] Instant to() const { return m_to; }
    /// The instant that is, or will be, shown.
    [[nodiscard]] Instant at() const { return m_at; }
    /// Shows an instant, the nearest within reach.
    void go(Instant at);
    /// A quarter of an hour, two hours or a day each, by the reach.
    void step(int steps);
    [[nodiscard]] Millis stepLength() const;

    void setPlaying(bool on);
    [[nodiscard]] bool isPlaying() const { return m_playing; }
    /// An index of kSpeeds.
    void setSpeed(int index);
    [[nodiscard]] int speed() const { return m_speed; }
    /// The window shows the instant: playing goes on with the next.
    void drawn();

Q_SIGNALS:
    /// Whether it is on, the reach, the instant, playing or its speed.
    void changed();
    /// Cases whose histories are read, of all that are needed.
    void reading(qint64 done, qint64 total);
    void failed(const wl::Error& error);

private:
    void prepare();
    void show(Instant at);
    void frame();

    ConsoleBridge& m_bridge;
    Instant m_to, m_at;
    QTimer m_frame;
    QElapsedTimer m_since;
    std::uint64_t m_asked{};
    int m_speed{1};
    Reach m_reach{Reach::Day};
    bool m_on{}, m_ready{}, m_playing{};
};

}  // namespace wl::ui
