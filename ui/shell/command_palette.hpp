// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Ctrl+K: one box that finds cases, people, queues and commands. Arrows move, Enter takes, Esc closes. Lies over the
// window; searching begins when the typing pauses.

#include <QFrame>
#include <QTimer>

#include "ui/shell/palette_results.hpp"

class QLineEdit;
class QListWidget;

namespace wl::ui {

class CommandPalette final : public QFrame {
    Q_OBJECT

public:
    CommandPalette(ConsoleBridge& bridge, const QueueListModel& queues, QWidget* window);

    void open(const QList<QAction*>& actions);
    /// Types into the box, as a user would.
    void type(const QString& text);

    /// What is shown is the answer to what is typed.
    [[nodiscard]] bool isSettled() const { return !m_pause.isActive() && !m_asking; }

Q_SIGNALS:
    void caseChosen(wl::CaseKey key);
    void personChosen(const wl::PersonId& person);
    void queueChosen(const QString& id);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void search();
    void found(const Result<engine::Found>& answer);
    [[nodiscard]] QString emptyWords(const QString& typed) const;
    void fill();
    void take();
    void step(int by);
    void place();

    ConsoleBridge& m_bridge;
    const QueueListModel& m_queues;
    QLineEdit* m_input;
    QListWidget* m_list;
    QTimer m_pause;
    quint64 m_asked{};    ///< number of the latest question
    bool m_asking{};      ///< its answer is still to come
    QString m_problem;    ///< why there is none
    bool m_takeFirst{};   ///< Enter was pressed before it came
    QList<QAction*> m_actions;
    std::vector<PaletteResult> m_records;
    std::vector<PaletteResult> m_shown;
};

}  // namespace wl::ui
