// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/pattern_feed.hpp"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <mutex>

#include "ui/models/value_words.hpp"

namespace wl::ui {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Patterns)
};

}  // namespace

// The watch's thread posts here; `feed` is null once the feed has gone.
struct PatternFeed::Inbox {
    std::mutex mutex;
    PatternFeed* feed{};
};

PatternFeed::PatternFeed(ConsoleBridge& bridge, const std::filesystem::path& folder, QObject* parent)
    : QObject(parent), m_inbox(std::make_shared<Inbox>()) {
    m_inbox->feed = this;
    auto watch = engine::HotSpotWatch::start(bridge.engine(), folder, [inbox = m_inbox](engine::PatternsPtr found) {
        const std::scoped_lock lock(inbox->mutex);
        if (!inbox->feed || !found) return;
        QMetaObject::invokeMethod(inbox->feed, [feed = inbox->feed, found = std::move(found)] {
            feed->m_patterns = found;
            Q_EMIT feed->changed();
        });
    });
    if (watch) m_watch = std::move(*watch);
    else Q_EMIT bridge.refused(watch.error());
}

PatternFeed::~PatternFeed() {
    {
        const std::scoped_lock lock(m_inbox->mutex);
        m_inbox->feed = nullptr;
    }
    m_watch.reset();
}

int PatternFeed::open() const {
    if (!m_patterns) return 0;
    return static_cast<int>(std::ranges::count_if(m_patterns->list,
                                                  [](const engine::Pattern& p) { return !p.acknowledged; }));
}

QString patternFigures(const engine::Pattern& pattern) {
    const QLocale locale;
    const auto expected = pattern.spot.expected;
    return Words::tr("%1 instead of %2")
        .arg(locale.toString(pattern.spot.observed),
             locale.toString(std::max(expected, 0.1), 'f', expected < 9.5 ? 1 : 0));
}

QString patternLine(const engine::Pattern& pattern, const rules::Catalogue& catalogue) {
    const auto days = static_cast<int>((pattern.spot.to - pattern.spot.from) / std::chrono::days(1));
    const auto service = fromText(catalogue.serviceName(pattern.service));
    if (pattern.spot.cityWide)
        return Words::tr("%1: %2 in the whole city, %n day(s)", nullptr, days).arg(service, patternFigures(pattern));
    return Words::tr("%1: %2 within %3 m, %n day(s)", nullptr, days)
        .arg(service, patternFigures(pattern), QLocale().toString(static_cast<int>(pattern.spot.radiusMetres)));
}

QString recurrenceWords(double days) {
    const QLocale locale;
    if (days < 13.5) return Words::tr("once in %n day(s)", nullptr, std::max(1, static_cast<int>(days + 0.5)));
    if (days < 60) return Words::tr("once in %n week(s)", nullptr, static_cast<int>(days / 7 + 0.5));
    if (days < 730) return Words::tr("once in %n month(s)", nullptr, static_cast<int>(days / 30.4 + 0.5));
    if (days < 36'500) return Words::tr("once in %n year(s)", nullptr, static_cast<int>(days / 365 + 0.5));
    return Words::tr("never before");
}

}  // namespace wl::ui
