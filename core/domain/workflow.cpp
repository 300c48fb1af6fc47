// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/workflow.hpp"

namespace wl {
namespace {

// Whether `current -> to` may happen although the author saw another status. Work that moves on may; going back to
// an earlier desk step or leaving a terminal status may not.
bool holdsUnseen(Status current, Status to) {
    if (current == Status::Closed) return false;
    if (current == Status::WorkDone) return to == Status::Closed;
    switch (to) {
        case Status::New: return false;
        case Status::Acknowledged: return current == Status::New;
        case Status::Assigned: return current == Status::New || current == Status::Acknowledged;
        case Status::InProgress:
        case Status::Waiting:
        case Status::Planned:
        case Status::WorkDone:
        case Status::Closed: return current != to;
    }
    return false;
}

}  // namespace

bool mayStep(Status from, Status to) {
    if (to == Status::New) return false;
    if (from == Status::Closed) return to == Status::Acknowledged;  // reopening
    if (from == to) return to == Status::Waiting || to == Status::Planned;  // another reason or date
    if (from == Status::WorkDone) return to == Status::Closed || to == Status::InProgress || to == Status::Acknowledged;
    return true;
}

bool stepTakesEffect(Status current, Status from, Status to) {
    if (current == from) return from != to || mayStep(from, to);  // also the step back that an undo makes
    return holdsUnseen(current, to);
}

}  // namespace wl
