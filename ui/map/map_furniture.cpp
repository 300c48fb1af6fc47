// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/map_furniture.hpp"

#include <QEvent>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

#include <cmath>

#include "ui/kit/sla_style.hpp"
#include "ui/map/map_style.hpp"

namespace wl::ui {
namespace {

constexpr double kLongestBar = 120;  // px

// One row of the legend: the mark as it lies on the map, and its word.
class LegendRow : public QWidget {
public:
    LegendRow(SlaState state, QWidget* parent) : QWidget(parent), m_state(state) {
        setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
        setAccessibleName(slaWord(state));
    }
    bool dark = false;
    QSize sizeHint() const override {
        return {kMark + 12 + fontMetrics().horizontalAdvance(slaWord(m_state)),
                std::max(kMark + 6, fontMetrics().height() + 2)};
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        paintSlaMark(painter, QRectF(2, (height() - kMark) / 2.0, kMark, kMark), m_state, dark);
        painter.setPen(palette().color(QPalette::WindowText));
        painter.drawText(rect().adjusted(kMark + 10, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, slaWord(m_state));
    }

private:
    static constexpr int kMark = 15;
    SlaState m_state;
};

// One row of a scale: the colour as it lies on the map, and what it stands for.
class ColourRow : public QWidget {
public:
    ColourRow(const QColor& colour, const QString& words, QWidget* parent)
        : QWidget(parent), m_colour(colour), m_words(words) {
        setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
        setAccessibleName(words);
    }
    QSize sizeHint() const override {
        return {34 + fontMetrics().horizontalAdvance(m_words), std::max(20, fontMetrics().height() + 2)};
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.fillRect(QRectF(2, (height() - 14) / 2.0, 20, 14), m_colour);
        painter.setPen(palette().color(QPalette::WindowText));
        painter.drawText(rect().adjusted(30, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, m_words);
    }

private:
    QColor m_colour;
    QString m_words;
};

// The largest of 1, 2 or 5 times a power of ten that is not above `most`.
double roundLength(double most) {
    const double power = std::pow(10, std::floor(std::log10(most)));
    for (const double factor : {5.0, 2.0})
        if (factor * power <= most) return factor * power;
    return power;
}

}  // namespace

ScaleBar::ScaleBar(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("mapScale"));
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setAccessibleName(tr("Scale of the map"));
}

void ScaleBar::setMetresPerPixel(double metres) {
    if (metres == m_metresPerPixel) return;
    m_metresPerPixel = metres;
    const double length = metres > 0 ? roundLength(kLongestBar * metres) : 0;
    m_length = metres > 0 ? length / metres : 0;
    m_text = length >= 1000 ? tr("%1 km").arg(QLocale().toString(length / 1000, 'g', 6))
                            : tr("%1 m").arg(QLocale().toString(length, 'g', 6));
    setAccessibleDescription(m_text);
    setVisible(metres > 0);
    update();
}

void ScaleBar::setDark(bool dark) {
    m_dark = dark;
    update();
}

QSize ScaleBar::sizeHint() const { return {static_cast<int>(kLongestBar) + 8, fontMetrics().height() + 10}; }

void ScaleBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const MapStyle& style = MapStyle::of(m_dark);
    const double bottom = height() - 3.5;
    const QPolygonF bar{{4, bottom - 5}, {4, bottom}, {4 + m_length, bottom}, {4 + m_length, bottom - 5}};
    QPainterPath words;
    words.addText(QPointF(7, bottom - 4), font(), m_text);
    painter.setBrush(Qt::NoBrush);
    painter.strokePath(words, QPen(style.halo(), 3, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setPen(QPen(style.halo(), 4));
    painter.drawPolyline(bar);
    painter.setPen(QPen(style.label(LabelKind::Street), 1.6));
    painter.drawPolyline(bar);
    painter.fillPath(words, style.label(LabelKind::Street));
}

MapLegend::MapLegend(QWidget* parent) : QWidget(parent), m_title(new QToolButton(this)), m_rows(new QWidget(this)) {
    setObjectName(QStringLiteral("mapLegend"));
    m_title->setObjectName(QStringLiteral("mapLegendTitle"));
    m_title->setText(tr("Legend"));
    m_title->setAccessibleName(tr("Show or hide the legend of the map"));
    m_title->setToolTip(m_title->accessibleName());
    m_title->setAutoRaise(true);
    m_title->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_title->setArrowType(Qt::DownArrow);
    auto* rows = new QVBoxLayout(m_rows);
    rows->setContentsMargins(6, 0, 8, 4);
    rows->setSpacing(0);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(2, 2, 2, 2);
    layout->setSpacing(0);
    layout->addWidget(m_title);
    layout->addWidget(m_rows);
    connect(m_title, &QToolButton::clicked, this, [this] { setOpen(!isOpen()); });
    rebuild();
}

void MapLegend::rebuild() {
    qDeleteAll(m_rows->findChildren<QWidget*>(Qt::FindDirectChildrenOnly));
    for (const auto& [colour, words] : m_colours) m_rows->layout()->addWidget(new ColourRow(colour, words, m_rows));
    if (m_colours.empty())
        for (const SlaState state : {SlaState::Breached, SlaState::AtRisk, SlaState::OnTrack, SlaState::Paused,
                                     SlaState::Met, SlaState::None}) {
            auto* row = new LegendRow(state, m_rows);
            row->dark = m_dark;
            m_rows->layout()->addWidget(row);
        }
    for (auto* row : m_rows->findChildren<QWidget*>(Qt::FindDirectChildrenOnly)) row->show();
    m_rows->layout()->activate();
    layout()->activate();
    resize(sizeHint());
    Q_EMIT resized();
}

void MapLegend::showStates() {
    if (m_colours.empty()) return;
    m_colours.clear();
    m_title->setText(tr("Legend"));
    rebuild();
}

void MapLegend::showColours(const QString& title, const std::vector<std::pair<QColor, QString>>& rows) {
    if (rows == m_colours && title == m_title->text()) return;
    m_colours = rows;
    m_title->setText(title);
    rebuild();
}

void MapLegend::setDark(bool dark) {
    m_dark = dark;
    for (QObject* row : m_rows->children())
        if (auto* legendRow = dynamic_cast<LegendRow*>(row)) legendRow->dark = dark;
    update();
}

bool MapLegend::isOpen() const { return !m_rows->isHidden(); }

void MapLegend::setOpen(bool open) {
    m_title->setArrowType(open ? Qt::DownArrow : Qt::RightArrow);
    m_rows->setVisible(open);
    layout()->activate();
    resize(sizeHint());
    Q_EMIT resized();
}

void MapLegend::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        resize(sizeHint());
        Q_EMIT resized();
    }
}

void MapLegend::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor ground = palette().color(QPalette::Window);
    ground.setAlphaF(0.92F);
    painter.setBrush(ground);
    painter.setPen(palette().color(QPalette::Mid));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
}

}  // namespace wl::ui
