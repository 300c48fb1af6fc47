// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Multi-value registers shown as last-writer-wins: the fields of a case or a person.
//
// A field's *heads* are the writes that no other op names as seen. One head is the normal state; more than one is a
// conflict, shown until somebody picks. The value shown is the head with the greatest stamp. Most writes name exactly
// the one head there is and lie after it, so they can be applied without the history; everything else asks for a
// refold of the entity from its ops, which gives the same answer for any order of arrival.

#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "domain/fields.hpp"
#include "domain/ops.hpp"

namespace wl {

struct Register {
    Value value;
    Stamp stamp;               ///< of the op that wrote the shown value; the opening op if nobody wrote since
    std::vector<Stamp> rivals; ///< other heads, ascending; empty = no conflict
    bool operator==(const Register&) const = default;
};

class Registers {
public:
    explicit Registers(std::size_t fieldCount) : m_fields(fieldCount) {}

    [[nodiscard]] const Register& operator[](std::uint8_t id) const { return m_fields[id - 1U]; }
    [[nodiscard]] Register& at(std::uint8_t id) { return m_fields[id - 1U]; }
    [[nodiscard]] std::size_t count() const { return m_fields.size(); }

    void open(const Stamp& stamp, const FieldValues& values);
    /// False if the history is needed; nothing was changed then.
    [[nodiscard]] bool applyFast(const Stamp& stamp, const FieldValues& values, const Preds& preds,
                                 const Stamp& opened);
    /// One bit a field id that is in conflict.
    [[nodiscard]] std::uint64_t conflicts() const;

    bool operator==(const Registers&) const = default;

private:
    std::vector<Register> m_fields;
};

/// One write to the registers of an entity, as the slow fold sees it.
struct RegisterWrite {
    Stamp stamp;
    const FieldValues* values{};
    const Preds* preds{};  ///< nullptr for the opening op
};

/// The registers from all writes, sorted by stamp, the opening op among them.
[[nodiscard]] Registers foldRegisters(std::size_t fieldCount, std::span<const FieldSpec> table,
                                      std::span<const RegisterWrite> writes, const Stamp& opened);

}  // namespace wl
