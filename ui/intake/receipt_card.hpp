// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the caller is told after filing: the number, big enough to read out, how to spell it, and by when.

#include <QWidget>

class QLabel;

namespace wl::ui {

class ReceiptCard final : public QWidget {
    Q_OBJECT

public:
    explicit ReceiptCard(QWidget* parent = nullptr);
    void show(const QString& number, const QString& expected, const QString& notice, const QString& title);

Q_SIGNALS:
    void openRequested();
    void anotherRequested();

private:
    QLabel* m_title;
    QLabel* m_number;
    QLabel* m_spelling;
    QLabel* m_expected;
    QLabel* m_notice;
    QWidget* m_another;
};

/// "seven · Kilo · two – four · Quebec": letters by the ICAO alphabet, digits as words.
[[nodiscard]] QString spelled(const QString& number);

}  // namespace wl::ui
