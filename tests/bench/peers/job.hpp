// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The job of job.mjs for engines that are measured natively: the same cases and edits, field by field.

#include <array>
#include <cstdint>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

namespace bench {

class Dice {  // mulberry32
public:
    explicit Dice(std::uint32_t seed) : m_state(seed) {}
    std::uint32_t below(std::uint32_t n) {
        m_state += 0x6d2b79f5U;
        std::uint32_t t = (m_state ^ (m_state >> 15)) * (m_state | 1U);
        t = (t + (t ^ (t >> 7)) * (t | 61U)) ^ t;
        return (t ^ (t >> 14)) % n;
    }

private:
    std::uint32_t m_state;
};

inline std::string phrase(Dice& dice, int count) {
    constexpr std::array<const char*, 36> words{
        "deep",   "hole",      "near",     "the",    "school", "gate",  "water",  "runs",  "over",
        "street", "lamp",      "dark",     "since",  "monday", "bin",   "missed", "again", "corner",
        "tree",   "branch",    "fallen",   "blocks", "path",   "noise", "night",  "sign",  "bent",
        "car",    "abandoned", "graffiti", "wall",   "bridge", "rail",  "broken", "glass", "playground"};
    std::string out;
    for (int i = 0; i < count; ++i) out += (i ? " " : "") + std::string(words[dice.below(words.size())]);
    return out;
}

struct Case {
    std::string number, status{"open"}, service;
    int priority{};
    std::string department, area, address;
    double lat{}, lon{};
    std::string requester, title, description;
};

inline Case caseOf(int n) {
    Dice dice(1000003U + static_cast<std::uint32_t>(n));
    char number[16];
    std::snprintf(number, sizeof number, "C%08d", n);
    Case c;
    c.number = number;
    c.service = "S" + std::to_string(dice.below(25));
    c.priority = static_cast<int>(1 + dice.below(4));
    c.department = "D" + std::to_string(dice.below(5));
    c.area = "A" + std::to_string(dice.below(9));
    c.address = std::to_string(1 + dice.below(400)) + " ";
    c.address += phrase(dice, 2);
    c.lat = 42 + dice.below(1000000) / 1e6;
    c.lon = -71 - dice.below(1000000) / 1e6;
    c.requester = phrase(dice, 2);
    c.title = phrase(dice, 4);
    c.description = phrase(dice, 27);
    return c;
}

/// Two fields of a round: acknowledged + department, in_progress + priority, closed + title.
using Edit = std::array<std::pair<const char*, std::string>, 2>;
inline Edit editOf(int n, int round) {
    Dice dice(7U * static_cast<std::uint32_t>(n) + static_cast<std::uint32_t>(round) + 5U);
    switch (round) {
        case 0: return {{{"status", "acknowledged"}, {"department", "D" + std::to_string(dice.below(5))}}};
        case 1: return {{{"status", "in_progress"}, {"priority", std::to_string(1 + dice.below(4))}}};
        default: return {{{"status", "closed"}, {"title", phrase(dice, 4)}}};
    }
}

}  // namespace bench
