// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/property.hpp"

#include <rapidcheck.h>

#include <cstdlib>

namespace wl::test {

std::string Recipe::text(std::size_t longest) {
    static const std::vector<std::string> pieces{"a", "Z",  "0",  " ",    "\"", "\n",  "é",
                                                 "ß", "道", "🕳", "\x01", "'",  ";--", "\\"};
    std::string out;
    for (auto n = below(longest + 1); n > 0; --n) out += of(pieces);
    return out;
}

bool holds(const char* name, const std::function<std::string(Recipe&)>& property, int runs, int longest) {
    auto params = rc::detail::configuration().testParams;
    if (!std::getenv("RC_PARAMS")) params.maxSuccess = runs;
    params.maxSize = longest;
    rc::detail::TestMetadata metadata;
    metadata.id = metadata.description = name;
    const auto wholeRange =
        rc::gen::container<std::vector<std::uint32_t>>(rc::gen::resize(100, rc::gen::arbitrary<std::uint32_t>()));
    const auto result = rc::detail::checkTestable(
        [&] {
            Recipe recipe(*wholeRange);
            const auto complaint = property(recipe);
            if (!complaint.empty()) RC_FAIL(complaint);
        },
        metadata, params);
    if (result.template is<rc::detail::SuccessResult>()) return true;
    std::cerr << name << ": ";
    rc::detail::printResultMessage(result, std::cerr);
    std::cerr << '\n';
    return false;
}

}  // namespace wl::test
