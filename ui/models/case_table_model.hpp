// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The case list as a table: as many rows as the listing has keys, of which only the pages on screen are ever read.
// Holds no truth: a change set makes the rows it names be read again. GUI thread.

#include <QAbstractTableModel>

#include <unordered_map>

#include "ui/models/case_columns.hpp"
#include "ui/models/case_row_cache.hpp"
#include "ui/models/console_bridge.hpp"

namespace wl::ui {

class CaseTableModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Role : int {
        KeyRole = Qt::UserRole + 1,
        SlaRole,
        IconNameRole,
        StatusRole,
        QuietRole,
        PresenceRole
    };  // QuietRole: what follows the text in a quieter ink; PresenceRole: who has the case open elsewhere

    explicit CaseTableModel(ConsoleBridge& bridge, QObject* parent = nullptr);

    /// Shows another list. Small differences become row moves, so that selection and scroll position stay.
    void setListing(engine::CaseListingPtr listing);
    [[nodiscard]] const engine::CaseListingPtr& listing() const { return m_listing; }
    [[nodiscard]] CaseKey keyAt(int row) const;
    /// The row of a case, -1 if the list does not have it.
    [[nodiscard]] int rowOf(CaseKey key) const;
    /// Null beyond the list or if the case cannot be read.
    [[nodiscard]] const store::CaseRow* caseAt(int row) const;
    [[nodiscard]] const CodeNames& names() const { return m_names; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
    /// The keys of the rows, to be dropped on a crew.
    [[nodiscard]] QStringList mimeTypes() const override;
    [[nodiscard]] QMimeData* mimeData(const QModelIndexList& rows) const override;
    void sort(int column, Qt::SortOrder order) override;
    [[nodiscard]] engine::CaseOrder order() const { return m_order; }
    /// What the header shows; the listing comes from whoever asks the engine.
    void setOrder(engine::CaseOrder order) { m_order = order; }

Q_SIGNALS:
    /// The user wants another order; the model shows it when a listing in that order is set.
    void orderRequested(wl::engine::CaseOrder order);

private:
    using KeysPtr = std::shared_ptr<const std::vector<CaseKey>>;

    void onChanged(const ChangeSetPtr& changes);
    void onCatalogueChanged();
    void onSyncChanged();
    bool morphTo(const std::vector<CaseKey>& to);

    ConsoleBridge& m_bridge;
    CodeNames m_names;
    mutable CaseRowCache m_rows;  // data() is const, reading ahead is not visible
    engine::CaseListingPtr m_listing;
    KeysPtr m_keys;  ///< what is shown; other than the listing's only while it is being morphed
    engine::CaseOrder m_order;
    std::unordered_map<CaseId, QString> m_presence;  ///< who has a case open at another console
};

}  // namespace wl::ui
