// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Looks for records of one citizen in the background, on a thread of its own: joins what is beyond doubt (if asked to),
// keeps the rest for people to decide, and answers who a caller may be. Answers run on that thread.

#include <atomic>
#include <functional>
#include <memory>

#include "engine/engine.hpp"
#include "engine/person_matcher.hpp"
#include "engine/worker.hpp"

namespace wl::engine {

class PersonFinder {
public:
    /// `automatic`: pairs above the bar are joined without being asked, marked as such.
    static Result<std::unique_ptr<PersonFinder>> start(Engine& engine, bool automatic);
    ~PersonFinder();

    struct Review {
        std::vector<PersonPairHit> pairs;  ///< not decided yet, most likely first
        std::size_t records{}, passed{};  ///< how many were looked at so far
        bool complete{};
    };
    void review(std::size_t limit, std::function<void(Result<Review>)> answer);
    /// Who it may be, by what is known of them.
    void likely(rules::matching::PersonFacts facts, const PersonId& except, std::size_t limit,
                std::function<void(Result<std::vector<PersonHit>>)> answer);
    /// Called on the finder's thread when pairs were found or a pass ended.
    void onChange(std::function<void()> tell);

private:
    PersonFinder(Engine& engine, std::unique_ptr<store::Reader> reader, bool automatic);
    void step();
    void take(std::vector<PersonPairHit> pairs);
    [[nodiscard]] bool isOpenQuestion(const PersonPairHit& pair);

    Engine& m_engine;
    std::unique_ptr<store::Reader> m_reader;
    PersonMatcher m_matcher;
    bool m_automatic;
    std::atomic<bool> m_stopping{};
    std::vector<PersonPairHit> m_pairs;
    std::size_t m_passed{};
    bool m_loaded{}, m_complete{};
    std::function<void()> m_tell;
    Worker m_worker{"persons"};
    Subscription m_subscription;  ///< last: nothing is posted any more once it is gone
};

}  // namespace wl::engine
