// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/case/timeline_model.hpp"

#include <algorithm>

#include "ui/models/time_words.hpp"

namespace wl::ui {

using namespace Qt::StringLiterals;

void TimelineModel::show(std::vector<TimelineLine> lines, const QTimeZone& zone, Instant now) {
    m_zone = zone;
    m_now = now;
    const bool grows =
        lines.size() >= m_lines.size() && std::ranges::equal(m_lines, std::span(lines).first(m_lines.size()), {},
                                                             &TimelineLine::stamp, &TimelineLine::stamp);
    if (!grows || m_lines.empty()) {
        m_lines = std::move(lines);
        rebuild();
        return;
    }
    // The usual case: something was added at the end. The rows there are stay, their words may be others.
    m_lines = std::move(lines);
    const auto rows = wanted();
    const auto added = static_cast<int>(rows.size() - m_rows.size());
    if (added > 0) {
        const int first = m_newestFirst ? 0 : static_cast<int>(m_rows.size());
        beginInsertRows({}, first, first + added - 1);
        m_rows = rows;
        endInsertRows();
    }
    if (!m_rows.empty()) Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

void TimelineModel::setNow(Instant now) {
    m_now = now;
    if (!m_rows.empty()) Q_EMIT dataChanged(index(0), index(rowCount() - 1), {Qt::DisplayRole});
}

void TimelineModel::setFilter(TimelineFilter filter) {
    m_filter = filter;
    rebuild();
}

void TimelineModel::setNewestFirst(bool newestFirst) {
    m_newestFirst = newestFirst;
    rebuild();
}

const TimelineLine& TimelineModel::line(int row) const { return m_lines[m_rows[static_cast<std::size_t>(row)]]; }
QString TimelineModel::when(int row) const { return agoWords(line(row).at, m_now); }

int TimelineModel::messageCount() const {
    return static_cast<int>(std::ranges::count(m_lines, TimelineTopic::Message, &TimelineLine::topic));
}

int TimelineModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant TimelineModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const auto& shown = line(index.row());
    QStringList parts{shown.heading, shown.who + u", "_s + when(index.row())};
    if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole) {
        if (!shown.body.isEmpty()) parts << shown.body;
        if (!shown.why.isEmpty()) parts << shown.why;
        return parts.join(u'\n');
    }
    if (role == Qt::ToolTipRole) {
        auto tip = absoluteWords(shown.at, m_zone);
        if (shown.recordedAt > shown.at + Millis{60'000})
            tip += u'\n' + tr("Recorded %1").arg(absoluteWords(shown.recordedAt, m_zone));
        return tip;
    }
    return {};
}

std::vector<std::size_t> TimelineModel::wanted() const {
    std::vector<std::size_t> rows;
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        const auto topic = m_lines[i].topic;
        if (m_filter == TimelineFilter::Messages && topic != TimelineTopic::Message) continue;
        if (m_filter == TimelineFilter::Changes && topic != TimelineTopic::Change) continue;
        rows.push_back(i);
    }
    if (m_newestFirst) std::ranges::reverse(rows);
    return rows;
}

void TimelineModel::rebuild() {
    beginResetModel();
    m_rows = wanted();
    endResetModel();
}

}  // namespace wl::ui
