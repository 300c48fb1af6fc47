// SPDX-License-Identifier: GPL-3.0-or-later
// What happens to a case after its opening. Times are drawn so that about 85 in 100 keep their target; the rest is
// late by a little or a lot. Work is done while the department is at work.
#include <algorithm>
#include <cmath>

#include "engine/demo/case_draft.hpp"
#include "engine/demo/demo_catalogue.hpp"

namespace wl::engine::demo {
namespace {

Millis share(Millis whole, double part) {
    return Millis{static_cast<std::int64_t>(static_cast<double>(whole.count()) * part)};
}

class Life {
public:
    explicit Life(CaseDraft& draft)
        : d(draft), m_hours(draft.stage.hoursOf(draft.service.department)), m_start(draft.arrival.at),
          m_now(draft.stage.options.now),
          m_desk(d.opener.empty() || d.channel == Channel::Staff ? d.stage.deskAgent(m_start, d.chance) : d.opener),
          m_field(d.stage.fieldAgent(d.service.department, d.route.crew, d.chance)),
          m_dispatcher(d.stage.dispatcher(d.service.department)) {}

    void closed() {
        const auto weather = d.stage.weather.on(d.stage.time.dayNumber(m_start));
        const double lateness = 0.75 * d.profile.late * districtLateness(d.stage.places.districtCode(d.district)) *
                                (1 + 1.1 * weather.storm);
        m_late = d.chance.with(std::min(lateness, 0.6));
        bool waits = d.chance.with(d.profile.waits);
        chooseReason();
        auto pause = waits ? Millis{4 * kHour} + share(d.due - m_start, d.chance.between(0.1, 0.9)) : Millis{0};
        auto done = finish(d.due + (m_reasonStops ? pause : Millis{0}));
        if (done > m_now - Millis{10 * kMinute}) {  // only a short one can be over already
            done = m_start + share(m_now - m_start, d.chance.between(0.3, 0.85));
            pause = share(done - m_start, 0.3);
            waits = waits && pause > Millis{2 * kHour};
            m_late = false;
        }
        const auto span = done - m_start;
        const auto seen = acknowledgedAt(share(span, 0.3));
        const auto assigned = std::min(seen + Millis{kMinute} + share(Millis{50 * kMinute}, d.chance.exponential(1)),
                                       m_start + share(span, 0.55));
        acknowledge(seen, 0.6);
        assign(assigned, m_field);
        extraCallers(m_start + share(span, 0.4), span);
        if (waits) {
            const auto from = std::max(assigned + share(span, 0.08), m_start + share(span, 0.2));
            wait(from, std::min(from + pause, done - share(span, 0.1)));
        } else if (d.chance.with(0.07) && span > Millis{kDay}) {
            d.step(m_start + share(span, 0.6), m_dispatcher, Status::Planned, {}, d.say(commonPhrases().planNotes),
                   m_start + share(span, 0.9));
        }
        if ((span > Millis{3 * kDay} && d.chance.with(m_late ? 0.3 : 0.07)) || (m_late && d.chance.with(0.1)))
            chase(m_start + share(span, 0.75));
        work(done);
        close(done);
    }

    void open() {
        const auto age = m_now - m_start;
        chooseReason();
        const bool fresh = age < Millis{3 * kHour};
        const double stages[] = {fresh ? 0.6 : 0.17, fresh ? 0.2 : 0.11, 0.31, fresh ? 0.05 : 0.19, fresh ? 0.0 : 0.14,
                                 fresh ? 0.0 : 0.05, fresh ? 0.0 : 0.03};
        const auto stage = d.chance.weighted(stages);
        if (stage > 0 && !fresh && d.chance.with(0.03)) return reopened(age);
        extraCallers(m_start + share(age, 0.3), age);
        if (stage == 0) return;  // nobody has looked at it
        const auto seen = acknowledgedAt(share(age, 0.25));
        acknowledge(seen, stage == 1 ? 1 : 0.6);
        if (stage == 1) return;
        const auto assigned = seen + share(age, 0.12);
        const bool byDesk = (stage == 4 && m_reason == "resident") || (stage == 2 && d.chance.with(0.15));
        assign(assigned, byDesk ? deskOwner() : m_field);
        if (age > Millis{2 * kDay} && d.chance.with(m_now > d.due ? 0.4 : 0.1)) chase(m_start + share(age, 0.6));
        const auto then = m_start + share(age, d.chance.between(0.62, 0.95));
        if (stage == 3 || stage == 6) beginWork(then);
        if (stage == 4) wait(then, {});
        if (stage == 5)
            d.step(then, m_dispatcher, Status::Planned, {}, d.say(commonPhrases().planNotes),
                   m_now + Millis{std::int64_t{2 + d.chance.whole(0, 8)} * kDay});
        if (stage == 6) d.step(m_start + share(age, 0.98), m_field, Status::WorkDone, {}, d.say(d.phrases.fixed));
    }

private:
    void chooseReason() {
        m_reason = d.chance.pick(d.profile.waitReasons);
        if (m_reason == "resident" && !d.person) m_reason = "other_agency";
        const auto* reason = d.stage.catalogue->pauseReason(m_reason);
        m_reasonStops = reason && reason->stopsClock;
    }

    std::string deskOwner() { return d.chance.with(0.3) ? std::string(kDemoAgent) : m_desk; }

    // When the work is done, in the hours of the department.
    Instant finish(Instant target) {
        const auto span = target - m_start;
        const auto pause = Millis{d.chance.whole(5, 100) * kMinute};
        if (m_late) {
            const auto done = m_hours.into(target + share(span, 0.03 + d.chance.exponential(0.4)));
            return std::max(done, target + Millis{5 * kMinute}) + pause;
        }
        const double part = std::clamp(d.profile.pace * std::exp(0.38 * d.chance.bell()), 0.06, 0.96);
        auto done = m_hours.into(m_start + share(span, part)) + pause;
        if (done > target) done = m_hours.backInto(target - Millis{d.chance.whole(3, 40) * kMinute});
        if (done < m_start + Millis{12 * kMinute} || done > target) done = m_start + share(span, 0.6);
        return done;
    }

    // The desk looks at new cases from seven to eight; urgent ones at once, day and night.
    Instant acknowledgedAt(Millis atMost) {
        Millis wait =
            share(Millis{d.channel == Channel::Phone ? 12 * kMinute : 45 * kMinute}, 0.1 + d.chance.exponential(1));
        if (d.due - m_start < Millis{13 * kHour}) {
            wait = Millis{d.chance.whole(60, 22 * 60) * 1000};
        } else if (const int hour = d.stage.time.hour(m_start); hour < 7 || hour >= 20) {
            const auto day = d.stage.time.dayNumber(m_start) + (hour >= 20 ? 1 : 0);
            wait += d.stage.time.instant(day, 7 * kHour) - m_start;
        } else if (d.chance.with(0.06)) {
            wait += share(Millis{kDay}, d.chance.between(0.5, 2.5));
        }
        return m_start + std::min(wait, atMost);
    }

    void acknowledge(Instant at, double often) {
        if (d.chance.with(often)) d.step(at, m_desk, Status::Acknowledged);
        if (d.chance.with(0.45))
            d.tell(at + Millis{d.chance.whole(30, 300) * 1000}, m_desk, d.say(commonPhrases().firstReplies));
    }

    void assign(Instant at, const std::string& owner) {
        d.own(at, m_dispatcher, owner);  // an owner makes a new case an assigned one
        if (d.chance.with(0.3))
            d.note(at + Millis{d.chance.whole(20, 200) * 1000}, m_dispatcher, d.say(commonPhrases().assignNotes));
        if (d.chance.with(0.015) && d.priority < Priority::High) {
            EditCase edit;
            edit.target.id = d.id;
            edit.fields.set(CaseField::Priority, static_cast<std::int64_t>(Priority::High));
            edit.comment = "Several people depend on it.";
            d.act(at + Millis{kMinute * 5}, m_dispatcher, std::move(edit));
        }
    }

    // Until `until`, or for good if there is none.
    void wait(Instant from, Instant until) {
        const auto* reason = d.stage.catalogue->pauseReason(m_reason);
        auto name = reason ? reason->name : m_reason;
        if (!name.empty() && name[0] >= 'A' && name[0] <= 'Z') name[0] = static_cast<char>(name[0] - 'A' + 'a');
        d.word("reason", name);
        if (m_reason == "resident") d.tell(from, m_desk, d.say(commonPhrases().questions));
        d.step(from + Millis{kMinute}, m_reason == "resident" ? m_desk : m_field, Status::Waiting, m_reason,
               d.say(commonPhrases().waitNotes));
        if (!until) return;
        if (m_reason == "resident")
            d.hear(until - Millis{10 * kMinute}, m_desk, d.say(commonPhrases().residentAnswers));
        d.step(until, m_field, Status::InProgress);
        m_working = true;
    }

    void extraCallers(Instant around, Millis span) {
        if (!d.chance.with(d.arrival.cluster >= 0 ? 0.25 : 0.04)) return;
        d.hear(around, m_desk, d.say(commonPhrases().moreCallers), Channel::Phone);
        if (d.chance.with(0.3))
            d.hear(around + share(span, 0.05), m_desk, d.say(commonPhrases().moreCallers), Channel::Phone);
    }

    void chase(Instant at) {
        if (!d.person) return;
        const auto agent = d.stage.deskAgent(at, d.chance);
        d.hear(at, agent, d.say(commonPhrases().chases));
        if (d.chance.with(0.8))
            d.tell(at + Millis{d.chance.whole(2, 90) * kMinute}, agent, d.say(commonPhrases().answersToChase));
    }

    void beginWork(Instant at) {
        if (!m_working) d.step(at, m_field, Status::InProgress);
        m_working = true;
        if (d.chance.with(0.35))
            d.note(at + Millis{d.chance.whole(4, 30) * kMinute}, m_field, d.say(d.phrases.crewNotes));
    }

    void work(Instant done) {
        const auto left = done - d.last();
        if (d.chance.with(0.72))
            beginWork(std::max(done - Millis{d.chance.whole(15, 150) * kMinute}, d.last() + share(left, 0.3)));
    }

    void close(Instant done) {
        const double kinds[] = {0.84, 0.045, 0.05, 0.035, 0.015, 0.015};
        const std::string_view resolutions[] = {
            "fixed", "no_action", "not_found", "not_responsible", "cancelled_by_requester", "invalid"};
        const auto kind = d.chance.weighted(kinds);
        const bool fixed = kind == 0;
        const auto note = kind == 4 ? std::string("The resident took the report back.")
                                    : d.say(fixed ? d.phrases.fixed : d.phrases.unfixed);
        Instant at = done;
        if (fixed && d.chance.with(0.42)) {
            d.step(done, m_field, Status::WorkDone, {}, note);
            at = std::min(done + Millis{d.chance.whole(4, 600) * kMinute}, m_now - Millis{2 * kMinute});
        }
        d.step(at, at == done ? m_field : m_dispatcher, Status::Closed, std::string(resolutions[kind]), note);
        const auto closed = d.last();
        d.word("note", note);
        if (m_late && d.chance.with(0.5)) d.word("note", note + " " + d.say(commonPhrases().lateApologies));
        if (d.chance.with(0.62))
            d.tell(closed + Millis{20'000}, {},
                   d.say(fixed ? commonPhrases().doneMessages : commonPhrases().endMessages), true);
        if (!d.canAnswer()) return;
        if (fixed && closed + Millis{6 * kDay} < m_now && d.chance.with(0.045))
            reopen(closed, closed + Millis{kHour} + share(Millis{4 * kDay}, d.chance.unit()), m_now - Millis{kHour});
        else if (fixed && closed + Millis{kDay} < m_now && d.chance.with(0.05))
            d.hear(closed + Millis{d.chance.whole(10, 700) * kMinute}, m_desk, d.say(commonPhrases().thanks));
    }

    void reopen(Instant closed, Instant at, Instant latest) {
        d.hear(std::max(at, closed), m_desk, d.say(commonPhrases().notFixed));
        d.step(at + Millis{20 * kMinute}, m_desk, Status::Acknowledged, {}, d.say(commonPhrases().reopenNotes));
        const auto end = std::min(m_hours.into(at + share(Millis{4 * kDay}, d.chance.between(0.1, 1))), latest);
        d.step(end - share(end - d.last(), 0.3), m_field, Status::InProgress);
        d.step(end, m_field, Status::Closed, "fixed", d.say(d.phrases.fixed));
        d.word("note", "The crew has been there again.");
        d.tell(d.last() + Millis{30'000}, {}, d.say(commonPhrases().doneMessages), true);
    }

    // An open case that had been closed too early.
    void reopened(Millis age) {
        assign(m_start + share(age, 0.1), m_field);
        d.step(m_start + share(age, 0.5), m_field, Status::Closed, "fixed", d.say(d.phrases.fixed));
        d.hear(m_start + share(age, 0.7), m_desk, d.say(commonPhrases().notFixed));
        d.step(m_start + share(age, 0.75), m_desk, Status::Acknowledged, {}, d.say(commonPhrases().reopenNotes));
        d.step(m_start + share(age, 0.9), m_dispatcher, Status::Assigned);
    }

    CaseDraft& d;
    const WorkTimes& m_hours;
    Instant m_start, m_now;
    std::string m_desk, m_field, m_dispatcher;
    std::string m_reason;
    bool m_reasonStops{};
    bool m_late{};
    bool m_working{};
};

}  // namespace

void writeLife(CaseDraft& draft) {
    Life life(draft);
    if (draft.arrival.open) life.open();
    else life.closed();
}

void writeDuplicate(CaseDraft& d, const std::string& otherNumber) {
    d.word("other", otherNumber);
    const auto agent = d.opener.empty() ? d.stage.deskAgent(d.arrival.at, d.chance) : d.opener;
    const auto left = d.stage.options.now - d.arrival.at;
    const auto at = d.arrival.at + std::min(Millis{d.chance.whole(3, 300) * kMinute}, share(left, 0.5));
    const auto note = d.say(commonPhrases().duplicateNotes);
    d.step(at, agent, Status::Closed, "duplicate", note);
    d.tell(at + Millis{40'000}, agent,
           "Thank you. This is known to us as " + otherNumber + "; we will tell you when it is done.");
}

}  // namespace wl::engine::demo
