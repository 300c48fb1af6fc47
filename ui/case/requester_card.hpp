// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Who asked: name, how to reach them, and what else they have open.

#include <QWidget>

#include "ui/models/console_bridge.hpp"

class QToolButton;
class QVBoxLayout;

namespace wl::ui {

class ToneLabel;

class RequesterCard final : public QWidget {
    Q_OBJECT

public:
    explicit RequesterCard(ConsoleBridge& bridge, QWidget* parent = nullptr);

    void show(const PersonId& person, CaseKey except);
    [[nodiscard]] const PersonId& person() const { return m_person; }

Q_SIGNALS:
    void openPerson(const wl::PersonId& person);
    void openCase(wl::CaseKey key);
    void told(const QString& line);

private:
    void showCases(CaseKey except);
    void clear(QLayout& layout);
    QToolButton* link(const QString& text, const QString& icon, const QString& name);

    ConsoleBridge& m_bridge;
    PersonId m_person;
    QToolButton* m_name;
    ToneLabel* m_flags;
    QVBoxLayout* m_contacts;
    QVBoxLayout* m_cases;
};

}  // namespace wl::ui
