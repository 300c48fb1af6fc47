// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One case while it is being made up: who, where, how it came, and the commands so far.

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/demo/answers.hpp"
#include "engine/demo/arrivals.hpp"
#include "rules/routing.hpp"

namespace wl::engine::demo {

/// Words for the braces in phrases.
using Words = std::vector<std::pair<std::string_view, std::string>>;

class CaseDraft {
public:
    /// Decides caller, place, channel and answers. `index` numbers the cases of a city.
    CaseDraft(const Stage& stage, const Arrival& arrival, std::size_t index);

    /// Appends a command; never before the one written last.
    void act(Instant at, std::string agent, Command command);
    void step(Instant at, std::string agent, Status to, std::string reason = {}, std::string note = {},
              Instant until = {});
    void own(Instant at, std::string agent, std::string owner, std::string comment = {});
    void note(Instant at, std::string agent, std::string text);
    /// To the resident, by the channel they prefer; nothing if there is none. `automatic`: sent by the program.
    void tell(Instant at, std::string agent, std::string text, bool automatic = false);
    /// From the resident (or anybody, if they are not known).
    void hear(Instant at, std::string agent, std::string text, std::optional<Channel> by = {});

    [[nodiscard]] std::string say(std::string_view pattern) const { return fill(pattern, m_words); }
    [[nodiscard]] std::string say(const Lines& lines) { return say(chance.pick(lines)); }
    void word(std::string_view key, std::string value);
    [[nodiscard]] bool canAnswer() const { return person && !person->doNotContact; }
    [[nodiscard]] std::vector<TimedCommand>& commands() { return m_commands; }
    [[nodiscard]] Instant last() const { return m_last; }

    const Stage& stage;
    const Arrival& arrival;
    const ServiceProfile& profile;
    const rules::Service& service;
    const ServicePhrases& phrases;
    Chance chance;
    CaseId id;
    std::string number;
    std::uint32_t address{};
    std::size_t district{};
    GeoPoint position;
    std::size_t personIndex{};
    std::optional<Person> person;
    Channel channel{};
    Priority priority{};
    std::string answers;
    rules::Route route;
    Instant due;
    std::string opener;  ///< agent who took it down; empty for channels that file by themselves

private:
    void choosePlaceAndCaller();
    void chooseChannel();
    void chooseWords();
    [[nodiscard]] Channel replyChannel() const;
    void interact(Instant at, std::string agent, InteractionRecorded interaction);

    Words m_words;
    std::vector<TimedCommand> m_commands;
    Instant m_last;
};

/// The opening of a case: caller's record if it is new, the case itself and what came with it, the receipt.
void writeOpening(CaseDraft& draft, bool personIsNew);
/// Everything after the opening, up to the end of the history.
void writeLife(CaseDraft& draft);
/// A case that turned out to be another one.
void writeDuplicate(CaseDraft& draft, const std::string& otherNumber);

/// Always the same for a seed and a number; begins with the instant like the ids that the engine makes.
[[nodiscard]] CaseId madeCaseId(std::uint64_t seed, std::uint64_t index, Instant at);

}  // namespace wl::engine::demo
