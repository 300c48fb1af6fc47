// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One case of another system as it stood when its feed was written. (source, externalId) names it for good: applying
// the same draft twice changes nothing, applying a newer one changes what differs.

#include <string>

#include "engine/requester_draft.hpp"

namespace wl::engine {

struct ImportDraft {
    std::string source;      ///< namespace of the ids: "boston"
    std::string externalId;  ///< the other system's number; never empty
    FieldValues fields;      ///< CaseField ids, without Source, ExternalId and SourceUpdatedAt
    Status status{};
    std::string statusReason;  ///< resolution of Closed, pause reason of Waiting, else empty
    std::string statusNote;    ///< what the other system says about its status; personal data class
    Instant statusAt;          ///< when the status was reached; none = not known
    Instant acknowledgedAt;    ///< none = never or not known, as the two below
    Instant workDoneAt;
    Instant closedAt;
    Instant updatedAt;         ///< the other system's last change; becomes SourceUpdatedAt
    RequesterDraft requester;
};

}  // namespace wl::engine
