// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What people in Port Linden say and write. Words in braces are filled in by `fill`; nobody real is quoted.

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/demo/chance.hpp"

namespace wl::engine::demo {

using Lines = std::vector<std::string_view>;

struct ServicePhrases {
    std::string_view service;
    Lines reports;       ///< what a resident says
    Lines crewNotes;     ///< said among staff while the work goes on
    Lines fixed;         ///< closing note, resolution fixed
    Lines unfixed;       ///< closing note when there was nothing to do
    Lines foreign;       ///< the same complaint in Spanish, Portuguese, French, in this order
};

[[nodiscard]] std::vector<ServicePhrases> streetPhrases();
[[nodiscard]] std::vector<ServicePhrases> sanitationPhrases();
[[nodiscard]] std::vector<ServicePhrases> greenAndWaterPhrases();
[[nodiscard]] std::vector<ServicePhrases> codePhrases();

/// Phrases that go with any service.
struct CommonPhrases {
    Lines openers, closers, details, spots;
    Lines calls;         ///< call log around a report: {text}
    Lines chases, answersToChase;
    Lines receipts, firstReplies, questions, residentAnswers;
    Lines assignNotes, waitNotes, planNotes, doneMessages, endMessages, lateApologies;
    Lines notFixed, reopenNotes, moreCallers, duplicateNotes, thanks;
};
[[nodiscard]] const CommonPhrases& commonPhrases();

/// Replaces each {word} by its value; a word that has none is left out.
[[nodiscard]] std::string fill(std::string_view pattern,
                               std::span<const std::pair<std::string_view, std::string>> values);

/// As people type on a phone: no capitals, swapped letters, missing apostrophes. `strength` from 0 to 1.
[[nodiscard]] std::string mistyped(std::string text, Chance& chance, double strength);

}  // namespace wl::engine::demo
