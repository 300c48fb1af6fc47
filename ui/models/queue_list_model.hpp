// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The rail of queues: what each one asks for and how many cases it holds now, by clock state. Counts are taken by the
// reader thread, paced, whenever cases change. GUI thread.

#include <QAbstractListModel>

#include "ui/models/console_bridge.hpp"
#include "ui/models/pacer.hpp"
#include "ui/models/view_store.hpp"

namespace wl::ui {

struct QueueEntry {
    QString id;    ///< stable, for settings: "mine", "department:water"
    QString name;
    QString icon;  ///< Breeze name
    bool heading{};
    engine::CaseFilter filter;
    engine::QueueTally tally;
    std::optional<engine::CaseOrder> order{};  ///< a saved view brings its own
    bool saved{};                              ///< somebody's view, which can be renamed and deleted
};

class QueueListModel final : public QAbstractListModel {
    Q_OBJECT

public:
    // clang-format off
    enum Role : int { IdRole = Qt::UserRole + 1, HeadingRole, IconNameRole, TotalRole, ShareRole, OldestRole, ShortcutRole };
    // clang-format on

    /// With `views` those that are pinned stand in the list too.
    explicit QueueListModel(ConsoleBridge& bridge, const ViewStore* views = nullptr, QObject* parent = nullptr);

    /// Null if there is no such queue.
    [[nodiscard]] const QueueEntry* entry(const QString& id) const;
    [[nodiscard]] const QueueEntry* entryAt(int row) const;
    [[nodiscard]] int rowOf(const QString& id) const;
    /// The n-th queue (from 0), headings not counted; -1 if there are fewer.
    [[nodiscard]] int rowOfNth(int n) const;
    [[nodiscard]] std::int64_t allCases() const { return m_all; }
    [[nodiscard]] bool isCounted() const { return m_counted; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;

Q_SIGNALS:
    void counted();
    /// The filters of the queues are others now (another agent, new departments).
    void redefined();

private:
    void define();
    void defineViews();
    void ask();
    void take(const std::vector<engine::QueueTally>& tallies);

    ConsoleBridge& m_bridge;
    const ViewStore* m_views;
    std::vector<QueueEntry> m_entries;
    std::int64_t m_all{};
    Pacer m_pacer;
    std::uint64_t m_asked{};
    bool m_counted{};
};

}  // namespace wl::ui
