// SPDX-License-Identifier: GPL-3.0-or-later
#include "comms/sending.hpp"

#include <algorithm>
#include <chrono>

namespace wl::comms {
namespace {

constexpr std::int64_t kMinute = 60'000;
constexpr Millis kWindow = std::chrono::hours(24);  // WhatsApp: free text after the citizen's last message
constexpr Millis kHour = std::chrono::hours(1);

Decision suppressed(std::string_view reason) { return {Decision::Kind::Suppress, {}, reason}; }

// It rings at night.
bool rings(Channel channel) { return channel == Channel::Sms || channel == Channel::WhatsApp; }

}  // namespace

Instant quietEnds(const SendingPolicy& p, Instant at) {
    if (p.quietFrom == p.quietTo) return {};
    const bool overNight = p.quietFrom > p.quietTo;
    const auto isHoliday = [&](DayNumber day) { return std::ranges::binary_search(p.holidays, day); };
    // A night may run into a holiday and that into a night. A list of holidays without end ends here all the same.
    auto when = at;
    for (int guard = 0; guard < 60; ++guard) {
        const auto local = p.zone->toLocal(when);
        const auto day = local.day();
        const auto minute = (local.ms - LocalTime::of(day).ms) / kMinute;
        const bool night =
            overNight ? minute >= p.quietFrom || minute < p.quietTo : minute >= p.quietFrom && minute < p.quietTo;
        if (isHoliday(day)) when = p.zone->toUtc(LocalTime::of(day + 1));
        else if (night)
            when =
                p.zone->toUtc(LocalTime::of(day + (overNight && minute >= p.quietFrom ? 1 : 0), p.quietTo * kMinute));
        else break;
    }
    return when == at ? Instant{} : when;
}

Decision decide(const MessageFacts& m, const SendingPolicy& p, Instant now) {
    const bool automatic = m.why == MessageWhy::Rule;
    if (!m.hasAddress) return suppressed("no_address");  // nobody can override that
    if (m.overridden) return {};
    if (!automatic && !m.byOwner) return suppressed("not_owner");
    if (m.doNotContact) return suppressed("do_not_contact");
    if (m.consent == Consent::Refused && m.why != MessageWhy::Answer) return suppressed("no_consent");
    if (m.bounced) return suppressed("bounced");
    if (m.joined && automatic) return suppressed("joined");
    if (m.sameText) return suppressed("same_text");
    if (m.channel == Channel::WhatsApp && !m.approved && (!m.lastInboundAt || now - m.lastInboundAt >= kWindow))
        return suppressed("window_closed");
    Decision out;
    const auto hold = [&](Instant until, std::string_view reason) {
        if (until <= now || (out.kind == Decision::Kind::Hold && until <= out.until)) return;
        out = {Decision::Kind::Hold, until, reason};
    };
    if (automatic) {
        if (p.paused) return suppressed("paused");
        if (p.perDay > 0 && m.sentLastDay >= p.perDay) return suppressed("rate_day");
        if (p.perHour > 0 && m.sentLastHour >= p.perHour) hold(now + kHour, "rate_hour");
        if (m.lastSentAt) hold(m.lastSentAt + Millis(p.gapMinutes * kMinute), "gap");
        if (m.writtenAt) hold(m.writtenAt + Millis(p.digestMinutes * kMinute), "digest");
    }
    if (automatic || rings(m.channel)) {
        // Whatever it waits for may end at night.
        const auto leaves = out.kind == Decision::Kind::Hold ? out.until : now;
        hold(quietEnds(p, leaves), "quiet_hours");
    }
    return out;
}

}  // namespace wl::comms
