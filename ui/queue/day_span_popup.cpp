// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/queue/day_span_popup.hpp"

#include <QDateEdit>
#include <QDateTime>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QScreen>
#include <QVBoxLayout>

#include <algorithm>

#include "ui/kit/look.hpp"

namespace wl::ui {
namespace {

using namespace Qt::StringLiterals;

QDate dayOf(Instant at, const QTimeZone& zone) { return QDateTime::fromMSecsSinceEpoch(at.ms, zone).date(); }
Instant startOf(const QDate& day, const QTimeZone& zone) { return {day.startOfDay(zone).toMSecsSinceEpoch()}; }

}  // namespace

DaySpanPopup::DaySpanPopup(Instant from, Instant to, Instant now, const QTimeZone& zone, const QString& title,
                           QWidget* parent)
    : QFrame(parent, Qt::Popup), m_zone(zone), m_first(new QDateEdit(this)), m_last(new QDateEdit(this)) {
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(u"daySpanPopup"_s);
    setFrameShape(QFrame::StyledPanel);
    const auto today = dayOf(now, zone);
    m_first->setObjectName(u"daySpanFirst"_s);
    m_first->setAccessibleName(tr("First day"));
    m_last->setObjectName(u"daySpanLast"_s);
    m_last->setAccessibleName(tr("Last day"));
    for (auto* edit : {m_first, m_last}) {
        edit->setCalendarPopup(true);
        edit->setDisplayFormat(u"d MMM yyyy"_s);
    }
    m_first->setDate(from ? dayOf(from, zone) : today.addDays(-7));
    m_last->setDate(to ? dayOf(to - Millis{1}, zone) : today);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(grid(3), grid(3), grid(3), grid(3));
    column->setSpacing(grid(1));
    auto* head = new QLabel(title, this);
    head->setFont(strongFont(font()));
    column->addWidget(head);
    const auto preset = [&](const QString& name, const QString& words, const QDate& first) {
        auto* button = new QPushButton(words, this);
        button->setObjectName(u"daySpan_"_s + name);
        button->setAccessibleName(words);
        connect(button, &QPushButton::clicked, this, [this, first, today] { take(first, today); });
        column->addWidget(button);
    };
    preset(u"today"_s, tr("Today"), today);
    preset(u"week"_s, tr("Last 7 days"), today.addDays(-6));
    preset(u"month"_s, tr("Last 30 days"), today.addDays(-29));
    preset(u"year"_s, tr("Last 365 days"), today.addDays(-364));
    column->addSpacing(grid(2));
    auto* form = new QFormLayout;
    form->addRow(tr("From"), m_first);
    form->addRow(tr("To"), m_last);
    column->addLayout(form);
    auto* apply = new QPushButton(tr("Apply"), this);
    apply->setObjectName(u"daySpanApply"_s);
    apply->setAccessibleName(apply->text());
    apply->setDefault(true);
    connect(apply, &QPushButton::clicked, this, [this] { take(m_first->date(), m_last->date()); });
    column->addWidget(apply);
}

void DaySpanPopup::openUnder(QWidget* anchor) {
    adjustSize();
    auto at = anchor->mapToGlobal(QPoint(0, anchor->height()));
    const auto room = anchor->screen()->availableGeometry();
    at.setX(std::clamp(at.x(), room.left(), std::max(room.left(), room.right() - width())));
    at.setY(std::min(at.y(), std::max(room.top(), room.bottom() - height())));
    move(at);
    show();
    m_first->setFocus();
}

void DaySpanPopup::take(const QDate& first, const QDate& last) {
    const auto [from, to] = std::minmax(first, last);
    Q_EMIT chosen(startOf(from, m_zone), startOf(to.addDays(1), m_zone));
    close();
}

}  // namespace wl::ui
