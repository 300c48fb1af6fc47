// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/queue_list_model.hpp"

#include <QLocale>

#include "ui/models/query_slots.hpp"
#include "ui/models/time_words.hpp"

namespace wl::ui {
namespace {

using namespace Qt::StringLiterals;

engine::CaseFilter openCases() {
    engine::CaseFilter filter;
    filter.open = true;
    return filter;
}

}  // namespace

QueueListModel::QueueListModel(ConsoleBridge& bridge, const ViewStore* views, QObject* parent)
    : QAbstractListModel(parent), m_bridge(bridge), m_views(views) {
    define();
    connect(&m_pacer, &Pacer::due, this, &QueueListModel::ask);
    connect(&bridge, &ConsoleBridge::changed, this, [this](const ChangeSetPtr& changes) {
        if (!changes->cases.empty() || changes->everything) m_pacer.touch();
    });
    connect(&bridge, &ConsoleBridge::instantChanged, &m_pacer, &Pacer::hurry);
    const auto redefine = [this] {
        beginResetModel();
        define();
        endResetModel();
        Q_EMIT redefined();
        m_pacer.hurry();
    };
    connect(&bridge, &ConsoleBridge::catalogueChanged, this, redefine);
    connect(&bridge, &ConsoleBridge::agentChanged, this, redefine);
    if (views) connect(views, &ViewStore::changed, this, redefine);
    m_pacer.hurry();
}

void QueueListModel::define() {
    m_entries.clear();
    const auto heading = [this](const QString& name) { m_entries.push_back({{}, name, {}, true, {}, {}}); };
    const auto queue = [this](const QString& id, const QString& name, const QString& icon, engine::CaseFilter filter) {
        m_entries.push_back({id, name, icon, false, std::move(filter), {}});
    };
    heading(tr("Work"));
    auto mine = openCases();
    mine.owners = {m_bridge.agent()};
    queue(u"mine"_s, tr("Mine"), u"user"_s, std::move(mine));
    auto unassigned = openCases();
    unassigned.owners = {std::string()};
    queue(u"unassigned"_s, tr("Unassigned"), u"mail-unread-new"_s, std::move(unassigned));
    auto atRisk = openCases();
    atRisk.sla = {SlaState::AtRisk};
    queue(u"at_risk"_s, tr("At risk"), u"chronometer"_s, std::move(atRisk));
    auto breached = openCases();
    breached.sla = {SlaState::Breached};
    queue(u"breached"_s, tr("Breached"), u"flash-symbolic"_s, std::move(breached));
    auto waiting = openCases();
    waiting.statuses = {Status::Waiting};
    queue(u"waiting"_s, tr("Waiting"), u"media-playback-pause"_s, std::move(waiting));
    auto offered = openCases();
    offered.offeredTo = {"*"};
    if (const auto* me = m_bridge.catalogue()->staff(m_bridge.agent()); me && !me->department.empty())
        offered.offeredTo = {me->department};
    queue(u"offered"_s, tr("To be accepted"), u"view-bank"_s, std::move(offered));
    auto escalated = openCases();
    escalated.escalated = true;
    queue(u"escalated"_s, tr("Escalated"), u"dialog-warning"_s, std::move(escalated));
    auto stalled = openCases();
    stalled.stalled = true;
    queue(u"stalled"_s, tr("Stalled"), u"dialog-error"_s, std::move(stalled));
    if (const int days = m_bridge.catalogue()->jurisdiction().dormantDays; days > 0) {
        auto dormant = openCases();
        dormant.idleDays = days;
        queue(u"dormant"_s, tr("Dormant"), u"clock"_s, std::move(dormant));
    }
    defineViews();
    heading(tr("Everything"));
    queue(u"open"_s, tr("All open"), u"view-list-details"_s, openCases());
    engine::CaseFilter closed;
    closed.open = false;
    queue(u"closed"_s, tr("Closed"), u"object-locked"_s, std::move(closed));
    const auto catalogue = m_bridge.catalogue();
    if (catalogue->departments().empty()) return;
    heading(tr("Departments"));
    for (const auto& department : catalogue->departments()) {
        auto filter = openCases();
        filter.departments = {department.code};
        queue(u"department:"_s + QString::fromStdString(department.code), QString::fromStdString(department.name),
              u"view-bank"_s, std::move(filter));
    }
}

// A view that cannot be read here (a newer condition) is left out.
void QueueListModel::defineViews() {
    if (!m_views) return;
    bool headed = false;
    for (const auto& one : m_views->views()) {
        const auto query = engine::queryOfView(one.view, m_bridge.agent());
        if (!one.view.pinned || !query) continue;
        if (!std::exchange(headed, true)) m_entries.push_back({{}, tr("Views"), {}, true, {}, {}});
        m_entries.push_back({one.id,
                             QString::fromStdString(one.view.name),
                             one.personal ? u"view-filter"_s : u"document-share"_s,
                             false,
                             query->filter,
                             {},
                             query->order,
                             true});
    }
}

void QueueListModel::ask() {
    std::vector<engine::CaseFilter> filters;
    filters.emplace_back();  // all cases there are
    for (const auto& one : m_entries)
        if (!one.heading) filters.push_back(one.filter);
    for (auto& filter : filters) filter.asOf = m_bridge.asOf();
    const auto mine = ++m_asked;
    m_bridge.tally(std::move(filters), QueueRailSlot, this,
                   [this, mine](const std::vector<engine::QueueTally>& tallies) {
                       if (mine != m_asked) return;
                       m_pacer.answered();
                       take(tallies);
                   });
}

void QueueListModel::take(const std::vector<engine::QueueTally>& tallies) {
    if (tallies.empty()) return;
    m_all = tallies.front().total;
    m_counted = true;
    std::size_t next = 1;
    for (auto& one : m_entries)
        if (!one.heading && next < tallies.size()) one.tally = tallies[next++];
    Q_EMIT dataChanged(index(0), index(rowCount() - 1));
    Q_EMIT counted();
}

const QueueEntry* QueueListModel::entry(const QString& id) const { return entryAt(rowOf(id)); }

const QueueEntry* QueueListModel::entryAt(int row) const {
    return row >= 0 && row < rowCount() ? &m_entries[static_cast<std::size_t>(row)] : nullptr;
}

int QueueListModel::rowOf(const QString& id) const {
    for (int row = 0; row < rowCount(); ++row)
        if (const auto& one = m_entries[static_cast<std::size_t>(row)]; !one.heading && one.id == id) return row;
    return -1;
}

int QueueListModel::rowOfNth(int n) const {
    for (int row = 0; row < rowCount(); ++row)
        if (!m_entries[static_cast<std::size_t>(row)].heading && n-- == 0) return row;
    return -1;
}

int QueueListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

QVariant QueueListModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const auto& one = m_entries[static_cast<std::size_t>(index.row())];
    switch (role) {
        case Qt::DisplayRole: return one.name;
        case IdRole: return one.id;
        case HeadingRole: return one.heading;
        case IconNameRole: return one.icon;
        case TotalRole: return QVariant::fromValue(static_cast<qint64>(one.tally.total));
        case ShareRole: {
            QVariantList shares;
            for (const auto count : one.tally.bySla) shares.append(QVariant::fromValue(static_cast<qint64>(count)));
            return shares;
        }
        case OldestRole: return QVariant::fromValue(static_cast<qint64>(one.tally.oldest.ms));
        case ShortcutRole: {
            int n = 0;
            for (int row = 0; row < index.row(); ++row) n += m_entries[static_cast<std::size_t>(row)].heading ? 0 : 1;
            return n < 9 ? tr("Ctrl+%1").arg(n + 1) : QString();
        }
        case Qt::AccessibleTextRole:
            return one.heading
                       ? one.name
                       : tr("%1, %2 cases").arg(one.name, QLocale().toString(static_cast<qlonglong>(one.tally.total)));
        case Qt::ToolTipRole: {
            if (one.heading || !m_counted) return {};
            if (one.tally.total == 0) return tr("No cases");
            return tr("%1 cases, the oldest from %2")
                .arg(QLocale().toString(static_cast<qlonglong>(one.tally.total)),
                     agoWords(one.tally.oldest, m_bridge.shownAt()));
        }
        default: return {};
    }
}

Qt::ItemFlags QueueListModel::flags(const QModelIndex& index) const {
    const auto* one = entryAt(index.row());
    return one && !one->heading ? Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren : Qt::NoItemFlags;
}

}  // namespace wl::ui
