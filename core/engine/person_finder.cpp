// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/person_finder.hpp"

#include <algorithm>
#include <cmath>

namespace wl::engine {
namespace {

constexpr std::size_t kMostPairs = 2'000;

}  // namespace

Result<std::unique_ptr<PersonFinder>> PersonFinder::start(Engine& engine, bool automatic) {
    WL_TRY(auto reader, engine.openReader());
    auto made = std::unique_ptr<PersonFinder>(new PersonFinder(engine, std::move(reader), automatic));
    auto* finder = made.get();
    finder->m_subscription = engine.subscribe([finder](const ChangeSetPtr& changes) {
        if (changes->persons.empty() || finder->m_stopping) return;
        finder->m_worker.post([finder, changes] {
            if (finder->m_stopping || !finder->m_loaded) return;
            std::vector<PersonPairHit> found;
            for (const auto key : changes->persons) {
                if (!finder->m_matcher.changed(key)) continue;
                if (auto pairs = finder->m_matcher.pairsOf(key)) std::ranges::move(*pairs, std::back_inserter(found));
            }
            finder->take(std::move(found));
            if (finder->m_tell) finder->m_tell();
        });
    });
    finder->m_worker.post([finder] { finder->step(); });
    return made;
}

PersonFinder::PersonFinder(Engine& engine, std::unique_ptr<store::Reader> reader, bool automatic)
    : m_engine(engine), m_reader(std::move(reader)), m_matcher(*m_reader, engine.catalogue()->jurisdiction().region),
      m_automatic(automatic) {}

PersonFinder::~PersonFinder() {
    m_stopping = true;
    m_subscription = {};
    m_worker.finish();
}

void PersonFinder::onChange(std::function<void()> tell) {
    m_worker.post([this, tell = std::move(tell)]() mutable { m_tell = std::move(tell); });
}

// One bounded step of loading or of the pass, then whoever waits has a turn.
void PersonFinder::step() {
    if (m_stopping || m_complete) return;
    if (!m_loaded) {
        const auto all = m_matcher.loadNext();
        if (!all) return;  // what cannot be read is told when somebody asks
        m_loaded = *all;
    } else {
        std::vector<PersonPairHit> found;
        const auto end = m_matcher.passNext(&found);
        if (!end) return;
        m_complete = *end;
        m_passed = m_matcher.passed();
        const bool any = !found.empty();
        take(std::move(found));
        if (m_tell && (any || m_complete)) m_tell();
    }
    m_worker.post([this] { step(); });
}

bool PersonFinder::isOpenQuestion(const PersonPairHit& pair) {
    const auto judged = m_reader->judgedPersons(pair.a.state.id, pair.b.state.id);
    if (!judged || *judged != Judgement::None) return false;
    const auto group = m_reader->personGroup(pair.a.state.id);
    return group && !group->contains(pair.b.state.id);
}

void PersonFinder::take(std::vector<PersonPairHit> pairs) {
    for (auto& pair : pairs) {
        const auto isIt = [&](const PersonPairHit& known) {
            return known.a.key == pair.a.key && known.b.key == pair.b.key;
        };
        std::erase_if(m_pairs, isIt);
        if (m_automatic && pair.unasked && isOpenQuestion(pair)) {
            CommandBatch batch;
            batch.commands.emplace_back(JudgePersons{pair.a.state.id, pair.b.state.id, Judgement::Same, true,
                                                     std::lround(pair.likeness.logOdds * 1000),
                                                     rules::matching::reasonsOf(pair.likeness)});
            batch.moments.push_back({m_engine.now(), {}});  // the doing of a rule
            m_engine.submit(std::move(batch));
            continue;
        }
        const auto at = std::ranges::lower_bound(m_pairs, pair.likeness.logOdds, std::ranges::greater{},
                                                 [](const PersonPairHit& p) { return p.likeness.logOdds; });
        m_pairs.insert(at, std::move(pair));
    }
    if (m_pairs.size() > kMostPairs) m_pairs.resize(kMostPairs);
}

void PersonFinder::review(std::size_t limit, std::function<void(Result<Review>)> answer) {
    m_worker.post([this, limit, answer = std::move(answer)] {
        if (m_stopping) return;
        std::erase_if(m_pairs, [&](const PersonPairHit& pair) { return !isOpenQuestion(pair); });
        Review out;
        out.pairs.assign(m_pairs.begin(),
                         m_pairs.begin() + static_cast<std::ptrdiff_t>(std::min(limit, m_pairs.size())));
        out.records = m_matcher.records();
        out.passed = m_passed;
        out.complete = m_complete;
        answer(std::move(out));
    });
}

void PersonFinder::likely(rules::matching::PersonFacts facts, const PersonId& except, std::size_t limit,
                          std::function<void(Result<std::vector<PersonHit>>)> answer) {
    m_worker.post([this, facts = std::move(facts), except, limit, answer = std::move(answer)] {
        if (m_stopping) return;
        // Before all are loaded the answer would be a guess: it waits its turn behind the rest.
        if (!m_loaded) return likely(facts, except, limit, answer);
        answer(m_matcher.search(facts, except, limit));
    });
}

}  // namespace wl::engine
