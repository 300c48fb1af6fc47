// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The records that are of this citizen and those that may be: join, say no, take apart, by one key each. Hidden where
// there is nothing to say.

#include <QWidget>

#include "engine/person_matcher.hpp"
#include "ui/models/console_bridge.hpp"

class QLabel;
class QListWidget;

namespace wl::ui {

class SamePerson final : public QWidget {
    Q_OBJECT

public:
    explicit SamePerson(ConsoleBridge& bridge, QWidget* parent = nullptr);

    void show(const store::PersonGroup& group, const PersonId& shown);

Q_SIGNALS:
    void openPerson(const wl::PersonId& person);
    void wanted(const wl::engine::Command& command);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void showLikely(std::vector<engine::PersonHit> hits);
    [[nodiscard]] QString recordWords(const PersonState& state) const;

    ConsoleBridge& m_bridge;
    PersonId m_person;
    std::vector<PersonId> m_others;  ///< of the group, without the one that is shown
    std::vector<engine::PersonHit> m_hits;
    QLabel* m_joinedTitle;
    QListWidget* m_joined;
    QLabel* m_likelyTitle;
    QListWidget* m_likely;
};

/// The command that joins or parts two records, with what was found of them.
[[nodiscard]] engine::JudgePersons judgeCommand(const PersonId& a, const PersonId& b, Judgement judgement,
                                                const rules::matching::PersonLikeness& likeness);

}  // namespace wl::ui
