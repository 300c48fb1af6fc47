// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Pairs of citizen records that may be of one person, for people to decide: which fields agree, how much that counts;
// join, say no or look at one, by one key each. What was joined automatically is listed too, to be looked over.

#include <QDialog>

#include "engine/person_finder.hpp"
#include "ui/models/console_bridge.hpp"

class QLabel;
class QTableWidget;

namespace wl::ui {

class ToneLabel;

class MergeDialog final : public QDialog {
    Q_OBJECT

public:
    explicit MergeDialog(ConsoleBridge& bridge, QWidget* parent = nullptr);

Q_SIGNALS:
    void openPerson(const wl::PersonId& person);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Line {
        PersonId a, b;
        rules::matching::PersonLikeness likeness;
    };
    void ask();
    void spread(const engine::PersonFinder::Review& review);
    void showAutomatic();
    void judge(Judgement judgement);
    void addLine(QTableWidget& table, const PersonState& a, const PersonState& b, const QString& why, double weight);
    void submit(engine::Command command);

    ConsoleBridge& m_bridge;
    std::vector<Line> m_lines, m_automatic;
    QLabel* m_progress;
    QLabel* m_automaticTitle;
    QTableWidget* m_table;
    QTableWidget* m_joined;
    ToneLabel* m_problem;
};

}  // namespace wl::ui
