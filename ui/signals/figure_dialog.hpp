// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How a figure was made: numerator, denominator, period, what was left out, the formula, every group with its n, and
// the cases behind each of them. GUI thread.

#include <QDialog>

#include "ui/signals/figure_words.hpp"

class QLabel;
class QPushButton;
class QTableWidget;

namespace wl::ui {

class FigureDialog final : public QDialog {
    Q_OBJECT

public:
    FigureDialog(SignalsFeed& feed, FigureKind kind, const CodeNames& names, std::optional<double> target,
                 QWidget* parent);

Q_SIGNALS:
    /// Show these cases; `title` says what they are.
    void casesWanted(const std::vector<wl::CaseKey>& keys, const QString& title);
    /// In the figure's unit; none = no target.
    void targetChanged(std::optional<double> target);

private:
    enum class Which : std::uint8_t { All, Counted, Others };
    void fill();
    void ask(std::optional<std::string> group, const QString& label, Which which);

    SignalsFeed& m_feed;
    FigureKind m_kind;
    CodeNames m_names;
    QLabel *m_text, *m_said;
    QTableWidget* m_table;
    QPushButton *m_all, *m_counted, *m_others;
};

}  // namespace wl::ui
