// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A question that stands inside a pane, never in front of it: title, fields, a line for what is wrong, two buttons.
// Enter answers, Esc leaves it.

#include <QWidget>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace wl::ui {

class ToneLabel;

class Sheet : public QWidget {
    Q_OBJECT

public:
    void showError(const QString& words);

Q_SIGNALS:
    void dismissed();

protected:
    /// The parts are called by `name`: "reason" makes reasonSheet, reasonError, reasonGo, reasonCancel.
    explicit Sheet(const QString& name, QWidget* parent);
    virtual void accept() = 0;
    virtual void dismiss();

    [[nodiscard]] QLabel* title() const { return m_title; }
    [[nodiscard]] QPushButton* go() const { return m_go; }
    /// Where the fields go.
    [[nodiscard]] QVBoxLayout* fields() const { return m_fields; }

    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    QLabel* m_title;
    QVBoxLayout* m_fields;
    ToneLabel* m_error;
    QPushButton* m_go;
};

}  // namespace wl::ui
