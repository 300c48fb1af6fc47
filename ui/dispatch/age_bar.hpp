// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How old the cases are that nobody owns: four stretches of one bar, with words.

#include <QWidget>

#include "ui/models/workload_model.hpp"

namespace wl::ui {

class AgeBar final : public QWidget {
    Q_OBJECT

public:
    explicit AgeBar(QWidget* parent = nullptr);
    void show(const UnassignedAges& ages);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    UnassignedAges m_ages;
};

}  // namespace wl::ui
