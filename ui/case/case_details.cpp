// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/case/case_details.hpp"

#include <QGridLayout>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

#include <algorithm>

#include "ui/intake/questions_form.hpp"
#include "ui/kit/look.hpp"
#include "ui/models/error_words.hpp"
#include "ui/models/field_labels.hpp"
#include "ui/models/place_search.hpp"
#include "ui/models/time_words.hpp"

namespace wl::ui {
namespace {

using namespace Qt::StringLiterals;

// Fields that stand in the form only where they hold something.
bool onlyIfSet(CaseField field) {
    switch (field) {
        case CaseField::Title:
        case CaseField::Zipcode:
        case CaseField::Position:
        case CaseField::Area:
        case CaseField::DueOverride:
        case CaseField::PromisedAt:
        case CaseField::Source:
        case CaseField::ExternalId:
        case CaseField::MediaUrl:
        case CaseField::SourceUpdatedAt:
        case CaseField::SourceRow:
        case CaseField::DuplicateOf:
        case CaseField::RoutedBy:
        case CaseField::Job: return true;
        case CaseField::Service:
        case CaseField::Priority:
        case CaseField::Description:
        case CaseField::Address:
        case CaseField::Department:
        case CaseField::Crew:
        case CaseField::Owner:
        case CaseField::FirstChannel:
        case CaseField::RequestedAt:
        case CaseField::Requester:
        case CaseField::Answers:
        case CaseField::ConsentGiven:
        case CaseField::LocationNote:
        case CaseField::Confidential: return false;
    }
    return false;
}

QString rawOf(const Value& value) {
    if (const auto* number = std::get_if<std::int64_t>(&value)) return QString::number(*number);
    return fromText(asText(value));
}

Value valueOf(CaseField field, const QString& raw) {
    if (raw.trimmed().isEmpty()) return {};
    switch (spec(field).type) {
        case FieldType::Int:
        case FieldType::Time: return Value(std::int64_t{raw.toLongLong()});
        case FieldType::Text:
        case FieldType::Code: return Value(raw.trimmed().toStdString());
        case FieldType::Point:
        case FieldType::Entity: return {};
    }
    return {};
}

}  // namespace

CaseDetails::CaseDetails(ConsoleBridge& bridge, QWidget* parent)
    : QWidget(parent), m_bridge(bridge), m_places(PlaceSearch::of(bridge)), m_catalogue(bridge.catalogue()),
      m_grid(new QGridLayout(this)), m_questions(new QuestionsForm), m_questionsLabel(new QLabel(tr("Questions"))) {
    setObjectName(u"caseDetails"_s);
    m_grid->setContentsMargins(grid(3), grid(2), grid(3), grid(3));
    m_grid->setHorizontalSpacing(grid(3));
    m_grid->setVerticalSpacing(grid(1));
    m_grid->setColumnStretch(1, 1);
    build();
    connect(m_questions, &QuestionsForm::edited, this, [this] {
        const auto json = QJsonDocument(m_questions->answers()).toJson(QJsonDocument::Compact).toStdString();
        commit(CaseField::Answers, fromText(json), false);
    });
}

void CaseDetails::build() {
    using Kind = FieldRow::Kind;
    add(CaseField::Description, Kind::Text);
    auto* address = add(CaseField::Address, Kind::Line);
    auto* pin = new QToolButton;
    pin->setObjectName(u"pickPlace"_s);
    pin->setIcon(QIcon::fromTheme(u"mark-location"_s));
    pin->setToolTip(tr("Pick the place on the map"));
    pin->setAccessibleName(pin->toolTip());
    address->addTool(pin);
    m_suggestions = new Suggestions(*address->line());
    connect(address->line(), &QLineEdit::textEdited, this, &CaseDetails::suggestPlaces);
    connect(m_suggestions, &Suggestions::taken, this, &CaseDetails::takePlace);
    connect(pin, &QToolButton::clicked, this, [this] {
        const auto* at = std::get_if<GeoPoint>(&m_detail.state.value(CaseField::Position));
        Q_EMIT pickPlaceRequested(at ? std::optional(*at) : std::nullopt);
    });
    add(CaseField::LocationNote, Kind::Line)->line()->setPlaceholderText(tr("Behind the bus stop, second floor …"));
    add(CaseField::Service, Kind::Choice)->setChoices([this] { return serviceChoices(*m_bridge.catalogue()); });
    add(CaseField::Priority, Kind::Choice)->setChoices([] { return priorityChoices(); });
    add(CaseField::Department, Kind::Choice)->setChoices([this] { return departmentChoices(*m_bridge.catalogue()); });
    add(CaseField::Crew, Kind::Choice)->setChoices([this] {
        return crewChoices(*m_bridge.catalogue(), m_detail.state.text(CaseField::Department));
    });
    add(CaseField::Owner, Kind::Choice)->setChoices([this] {
        return staffChoices(*m_bridge.catalogue(), m_bridge.engine().agent(),
                            m_detail.state.text(CaseField::Department));
    });
    add(CaseField::ConsentGiven, Kind::Choice)->setChoices([] { return consentChoices(); });
    add(CaseField::Area, Kind::ReadOnly);
    m_questionsLabel->setParent(this);
    makeQuiet(m_questionsLabel);
    const int row = m_grid->rowCount();
    m_grid->addWidget(m_questionsLabel, row, 0, Qt::AlignTop);
    m_grid->addWidget(m_questions, row, 1);
    add(CaseField::Title, Kind::Line);
    add(CaseField::Zipcode, Kind::Line);
    for (const auto field :
         {CaseField::RequestedAt, CaseField::FirstChannel, CaseField::DueOverride, CaseField::PromisedAt,
          CaseField::Position, CaseField::Source, CaseField::ExternalId, CaseField::SourceUpdatedAt,
          CaseField::MediaUrl, CaseField::RoutedBy, CaseField::Job, CaseField::DuplicateOf})
        add(field, Kind::ReadOnly);
}

FieldRow* CaseDetails::add(CaseField field, FieldRow::Kind kind) {
    auto* fieldRow = new FieldRow(field, kind, this);
    auto* label = new QLabel(fieldLabel(field), this);
    label->setBuddy(fieldRow);
    label->setMinimumHeight(grid(6));
    makeQuiet(label);
    const int row = m_grid->rowCount();
    m_grid->addWidget(label, row, 0, Qt::AlignTop | Qt::AlignLeft);
    m_grid->addWidget(fieldRow, row, 1);
    connect(fieldRow, &FieldRow::committed, this,
            [this, field](const QString& raw, bool overTheirs) { commit(field, raw, overTheirs); });
    m_rows[field] = fieldRow;
    m_labels[field] = label;
    return fieldRow;
}

FieldRow* CaseDetails::row(CaseField field) const {
    const auto found = m_rows.find(field);
    return found == m_rows.end() ? nullptr : found->second;
}

WordContext CaseDetails::words() const {
    return {*m_catalogue, m_city.get(), zoneOf(*m_catalogue), {}, m_detail.state.text(CaseField::Service)};
}

void CaseDetails::show(const store::CaseDetail& detail, const std::vector<store::TimelineEntry>& history) {
    const bool another = detail.key != m_detail.key;
    if (another) leave();
    m_catalogue = m_bridge.catalogue();
    m_city = m_bridge.engine().city();
    m_detail = detail;
    const auto context = words();
    for (auto& [field, fieldRow] : m_rows) {
        const auto& value = detail.state.value(field);
        fieldRow->show(rawOf(value), valueWords(field, value, context));
        const bool shown = isSet(value) || !onlyIfSet(field);
        fieldRow->setVisible(shown);
        m_labels[field]->setVisible(shown);
        if (another) fieldRow->reset();
    }
    const auto* service = m_catalogue->service(detail.state.text(CaseField::Service));
    m_questions->setQuestions(service ? service->attributes : std::vector<rules::ServiceAttribute>{});
    if (another || !m_questions->hasKeyboard())
        m_questions->setAnswers(
            QJsonDocument::fromJson(QByteArray::fromStdString(detail.state.text(CaseField::Answers))).object());
    m_questionsLabel->setVisible(!m_questions->isEmpty());
    showRivals(history);
    if (another)
        if (const auto kept = m_unsaved.extract(detail.key))
            for (const auto& [field, text] : kept.mapped()) m_rows[field]->type(text);
}

void CaseDetails::leave() {
    if (!m_detail.key) return;
    for (auto& [field, fieldRow] : m_rows) {
        if (!fieldRow->isTouched()) continue;
        fieldRow->commit();
        if (!fieldRow->message().isEmpty()) m_unsaved[m_detail.key][field] = fieldRow->typed();
    }
}

void CaseDetails::showRivals(const std::vector<store::TimelineEntry>& history) {
    const auto conflicts = m_detail.state.fields.conflicts();
    const auto context = words();
    for (auto& [field, fieldRow] : m_rows) {
        if ((conflicts & bit(field)) == 0) {
            fieldRow->showRivals({});
            continue;
        }
        const auto& standing = m_detail.state.fields[static_cast<std::uint8_t>(field)];
        auto heads = standing.rivals;
        heads.push_back(standing.stamp);
        std::ranges::sort(heads, std::greater{});
        std::vector<FieldRow::Rival> rivals;
        for (const auto& head : heads) {
            const auto entry = std::ranges::find(history, head, &store::TimelineEntry::stamp);
            if (entry == history.end()) continue;
            const Value* value = nullptr;
            if (const auto* edited = std::get_if<CaseEdited>(&entry->op.body)) value = edited->fields.find(field);
            if (const auto* opened = std::get_if<CaseOpened>(&entry->op.body)) value = opened->fields.find(field);
            const auto shown = value ? *value : Value{};
            rivals.push_back({rawOf(shown), valueWords(field, shown, context),
                              tr("%1, %2").arg(fromText(m_catalogue->staffName(entry->op.agent)),
                                               agoWords(entry->at, m_bridge.shownAt()))});
        }
        fieldRow->showRivals(rivals);
    }
}

void CaseDetails::commit(CaseField field, const QString& raw, bool overTheirs) {
    FieldValues fields;
    fields.set(field, valueOf(field, raw));
    const bool settles = (m_detail.state.fields.conflicts() & bit(field)) != 0;
    if (*fields.find(field) == m_detail.state.value(field) && !settles) return;
    submit(std::move(fields), overTheirs);
}

void CaseDetails::submit(FieldValues fields, bool overTheirs) {
    engine::EditCase edit;
    edit.target.key = m_detail.key;
    if (!overTheirs)
        for (const auto& [id, value] : fields) edit.seen.set(id, m_detail.state.fields[id].value);
    edit.fields = std::move(fields);
    m_bridge.submit(std::move(edit), this, [this, key = m_detail.key](const Result<engine::Receipt>& done) {
        if (!done) refused(key, done.error());
    });
}

void CaseDetails::refused(CaseKey key, const Error& error) {
    const auto* known = findField(kCaseFields, error.field);
    const auto found = known ? m_rows.find(static_cast<CaseField>(known->id)) : m_rows.end();
    if (key != m_detail.key || found == m_rows.end()) return Q_EMIT refusedElsewhere(errorWords(error).line());
    auto* fieldRow = found->second;
    fieldRow->refused();
    if (error.kind != ErrorKind::Conflict) return fieldRow->showError(errorWords(error).line());
    const auto now = m_bridge.reader().detail(key);
    const auto field = fieldRow->field();
    if (!now) return fieldRow->showError(errorWords(error).line());
    m_detail = *now;
    const auto words0 = valueWords(field, now->state.value(field), words());
    if (fieldRow->isTouched()) fieldRow->showTheirs(words0, {});
    else  // chosen from a list: nothing typed is lost, the new value is shown and told
        fieldRow->show(rawOf(now->state.value(field)), words0),
            fieldRow->showError(tr("Changed meanwhile to: %1. Choose again if it should be another.").arg(words0));
}

void CaseDetails::suggestPlaces(const QString& typed) {
    m_offered.clear();
    m_offeredAt.clear();
    for (const auto& hit : m_places.search(typed)) {
        m_offered.push_back({fromText(hit.label), areaName(m_city.get(), hit.areaCode), u"mark-location"_s});
        m_offeredAt.push_back(hit.at);
    }
    m_suggestions->offer(m_offered);
}

void CaseDetails::takePlace(int index) {
    const auto at = static_cast<std::size_t>(index);
    if (at >= m_offeredAt.size()) return;
    FieldValues fields;
    fields.set(CaseField::Address, m_offered[at].text.toStdString());
    fields.set(CaseField::Position, m_offeredAt[at]);
    submit(std::move(fields));
}

void CaseDetails::setPlace(GeoPoint at) {
    FieldValues fields;
    fields.set(CaseField::Position, at);
    if (const auto near = m_places.nearest(at)) fields.set(CaseField::Address, near->hit.label);
    submit(std::move(fields));
}

void CaseDetails::editField(CaseField field) {
    if (auto* fieldRow = row(field)) fieldRow->edit();
}

void CaseDetails::goToFirstConflict() {
    const auto conflicts = m_detail.state.fields.conflicts();
    for (auto& [field, fieldRow] : m_rows)
        if ((conflicts & bit(field)) != 0) return fieldRow->setFocus(Qt::OtherFocusReason);
}

}  // namespace wl::ui
