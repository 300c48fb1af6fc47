// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Asks why, before something is done that somebody else will ask about: a hand-off, a return, a release. Stands inside
// the pane; what was typed is kept until it is done.

#include <QWidget>

#include <functional>

class QLabel;
class QLineEdit;
class QPushButton;

namespace wl::ui {

class ToneLabel;

class ReasonSheet final : public QWidget {
    Q_OBJECT

public:
    explicit ReasonSheet(QWidget* parent = nullptr);

    /// `take` gets what was typed; it closes the sheet with `done` or shows why not.
    void ask(const QString& title, const QString& go, std::function<void(const std::string&)> take);
    void done();
    void showError(const QString& words);

Q_SIGNALS:
    void dismissed();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void accept();

    std::function<void(const std::string&)> m_take;
    QLabel* m_title;
    QLineEdit* m_reason;
    ToneLabel* m_error;
    QPushButton* m_go;
};

}  // namespace wl::ui
