// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/registers.hpp"

#include <algorithm>

namespace wl {

void Registers::open(const Stamp& stamp, const FieldValues& values) {
    for (auto& field : m_fields) field = {Value{}, stamp, {}};
    for (const auto& [id, value] : values)
        if (id >= 1 && id <= m_fields.size()) at(id).value = value;
}

bool Registers::applyFast(const Stamp& stamp, const FieldValues& values, const Preds& preds, const Stamp& opened) {
    for (const auto& [id, value] : values) {
        if (id < 1 || id > m_fields.size()) continue;
        const auto& field = (*this)[id];
        if (!field.rivals.empty() || stamp <= field.stamp) return false;
        const auto named = preds.find(id);
        if (named == preds.end()) {
            if (field.stamp != opened) return false;
        } else if (named->second.size() != 1 || named->second.front() != field.stamp.dot) {
            return false;
        }
    }
    for (const auto& [id, value] : values)
        if (id >= 1 && id <= m_fields.size()) at(id) = {value, stamp, {}};
    return true;
}

std::uint64_t Registers::conflicts() const {
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < m_fields.size(); ++i)
        if (!m_fields[i].rivals.empty()) bits |= std::uint64_t{1} << (i + 1);
    return bits;
}

namespace {

struct Head {
    const RegisterWrite* write{};
    const Value* value{};  ///< nullptr: the opening op said nothing about the field
};

// Whether the write names the head as seen. A write that names no dots for the field saw what the opening op wrote.
bool names(const RegisterWrite& write, std::uint8_t field, const Dot& head, const Dot& opened) {
    const auto named = write.preds->find(field);
    if (named == write.preds->end()) return head == opened;
    return std::ranges::find(named->second, head) != named->second.end();
}

}  // namespace

Registers foldRegisters(std::size_t fieldCount, std::span<const FieldSpec> table, std::span<const RegisterWrite> writes,
                        const Stamp& opened) {
    Registers out(fieldCount);
    std::vector<Head> heads;
    for (const auto& spec : table) {
        heads.clear();
        // In canonical order, so that a write can only have seen what lies before it, whatever it claims.
        for (const auto& write : writes) {
            const auto* value = write.values->find(spec.id);
            if (!write.preds) {
                if (value || heads.empty()) heads.push_back({&write, value});
                continue;
            }
            if (!value || spec.merge == MergeRule::Once) continue;
            // An empty field that somebody filled without naming its emptiness is not a conflict.
            std::erase_if(heads, [&](const Head& head) {
                return !head.value || names(write, spec.id, head.write->stamp.dot, opened.dot);
            });
            heads.push_back({&write, value});
        }
        auto& field = out.at(spec.id);
        field.stamp = heads.empty() ? opened : heads.back().write->stamp;
        if (heads.empty()) continue;
        if (heads.back().value) field.value = *heads.back().value;
        for (const auto& head : std::span(heads).first(heads.size() - 1)) field.rivals.push_back(head.write->stamp);
    }
    return out;
}

}  // namespace wl
