// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The tallies by kind; each is stated in specs.cpp in words.

#include "rules/signals/figure.hpp"

namespace wl::rules::signals {

std::unique_ptr<Tally> makeVolumeTally(FigureKind kind, Scope scope);  ///< opened, closed, backlog, ageing, oldest …
std::unique_ptr<Tally> makeTimesTally(FigureKind kind, Scope scope);  ///< response, work done, closed, held
std::unique_ptr<Tally> makePromiseTally(FigureKind kind, Scope scope);  ///< on time, overdue, at risk, due soon
std::unique_ptr<Tally> makeHistoryTally(FigureKind kind, Scope scope);  ///< reopened, hand-offs, duplicates
std::unique_ptr<Tally> makeFairnessTally(Scope scope);
std::unique_ptr<Tally> makeMessageTally(FigureKind kind, Scope scope);  ///< sent, kept back

}  // namespace wl::rules::signals
