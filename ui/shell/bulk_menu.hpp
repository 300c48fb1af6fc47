// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What can be done to several cases at once: the letters of the case menu, meant for every selected row. Asks what it
// has to ask, then hands the change to a BulkRun. GUI thread.

#include <QAction>
#include <QObject>

#include "ui/queue/queue_panel.hpp"
#include "ui/shell/bulk_run.hpp"

namespace wl::ui {

class BulkMenu final : public QObject {
    Q_OBJECT

public:
    BulkMenu(ConsoleBridge& bridge, QueuePanel& panel, QObject* parent);

    void askOwner();
    void askPriority();
    void askStatus();
    /// In the list they act by their letter while more than one row is selected.
    [[nodiscard]] QList<QAction*> letterActions() const { return m_letters; }
    [[nodiscard]] BulkRun& run() { return m_run; }

Q_SIGNALS:
    void told(const QString& line);

private:
    void addLetter(const char16_t* name, const QString& text, const char16_t* icon, const QKeySequence& key,
                   void (BulkMenu::*what)());
    /// The selected cases are meant from now on; false if there are none.
    bool take();
    /// A first page of them, to see what is possible.
    [[nodiscard]] std::vector<store::CaseRow> sample();
    void take(const std::string& owner);
    void takeOwn();
    void askDepartment();
    void askCrew();
    void askJob();
    void pauseOrResume();
    void askClose();
    void finishWork();
    void reopen();
    void askNote();
    void step(Status to);
    void askReason(Status to);
    void change(BulkRun::Make make);
    void startNext();
    void tell(const BulkRun::Outcome& outcome);

    ConsoleBridge& m_bridge;
    QueuePanel& m_panel;
    BulkRun m_run;
    std::deque<std::pair<std::vector<CaseKey>, BulkRun::Make>> m_next;  ///< asked for while another run goes on
    std::vector<CaseKey> m_cases;
    QList<QAction*> m_letters;
};

}  // namespace wl::ui
