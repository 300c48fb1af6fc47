// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The order of all cases by one text, kept ready so that sorting by it costs what sorting by a number costs.
//
//   add, add, … endRun()   a slice of the cases, sorted by itself
//   merge(n)               takes the next n of all runs together; true when none is left
//   place()                afterwards: one case, where its text belongs now
//
// Every step is bounded, so that whoever builds it can answer questions in between. Letters of ASCII count as small,
// only the first bytes of a text count, cases without a text come last. Owned by the reader thread.

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/result.hpp"

namespace wl::engine {

class TextOrder final {
public:
    using Slot = std::uint32_t;
    static constexpr std::size_t kCompared = 64;      ///< bytes of a text that are compared
    static constexpr Slot kLast = 0xffffffffU;        ///< rank of a slot that is not in the order

    /// Forgets everything; what follows is built anew.
    void begin();
    void add(Slot slot, std::string_view text);
    void endRun();
    /// Merges the next `count` cases of the runs; true when the order is complete.
    bool merge(std::size_t count);
    [[nodiscard]] bool isReady() const { return m_ready; }
    [[nodiscard]] std::size_t size() const { return m_order.size(); }

    /// The text of a case that is in the order.
    using TextOf = std::function<Result<std::string>(Slot)>;
    /// Puts a case where its text belongs, reading the texts of about log2(size) others. Errors are those of `textOf`;
    /// the case is then no longer in the order.
    Result<void> place(Slot slot, std::string_view text, const TextOf& textOf);

    /// Ascending; kLast for a case that is not in the order.
    [[nodiscard]] Slot rank(Slot slot) const { return slot < m_rank.size() ? m_rank[slot] : kLast; }

private:
    struct Entry {
        std::uint64_t offset;
        std::uint32_t length;
        Slot slot;
    };
    struct Run {
        std::size_t at, end;
    };
    [[nodiscard]] bool before(const Entry& a, const Entry& b) const;
    [[nodiscard]] std::string_view textOf(const Entry& e) const { return {m_bytes.data() + e.offset, e.length}; }
    void number();
    void remove(Slot slot);

    std::string m_bytes;  ///< texts while it is built
    std::vector<Entry> m_entries;
    std::vector<Run> m_runs;  ///< while merging, a heap with the first entry in front
    std::size_t m_runBegan{};
    bool m_merging{}, m_ready{};
    std::vector<Slot> m_order;  ///< slots in order
    std::vector<Slot> m_rank;  ///< by slot; with gaps between neighbours
};

}  // namespace wl::engine
