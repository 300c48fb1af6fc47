// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What one transaction changed: the same value for peers, timers and models.

#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

#include "domain/ids.hpp"

namespace wl {

/// Bits beside the case field bits (bit n = CaseField n).
inline constexpr std::uint64_t kChangedStatus = std::uint64_t{1} << 40;
inline constexpr std::uint64_t kChangedInteractions = std::uint64_t{1} << 41;
inline constexpr std::uint64_t kChangedClock = std::uint64_t{1} << 42;  ///< an SLA clock changed state by time alone
inline constexpr std::uint64_t kOpenedCase = std::uint64_t{1} << 43;
inline constexpr std::uint64_t kChangedHandOff = std::uint64_t{1} << 45;
inline constexpr std::uint64_t kChangedEscalation = std::uint64_t{1} << 46;
inline constexpr std::uint64_t kChangedConflict = std::uint64_t{1} << 44;

struct ChangeSet {
    std::unordered_map<CaseKey, std::uint64_t> cases;  ///< field mask of each changed case
    std::vector<PersonKey> persons;
    bool catalogue{};
    bool everything{};  ///< after a rebuild: read again what is shown
    [[nodiscard]] bool empty() const { return cases.empty() && persons.empty() && !catalogue && !everything; }
};

using ChangeSetPtr = std::shared_ptr<const ChangeSet>;

}  // namespace wl
