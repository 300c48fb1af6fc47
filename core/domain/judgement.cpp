// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/judgement.hpp"

#include <algorithm>

#include "domain/cbor.hpp"
#include "domain/stamp_bytes.hpp"

namespace wl {

std::string_view code(Judgement judgement) {
    switch (judgement) {
        case Judgement::None: return "none";
        case Judgement::Same: return "same";
        case Judgement::Different: return "different";
    }
    return "none";
}

void Judgements::take(const Stamp& stamp, const JudgedPair& pair) {
    gone.insert(pair.replaces.begin(), pair.replaces.end());
    std::erase_if(marks, [&](const PairMark& mark) { return gone.contains(mark.stamp.dot); });
    if (pair.judgement == Judgement::None || gone.contains(stamp.dot)) return;
    const auto at = std::ranges::lower_bound(marks, stamp, {}, &PairMark::stamp);
    marks.insert(at, {stamp, pair.other, pair.judgement, pair.automatic, pair.weight, pair.reasons});
}

const PairMark* Judgements::deciding(const EntityId& other) const {
    const PairMark* found = nullptr;
    for (const auto& mark : marks)
        if (mark.other == other && (!found || mark.judgement >= found->judgement)) found = &mark;
    return found;
}

Judgement Judgements::of(const EntityId& other) const {
    const auto* mark = deciding(other);
    return mark ? mark->judgement : Judgement::None;
}

std::vector<Dot> Judgements::standing(const EntityId& other) const {
    std::vector<Dot> out;
    for (const auto& mark : marks)
        if (mark.other == other) out.push_back(mark.stamp.dot);
    std::ranges::sort(out);
    return out;
}

void writeJudgements(std::string& out, const Judgements& judgements) {
    if (judgements.empty()) return;
    cbor::Writer w(out);
    w.text("judged"), w.array(judgements.marks.size());
    for (const auto& mark : judgements.marks) {
        writeStamp(out, mark.stamp);
        w.bytes(view(mark.other)), w.uint(static_cast<unsigned>(mark.judgement)), w.boolean(mark.automatic);
        w.sint(mark.weight), w.text(mark.reasons);
    }
    w.array(judgements.gone.size());
    for (const auto& dot : judgements.gone) w.bytes(view(dot.origin)), w.uint(dot.seq);
}

}  // namespace wl
