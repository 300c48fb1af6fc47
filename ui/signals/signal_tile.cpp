// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/signals/signal_tile.hpp"

#include <QContextMenuEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/kit/icons.hpp"
#include "ui/kit/look.hpp"

namespace wl::ui {

using namespace Qt::StringLiterals;

SignalTile::SignalTile(const TilePlace& place, QWidget* parent)
    : QFrame(parent), m_place(place), m_title(new QLabel(this)), m_value(new QLabel(this)), m_count(new QLabel(this)),
      m_change(new QLabel(this)), m_nothing(new QLabel(this)), m_how(new QToolButton(this)),
      m_chart(new TileChart(this)) {
    const auto name = QString::fromUtf8(rules::signals::figureSpec(place.kind).name.data());
    setObjectName(u"tile_"_s + name);
    setFocusPolicy(Qt::StrongFocus);
    m_title->setText(figureTitle(place.kind));
    m_title->setFont(strongFont(font()));
    m_value->setFont(titleFont(font()));
    m_value->setObjectName(u"value_"_s + name);
    m_count->setFont(smallFont(font()));
    m_change->setFont(smallFont(font()));
    makeQuiet(m_count);
    makeQuiet(m_change);
    makeQuiet(m_nothing);
    m_nothing->setAlignment(Qt::AlignCenter);
    m_nothing->setWordWrap(true);
    m_nothing->setText(tr("Counting…"));
    m_chart->hide();
    m_how->setObjectName(u"how_"_s + name);
    m_how->setIcon(themedIcon(u"help-about"_s));
    m_how->setAutoRaise(true);
    m_how->setFocusPolicy(Qt::NoFocus);
    m_how->setToolTip(tr("How this figure was made (Enter)"));
    m_how->setAccessibleName(tr("How this figure was made: %1").arg(figureTitle(place.kind)));
    connect(m_how, &QToolButton::clicked, this, &SignalTile::opened);
    connect(m_chart, &TileChart::groupChosen, this, &SignalTile::groupWanted);

    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(grid(3), grid(2), grid(2), grid(2));
    all->setSpacing(grid(1));
    auto* top = new QHBoxLayout;
    top->addWidget(m_title, 1);
    top->addWidget(m_how);
    auto* line = new QHBoxLayout;
    line->setSpacing(grid(2));
    line->addWidget(m_value);
    line->addWidget(m_count, 0, Qt::AlignBottom);
    line->addStretch(1);
    line->addWidget(m_change, 0, Qt::AlignBottom);
    all->addLayout(top);
    all->addLayout(line);
    all->addWidget(m_chart, 1);
    all->addWidget(m_nothing, 1);
}

void SignalTile::setPlace(const TilePlace& place) { m_place = place; }

void SignalTile::fail(const QString& words) {
    m_chart->hide();
    m_nothing->setText(words);
    m_nothing->show();
}

void SignalTile::setFigure(const ComparedFigure& figure, const CodeNames& names, bool past) {
    const auto& f = figure.now;
    m_value->setText(figureValue(f));
    m_count->setText(countWords(f));
    QStringList beside;
    for (const auto& words : {cityWords(figure), changeWords(figure)})
        if (!words.isEmpty()) beside << words;
    m_change->setText(beside.join(u"  ·  "_s));
    auto mode = m_place.mode;
    const auto other = mode == TileChart::Mode::Groups ? TileChart::Mode::Time : TileChart::Mode::Groups;
    if (!TileChart::has(f, mode) && TileChart::has(f, other)) mode = other;
    const bool there = f.n > 0 && TileChart::has(f, mode);
    m_chart->setVisible(there);
    m_nothing->setVisible(!there);
    if (there) m_chart->show(figure, mode, names, m_place.target);
    else m_nothing->setText(nothingWords(f, past));
    const auto words = u"%1: %2. %3. %4"_s.arg(figureTitle(f.kind), figureValue(f), periodWords(f, names.zone()),
                                               there ? m_chart->words() : QString());
    setAccessibleName(words);
    setToolTip(u"%1\n%2"_s.arg(figureFormula(f.kind), periodWords(f, names.zone())));
}

void SignalTile::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
        case Qt::Key_Return:
        case Qt::Key_Enter:
        case Qt::Key_Space: return Q_EMIT opened();
        case Qt::Key_C: return Q_EMIT casesWanted();
        case Qt::Key_Menu: return Q_EMIT menuWanted(mapToGlobal(rect().center()));
        case Qt::Key_Left:
        case Qt::Key_Right:
        case Qt::Key_Up:
        case Qt::Key_Down:
        case Qt::Key_Plus:
        case Qt::Key_Minus:
        case Qt::Key_T:
        case Qt::Key_Home:
        case Qt::Key_End:
        case Qt::Key_Delete: return Q_EMIT keyed(event->key(), event->modifiers());
        default: QFrame::keyPressEvent(event);
    }
}

void SignalTile::mouseDoubleClickEvent(QMouseEvent*) { Q_EMIT opened(); }
void SignalTile::contextMenuEvent(QContextMenuEvent* event) { Q_EMIT menuWanted(event->globalPos()); }
void SignalTile::focusInEvent(QFocusEvent* event) {
    QFrame::focusInEvent(event);
    update();
}
void SignalTile::focusOutEvent(QFocusEvent* event) {
    QFrame::focusOutEvent(event);
    update();
}

void SignalTile::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(palette().color(QPalette::Base));
    painter.setPen(hasFocus() ? QPen(palette().color(QPalette::Highlight), 2) : QPen(hairline(palette()), 1));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), grid(1), grid(1));
}

}  // namespace wl::ui
