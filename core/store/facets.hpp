// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The narrow columns of cases, as the in-memory index of queues holds them, and the bulk reads that fill it.

#include <functional>
#include <memory>

#include "store/reader.hpp"

namespace wl::store {

/// Codes are term numbers of the local database; text(term) gives the code.
struct CaseFacet {
    CaseKey key;
    std::uint8_t status{};  ///< 255 = not opened yet
    std::uint8_t priority{}, channel{};
    std::int32_t service{}, department{}, crew{}, owner{}, area{}, offeredTo{};
    std::int64_t requestedMs{}, updatedMs{}, closedMs{};
    bool hasPlace{}, conflicted{};
    GeoPoint place;
    DerivedCase clock;
};

/// From the request to the end of the work; codes as in CaseFacet.
struct CaseSpell {
    std::int32_t service{}, department{}, area{};
    std::int64_t requestedMs{};
    std::int64_t endedMs{};  ///< work done, else closed; 0 while neither is
};

/// The reader thread's connection: bulk reads beside what Reader offers.
class FacetReader {
public:
    static Result<std::unique_ptr<FacetReader>> open(const std::filesystem::path& database,
                                                     std::shared_ptr<const Foresight> foresight = {});
    ~FacetReader();

    [[nodiscard]] Result<std::int64_t> highestKey();
    Result<void> openCases(const std::function<void(const CaseFacet&)>& each);
    /// Keys in (after, after + span]; every row, open ones too.
    Result<void> slice(CaseKey after, std::int64_t span, const std::function<void(const CaseFacet&)>& each);
    Result<void> some(std::span<const CaseKey> keys, const std::function<void(const CaseFacet&)>& each);
    /// Keys in (after, after + span].
    Result<void> spells(CaseKey after, std::int64_t span, const std::function<void(const CaseSpell&)>& each);
    /// The code a term stands for.
    Result<std::string> text(std::int32_t term);
    /// -1 if the code is not used in this database.
    Result<std::int32_t> term(const std::string& code);
    /// The text of a column ("number", "address", "title", "description") for the keys in (after, after + span].
    Result<void> texts(std::string_view column, CaseKey after, std::int64_t span,
                       const std::function<void(CaseKey, std::string_view)>& each);
    Result<std::string> textOf(std::string_view column, CaseKey key);
    /// Every case that matches the words, in no order.
    Result<std::vector<CaseKey>> matching(std::string_view text);
    [[nodiscard]] Reader& reader();

    class Impl;

private:
    explicit FacetReader(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

}  // namespace wl::store
