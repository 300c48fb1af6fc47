// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A service desk for tests of the window: a real engine in a temporary folder, the demo catalogue, a small city, and a
// clock that stands still. With WARDLINE_GRABS set, pictures of widgets go into that folder to be looked at.

#include <QApplication>
#include <QDir>
#include <QPixmap>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include "engine/demo/demo_catalogue.hpp"
#include "engine/engine.hpp"
#include "ui/kit/theme.hpp"
#include "ui/map/small_city.hpp"
#include "ui/models/console_bridge.hpp"

namespace wl::test {

class Desk {
public:
    static constexpr Instant kNow{1'795'442'400'000};  // Mon 23 Nov 2026, 10:00 in Port Linden

    Desk() {
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_dir.path());
        engine::EngineOptions options;
        options.dir = m_dir.path().toStdString() + "/city";
        options.clock = &m_clock;
        options.agent = std::string(engine::kDemoAgent);
        must(engine::Engine::create(options));
        m_engine = must(engine::Engine::open(options));
        m_engine->waitUntilLoaded();
        // Citizens hear of nothing by themselves here; tests of that publish the rules for sending.
        auto items = engine::demoCatalogue(kNow);
        std::erase_if(items, [](const auto& item) { return item.kind == "sending"; });
        must(m_engine->submitAndWait(engine::PublishCatalogue{std::move(items)}));
        must(m_engine->setCity(SmallCity::make()));
        m_bridge = std::make_unique<ui::ConsoleBridge>(*m_engine, must(m_engine->openReader()));
    }
    ~Desk() { m_bridge.reset(); }

    ui::ConsoleBridge& bridge() { return *m_bridge; }
    engine::Engine& engine() { return *m_engine; }
    ManualClock& clock() { return m_clock; }
    [[nodiscard]] QString path(const QString& name) const { return m_dir.filePath(name); }

    engine::Receipt submit(engine::Command command) { return must(m_engine->submitAndWait(std::move(command))); }
    /// A pothole of somebody with a phone.
    engine::Receipt openCase() {
        engine::OpenCase open;
        open.fields.set(CaseField::Service, service());
        open.fields.set(CaseField::Description, std::string("Deep hole in the right lane, cars swerve around it."));
        open.fields.set(CaseField::Address, std::string("42 Grand Avenue"));
        open.fields.set(CaseField::Position, geo::toGeo(SmallCity::at({140, -40})));
        open.requester.fields.set(PersonField::Name, std::string("Robin Sample"));
        open.requester.contacts.push_back({ContactKind::Phone, "+14415550142", {}});
        open.requester.contacts.push_back({ContactKind::Email, "robin.sample@example.org", {}});
        InteractionRecorded call;
        call.channel = Channel::Phone;
        call.direction = Direction::In;
        call.kind = InteractionKind::Call;
        call.visibility = Visibility::Staff;
        call.author = "Robin Sample";
        call.body = "Nearly lost a wheel this morning. Wants to be called back when it is filled.";
        open.firstContact = call;
        return submit(std::move(open));
    }
    static std::string service() { return engine::demo::streetServices().front().code; }
    store::CaseDetail detail(CaseKey key) { return must(m_bridge->reader().detail(key)); }
    void edit(CaseKey key, CaseField field, Value value) {
        engine::EditCase command;
        command.target.key = key;
        command.fields.set(field, std::move(value));
        submit(std::move(command));
    }

    static void grab(QWidget& widget, const QString& name) {
        const auto folder = qEnvironmentVariable("WARDLINE_GRABS");
        if (folder.isEmpty()) return;
        QDir().mkpath(folder);
        QCoreApplication::processEvents();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        widget.grab().save(folder + QLatin1Char('/') + name + QStringLiteral(".png"));
    }
    /// The same in light and dark.
    static void grabBoth(ui::Theme& theme, QWidget& widget, const QString& name) {
        if (qEnvironmentVariable("WARDLINE_GRABS").isEmpty()) return;
        for (const auto choice : {ui::ThemeChoice::Light, ui::ThemeChoice::Dark}) {
            theme.setChoice(choice);
            QCoreApplication::processEvents();  // what is made anew for it shows
            grab(widget, name + (choice == ui::ThemeChoice::Dark ? QStringLiteral("-dark") : QStringLiteral("-light")));
        }
        theme.setChoice(ui::ThemeChoice::Light);
    }

    template <class T>
    static T must(Result<T> result) {
        if (!result)
            qFatal("%s %s %s", result.error().code.c_str(), result.error().field.c_str(),
                   result.error().detail.c_str());
        if constexpr (!std::is_void_v<T>) return std::move(*result);
    }

private:
    QTemporaryDir m_dir;
    ManualClock m_clock{kNow};
    std::unique_ptr<engine::Engine> m_engine;
    std::unique_ptr<ui::ConsoleBridge> m_bridge;
};

}  // namespace wl::test
