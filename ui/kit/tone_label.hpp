// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A label in the colour of a state (a refusal, a warning), in whichever of the two themes is on.

#include <QLabel>

#include "domain/vocab.hpp"

namespace wl::ui {

class ToneLabel final : public QLabel {
    Q_OBJECT

public:
    explicit ToneLabel(SlaState tone = SlaState::Breached, QWidget* parent = nullptr);

    void setTone(SlaState tone);

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void ink();

    SlaState m_tone;
    bool m_inking{};
};

}  // namespace wl::ui
