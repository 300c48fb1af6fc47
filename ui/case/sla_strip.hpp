// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The clocks of the open case, one a line: symbol, name, words, and a thin bar of how much of the time is used.
// Draws nothing of its own accord: the pane shows new views when the words change.

#include <QWidget>

#include "ui/models/clock_words.hpp"

namespace wl::ui {

class SlaStrip final : public QWidget {
    Q_OBJECT

public:
    explicit SlaStrip(QWidget* parent = nullptr);

    void show(std::vector<ClockView> clocks);
    [[nodiscard]] const std::vector<ClockView>& clocks() const { return m_clocks; }
    /// All reasons, for a key that asks "why is it due then".
    [[nodiscard]] QString explanation() const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    [[nodiscard]] int lineHeight() const;

    std::vector<ClockView> m_clocks;
};

}  // namespace wl::ui
