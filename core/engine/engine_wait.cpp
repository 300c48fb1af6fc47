// SPDX-License-Identifier: GPL-3.0-or-later
// Questions that a caller waits for.
#include <future>

#include "engine/engine.hpp"

namespace wl::engine {

Result<FiguresPtr> Engine::figuresAndWait(std::vector<SignalQuestion> questions) {
    std::promise<Result<FiguresPtr>> promise;
    auto answer = promise.get_future();
    figures(std::move(questions), [&](Result<FiguresPtr> made) { promise.set_value(std::move(made)); });
    return answer.get();
}

Result<CaseListingPtr> Engine::queryAndWait(CaseQuery asked) {
    std::promise<Result<CaseListingPtr>> promise;
    auto answer = promise.get_future();
    query(std::move(asked), [&](Result<CaseListingPtr> listing) { promise.set_value(std::move(listing)); });
    return answer.get();
}

}  // namespace wl::engine
