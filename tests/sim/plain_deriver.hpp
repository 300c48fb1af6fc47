// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/derived_case.hpp"

namespace wl::sim {

/// Stands in for the rules: every part of the derived clock depends on the state.
class PlainDeriver final : public CaseDeriver {
public:
    [[nodiscard]] DerivedCase derive(const CaseState& s) const override {
        DerivedCase d;
        const auto asked = s.instant(CaseField::RequestedAt);
        if (!asked) return d;
        d.due = asked + Millis{3'600'000 * (5 - s.number(CaseField::Priority))};
        d.warn = asked + Millis{600'000};
        if (!s.firstResponseAt) d.respondDue = asked + Millis{60'000};
        d.paused = s.status == Status::Waiting;
        d.settled = s.status == Status::Closed ? SlaState::Met : SlaState::OnTrack;
        return d;
    }
};

}  // namespace wl::sim
