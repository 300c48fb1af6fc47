// SPDX-License-Identifier: GPL-3.0-or-later
// What was told to citizens, and what was not, and why.
#include "rules/signals/counts.hpp"

namespace wl::rules::signals {
namespace {

class MessageTally final : public Tally {
public:
    MessageTally(FigureKind kind, Scope scope)
        : Tally(kind, std::move(scope)),
          m_what(kind == FigureKind::MessagesSent ? LifeEvent::Kind::Sent : LifeEvent::Kind::KeptBack) {}

protected:
    void add(const CaseLife& life) override {
        for (const auto& e : life.events) {
            if (e.what() == LifeEvent::Kind::Undelivered && inPeriod(e.at())) ++m_undelivered;
            if (e.what() == LifeEvent::Kind::Sent && inPeriod(e.at())) {
                ++m_sent;
                m_sentAnyway += (e.name & MessageMark::kWasKept) != 0 ? 1 : 0;
            }
            if (e.what() != m_what || !inPeriod(e.at())) continue;
            count(life, groupFor(life, e), e.at(), true);
            ++m_counted;
            m_byRule += (e.name & MessageMark::kByRule) != 0 ? 1 : 0;
        }
    }
    void conclude(Figure& f) override {
        concludeCounts(f);
        const auto part = [&](const char* name, std::int64_t n) {
            f.parts.push_back({name, static_cast<double>(n), n, f.n});
        };
        part("written_by_rules", m_byRule);
        part("sent_after_all", m_sentAnyway);
        if (m_kind == FigureKind::MessagesSent) {
            part("undelivered", m_undelivered);
        } else {
            const auto all = m_sent + m_counted;
            f.parts.push_back({"share_kept_back",
                               all > 0 ? static_cast<double>(m_counted) / static_cast<double>(all) : 0, m_counted,
                               all});
        }
        std::vector<std::int64_t> steps;
        for (const auto& s : m_steps) steps.push_back(s.denominator);
        f.series.push_back(seriesOf(m_kind == FigureKind::MessagesSent ? "sent" : "kept_back", steps));
    }

private:
    [[nodiscard]] std::int32_t groupFor(const CaseLife& life, const LifeEvent& e) const {
        if (m_by == By::Channel) return static_cast<std::int32_t>(e.name & MessageMark::kChannel);
        if (m_by == By::Reason) return static_cast<std::int32_t>(e.status);
        return groupOf(life);
    }
    LifeEvent::Kind m_what;
    std::int64_t m_counted{}, m_byRule{}, m_sent{}, m_sentAnyway{}, m_undelivered{};
};

}  // namespace

std::unique_ptr<Tally> makeMessageTally(FigureKind kind, Scope scope) {
    return std::make_unique<MessageTally>(kind, std::move(scope));
}

}  // namespace wl::rules::signals
