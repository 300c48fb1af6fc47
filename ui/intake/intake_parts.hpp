// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The inside of the intake panel: the form, its draft on disk, and the command that files it.

#include <QCoreApplication>
#include <QTimer>

#include <map>

#include "ui/intake/draft_store.hpp"
#include "ui/intake/intake_panel.hpp"

class QComboBox;
class QFormLayout;
class QLabel;
class QListWidget;
class QMenu;
class QPlainTextEdit;
class QPushButton;
class QScrollArea;
class QStackedWidget;
class QToolButton;

namespace wl::ui {

class CallerSection;
class PlaceSection;
class QuestionsForm;
class ReceiptCard;
class ServiceSection;
class ToneLabel;

class IntakePanel::Parts final : public QObject {
    Q_DECLARE_TR_FUNCTIONS(IntakePanel)

public:
    Parts(IntakePanel& panel, ConsoleBridge& bridge, std::filesystem::path drafts);

    void begin();
    void beginFor(const QString& contact);
    void beginBy(const PersonId& person);
    void beginAt(GeoPoint at);
    void file();
    void leave();
    /// Writes the draft now.
    void keep();
    void placePicked(GeoPoint at);
    void endPick();
    [[nodiscard]] int draftCount() const;

private:
    void build();
    QWidget* buildForm();
    void connectParts();

    void changed();
    void serviceChosen();
    void followExpected();
    void followNearby();
    void addToNearby();
    void added(const engine::Receipt& receipt);
    void showNearby(const std::vector<engine::DuplicateHit>& hits);
    void showDrafts();
    void resume(const IntakeDraft& draft);
    void clear();

    [[nodiscard]] bool isEmpty() const;
    [[nodiscard]] QJsonObject toJson() const;
    void fromJson(const QJsonObject& json);
    [[nodiscard]] engine::OpenCase command() const;
    [[nodiscard]] QString expectedWords() const;
    void filed(const engine::Receipt& receipt);
    void refused(const Error& error);
    void complain(const QString& field, const QString& words);
    void clearComplaints();

    IntakePanel& m_panel;
    ConsoleBridge& m_bridge;
    DraftStore m_store;
    QString m_draft;  ///< id; empty until something was typed
    QTimer m_saveSoon;
    QTimer m_nearbySoon;
    bool m_filling{};
    bool m_filing{};
    bool m_picking{};
    bool m_priorityTouched{};
    CaseKey m_filed;

    QStackedWidget* m_stack;
    QToolButton* m_drafts;
    QMenu* m_draftMenu;
    CallerSection* m_caller;
    ServiceSection* m_service;
    QuestionsForm* m_questions;
    PlaceSection* m_place;
    QListWidget* m_nearby;
    QLabel* m_nearbyTitle;
    QPlainTextEdit* m_description;
    QComboBox* m_priority;
    QComboBox* m_channel;
    QComboBox* m_consent;
    QLabel* m_expected;
    QLabel* m_saved;
    QPushButton* m_file;
    ReceiptCard* m_receipt;
    QScrollArea* m_scroll;
    std::map<QString, ToneLabel*> m_errors;  ///< by field name; "" = anything else
};

}  // namespace wl::ui
