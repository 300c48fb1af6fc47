// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the window shows while there is no desk to show: a choice (start, damaged data) or work under way (making the
// demo city, rebuilding) with counts, time left and a way to stop it.

#include <QElapsedTimer>
#include <QWidget>

#include <functional>

class QLabel;
class QProgressBar;
class QPushButton;
class QVBoxLayout;

namespace wl::ui {

class StartPage final : public QWidget {
    Q_OBJECT

public:
    explicit StartPage(QWidget* parent = nullptr);

    struct Offer {
        QString name;  ///< objectName of its button
        QString text;
        QString hint;
        QString icon;
        std::function<void()> take;
    };
    void offer(const QString& title, const QString& text, const std::vector<Offer>& offers);
    void beginWork(const QString& title);
    /// `total` 0 = not known.
    void showProgress(const QString& phase, std::size_t done, std::size_t total);

Q_SIGNALS:
    void stopRequested();

private:
    void clearOffers();

    QLabel* m_title;
    QLabel* m_text;
    QWidget* m_offers;
    QWidget* m_work;
    QProgressBar* m_bar;
    QLabel* m_counts;
    QPushButton* m_stop;
    QElapsedTimer m_since;
    QString m_phase;
};

}  // namespace wl::ui
