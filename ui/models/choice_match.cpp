// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/choice_match.hpp"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <numeric>

#include "rules/duty.hpp"
#include "ui/models/value_words.hpp"
#include "ui/models/vocab_words.hpp"

namespace wl::ui {
namespace {

using namespace Qt::StringLiterals;

struct Choices {
    Q_DECLARE_TR_FUNCTIONS(Choices)
};

// Lower case, without accents, split at everything that is no letter or digit.
QStringList wordsOf(const QString& text) {
    static const QRegularExpression gap(u"[^\\p{L}\\p{N}]+"_s);
    QString plain;
    for (const QChar c : text.normalized(QString::NormalizationForm_D).toCaseFolded())
        if (c.category() != QChar::Mark_NonSpacing) plain += c;
    return plain.split(gap, Qt::SkipEmptyParts);
}

// True if `typed` becomes a prefix of `word` by one changed, missing, extra or swapped letter.
bool nearlyBegins(const QString& word, const QString& typed) {
    if (typed.size() < 4) return false;
    qsizetype i = 0;
    while (i < word.size() && i < typed.size() && word[i] == typed[i]) ++i;
    if (i == 0) return false;  // people get the first letter right
    const auto word0 = QStringView(word).mid(i), typed0 = QStringView(typed).mid(i);
    if (word0.mid(1).startsWith(typed0.mid(1)) || word0.startsWith(typed0.mid(1)) || word0.mid(1).startsWith(typed0))
        return true;
    return word0.size() >= 2 && typed0.size() >= 2 && word0[0] == typed0[1] && word0[1] == typed0[0] &&
           word0.mid(2).startsWith(typed0.mid(2));
}

int bestOf(const QStringList& words, const QString& typed, int exact) {
    int best = 0;
    for (qsizetype i = 0; i < words.size(); ++i) {
        if (words[i].startsWith(typed))
            best = std::max(best, exact + (i == 0 ? 4 : 0) + (words[i].size() == typed.size() ? 2 : 0));
        else if (nearlyBegins(words[i], typed)) best = std::max(best, exact / 4);
    }
    return best;
}

Choice crewChoice(const rules::Catalogue& catalogue, const rules::Crew& crew) {
    return {fromText(crew.code),
            fromText(crew.name),
            fromText(catalogue.departmentName(crew.department)),
            {},
            u"system-users"_s};
}

}  // namespace

int matchScore(const Choice& choice, const QString& typed) {
    const auto name = wordsOf(choice.name), keywords = wordsOf(choice.keywords), detail = wordsOf(choice.detail);
    int score = 1;
    for (const auto& word : wordsOf(typed)) {
        const int best = std::max({bestOf(name, word, 40), bestOf(keywords, word, 24), bestOf(detail, word, 12)});
        if (best == 0) return 0;
        score += best;
    }
    return score;
}

std::vector<std::size_t> matching(const std::vector<Choice>& choices, const QString& typed) {
    std::vector<int> scores(choices.size(), 1);
    std::vector<std::size_t> found(choices.size());
    std::iota(found.begin(), found.end(), std::size_t{0});
    if (typed.trimmed().isEmpty()) return found;
    for (std::size_t i = 0; i < choices.size(); ++i) scores[i] = matchScore(choices[i], typed);
    std::erase_if(found, [&](std::size_t i) { return scores[i] == 0; });
    std::ranges::stable_sort(found, std::greater{}, [&](std::size_t i) { return scores[i]; });
    return found;
}

std::vector<Choice> serviceChoices(const rules::Catalogue& catalogue) {
    std::vector<Choice> choices;
    for (const auto& service : catalogue.services()) {
        if (!service.active) continue;
        QStringList keywords{fromText(service.code), fromText(service.description)};
        for (const auto& word : service.keywords) keywords.prepend(fromText(word));
        choices.push_back({fromText(service.code), fromText(service.name), fromText(service.group), keywords.join(u' '),
                           service.icon.empty() ? u"tag"_s : fromText(service.icon)});
    }
    return choices;
}

std::vector<Choice> departmentChoices(const rules::Catalogue& catalogue) {
    std::vector<Choice> choices;
    for (const auto& department : catalogue.departments())
        choices.push_back({fromText(department.code), fromText(department.name), {}, {}, u"view-bank"_s});
    return choices;
}

std::vector<Choice> crewChoices(const rules::Catalogue& catalogue, std::string_view department) {
    std::vector<Choice> own, others;
    for (const auto& crew : catalogue.crews())
        (crew.department == department ? own : others).push_back(crewChoice(catalogue, crew));
    own.insert(own.end(), others.begin(), others.end());
    own.push_back({QString(), Choices::tr("No crew"), {}, {}, u"list-remove"_s});
    return own;
}

std::vector<Choice> staffChoices(const rules::Catalogue& catalogue, std::string_view self,
                                 std::string_view department) {
    std::vector<Choice> first, own, others;
    for (const auto& person : catalogue.staffMembers()) {
        if (!person.active) continue;
        Choice choice{fromText(person.code), fromText(person.name),
                      fromText(catalogue.departmentName(person.department)), fromText(person.code), u"user"_s};
        if (person.code == self) {
            choice.detail = Choices::tr("me");
            first.push_back(std::move(choice));
        } else {
            (person.department == department ? own : others).push_back(std::move(choice));
        }
    }
    first.insert(first.end(), own.begin(), own.end());
    first.insert(first.end(), others.begin(), others.end());
    first.push_back({QString(), Choices::tr("Nobody"), Choices::tr("unassigned"), {}, u"list-remove-user"_s});
    return first;
}

std::vector<Choice> pauseChoices(const rules::Catalogue& catalogue, const rules::StaffMember* who) {
    std::vector<Choice> out;
    for (const auto& reason : catalogue.pauseReasons()) {
        if (!rules::mayUse(reason, who)) continue;
        const auto name = QString::fromStdString(reason.name.empty() ? reason.code : reason.name);
        out.push_back({QString::fromStdString(reason.code),
                       reason.stopsClock ? Choices::tr("%1 (stops the clock)").arg(name) : name,
                       {},
                       {},
                       {}});
    }
    if (catalogue.pauseReasons().empty())
        out.push_back({QString::fromUtf8(rules::kPlainPause),
                       Choices::tr("Waiting (no clock stops; the catalogue has no reasons)"),
                       {},
                       {},
                       {}});
    return out;
}

std::vector<Choice> priorityChoices() {
    std::vector<Choice> choices;
    for (const auto p : {Priority::Urgent, Priority::High, Priority::Normal, Priority::Low})
        choices.push_back({QString::number(static_cast<int>(p)), priorityWord(p), {}, {}, priorityIconName(p)});
    return choices;
}

std::vector<Choice> consentChoices() {
    std::vector<Choice> choices;
    for (const auto c : {Consent::Given, Consent::Refused, Consent::Unknown})
        choices.push_back({QString::number(static_cast<int>(c)), consentWord(c), {}, {}, {}});
    return choices;
}

}  // namespace wl::ui
