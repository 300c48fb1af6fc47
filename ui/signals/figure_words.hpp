// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Figures in the user's words: titles, formulas, values with their unit, and what stands behind them.

#include <QString>

#include "ui/models/code_names.hpp"
#include "ui/models/signals_feed.hpp"

namespace wl::ui {

[[nodiscard]] QString figureTitle(FigureKind kind);
[[nodiscard]] QString figureFormula(FigureKind kind);
/// "1,204", "62.5 %", "3.2 h", "4.1 d", "1.09"; a dash where there is nothing.
[[nodiscard]] QString figureValue(const rules::signals::Figure& figure);
[[nodiscard]] QString unitValue(rules::signals::Unit unit, double value);
/// What the axis counts: "cases", "days" …
[[nodiscard]] QString unitWord(rules::signals::Unit unit);
[[nodiscard]] QString groupLabel(const rules::signals::Figure& figure, const rules::signals::FigureGroup& group,
                                 const CodeNames& names);
[[nodiscard]] QString partWord(const std::string& name);
[[nodiscard]] QString exclusionWord(const std::string& name);
[[nodiscard]] QString seriesWord(const std::string& name);
[[nodiscard]] QString byWord(rules::signals::By by);
/// "24 Oct – 22 Nov 2026", or "at the end of 22 Nov 2026" for standing figures.
[[nodiscard]] QString periodWords(const rules::signals::Figure& figure, const QTimeZone& zone);
/// "412 of 660" or "n = 660"; empty where the value says it.
[[nodiscard]] QString countWords(const rules::signals::Figure& figure);
/// What stands beside the name of a group; early patterns say "12 instead of 2.1".
[[nodiscard]] QString groupValue(const rules::signals::Figure& figure, const rules::signals::FigureGroup& group);
/// Why there is nothing to see.
[[nodiscard]] QString nothingWords(const rules::signals::Figure& figure, bool past);
/// Against the period before: "▲ 12 % more than before"; empty where too few cases claim nothing.
[[nodiscard]] QString changeWords(const ComparedFigure& figure);
/// "3 Nov 2026: 45 instead of 21".
[[nodiscard]] QString unusualWords(const rules::signals::ExpectedDay& day, const QTimeZone& zone);
[[nodiscard]] QString cityWords(const ComparedFigure& figure);

}  // namespace wl::ui
