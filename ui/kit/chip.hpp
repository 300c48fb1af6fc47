// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A condition that is in force, shown as a small plate; a click or Enter takes it away.

#include <QAbstractButton>

namespace wl::ui {

class Chip final : public QAbstractButton {
    Q_OBJECT

public:
    Chip(const QString& text, QWidget* parent);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;
};

}  // namespace wl::ui
