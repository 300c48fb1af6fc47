// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/signals/signal_book.hpp"

#include <algorithm>
#include <limits>

namespace wl::engine {
namespace {

constexpr std::int64_t kLoadSpan = 20'000;

std::uint32_t narrow(Second at) {
    return static_cast<std::uint32_t>(std::clamp<Second>(at, 0, std::numeric_limits<std::uint32_t>::max()));
}

}  // namespace

Result<std::unique_ptr<SignalBook>> SignalBook::open(const std::filesystem::path& database) {
    WL_TRY(auto reader, store::LifeReader::open(database));
    return std::unique_ptr<SignalBook>(new SignalBook(std::move(reader)));
}

Result<bool> SignalBook::loadNext(std::int64_t highestKey) {
    if (m_loaded >= highestKey) return true;
    if (m_loaded == 0) {
        m_pages.reserve(static_cast<std::size_t>(highestKey) + 1);
        m_events.reserve(static_cast<std::size_t>(highestKey) * 2);
    }
    WL_CHECK(m_reader->slice({m_loaded}, kLoadSpan, [this](const store::CaseHistory& h) { put(h); }));
    m_loaded += kLoadSpan;
    return m_loaded >= highestKey;
}

void SignalBook::changed(std::span<const CaseKey> keys) {
    for (const auto key : keys) {
        const std::array one{key};
        bool found = false;
        const auto read = m_reader->some(one, [&](const store::CaseHistory& h) {
            put(h);
            found = true;
        });
        if ((!read || !found) && static_cast<std::size_t>(key.value) < m_pages.size()) {
            m_unused += m_pages[static_cast<std::size_t>(key.value)].count;
            m_pages[static_cast<std::size_t>(key.value)] = {};
        }
    }
    if (m_unused > 10'000 && m_unused > m_events.size() / 2) compact();
}

void SignalBook::put(const store::CaseHistory& h) {
    const auto slot = static_cast<std::size_t>(h.key.value);
    if (slot >= m_pages.size()) m_pages.resize(slot + 1);
    auto& page = m_pages[slot];
    const auto count = std::min<std::size_t>(h.events.size(), std::numeric_limits<std::uint16_t>::max());
    if (page.count < count) {  // else there is room where it stood
        m_unused += page.count;
        page.from = static_cast<std::uint32_t>(m_events.size());
        m_events.resize(m_events.size() + count);
    } else {
        m_unused += page.count - count;
    }
    std::ranges::copy_n(h.events.begin(), static_cast<std::ptrdiff_t>(count), m_events.begin() + page.from);
    page.count = static_cast<std::uint16_t>(count);
    page.responded = narrow(h.responded);
    page.workDone = narrow(h.workDone);
    page.duplicate = h.duplicate;
}

void SignalBook::compact() {
    std::vector<LifeEvent> kept;
    kept.reserve(m_events.size() - m_unused);
    for (auto& page : m_pages) {
        const auto first = m_events.begin() + page.from;
        page.from = static_cast<std::uint32_t>(kept.size());
        kept.insert(kept.end(), first, first + page.count);
    }
    m_events.swap(kept);
    m_unused = 0;
}

bool SignalBook::lifeOf(const CaseIndex& index, std::size_t slot, rules::signals::CaseLife& out) const {
    if (slot >= m_pages.size() || !index.readLife(slot, out)) return false;
    const auto& page = m_pages[slot];
    out.responded = page.responded;
    out.workDone = page.workDone;
    out.duplicate = page.duplicate;
    out.events = {m_events.data() + page.from, page.count};
    return true;
}

}  // namespace wl::engine
