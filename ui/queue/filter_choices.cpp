// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/queue/filter_choices.hpp"

#include <QCoreApplication>

#include <array>

#include "ui/kit/sla_style.hpp"
#include "ui/models/vocab_words.hpp"

namespace wl::ui {
namespace {

using namespace Qt::StringLiterals;
using engine::CaseFilter;

struct FilterChoices {
    Q_DECLARE_TR_FUNCTIONS(FilterChoices)
};

Choice nobody(const QString& name) { return {QString(), name, {}, {}, {}}; }

std::vector<Choice> withNone(std::vector<Choice> choices, const QString& none) {
    choices.insert(choices.begin(), nobody(none));
    return choices;
}

template <class E>
std::vector<Choice> enumChoices(int first, int last, QString (*word)(E), QString (*icon)(E)) {
    std::vector<Choice> choices;
    for (int i = first; i <= last; ++i) {
        const auto value = static_cast<E>(i);
        choices.push_back({QString::number(i), word(value), {}, {}, icon(value)});
    }
    return choices;
}

template <std::vector<std::string> CaseFilter::* Member>
QStringList codes(const CaseFilter& filter) {
    QStringList list;
    for (const auto& one : filter.*Member) list << QString::fromStdString(one);
    return list;
}
template <std::vector<std::string> CaseFilter::* Member>
void setCodes(CaseFilter& filter, const QStringList& list) {
    (filter.*Member).clear();
    for (const auto& one : list) (filter.*Member).push_back(one.toStdString());
}
template <class E, std::vector<E> CaseFilter::* Member>
QStringList numbers(const CaseFilter& filter) {
    QStringList list;
    for (const auto one : filter.*Member) list << QString::number(static_cast<int>(one));
    return list;
}
template <class E, std::vector<E> CaseFilter::* Member>
void setNumbers(CaseFilter& filter, const QStringList& list) {
    (filter.*Member).clear();
    for (const auto& one : list) (filter.*Member).push_back(static_cast<E>(one.toInt()));
}

std::vector<Choice> areaChoices(const CodeNames& names, const std::string&) {
    std::vector<Choice> choices{nobody(FilterChoices::tr("No area"))};
    for (const auto& [code, name] : names.areas()) choices.push_back({QString::fromStdString(code), name, {}, {}, {}});
    return choices;
}

using Names = CodeNames;
constexpr std::array<FilterField, 9> kFields{{
    {"service", [] { return FilterChoices::tr("Service"); },
     [](const Names& n, const std::string&) { return serviceChoices(n.catalogue()); }, codes<&CaseFilter::services>,
     setCodes<&CaseFilter::services>},
    {"department", [] { return FilterChoices::tr("Department"); },
     [](const Names& n, const std::string&) {
         return withNone(departmentChoices(n.catalogue()), FilterChoices::tr("No department"));
     },
     codes<&CaseFilter::departments>, setCodes<&CaseFilter::departments>},
    {"crew", [] { return FilterChoices::tr("Crew"); },
     [](const Names& n, const std::string&) {
         return withNone(crewChoices(n.catalogue(), {}), FilterChoices::tr("No crew"));
     },
     codes<&CaseFilter::crews>, setCodes<&CaseFilter::crews>},
    {"status", [] { return FilterChoices::tr("Status"); },
     [](const Names&, const std::string&) {
         return enumChoices<Status>(0, kStatusCount - 1, statusWord, statusIconName);
     },
     numbers<Status, &CaseFilter::statuses>, setNumbers<Status, &CaseFilter::statuses>},
    {"priority", [] { return FilterChoices::tr("Priority"); },
     [](const Names&, const std::string&) { return enumChoices<Priority>(1, 4, priorityWord, priorityIconName); },
     numbers<Priority, &CaseFilter::priorities>, setNumbers<Priority, &CaseFilter::priorities>},
    {"sla", [] { return FilterChoices::tr("SLA"); },
     [](const Names&, const std::string&) {
         return enumChoices<SlaState>(0, kSlaStateCount - 1, slaWord, slaIconName);
     },
     numbers<SlaState, &CaseFilter::sla>, setNumbers<SlaState, &CaseFilter::sla>},
    {"owner", [] { return FilterChoices::tr("Owner"); },
     [](const Names& n, const std::string& agent) {
         return withNone(staffChoices(n.catalogue(), agent, {}), FilterChoices::tr("Nobody"));
     },
     codes<&CaseFilter::owners>, setCodes<&CaseFilter::owners>},
    {"area", [] { return FilterChoices::tr("Area"); }, areaChoices, codes<&CaseFilter::areas>,
     setCodes<&CaseFilter::areas>},
    {"channel", [] { return FilterChoices::tr("Channel"); },
     [](const Names&, const std::string&) {
         return enumChoices<Channel>(1, kChannelCount, channelWord, channelIconName);
     },
     numbers<Channel, &CaseFilter::channels>, setNumbers<Channel, &CaseFilter::channels>},
}};

}  // namespace

std::span<const FilterField> filterFields() { return kFields; }

}  // namespace wl::ui
