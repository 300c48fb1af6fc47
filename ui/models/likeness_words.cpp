// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/likeness_words.hpp"

#include <QCoreApplication>
#include <QStringList>

#include <cmath>
#include <format>

#include "ui/models/time_words.hpp"

namespace wl::ui {

using namespace Qt::StringLiterals;

QString likenessWords(const engine::DuplicateHit& hit, Instant now) {
    struct Words {
        Q_DECLARE_TR_FUNCTIONS(IntakePanel)
    };
    const auto& l = hit.likeness;
    QStringList words{agoWords(hit.row.requestedAt, now)};
    if (hit.row.position) words << Words::tr("%1 m away").arg(std::lround(l.metres));
    if (!l.sameService) words << Words::tr("another service");
    if (l.sameCode) words << Words::tr("the same plate or number");
    if (l.words >= 0.3) words << Words::tr("the same words");
    if (l.otherAnswers > 0) words << Words::tr("other answers");
    else if (l.sameAnswers > 0) words << Words::tr("the same answers");
    if (l.closed) words << Words::tr("closed %1").arg(agoWords(now - l.closedFor, now));
    return words.join(u" · "_s);
}

std::string likenessCodes(const rules::matching::Likeness& l) {
    auto out = std::format("metres={};words={:.2f}", std::lround(l.metres), l.words);
    if (l.sameService) out += ";same_service";
    if (l.sameCode) out += ";same_code";
    if (l.sameStreet) out += ";same_street";
    if (l.sameAnswers > 0) out += std::format(";same_answers={}", l.sameAnswers);
    if (l.otherAnswers > 0) out += std::format(";other_answers={}", l.otherAnswers);
    if (l.closed) out += ";closed";
    return out;
}

}  // namespace wl::ui
