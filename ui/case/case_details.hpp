// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// All fields of the open case, each edited where it stands, with rival values and refusals beside the field.

#include <QWidget>

#include <map>

#include "ui/case/field_row.hpp"
#include "ui/kit/suggestions.hpp"
#include "ui/models/console_bridge.hpp"
#include "ui/models/value_words.hpp"

class QGridLayout;

namespace wl::ui {

class PlaceSearch;
class QuestionsForm;

class CaseDetails final : public QWidget {
    Q_OBJECT

public:
    CaseDetails(ConsoleBridge& bridge, QWidget* parent = nullptr);

    /// The same case again: half-typed text stays. Another case: what was typed is committed or kept for its return.
    void show(const store::CaseDetail& detail, const std::vector<store::TimelineEntry>& history);
    void leave();
    /// Sends an edit with what is shown as seen; a refusal is told beside the field it names.
    void submit(FieldValues fields, bool overTheirs = false);
    void setPlace(GeoPoint at);
    void editField(CaseField field);
    void goToFirstConflict();
    [[nodiscard]] FieldRow* row(CaseField field) const;

Q_SIGNALS:
    void pickPlaceRequested(std::optional<wl::GeoPoint> from);
    void refusedElsewhere(const QString& words);  ///< about no field that stands here

private:
    FieldRow* add(CaseField field, FieldRow::Kind kind);
    void build();
    void commit(CaseField field, const QString& raw, bool overTheirs);
    void refused(CaseKey key, const Error& error);
    void showRivals(const std::vector<store::TimelineEntry>& history);
    void suggestPlaces(const QString& typed);
    void takePlace(int index);
    [[nodiscard]] WordContext words() const;

    ConsoleBridge& m_bridge;
    PlaceSearch& m_places;
    rules::CataloguePtr m_catalogue;
    geo::CityMapPtr m_city;
    store::CaseDetail m_detail;
    QGridLayout* m_grid;
    std::map<CaseField, FieldRow*> m_rows;
    std::map<CaseField, QWidget*> m_labels;
    std::map<CaseKey, std::map<CaseField, QString>> m_unsaved;
    QuestionsForm* m_questions;
    QWidget* m_questionsLabel;
    Suggestions* m_suggestions;
    std::vector<Suggestion> m_offered;
    std::vector<GeoPoint> m_offeredAt;
};

}  // namespace wl::ui
