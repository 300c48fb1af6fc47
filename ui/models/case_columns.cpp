// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/case_columns.hpp"

#include <QCoreApplication>

#include <array>

#include "ui/models/time_words.hpp"
#include "ui/models/vocab_words.hpp"

namespace wl::ui {
namespace {

struct CaseColumns {
    Q_DECLARE_TR_FUNCTIONS(CaseColumns)
};

using engine::CaseColumn;
using store::CaseRow;
using Context = CellContext;

QString oneLine(const std::string& text) { return QString::fromStdString(text).simplified(); }

QString slaText(const CaseRow& row, const Context& c) {
    return dueWords(slaStateAt(row.clock, c.now), row.clock.due, c.now);
}

QString slaHint(const CaseRow& row, const Context& c) {
    if (!row.clock.due) return CaseColumns::tr("No target applies to this case");
    auto hint = CaseColumns::tr("Due %1").arg(absoluteWords(row.clock.due, c.names.zone()));
    if (row.clock.paused && !row.statusReason.empty())
        hint += u'\n' + CaseColumns::tr("Paused: %1").arg(c.names.pauseReason(row.statusReason));
    if (row.clock.respondDue)
        hint +=
            u'\n' + CaseColumns::tr("First response due %1").arg(absoluteWords(row.clock.respondDue, c.names.zone()));
    return hint;
}

QString statusText(const CaseRow& row, const Context& c) {
    if (row.statusReason.empty()) return statusWord(row.status);
    const auto reason =
        row.status == Status::Closed ? resolutionWord(row.statusReason) : c.names.pauseReason(row.statusReason);
    return CaseColumns::tr("%1: %2", "status and its reason").arg(statusWord(row.status), reason);
}

template <Instant CaseRow::* Member>
QString ago(const CaseRow& row, const Context& c) {
    return agoWords(row.*Member, c.now);
}
template <Instant CaseRow::* Member>
QString moment(const CaseRow& row, const Context& c) {
    return absoluteWords(row.*Member, c.names.zone());
}

// A case without a title goes by its service.
QString titleText(const CaseRow& row, const Context& c) {
    return row.title.empty() ? c.names.service(row.service) : oneLine(row.title);
}
QString titleHint(const CaseRow& row, const Context& c) {
    QStringList lines{titleText(row, c)};
    if (!row.title.empty()) lines << c.names.service(row.service);
    if (!row.address.empty()) lines << oneLine(row.address);
    return lines.join(u'\n');
}

QString ownerText(const CaseRow& row, const Context& c) {
    return row.owner.empty() ? QString() : c.names.staff(row.owner);
}

constexpr std::array<CaseColumnSpec, engine::kCaseColumnCount> kColumns{{
    {CaseColumn::Sla, "sla", [] { return CaseColumns::tr("SLA"); }, 20, true, false, slaText, slaHint, nullptr},
    {CaseColumn::Number, "number", [] { return CaseColumns::tr("Number"); }, 12, true, false,
     [](const CaseRow& r, const Context&) { return QString::fromStdString(r.number); }, nullptr, nullptr},
    {CaseColumn::Service, "service", [] { return CaseColumns::tr("Service"); }, 21, false, false,
     [](const CaseRow& r, const Context& c) { return c.names.service(r.service); }, nullptr, nullptr},
    {CaseColumn::Address, "address", [] { return CaseColumns::tr("Address"); }, 20, false, false,
     [](const CaseRow& r, const Context&) { return oneLine(r.address); }, nullptr, nullptr},
    {CaseColumn::Status, "status", [] { return CaseColumns::tr("Status"); }, 15, true, false, statusText, nullptr,
     [](const CaseRow& r) { return statusIconName(r.status); }},
    {CaseColumn::Priority, "priority", [] { return CaseColumns::tr("Priority"); }, 10, true, true,
     [](const CaseRow& r, const Context&) { return priorityWord(r.priority); }, nullptr,
     [](const CaseRow& r) { return priorityIconName(r.priority); }},
    {CaseColumn::Owner, "owner", [] { return CaseColumns::tr("Owner"); }, 12, true, false, ownerText, nullptr, nullptr},
    {CaseColumn::Requested, "requested", [] { return CaseColumns::tr("Requested"); }, 11, true, true,
     ago<&CaseRow::requestedAt>, moment<&CaseRow::requestedAt>, nullptr},
    {CaseColumn::Due, "due", [] { return CaseColumns::tr("Due"); }, 24, false, false,
     [](const CaseRow& r, const Context& c) { return absoluteWords(r.clock.due, c.names.zone()); },
     [](const CaseRow& r, const Context& c) { return agoWords(r.clock.due, c.now); }, nullptr},
    {CaseColumn::Department, "department", [] { return CaseColumns::tr("Department"); }, 18, false, false,
     [](const CaseRow& r, const Context& c) { return c.names.department(r.department); }, nullptr, nullptr},
    {CaseColumn::Crew, "crew", [] { return CaseColumns::tr("Crew"); }, 18, false, false,
     [](const CaseRow& r, const Context& c) { return c.names.crew(r.crew); }, nullptr, nullptr},
    {CaseColumn::Area, "area", [] { return CaseColumns::tr("Area"); }, 14, false, false,
     [](const CaseRow& r, const Context& c) { return c.names.area(r.area); }, nullptr, nullptr},
    {CaseColumn::Channel, "channel", [] { return CaseColumns::tr("Channel"); }, 12, false, false,
     [](const CaseRow& r, const Context&) { return channelWord(r.channel); }, nullptr,
     [](const CaseRow& r) { return channelIconName(r.channel); }},
    {CaseColumn::Updated, "updated", [] { return CaseColumns::tr("Updated"); }, 13, false, true,
     ago<&CaseRow::updatedAt>, moment<&CaseRow::updatedAt>, nullptr},
    {CaseColumn::Closed, "closed", [] { return CaseColumns::tr("Closed"); }, 13, false, true, ago<&CaseRow::closedAt>,
     moment<&CaseRow::closedAt>, nullptr},
    {CaseColumn::Title, "title", [] { return CaseColumns::tr("Title"); }, 28, true, false, titleText, titleHint,
     nullptr},
    {CaseColumn::Description, "description", [] { return CaseColumns::tr("Description"); }, 40, false, false,
     [](const CaseRow& r, const Context&) { return oneLine(r.description); }, nullptr, nullptr},
}};

consteval bool inOrder() {
    for (std::size_t i = 0; i < kColumns.size(); ++i)
        if (static_cast<std::size_t>(kColumns[i].column) != i) return false;
    return true;
}
static_assert(inOrder());

}  // namespace

std::span<const CaseColumnSpec> caseColumns() { return kColumns; }

}  // namespace wl::ui
