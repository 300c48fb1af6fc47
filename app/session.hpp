// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One opened replica and the window on it, in the order in which they must go again.

#include <memory>

#include "engine/engine.hpp"
#include "ui/models/console_bridge.hpp"
#include "ui/shell/main_window.hpp"

namespace wl::app {

class Session final {
public:
    static Result<std::unique_ptr<Session>> open(const engine::EngineOptions& options, ui::Theme& theme);

    [[nodiscard]] engine::Engine& engine() { return *m_engine; }
    [[nodiscard]] ui::MainWindow& window() { return *m_window; }

private:
    Session(std::unique_ptr<engine::Engine> engine, std::unique_ptr<store::Reader> reader, ui::Theme& theme,
            const std::filesystem::path& folder);

    std::unique_ptr<engine::Engine> m_engine;
    std::unique_ptr<ui::ConsoleBridge> m_bridge;
    std::unique_ptr<ui::MainWindow> m_window;
};

}  // namespace wl::app
