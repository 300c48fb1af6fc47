// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Pick a span of whole days in the city's zone: a usual one with one click, or two dates.

#include <QFrame>
#include <QTimeZone>

#include "domain/time.hpp"

class QDateEdit;

namespace wl::ui {

class DaySpanPopup final : public QFrame {
    Q_OBJECT

public:
    /// [from, to); none where open.
    DaySpanPopup(Instant from, Instant to, Instant now, const QTimeZone& zone, const QString& title, QWidget* parent);

    /// Opens under `anchor`; deletes itself when closed.
    void openUnder(QWidget* anchor);

Q_SIGNALS:
    void chosen(wl::Instant from, wl::Instant to);

private:
    void take(const QDate& first, const QDate& last);

    QTimeZone m_zone;
    QDateEdit* m_first;
    QDateEdit* m_last;
};

}  // namespace wl::ui
