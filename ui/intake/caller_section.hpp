// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Who reports: found among the known citizens by number, e-mail or name while typing, or taken down anew.

#include <QJsonObject>
#include <QWidget>

#include "engine/requester_draft.hpp"
#include "ui/models/console_bridge.hpp"

class QLabel;
class QLineEdit;
class QToolButton;

namespace wl::ui {

class Suggestions;

/// Who has this number or e-mail: one id for all records of one person.
[[nodiscard]] std::vector<PersonId> knownBy(ConsoleBridge& bridge, const QString& contact);

class CallerSection final : public QWidget {
    Q_OBJECT

public:
    explicit CallerSection(ConsoleBridge& bridge, QWidget* parent = nullptr);

    [[nodiscard]] engine::RequesterDraft requester() const;
    [[nodiscard]] QString name() const;
    [[nodiscard]] QJsonObject toJson() const;
    void fromJson(const QJsonObject& json);
    void takeContact(const QString& contact);
    void takePerson(const PersonId& person);
    [[nodiscard]] bool isEmpty() const;
    void begin();
    [[nodiscard]] QWidget* lastEditor() const;

Q_SIGNALS:
    void changed();
    void openPerson(const wl::PersonId& person);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void search(const QString& typed);
    void choose(int row);
    void know(const PersonId& id);
    void forget();
    void follow();

    ConsoleBridge& m_bridge;
    PersonId m_known;
    QLineEdit* m_find;
    QLineEdit* m_name;
    QLineEdit* m_phone;
    QLineEdit* m_email;
    QWidget* m_anew;
    QWidget* m_card;
    QLabel* m_cardText;
    QToolButton* m_cardOpen;
    QToolButton* m_cardDrop;
    Suggestions* m_suggestions;
    std::vector<PersonId> m_offered;
};

}  // namespace wl::ui
