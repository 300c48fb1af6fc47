// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The replica as Open311 sees it. Filing goes through the same commands as intake; what is confidential, for staff
// alone or personal stays inside.

#include <memory>

#include "channels/open311/geo_report.hpp"
#include "engine/engine.hpp"
#include "engine/gateway/settings.hpp"

namespace wl::engine {

class CityDesk final : public open311::Desk {
public:
    /// Lives no longer than the engine; used by one thread.
    static Result<std::unique_ptr<CityDesk>> open(Engine& engine, const GatewaySettings::Open311& settings);

    [[nodiscard]] Instant now() const override { return m_engine.now(); }
    [[nodiscard]] std::vector<open311::Service> services() const override;
    Result<open311::Filed> file(const open311::Filing& filing) override;
    Result<std::vector<open311::ServiceRequest>> list(const open311::Filter& filter) override;
    Result<std::optional<open311::ServiceRequest>> find(std::string_view id) override;
    Result<std::vector<open311::Update>> updates(Instant from, Instant to, std::size_t limit) override;
    Result<void> addUpdate(const open311::NewUpdate& update) override;

private:
    CityDesk(Engine& engine, const GatewaySettings::Open311& settings, std::unique_ptr<store::Reader> reader);
    [[nodiscard]] std::optional<open311::ServiceRequest> shown(const store::CaseDetail& detail) const;
    Result<CaseListingPtr> listing(CaseFilter filter, CaseColumn order);

    Engine& m_engine;
    GatewaySettings::Open311 m_settings;
    std::unique_ptr<store::Reader> m_reader;
};

}  // namespace wl::engine
