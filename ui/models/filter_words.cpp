// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/filter_words.hpp"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QStringList>

#include "ui/models/vocab_words.hpp"

namespace wl::ui {
namespace {

using namespace Qt::StringLiterals;
using engine::CaseFilter;

struct FilterWords {
    Q_DECLARE_TR_FUNCTIONS(FilterWords)
};

constexpr qsizetype kNamed = 2;  // more values than this are counted, not named

QString chipText(const QString& label, const QStringList& values) {
    auto text = values.first(std::min(values.size(), kNamed)).join(u", "_s);
    if (values.size() > kNamed) text = FilterWords::tr("%1 and %2 more").arg(text).arg(values.size() - kNamed);
    return FilterWords::tr("%1: %2", "field and the values it is filtered by").arg(label, text);
}

template <class T, class Word>
void addList(std::vector<FilterChip>& chips, const CaseFilter& filter, std::vector<T> CaseFilter::* member,
             const QString& label, Word word) {
    QStringList values;
    for (const auto& one : filter.*member) values << word(one);
    if (values.isEmpty()) return;
    chips.push_back({chipText(label, values), [member](CaseFilter& f) { (f.*member).clear(); }});
}

QString day(Instant at, const QTimeZone& zone) {
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(at.ms, zone).date(), u"d MMM yyyy"_s);
}

// [from, to): the last day shown is the one before `to`.
void addRange(std::vector<FilterChip>& chips, const CaseFilter& filter, Instant CaseFilter::* from,
              Instant CaseFilter::* to, const QString& label, const QTimeZone& zone) {
    if (!(filter.*from) && !(filter.*to)) return;
    const auto last = (filter.*to) - Millis{1};
    const auto span = !(filter.*to)     ? FilterWords::tr("since %1").arg(day(filter.*from, zone))
                      : !(filter.*from) ? FilterWords::tr("until %1").arg(day(last, zone))
                                        : FilterWords::tr("%1 to %2").arg(day(filter.*from, zone), day(last, zone));
    chips.push_back({FilterWords::tr("%1: %2", "field and the values it is filtered by").arg(label, span),
                     [from, to](CaseFilter& f) { f.*from = f.*to = {}; }});
}

QString slaStateWord(SlaState state) {
    switch (state) {
        case SlaState::None: return FilterWords::tr("No clock");
        case SlaState::OnTrack: return FilterWords::tr("On track");
        case SlaState::AtRisk: return FilterWords::tr("At risk");
        case SlaState::Breached: return FilterWords::tr("Breached");
        case SlaState::Paused: return FilterWords::tr("Paused");
        case SlaState::Met: return FilterWords::tr("Met");
        case SlaState::Cancelled: return FilterWords::tr("Cancelled");
    }
    return {};
}

}  // namespace

std::vector<FilterChip> filterChips(const CaseFilter& f, const CodeNames& names) {
    std::vector<FilterChip> chips;
    const auto orNone = [](const std::string& code, const QString& name) {
        return code.empty() ? FilterWords::tr("none") : name;
    };
    if (!f.text.empty())
        chips.push_back({FilterWords::tr("Text: %1").arg(QString::fromStdString(f.text)),
                         [](CaseFilter& c) { c.text.clear(); }});
    addList(chips, f, &CaseFilter::services, FilterWords::tr("Service"),
            [&](const auto& c) { return names.service(c); });
    addList(chips, f, &CaseFilter::departments, FilterWords::tr("Department"),
            [&](const auto& c) { return orNone(c, names.department(c)); });
    addList(chips, f, &CaseFilter::crews, FilterWords::tr("Crew"),
            [&](const auto& c) { return orNone(c, names.crew(c)); });
    addList(chips, f, &CaseFilter::statuses, FilterWords::tr("Status"), [](Status s) { return statusWord(s); });
    addList(chips, f, &CaseFilter::priorities, FilterWords::tr("Priority"), [](Priority p) { return priorityWord(p); });
    addList(chips, f, &CaseFilter::sla, FilterWords::tr("SLA"), [](SlaState s) { return slaStateWord(s); });
    addList(chips, f, &CaseFilter::owners, FilterWords::tr("Owner"),
            [&](const auto& c) { return c.empty() ? FilterWords::tr("nobody") : names.staff(c); });
    addList(chips, f, &CaseFilter::areas, FilterWords::tr("Area"),
            [&](const auto& c) { return orNone(c, names.area(c)); });
    addList(chips, f, &CaseFilter::channels, FilterWords::tr("Channel"), [](Channel c) { return channelWord(c); });
    addRange(chips, f, &CaseFilter::requestedFrom, &CaseFilter::requestedTo, FilterWords::tr("Requested"),
             names.zone());
    addRange(chips, f, &CaseFilter::dueFrom, &CaseFilter::dueTo, FilterWords::tr("Due"), names.zone());
    addRange(chips, f, &CaseFilter::updatedFrom, &CaseFilter::updatedTo, FilterWords::tr("Updated"), names.zone());
    addRange(chips, f, &CaseFilter::closedFrom, &CaseFilter::closedTo, FilterWords::tr("Closed"), names.zone());
    if (f.idleDays > 0)
        chips.push_back({FilterWords::tr("Untouched for %n day(s)", nullptr, f.idleDays),
                         [](CaseFilter& c) { c.idleDays = 0; }});
    addList(chips, f, &CaseFilter::groups, FilterWords::tr("Group"),
            [&](const auto& c) { return orNone(c, QString::fromStdString(c)); });
    addList(chips, f, &CaseFilter::jobs, FilterWords::tr("Job"), [&](const auto& c) {
        const auto* job = names.catalogue().job(c);
        return job ? QString::fromStdString(job->title) : QString::fromStdString(c);
    });
    addList(chips, f, &CaseFilter::offeredTo, FilterWords::tr("Offered to"),
            [&](const auto& c) { return c == "*" ? FilterWords::tr("anybody") : names.department(c); });
    const auto addFlag = [&](std::optional<bool> CaseFilter::* flag, const QString& yes, const QString& no) {
        if (f.*flag) chips.push_back({*(f.*flag) ? yes : no, [flag](CaseFilter& c) { (c.*flag).reset(); }});
    };
    addFlag(&CaseFilter::open, FilterWords::tr("Open"), FilterWords::tr("Closed"));
    addFlag(&CaseFilter::stalled, FilterWords::tr("Stalled"), FilterWords::tr("Not stalled"));
    addFlag(&CaseFilter::escalated, FilterWords::tr("Escalated"), FilterWords::tr("Not escalated"));
    addFlag(&CaseFilter::conflicted, FilterWords::tr("With conflicts"), FilterWords::tr("Without conflicts"));
    if (f.box) chips.push_back({FilterWords::tr("Visible part of the map"), [](CaseFilter& c) { c.box.reset(); }});
    if (f.near)
        chips.push_back({FilterWords::tr("Within %1 m").arg(qRound(f.near->metres)),
                         [](CaseFilter& c) { c.near.reset(); }});
    if (!f.keys.empty())
        chips.push_back({FilterWords::tr("%n chosen case(s)", nullptr, static_cast<int>(f.keys.size())),
                         [](CaseFilter& c) { c.keys.clear(); }});
    return chips;
}

}  // namespace wl::ui
