// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A label that shortens its text with "…" instead of forcing its parent wider; the whole text is in the tooltip then.

#include <QWidget>

namespace wl::ui {

class ElidedLabel final : public QWidget {
    Q_OBJECT

public:
    explicit ElidedLabel(QWidget* parent = nullptr, Qt::TextElideMode mode = Qt::ElideRight);

    void setText(const QString& text);
    [[nodiscard]] QString text() const { return m_text; }
    void setQuiet(bool quiet);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void tellWhole();

    QString m_text;
    Qt::TextElideMode m_mode;
    bool m_quiet{};
};

}  // namespace wl::ui
