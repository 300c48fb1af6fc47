// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/read_ahead.hpp"

#include <algorithm>

#include "store/keys.hpp"

namespace wl::store {
namespace {

// The keys that came with a segment, unwrapped when an op names them.
class ArrivedKeys final : public KeyRing {
public:
    using Wrapped = std::unordered_map<std::string_view, std::string_view>;
    ArrivedKeys(const RealmSecrets& realm, const Wrapped& keys) : m_realm(&realm), m_keys(&keys) {}
    [[nodiscard]] Result<SymmetricKey> sealingKey(const EntityId&, std::uint32_t*) override {
        return fail(ErrorKind::Refused, "keys.read_only");
    }
    [[nodiscard]] Result<SymmetricKey> openingKey(const EntityId& entity, std::uint32_t generation) override {
        const auto id = dekId(entity, generation);
        const auto at = m_keys->find(id);
        if (at == m_keys->end()) return fail(ErrorKind::NotFound, "keys.missing");
        auto key = unwrapKey(*m_realm, id, at->second);
        if (!key) return fail(ErrorKind::NotFound, "keys.missing");
        used.emplace_back(id, *key);
        return key;
    }
    std::vector<std::pair<std::string, SymmetricKey>> used;

private:
    const RealmSecrets* m_realm;
    const Wrapped* m_keys;
};

}  // namespace

ReadAhead::~ReadAhead() {
    end();
    m_thread.request_stop();
    m_wake.notify_all();
}

void ReadAhead::begin(std::span<const std::string> ops, const OriginId& author, std::span<const WrappedKey> keys) {
    end();
    if (ops.size() < kFew) return;
    m_ops = ops;
    m_author = author;
    m_keys.clear();
    for (const auto& key : keys) m_keys.emplace(key.id, key.wrapped);
    m_pieces = std::vector<Piece>((ops.size() + kPiece - 1) / kPiece);
    m_stop = false;
    {
        const std::lock_guard lock(m_mutex);
        ++m_round;
    }
    if (!m_thread.joinable()) m_thread = std::jthread([this](const std::stop_token& stop) { work(stop); });
    m_wake.notify_all();
}

bool ReadAhead::decode(std::size_t index) {
    auto& piece = m_pieces[index];
    int free = Free;
    if (!piece.state.compare_exchange_strong(free, Claimed)) return false;
    ArrivedKeys keys(m_realm, m_keys);
    const auto mine = m_ops.subspan(index * kPiece, std::min(kPiece, m_ops.size() - index * kPiece));
    piece.ops.resize(mine.size());
    for (std::size_t i = 0; i < mine.size(); ++i) {
        auto op = decodeOp(mine[i], m_author, keys);
        if (op && op->locked == 0) piece.ops[i] = {std::move(*op), std::move(keys.used)};
        keys.used.clear();
    }
    piece.state = Ready;
    piece.state.notify_all();
    return true;
}

ReadAhead::Read ReadAhead::take(std::size_t index) {
    if (m_pieces.empty()) return {};
    auto& piece = m_pieces[index / kPiece];
    if (!decode(index / kPiece)) {
        while (piece.state != Ready) piece.state.wait(Claimed);
    }
    return std::move(piece.ops[index % kPiece]);
}

void ReadAhead::end() {
    if (m_pieces.empty()) return;
    m_stop = true;
    std::unique_lock lock(m_mutex);
    ++m_round;  // a round that the thread has not seen yet is none
    m_wake.wait(lock, [&] { return !m_busy; });
    m_pieces.clear();
}

void ReadAhead::work(const std::stop_token& stop) {
    std::uint64_t seen = 0;
    std::unique_lock lock(m_mutex);
    while (true) {
        m_wake.wait(lock, stop, [&] { return m_round != seen; });
        if (stop.stop_requested()) return;
        seen = m_round;
        if (m_stop) continue;
        m_busy = true;
        lock.unlock();
        for (std::size_t i = 0; i < m_pieces.size() && !m_stop; ++i) decode(i);
        lock.lock();
        m_busy = false;
        m_wake.notify_all();
    }
}

}  // namespace wl::store
