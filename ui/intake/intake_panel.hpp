// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The form in which an agent takes a report while the caller speaks: a sheet beside the queue, never modal. Filled
// without the mouse; what is typed is in the draft store a moment later and survives a crash. GUI thread.

#include <QWidget>

#include <filesystem>
#include <memory>
#include <optional>

#include "ui/models/console_bridge.hpp"

namespace wl::ui {

class IntakePanel final : public QWidget {
    Q_OBJECT

public:
    /// Drafts live as one JSON file each in `drafts` (made when needed).
    IntakePanel(ConsoleBridge& bridge, std::filesystem::path drafts, QWidget* parent = nullptr);
    ~IntakePanel() override;

    /// Ctrl+N: an empty form, or the draft that is on screen already; puts the focus into the caller field.
    void begin();
    /// The same for a caller or a place known beforehand (a ringing number, a click on the map).
    void beginFor(const QString& contact);
    void beginBy(const wl::PersonId& person);
    void beginAt(wl::GeoPoint at);
    [[nodiscard]] int draftCount() const;

public Q_SLOTS:
    /// The answer to pickPlaceRequested; also moves the pin of the report when the map drags it.
    void placePicked(wl::GeoPoint at);
    void cancelPlacePick();

Q_SIGNALS:
    /// Esc or the case was saved: hide the sheet. The draft is kept unless it was saved.
    void closeRequested();
    void pickPlaceRequested(std::optional<wl::GeoPoint> from);
    void pickPlaceEnded();
    /// Where the report's pin stands; the map shows it while the sheet is open.
    void draftPinChanged(std::optional<wl::GeoPoint> at);
    /// Filed. The receipt with the number stands in the sheet: leave the sheet where it is.
    void caseOpened(wl::CaseKey key);
    /// The agent wants to look at a case or citizen that the form found.
    void openCase(wl::CaseKey key);
    void openPerson(const wl::PersonId& person);
    void draftCountChanged(int count);
    void told(const QString& line);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    class Parts;
    std::unique_ptr<Parts> m_parts;
};

}  // namespace wl::ui
