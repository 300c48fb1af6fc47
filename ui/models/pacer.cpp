// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/pacer.hpp"

#include <algorithm>

namespace wl::ui {
namespace {
constexpr qint64 kLeastGapMs = 100;
}

Pacer::Pacer(QObject* parent) : QObject(parent) {
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &Pacer::ask);
}

void Pacer::touch() {
    m_dirty = true;
    if (m_waiting || m_timer.isActive()) return;
    const auto gap = std::max(kLeastGapMs, m_cost * 4);
    const auto since = m_asked.isValid() ? m_asked.elapsed() : gap;
    m_timer.start(static_cast<int>(std::max<qint64>(0, gap - since)));
}

void Pacer::hurry() {
    m_timer.stop();
    ask();
}

void Pacer::answered() {
    m_waiting = false;
    m_cost = m_asked.elapsed();
    if (m_dirty) touch();
}

void Pacer::ask() {
    m_dirty = false;
    m_waiting = true;
    m_asked.start();
    Q_EMIT due();
}

}  // namespace wl::ui
