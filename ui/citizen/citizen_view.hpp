// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One citizen: contacts, notes and all their cases. Names and contacts are edited in place. GUI thread.

#include <QWidget>

#include <memory>

#include "ui/models/console_bridge.hpp"

namespace wl::ui {

class CitizenView final : public QWidget {
    Q_OBJECT

public:
    explicit CitizenView(ConsoleBridge& bridge, QWidget* parent = nullptr);
    ~CitizenView() override;

    void showPerson(const PersonId& person);
    [[nodiscard]] PersonId current() const;

Q_SIGNALS:
    void openCase(wl::CaseKey key);
    /// A new report by this citizen.
    void reportRequested(const wl::PersonId& person);
    void closeRequested();

protected:
    /// Esc closes the citizen before it means anything to the window.
    bool event(QEvent* event) override;

private:
    class Parts;
    std::unique_ptr<Parts> m_parts;
};

}  // namespace wl::ui
