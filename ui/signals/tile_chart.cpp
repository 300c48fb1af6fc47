// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/signals/tile_chart.hpp"

#include <QBarCategoryAxis>
#include <QBarSet>
#include <QChart>
#include <QChartView>
#include <QDateTime>
#include <QDateTimeAxis>
#include <QEvent>
#include <QGraphicsLayout>
#include <QHorizontalBarSeries>
#include <QLegend>
#include <QLineSeries>
#include <QLocale>
#include <QScatterSeries>
#include <QValueAxis>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

#include "ui/kit/look.hpp"

namespace wl::ui {

using namespace Qt::StringLiterals;
using namespace rules::signals;

namespace {

constexpr int kBarPitch = 24;       ///< pixels that a bar and its label need
constexpr double kLabelPart = 0.36;  ///< of the width; the chart cuts what is longer
constexpr double kOutlier = 6;  ///< a bar this many times as long as the next is cut; its value stands beside it

// Okabe and Ito (2008): blue, vermilion; sky blue and orange on dark.
QColor lineColour(int nth, bool dark) {
    if (nth == 0) return dark ? QColor(0x56, 0xb4, 0xe9) : QColor(0x00, 0x72, 0xb2);
    return dark ? QColor(0xe6, 0x9f, 0x00) : QColor(0xb5, 0x4a, 0x00);
}

double shown(Unit unit, double value) { return unit == Unit::Share ? 100 * value : value; }

// Whether some steps have too few cases to draw a course.
bool isThin(const Figure& f, const std::vector<FigurePoint>& points) {
    return !isCount(f.unit) && std::ranges::any_of(points, [](const FigurePoint& p) { return p.n < kFew; });
}

// Whether two figures give the same picture: most tiles stay as they are when a case comes in.
bool drawnAlike(const ComparedFigure& a, const ComparedFigure& b) {
    const auto sameGroup = [](const FigureGroup& x, const FigureGroup& y) {
        return x.key == y.key && x.label == y.label && x.value == y.value && x.n == y.n && x.few == y.few &&
               x.numerator == y.numerator && x.low == y.low;
    };
    const auto samePoint = [](const FigurePoint& x, const FigurePoint& y) {
        return x.at == y.at && x.value == y.value && x.n == y.n;
    };
    const auto sameSeries = [&](const FigureSeries& x, const FigureSeries& y) {
        return x.name == y.name && std::ranges::equal(x.points, y.points, samePoint);
    };
    return a.now.kind == b.now.kind && a.now.by == b.now.by && a.usual == b.usual &&
           std::ranges::equal(a.now.groups, b.now.groups, sameGroup) &&
           std::ranges::equal(a.now.series, b.now.series, sameSeries);
}

// Where the axis of bars ends: one that dwarfs the others does not.
double barEnd(std::vector<double> values) {
    std::ranges::sort(values, std::greater<>());
    if (values.empty() || values.front() <= 0) return 1;
    if (values.size() > 2 && values[1] > 0 && values[0] > kOutlier * values[1]) return 2 * values[1];
    return values.front();
}

}  // namespace

TileChart::TileChart(QWidget* parent) : QWidget(parent), m_chart(new QChart), m_view(new QChartView(m_chart, this)) {
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(m_view);
    m_view->setFocusPolicy(Qt::NoFocus);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setRenderHint(QPainter::Antialiasing);
    m_view->setBackgroundBrush(Qt::NoBrush);
    m_view->viewport()->setAutoFillBackground(false);
    m_view->setContextMenuPolicy(Qt::NoContextMenu);
    m_chart->setBackgroundVisible(false);
    m_chart->setMargins({});
    m_chart->layout()->setContentsMargins(0, 0, 0, 0);
    m_chart->setAnimationOptions(QChart::NoAnimation);
}

bool TileChart::has(const Figure& f, Mode mode) {
    if (mode == Mode::Groups) return !f.groups.empty();
    return std::ranges::any_of(f.series, [](const FigureSeries& s) { return !s.points.empty(); });
}

void TileChart::show(const ComparedFigure& figure, Mode mode, const CodeNames& names, std::optional<double> target) {
    std::vector<std::pair<QString, QString>> labels;
    for (const auto& g : figure.now.groups)
        labels.emplace_back(QString::fromStdString(g.key), groupLabel(figure.now, g, names));
    const bool same = !m_chart->series().isEmpty() && mode == m_mode && target == m_target && labels == m_labels &&
                      names.zone() == m_zone && drawnAlike(figure, m_figure);
    m_figure = figure;
    if (same) return;
    const bool sameForm = !m_chart->series().isEmpty() && mode == m_mode && !target && !m_target &&
                          names.zone() == m_zone && size() == m_drawnSize;
    m_mode = mode;
    m_target = target;
    m_zone = names.zone();
    m_labels = std::move(labels);
    if (sameForm && renew()) return;
    redraw();
}

// New values in what is drawn already, which spares the chart most of its layout. False if its form is another one.
bool TileChart::renew() {
    const auto& f = m_figure.now;
    if (m_mode == Mode::Groups) {
        auto* bars = qobject_cast<QHorizontalBarSeries*>(m_chart->series().front());
        if (!bars || bars->barSets().front()->count() != static_cast<int>(barCount())) return false;
        auto* set = bars->barSets().front();
        const auto upwards = barWords();
        for (int i = 0; i < set->count(); ++i)
            if (const auto value = m_values[m_values.size() - 1 - static_cast<std::size_t>(i)]; set->at(i) != value)
                set->replace(i, value);
        if (auto* names = qobject_cast<QBarCategoryAxis*>(m_chart->axes(Qt::Vertical).front());
            names->categories() != upwards)
            names->setCategories(upwards);
        if (auto* length = qobject_cast<QValueAxis*>(m_chart->axes(Qt::Horizontal).front()))
            length->setRange(0, barsEnd());
    } else {
        auto* value = qobject_cast<QValueAxis*>(m_chart->axes(Qt::Vertical).front());
        const auto all = m_chart->series();
        QList<QPointF> expected, unusual;
        QStringList days;
        double most = 0;
        if (m_figure.usual.size() > 1)
            for (const auto& day : m_figure.usual) {
                const auto at = static_cast<qreal>(day.at * 1000);
                expected << QPointF(at, day.expected);
                most = std::max({most, day.expected, day.value});
                if (!day.unusual) continue;
                unusual << QPointF(at, day.value);
                days << unusualWords(day, m_zone);
            }
        const auto own = static_cast<qsizetype>(f.series.size());
        if (all.size() != own + (expected.isEmpty() ? 0 : 1) + (unusual.isEmpty() ? 0 : 1)) return false;
        for (std::size_t i = 0; i < f.series.size(); ++i) {
            const auto* line = qobject_cast<QLineSeries*>(all[static_cast<qsizetype>(i)]);
            const auto& points = f.series[i].points;
            if (!line || points.size() < 2 || line->count() != static_cast<int>(points.size())) return false;
            if (line->at(0).x() != static_cast<qreal>(points.front().at * 1000) ||
                isThin(f, points) != (line->opacity() < 1))
                return false;
            for (const auto& p : points) most = std::max(most, shown(f.unit, p.value));
        }
        if (most > value->max() && f.unit != Unit::Share) return false;
        QStringList words;
        for (std::size_t i = 0; i < f.series.size(); ++i) {
            auto* line = qobject_cast<QLineSeries*>(all[static_cast<qsizetype>(i)]);
            const auto& points = f.series[i].points;
            QList<QPointF> places;
            for (const auto& p : points) places << QPointF(static_cast<qreal>(p.at * 1000), shown(f.unit, p.value));
            if (line->points() != places) line->replace(places);
            words << u"%1: %2"_s.arg(seriesWord(f.series[i].name), unitValue(f.unit, points.back().value));
        }
        for (auto i = own; i < all.size(); ++i) {
            auto* line = qobject_cast<QXYSeries*>(all[i]);
            if (const auto& places = i == own ? expected : unusual; line && line->points() != places)
                line->replace(places);
        }
        m_words = (words + days).join(u"; "_s);
    }
    m_view->setAccessibleName(m_words);
    return true;
}

void TileChart::clear() {
    m_chart->removeAllSeries();
    for (auto* axis : m_chart->axes()) {
        m_chart->removeAxis(axis);
        delete axis;
    }
}

std::size_t TileChart::barCount() const {
    return std::min(m_figure.now.groups.size(), static_cast<std::size_t>(std::max(3, height() / kBarPitch)));
}

double TileChart::barsEnd() const {
    return m_figure.now.unit == Unit::Share ? std::max(1.0, barEnd(m_values)) : barEnd(m_values);
}

// The bars' names with their values, from the lowest bar up; m_keys, m_values and m_words beside them.
QStringList TileChart::barWords() {
    const auto& f = m_figure.now;
    const auto count = barCount();
    const QFontMetrics letters(smallFont(font()));
    QStringList categories, words, upwards;
    m_keys.clear();
    m_values.clear();
    for (std::size_t i = 0; i < count; ++i) {
        const auto& g = f.groups[i];
        const bool nothing = f.kind == FigureKind::Fairness && g.n == 0;
        auto label = m_labels[i].second;
        auto value = groupValue(f, g);
        if (g.few && !isCount(f.unit)) value += tr(" (n = %1)").arg(g.n);
        const auto room = static_cast<int>(kLabelPart * width()) - letters.horizontalAdvance(u"  "_s + value);
        label = letters.elidedText(label, Qt::ElideRight, std::max(room, 4 * letters.averageCharWidth()));
        categories << u"%1  %2"_s.arg(label, value);
        words << u"%1: %2"_s.arg(m_labels[i].second, value);
        m_keys.push_back(m_labels[i].first);
        m_values.push_back(nothing ? 0 : shown(f.unit, g.value));
    }
    for (int i = 1; i < categories.size(); ++i)  // an axis of categories drops what it has already
        while (categories.first(i).contains(categories[i])) categories[i] += u' ';
    m_words = words.join(u"; "_s);
    for (auto at = categories.size(); at-- > 0;) upwards << categories[at];
    return upwards;
}

void TileChart::drawGroups() {
    const auto upwards = barWords();
    clear();
    auto* set = new QBarSet({});
    for (auto i = m_values.size(); i-- > 0;) *set << m_values[i];
    auto* bars = new QHorizontalBarSeries;
    bars->append(set);
    bars->setBarWidth(0.7);
    m_chart->addSeries(bars);
    auto* names = new QBarCategoryAxis;
    names->append(upwards);
    names->setTruncateLabels(false);
    names->setGridLineVisible(false);
    names->setLineVisible(false);
    auto* length = new QValueAxis;
    length->setRange(0, barsEnd());
    length->setLabelsVisible(false);
    length->setGridLineVisible(false);
    length->setLineVisible(false);
    m_chart->addAxis(names, Qt::AlignLeft);
    m_chart->addAxis(length, Qt::AlignBottom);
    bars->attachAxis(names);
    bars->attachAxis(length);
    m_chart->setMargins({});
    m_chart->legend()->hide();
    connect(set, &QBarSet::clicked, this, [this](int at) {
        const auto from = m_keys.size() - 1 - static_cast<std::size_t>(at);
        if (from < m_keys.size()) Q_EMIT groupChosen(m_keys[from]);
    });
}

void TileChart::drawTime() {
    const auto& f = m_figure.now;
    clear();
    auto* time = new QDateTimeAxis;
    auto* value = new QValueAxis;
    m_chart->addAxis(time, Qt::AlignBottom);
    m_chart->addAxis(value, Qt::AlignLeft);
    double most = 0;
    qint64 first = 0, last = 0;
    int nth = 0;
    std::size_t most_points = 0;
    QStringList words;
    for (const auto& s : f.series) {
        auto* line = new QLineSeries;
        line->setName(seriesWord(s.name));
        for (const auto& p : s.points) {
            const auto at = p.at * 1000;
            line->append(static_cast<qreal>(at), shown(f.unit, p.value));
            most = std::max(most, shown(f.unit, p.value));
            first = first == 0 ? at : std::min<qint64>(first, at);
            last = std::max<qint64>(last, at);
        }
        most_points = std::max(most_points, s.points.size());
        // Few cases a step are points, and the line between them a shadow: it would claim a course.
        const bool few = isThin(f, s.points);
        const auto colour = lineColour(nth, isDark(palette()));
        line->setPen(QPen(colour, 2, nth == 0 ? Qt::SolidLine : Qt::DashLine));
        if (few || s.points.size() < 2) line->setPointsVisible(true);
        if (!s.points.empty()) words << u"%1: %2"_s.arg(seriesWord(s.name), unitValue(f.unit, s.points.back().value));
        if (few) line->setOpacity(0.45);
        m_chart->addSeries(line);
        line->attachAxis(time);
        line->attachAxis(value);
        ++nth;
    }
    drawUsual(*time, *value, most, words);
    if (m_target && first != 0) {
        auto* goal = new QLineSeries;
        goal->setName(tr("Target"));
        goal->append(static_cast<qreal>(first), shown(f.unit, *m_target));
        goal->append(static_cast<qreal>(std::max(last, first + 1)), shown(f.unit, *m_target));
        goal->setPen(QPen(quietText(palette()), 1, Qt::DotLine));
        most = std::max(most, shown(f.unit, *m_target));
        m_chart->addSeries(goal);
        goal->attachAxis(time);
        goal->attachAxis(value);
    }
    constexpr qint64 day = 86'400'000;
    if (first == last) first -= day, last += day;
    time->setRange(QDateTime::fromMSecsSinceEpoch(first), QDateTime::fromMSecsSinceEpoch(last));
    time->setFormat(last - first > 100 * day ? u"MMM yy"_s : u"d MMM"_s);
    time->setTickCount(std::clamp(width() / 90, 2, 6));
    value->setRange(0, f.unit == Unit::Share ? 100 : std::max(1.0, most * 1.05));
    value->setTickCount(height() > 160 ? 5 : 3);
    value->setLabelFormat(f.unit == Unit::Share ? u"%.0f %%"_s : most < 5 && !isCount(f.unit) ? u"%.1f"_s : u"%.0f"_s);
    if (isCount(f.unit)) value->applyNiceNumbers();
    if (f.unit != Unit::Share) value->setTitleText(unitWord(f.unit));
    m_words = words.join(u"; "_s);
    m_chart->setMargins({0, 0, grid(4), 0});  // the last date is centred under the end of its line
    m_chart->legend()->setVisible(m_chart->series().size() > 1);
    m_chart->legend()->setAlignment(Qt::AlignTop);
}

// What each day should have had as a quiet line, the days that were otherwise as marks.
void TileChart::drawUsual(QDateTimeAxis& time, QValueAxis& value, double& most, QStringList& words) {
    if (m_figure.usual.size() < 2) return;
    auto* expected = new QLineSeries;
    expected->setName(tr("Usual"));
    auto* unusual = new QScatterSeries;
    unusual->setName(tr("Unusual"));
    unusual->setMarkerShape(QScatterSeries::MarkerShapeTriangle);
    unusual->setMarkerSize(7);
    for (const auto& day : m_figure.usual) {
        expected->append(static_cast<qreal>(day.at * 1000), day.expected);
        most = std::max({most, day.expected, day.value});
        if (!day.unusual) continue;
        unusual->append(static_cast<qreal>(day.at * 1000), day.value);
        words << unusualWords(day, m_zone);
    }
    expected->setPen(QPen(quietText(palette()), 1.4, Qt::DotLine));
    unusual->setColor(palette().color(QPalette::WindowText));
    unusual->setBorderColor(Qt::transparent);
    for (auto* series : {static_cast<QXYSeries*>(expected), static_cast<QXYSeries*>(unusual)}) {
        if (series->count() == 0) {
            delete series;
            continue;
        }
        m_chart->addSeries(series);
        series->attachAxis(&time);
        series->attachAxis(&value);
    }
}

void TileChart::style() {
    const bool dark = isDark(palette());
    const auto text = palette().color(QPalette::WindowText), quiet = quietText(palette()), line = hairline(palette());
    const auto small = smallFont(font());
    for (auto* axis : m_chart->axes()) {
        axis->setLabelsFont(small);
        axis->setLabelsColor(axis->orientation() == Qt::Vertical && m_mode == Mode::Groups ? text : quiet);
        axis->setTitleFont(small);
        axis->setTitleBrush(quiet);
        axis->setGridLineColor(line);
        axis->setLinePenColor(line);
    }
    m_chart->legend()->setFont(small);
    m_chart->legend()->setLabelColor(text);
    for (auto* series : m_chart->series())
        if (auto* bars = qobject_cast<QHorizontalBarSeries*>(series))
            for (auto* set : bars->barSets()) {
                set->setColor(lineColour(0, dark));
                set->setBorderColor(Qt::transparent);
            }
    m_view->setAccessibleName(m_words);
}

void TileChart::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    if (!m_chart->series().isEmpty()) redraw();
}

void TileChart::redraw() {
    if (m_mode == Mode::Groups) drawGroups();
    else drawTime();
    style();
    m_drawnSize = size();
}

void TileChart::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() != QEvent::PaletteChange && event->type() != QEvent::FontChange) return;
    if (!m_chart->series().isEmpty()) redraw();
}

}  // namespace wl::ui
