// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The small things that lie on the map: scale bar and legend of the SLA marks.

#include <QColor>
#include <QWidget>

#include <utility>
#include <vector>

class QToolButton;

namespace wl::ui {

/// A bar of a round length in metres or kilometres.
class ScaleBar : public QWidget {
    Q_OBJECT

public:
    explicit ScaleBar(QWidget* parent = nullptr);
    /// Metres on the ground that one px shows; 0 hides the bar.
    void setMetresPerPixel(double metres);
    void setDark(bool dark);
    [[nodiscard]] QString text() const { return m_text; }
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    double m_metresPerPixel = 0;
    double m_length = 0;  ///< px
    QString m_text;
    bool m_dark = false;
};

/// What the marks or colours mean; folds away to its title.
class MapLegend : public QWidget {
    Q_OBJECT

public:
    explicit MapLegend(QWidget* parent = nullptr);
    void setDark(bool dark);
    [[nodiscard]] bool isOpen() const;
    void setOpen(bool open);
    /// The marks of single cases.
    void showStates();
    /// Colours from first to last under a title.
    void showColours(const QString& title, const std::vector<std::pair<QColor, QString>>& rows);

Q_SIGNALS:
    void resized();

protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void rebuild();

    QToolButton* m_title;
    QWidget* m_rows;
    std::vector<std::pair<QColor, QString>> m_colours;  ///< empty: the marks are told
    bool m_dark = false;
};

}  // namespace wl::ui
