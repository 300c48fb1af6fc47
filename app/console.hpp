// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// From the command line to an open desk: finds the replica, offers what can be done where there is none, makes the
// demo city beside the GUI thread.

#include <QObject>
#include <QThread>

#include <atomic>

#include "app/args.hpp"
#include "app/call_line.hpp"
#include "app/session.hpp"
#include "engine/demo/live_traffic.hpp"
#include "ui/shell/start_page.hpp"

namespace wl::app {

class Console final : public QObject {
    Q_OBJECT

public:
    Console(const Args& args, ui::Theme& theme);
    ~Console() override;

    void start();

private:
    void open();
    void offerStart();
    void explain(const Error& error);
    void makeEmpty(bool thenImport);
    void makeDemo();
    void joinCity();
    /// The demo city lives only while it is open: after days away nearly all its clocks have run out.
    void offerAnew(Instant lastDone);
    void makeAnew();
    void rebuild();
    void showStart();
    void takePicture(QWidget& widget, std::function<bool()> settled);
    [[nodiscard]] engine::EngineOptions options() const;

    Args m_args;
    ui::Theme& m_theme;
    std::unique_ptr<ui::StartPage> m_start;
    std::unique_ptr<CallLine> m_calls;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<engine::LiveTraffic> m_live;  ///< ends before the session's engine
    std::unique_ptr<QThread> m_work;
    std::atomic<bool> m_stop{};
    bool m_asItIs{};  ///< the user wants the old demo city
};

}  // namespace wl::app
