// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A case's history as lines that people read. Pure: entries in, lines out; the view only paints them.

#include <QString>

#include <span>
#include <vector>

#include "store/views.hpp"
#include "ui/models/value_words.hpp"

namespace wl::ui {

enum class TimelineTopic : std::uint8_t { Message, Change };

struct TimelineLine {
    Stamp stamp;
    Instant at;
    Instant recordedAt;
    TimelineTopic topic{};
    QString icon;     ///< Breeze name
    QString heading;  ///< "Call, incoming", "Priority: Normal -> High"
    QString body;     ///< what was said; several changes, one a line
    QString who;
    QString why;      ///< the author's comment on a change, or why a step took no effect
    bool effective{true};
    bool staffOnly{};
    bool outgoing{};
    bool sealed{};    ///< some text cannot be read here; `why` says so
};

/// `entries` oldest first, as Reader::timeline gives them; the lines have the same order.
[[nodiscard]] std::vector<TimelineLine> timelineLines(std::span<const store::TimelineEntry> entries,
                                                      const WordContext& context);

}  // namespace wl::ui
