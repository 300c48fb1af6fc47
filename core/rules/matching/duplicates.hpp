// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Which earlier cases a new report may be about: a weighted sum over what two reports have in common, each part of
// which can be told to a person. Nothing of an earlier case counts that was not known when the new report came.
//
//   near       distance, and age; a case closed by then counts less, the less the longer ago it was closed
//   alike      rare words in common, words that look like a number plate or an asset number, the same street, the same
//              answers to the same questions ("Colour: blue"); other answers count against
//   group      of several open candidates that look like one fault, the oldest stands first: the report all others are
//              about
//
// The weights come from pairs that a city's staff had marked (a softmax over the candidates of each report); docs in
// ARCHITECTURE "Duplicates".

#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "domain/geo_point.hpp"
#include "domain/time.hpp"

namespace wl::rules::matching {

/// What a report says, ready to be compared. Words are hashes: good for this process alone.
struct ReportText {
    std::vector<std::uint64_t> words;  ///< ascending, each once; questions left out, their answers in
    std::vector<std::uint64_t> codes;  ///< those of them with a digit and 4 to 8 characters, ascending
    struct Answer {
        std::uint64_t question{}, answer{};
        std::uint64_t firstWord{};     ///< of the answer
    };
    std::vector<Answer> answers;       ///< "Question: answer" lines, ascending by question
    std::uint64_t street{};            ///< of the address without numbers; 0 = none
};
[[nodiscard]] ReportText readReport(std::string_view description, std::string_view address);

/// How common words are in the reports so far.
class WordCounts {
public:
    void add(const ReportText& report);
    void remove(const ReportText& report);
    [[nodiscard]] std::uint32_t reports() const { return m_reports; }
    [[nodiscard]] std::uint32_t of(std::uint64_t word) const;
    /// log(1 + reports / reports with the word).
    [[nodiscard]] double weight(std::uint64_t word) const;
    /// Whether a plate or number is rare enough to name one thing.
    [[nodiscard]] bool namesOneThing(std::uint64_t code) const { return of(code) <= 60; }

private:
    std::unordered_map<std::uint64_t, std::uint32_t> m_counts;
    std::uint32_t m_reports{};
};

struct Report {
    std::uint32_t id{};            ///< the caller's number for it; lower = earlier where times are equal
    std::uint32_t service{};       ///< the caller's number for it
    Instant at;                    ///< when it was made
    Instant closedAt;              ///< none = still open
    GeoPoint place;
    bool placed{};
    const ReportText* text{};
};

/// What two reports have in common, and what that comes to.
struct Likeness {
    double score{};                ///< comparable between candidates of one report
    double metres{};
    Millis age{};                  ///< how much earlier
    bool sameService{};
    bool closed{};                 ///< by then
    Millis closedFor{};
    double words{};                ///< cosine of the weighted words, 0 to 1
    bool sameCode{};
    int sameAnswers{}, otherAnswers{};
    bool sameStreet{};
};

[[nodiscard]] Likeness compareReports(const Report& fresh, const Report& earlier, const WordCounts& counts);

/// Cosine of the weighted words alone.
[[nodiscard]] double sharedMeaning(const ReportText& a, const ReportText& b, const WordCounts& counts);

/// Within this distance a case of any kind may be the same fault; of the same service up to kFarMetres.
inline constexpr double kNearMetres = 150, kFarMetres = 1000;
/// Farther away only where the texts are this much alike, or share a plate or number.
inline constexpr double kFarWords = 0.45;

/// Candidates below it are not worth an agent's glance: about what an open case of the same service 200 m away comes
/// to.
inline constexpr double kWorthShowing = -3.6;
/// An open case above it is offered as the same fault where nobody asked. Measured by `eval duplicates` on Boston: nine
/// of ten marked originals stand above it, and an open case does for a quarter of the reports that nobody marked.
inline constexpr double kWorthOffering = -1.5;

struct DuplicateCandidate {
    std::uint32_t id{};
    Likeness likeness;
    double rank{};  ///< what it is sorted by: its score, or that of a newer one of its group
};

/// The candidates in the order to show them. Those that cannot be it (too far, nothing in common) are left out.
[[nodiscard]] std::vector<DuplicateCandidate> rankDuplicates(const Report& fresh, std::span<const Report> earlier,
                                                             const WordCounts& counts);

}  // namespace wl::rules::matching
