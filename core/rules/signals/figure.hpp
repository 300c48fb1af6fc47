// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Figures about the desk's work, one definition each. A figure says how it was made: what was counted, out of what,
// over which period, what was left out. Cases are taken in one after the other, in any order; pure.
//
// Shares are numerator / denominator. Medians and 90th percentiles are nearest rank (of n values in order the value
// number ceil(q·n)), never interpolated. Periods are [from, to) in seconds; every duration is in whole seconds.

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "rules/signals/life.hpp"

namespace wl::rules::signals {

enum class Unit : std::uint8_t { Cases, Share, Hours, Days, Ratio, Messages, Patterns };
/// Band, Reason and Pattern break down the figures that are made so, no others.
enum class By : std::uint8_t { Department, Service, Area, Channel, Crew, Owner, Band, Reason, Pattern };
/// Whether the unit is a number of things, which needs no least n.
[[nodiscard]] constexpr bool isCount(Unit unit) {
    return unit == Unit::Cases || unit == Unit::Messages || unit == Unit::Patterns;
}
/// Whether people may ask for any figure to be broken down so.
[[nodiscard]] constexpr bool isForAll(By by) { return by < By::Band; }
[[nodiscard]] std::string_view code(Unit unit);
[[nodiscard]] std::string_view code(By by);
[[nodiscard]] std::optional<By> byFromCode(std::string_view code);

enum class FigureKind : std::uint8_t {
    // clang-format off
    Opened, Closed, Backlog, Ageing, FirstResponse, WorkDone, TimeToClose, OnTime, Overdue, AtRisk, DueSoon, Oldest,
    Reopened, HandOffs, Held, Workload, Duplicates, Council, Fairness, MessagesSent, MessagesKept, HotSpots,
    // clang-format on
};
inline constexpr int kFigureCount = 22;

struct FigureSpec {
    FigureKind kind;
    std::string_view name;     ///< on the command line and in files
    std::string_view title;
    Unit unit;
    By by;                     ///< how it is broken down unless asked otherwise
    bool standing;             ///< of one instant, the end of the period; else of what happened in the period
    bool lowerIsBetter;
    std::string_view formula;  ///< in words
};
[[nodiscard]] const std::array<FigureSpec, kFigureCount>& figureSpecs();
[[nodiscard]] const FigureSpec* figureSpec(std::string_view name);
[[nodiscard]] const FigureSpec& figureSpec(FigureKind kind);
/// Bits of ChangeSet masks that can change the figure.
[[nodiscard]] std::uint64_t concerns(FigureKind kind);

/// Fewer than this and no trend and no ranking is claimed.
inline constexpr std::int64_t kFew = 20;
/// Bounds of the bands of age, in days.
inline constexpr std::array<int, 7> kAgeBands{1, 3, 7, 14, 30, 90, 365};

struct Scope {
    Second from{}, to{};       ///< [from, to); what happened at `now` or later does not count
    std::int64_t nowMs{};      ///< the instant that "open", "overdue" and "at risk" are judged at
    std::vector<bool> departments, services, areas;  ///< by number; empty = all
    std::optional<By> by;
    std::vector<Second> buckets;  ///< ascending starts of the series' steps; the first is `from`
    std::int32_t group{-1};       ///< the cases behind this group alone (-1: behind all)
    bool collect{};               ///< remember the cases behind the figure
    [[nodiscard]] Second now() const { return secondOf({nowMs}); }
    /// The instant that a standing figure is of.
    [[nodiscard]] Second end() const { return std::min(to - 1, now()); }
};

struct FigureGroup {
    std::int32_t number{};  ///< of the code; the channel, the band or the reason
    std::string key, label;
    double value{};
    std::int64_t numerator{}, denominator{}, n{};
    double p90{};            ///< medians
    double low{}, high{};  ///< Fairness: 95 in 100 intervals of the ratio; Pattern: faults expected, days between such
    std::string place;  ///< Pattern: code of its area; empty = the whole city
    bool few{};  ///< n is less than kFew: say so instead of ranking it
};
struct FigurePoint {
    Second at{};  ///< start of the step
    double value{};
    std::int64_t n{};
};
struct FigureSeries {
    std::string name;
    std::vector<FigurePoint> points;
};
struct FigurePart {
    std::string name;
    double value{};
    std::int64_t numerator{}, denominator{};
};
struct Exclusion {
    std::string name;
    std::int64_t n{};
};

struct Figure {
    FigureKind kind{};
    Unit unit{};
    By by{};
    Second from{}, to{}, asOf{};
    bool empty{true};  ///< nothing to say: no value
    double value{};
    std::int64_t numerator{}, denominator{}, n{};
    std::vector<FigurePart> parts;  ///< the same looked at another way
    std::vector<Exclusion> exclusions;
    std::vector<FigureGroup> groups;
    std::vector<FigureSeries> series;
    std::vector<CaseKey> cases;  ///< behind the denominator, or all; oldest request first
    std::vector<CaseKey> counted;  ///< of these, behind the numerator
};

/// Takes cases in and gives the figure at the end.
class Tally {
public:
    /// Nothing for HotSpots, which are no count of cases.
    static std::unique_ptr<Tally> make(FigureKind kind, Scope scope);
    Tally(FigureKind kind, Scope scope);
    virtual ~Tally() = default;
    void take(const CaseLife& life) {
        if (has(m_scope.departments, life.department) && has(m_scope.services, life.service) &&
            has(m_scope.areas, life.area))
            add(life);
    }
    [[nodiscard]] Figure finish();

protected:
    /// What one group, or everything, comes to.
    struct Sum {
        std::int64_t numerator{}, denominator{};
        std::int64_t most{};
        std::vector<std::uint32_t> lengths;  ///< in seconds
    };

    virtual void add(const CaseLife& life) = 0;
    virtual void conclude(Figure& figure) = 0;

    [[nodiscard]] bool inPeriod(Second at) const { return at >= m_scope.from && at < m_scope.to && at <= m_now; }
    [[nodiscard]] std::int32_t groupOf(const CaseLife& life) const;
    Sum& sum(std::int32_t group);
    void remember(const CaseLife& life, std::int32_t group, bool counted);
    /// Step of the series in which it lies; -1 outside.
    [[nodiscard]] int bucketOf(Second at) const;
    /// Counts, shares or medians of all groups and of everything.
    void concludeCounts(Figure& figure);
    void concludeShares(Figure& figure);
    void concludeLengths(Figure& figure, double secondsPerUnit);
    [[nodiscard]] FigureSeries seriesOf(std::string name, const std::vector<std::int64_t>& counts) const;
    /// Values of m_steps: shares, or medians where `secondsPerUnit` is given.
    [[nodiscard]] FigureSeries stepSeries(std::string name, double secondsPerUnit = 0);
    /// Counts one more for a group and the step of that instant.
    void count(const CaseLife& life, std::int32_t group, Second at, bool counted);
    void measure(const CaseLife& life, std::int32_t group, Second at, Second length);

    Scope m_scope;
    Second m_now;
    FigureKind m_kind;
    By m_by;
    std::vector<Sum> m_sums;  ///< by group number
    std::vector<Sum> m_steps;  ///< by step of the series

private:
    static bool has(const std::vector<bool>& wanted, std::int32_t number) {
        return wanted.empty() ||
               (static_cast<std::size_t>(number) < wanted.size() && wanted[static_cast<std::size_t>(number)]);
    }
    struct Seen {
        Second requested;
        CaseKey key;
        bool counted;
    };
    std::vector<Seen> m_seen;
};

/// The value number ceil(q·n) of n in order; 0 of none. Reorders them.
[[nodiscard]] std::uint32_t nearestRank(std::vector<std::uint32_t>& values, double q);

}  // namespace wl::rules::signals
