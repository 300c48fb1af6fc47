// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/field_labels.hpp"

#include <QCoreApplication>

namespace wl::ui {
namespace {

struct FieldLabels {
    Q_DECLARE_TR_FUNCTIONS(FieldLabels)
};

}  // namespace

QString fieldLabel(CaseField field) {
    switch (field) {
        case CaseField::Service: return FieldLabels::tr("Service");
        case CaseField::Priority: return FieldLabels::tr("Priority");
        case CaseField::Title: return FieldLabels::tr("Title");
        case CaseField::Description: return FieldLabels::tr("Description");
        case CaseField::Address: return FieldLabels::tr("Address");
        case CaseField::Position: return FieldLabels::tr("Position");
        case CaseField::Area: return FieldLabels::tr("Area");
        case CaseField::Department: return FieldLabels::tr("Department");
        case CaseField::Crew: return FieldLabels::tr("Crew");
        case CaseField::Owner: return FieldLabels::tr("Owner");
        case CaseField::FirstChannel: return FieldLabels::tr("Channel");
        case CaseField::RequestedAt: return FieldLabels::tr("Requested");
        case CaseField::DueOverride: return FieldLabels::tr("Due (set by hand)");
        case CaseField::Requester: return FieldLabels::tr("Requester");
        case CaseField::Answers: return FieldLabels::tr("Answers");
        case CaseField::Source: return FieldLabels::tr("Source");
        case CaseField::ExternalId: return FieldLabels::tr("External number");
        case CaseField::ConsentGiven: return FieldLabels::tr("Consent");
        case CaseField::LocationNote: return FieldLabels::tr("Location note");
        case CaseField::Zipcode: return FieldLabels::tr("Zip code");
        case CaseField::MediaUrl: return FieldLabels::tr("Picture");
        case CaseField::Confidential: return FieldLabels::tr("Confidential");
        case CaseField::PromisedAt: return FieldLabels::tr("Promised for");
        case CaseField::SourceUpdatedAt: return FieldLabels::tr("Updated at the source");
        case CaseField::SourceRow: return FieldLabels::tr("Fingerprint at the source");
        case CaseField::DuplicateOf: return FieldLabels::tr("Duplicate of");
        case CaseField::RoutedBy: return FieldLabels::tr("Routed by");
        case CaseField::Job: return FieldLabels::tr("Work order");
    }
    return {};
}

QString fieldLabel(PersonField field) {
    switch (field) {
        case PersonField::Name: return FieldLabels::tr("Name");
        case PersonField::Language: return FieldLabels::tr("Language");
        case PersonField::PreferredChannel: return FieldLabels::tr("Preferred channel");
        case PersonField::Address: return FieldLabels::tr("Address");
        case PersonField::Note: return FieldLabels::tr("Note");
        case PersonField::DoNotContact: return FieldLabels::tr("Do not contact");
        case PersonField::Protected: return FieldLabels::tr("Protected record");
    }
    return {};
}

QString caseFieldLabel(std::string_view name) {
    if (const auto* known = findField(kCaseFields, name)) return fieldLabel(static_cast<CaseField>(known->id));
    return QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
}

}  // namespace wl::ui
