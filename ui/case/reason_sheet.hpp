// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Asks why, before something is done that somebody else will ask about: a hand-off, a return, a release. What was typed
// is kept until it is done.

#include <functional>

#include "ui/kit/sheet.hpp"

class QLineEdit;

namespace wl::ui {

class ReasonSheet final : public Sheet {
    Q_OBJECT

public:
    explicit ReasonSheet(QWidget* parent = nullptr);

    /// `take` gets what was typed; it closes the sheet with `done` or shows why not.
    void ask(const QString& title, const QString& go, std::function<void(const std::string&)> take);
    void done();

private:
    void accept() override;

    std::function<void(const std::string&)> m_take;
    QLineEdit* m_reason;
};

}  // namespace wl::ui
