// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What stands where a list has nothing to show: what would be here, and the actions that fill it. Covers its parent.

#include <QWidget>

class QAction;
class QHBoxLayout;
class QLabel;

namespace wl::ui {

class EmptyState final : public QWidget {
    Q_OBJECT

public:
    explicit EmptyState(QWidget* parent);

    void say(const QString& title, const QString& hint, const QList<QAction*>& actions = {});

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QLabel* m_title;
    QLabel* m_hint;
    QHBoxLayout* m_buttons;
};

}  // namespace wl::ui
