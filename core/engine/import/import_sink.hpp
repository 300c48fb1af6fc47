// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Where an import puts its cases: the engine, seen through the two things an import needs of it.

#include <functional>
#include <memory>

#include "engine/commands.hpp"
#include "rules/catalogue.hpp"

namespace wl::engine {

class Engine;

class ImportSink {
public:
    virtual ~ImportSink() = default;
    [[nodiscard]] virtual rules::CataloguePtr catalogue() const = 0;
    [[nodiscard]] virtual Instant now() const = 0;
    /// Carries out commands in the order in which they were given, each in one transaction. `done` may run on any
    /// thread, and must run.
    virtual void submit(Command command, std::function<void(Result<Receipt>)> done) = 0;
};

/// The engine must outlive it.
[[nodiscard]] std::unique_ptr<ImportSink> sinkOf(Engine& engine);

}  // namespace wl::engine
