// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// On a computer without a desk: joins a city with the code that another console shows. The work is done beside the GUI
// thread and can be stopped.

#include <QDialog>
#include <QThread>

#include <filesystem>
#include <functional>
#include <memory>
#include <stop_token>

#include "engine/join_city.hpp"

class QLabel;
class QLineEdit;
class QPushButton;
class QStackedWidget;

namespace wl::ui {

class ToneLabel;

class JoinDialog final : public QDialog {
    Q_OBJECT

public:
    using Join = std::function<Result<engine::JoinedCity>(const engine::JoinOptions&)>;
    /// `join` runs on a thread of its own.
    explicit JoinDialog(const std::filesystem::path& folder, Join join = engine::joinCity, QWidget* parent = nullptr);
    ~JoinDialog() override;

    /// What the other console is called to say it with; empty before it was joined.
    [[nodiscard]] const QString& city() const { return m_city; }
    /// The six digits, as join() tells them.
    void showComparison(const QString& digits);

public Q_SLOTS:
    void reject() override;

private:
    enum Page { AskPage, WaitPage };
    QWidget* askPage();
    QWidget* waitPage();
    void begin();
    void check();
    void finish(const Result<engine::JoinedCity>& joined);

    std::filesystem::path m_folder;
    Join m_join;
    QStackedWidget* m_pages;
    QLineEdit* m_address{};
    QLineEdit* m_code{};
    QLineEdit* m_name{};
    ToneLabel* m_problem{};
    QPushButton* m_go{};
    QLabel* m_state{};
    QLabel* m_number{};
    QString m_city;
    std::stop_source m_stop;
    std::unique_ptr<QThread> m_work;
};

}  // namespace wl::ui
