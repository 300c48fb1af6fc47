// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Properties over random recipes. A test draws what it needs from a Recipe, a list of numbers that rapidcheck makes and
// shrinks: short recipes give small histories, an exhausted one answers zero. RC_PARAMS sets seed and number of runs.

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace wl::test {

class Recipe {
public:
    explicit Recipe(std::vector<std::uint32_t> numbers) : m_numbers(std::move(numbers)) {}

    /// The next number as it is; zero at the end.
    std::uint32_t next() { return m_at < m_numbers.size() ? m_numbers[m_at++] : 0; }
    /// 0 … limit-1.
    std::size_t below(std::size_t limit) { return limit < 2 ? 0 : next() % limit; }
    bool chance(unsigned percent) { return next() % 100 >= 100 - percent; }
    template <class Range>
    auto& of(Range& range) {
        return range[below(std::size(range))];
    }
    std::string text(std::size_t longest);
    std::uint64_t wide() { return (std::uint64_t{next()} << 32) | next(); }
    [[nodiscard]] bool atEnd() const { return m_at >= m_numbers.size(); }

private:
    std::vector<std::uint32_t> m_numbers;
    std::size_t m_at{};
};

/// Runs the property on random recipes of up to `longest` numbers. The property gives an empty text where it holds and
/// what is wrong where it does not. Prints the smallest failing recipe's complaint; true if none failed.
[[nodiscard]] bool holds(const char* name, const std::function<std::string(Recipe&)>& property, int runs = 200,
                         int longest = 200);

}  // namespace wl::test
