// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The residents who call. Person i is always the same for a seed, so nobody needs to be kept in memory. Phone numbers
// lie in the range kept for fiction (555-0100 to 555-0199 of an area), e-mail addresses at example domains.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/person_fields.hpp"
#include "engine/commands.hpp"
#include "engine/demo/places.hpp"

namespace wl::engine::demo {

struct Person {
    PersonId id;
    std::string first, last;
    std::string language;    ///< BCP 47: "en", "es", "pt", "fr", "zh", "ht"
    std::uint32_t home{};    ///< index of the address
    std::string phone;       ///< E.164, may be empty
    std::string email;       ///< may be empty
    bool whatsapp{};         ///< uses WhatsApp with that phone
    bool doNotContact{};
    Channel preferred{};
    [[nodiscard]] std::string name() const { return first + " " + last; }
};

class People {
public:
    People(std::uint64_t seed, const Places& places, std::size_t count);

    [[nodiscard]] std::size_t count() const { return m_count; }
    [[nodiscard]] Person person(std::size_t i) const;
    /// Somebody of that district; some people call far more often than others.
    [[nodiscard]] std::size_t callerIn(std::size_t district, Chance& chance) const;

    [[nodiscard]] static OpenPerson opening(const Person& person, const Places& places);

private:
    std::uint64_t m_seed;
    const Places& m_places;
    std::size_t m_count;
    std::vector<std::size_t> m_firstOf;  ///< people are numbered district by district; one entry more than districts
};

}  // namespace wl::engine::demo
