// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/time_travel.hpp"

#include <algorithm>
#include <chrono>

namespace wl::ui {
namespace {

using namespace std::chrono_literals;

constexpr int kFrameMs = 100;
constexpr qint64 kLongestFrameMs = 1000;  // after a slow picture the city does not leap

}  // namespace

TimeTravel::TimeTravel(ConsoleBridge& bridge, QObject* parent) : QObject(parent), m_bridge(bridge) {
    m_frame.setSingleShot(true);
    m_frame.setInterval(kFrameMs);
    connect(&m_frame, &QTimer::timeout, this, &TimeTravel::frame);
}

Instant TimeTravel::from() const {
    switch (m_reach) {
        case Reach::Day: return m_to - Millis(24h);
        case Reach::Week: return m_to - Millis(7 * 24h);
        case Reach::Year: break;
    }
    return m_to - Millis(365 * 24h);
}

Millis TimeTravel::stepLength() const {
    switch (m_reach) {
        case Reach::Day: return 15min;
        case Reach::Week: return 2h;
        case Reach::Year: break;
    }
    return 24h;
}

void TimeTravel::begin() {
    if (m_on) return;
    m_on = true;
    m_to = m_bridge.now();
    m_at = m_to - stepLength();
    prepare();
}

void TimeTravel::end() {
    if (!m_on) return;
    m_on = m_ready = m_playing = false;
    ++m_asked;
    m_frame.stop();
    m_bridge.lookAt({});
    Q_EMIT changed();
}

void TimeTravel::setReach(Reach reach) {
    if (reach == m_reach) return;
    const bool wider = reach > m_reach;
    m_reach = reach;
    if (!m_on) return;
    m_at = std::clamp(m_at, from(), m_to);
    if (wider) return prepare();
    if (m_ready) show(m_at);
    Q_EMIT changed();
}

// What is shown stays until everything within reach is read.
void TimeTravel::prepare() {
    m_ready = m_playing = false;
    m_frame.stop();
    Q_EMIT changed();
    m_bridge.preparePast(from(), this, [this, mine = ++m_asked](const Result<engine::PastProgress>& step) {
        if (mine != m_asked) return;
        if (!step) {
            const auto error = step.error();
            end();
            return Q_EMIT failed(error);
        }
        Q_EMIT reading(step->done, step->total);
        if (step->done < step->total) return;
        m_ready = true;
        show(m_at);
    });
}

void TimeTravel::show(Instant at) {
    m_at = at;
    m_bridge.lookAt(at);
    Q_EMIT changed();
}

void TimeTravel::go(Instant at) {
    if (!m_on) return;
    at = std::clamp(at, from(), m_to);
    if (m_ready) return show(at);
    m_at = at;
    Q_EMIT changed();
}

void TimeTravel::step(int steps) {
    setPlaying(false);
    go(m_at + steps * stepLength());
}

void TimeTravel::setPlaying(bool on) {
    on = on && m_ready;
    if (on == m_playing) return;
    m_playing = on;
    if (!on) {
        m_frame.stop();
        return Q_EMIT changed();
    }
    if (m_at >= m_to) show(from());  // from the beginning again
    m_since.start();
    m_frame.start();
    Q_EMIT changed();
}

void TimeTravel::setSpeed(int index) {
    index = std::clamp(index, 0, static_cast<int>(kSpeeds.size()) - 1);
    if (index == m_speed) return;
    m_speed = index;
    Q_EMIT changed();
}

void TimeTravel::frame() {
    if (!m_playing) return;
    const auto passed = std::min(m_since.restart(), kLongestFrameMs);
    const auto at = m_at + Millis{passed * kSpeeds[static_cast<std::size_t>(m_speed)]};
    if (at >= m_to) m_playing = false;
    show(std::min(at, m_to));
}

void TimeTravel::drawn() {
    if (m_playing && !m_frame.isActive()) m_frame.start();
}

}  // namespace wl::ui
