// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/time_words.hpp"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <algorithm>

namespace wl::ui {
namespace {

struct TimeWords {
    Q_DECLARE_TR_FUNCTIONS(TimeWords)
};

constexpr std::int64_t kSecond = 1000, kMinute = 60 * kSecond, kHour = 60 * kMinute, kDay = 24 * kHour;

// The step in which the words of a duration change.
constexpr std::int64_t kYear = 365 * kDay, kManyYears = 3 * kYear;  // days are said up to there

std::int64_t stepOf(std::int64_t ms) {
    if (ms < 10 * kHour) return kMinute;
    if (ms < 7 * kDay) return kHour;
    return kDay;
}

}  // namespace

using namespace Qt::StringLiterals;

QString durationWords(Millis duration) {
    const auto ms = std::abs(duration.count());
    if (ms < kMinute) return TimeWords::tr("under 1 min");
    if (ms < kHour) return TimeWords::tr("%1 min").arg(ms / kMinute);
    if (ms < 10 * kHour) {
        const auto minutes = ms % kHour / kMinute;
        return minutes == 0 ? TimeWords::tr("%1 h").arg(ms / kHour)
                            : TimeWords::tr("%1 h %2 min").arg(ms / kHour).arg(minutes);
    }
    if (ms < 2 * kDay) return TimeWords::tr("%1 h").arg(ms / kHour);
    if (ms < 7 * kDay) {
        const auto hours = ms % kDay / kHour;
        return hours == 0 ? TimeWords::tr("%1 d").arg(ms / kDay) : TimeWords::tr("%1 d %2 h").arg(ms / kDay).arg(hours);
    }
    if (ms >= kManyYears) return TimeWords::tr("%1 y").arg(ms / kYear);
    return TimeWords::tr("%1 d").arg(ms / kDay);
}

QString coarseWords(Millis duration) {
    const auto ms = std::abs(duration.count());
    if (ms < kMinute) return TimeWords::tr("under 1 min");
    if (ms < kHour) return TimeWords::tr("%1 min").arg(ms / kMinute);
    if (ms < 2 * kDay) return TimeWords::tr("%1 h").arg(ms / kHour);
    if (ms >= kManyYears) return TimeWords::tr("%1 y").arg(ms / kYear);
    return TimeWords::tr("%1 d").arg(ms / kDay);
}

Millis wordsStayFor(Millis distance) {
    const auto ms = std::abs(distance.count());
    const auto step = stepOf(ms);
    const auto left = distance.count() >= 0 ? ms % step + 1 : step - ms % step;
    return Millis{std::max(left, kSecond)};
}

QString agoWords(Instant at, Instant now) {
    if (!at) return {};
    const auto past = now - at;
    if (std::abs(past.count()) < kMinute) return TimeWords::tr("just now");
    return past.count() > 0 ? TimeWords::tr("%1 ago").arg(coarseWords(past))
                            : TimeWords::tr("in %1").arg(durationWords(past));
}

QString dueWords(SlaState state, Instant due, Instant now) {
    switch (state) {
        case SlaState::None: return {};
        case SlaState::OnTrack:
        case SlaState::AtRisk: return TimeWords::tr("%1 left").arg(durationWords(due - now));
        case SlaState::Breached: return TimeWords::tr("breached %1 ago").arg(coarseWords(now - due));
        case SlaState::Paused: return TimeWords::tr("paused");
        case SlaState::Met: return TimeWords::tr("met");
        case SlaState::Cancelled: return TimeWords::tr("cancelled");
    }
    return {};
}

QString absoluteWords(Instant at, const QTimeZone& zone) {
    if (!at) return {};
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(at.ms, zone), u"ddd d MMM yyyy, HH:mm"_s);
}

QTimeZone zoneOf(const rules::Catalogue& catalogue) {
    const QTimeZone zone(QByteArray::fromStdString(catalogue.jurisdiction().timeZone));
    return zone.isValid() ? zone : QTimeZone::utc();
}

}  // namespace wl::ui
