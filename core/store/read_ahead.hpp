// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Reads the ops of a segment while the writer checks its chain and folds the first of them: one thread, started with
// the first long segment, that decodes and unseals and touches nothing of the database. The writer decodes pieces
// itself where the thread is behind, so it never waits for a processor that others use.

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <span>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <vector>

#include "domain/op_codec.hpp"
#include "domain/segment.hpp"
#include "store/secrets.hpp"

namespace wl::store {

class ReadAhead {
public:
    /// An op as the keys that came with its segment show it.
    struct Read {
        std::optional<Op> op;  ///< nothing: it has to be read with all keys that are here
        std::vector<std::pair<std::string, SymmetricKey>> used;  ///< names and keys that opened it
    };

    explicit ReadAhead(const RealmSecrets& realm) : m_realm(realm) {}
    ~ReadAhead();

    /// Begins; what is given must live until `end`. Nothing is begun for few ops.
    void begin(std::span<const std::string> ops, const OriginId& author, std::span<const WrappedKey> keys);
    /// Op `index` of those; each may be asked for once. Without `begin`: nothing is read.
    Read take(std::size_t index);
    /// Nothing given is used any more after this.
    void end();

private:
    static constexpr std::size_t kPiece = 32;  ///< ops of one piece
    static constexpr std::size_t kFew = 128;
    enum State : int { Free, Claimed, Ready };
    struct Piece {
        std::atomic<int> state{Free};
        std::vector<Read> ops;
    };
    void work(const std::stop_token& stop);
    bool decode(std::size_t piece);

    RealmSecrets m_realm;
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    bool m_busy{};  ///< the thread is in a round
    std::uint64_t m_round{};
    std::span<const std::string> m_ops;
    OriginId m_author;
    std::unordered_map<std::string_view, std::string_view> m_keys;  ///< name → wrapped
    std::vector<Piece> m_pieces;
    std::atomic<bool> m_stop{};
    std::jthread m_thread;
};

/// The data key behind its wrapping; NotFound if it is not one of this realm.
[[nodiscard]] Result<SymmetricKey> unwrapKey(const RealmSecrets& realm, std::string_view id, std::string_view wrapped);

}  // namespace wl::store
