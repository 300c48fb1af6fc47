// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Pick one of a list by typing part of it: arrows move, Enter takes, Esc leaves everything as it was.

#include <QFrame>

#include "ui/models/choice_match.hpp"

class QLineEdit;
class QListWidget;

namespace wl::ui {

class ChoicePopup final : public QFrame {
    Q_OBJECT

public:
    ChoicePopup(std::vector<Choice> choices, const QString& title, QWidget* parent);

    /// Opens under `anchor`, at least as wide; deletes itself when closed.
    void openUnder(QWidget* anchor, const QString& current);

Q_SIGNALS:
    void chosen(const QString& code);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void refill(const QString& typed);
    void take();

    std::vector<Choice> m_choices;
    QLineEdit* m_filter;
    QListWidget* m_list;
};

}  // namespace wl::ui
