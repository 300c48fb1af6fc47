// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The right side of the desk: the open case, the intake sheet or a citizen, one at a time. Knows which of them asked
// for a place on the map, so that the answer finds its way. GUI thread.

#include <QStackedWidget>

#include <filesystem>
#include <optional>

#include "ui/case/case_pane.hpp"
#include "ui/citizen/citizen_view.hpp"
#include "ui/intake/intake_panel.hpp"

namespace wl::ui {

class SidePane final : public QStackedWidget {
    Q_OBJECT

public:
    SidePane(ConsoleBridge& bridge, const std::filesystem::path& drafts, QWidget* parent = nullptr);

    void showCase(CaseKey key);
    /// The same, unless something is being typed into another sheet or the keyboard is in a citizen's record.
    void followCase(CaseKey key);
    void showPerson(const PersonId& person);
    /// A number rings: the citizen's record where one person has it, else a report by that number.
    void takeCall(const QString& number);
    void beginIntake();
    void beginIntakeAt(GeoPoint at);
    [[nodiscard]] CasePane& casePane() { return *m_case; }
    [[nodiscard]] IntakePanel& intake() { return *m_intake; }

public Q_SLOTS:
    void placePicked(wl::GeoPoint at);
    void cancelPick();

Q_SIGNALS:
    void caseShown(wl::CaseKey key);
    /// A case is wanted that the list may not have; the pane shows it already.
    void caseWanted(wl::CaseKey key);
    void pickRequested(std::optional<wl::GeoPoint> from);
    void pickEnded();
    void draftPinChanged(std::optional<wl::GeoPoint> at);
    void told(const QString& line);

private:
    enum class Asker : std::uint8_t { None, Case, Intake };
    void open(CaseKey key);

    ConsoleBridge& m_bridge;
    CasePane* m_case;
    IntakePanel* m_intake;
    CitizenView* m_citizen;
    Asker m_asker{};
};

}  // namespace wl::ui
