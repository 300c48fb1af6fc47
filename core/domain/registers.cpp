// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/registers.hpp"

#include <set>

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

Registers foldRegisters(std::size_t fieldCount, std::span<const FieldSpec> table, std::span<const RegisterWrite> writes,
                        const Stamp& opened) {
    Registers out(fieldCount);
    for (const auto& spec : table) {
        auto& field = out.at(spec.id);
        field.stamp = opened;
        std::set<Dot> seen;  // writes to this field that some other write names
        bool rewritten = false;
        for (const auto& write : writes) {
            if (write.stamp == opened || !write.values->find(spec.id)) continue;
            if (spec.merge == MergeRule::Once) continue;
            rewritten = true;
            const auto named = write.preds ? write.preds->find(spec.id) : Preds::const_iterator{};
            if (write.preds && named != write.preds->end())
                seen.insert(named->second.begin(), named->second.end());
            else
                seen.insert(opened.dot);
        }
        std::vector<Stamp> heads;
        for (const auto& write : writes) {
            const auto* value = write.values->find(spec.id);
            const bool opening = write.stamp == opened;
            if (!opening && (!value || spec.merge == MergeRule::Once)) continue;
            if (seen.contains(write.stamp.dot)) continue;
            // An empty field that somebody filled without naming its emptiness is not a conflict.
            if (opening && !value && rewritten) continue;
            heads.push_back(write.stamp);
            field.value = value ? *value : Value{};
            field.stamp = write.stamp;
        }
        if (!heads.empty()) heads.pop_back();
        field.rivals = std::move(heads);
    }
    return out;
}

}  // namespace wl
