// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/engine.hpp"
#include "engine/import/import_sink.hpp"

namespace wl::engine {
namespace {

class EngineSink final : public ImportSink {
public:
    explicit EngineSink(Engine& engine) : m_engine(engine) {}
    rules::CataloguePtr catalogue() const override { return m_engine.catalogue(); }
    Instant now() const override { return m_engine.now(); }
    void submit(Command command, std::function<void(Result<Receipt>)> done) override {
        m_engine.submit(std::move(command), std::move(done));
    }

private:
    Engine& m_engine;
};

}  // namespace

std::unique_ptr<ImportSink> sinkOf(Engine& engine) { return std::make_unique<EngineSink>(engine); }

}  // namespace wl::engine
