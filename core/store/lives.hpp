// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The histories of many cases at once, as figures need them: beside the narrow columns of FacetReader, what happened
// and when. A connection of its own for one thread.

#include <filesystem>
#include <functional>
#include <memory>
#include <span>

#include "domain/case_life.hpp"
#include "domain/result.hpp"

namespace wl::store {

/// What a case's row and its packed history say; codes are term numbers, as in CaseFacet.
struct CaseHistory {
    CaseKey key;
    Second responded{};     ///< first answer of a person
    Second workDone{};
    bool duplicate{};       ///< closed because another case stands for it
    std::vector<LifeEvent> events;  ///< steps in the order of replay, then everything else in the order of time
};

class LifeReader {
public:
    static Result<std::unique_ptr<LifeReader>> open(const std::filesystem::path& database);
    ~LifeReader();

    /// Cases with keys in (after, after + span]. The value given is valid during the call alone.
    Result<void> slice(CaseKey after, std::int64_t span, const std::function<void(const CaseHistory&)>& each);
    /// Those of these cases that exist.
    Result<void> some(std::span<const CaseKey> keys, const std::function<void(const CaseHistory&)>& each);

    class Impl;

private:
    explicit LifeReader(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

}  // namespace wl::store
