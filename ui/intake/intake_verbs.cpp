// SPDX-License-Identifier: GPL-3.0-or-later
// What the intake panel does: follows what is typed, keeps the draft, files the report.
#include <QComboBox>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QToolButton>

#include <algorithm>

#include "rules/routing.hpp"
#include "rules/sla.hpp"
#include "ui/intake/caller_section.hpp"
#include "ui/intake/intake_parts.hpp"
#include "ui/intake/place_section.hpp"
#include "ui/intake/questions_form.hpp"
#include "ui/intake/receipt_card.hpp"
#include "ui/intake/service_section.hpp"
#include "ui/kit/look.hpp"
#include "ui/kit/sla_style.hpp"
#include "ui/kit/tone_label.hpp"
#include "ui/models/error_words.hpp"
#include "ui/models/likeness_words.hpp"
#include "ui/models/time_words.hpp"
#include "ui/models/value_words.hpp"
#include "ui/models/vocab_words.hpp"

namespace wl::ui {
namespace {

using namespace Qt::StringLiterals;

constexpr int kSaveAfterMs = 300, kNearbyAfterMs = 150;
constexpr std::size_t kMostNearby = 5;
constexpr int kNearbySlot = 71;

void setData(QComboBox* box, int value) { box->setCurrentIndex(std::max(0, box->findData(value))); }

}  // namespace

void IntakePanel::Parts::begin() {
    if (m_stack->currentIndex() == 1) clear();
    m_stack->setCurrentIndex(0);
    m_caller->begin();
}

void IntakePanel::Parts::beginFor(const QString& contact) {
    if (!isEmpty()) keep(), clear();
    begin();
    m_caller->takeContact(contact);
}

void IntakePanel::Parts::beginBy(const PersonId& person) {
    if (!isEmpty()) keep(), clear();
    begin();
    m_caller->takePerson(person);
    m_service->begin();
}

void IntakePanel::Parts::beginAt(GeoPoint at) {
    begin();
    m_place->setPin(at);
}

void IntakePanel::Parts::placePicked(GeoPoint at) {
    m_place->setPin(at);
    if (!m_picking) return;
    m_place->noteLine()->setFocus(Qt::OtherFocusReason);
    endPick();
}

void IntakePanel::Parts::endPick() {
    if (!m_picking) return;
    m_picking = false;
    Q_EMIT m_panel.pickPlaceEnded();
}

void IntakePanel::Parts::changed() {
    if (m_filling) return;
    if (!m_saveSoon.isActive()) m_saveSoon.start(kSaveAfterMs);
    m_errors[QString()]->hide();
    followExpected();
    m_nearbySoon.start(kNearbyAfterMs);
}

void IntakePanel::Parts::serviceChosen() {
    const auto* service = m_service->service();
    m_questions->setQuestions(service ? service->attributes : std::vector<rules::ServiceAttribute>{});
    if (service && !m_priorityTouched) setData(m_priority, static_cast<int>(service->priority));
    m_errors[u"service_code"_s]->hide();
    changed();
}

QString IntakePanel::Parts::expectedWords() const {
    const auto* service = m_service->service();
    if (!service) return {};
    const auto catalogue = m_bridge.catalogue();
    const auto area = m_place->area();
    const auto now = m_bridge.now();
    const auto by =
        rules::expectedBy(*catalogue, service->code, static_cast<Priority>(m_priority->currentData().toInt()),
                          rules::routeFor(*catalogue, service->code, area).department, area, now);
    if (!by) return tr("There is no target for this service: promise no date.");
    return tr("Tell the caller: we expect it to be done by %1, %2.")
        .arg(absoluteWords(by, zoneOf(*catalogue)), agoWords(by, now));
}

void IntakePanel::Parts::followExpected() {
    m_expected->setText(expectedWords());
    m_expected->setVisible(!m_expected->text().isEmpty());
}

void IntakePanel::Parts::followNearby() {
    const auto* service = m_service->service();
    engine::DuplicateQuery query{service ? service->code : std::string(),
                                 m_place->pin(),
                                 toText(m_description->toPlainText()),
                                 toText(m_place->address()),
                                 {},
                                 {}};
    if (!query.place && query.description.empty()) return showNearby({});
    m_bridge.duplicates(std::move(query), kMostNearby, kNearbySlot, this,
                        [this](const Result<std::vector<engine::DuplicateHit>>& hits) {
                            showNearby(hits.value_or(std::vector<engine::DuplicateHit>{}));
                        });
}

void IntakePanel::Parts::showNearby(const std::vector<engine::DuplicateHit>& hits) {
    m_nearby->clear();
    int height = grid(1);
    for (const auto& hit : hits) {
        if (hit.likeness.score < rules::matching::kWorthShowing) continue;
        const auto& row = hit.row;
        const auto now = m_bridge.now();
        const auto what = tr("%1 · %2 · %3").arg(fromText(row.number), fromText(row.address), statusWord(row.status));
        auto* item = new QListWidgetItem(QIcon::fromTheme(slaIconName(slaStateAt(row.clock, now))),
                                         what + u'\n' + likenessWords(hit, now), m_nearby);
        item->setData(Qt::UserRole, static_cast<qlonglong>(row.key.value));
        item->setToolTip(fromText(row.description));
        height += m_nearby->sizeHintForRow(m_nearby->count() - 1);
    }
    const bool any = m_nearby->count() > 0;
    if (any) m_nearby->setCurrentRow(0);
    m_nearbyTitle->setText(tr("Already reported? Alt+A adds this caller to it, Enter opens it"));
    m_nearbyTitle->setVisible(any);
    m_nearby->setVisible(any);
    m_nearby->setFixedHeight(height);
    m_nearby->setAccessibleName(m_nearbyTitle->text());
}

// The caller's report becomes one more of the fault that is known.
void IntakePanel::Parts::addToNearby() {
    const auto* item = m_nearby->currentItem();
    if (m_filing || m_stack->currentIndex() == 1) return;
    clearComplaints();
    if (!item) return complain({}, tr("No report nearby to add this caller to: say what and where it is first."));
    engine::AddReport add;
    add.target.key = CaseKey{item->data(Qt::UserRole).toLongLong()};
    add.reporter = m_caller->requester();
    add.channel = static_cast<Channel>(m_channel->currentData().toInt());
    add.consent = m_consent->currentData().toInt();
    add.body = m_description->toPlainText().trimmed().toStdString();
    keep();
    m_filing = true;
    m_bridge.submit(std::move(add), this, [this](const Result<engine::Receipt>& done) {
        m_filing = false;
        if (done) added(*done);
        else refused(done.error());
    });
}

void IntakePanel::Parts::added(const engine::Receipt& receipt) {
    const auto incident = m_bridge.reader().incident(receipt.caseKey);
    const auto people = incident ? static_cast<int>(incident->reporters.size()) : 0;
    const auto rows = m_bridge.reader().rows(std::span(&receipt.caseKey, 1));
    QString expected;
    if (rows && !rows->empty() && rows->front().clock.due) {
        const auto due = rows->front().clock.due;
        expected = tr("Tell the caller: it is known, and expected to be done by %1, %2.")
                       .arg(absoluteWords(due, zoneOf(*m_bridge.catalogue())), agoWords(due, m_bridge.now()));
    }
    m_receipt->show(fromText(receipt.number), expected, tr("%n report(s) of this fault by now.", nullptr, people),
                    tr("Added. The number for the caller:"));
    if (!m_draft.isEmpty()) m_store.remove(m_draft);
    clear();
    m_filed = receipt.caseKey;
    m_stack->setCurrentIndex(1);
    Q_EMIT m_panel.draftCountChanged(draftCount());
    Q_EMIT m_panel.draftPinChanged(std::nullopt);
    Q_EMIT m_panel.told(tr("Added to %1").arg(fromText(receipt.number)));
}

bool IntakePanel::Parts::isEmpty() const {
    return m_caller->isEmpty() && !m_service->service() && m_place->address().isEmpty() && !m_place->pin() &&
           m_place->note().isEmpty() && m_description->toPlainText().trimmed().isEmpty();
}

QJsonObject IntakePanel::Parts::toJson() const {
    return {{u"caller"_s, m_caller->toJson()},
            {u"service"_s, m_service->code()},
            {u"answers"_s, m_questions->answers()},
            {u"place"_s, m_place->toJson()},
            {u"description"_s, m_description->toPlainText()},
            {u"priority"_s, m_priority->currentData().toInt()},
            {u"priorityTouched"_s, m_priorityTouched},
            {u"channel"_s, m_channel->currentData().toInt()},
            {u"consent"_s, m_consent->currentData().toInt()}};
}

void IntakePanel::Parts::fromJson(const QJsonObject& json) {
    m_filling = true;
    m_caller->fromJson(json.value(u"caller"_s).toObject());
    m_service->choose(json.value(u"service"_s).toString());
    const auto* service = m_service->service();
    m_questions->setQuestions(service ? service->attributes : std::vector<rules::ServiceAttribute>{});
    m_questions->setAnswers(json.value(u"answers"_s).toObject());
    m_place->fromJson(json.value(u"place"_s).toObject());
    m_description->setPlainText(json.value(u"description"_s).toString());
    setData(m_priority, json.value(u"priority"_s).toInt(static_cast<int>(Priority::Normal)));
    m_priorityTouched = json.value(u"priorityTouched"_s).toBool();
    setData(m_channel, json.value(u"channel"_s).toInt(static_cast<int>(Channel::Phone)));
    setData(m_consent, json.value(u"consent"_s).toInt());
    m_filling = false;
    clearComplaints();
    followExpected();
    followNearby();
}

void IntakePanel::Parts::clear() {
    m_saveSoon.stop();
    m_draft.clear();
    m_saved->clear();
    fromJson({});
    m_drafts->setText(tr("%n draft(s)", nullptr, draftCount()));
    m_drafts->setVisible(draftCount() > 0);
}

void IntakePanel::Parts::keep() {
    m_saveSoon.stop();
    if (m_filing || m_stack->currentIndex() == 1) return;
    if (isEmpty()) {
        if (!m_draft.isEmpty()) m_store.remove(m_draft);
        m_draft.clear();
        return;
    }
    const bool fresh = m_draft.isEmpty();
    if (fresh) m_draft = DraftStore::newId();
    QStringList title;
    if (const auto* service = m_service->service()) title << fromText(service->name);
    for (const auto& part : {m_place->address(), m_caller->name()})
        if (!part.isEmpty()) title << part;
    const auto written = m_store.save({m_draft, title.isEmpty() ? tr("Report without a service") : title.join(u", "_s),
                                       QDateTime::fromMSecsSinceEpoch(m_bridge.now().ms, QTimeZone::utc()), toJson()});
    m_saved->setText(written ? tr("Draft kept") : errorWords(written.error()).line());
    if (fresh) Q_EMIT m_panel.draftCountChanged(draftCount());
}

int IntakePanel::Parts::draftCount() const { return static_cast<int>(m_store.list().size()); }

void IntakePanel::Parts::showDrafts() {
    m_draftMenu->clear();
    for (const auto& draft : m_store.list()) {
        if (draft.id == m_draft) continue;
        auto* action = m_draftMenu->addAction(
            tr("%1 (%2)").arg(draft.title, agoWords({draft.savedAt.toMSecsSinceEpoch()}, m_bridge.now())));
        connect(action, &QAction::triggered, this, [this, draft] { resume(draft); });
    }
    if (!m_draftMenu->isEmpty()) m_draftMenu->addSeparator();
    auto* fresh = m_draftMenu->addAction(tr("Begin an empty report; keep this one as a draft"));
    connect(fresh, &QAction::triggered, this, [this] {
        keep();
        clear();
        begin();
    });
    auto* discard = m_draftMenu->addAction(tr("Discard this draft"));
    discard->setEnabled(!isEmpty());
    connect(discard, &QAction::triggered, this, [this] {
        if (!m_draft.isEmpty()) m_store.remove(m_draft);
        clear();
        begin();
        Q_EMIT m_panel.draftCountChanged(draftCount());
    });
}

void IntakePanel::Parts::resume(const IntakeDraft& draft) {
    keep();
    m_draft = draft.id;
    m_stack->setCurrentIndex(0);
    fromJson(draft.form);
    m_saved->setText(
        tr("Draft of %1").arg(absoluteWords({draft.savedAt.toMSecsSinceEpoch()}, zoneOf(*m_bridge.catalogue()))));
    m_caller->begin();
}

void IntakePanel::Parts::leave() {
    endPick();
    keep();
    if (m_stack->currentIndex() == 1) clear(), m_stack->setCurrentIndex(0);
    m_drafts->setVisible(draftCount() > 0);
    Q_EMIT m_panel.draftPinChanged(std::nullopt);
    Q_EMIT m_panel.closeRequested();
}

engine::OpenCase IntakePanel::Parts::command() const {
    engine::OpenCase open;
    auto& fields = open.fields;
    fields.set(CaseField::Service, m_service->code().toStdString());
    fields.set(CaseField::Priority, std::int64_t{m_priority->currentData().toInt()});
    fields.set(CaseField::FirstChannel, std::int64_t{m_channel->currentData().toInt()});
    fields.set(CaseField::ConsentGiven, std::int64_t{m_consent->currentData().toInt()});
    const auto text = [&](CaseField field, const QString& value) {
        if (!value.isEmpty()) fields.set(field, value.toStdString());
    };
    text(CaseField::Address, m_place->address());
    text(CaseField::LocationNote, m_place->note());
    text(CaseField::Description, m_description->toPlainText().trimmed());
    if (m_place->pin()) fields.set(CaseField::Position, *m_place->pin());
    if (const auto answers = m_questions->answers(); !answers.isEmpty())
        fields.set(CaseField::Answers, QJsonDocument(answers).toJson(QJsonDocument::Compact).toStdString());
    open.requester = m_caller->requester();
    InteractionRecorded contact;
    contact.channel = static_cast<Channel>(m_channel->currentData().toInt());
    contact.direction = contact.channel == Channel::Staff ? Direction::Internal : Direction::In;
    contact.kind = contact.channel == Channel::Phone    ? InteractionKind::Call
                   : contact.channel == Channel::WalkIn ? InteractionKind::Visit
                                                        : InteractionKind::Message;
    contact.visibility = Visibility::Staff;
    contact.body = m_description->toPlainText().trimmed().toStdString();
    contact.author = m_caller->name().toStdString();
    open.firstContact = std::move(contact);
    return open;
}

void IntakePanel::Parts::file() {
    if (m_filing || m_stack->currentIndex() == 1) return;
    clearComplaints();
    if (!m_service->service()) {
        complain(u"service_code"_s, tr("Choose a service: type a word and press Enter."));
        return m_service->begin();
    }
    if (!m_questions->check()) return complain({}, tr("Some questions still need an answer."));
    if (const auto stop = m_questions->stopMessage(); !stop.isEmpty())
        return complain({}, tr("Not filed. %1").arg(stop));
    if (m_place->address().isEmpty() && !m_place->pin()) {
        complain(u"address"_s, tr("Say where it is: an address, or a pin on the map."));
        return m_place->line()->setFocus(Qt::OtherFocusReason);
    }
    keep();
    m_filing = true;
    m_file->setEnabled(false);
    m_bridge.submit(command(), this, [this](const Result<engine::Receipt>& done) {
        m_filing = false;
        m_file->setEnabled(true);
        if (done) filed(*done);
        else refused(done.error());
    });
}

void IntakePanel::Parts::filed(const engine::Receipt& receipt) {
    const auto* service = m_service->service();
    m_receipt->show(fromText(receipt.number), expectedWords(), service ? fromText(service->notice) : QString(),
                    tr("Filed. The number for the caller:"));
    if (!m_draft.isEmpty()) m_store.remove(m_draft);
    clear();
    m_filed = receipt.caseKey;
    m_stack->setCurrentIndex(1);
    Q_EMIT m_panel.draftCountChanged(draftCount());
    Q_EMIT m_panel.draftPinChanged(std::nullopt);
    Q_EMIT m_panel.caseOpened(receipt.caseKey);
}

void IntakePanel::Parts::refused(const Error& error) {
    const auto field = fromText(error.field);
    complain(m_errors.contains(field) ? field : QString(), errorWords(error).line());
}

void IntakePanel::Parts::complain(const QString& field, const QString& words) {
    auto* label = m_errors[field];
    label->setText(words);
    label->show();
    m_scroll->ensureWidgetVisible(label);
}

void IntakePanel::Parts::clearComplaints() {
    for (const auto& [field, label] : m_errors) label->hide();
}

}  // namespace wl::ui
