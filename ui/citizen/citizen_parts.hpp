// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The inside of the citizen view.

#include <QCoreApplication>

#include <map>

#include "ui/citizen/citizen_view.hpp"

class QCheckBox;
class QComboBox;
class QGridLayout;
class QLabel;
class QLineEdit;
class QTabWidget;
class QPlainTextEdit;
class QStandardItemModel;
class QTableView;
class QVBoxLayout;

namespace wl::ui {

class SamePerson;
class TimelineView;
class ToneLabel;

class CitizenView::Parts final : public QObject {
    Q_DECLARE_TR_FUNCTIONS(CitizenView)

public:
    Parts(CitizenView& view, ConsoleBridge& bridge);
    void show(const PersonId& person);
    [[nodiscard]] const PersonId& current() const { return m_person; }

private:
    void build();
    QWidget* buildContacts();
    void addField(QGridLayout& into, PersonField field, QWidget* editor);
    void read(bool another);
    void showContacts();
    void showCases(std::vector<store::CaseRow> rows);
    void commit(PersonField field, Value value);
    void addContact();
    void removeContact(const PersonId& record, const Dot& added);
    /// What all records together say: of the leading one, else of the first that says something.
    [[nodiscard]] const store::PersonView& holderOf(PersonField field) const;
    [[nodiscard]] const Value& value(PersonField field) const { return holderOf(field).state.value(field); }
    [[nodiscard]] std::vector<CaseKey> cases() const;
    void showTimeline(const std::vector<store::CaseRow>& rows, bool another);
    void showConsent(const std::vector<store::CaseRow>& rows);
    void submit(engine::Command command);
    void problem(const QString& words);

    CitizenView& m_view;
    ConsoleBridge& m_bridge;
    PersonId m_person;
    store::PersonGroup m_group;
    QLineEdit* m_name;
    QLineEdit* m_language;
    QComboBox* m_channel;
    QLineEdit* m_address;
    QPlainTextEdit* m_note;
    QCheckBox* m_doNotContact;
    QCheckBox* m_protected;
    QVBoxLayout* m_contacts;
    QComboBox* m_newKind;
    QLineEdit* m_newValue;
    ToneLabel* m_problem;
    QLabel* m_consent;
    SamePerson* m_same;
    QTabWidget* m_tabs;
    TimelineView* m_timeline;
    QStandardItemModel* m_caseModel;
    QTableView* m_cases;
};

}  // namespace wl::ui
