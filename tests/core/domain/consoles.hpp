// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Several consoles that work on one case at once. Each knows only the ops that reached it, stamps its own by a clock
// that may be wrong, and names in `preds` what it really saw. With mischief on, some ops also lie about what they saw,
// open the case twice, or come from a newer version.

#include <algorithm>

#include "domain/case_state.hpp"
#include "domain/workflow.hpp"
#include "support/property.hpp"

namespace wl::test {

inline OriginId originNumber(std::size_t n) {
    OriginId id;
    id.bytes[0] = static_cast<std::uint8_t>(0xa0 + n);
    return id;
}
inline CaseId caseId() {
    CaseId id;
    id.bytes[15] = 7;
    return id;
}

class Consoles {
public:
    Consoles(Recipe& recipe, bool mischief) : m_r(recipe), m_mischief(mischief), m_consoles(2 + recipe.below(3)) {
        for (std::size_t i = 0; i < m_consoles.size(); ++i) {
            m_consoles[i].skew = static_cast<std::int64_t>(recipe.below(5)) * 1000;
            m_consoles[i].knows.resize(m_consoles.size());
        }
        author(0, opening());
        for (std::size_t i = 1; i < m_consoles.size(); ++i)
            if (recipe.chance(70)) m_consoles[i].knows[0] = 1, m_consoles[i].last = m_ops.front().stamp.hlc;
        while (!recipe.atEnd()) step();
    }

    [[nodiscard]] const std::vector<StampedOp>& ops() const { return m_ops; }

    /// All ops in a random order; each origin's own in their order unless `anyhow`.
    [[nodiscard]] static std::vector<StampedOp> arrival(std::vector<StampedOp> ops, Recipe& r, bool anyhow) {
        for (std::size_t i = ops.size(); i > 1; --i) std::swap(ops[i - 1], ops[r.below(i)]);
        if (anyhow) return ops;
        std::vector<StampedOp> out;
        std::vector<std::vector<StampedOp>> logs(8);
        for (auto& op : ops) logs[op.stamp.dot.origin.bytes[0] - 0xa0U].push_back(op);
        for (auto& log : logs)
            std::ranges::sort(log, std::greater{}, [](const StampedOp& o) { return o.stamp.dot.seq; });
        for (const auto& op : ops) {  // keeps the turns of the origins, not the order within them
            auto& log = logs[op.stamp.dot.origin.bytes[0] - 0xa0U];
            out.push_back(std::move(log.back()));
            log.pop_back();
        }
        return out;
    }

private:
    struct Console {
        Hlc last;
        std::int64_t skew{};
        std::uint64_t seq{};
        std::vector<std::uint64_t> knows;  ///< how much of each origin's log
    };

    void step() {
        const auto c = m_r.below(m_consoles.size());
        auto& me = m_consoles[c];
        m_now += static_cast<std::int64_t>(m_r.below(4)) * 700;
        if (m_r.chance(35)) {  // something arrives from another
            const auto o = m_r.below(m_consoles.size());
            me.knows[o] += m_r.below(m_consoles[o].seq - me.knows[o] + 1);
            for (const auto& op : m_ops)
                if (seen(me, op)) me.last = std::max(me.last, op.stamp.hlc);
            return;
        }
        const auto view = viewOf(me);
        if (!view.isOpenedYet() && !m_mischief) return;
        author(c, body(view));
    }

    [[nodiscard]] bool seen(const Console& me, const StampedOp& op) const {
        return op.stamp.dot.seq <= me.knows[op.stamp.dot.origin.bytes[0] - 0xa0U];
    }
    [[nodiscard]] CaseState viewOf(const Console& me) const {
        std::vector<StampedOp> known;
        for (const auto& op : m_ops)
            if (seen(me, op)) known.push_back(op);
        return foldCase(caseId(), known);
    }

    void author(std::size_t c, OpBody what) {
        auto& me = m_consoles[c];
        const auto wall = Hlc::of({m_now + me.skew});
        me.last = wall > me.last ? wall : Hlc{me.last.value + 1};
        Op op;
        op.entity = caseId();
        op.hlc = me.last;
        op.body = std::move(what);
        if (m_mischief && m_r.chance(3)) op.unread = 1;
        const Stamp stamp{op.hlc, {originNumber(c), ++me.seq}};
        me.knows[c] = me.seq;
        m_ops.push_back({stamp, std::move(op)});
    }

    Value someValue(const FieldSpec& field) {
        if (m_r.chance(10)) return {};
        if (field.type == FieldType::Int) return static_cast<std::int64_t>(m_r.below(4) + 1);
        return std::string(1, static_cast<char>('a' + m_r.below(6)));
    }

    OpBody opening() {
        CaseOpened b;
        b.fields.set(CaseField::RequestedAt, m_now);
        b.fields.set(CaseField::FirstChannel, std::int64_t{1});
        for (const auto field : kFields)
            if (m_r.chance(50)) b.fields.set(field, someValue(spec(field)));
        return b;
    }

    OpBody body(const CaseState& view) {
        if (m_mischief && m_r.chance(3)) return UnknownOp{99};
        if (m_mischief && m_r.chance(4)) return opening();
        if (m_r.chance(25)) return duty(view);
        if (m_r.chance(15)) return incident(view);
        if (m_r.chance(15)) return message();
        switch (m_r.below(5)) {
            case 0: {
                if (!view.history.empty() && m_r.chance(30)) return takenBack(view);
                const auto to = static_cast<Status>(m_r.below(kStatusCount));
                if (!m_mischief && !mayStep(view.status, to)) return interaction();
                auto from = view.status;
                if (m_mischief && m_r.chance(20)) from = static_cast<Status>(m_r.below(kStatusCount));
                return CaseStatusChanged{.from = from,
                                         .to = to,
                                         .reason = to == Status::Closed ? "fixed" : "",
                                         .at = {m_now},
                                         .note = {},
                                         .until = {m_r.chance(30) ? m_now + 9'000 : 0}};
            }
            case 1: return interaction();
            default: return edit(view);
        }
    }

    // Undo of the last step this console knows of; now and then of one that another console made, which nobody may.
    OpBody takenBack(const CaseState& view) {
        const auto& last = m_mischief ? view.history[m_r.below(view.history.size())] : view.history.back();
        return CaseStatusChanged{.from = view.status,
                                 .to = last.from,
                                 .reason = {},
                                 .at = {m_now},
                                 .note = {},
                                 .takesBack = last.stamp.dot.seq};
    }

    OpBody interaction() {
        InteractionRecorded i;
        i.channel = Channel::Email;
        i.direction = m_r.chance(50) ? Direction::In : Direction::Out;
        i.kind = InteractionKind::Message;
        i.visibility = m_r.chance(70) ? Visibility::Public : Visibility::Staff;
        i.automatic = m_r.chance(20);
        if (m_r.chance(70)) i.at = {m_now - static_cast<std::int64_t>(m_r.below(5000))};
        return i;
    }

    // Hand-offs and escalations; answers may name an offer that this replica has never seen.
    OpBody duty(const CaseState& view) {
        const std::string key(1, static_cast<char>('a' + m_r.below(3)));
        const Instant at{m_r.chance(60) ? m_now : 0};
        switch (m_r.below(4)) {
            case 0: return HandOffOffered{key, {}, "not ours", at, {m_now + 5'000}};
            case 1: {
                Dot offer{originNumber(m_r.below(m_consoles.size())), 1 + m_r.below(12)};
                if (!view.handOffs.empty() && m_r.chance(80))
                    offer = view.handOffs[m_r.below(view.handOffs.size())].offer;
                return HandOffAnswered{offer, static_cast<HandOffAnswer>(1 + m_r.below(4)), "why", at};
            }
            case 2: {
                const auto level = static_cast<std::int64_t>(1 + m_r.below(4));
                return EscalationRaised{key, "usual", level, "owner", "a.alder", {m_now - 1'000}, at};
            }
            default: return EscalationAcknowledged{key, at};
        }
    }

    // Messages of a few ids, so that moves also meet such as nobody has written here, and two consoles write one.
    OpBody message() {
        MessageId id;
        id.bytes[3] = static_cast<std::uint8_t>(1 + m_r.below(4));
        const Instant at{m_r.chance(70) ? m_now : 0};
        if (m_r.chance(40))
            return MessageWritten{.message = id,
                                  .person = {},
                                  .channel = Channel::Email,
                                  .address = "citizen@example.org",
                                  .templateCode = "closed-en",
                                  .language = "en",
                                  .subject = "Your report",
                                  .body = "It is done",
                                  .why = static_cast<MessageWhy>(1 + m_r.below(3)),
                                  .state = static_cast<MessageState>(1 + m_r.below(3)),
                                  .at = at,
                                  .until = {m_now + 50},
                                  .reason = {},
                                  .event = "closed",
                                  .author = {}};
        return MessageMoved{.message = id,
                            .to = static_cast<MessageState>(1 + m_r.below(9)),
                            .at = at,
                            .until = {m_now + 100},
                            .reason = "why",
                            .externalId = m_r.chance(30) ? "x1" : "",
                            .note = {}};
    }

    // Reports, and what is said of another case; removals may name what has never been there.
    OpBody incident(const CaseState& view) {
        const auto someDot = [&] { return Dot{originNumber(m_r.below(m_consoles.size())), 1 + m_r.below(12)}; };
        switch (m_r.below(3)) {
            case 0: {
                PersonId person;
                person.bytes[0] = static_cast<std::uint8_t>(m_r.below(3));
                return ReportJoined{person, Channel::Phone, {m_r.chance(60) ? m_now : 0}, 1, "here too"};
            }
            case 1: {
                ReportsLeft left;
                if (!view.reports.empty())
                    left.removed.push_back(view.reports[m_r.below(view.reports.size())].joined.dot);
                if (m_mischief) left.removed.push_back(someDot());
                return left;
            }
            default: {
                JudgedPair pair{caseId(), static_cast<Judgement>(m_r.below(3)), m_r.chance(20), 1200, "place=+1200",
                                {}};
                pair.other.bytes[0] = static_cast<std::uint8_t>(m_r.below(2));
                pair.replaces = view.judgements.standing(pair.other);
                if (m_mischief && m_r.chance(40)) pair.replaces.push_back(someDot());
                return CasesJudged{pair};
            }
        }
    }

    OpBody edit(const CaseState& view) {
        CaseEdited b;
        for (auto n = 1 + m_r.below(2); n > 0; --n) {
            const auto field = kFields[m_r.below(kFields.size())];
            b.fields.set(field, someValue(spec(field)));
            const auto id = static_cast<std::uint8_t>(field);
            const auto& reg = view.fields[id];
            std::vector<Dot> dots;
            for (const auto& rival : reg.rivals) dots.push_back(rival.dot);
            dots.push_back(reg.stamp.dot);
            if (m_mischief && m_r.chance(25)) dots = {{originNumber(m_r.below(m_consoles.size())), 1 + m_r.below(12)}};
            if (m_mischief && m_r.chance(10)) dots.clear();
            if (dots.size() == 1 && dots.front() == view.opened.dot && m_r.chance(80)) b.preds.erase(id);
            else b.preds[id] = std::move(dots);
        }
        if (m_mischief && m_r.chance(5)) b.fields.set(CaseField::FirstChannel, std::int64_t{3});
        return b;
    }

    static constexpr std::array kFields{CaseField::Priority, CaseField::Address, CaseField::Owner};
    Recipe& m_r;
    bool m_mischief;
    std::int64_t m_now{1'700'000'000'000};
    std::vector<Console> m_consoles;
    std::vector<StampedOp> m_ops;
};

}  // namespace wl::test
