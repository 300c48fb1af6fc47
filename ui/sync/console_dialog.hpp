// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the dialogs about one console of the city share: a head, what is asked, a line for what went wrong, and one
// button that has the engine do it and closes when it is done.

#include <QDialog>

#include <functional>

#include "ui/models/console_bridge.hpp"

class QPushButton;
class QVBoxLayout;

namespace wl::ui {

class ToneLabel;

class ConsoleDialog : public QDialog {
    Q_OBJECT

protected:
    using Work = std::function<Result<void>(engine::SyncService&)>;

    ConsoleDialog(ConsoleBridge& bridge, const engine::ConsoleStatus& console, const QString& title,
                  const QString& head, QWidget* parent);
    /// What the button does, with what is in the fields now; it runs on the engine's thread.
    [[nodiscard]] virtual Work work() const = 0;
    /// Adds the problem line and the buttons below the fields. Enter never takes a dangerous step.
    QPushButton* finish(const QString& yes, bool dangerous);

    [[nodiscard]] ConsoleBridge& bridge() const { return m_bridge; }
    [[nodiscard]] const OriginId& origin() const { return m_origin; }
    [[nodiscard]] QVBoxLayout* column() const { return m_column; }

private:
    void act(QPushButton* yes);

    ConsoleBridge& m_bridge;
    OriginId m_origin;
    QVBoxLayout* m_column;
    ToneLabel* m_problem;
};

}  // namespace wl::ui
