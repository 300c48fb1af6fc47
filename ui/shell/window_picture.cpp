// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/window_picture.hpp"

#include <QPixmap>

#include <chrono>

namespace wl::ui {
namespace {

using namespace std::chrono_literals;
constexpr auto kGlance = 50ms;
constexpr int kCalmGlances = 8;  // in a row, so that what one change sets off is over as well
constexpr qint64 kLongestWait = 60'000;

}  // namespace

WindowPicture::WindowPicture(QWidget& widget, QString file, std::function<bool()> settled, QObject* parent)
    : QObject(parent), m_widget(widget), m_file(std::move(file)), m_settled(std::move(settled)) {
    connect(&m_timer, &QTimer::timeout, this, &WindowPicture::look);
    m_waiting.start();
    m_timer.start(kGlance);
}

void WindowPicture::look() {
    m_calm = m_widget.isVisible() && m_settled() ? m_calm + 1 : 0;
    if (m_calm < kCalmGlances && m_waiting.elapsed() < kLongestWait) return;
    m_timer.stop();
    Q_EMIT taken(m_widget.grab().save(m_file));
}

}  // namespace wl::ui
