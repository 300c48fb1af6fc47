// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// At the console that lets others in: shows the code to read to the person at the new one, then asks whether the
// numbers on both screens agree, under which name and with which rights it comes.

#include <QDialog>
#include <QTimer>

#include "ui/models/console_bridge.hpp"

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QStackedWidget;

namespace wl::ui {

class ToneLabel;

class AddConsoleDialog final : public QDialog {
    Q_OBJECT

public:
    explicit AddConsoleDialog(ConsoleBridge& bridge, QWidget* parent = nullptr);

    void show(const engine::SyncStatus& status);
    using QDialog::show;

protected:
    void done(int result) override;

private:
    enum Page { CodePage, AskPage, DonePage, FailedPage };
    QWidget* codePage();
    QWidget* askPage();
    QWidget* donePage();
    QWidget* failedPage();
    void begin();
    void letIn();
    void fail(const Error& error);
    void tick();

    ConsoleBridge& m_bridge;
    QStackedWidget* m_pages;
    QLabel* m_code{};
    QLabel* m_where{};
    QLabel* m_left{};
    ToneLabel* m_tried{};
    QLabel* m_number{};
    QLineEdit* m_name{};
    QComboBox* m_department{};
    QComboBox* m_role{};
    QPushButton* m_yes{};
    QPushButton* m_no{};
    QLabel* m_done{};
    ToneLabel* m_failed{};
    QPushButton* m_close{};
    QTimer m_tick;
    Instant m_until;
    QString m_asker;   ///< the number of the newcomer that is shown
    bool m_begun{};    ///< our own offer stands
};

}  // namespace wl::ui
