// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One section of a mapping that turns the feed's words into ours. Words match without regard to case and runs of
// spaces; `*` in a word stands for any text; a lone `*` is the default. Exact words go before patterns, patterns in
// the order of the file.

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace wl::feed {

/// What a word means: a number of a vocabulary and, after a colon, a reason ("closed:duplicate").
struct Meaning {
    int code{};
    std::string text;
};

class ValueMap {
public:
    /// False if the word stands there already.
    bool add(std::string_view word, Meaning meaning);
    /// nullptr if nothing matches.
    [[nodiscard]] const Meaning* find(std::string_view word) const;
    [[nodiscard]] bool empty() const { return m_exact.empty() && m_patterns.empty() && !m_default; }

private:
    std::unordered_map<std::string, Meaning> m_exact;
    std::vector<std::pair<std::string, Meaning>> m_patterns;
    std::optional<Meaning> m_default;
};

/// Lower case (ASCII), trimmed, runs of white space as one space.
[[nodiscard]] std::string folded(std::string_view text);

}  // namespace wl::feed
