// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to the op codec: every kind of op as a flat list of numbered values, so that one reader and one writer
// serve all kinds.

#include <vector>

#include "domain/ops.hpp"

namespace wl::wire {

struct WireField {
    std::uint8_t id{};
    Value value;
    bool sealed{};
};

struct WireOp {
    std::uint64_t kind{};
    std::vector<WireField> fields;  ///< ascending ids
    Preds preds;
};

[[nodiscard]] WireOp flatten(const OpBody& body);
/// True if `restore` would take the body back: known fields, values of their types and within their ranges.
[[nodiscard]] bool isRestorable(const OpBody& body);
/// Whether a field of an op may be sealed: personal ones, and ones of newer versions. None of them is required.
[[nodiscard]] bool maySeal(std::uint64_t kind, std::uint8_t field);
/// Gives the body for a known kind; values of the wrong type are an error, ids unknown to the kind are counted.
[[nodiscard]] Result<OpBody> restore(WireOp&& op, std::uint32_t* unread);

}  // namespace wl::wire
