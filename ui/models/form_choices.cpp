// SPDX-License-Identifier: GPL-3.0-or-later
// What the fields of a catalogue item can be chosen from.
#include <QCoreApplication>
#include <QJsonArray>
#include <QLocale>
#include <QTimeZone>

#include <algorithm>

#include "comms/templates.hpp"
#include "domain/workflow.hpp"
#include "ui/models/catalogue_form.hpp"
#include "ui/models/message_words.hpp"
#include "ui/models/value_words.hpp"
#include "ui/models/vocab_words.hpp"

namespace wl::ui {
namespace {

using namespace Qt::StringLiterals;

struct FormWords {
    Q_DECLARE_TR_FUNCTIONS(CatalogueForm)
};

QString tr(const char* text) { return FormWords::tr(text); }

Choice plain(const char* code, const QString& name) { return {QString::fromLatin1(code), name, {}, {}, {}}; }

std::vector<Choice> roles() {
    return {plain("agent", tr("Agent")), plain("dispatcher", tr("Dispatcher")), plain("crew", tr("Crew member")),
            plain("supervisor", tr("Supervisor")), plain("manager", tr("Manager"))};
}

std::vector<Choice> datatypes() {
    return {plain("string", tr("One line")),        plain("text", tr("Several lines")),
            plain("number", tr("A number")),        plain("datetime", tr("A date")),
            plain("singlevaluelist", tr("One of")), plain("multivaluelist", tr("Any of"))};
}

std::vector<Choice> targets() {
    return {plain("acknowledge", tr("Acknowledge")), plain("respond", tr("First answer")),
            plain("next_response", tr("Next answer")), plain("resolve", tr("Work done")), plain("close", tr("Close"))};
}

// Where a pause may end.
std::vector<Choice> fallbacks() {
    std::vector<Choice> out;
    for (int s = 0; s < kStatusCount; ++s)
        if (const auto to = static_cast<Status>(s);
            to != Status::Closed && to != Status::Waiting && mayStep(Status::Waiting, to))
            out.push_back({fromText(code(to)), statusWord(to), {}, {}, statusIconName(to)});
    return out;
}

std::vector<Choice> priorities() {
    std::vector<Choice> out;
    for (const auto p : {Priority::Low, Priority::Normal, Priority::High, Priority::Urgent})
        out.push_back({fromText(code(p)), priorityWord(p), {}, {}, priorityIconName(p)});
    return out;
}

std::vector<Choice> channels() {
    std::vector<Choice> out;
    for (int c = 1; c <= kChannelCount; ++c)
        if (const auto channel = static_cast<Channel>(c); channelFromCode(code(channel)))
            out.push_back({fromText(code(channel)), channelWord(channel), {}, {}, channelIconName(channel)});
    return out;
}

void add(std::vector<Choice>& to, const QString& code) {
    if (!code.isEmpty() && std::ranges::find(to, code, &Choice::code) == to.end())
        to.push_back({code, code, {}, {}, {}});
}

}  // namespace

FormChoices::FormChoices(Documents documents, geo::CityMapPtr city)
    : m_documents(std::move(documents)), m_city(std::move(city)) {}

std::vector<Choice> FormChoices::of(const char* source) const {
    const QLatin1StringView wanted(source ? source : "");
    std::vector<Choice> out;
    if (wanted == "role"_L1) return roles();
    if (wanted == "datatype"_L1) return datatypes();
    if (wanted == "target"_L1) return targets();
    if (wanted == "fallback"_L1) return fallbacks();
    if (wanted == "priority"_L1) return priorities();
    if (wanted == "channel"_L1) return channels();
    if (wanted == "event"_L1) {
        for (const auto event : comms::events()) out.push_back({fromText(event), messageEventWord(event), {}, {}, {}});
        return out;
    }
    if (wanted == "language"_L1) {
        for (const auto* language : {"en", "es", "de", "fr", "ar"}) {
            const auto own = QLocale(QString::fromLatin1(language)).nativeLanguageName();
            out.push_back(plain(language, own.isEmpty() ? QString::fromLatin1(language) : own));
        }
        return out;
    }
    if (wanted == "sending_channel"_L1) {
        for (const auto channel : {Channel::Email, Channel::WhatsApp, Channel::Sms})
            out.push_back({fromText(code(channel)), channelWord(channel), {}, {}, channelIconName(channel)});
        return out;
    }
    if (wanted == "when"_L1)
        return {plain("open", tr("Within these hours")), plain("closed", tr("Outside these hours"))};
    if (wanted == "zone"_L1) {
        for (const auto& id : QTimeZone::availableTimeZoneIds()) add(out, QString::fromLatin1(id));
        add(out, u"UTC"_s);
        return out;
    }
    if (wanted == "area"_L1) {
        if (m_city)
            for (const auto& area : m_city->areas)
                out.push_back({fromText(area.code), fromText(area.name), {}, {}, {}});
        return out;
    }
    if (wanted == "group"_L1) {
        for (const auto& [key, document] : m_documents)
            if (key.first == "service") add(out, document.value(u"group").toString());
        std::ranges::sort(out, {}, &Choice::name);
        return out;
    }
    if (wanted == "skill"_L1) {
        for (const auto& [key, document] : m_documents)
            for (const auto skill : document.value(u"skills").toArray()) add(out, skill.toString());
        std::ranges::sort(out, {}, &Choice::name);
        return out;
    }
    if (wanted == "owner"_L1)
        out = {plain("round_robin", tr("One after another")), plain("least_loaded", tr("Whoever has least"))};
    if (wanted == "escalatee"_L1)
        out = {plain("owner", tr("The owner")), plain("crew_lead", tr("The lead of the crew")),
               plain("department_head", tr("The head of the department")),
               plain("city_manager", tr("The city manager"))};
    const auto fixed = static_cast<std::ptrdiff_t>(out.size());
    const auto kind = wanted == "owner"_L1 || wanted == "escalatee"_L1 ? "staff"_L1 : wanted;
    for (const auto& [key, document] : m_documents) {
        if (QLatin1StringView(key.first.data(), static_cast<qsizetype>(key.first.size())) != kind) continue;
        const auto code = fromText(key.second), name = document.value(u"name").toString();
        out.push_back({code, name.isEmpty() ? code : name, code, {}, {}});
    }
    std::stable_sort(out.begin() + fixed, out.end(),
                     [](const Choice& a, const Choice& b) { return a.name.localeAwareCompare(b.name) < 0; });
    // Two of one name are told apart by their codes.
    for (std::size_t i = 1; i < out.size(); ++i)
        if (out[i].name == out[i - 1].name || out[i - 1].name == u"%1 (%2)"_s.arg(out[i].name, out[i - 1].code)) {
            if (out[i].name == out[i - 1].name) out[i - 1].name += u" (%1)"_s.arg(out[i - 1].code);
            out[i].name += u" (%1)"_s.arg(out[i].code);
        }
    return out;
}

QString FormChoices::nameOf(const char* source, const QString& code) const {
    const auto choices = of(source);
    const auto found = std::ranges::find(choices, code, &Choice::code);
    return found == choices.end() ? code : found->name;
}

QString FormChoices::zone() const {
    for (const auto& [key, document] : m_documents)
        if (key.first == "jurisdiction") return document.value(u"time_zone").toString(u"UTC"_s);
    return u"UTC"_s;
}

}  // namespace wl::ui
