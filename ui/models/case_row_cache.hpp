// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Rows that are or were on screen, read a page at a time. Keyed by case, so that a new order of the same cases costs
// no read. GUI thread.

#include <optional>
#include <unordered_map>

#include "engine/case_query.hpp"
#include "ui/models/console_bridge.hpp"

namespace wl::ui {

class CaseRowCache final {
public:
    static constexpr std::size_t kPage = 128;
    static constexpr std::size_t kKept = 32 * kPage;

    explicit CaseRowCache(ConsoleBridge& bridge) : m_bridge(bridge) {}

    /// The row of keys[index]; reads the page around it when it is not here. Null if the case is gone or unreadable.
    const store::CaseRow* row(const std::vector<CaseKey>& keys, std::size_t index);
    /// Where the case was last seen in a list, if it is here at all.
    [[nodiscard]] std::optional<std::size_t> lastIndexOf(CaseKey key) const;
    void forget(CaseKey key) { m_entries.erase(key); }
    void forgetAll() { m_entries.clear(); }
    [[nodiscard]] std::size_t size() const { return m_entries.size(); }

private:
    struct Entry {
        std::optional<store::CaseRow> row;  ///< none: the reader does not have it
        std::size_t index{};
        std::uint64_t used{};
    };
    void readPage(const std::vector<CaseKey>& keys, std::size_t index);
    void evict();

    ConsoleBridge& m_bridge;
    std::unordered_map<CaseKey, Entry> m_entries;
    std::uint64_t m_clock{};
};

}  // namespace wl::ui
