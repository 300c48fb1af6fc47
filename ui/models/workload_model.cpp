// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/workload_model.hpp"

#include <QDataStream>
#include <QIODevice>
#include <QLocale>
#include <QMimeData>

#include "ui/models/query_slots.hpp"
#include "ui/models/value_words.hpp"

namespace wl::ui {
namespace {

using namespace Qt::StringLiterals;

constexpr Millis kHour{3'600'000};

engine::CaseFilter openCases() {
    engine::CaseFilter filter;
    filter.open = true;
    return filter;
}

engine::CaseFilter unowned(engine::CaseFilter filter) {
    filter.owners = {std::string()};
    return filter;
}

std::int64_t count(const engine::QueueTally& tally, SlaState state) {
    return tally.bySla[static_cast<std::size_t>(state)];
}

double daysOf(const WorkloadRow& row) {
    return row.capacity > 0 ? static_cast<double>(row.open.total) / row.capacity : 0;
}

}  // namespace

WorkloadModel::WorkloadModel(ConsoleBridge& bridge, QObject* parent) : QAbstractTableModel(parent), m_bridge(bridge) {
    define();
    connect(&m_pacer, &Pacer::due, this, &WorkloadModel::ask);
    connect(&bridge, &ConsoleBridge::instantChanged, this, [this] {
        if (m_watched) m_pacer.hurry();
    });
    connect(&bridge, &ConsoleBridge::changed, this, [this](const ChangeSetPtr& changes) {
        if (m_watched && (!changes->cases.empty() || changes->everything)) m_pacer.touch();
    });
    connect(&bridge, &ConsoleBridge::catalogueChanged, this, [this] {
        beginResetModel();
        define();
        endResetModel();
        if (m_watched) m_pacer.hurry();
    });
}

void WorkloadModel::setWatched(bool on) {
    if (on && !m_watched) m_pacer.hurry();
    m_watched = on;
}

void WorkloadModel::define() {
    m_rows.clear();
    const auto catalogue = m_bridge.catalogue();
    auto nobody = openCases();
    nobody.departments = {std::string()};
    m_rows.push_back({tr("No department"), {}, {}, 0, std::move(nobody), {}, {}, 0});
    for (const auto& department : catalogue->departments()) {
        auto filter = openCases();
        filter.departments = {department.code};
        WorkloadRow whole{fromText(department.name), department.code, {}, 0, std::move(filter), {}, {}, 0};
        const auto at = m_rows.size();
        m_rows.push_back(std::move(whole));
        for (const auto& crew : catalogue->crews()) {
            if (crew.department != department.code) continue;
            auto ofCrew = openCases();
            ofCrew.departments = {department.code};
            ofCrew.crews = {crew.code};
            m_rows[at].capacity += crew.capacity;
            m_rows.push_back(
                {fromText(crew.name), department.code, crew.code, crew.capacity, std::move(ofCrew), {}, {}, 0});
        }
    }
}

void WorkloadModel::ask() {
    std::vector<engine::CaseFilter> filters;
    for (const auto& row : m_rows) {
        filters.push_back(row.filter);
        filters.push_back(unowned(row.filter));
        auto offered = openCases();
        offered.offeredTo = {row.crew.empty() && !row.department.empty() ? row.department : std::string("\x01")};
        filters.push_back(std::move(offered));
    }
    const auto now = m_bridge.shownAt();
    const std::array<Instant, 4> edges{now - 4 * kHour, now - 24 * kHour, now - 72 * kHour, Instant{}};
    for (std::size_t i = 0; i < edges.size(); ++i) {
        auto young = unowned(openCases());
        young.requestedFrom = edges[i];
        if (i > 0) young.requestedTo = edges[i - 1];
        filters.push_back(std::move(young));
    }
    for (auto& filter : filters) filter.asOf = m_bridge.asOf();
    const auto mine = ++m_asked;
    m_bridge.tally(std::move(filters), WorkloadSlot, this,
                   [this, mine](const std::vector<engine::QueueTally>& tallies) {
                       if (mine != m_asked) return;
                       m_pacer.answered();
                       take(tallies);
                   });
}

void WorkloadModel::take(const std::vector<engine::QueueTally>& tallies) {
    if (tallies.size() != 3 * m_rows.size() + 4) return;
    std::vector<rules::CrewLoad> loads;
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        auto& row = m_rows[i];
        row.open = tallies[3 * i];
        row.unassigned = tallies[3 * i + 1];
        row.offered = tallies[3 * i + 2].total;
        if (!row.crew.empty())
            loads.push_back({row.crew, static_cast<int>(row.open.total), static_cast<int>(row.unassigned.total)});
    }
    const auto* ages = &tallies[3 * m_rows.size()];
    m_ages = {ages[0].total, ages[1].total, ages[2].total, ages[3].total};
    m_suggestions = rules::balanceSuggestions(*m_bridge.catalogue(), loads);
    m_counted = true;
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    Q_EMIT counted();
}

const WorkloadRow* WorkloadModel::at(int row) const {
    return row >= 0 && row < rowCount() ? &m_rows[static_cast<std::size_t>(row)] : nullptr;
}

int WorkloadModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}
int WorkloadModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant WorkloadModel::data(const QModelIndex& index, int role) const {
    const auto* row = at(index.row());
    if (!row) return {};
    const QLocale locale;
    if (role == IsCrewRole) return !row->crew.empty();
    if (role == LoadRole) return daysOf(*row);
    if (role == Qt::TextAlignmentRole)
        return index.column() == Name ? int(Qt::AlignLeft | Qt::AlignVCenter) : int(Qt::AlignRight | Qt::AlignVCenter);
    const auto number = [&](std::int64_t n) { return n == 0 ? u"–"_s : locale.toString(static_cast<qlonglong>(n)); };
    if (role == Qt::ToolTipRole) {
        auto tip = tr("%1: %2 open, %3 without an owner")
                       .arg(row->name, locale.toString(static_cast<qlonglong>(row->open.total)),
                            locale.toString(static_cast<qlonglong>(row->unassigned.total)));
        if (row->capacity > 0)
            tip +=
                u'\n' +
                tr("%1 days of work at %2 cases a day").arg(locale.toString(daysOf(*row), 'f', 1)).arg(row->capacity);
        if (row->offered > 0)
            tip += u'\n' + tr("%Ln case(s) wait for acceptance", nullptr, static_cast<int>(row->offered));
        return tip;
    }
    if (role != Qt::DisplayRole) return {};
    switch (index.column()) {
        case Name:
            if (!row->crew.empty()) return u"    "_s + row->name;  // under its department
            return row->offered > 0
                       ? tr("%1 (%2 offered)").arg(row->name, locale.toString(static_cast<qlonglong>(row->offered)))
                       : row->name;
        case Open: return number(row->open.total);
        case Unassigned: return number(row->unassigned.total);
        case AtRisk: return number(count(row->open, SlaState::AtRisk));
        case Breached: return number(count(row->open, SlaState::Breached));
        case Days: return row->capacity > 0 ? locale.toString(daysOf(*row), 'f', 1) : QString();
        default: return {};
    }
}

QVariant WorkloadModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole && section != Name) return int(Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && section == Days) return tr("Open cases over the cases a day that the crews can do");
    if (role != Qt::DisplayRole) return {};
    switch (section) {
        case Name: return tr("Department, crew");
        case Open: return tr("Open");
        case Unassigned: return tr("No owner");
        case AtRisk: return tr("At risk");
        case Breached: return tr("Late");
        case Days: return tr("Days");
        default: return {};
    }
}

Qt::ItemFlags WorkloadModel::flags(const QModelIndex& index) const {
    auto flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
    if (const auto* row = at(index.row()); row && !row->department.empty()) flags |= Qt::ItemIsDropEnabled;
    return flags;
}

QStringList WorkloadModel::mimeTypes() const { return {QString::fromLatin1(kCaseKeysMime)}; }

bool WorkloadModel::canDropMimeData(const QMimeData* data, Qt::DropAction, int, int, const QModelIndex& parent) const {
    const auto* row = at(parent.row());
    return data && row && !row->department.empty() && data->hasFormat(QString::fromLatin1(kCaseKeysMime));
}

bool WorkloadModel::dropMimeData(const QMimeData* data, Qt::DropAction action, int row, int column,
                                 const QModelIndex& parent) {
    if (!canDropMimeData(data, action, row, column, parent)) return false;
    QList<qint64> keys;
    QDataStream in(data->data(QString::fromLatin1(kCaseKeysMime)));
    in >> keys;
    if (keys.isEmpty()) return false;
    Q_EMIT dropped(parent.row(), keys);
    return true;
}

}  // namespace wl::ui
