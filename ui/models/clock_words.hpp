// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A running SLA clock as it is shown: state, words, how much of it is used, and why it is due when it is due.

#include <QString>
#include <QTimeZone>

#include <vector>

#include "engine/risk_model.hpp"
#include "rules/sla.hpp"

namespace wl::ui {

struct ClockView {
    rules::TargetKind kind{};
    QString name;    ///< "Respond", "Resolve"
    SlaState state{};
    QString words;   ///< "2 h 10 min left", "met after 3 h"
    double used{};   ///< 0 … 1 of the time from start to due
    QString reason;  ///< due instant, policy and pauses, one a line
    Instant due;
    bool running{};  ///< the words change as time goes by
};

[[nodiscard]] ClockView clockView(const rules::SlaClock& clock, const rules::Catalogue& catalogue,
                                  const QTimeZone& zone, Instant now);
/// `row`: the clock that queues show, with what is foreseen; `forecast`: of its end, told as one of the reasons.
[[nodiscard]] std::vector<ClockView> clockViews(const CaseState& state, const DerivedCase& row,
                                                const std::optional<engine::Forecast>& forecast,
                                                const rules::Catalogue& catalogue, Instant now);
/// "Half of the cases like it were done by Tue 25 Nov, eight of ten between … and …", and what these cases are.
[[nodiscard]] QStringList forecastWords(const engine::Forecast& forecast, Instant requested, const QTimeZone& zone);
/// How long all these words stay true; at most `most`.
[[nodiscard]] Millis clockWordsStayFor(const std::vector<ClockView>& clocks, Instant now, Millis most);
[[nodiscard]] QString targetKindWord(rules::TargetKind kind);
/// "3 business days", "4 h" …
[[nodiscard]] QString targetWords(const rules::SlaTarget& target);

}  // namespace wl::ui
