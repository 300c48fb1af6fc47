// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/alarm_bar.hpp"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

#include "ui/kit/icons.hpp"
#include "ui/kit/look.hpp"
#include "ui/kit/tone_label.hpp"

namespace wl::ui {

using namespace Qt::StringLiterals;

AlarmBar::AlarmBar(const AlarmWatch& watch, QAction* open, QAction* dismiss, QWidget* parent)
    : QWidget(parent), m_watch(watch), m_open(open), m_dismiss(dismiss), m_words(new ToneLabel) {
    setObjectName(u"alarmBar"_s);
    auto* icon = new QLabel;
    icon->setPixmap(themedIcon(u"dialog-warning").pixmap(kIconSide));
    m_words->setObjectName(u"alarmWords"_s);
    m_words->setFont(strongFont(font()));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(grid(3), grid(1), grid(3), grid(1));
    row->setSpacing(grid(2));
    row->addWidget(icon);
    row->addWidget(m_words, 1);
    for (auto* action : {open, dismiss}) {
        auto* button = new QToolButton;
        button->setObjectName(action->objectName() + u"Button"_s);
        button->setDefaultAction(action);
        button->setText(u"%1 (%2)"_s.arg(QString(action->iconText()),
                                         action->shortcut().toString(QKeySequence::NativeText)));
        button->setToolButtonStyle(Qt::ToolButtonTextOnly);
        button->setFocusPolicy(Qt::TabFocus);
        row->addWidget(button);
    }
    connect(&watch, &AlarmWatch::changed, this, &AlarmBar::refresh);
    refresh();
}

void AlarmBar::refresh() {
    const auto& all = m_watch.pending();
    m_open->setEnabled(!all.empty());
    m_dismiss->setEnabled(!all.empty());
    setVisible(!all.empty());
    if (all.empty()) return;
    auto words = all.front().words;
    if (all.size() > 1) words += u"  ·  "_s + tr("%Ln more", nullptr, static_cast<int>(all.size()) - 1);
    m_words->setText(words);
    setAccessibleName(words);
}

void AlarmBar::paintEvent(QPaintEvent*) { paintSheet(*this, Qt::BottomEdge); }

}  // namespace wl::ui
