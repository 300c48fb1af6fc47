// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/time_bar.hpp"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QSlider>
#include <QTimeZone>
#include <QToolButton>

#include "ui/kit/icons.hpp"
#include "ui/kit/look.hpp"
#include "ui/kit/theme.hpp"
#include "ui/models/time_words.hpp"
#include "ui/models/value_words.hpp"
#include "ui/shell/window_actions.hpp"

namespace wl::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMinute = 60'000;

}  // namespace

TimeBar::TimeBar(TimeTravel& travel, ConsoleBridge& bridge, const WindowActions& actions, QWidget* parent)
    : QWidget(parent), m_travel(travel), m_bridge(bridge), m_actions(actions), m_words(new QLabel(this)),
      m_slider(new QSlider(Qt::Horizontal, this)), m_first(new QLabel(this)), m_last(new QLabel(this)),
      m_reach(new QComboBox(this)), m_speed(new QComboBox(this)) {
    setObjectName(u"timeBar"_s);
    const auto name = [](QWidget* widget, const QString& id, const QString& words) {
        widget->setObjectName(id);
        widget->setAccessibleName(words);
        widget->setToolTip(words);
    };
    m_words->setObjectName(u"timeBarWords"_s);
    m_words->setFont(tabular(strongFont(font())));
    name(m_slider, u"timeBarSlider"_s, tr("The instant that is shown"));
    m_slider->setMinimumWidth(grid(60));
    m_first->setObjectName(u"timeBarFirst"_s);
    m_last->setObjectName(u"timeBarLast"_s);
    name(m_reach, u"timeBarReach"_s, tr("How far back"));
    for (const auto& words : {tr("Last 24 hours"), tr("Last 7 days"), tr("Last 12 months")}) m_reach->addItem(words);
    name(m_speed, u"timeBarSpeed"_s, tr("How fast it plays"));
    for (const auto& words :
         {tr("An hour a minute"), tr("A day a minute"), tr("A week a minute"), tr("A year a minute")})
        m_speed->addItem(words);
    const auto button = [this](QAction* action, bool words) {
        auto* made = new QToolButton(this);
        made->setDefaultAction(action);
        made->setObjectName(action->objectName() + u"Button"_s);
        made->setToolButtonStyle(words ? Qt::ToolButtonTextBesideIcon : Qt::ToolButtonIconOnly);
        made->setFocusPolicy(Qt::TabFocus);
        made->setAccessibleName(QString(action->text()).remove(u'&'));
        return made;
    };
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(grid(3), grid(1), grid(3), grid(1));
    row->setSpacing(grid(2));
    row->addWidget(m_words);
    row->addSpacing(grid(2));
    row->addWidget(button(actions.timeBack, false));
    row->addWidget(button(actions.timePlay, false));
    row->addWidget(button(actions.timeForward, false));
    row->addWidget(m_first);
    row->addWidget(m_slider, 1);
    row->addWidget(m_last);
    row->addWidget(m_reach);
    row->addWidget(m_speed);
    row->addWidget(button(actions.timeNow, true));

    connect(m_slider, &QSlider::valueChanged, this, [this](int minutes) {
        m_travel.setPlaying(false);
        m_travel.go(m_travel.from() + Millis{qint64{minutes} * kMinute});
    });
    connect(m_reach, &QComboBox::activated, this,
            [this](int index) { m_travel.setReach(static_cast<TimeTravel::Reach>(index)); });
    connect(m_speed, &QComboBox::activated, &travel, &TimeTravel::setSpeed);
    connect(&travel, &TimeTravel::changed, this, &TimeBar::refresh);
    connect(&travel, &TimeTravel::reading, this, [this](qint64 done, qint64 total) {
        if (done >= total) return;
        m_words->setText(tr("Reading how cases stood: %1 of %2 · shown is now")
                             .arg(QLocale().toString(done), QLocale().toString(total)));
    });
    ink();
    refresh();
}

void TimeBar::refresh() {
    setVisible(m_travel.isOn());
    if (!m_travel.isOn()) return;
    const auto zone = zoneOf(*m_bridge.catalogue());
    if (m_travel.isReady()) m_words->setText(tr("As of %1 · read only").arg(absoluteWords(m_travel.at(), zone)));
    setAccessibleName(m_words->text());
    const auto day = [&](Instant at) {
        return QLocale().toString(QDateTime::fromMSecsSinceEpoch(at.ms, zone),
                                  m_travel.reach() == TimeTravel::Reach::Year ? u"d MMM yyyy"_s : u"ddd d MMM HH:mm"_s);
    };
    m_first->setText(day(m_travel.from()));
    m_last->setText(day(m_travel.to()));
    const QSignalBlocker quiet(m_slider);
    m_slider->setRange(0, static_cast<int>((m_travel.to() - m_travel.from()).count() / kMinute));
    m_slider->setSingleStep(static_cast<int>(m_travel.stepLength().count() / kMinute));
    m_slider->setPageStep(static_cast<int>(m_travel.stepLength().count() / kMinute) * 4);
    m_slider->setValue(static_cast<int>((m_travel.at() - m_travel.from()).count() / kMinute));
    m_slider->setEnabled(m_travel.isReady());
    m_reach->setCurrentIndex(static_cast<int>(m_travel.reach()));
    m_speed->setCurrentIndex(m_travel.speed());
    m_actions.timePlay->setIcon(themedIcon(m_travel.isPlaying() ? u"media-playback-pause" : u"media-playback-start"));
    m_actions.timePlay->setChecked(m_travel.isPlaying());
}

// Violet: no state of a clock has it, and it is far from all of them for colour-blind people.
QColor TimeBar::band() const { return isDark(palette()) ? QColor(0x4b3b78) : QColor(0xdcd2f5); }

void TimeBar::ink() {
    if (m_inking) return;
    m_inking = true;
    for (auto* label : {m_words, m_first, m_last}) {
        auto ink = label->palette();
        ink.setColor(QPalette::WindowText, isDark(palette()) ? QColor(0xffffff) : QColor(0x231544));
        label->setPalette(ink);
    }
    m_inking = false;
}

void TimeBar::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_words) ink();
}

void TimeBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), band());
    painter.fillRect(0, height() - 2, width(), 2, isDark(palette()) ? QColor(0xb79df5) : QColor(0x5a3fa8));
}

}  // namespace wl::ui
