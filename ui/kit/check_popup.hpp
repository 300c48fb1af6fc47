// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Tick any number of a list: type to narrow it, Space or a click ticks, Esc or a click elsewhere closes. Each tick
// takes effect at once.

#include <QFrame>

#include "ui/models/choice_match.hpp"

class QLineEdit;
class QListWidget;

namespace wl::ui {

class CheckPopup final : public QFrame {
    Q_OBJECT

public:
    CheckPopup(std::vector<Choice> choices, const QStringList& ticked, const QString& title, QWidget* parent);

    /// Opens under `anchor`; deletes itself when closed.
    void openUnder(QWidget* anchor);

Q_SIGNALS:
    void ticked(const QStringList& codes);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void refill(const QString& typed);

    std::vector<Choice> m_choices;
    QStringList m_ticked;
    QLineEdit* m_filter;
    QListWidget* m_list;
};

}  // namespace wl::ui
