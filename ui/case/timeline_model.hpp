// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The lines of one case's timeline for a list view: filtered by topic, newest first or last.

#include <QAbstractListModel>

#include <vector>

#include "ui/case/timeline_lines.hpp"

namespace wl::ui {

enum class TimelineFilter : std::uint8_t { Everything, Messages, Changes };

class TimelineModel final : public QAbstractListModel {
    Q_OBJECT

public:
    using QAbstractListModel::QAbstractListModel;

    /// Lines that were there stay in place, so that views keep their scroll position and selection.
    void show(std::vector<TimelineLine> lines, const QTimeZone& zone, Instant now);
    void setNow(Instant now);
    void setFilter(TimelineFilter filter);
    void setNewestFirst(bool newestFirst);
    [[nodiscard]] TimelineFilter filter() const { return m_filter; }
    [[nodiscard]] bool newestFirst() const { return m_newestFirst; }
    [[nodiscard]] const TimelineLine& line(int row) const;
    /// "3 h ago" for that row.
    [[nodiscard]] QString when(int row) const;
    [[nodiscard]] int messageCount() const;
    [[nodiscard]] int totalCount() const { return static_cast<int>(m_lines.size()); }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

private:
    [[nodiscard]] std::vector<std::size_t> wanted() const;
    void rebuild();

    std::vector<TimelineLine> m_lines;
    std::vector<std::size_t> m_rows;  ///< into m_lines
    QTimeZone m_zone{QTimeZone::utc()};
    Instant m_now;
    TimelineFilter m_filter{TimelineFilter::Everything};
    bool m_newestFirst{};
};

}  // namespace wl::ui
