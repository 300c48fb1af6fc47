// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// All commands with their keys, to be searched.

#include <QAction>
#include <QDialog>

namespace wl::ui {

class KeysDialog final : public QDialog {
    Q_OBJECT

public:
    KeysDialog(const QList<QAction*>& actions, QWidget* parent);
};

}  // namespace wl::ui
