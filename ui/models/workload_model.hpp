// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Who has how much: departments and their crews with open, unassigned, at-risk and breached cases and days of work.
// Counted by the reader thread, paced, whenever cases change. GUI thread.

#include <QAbstractTableModel>

#include "rules/balance.hpp"
#include "ui/models/console_bridge.hpp"
#include "ui/models/pacer.hpp"

namespace wl::ui {

struct WorkloadRow {
    QString name;
    std::string department, crew;  ///< crew empty: the whole department; both empty: nobody's
    int capacity{};                ///< cases a day; 0 = not known
    engine::CaseFilter filter;
    engine::QueueTally open, unassigned;
    std::int64_t offered{};        ///< cases that wait for this department to accept
};

/// Cases nobody owns, by how long they have been here.
struct UnassignedAges {
    std::int64_t hours{}, day{}, days{}, older{};  ///< up to 4 hours, 24 hours, 3 days, and more
};

class WorkloadModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column : int { Name, Open, Unassigned, AtRisk, Breached, Days, ColumnCount };
    enum Role : int { IsCrewRole = Qt::UserRole + 1, LoadRole, SlaRole };  ///< LoadRole: days of work as a number

    explicit WorkloadModel(ConsoleBridge& bridge, QObject* parent = nullptr);

    [[nodiscard]] const WorkloadRow* at(int row) const;
    [[nodiscard]] const UnassignedAges& ages() const { return m_ages; }
    [[nodiscard]] const std::vector<rules::BalanceSuggestion>& suggestions() const { return m_suggestions; }
    /// Nothing is asked while nobody looks.
    void setWatched(bool on);
    [[nodiscard]] bool isCounted() const { return m_counted; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
    [[nodiscard]] QStringList mimeTypes() const override;
    bool dropMimeData(const QMimeData* data, Qt::DropAction action, int row, int column,
                      const QModelIndex& parent) override;
    [[nodiscard]] bool canDropMimeData(const QMimeData* data, Qt::DropAction action, int row, int column,
                                       const QModelIndex& parent) const override;

Q_SIGNALS:
    void counted();
    /// Cases were dropped on a crew or department.
    void dropped(int row, const QList<qint64>& cases);

private:
    void define();
    void ask();
    void take(const std::vector<engine::QueueTally>& tallies);

    ConsoleBridge& m_bridge;
    std::vector<WorkloadRow> m_rows;
    UnassignedAges m_ages;
    std::vector<rules::BalanceSuggestion> m_suggestions;
    Pacer m_pacer;
    std::uint64_t m_asked{};
    bool m_watched{}, m_counted{};
};

/// What a drag of cases carries: their keys on this console.
inline constexpr const char* kCaseKeysMime = "application/x-wardline-case-keys";

}  // namespace wl::ui
