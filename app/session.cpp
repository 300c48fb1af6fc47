// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session.hpp"

#include "ui/models/person_search.hpp"

namespace wl::app {

Result<std::unique_ptr<Session>> Session::open(const engine::EngineOptions& options, ui::Theme& theme) {
    auto exchanging = options;
    exchanging.exchange = true;
    exchanging.automation = true;
    WL_TRY(auto engine, engine::Engine::open(exchanging));
    WL_TRY(auto reader, engine->openReader());
    return std::unique_ptr<Session>(new Session(std::move(engine), std::move(reader), theme, options.dir));
}

Session::Session(std::unique_ptr<engine::Engine> engine, std::unique_ptr<store::Reader> reader, ui::Theme& theme,
                 const std::filesystem::path& folder)
    : m_engine(std::move(engine)), m_bridge(std::make_unique<ui::ConsoleBridge>(*m_engine, std::move(reader))),
      m_window(std::make_unique<ui::MainWindow>(*m_bridge, theme, folder)) {
    ui::PersonSearch::of(*m_bridge).start(true);
}

}  // namespace wl::app
