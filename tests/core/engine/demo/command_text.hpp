// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A command written out, so that two streams can be compared and read.

#include <string>
#include <variant>

#include "engine/demo/demo_options.hpp"

namespace wl::engine {

inline std::string textOf(const Value& v) {
    if (const auto* i = std::get_if<std::int64_t>(&v)) return std::to_string(*i);
    if (const auto* s = std::get_if<std::string>(&v)) return *s;
    if (const auto* p = std::get_if<GeoPoint>(&v)) return std::to_string(p->latE7) + "," + std::to_string(p->lonE7);
    if (const auto* e = std::get_if<EntityId>(&v)) return toHex(*e);
    return "-";
}
inline std::string textOf(const FieldValues& fields) {
    std::string out;
    for (const auto& [id, value] : fields) out += std::to_string(id) + "=" + textOf(value) + ";";
    return out;
}
inline std::string textOf(const InteractionRecorded& i) {
    return std::string(code(i.channel)) + "/" + std::string(code(i.direction)) + "/" + std::string(code(i.kind)) + "/" +
           std::string(code(i.visibility)) + "/" + std::to_string(i.at.ms) + "/" + i.author + "/" + i.externalId + "/" +
           toHex(i.person) + (i.automatic ? "/auto/" : "/") + i.body;
}

struct CommandText {
    std::string operator()(const OpenCase& c) const {
        return "OpenCase " + toHex(c.id) + " " + textOf(c.fields) + " " + toHex(c.requester.known) + " " +
               (c.firstContact ? textOf(*c.firstContact) : "");
    }
    std::string operator()(const EditCase& c) const {
        return "EditCase " + toHex(c.target.id) + " " + textOf(c.fields) + " " + c.comment;
    }
    std::string operator()(const ChangeStatus& c) const {
        return "ChangeStatus " + toHex(c.target.id) + " " + std::string(code(c.to)) + " " + c.reason + " " +
               std::to_string(c.at.ms) + " " + c.note;
    }
    std::string operator()(const RecordInteraction& c) const {
        return "RecordInteraction " + toHex(c.target.id) + " " + textOf(c.interaction);
    }
    std::string operator()(const OpenPerson& c) const {
        std::string out = "OpenPerson " + toHex(c.id) + " " + textOf(c.fields);
        for (const auto& contact : c.contacts) out += " " + std::string(code(contact.kind)) + ":" + contact.value;
        return out;
    }
    template <class Other>
    std::string operator()(const Other&) const {
        return "other";
    }
};

inline std::string textOf(const TimedCommand& c) {
    return std::to_string(c.at.ms) + " [" + c.agent + "] " + std::visit(CommandText{}, c.command);
}

}  // namespace wl::engine
