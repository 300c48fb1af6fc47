// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/person_matcher.hpp"

#include <algorithm>

#include "channels/phone_numbers.hpp"
#include "rules/matching/comparators.hpp"

namespace wl::engine {
namespace {

using namespace rules::matching;

constexpr int kLoadSlice = 2'000, kPassSlice = 100;
constexpr std::size_t kLesson = 5'000;

bool isProtected(const PersonState& s) { return asInt(s.value(PersonField::Protected)) != 0; }

bool isE164(std::string_view text) {
    return text.size() > 6 && text.front() == '+' &&
           std::ranges::all_of(text.substr(1), [](char c) { return c >= '0' && c <= '9'; });
}

PersonBlocks::Number numberOf(PersonKey key) { return static_cast<PersonBlocks::Number>(key.value); }

}  // namespace

PersonFacts factsOf(const PersonState& person, const std::string& region) {
    PersonFacts facts;
    readName(person.text(PersonField::Name), facts);
    if (const auto address = foldForMatching(person.text(PersonField::Address)); !address.empty())
        facts.addresses.push_back(address);
    const auto add = [](std::vector<std::string>& to, std::string value) {
        if (!value.empty() && !std::ranges::contains(to, value)) to.push_back(std::move(value));
    };
    for (const auto& c : person.contacts) {
        switch (c.kind) {
            case ContactKind::Phone:
            case ContactKind::WhatsApp: {
                auto number = isE164(c.value) ? c.value : channels::toE164(c.value, region);
                add(facts.phones, number.empty() ? foldForMatching(c.value) : std::move(number));
                break;
            }
            case ContactKind::Email: add(facts.emails, foldForMatching(c.value)); break;
            case ContactKind::PostalAddress: add(facts.addresses, foldForMatching(c.value)); break;
        }
    }
    return facts;
}

Result<bool> PersonMatcher::loadNext() {
    if (m_complete) return true;
    WL_TRY(const auto slice, m_reader.personsAfter(m_loaded, kLoadSlice));
    for (const auto& view : slice) {
        m_loaded = view.key;
        if (!view.state.isOpenedYet()) continue;
        auto facts = factsOf(view.state, m_region);
        m_blocks.put(numberOf(view.key), facts);
        if (m_lesson.size() < kLesson) m_lesson.push_back(std::move(facts));
    }
    if (!slice.empty()) return false;
    m_blocks.settle();
    if (auto learnt = learnPersonModel(m_lesson)) {
        m_learnt = true;
        m_model = std::move(*learnt);
        m_model.prior = 0;  // of the lesson; that of all follows from their number
    }
    m_lesson = {};
    return m_complete = true;
}

Result<void> PersonMatcher::changed(PersonKey key) {
    const auto view = m_reader.person(key);
    if (!view) {
        m_blocks.erase(numberOf(key));
        return {};
    }
    if (view->state.isOpenedYet()) m_blocks.put(numberOf(key), factsOf(view->state, m_region));
    return {};
}

Result<std::vector<PersonHit>> PersonMatcher::search(const PersonFacts& facts, const PersonId& except,
                                                     std::size_t limit) {
    std::vector<PersonHit> out;
    for (const auto number : m_blocks.candidates(facts, 0)) {
        auto view = m_reader.person(PersonKey{number});
        if (!view) continue;
        if (view->state.id == except || isProtected(view->state)) continue;
        const auto likeness = comparePersons(facts, factsOf(view->state, m_region), m_model, m_blocks);
        if (likeness.logOdds >= kLinkBar) out.push_back({std::move(*view), likeness});
    }
    std::ranges::sort(out, std::ranges::greater{}, [](const PersonHit& h) { return h.likeness.logOdds; });
    if (!except.isNull()) {
        const auto group = m_reader.personGroup(except);
        std::erase_if(out, [&](const PersonHit& hit) {
            if (group && group->contains(hit.record.state.id)) return true;
            return m_reader.judgedPersons(except, hit.record.state.id).value_or(Judgement::None) != Judgement::None;
        });
    }
    if (out.size() > limit) out.resize(limit);
    return out;
}

Result<std::vector<PersonPairHit>> PersonMatcher::pairsOf(PersonKey key) {
    constexpr std::size_t kMost = 20;
    std::vector<PersonPairHit> out;
    WL_TRY(const auto own, m_reader.person(key));
    if (!own.state.isOpenedYet() || isProtected(own.state)) return out;
    WL_TRY(auto hits, search(factsOf(own.state, m_region), own.state.id, kMost));
    for (auto& hit : hits) {
        if (hit.record.key > key) continue;  // told of by the other one
        const bool unasked = mayJoinUnasked(hit.likeness);
        out.push_back({std::move(hit.record), own, hit.likeness, unasked});
    }
    return out;
}

Result<bool> PersonMatcher::passNext(std::vector<PersonPairHit>* pairs) {
    WL_TRY(const auto slice, m_reader.personsAfter(m_passed, kPassSlice));
    for (const auto& view : slice) {
        WL_TRY(auto found, pairsOf(view.key));
        pairs->insert(pairs->end(), std::make_move_iterator(found.begin()), std::make_move_iterator(found.end()));
        m_passed = view.key;
        ++m_passedCount;
    }
    return slice.empty();
}

}  // namespace wl::engine
