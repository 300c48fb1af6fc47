// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/demo/stage.hpp"

#include "engine/demo/demo_catalogue.hpp"
#include "rules/sla.hpp"

namespace wl::engine::demo {
namespace {

// About one resident to three cases, so that 50,000 cases come from some 18,000 people.
std::size_t residentsFor(const DemoOptions& o) { return (o.closed + o.open) * 2 / 5 + 20; }

}  // namespace

Stage::Stage(const DemoOptions& o, geo::CityMapPtr city, rules::CataloguePtr cat)
    : options(o), catalogue(std::move(cat)),
      time(kDemoTimeZone, o.now - Millis{(kHistoryDays + 400) * kDay}, o.now + Millis{400 * kDay}),
      lastDay(time.dayNumber(o.now)), places(std::move(city)), people(o.seed, places, residentsFor(o)),
      weather(o.seed, lastDay - kHistoryDays - 31, lastDay) {
    for (const auto& department : catalogue->departments())
        if (const auto* calendar = catalogue->calendar(department.calendar))
            m_hours.emplace(department.code, WorkTimes(*calendar, time, firstDay() - 7, lastDay + 60));
    for (auto part : {streetPhrases(), sanitationPhrases(), codePhrases(), greenAndWaterPhrases()})
        for (auto& phrases : part) m_phrases.emplace(phrases.service, std::move(phrases));
    m_desk = staffOf("", "agent");
}

const WorkTimes& Stage::hoursOf(std::string_view department) const {
    const auto it = m_hours.find(std::string(department));
    return it != m_hours.end() ? it->second : m_hours.begin()->second;
}

const ServicePhrases& Stage::phrasesOf(std::string_view service) const {
    const auto it = m_phrases.find(service);
    return it != m_phrases.end() ? it->second : m_phrases.begin()->second;
}

std::vector<std::string> Stage::staffOf(std::string_view department, std::string_view role) const {
    std::vector<std::string> codes;
    for (const auto& s : catalogue->staffMembers())
        if (s.department == department && s.role == role) codes.push_back(s.code);
    return codes;
}

std::string Stage::deskAgent(Instant at, Chance& chance) const {
    // By night two of them are there; each day starts with another two.
    const int hour = time.hour(at);
    const auto day = static_cast<std::size_t>(time.dayNumber(at));
    if (hour < 7 || hour >= 20) return m_desk[(day * 2 + chance.index(2)) % m_desk.size()];
    return chance.pick(m_desk);
}

std::string Stage::fieldAgent(std::string_view department, std::string_view crew, Chance& chance) const {
    std::vector<const std::string*> found;
    for (const auto& s : catalogue->staffMembers())
        if (!crew.empty() && s.crew == crew) found.push_back(&s.code);
    return found.empty() ? dispatcher(department) : *chance.pick(found);
}

std::string Stage::dispatcher(std::string_view department) const {
    for (const auto role : {"dispatcher", "supervisor", "manager"})
        for (const auto& s : catalogue->staffMembers())
            if (s.department == department && s.role == role) return s.code;
    return {};
}

Instant Stage::due(std::string_view service, Priority priority, std::size_t district, Instant at) const {
    const auto* s = catalogue->service(service);
    const auto end = rules::expectedBy(*catalogue, service, priority, s ? s->department : std::string_view{},
                                       places.districtCode(district), at);
    return end > at ? end : at + Millis{10 * kDay};
}

}  // namespace wl::engine::demo
