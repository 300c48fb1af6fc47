// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Things to choose from, and how well each fits what was typed so far.

#include <QString>

#include <vector>

#include "rules/catalogue.hpp"

namespace wl::ui {

struct Choice {
    QString code;
    QString name;
    QString detail;    ///< group, department, role: shown quietly behind the name and searched
    QString keywords;  ///< searched only
    QString icon;      ///< Breeze name
};

/// 0 = does not fit. Every typed word must begin a word of the name, the keywords or the detail (one mistyped letter
/// is forgiven from four letters on); name counts before keywords before detail.
[[nodiscard]] int matchScore(const Choice& choice, const QString& typed);
/// Indices of those that fit, best first; all in their own order when nothing is typed.
[[nodiscard]] std::vector<std::size_t> matching(const std::vector<Choice>& choices, const QString& typed);

// What a catalogue offers; inactive entries are left out.
[[nodiscard]] std::vector<Choice> serviceChoices(const rules::Catalogue& catalogue);
[[nodiscard]] std::vector<Choice> departmentChoices(const rules::Catalogue& catalogue);
/// Crews of the department first, then all others.
[[nodiscard]] std::vector<Choice> crewChoices(const rules::Catalogue& catalogue, std::string_view department);
/// `self` first, then people of the department, then all others.
[[nodiscard]] std::vector<Choice> staffChoices(const rules::Catalogue& catalogue, std::string_view self,
                                               std::string_view department);
/// Reasons for a pause that this person may use. A catalogue without any offers one that stops no clock.
[[nodiscard]] std::vector<Choice> pauseChoices(const rules::Catalogue& catalogue, const rules::StaffMember* who);
[[nodiscard]] std::vector<Choice> priorityChoices();
[[nodiscard]] std::vector<Choice> consentChoices();

}  // namespace wl::ui
