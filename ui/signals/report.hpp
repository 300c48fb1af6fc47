// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Reports of figures: what each holds, and the document made of it. The figures are those of the window, made and
// worded by the same code. GUI thread.

#include <QString>

#include <memory>

#include "ui/signals/figure_words.hpp"

class QTextDocument;

namespace wl::ui {

enum class ReportKind : std::uint8_t { Daily, Weekly, Monthly };

struct ReportPlan {
    QString title, subtitle;
    QString file;  ///< name without an ending; the same for the same report
    std::vector<FigureKind> kinds;
    engine::SignalScope scope, before;  ///< `before`: what it is compared with
};

/// Yesterday, the last full week (Monday to Sunday) or the last full month, as things stood at its end. `department`
/// (code, empty = all) is the weekly report's.
[[nodiscard]] ReportPlan planOf(ReportKind kind, Instant now, const std::string& department, const CodeNames& names);
/// What the perspective shows.
[[nodiscard]] ReportPlan planOf(const SignalsFeed& feed, const std::vector<FigureKind>& kinds,
                                const engine::SignalScope& before, const CodeNames& names);

/// Figures of a plan with those it is compared with, in the order of its kinds.
using ReportFigures = std::vector<ComparedFigure>;
/// Asks for them; the answer comes on the GUI thread, unless `context` has gone by then.
void askReport(ConsoleBridge& bridge, const ReportPlan& plan, QObject* context,
               std::function<void(const Result<ReportFigures>&)> answer);

[[nodiscard]] std::unique_ptr<QTextDocument> reportDocument(const ReportPlan& plan, const ReportFigures& figures,
                                                            const CodeNames& names, Instant now);
/// The same figures as a table; `wardlinectl signals --csv` writes the same.
[[nodiscard]] std::string reportCsv(const ReportFigures& figures, const TimeZone& zone);
/// False if the file cannot be written; it is made aside and put in place whole.
[[nodiscard]] bool writePdf(QTextDocument& document, const QString& path);
[[nodiscard]] bool writeText(const std::string& text, const QString& path);

}  // namespace wl::ui
