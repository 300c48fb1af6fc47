// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Narrows the queue that is shown: words, and conditions on any field. What is in force stands there as chips. GUI
// thread.

#include <QWidget>

#include <QTimer>

#include "ui/models/console_bridge.hpp"

class QLabel;
class QLineEdit;
class QMenu;
class QToolButton;

namespace wl::ui {

class CodeNames;

class FilterBar final : public QWidget {
    Q_OBJECT

public:
    explicit FilterBar(ConsoleBridge& bridge, QWidget* parent = nullptr);

    [[nodiscard]] const engine::CaseFilter& filter() const { return m_filter; }
    void setFilter(engine::CaseFilter filter);
    [[nodiscard]] bool isEmpty() const { return m_filter == engine::CaseFilter{}; }

    /// "Filter by …", one entry a field, for the window's menu.
    [[nodiscard]] QMenu* menu() const { return m_menu; }

public Q_SLOTS:
    void focusText();
    void clearAll();
    /// Opens the list of things to filter by.
    void offer();

Q_SIGNALS:
    void filterChanged(const wl::engine::CaseFilter& filter);

private:
    void buildMenu();
    void change();
    void showChips();
    void pickSpan(Instant engine::CaseFilter::* from, Instant engine::CaseFilter::* to, const QString& title);

    ConsoleBridge& m_bridge;
    engine::CaseFilter m_filter;
    QLineEdit* m_text;
    QToolButton* m_add;
    QMenu* m_menu;
    QToolButton* m_clear;
    QLabel* m_ofNow;  ///< while looking back: what words are searched in
    std::vector<QWidget*> m_chips;
    QTimer m_typing;
};

}  // namespace wl::ui
