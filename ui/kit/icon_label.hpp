// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A small icon in the ink of the text beside it, also after the theme changed.

#include <QWidget>

namespace wl::ui {

class IconLabel final : public QWidget {
    Q_OBJECT

public:
    explicit IconLabel(QString icon, QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_icon;
};

}  // namespace wl::ui
