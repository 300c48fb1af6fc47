// SPDX-License-Identifier: GPL-3.0-or-later
// Orders by text of the queue index: made in slices between questions, kept up to date case by case.
#include "engine/case_index.hpp"

#include <algorithm>

namespace wl::engine {
namespace {

constexpr std::int64_t kSlice = 8'000;      // cases read and sorted in one step
constexpr std::size_t kMerged = 20'000;     // cases merged in one step
constexpr std::size_t kPlaced = 64;         // changed cases that are put in place one by one

}  // namespace

// A case without a title goes by the name of its service, as the list shows it.
std::string CaseIndex::titleOr(std::string_view title, std::size_t slot) {
    if (!title.empty() || slot >= m_service.size()) return std::string(title);
    const auto code = m_reader.text(m_service[slot]);
    if (!code || code->empty()) return {};
    return m_catalogue ? m_catalogue->serviceName(*code) : *code;
}

Result<std::string> CaseIndex::orderText(const Order& order, CaseKey key) {
    WL_TRY(auto text, m_reader.textOf(order.name, key));
    return order.column == CaseColumn::Title ? titleOr(text, static_cast<std::size_t>(key.value)) : text;
}

Result<void> CaseIndex::prepare(Order& o) {
    WL_TRY(const auto highest, m_reader.highestKey());
    if (o.collected < highest) {
        const bool title = o.column == CaseColumn::Title;
        WL_CHECK(m_reader.texts(o.name, {o.collected}, kSlice, [&](CaseKey key, std::string_view text) {
            const auto slot = static_cast<Slot>(key.value);
            if (title && text.empty()) o.order.add(slot, titleOr(text, slot));
            else o.order.add(slot, text);
        }));
        o.order.endRun();
        o.collected += kSlice;
        return {};
    }
    if (!o.order.merge(kMerged)) return {};
    for (const auto key : std::exchange(o.late, {})) WL_CHECK(place(o, key));
    return {};
}

Result<void> CaseIndex::place(Order& o, CaseKey key) {
    WL_TRY(const auto text, orderText(o, key));
    return o.order.place(static_cast<Slot>(key.value), text,
                         [&](Slot other) { return orderText(o, {static_cast<std::int64_t>(other)}); });
}

Result<bool> CaseIndex::prepareOrders() {
    for (auto& o : m_orders) {
        if (o.order.isReady()) continue;
        if (auto done = prepare(o); !done) {
            o = {o.column, o.name};
            return std::unexpected(done.error());
        }
        return false;
    }
    return true;
}

bool CaseIndex::wordsChanged(std::span<const CaseKey> keys) {
    bool ready = true;
    for (auto& o : m_orders) {
        bool good = keys.size() <= kPlaced;
        if (good && !o.order.isReady()) {
            o.late.insert(o.late.end(), keys.begin(), keys.end());
            good = o.late.size() <= 4 * kPlaced;
        } else if (good) {
            for (const auto key : keys) good = good && place(o, key).has_value();
        }
        if (!good) o = {o.column, o.name};
        ready = ready && o.order.isReady();
    }
    return ready;
}

// Asked for before it is ready: the rest is done now.
Result<const TextOrder*> CaseIndex::textOrder(CaseColumn column) {
    if (m_lender) return m_lender->textOrder(column);
    auto& o = *std::ranges::find(m_orders, column, &Order::column);
    while (!o.order.isReady()) WL_CHECK(prepare(o));
    return &o.order;
}

}  // namespace wl::engine
