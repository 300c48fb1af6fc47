// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The open case: header with running clocks, details that are edited in place, requester, one timeline, composer.
// GUI thread. Every edit goes through ConsoleBridge::submit; what is shown is what the reader answers after the change.

#include <QAction>
#include <QWidget>

#include <memory>
#include <optional>

#include "ui/models/console_bridge.hpp"

namespace wl::ui {

class CasePane final : public QWidget {
    Q_OBJECT

public:
    explicit CasePane(ConsoleBridge& bridge, QWidget* parent = nullptr);
    ~CasePane() override;

    /// Shows a case; half-typed text of the one shown before is kept and offered when it is opened again.
    /// A null key empties the pane.
    void showCase(CaseKey key);
    [[nodiscard]] CaseKey current() const;
    /// Everything that can be done to the open case (note, assign, pause, close, …) with its shortcut, for the
    /// window's menu and command palette. The shortcuts work while the focus is inside the pane; a table that shows
    /// the same letters (J/K/A/P/N) triggers these actions itself.
    [[nodiscard]] QList<QAction*> caseActions() const;
    [[nodiscard]] QAction* action(const QString& objectName) const;

public Q_SLOTS:
    /// The answer to pickPlaceRequested.
    void placePicked(wl::GeoPoint at);
    void cancelPlacePick();

Q_SIGNALS:
    void shown(wl::CaseKey key);
    void openPerson(const wl::PersonId& person);
    void openCase(wl::CaseKey key);
    /// The map should let the user click a place, starting at `from`; answer with placePicked or cancelPlacePick.
    void pickPlaceRequested(std::optional<wl::GeoPoint> from);
    /// The pick is no longer wanted (Esc, another case was opened).
    void pickPlaceEnded();
    /// One line for the status bar: "Undone: priority".
    void told(const QString& line);

protected:
    void changeEvent(QEvent* event) override;

private:
    class Parts;
    std::unique_ptr<Parts> m_parts;
};

}  // namespace wl::ui
