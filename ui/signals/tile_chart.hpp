// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The picture of one figure: bars by group with their values in words, or lines over time. Colours are those of Okabe
// and Ito; lines differ by dash too. Nothing that was drawn is claimed to be a trend where n is small. GUI thread.

#include <QWidget>

#include "ui/signals/figure_words.hpp"

class QChart;
class QChartView;
class QDateTimeAxis;
class QValueAxis;

namespace wl::ui {

class TileChart final : public QWidget {
    Q_OBJECT

public:
    enum class Mode : std::uint8_t { Groups, Time };
    explicit TileChart(QWidget* parent);

    void show(const ComparedFigure& figure, Mode mode, const CodeNames& names, std::optional<double> target);
    [[nodiscard]] static bool has(const rules::signals::Figure& figure, Mode mode);
    /// What the chart says, for those who cannot see it.
    [[nodiscard]] const QString& words() const { return m_words; }

Q_SIGNALS:
    /// A bar was clicked.
    void groupChosen(const QString& key);

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void redraw();
    bool renew();
    [[nodiscard]] std::size_t barCount() const;
    [[nodiscard]] double barsEnd() const;
    QStringList barWords();
    void drawGroups();
    void drawTime();
    void drawUsual(QDateTimeAxis& time, QValueAxis& value, double& most, QStringList& words);
    void clear();
    void style();

    QChart* m_chart;
    QChartView* m_view;
    ComparedFigure m_figure;
    Mode m_mode{};
    QSize m_drawnSize;
    std::optional<double> m_target;
    std::vector<std::pair<QString, QString>> m_labels;  ///< key and label of each group drawn
    std::vector<QString> m_keys;
    std::vector<double> m_values;
    QString m_words;
    QTimeZone m_zone;
};

}  // namespace wl::ui
