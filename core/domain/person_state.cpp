// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/person_state.hpp"

#include <algorithm>

#include "domain/cbor.hpp"
#include "domain/op_codec.hpp"
#include "domain/stamp_bytes.hpp"

namespace wl {
namespace {

void addContact(PersonState& s, const StampedOp& item) {
    const auto& c = std::get<PersonContactAdded>(item.op.body);
    if (s.removed.contains(item.stamp.dot)) return;
    const auto at = std::ranges::lower_bound(s.contacts, item.stamp, {}, &Contact::added);
    s.contacts.insert(at, {item.stamp, c.kind, c.value, c.label});
}

void removeContacts(PersonState& s, const PersonContactRemoved& r) {
    s.removed.insert(r.removed.begin(), r.removed.end());
    std::erase_if(s.contacts, [&](const Contact& c) { return s.removed.contains(c.added.dot); });
}

// Contacts and counters: the same for any order of arrival.
void takeCommon(PersonState& s, const StampedOp& item) {
    s.unread += item.op.unread > 0 ? 1 : 0;
    if (std::holds_alternative<PersonContactAdded>(item.op.body)) {
        addContact(s, item);
    } else if (const auto* removed = std::get_if<PersonContactRemoved>(&item.op.body)) {
        removeContacts(s, *removed);
    } else if (const auto* judged = std::get_if<PersonsJudged>(&item.op.body)) {
        s.judgements.take(item.stamp, judged->pair);
    } else if (!std::holds_alternative<PersonOpened>(item.op.body) &&
               !std::holds_alternative<PersonEdited>(item.op.body)) {
        ++s.unread;
    }
}

}  // namespace

PersonState foldPerson(const PersonId& id, std::span<const StampedOp> ops) {
    std::vector<const StampedOp*> sorted;
    for (const auto& item : ops) sorted.push_back(&item);
    std::ranges::sort(sorted, {}, [](const StampedOp* item) { return item->stamp; });
    PersonState s;
    s.id = id;
    std::vector<RegisterWrite> writes;
    for (const auto* item : sorted) {
        takeCommon(s, *item);
        if (const auto* opened = std::get_if<PersonOpened>(&item->op.body)) {
            if (s.isOpenedYet()) continue;
            s.opened = item->stamp;
            writes.push_back({item->stamp, &opened->fields, nullptr});
        } else if (const auto* edited = std::get_if<PersonEdited>(&item->op.body)) {
            writes.push_back({item->stamp, &edited->fields, &edited->preds});
        }
    }
    s.fields = foldRegisters(kPersonFields.size(), kPersonFields, writes, s.opened);
    return s;
}

bool applyToPerson(PersonState& s, const StampedOp& item) {
    if (const auto* opened = std::get_if<PersonOpened>(&item.op.body)) {
        if (s.isOpenedYet() || s.unread > 0) return false;
        for (std::uint8_t id = 1; id <= s.fields.count(); ++id)
            if (s.fields[id].stamp != Stamp{}) return false;
        s.opened = item.stamp;
        s.fields.open(item.stamp, opened->fields);
    } else if (const auto* edited = std::get_if<PersonEdited>(&item.op.body)) {
        if (!s.isOpenedYet() || !s.fields.applyFast(item.stamp, edited->fields, edited->preds, s.opened)) return false;
    }
    takeCommon(s, item);
    return true;
}

std::string canonicalBytes(const PersonState& s) {
    std::string out;
    cbor::Writer w(out);
    w.bytes(view(s.id));
    writeStamp(out, s.opened);
    for (const auto& field : kPersonFields) {
        const auto& reg = s.fields[field.id];
        if (!isSet(reg.value) && reg.stamp == s.opened && reg.rivals.empty()) continue;
        w.uint(field.id);
        writeValue(out, reg.value);
        writeStamp(out, reg.stamp);
        w.array(reg.rivals.size());
        for (const auto& rival : reg.rivals) writeStamp(out, rival);
    }
    w.array(s.contacts.size());
    for (const auto& contact : s.contacts) {
        writeStamp(out, contact.added);
        w.uint(static_cast<unsigned>(contact.kind)), w.text(contact.value), w.text(contact.label);
    }
    w.array(s.removed.size());
    for (const auto& dot : s.removed) w.bytes(view(dot.origin)), w.uint(dot.seq);
    w.sint(s.unread);
    writeJudgements(out, s.judgements);
    return out;
}

}  // namespace wl
