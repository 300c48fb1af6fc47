// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A real engine on a small replica in a temporary folder, with a clock that stands still, for tests of models and
// widgets.

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "engine/engine.hpp"
#include "ui/models/console_bridge.hpp"

namespace wl::test {

inline constexpr std::int64_t kHour = 3'600'000;
inline constexpr Instant kNow{1'800'000'000'000};

class SmallDesk final {
public:
    SmallDesk() : m_clock(kNow) {
        engine::EngineOptions options;
        options.dir = folder();
        options.clock = &m_clock;
        options.agent = "a.alder";
        must(engine::Engine::create(options));
        engine = must(engine::Engine::open(options));
        engine->waitUntilLoaded();
        publish();
        bridge = std::make_unique<ui::ConsoleBridge>(*engine, must(engine->openReader()));
    }
    ~SmallDesk() {
        bridge.reset();
        engine.reset();
    }

    [[nodiscard]] std::filesystem::path folder() const {
        return std::filesystem::path(m_dir.path().toStdString()) / "city";
    }
    [[nodiscard]] ManualClock& clock() { return m_clock; }

    static engine::OpenCase opening(const std::string& service, const std::string& address, std::int64_t hoursAgo) {
        engine::OpenCase command;
        command.fields.set(CaseField::Service, service);
        command.fields.set(CaseField::Address, address);
        command.fields.set(CaseField::Position, GeoPoint{323'000'000, -647'000'000});
        command.fields.set(CaseField::RequestedAt, kNow.ms - hoursAgo * kHour);
        return command;
    }
    CaseKey open(const std::string& service, const std::string& address, std::int64_t hoursAgo = 1) {
        return submit(opening(service, address, hoursAgo)).caseKey;
    }
    engine::Receipt submit(engine::Command command) { return must(engine->submitAndWait(std::move(command))); }
    std::vector<CaseKey> openMany(int count) {
        std::vector<CaseKey> keys;
        for (int i = 0; i < count; ++i)
            keys.push_back(open(i % 2 ? "POTHOLE" : "GRAFFITI", std::to_string(i + 1) + " Quay Street", i + 1));
        return keys;
    }
    /// The same in one transaction.
    void fill(int count) {
        engine::CommandBatch batch;
        for (int i = 0; i < count; ++i)
            batch.commands.emplace_back(opening(i % 2 ? "POTHOLE" : "GRAFFITI", std::to_string(i + 1) + " Quay Street",
                                                i + 1));
        must(engine->submitAndWait(std::move(batch)));
    }

    template <class T>
    static T must(Result<T> result) {
        if (!result)
            qFatal("%s %s %s", result.error().code.c_str(), result.error().field.c_str(),
                   result.error().detail.c_str());
        if constexpr (!std::is_void_v<T>) return std::move(*result);
    }

private:
    void publish() {
        rules::Department works;
        works.code = "PW";
        works.name = "Public Works";
        rules::Department parks;
        parks.code = "PK";
        parks.name = "Parks";
        rules::Service pothole;
        pothole.code = "POTHOLE";
        pothole.name = "Pothole";
        pothole.group = "Streets";
        pothole.department = "PW";
        rules::Service graffiti;
        graffiti.code = "GRAFFITI";
        graffiti.name = "Graffiti";
        graffiti.group = "Public space";
        graffiti.department = "PK";
        rules::StaffMember alder;
        alder.code = "a.alder";
        alder.name = "Ada Alder";
        rules::StaffMember birch;
        birch.code = "b.birch";
        birch.name = "Ben Birch";
        engine::PublishCatalogue command;
        command.items = {rules::toItem(works),    rules::toItem(parks), rules::toItem(pothole),
                         rules::toItem(graffiti), rules::toItem(alder), rules::toItem(birch)};
        submit(std::move(command));
    }

    QTemporaryDir m_dir;
    ManualClock m_clock;

public:
    std::unique_ptr<engine::Engine> engine;
    std::unique_ptr<ui::ConsoleBridge> bridge;
};

}  // namespace wl::test
