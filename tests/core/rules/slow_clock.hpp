// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The SLA rules once more, written to be obviously right and slow: one minute after the other, the state of every
// minute looked up by itself. It shares nothing with core/rules but the structs. All times are whole minutes.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "domain/case_state.hpp"
#include "rules/catalogue.hpp"

namespace wl::rules::test {

/// What a clock on the wall shows in every minute of 2024 to 2026.
struct SlowZone {
    static constexpr std::int64_t kFirst = 28'401'120;  ///< 2024-01-01T00:00Z in minutes
    static constexpr std::int64_t kCount = 1'578'240;   ///< three years
    std::vector<std::int64_t> shown;
    std::vector<std::int64_t> latestShown;  ///< the latest time shown so far: what windows go by

    explicit SlowZone(std::string_view name) {
        const auto* zone = std::chrono::locate_zone(name);
        std::optional<std::chrono::sys_info> info;
        std::int64_t latest = 0;
        for (std::int64_t m = kFirst; m < kFirst + kCount; ++m) {
            const std::chrono::sys_seconds at{std::chrono::minutes{m}};
            if (!info || at >= info->end) info = zone->get_info(at);
            shown.push_back(m + info->offset.count() / 60);
            latestShown.push_back(latest = std::max(latest, shown.back()));
        }
    }
    [[nodiscard]] bool covers(std::int64_t m) const { return m >= kFirst && m < kFirst + kCount; }
    [[nodiscard]] std::int64_t now(std::int64_t m) const { return shown[static_cast<std::size_t>(m - kFirst)]; }
    [[nodiscard]] std::int64_t latest(std::int64_t m) const {
        return latestShown[static_cast<std::size_t>(m - kFirst)];
    }
    /// The first minute in which the clock shows `wall` or later.
    [[nodiscard]] std::int64_t when(std::int64_t wall) const {
        std::int64_t m = std::max(kFirst, wall - 2000);
        while (covers(m) && latest(m) < wall) ++m;
        return m;
    }
};

struct SlowResult {
    std::int64_t due{};
    bool paused{};
    SlaState settled{SlaState::OnTrack};
};

class SlowClock {
public:
    /// `longest`: minutes after which a pause for a reason ends by itself.
    SlowClock(const SlowZone& zone, const WorkCalendar& calendar, std::map<std::string, int> longest = {})
        : m_zone(zone), m_calendar(calendar), m_longest(std::move(longest)) {
        for (const auto& [date, name] : calendar.holidays) m_holidays.insert(date);
        m_open.reserve(SlowZone::kCount);
        for (auto m = SlowZone::kFirst; m < SlowZone::kFirst + SlowZone::kCount; ++m) m_open.push_back(isOpenSlowly(m));
    }

    /// Nothing if it would lie outside the three years.
    [[nodiscard]] std::optional<SlowResult> resolve(const CaseState& state, const SlaTarget& target, std::int64_t start,
                                                    std::int64_t finished, const std::set<std::string>& running) const {
        const bool business = target.unit == TargetUnit::BusinessMinutes || target.unit == TargetUnit::BusinessDays;
        const bool days = target.unit == TargetUnit::BusinessDays || target.unit == TargetUnit::CalendarDays;
        SlowResult out;
        std::int64_t due = target.unit == TargetUnit::BusinessDays ? businessDays(start, target.amount)
                           : target.unit == TargetUnit::CalendarDays
                               ? m_zone.when(m_zone.now(start) + target.amount * 1440)
                               : -1;
        std::int64_t used = 0;
        bool stood = false;  // in the minute before
        for (auto m = start;; ++m) {
            if (!m_zone.covers(m) || (days && (due < 0 || !m_zone.covers(due)))) return std::nullopt;
            const bool over = finished >= 0 && m >= finished;
            bool lasting = false;
            const auto standing = over ? Standing::No : standsStill(state, m, start, running, &lasting);
            const bool counts = !business || open(m);
            if (days) {
                if (over && stood) due = std::max(due, m);  // reached while standing still
                if (over || (m >= due && !(stood && standing != Standing::No))) break;
                if (lasting) out.paused = finished < 0;
                if (standing == Standing::ForGood) {
                    out.paused = finished < 0;
                    break;
                }
                if (standing == Standing::Yes && counts) due = oneLater(due, business);
            } else {
                if (used == target.amount) {
                    due = m;
                    break;
                }
                // One that never ends is taken as if it ended at once.
                if (standing == Standing::ForGood || lasting) out.paused = finished < 0;
                if (counts && standing != Standing::Yes) ++used;
            }
            stood = standing == Standing::Yes;
        }
        if (!m_zone.covers(due)) return std::nullopt;
        out.due = due;
        if (finished >= 0) out.settled = finished <= due ? SlaState::Met : SlaState::Breached;
        return out;
    }

    [[nodiscard]] bool open(std::int64_t m) const { return m_open[static_cast<std::size_t>(m - SlowZone::kFirst)]; }

private:
    enum class Standing { No, Yes, ForGood };

    // By walking the whole history anew: which step was the last one by then?
    [[nodiscard]] Standing standsStill(const CaseState& state, std::int64_t m, std::int64_t start,
                                       const std::set<std::string>& running, bool* lasting) const {
        std::int64_t latest = start;
        const StatusEvent* last = nullptr;
        bool more = false;
        std::int64_t since = start;
        for (const auto& event : state.history) {
            if (!event.effective) continue;
            latest = std::max(latest, event.at.ms / 60'000);
            if (latest <= m) last = &event, more = false, since = latest;
            else more = true;
        }
        if (last == nullptr || last->to != Status::Waiting || running.contains(last->reason)) return Standing::No;
        const auto longest = m_longest.find(last->reason);
        const bool ends = last->until || longest != m_longest.end();
        if (last->until && m >= last->until.ms / 60'000) return Standing::No;
        if (longest != m_longest.end() && m >= since + longest->second) return Standing::No;
        *lasting = ends && !more;
        return more || ends ? Standing::Yes : Standing::ForGood;
    }
    [[nodiscard]] std::string dateText(std::int64_t day) const {
        const std::chrono::year_month_day d{std::chrono::sys_days{std::chrono::days{day}}};
        char text[16];
        std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(d.year()), static_cast<unsigned>(d.month()),
                      static_cast<unsigned>(d.day()));
        return text;
    }
    [[nodiscard]] const std::vector<WorkWindow>& windowsOf(std::int64_t day) const {
        static const std::vector<WorkWindow> none;
        auto& known = m_byDay[static_cast<std::size_t>(day - kFirstDay)];
        if (known == nullptr) {
            const auto weekday = std::chrono::weekday{std::chrono::sys_days{std::chrono::days{day}}}.iso_encoding() - 1;
            known = m_holidays.contains(dateText(day)) ? &none : &m_calendar.week[weekday];
        }
        return *known;
    }
    // The date whose window the wall time lies in.
    [[nodiscard]] std::optional<std::int64_t> owner(std::int64_t wall) const {
        for (const auto day : {wall / 1440 - 1, wall / 1440})
            for (const auto& w : windowsOf(day))
                if (const auto minute = wall - day * 1440; minute >= w.from && minute < w.to) return day;
        return std::nullopt;
    }
    [[nodiscard]] bool isOpenSlowly(std::int64_t m) const { return owner(m_zone.latest(m)).has_value(); }
    [[nodiscard]] std::int64_t oneLater(std::int64_t m, bool business) const {
        while (business && m_zone.covers(m) && !open(m)) ++m;
        return m + 1;
    }
    [[nodiscard]] std::int64_t businessDays(std::int64_t start, int count) const {
        auto m = start;
        while (m_zone.covers(m) && !open(m)) ++m;
        if (!m_zone.covers(m)) return -1;
        auto day = *owner(m_zone.latest(m));
        const auto intoDay = m_zone.now(m) - day * 1440;
        const auto last = (SlowZone::kFirst + SlowZone::kCount) / 1440 - 2;
        for (int left = count; left > 0;) {
            if (++day > last) return -1;
            if (!windowsOf(day).empty()) --left;
        }
        const auto& windows = windowsOf(day);
        return std::clamp(m_zone.when(day * 1440 + intoDay), m_zone.when(day * 1440 + windows.front().from),
                          m_zone.when(day * 1440 + windows.back().to));
    }

    const SlowZone& m_zone;
    const WorkCalendar& m_calendar;
    std::map<std::string, int> m_longest;
    std::set<std::string> m_holidays;
    std::vector<bool> m_open;
    static constexpr std::int64_t kFirstDay = SlowZone::kFirst / 1440 - 3;
    mutable std::vector<const std::vector<WorkWindow>*> m_byDay = std::vector<const std::vector<WorkWindow>*>(1110);
};

}  // namespace wl::rules::test
