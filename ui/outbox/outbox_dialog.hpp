// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// All messages to citizens: what waits, what left, what came of it, and why one was kept back. Enter opens the case, F2
// sends a message after all, Delete cancels one; what the list shows follows the replica.

#include <QDialog>
#include <QTimer>

#include "ui/models/console_bridge.hpp"

class QComboBox;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace wl::ui {

class ToneLabel;

class OutboxDialog final : public QDialog {
    Q_OBJECT

public:
    explicit OutboxDialog(ConsoleBridge& bridge, QWidget* parent);

Q_SIGNALS:
    void caseWanted(wl::CaseKey key);
    void told(const QString& line);

private:
    void read();
    void narrow();
    void follow();
    void openCase();
    void move(MessageState to, const std::string& note = {});
    void sendAfterAll();
    [[nodiscard]] const store::OutboxRow* current() const;
    void fillItem(QTreeWidgetItem& item, const store::OutboxRow& row);

    ConsoleBridge& m_bridge;
    std::vector<store::OutboxRow> m_rows;
    QLineEdit* m_words;
    QComboBox* m_state;
    QTreeWidget* m_list;
    QPlainTextEdit* m_text;
    ToneLabel* m_error;
    QPushButton *m_open, *m_again, *m_cancel;
    QTimer m_later;
};

}  // namespace wl::ui
