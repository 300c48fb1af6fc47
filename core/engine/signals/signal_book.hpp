// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The lives of all cases, for figures: the narrow columns of the queue index and, beside them, what happened when
// (about 40 bytes a case). Owned by the reader thread; loaded in bounded steps once somebody asks for figures.

#include <string>

#include "engine/case_index.hpp"
#include "rules/signals/figure.hpp"
#include "store/lives.hpp"

namespace wl::engine {

/// Which part of the city's work, over which time. Codes; "" stands for cases where it is not set, no code for all.
struct SignalScope {
    Instant from, to;  ///< [from, to); `to` none = the end of today
    Instant asOf;      ///< as things stood then; none = now
    std::vector<std::string> departments, services, areas;
    bool operator==(const SignalScope&) const = default;
};

struct SignalQuestion {
    rules::signals::FigureKind kind{};
    SignalScope scope;
    std::optional<rules::signals::By> by;
    bool cases{};                      ///< also the cases behind it …
    std::optional<std::string> group;  ///< … of this group alone
};
using FiguresPtr = std::shared_ptr<const std::vector<rules::signals::Figure>>;

struct Patterns;
using PatternsPtr = std::shared_ptr<const Patterns>;

/// The days (up to 93), months or years of a period, in the city's zone: where the steps of a series begin.
[[nodiscard]] std::vector<Second> bucketsOf(Second from, Second to, const TimeZone& zone);
/// The local day of an instant, as its first second.
[[nodiscard]] Instant dayStart(Instant at, const TimeZone& zone, int daysLater = 0);

class SignalBook {
public:
    static Result<std::unique_ptr<SignalBook>> open(const std::filesystem::path& database);

    /// One bounded step; true when the histories of all cases up to this key are there.
    Result<bool> loadNext(std::int64_t highestKey);
    /// These cases changed. Those whose history cannot be read are left out; verification names them.
    void changed(std::span<const CaseKey> keys);
    /// Puts the history of a case beside what the index says; false if there is no such case.
    [[nodiscard]] bool lifeOf(const CaseIndex& index, std::size_t slot, rules::signals::CaseLife& out) const;

private:
    explicit SignalBook(std::unique_ptr<store::LifeReader> reader) : m_reader(std::move(reader)) {}
    void put(const store::CaseHistory& history);
    void compact();

    struct Page {
        std::uint32_t from{}, responded{}, workDone{};
        std::uint16_t count{};
        bool duplicate{};
    };
    std::unique_ptr<store::LifeReader> m_reader;
    std::vector<Page> m_pages;  ///< by key
    std::vector<LifeEvent> m_events;
    std::size_t m_unused{};
    std::int64_t m_loaded{};
};

/// One asking for several figures, in bounded steps over all cases.
class SignalRun {
public:
    /// Error: signals.period if a period ends before it begins.
    /// `patterns` are those found so far; null = nobody looked.
    static Result<std::unique_ptr<SignalRun>> begin(const std::vector<SignalQuestion>& questions, Instant now,
                                                    store::FacetReader& terms, rules::CataloguePtr catalogue,
                                                    PatternsPtr patterns);
    /// Takes in one slice of the cases; true at the end.
    bool step(const CaseIndex& index, const SignalBook& book);
    /// The figures, in the order of the questions, with names.
    [[nodiscard]] Result<FiguresPtr> finish(store::FacetReader& terms);

private:
    struct One {
        std::unique_ptr<rules::signals::Tally> tally;  ///< none: made of the patterns
        Second asOf{};  ///< 0: now
        SignalQuestion question;  ///< of one without tally
        rules::signals::Figure blank;
    };
    /// Cases of a service in a stretch of time: those behind a pattern of the whole city.
    struct Wanted {
        std::size_t pattern{};  ///< of m_patterns->list
        std::int32_t service{};
        Second from{}, to{};
        std::vector<CaseKey> cases;
    };
    void lookForWholeCity();
    Result<void> name(rules::signals::Figure& figure, store::FacetReader& terms) const;
    rules::CataloguePtr m_catalogue;
    PatternsPtr m_patterns;
    std::vector<Wanted> m_wanted;
    std::vector<One> m_all;
    std::size_t m_next{1};
};

}  // namespace wl::engine
