// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The replica as somebody without an account sees it: files a report, and shows what became of one to whoever has its
// number and secret word. The secret follows from the case and the realm's key, so every gateway of the city knows it
// and none keeps it.

#include <memory>

#include "engine/engine.hpp"
#include "engine/gateway/web/report.hpp"
#include "store/file_store.hpp"

namespace wl::engine::web {

struct Receipt {
    std::string number, secret, notice;
};
struct PublicState {
    std::string number, service;
    Status status{};
    bool open{};
    Instant requested, expected;
    std::vector<std::pair<Instant, Word>> history;  ///< what happened, in words that name nobody
};

class PublicDesk {
public:
    /// Lives no longer than the engine; used by one thread.
    static Result<std::unique_ptr<PublicDesk>> open(Engine& engine, const std::filesystem::path& data);
    /// The same token twice is one report. Errors: those of OpenCase; World where it is to be tried again.
    Result<Receipt> file(const Report& report, const Uploads& uploads);
    /// Nothing for any wrong pair.
    Result<std::optional<PublicState>> find(std::string_view number, std::string_view secret);

private:
    PublicDesk(Engine& engine, store::FileStore files, std::unique_ptr<store::Reader> reader, const Hash& key)
        : m_engine(engine), m_files(std::move(files)), m_reader(std::move(reader)), m_key(key) {}
    [[nodiscard]] std::string secretOf(const CaseId& id) const;

    Engine& m_engine;
    store::FileStore m_files;
    std::unique_ptr<store::Reader> m_reader;
    Hash m_key;
};

}  // namespace wl::engine::web
