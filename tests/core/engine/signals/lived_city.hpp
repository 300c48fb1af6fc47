// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A small city that lives through a random history, for figures that are counted twice.
#include <QTemporaryDir>

#include <map>

#include "engine/engine.hpp"
#include "rules/sla.hpp"
#include "support/property.hpp"

namespace wl::test {

using namespace wl::engine;
using namespace wl::rules::signals;

inline constexpr std::int64_t kStart = 1'700'000'000'000, kHourMs = 3'600'000, kDayS = 86'400;

class City {
public:
    City() {
        EngineOptions o;
        o.dir = m_dir.path().toStdString() + "/city";
        o.clock = &clock;
        o.agent = "will";
        if (!Engine::create(o)) qFatal("create");
        reopen();
        PublishCatalogue publish;
        for (const char* code : {"pothole", "lamp", "tree"}) {
            rules::Service s;
            s.code = s.name = code;
            s.department = code[0] == 'l' ? "light" : "roads";
            publish.items.push_back(rules::toItem(s));
        }
        for (const char* code : {"light", "roads", "parks"}) {
            rules::Department d;
            d.code = d.name = code;
            publish.items.push_back(rules::toItem(d));
        }
        publish.items.push_back(rules::toItem(rules::StaffMember{"will", "Will Example", "roads", "", "supervisor"}));
        run(publish);
        promise(48);
    }
    /// The policy of all cases becomes another one.
    void promise(int hours) {
        rules::SlaPolicy p;
        p.code = p.name = "all";
        p.resolve = rules::SlaTarget{hours * 60, rules::TargetUnit::CalendarMinutes};
        PublishCatalogue publish;
        publish.items.push_back(rules::toItem(p));
        run(publish);
    }
    void reopen() {
        engine.reset();
        EngineOptions o;
        o.dir = m_dir.path().toStdString() + "/city";
        o.clock = &clock;
        o.agent = "will";
        engine = Engine::open(o).value();
        engine->waitUntilLoaded();
    }
    /// What a rule refuses is no part of the history.
    void run(Command command) {
        const auto done = engine->submitAndWait(std::move(command));
        if (done && done->caseKey) last = done->caseKey;
        if (done && !done->messageId.isNull()) lastMessage = done->messageId;
    }
    Figure figure(FigureKind kind, SignalScope scope = {}, bool cases = false) {
        SignalQuestion q;
        q.kind = kind;
        q.scope = std::move(scope);
        q.cases = cases;
        const auto out = engine->figuresAndWait({q});
        if (!out) qFatal("figures: %s %s", out.error().code.c_str(), out.error().detail.c_str());
        return out.value()->front();
    }
    /// Every case as its ops say, and what its clock shows.
    std::vector<std::pair<CaseState, DerivedCase>> cases() {
        std::vector<std::pair<CaseState, DerivedCase>> out;
        const auto reader = engine->openReader().value();
        const auto keys = engine->queryAndWait({}).value()->keys;
        for (const auto key : keys) {
            const auto timeline = reader->timeline(key).value();
            std::vector<StampedOp> ops;
            for (const auto& entry : timeline) ops.push_back({entry.stamp, entry.op});
            const auto id = reader->detail(key).value().state.id;
            const auto state = foldCase(id, ops);
            out.emplace_back(state, rules::SlaDeriver(engine->catalogue()).derive(state));
        }
        return out;
    }

    ManualClock clock{Instant{kStart}};
    std::unique_ptr<Engine> engine;
    CaseKey last;
    MessageId lastMessage;

private:
    QTemporaryDir m_dir;
};

inline void live(City& city, Recipe& r) {
    std::vector<CaseKey> known;
    const std::array services{"pothole", "lamp", "tree"};
    const std::array departments{"light", "roads", "parks"};
    for (int i = 0; i < 45; ++i) {
        city.clock.set({city.clock.now().ms + static_cast<std::int64_t>(r.below(40)) * kHourMs + 1'357});
        const auto late = [&] {
            return r.chance(25) ? Instant{city.clock.now().ms - static_cast<std::int64_t>(r.below(90)) * kHourMs}
                                : Instant{};
        };
        const auto what = known.empty() ? 0 : r.below(16);
        CaseRef target;
        if (!known.empty()) target.key = r.of(known);
        if (what <= 2) {
            OpenCase c;
            c.fields.set(CaseField::Service, std::string(r.of(services)));
            c.fields.set(CaseField::Area, std::string(r.chance(50) ? "north" : "south"));
            c.fields.set(CaseField::FirstChannel, std::int64_t{r.chance(30) ? 8 : 1});
            if (const auto at = late()) c.fields.set(CaseField::RequestedAt, at.ms);
            city.run(c);
            known.push_back(city.last);
        } else if (what <= 5) {
            ChangeStatus c;
            c.target = target;
            c.to = r.chance(60) ? Status::Closed : r.chance(50) ? Status::WorkDone : Status::InProgress;
            c.reason = c.to == Status::Closed ? "fixed" : "";
            c.at = late();
            city.run(c);
        } else if (what == 6) {
            ChangeStatus c;  // reopens, where it is closed
            c.target = target;
            c.to = Status::Acknowledged;
            city.run(c);
        } else if (what == 7) {
            city.run(Undo{});
        } else if (what == 8) {
            AddReport a;
            a.target = target;
            a.at = late();
            city.run(a);
        } else if (what == 9) {
            JudgeCases j;
            j.target = target;
            j.of.key = r.of(known);
            j.judgement = r.chance(70) ? Judgement::Same : Judgement::None;
            city.run(j);
        } else if (what == 10) {
            OfferHandOff o;
            o.target = target;
            o.department = r.of(departments);
            o.reason = "theirs";
            city.run(o);
            AnswerHandOff a;
            a.target = target;
            a.answer = HandOffAnswer::Accepted;
            city.run(a);
        } else if (what == 12) {
            city.promise(static_cast<int>(12 + r.below(100)));
        } else if (what <= 14) {
            WriteMessage m;  // a rule's: some have no address, so they are kept back
            m.target = target;
            m.why = MessageWhy::Rule;
            m.cause = std::to_string(i);
            m.event = "closed";
            m.body = "It is done.";
            if (r.chance(60)) m.address = "someone@example.org";
            city.run(m);
            for (const auto to : {MessageState::Sending, MessageState::Sent, MessageState::Failed}) {
                if (r.chance(35)) break;
                MoveMessage move;
                move.target = target;
                move.message = city.lastMessage;
                move.byGateway = true;
                move.to = to == MessageState::Sending && r.chance(20) ? MessageState::Suppressed : to;
                if (move.to == MessageState::Suppressed) move.reason = "merged";
                city.run(move);
            }
        } else {
            RecordInteraction m;
            m.target = target;
            m.interaction.channel = Channel::Email;
            m.interaction.direction = r.chance(70) ? Direction::Out : Direction::In;
            m.interaction.visibility = Visibility::Public;
            m.interaction.kind = InteractionKind::Message;
            m.interaction.body = "Thank you.";
            m.interaction.at = late();
            city.run(m);
        }
        // The tallies are alive from the first case on, so everything later comes to them as a change.
        if (i == 3) city.figure(FigureKind::Opened);
    }
    for (int i = 0; i < 2; ++i) {  // past their warning, before their due instant
        OpenCase c;
        c.fields.set(CaseField::Service, std::string("tree"));
        c.fields.set(CaseField::RequestedAt, city.clock.now().ms - 40 * kHourMs);
        city.run(c);
    }
}

}  // namespace wl::test
