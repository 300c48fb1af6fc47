// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/case_table_model.hpp"

#include <QDataStream>
#include <QIODevice>
#include <QMimeData>
#include <QThreadPool>

#include <algorithm>
#include <ranges>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "ui/models/sync_words.hpp"
#include "ui/models/workload_model.hpp"

namespace wl::ui {
namespace {

using namespace Qt::StringLiterals;

constexpr std::size_t kMorphLimit = 4096;  // keys that may differ
constexpr int kMoveLimit = 64;             // runs of rows that may come or go
constexpr std::size_t kLong = 100'000;    // rows

}  // namespace

CaseTableModel::CaseTableModel(ConsoleBridge& bridge, QObject* parent)
    : QAbstractTableModel(parent), m_bridge(bridge), m_names(bridge.catalogue(), bridge.engine().city()),
      m_rows(bridge), m_listing(std::make_shared<engine::CaseListing>()), m_keys(m_listing, &m_listing->keys) {
    connect(&bridge, &ConsoleBridge::changed, this, &CaseTableModel::onChanged);
    connect(&bridge, &ConsoleBridge::catalogueChanged, this, &CaseTableModel::onCatalogueChanged);
    connect(&bridge, &ConsoleBridge::instantChanged, this, [this] { m_rows.forgetAll(); });
    connect(&bridge, &ConsoleBridge::syncChanged, this, &CaseTableModel::onSyncChanged);
    onSyncChanged();
}

void CaseTableModel::setListing(engine::CaseListingPtr listing) {
    auto old = std::exchange(m_listing, std::move(listing));
    const KeysPtr keys(m_listing, &m_listing->keys);
    if (*m_keys == *keys || morphTo(*keys)) {
        m_keys = keys;
    } else {
        beginResetModel();
        m_keys = keys;
        endResetModel();
    }
    // Giving back the memory of a very long list takes milliseconds.
    if (old->keys.size() > kLong) QThreadPool::globalInstance()->start([old = std::move(old)] {});
}

// Takes rows away, reorders what is left, puts rows in: only in the stretch where the lists differ. False if that
// would be more work than starting afresh; nothing is changed then.
bool CaseTableModel::morphTo(const std::vector<CaseKey>& to) {
    const auto& from = *m_keys;
    const auto head = static_cast<std::size_t>(std::ranges::mismatch(from, to).in1 - from.begin());
    const auto tail =
        static_cast<std::size_t>(std::ranges::mismatch(from | std::views::drop(head) | std::views::reverse,
                                                       to | std::views::drop(head) | std::views::reverse)
                                     .in1 -
                                 (from | std::views::drop(head) | std::views::reverse).begin());
    const auto fromEnd = from.size() - tail;
    const auto toEnd = to.size() - tail;
    if (fromEnd - head > kMorphLimit || toEnd - head > kMorphLimit) return false;

    std::unordered_map<CaseKey, std::size_t> target;
    for (auto i = head; i < toEnd; ++i) target.emplace(to[i], i);
    std::unordered_set<CaseKey> present;
    int runs = 0;
    for (auto i = head; i < fromEnd; ++i) {
        const bool stays = target.contains(from[i]);
        if (stays) present.insert(from[i]);
        else if (i == head || target.contains(from[i - 1])) ++runs;
    }
    for (auto i = head; i < toEnd; ++i)
        if (!present.contains(to[i]) && (i == head || present.contains(to[i - 1]))) ++runs;
    if (runs > kMoveLimit) return false;

    const auto mine = std::make_shared<std::vector<CaseKey>>(from);
    auto& keys = *mine;
    m_keys = mine;
    for (auto end = fromEnd; end > head;) {
        auto begin = end;
        while (begin > head && !target.contains(keys[begin - 1])) --begin;
        if (begin == end) {
            --end;
            continue;
        }
        beginRemoveRows({}, static_cast<int>(begin), static_cast<int>(end) - 1);
        keys.erase(keys.begin() + static_cast<std::ptrdiff_t>(begin), keys.begin() + static_cast<std::ptrdiff_t>(end));
        endRemoveRows();
        end = begin;
    }

    const auto stayEnd = head + present.size();
    const auto stretch = std::ranges::subrange(keys.begin() + static_cast<std::ptrdiff_t>(head),
                                               keys.begin() + static_cast<std::ptrdiff_t>(stayEnd));
    const auto byTarget = [&](CaseKey key) { return target.at(key); };
    if (!std::ranges::is_sorted(stretch, {}, byTarget)) {
        Q_EMIT layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
        const auto held = persistentIndexList();
        std::vector<CaseKey> heldKeys;
        for (const auto& index : held) heldKeys.push_back(keys[static_cast<std::size_t>(index.row())]);
        std::ranges::sort(stretch, {}, byTarget);
        std::unordered_map<CaseKey, int> now;
        for (auto i = head; i < stayEnd; ++i) now.emplace(keys[i], static_cast<int>(i));
        for (qsizetype i = 0; i < held.size(); ++i)
            if (const auto at = now.find(heldKeys[static_cast<std::size_t>(i)]); at != now.end())
                changePersistentIndex(held[i], index(at->second, held[i].column()));
        Q_EMIT layoutChanged({}, QAbstractItemModel::VerticalSortHint);
    }

    for (auto begin = head; begin < toEnd;) {
        auto end = begin;
        while (end < toEnd && !present.contains(to[end])) ++end;
        if (end == begin) {
            ++begin;
            continue;
        }
        beginInsertRows({}, static_cast<int>(begin), static_cast<int>(end) - 1);
        keys.insert(keys.begin() + static_cast<std::ptrdiff_t>(begin), to.begin() + static_cast<std::ptrdiff_t>(begin),
                    to.begin() + static_cast<std::ptrdiff_t>(end));
        endInsertRows();
        begin = end;
    }
    return true;
}

CaseKey CaseTableModel::keyAt(int row) const {
    return row >= 0 && row < rowCount() ? (*m_keys)[static_cast<std::size_t>(row)] : CaseKey{};
}

int CaseTableModel::rowOf(CaseKey key) const {
    if (const auto seen = m_rows.lastIndexOf(key); seen && *seen < m_keys->size() && (*m_keys)[*seen] == key)
        return static_cast<int>(*seen);
    const auto at = std::ranges::find(*m_keys, key);
    return at == m_keys->end() ? -1 : static_cast<int>(at - m_keys->begin());
}

const store::CaseRow* CaseTableModel::caseAt(int row) const {
    return row >= 0 && row < rowCount() ? m_rows.row(*m_keys, static_cast<std::size_t>(row)) : nullptr;
}

int CaseTableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_keys->size());
}

int CaseTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : engine::kCaseColumnCount;
}

QVariant CaseTableModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    if (role == KeyRole) return QVariant::fromValue(static_cast<qint64>(keyAt(index.row()).value));
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole && role != SlaRole && role != IconNameRole &&
        role != StatusRole && role != QuietRole && role != PresenceRole && role != Qt::AccessibleTextRole)
        return {};
    const auto* row = caseAt(index.row());
    if (!row) return {};
    const auto& column = caseColumns()[static_cast<std::size_t>(index.column())];
    const CellContext context{m_names, m_bridge.shownAt()};
    QString present;
    if (column.column == engine::CaseColumn::Title)
        if (const auto found = m_presence.find(row->id); found != m_presence.end()) present = found->second;
    switch (role) {
        case Qt::DisplayRole: return column.text(*row, context);
        case Qt::AccessibleTextRole: {
            const auto words = QString(column.header() + u' ' + column.text(*row, context));
            return present.isEmpty() ? words : QString(words + u". "_s + present);
        }
        case Qt::ToolTipRole: {
            const auto words = column.hint ? column.hint(*row, context) : column.text(*row, context);
            return present.isEmpty() ? words : QString(words + u'\n' + present);
        }
        case PresenceRole: return present;
        case IconNameRole: return column.icon ? column.icon(*row) : QString();
        case SlaRole: return static_cast<int>(slaStateAt(row->clock, context.now));
        case QuietRole:
            return column.column == engine::CaseColumn::Title ? QString::fromStdString(row->address).simplified()
                                                              : QString();
        case StatusRole: return static_cast<int>(row->status);
        default: return {};
    }
}

QVariant CaseTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= engine::kCaseColumnCount) return {};
    if (role == Qt::DisplayRole) return caseColumns()[static_cast<std::size_t>(section)].header();
    if (role == Qt::TextAlignmentRole) return QVariant::fromValue(Qt::Alignment(Qt::AlignLeft | Qt::AlignVCenter));
    return {};
}

Qt::ItemFlags CaseTableModel::flags(const QModelIndex& index) const {
    const auto usual = QAbstractTableModel::flags(index);
    return index.isValid() ? usual | Qt::ItemIsDragEnabled : usual;
}

QStringList CaseTableModel::mimeTypes() const { return {QString::fromLatin1(kCaseKeysMime)}; }

QMimeData* CaseTableModel::mimeData(const QModelIndexList& rows) const {
    QList<qint64> keys;
    std::unordered_set<std::int64_t> seen;  // a row has an index a column
    for (const auto& index : rows)
        if (const auto key = keyAt(index.row()); key && seen.insert(key.value).second) keys << key.value;
    QByteArray bytes;
    QDataStream out(&bytes, QIODevice::WriteOnly);
    out << keys;
    auto* data = new QMimeData;
    data->setData(QString::fromLatin1(kCaseKeysMime), bytes);
    return data;
}

void CaseTableModel::sort(int column, Qt::SortOrder order) {
    if (column < 0 || column >= engine::kCaseColumnCount) return;
    const engine::CaseOrder wanted{static_cast<engine::CaseColumn>(column), order == Qt::DescendingOrder};
    if (wanted == m_order) return;
    m_order = wanted;
    Q_EMIT orderRequested(wanted);
}

void CaseTableModel::onChanged(const ChangeSetPtr& changes) {
    if (changes->everything) {
        m_rows.forgetAll();
        if (!m_keys->empty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
        return;
    }
    for (const auto& [key, mask] : changes->cases) {
        const auto seen = m_rows.lastIndexOf(key);
        m_rows.forget(key);
        if (seen && *seen < m_keys->size() && (*m_keys)[*seen] == key) {
            const auto row = static_cast<int>(*seen);
            Q_EMIT dataChanged(index(row, 0), index(row, columnCount() - 1));
        }
    }
}

void CaseTableModel::onCatalogueChanged() {
    m_names = CodeNames(m_bridge.catalogue(), m_bridge.engine().city());
    if (!m_keys->empty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

void CaseTableModel::onSyncChanged() {
    std::unordered_map<CaseId, QString> now;
    for (const auto& entry : m_bridge.sync()->presence) {
        auto& words = now[entry.caseId];
        if (!words.isEmpty()) words += u'\n';
        words += presenceWords(entry, QString::fromStdString(m_bridge.catalogue()->staffName(entry.agent)));
    }
    if (now == m_presence) return;
    m_presence = std::move(now);
    const auto column = static_cast<int>(engine::CaseColumn::Title);
    if (rowCount() > 0) Q_EMIT dataChanged(index(0, column), index(rowCount() - 1, column));
}

}  // namespace wl::ui
