// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/citizen/citizen_parts.hpp"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStandardItemModel>
#include <QTabWidget>
#include <QTableView>
#include <QToolButton>

#include <algorithm>
#include <limits>

#include "ui/case/timeline_lines.hpp"
#include "ui/case/timeline_view.hpp"
#include "ui/citizen/same_person.hpp"
#include "ui/kit/icon_label.hpp"
#include "ui/kit/look.hpp"
#include "ui/kit/sla_style.hpp"
#include "ui/kit/tone_label.hpp"
#include "ui/models/error_words.hpp"
#include "ui/models/field_labels.hpp"
#include "ui/models/person_search.hpp"
#include "ui/models/time_words.hpp"
#include "ui/models/value_words.hpp"
#include "ui/models/vocab_words.hpp"

namespace wl::ui {
namespace {

using namespace Qt::StringLiterals;

constexpr int kKeyRole = Qt::UserRole + 1;

// Commits a note when the keyboard leaves it.
class LeaveWatch final : public QObject {
public:
    LeaveWatch(QObject* watched, std::function<void()> left) : QObject(watched), m_left(std::move(left)) {
        watched->installEventFilter(this);
    }
    bool eventFilter(QObject*, QEvent* event) override {
        if (event->type() == QEvent::FocusOut) m_left();
        return false;
    }

private:
    std::function<void()> m_left;
};

}  // namespace

CitizenView::Parts::Parts(CitizenView& view, ConsoleBridge& bridge)
    : m_view(view), m_bridge(bridge), m_name(new QLineEdit), m_language(new QLineEdit), m_channel(new QComboBox),
      m_address(new QLineEdit), m_note(new QPlainTextEdit), m_doNotContact(new QCheckBox(tr("Do not contact"))),
      m_protected(new QCheckBox(tr("Protected record"))), m_contacts(new QVBoxLayout), m_newKind(new QComboBox),
      m_newValue(new QLineEdit), m_problem(new ToneLabel), m_consent(new QLabel), m_same(new SamePerson(bridge)),
      m_tabs(new QTabWidget), m_timeline(new TimelineView), m_caseModel(new QStandardItemModel(this)),
      m_cases(new QTableView) {
    build();
    connect(&bridge, &ConsoleBridge::changed, this, [this](const ChangeSetPtr& changes) {
        const bool ours = changes->everything || !changes->cases.empty() || !changes->persons.empty();
        if (!m_person.isNull() && ours) read(false);
    });
}

void CitizenView::Parts::addField(QGridLayout& into, PersonField field, QWidget* editor) {
    const auto name = fieldLabel(field);
    editor->setObjectName(u"person_"_s + fromText(spec(field).name));
    editor->setAccessibleName(name);
    auto* label = new QLabel(name, &m_view);
    label->setBuddy(editor);
    const int row = into.rowCount();
    into.addWidget(label, row, 0, Qt::AlignTop);
    into.addWidget(editor, row, 1);
    makeQuiet(label);
}

void CitizenView::Parts::build() {
    m_name->setFont(headFont(m_view.font()));
    auto* close = new QToolButton;
    close->setObjectName(u"citizenClose"_s);
    close->setIcon(QIcon::fromTheme(u"window-close"_s));
    close->setAutoRaise(true);
    close->setAccessibleName(tr("Close"));
    close->setToolTip(tr("Close (Esc)"));
    connect(close, &QToolButton::clicked, &m_view, &CitizenView::closeRequested);
    auto* report = new QPushButton(QIcon::fromTheme(u"list-add"_s), tr("New report"));
    report->setObjectName(u"citizenReport"_s);
    report->setToolTip(tr("A new report by this citizen (Ctrl+N)"));
    connect(report, &QPushButton::clicked, this, [this] { Q_EMIT m_view.reportRequested(m_person); });
    auto* head = new QHBoxLayout;
    head->setSpacing(grid(2));
    head->addWidget(m_name, 1);
    head->addWidget(report);
    head->addWidget(close);
    m_name->setObjectName(u"person_name"_s);
    m_name->setAccessibleName(fieldLabel(PersonField::Name));
    m_name->setPlaceholderText(tr("Name not known"));

    m_channel->addItem(tr("No preference"), 0);
    for (const auto c : {Channel::Phone, Channel::Email, Channel::Sms, Channel::WhatsApp})
        m_channel->addItem(QIcon::fromTheme(channelIconName(c)), channelWord(c), static_cast<int>(c));
    m_note->setTabChangesFocus(true);
    m_note->setFixedHeight(3 * m_note->fontMetrics().lineSpacing() + grid(3));
    auto* form = new QGridLayout;
    form->setHorizontalSpacing(grid(3));
    form->setVerticalSpacing(grid(1));
    form->setColumnStretch(1, 1);
    auto* contactsLabel = new QLabel(tr("Contacts"), &m_view);
    form->addWidget(contactsLabel, 0, 0, Qt::AlignTop);
    form->addWidget(buildContacts(), 0, 1);
    makeQuiet(contactsLabel);
    addField(*form, PersonField::Address, m_address);
    addField(*form, PersonField::Language, m_language);
    addField(*form, PersonField::PreferredChannel, m_channel);
    addField(*form, PersonField::Note, m_note);
    auto* flags = new QHBoxLayout;
    flags->setSpacing(grid(4));
    m_doNotContact->setObjectName(u"person_do_not_contact"_s);
    m_protected->setObjectName(u"person_protected"_s);
    flags->addWidget(m_doNotContact);
    flags->addWidget(m_protected);
    flags->addStretch();
    form->addLayout(flags, form->rowCount(), 1);
    m_consent->setObjectName(u"citizenConsent"_s);
    m_consent->setWordWrap(true);
    makeQuiet(m_consent);
    form->addWidget(m_consent, form->rowCount(), 1);

    m_caseModel->setHorizontalHeaderLabels({tr("Number"), tr("Service"), tr("Status"), tr("Due"), tr("Requested"),
                                            tr("Address")});
    m_cases->setObjectName(u"citizenCases"_s);
    m_cases->setAccessibleName(tr("Cases of this citizen"));
    m_cases->setModel(m_caseModel);
    m_cases->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_cases->setSelectionMode(QAbstractItemView::SingleSelection);
    m_cases->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_cases->setShowGrid(false);
    m_cases->setTabKeyNavigation(false);
    m_cases->verticalHeader()->hide();
    m_cases->verticalHeader()->setDefaultSectionSize(grid(6));
    m_cases->horizontalHeader()->setStretchLastSection(true);
    m_cases->horizontalHeader()->setHighlightSections(false);
    m_timeline->setObjectName(u"citizenTimeline"_s);
    m_tabs->setObjectName(u"citizenTabs"_s);
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_cases, QString());
    m_tabs->addTab(m_timeline, tr("&Everything said and done"));
    m_problem->setObjectName(u"citizenProblem"_s);
    m_problem->hide();
    auto* all = new QVBoxLayout(&m_view);
    all->setContentsMargins(grid(3), grid(2), grid(3), grid(3));
    all->setSpacing(grid(2));
    all->addLayout(head);
    all->addWidget(m_problem);
    all->addLayout(form);
    all->addWidget(m_same);
    all->addWidget(m_tabs, 1);

    connect(m_name, &QLineEdit::editingFinished, this,
            [this] { commit(PersonField::Name, Value(toText(m_name->text().trimmed()))); });
    connect(m_address, &QLineEdit::editingFinished, this,
            [this] { commit(PersonField::Address, Value(toText(m_address->text().trimmed()))); });
    connect(m_language, &QLineEdit::editingFinished, this,
            [this] { commit(PersonField::Language, Value(toText(m_language->text().trimmed()))); });
    connect(m_channel, &QComboBox::activated, this,
            [this] { commit(PersonField::PreferredChannel, Value(std::int64_t{m_channel->currentData().toInt()})); });
    connect(m_doNotContact, &QCheckBox::clicked, this,
            [this](bool on) { commit(PersonField::DoNotContact, Value(std::int64_t{on})); });
    connect(m_protected, &QCheckBox::clicked, this,
            [this](bool on) { commit(PersonField::Protected, Value(std::int64_t{on})); });
    new LeaveWatch(m_note, [this] { commit(PersonField::Note, Value(toText(m_note->toPlainText().trimmed()))); });
    connect(m_same, &SamePerson::openPerson, this, &Parts::show);
    connect(m_same, &SamePerson::wanted, this, [this](const engine::Command& command) { submit(command); });
    connect(m_cases, &QTableView::activated, this, [this](const QModelIndex& index) {
        Q_EMIT m_view.openCase(CaseKey{index.siblingAtColumn(0).data(kKeyRole).toLongLong()});
    });
}

QWidget* CitizenView::Parts::buildContacts() {
    auto* box = new QWidget;
    for (const auto kind : {ContactKind::Phone, ContactKind::Email, ContactKind::WhatsApp, ContactKind::PostalAddress})
        m_newKind->addItem(QIcon::fromTheme(contactKindIconName(kind)), contactKindWord(kind), static_cast<int>(kind));
    m_newKind->setObjectName(u"contactKind"_s);
    m_newKind->setAccessibleName(tr("Kind of contact"));
    m_newValue->setObjectName(u"contactValue"_s);
    m_newValue->setAccessibleName(tr("New contact"));
    m_newValue->setPlaceholderText(tr("Add a number or address, Enter"));
    connect(m_newValue, &QLineEdit::returnPressed, this, &Parts::addContact);
    auto* add = new QHBoxLayout;
    add->setSpacing(grid(1));
    add->addWidget(m_newKind);
    add->addWidget(m_newValue, 1);
    auto* all = new QVBoxLayout(box);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(grid(1));
    m_contacts->setSpacing(0);
    all->addLayout(m_contacts);
    all->addLayout(add);
    return box;
}

void CitizenView::Parts::show(const PersonId& person) {
    const bool another = person != m_person;
    m_person = person;
    m_problem->hide();
    read(another);
}

const store::PersonView& CitizenView::Parts::holderOf(PersonField field) const {
    const auto says = [&](const store::PersonView& r) { return isSet(r.state.value(field)); };
    const auto found = std::ranges::find_if(m_group.records, says);
    return found == m_group.records.end() ? m_group.records.front() : *found;
}

void CitizenView::Parts::read(bool another) {
    auto group = m_bridge.reader().personGroup(m_person);
    if (!group) return problem(errorWords(group.error()).line());
    m_group = std::move(*group);
    const auto fill = [this, another](QLineEdit* line, PersonField field) {
        if (another || !line->hasFocus()) line->setText(fromText(asText(value(field)))), line->setCursorPosition(0);
    };
    fill(m_name, PersonField::Name);
    fill(m_address, PersonField::Address);
    fill(m_language, PersonField::Language);
    if (another || !m_note->hasFocus()) m_note->setPlainText(fromText(asText(value(PersonField::Note))));
    m_channel->setCurrentIndex(
        std::max(0, m_channel->findData(static_cast<int>(asInt(value(PersonField::PreferredChannel))))));
    m_doNotContact->setChecked(std::ranges::any_of(m_group.records, [](const auto& r) {
        return asInt(r.state.value(PersonField::DoNotContact)) != 0;
    }));
    m_protected->setChecked(asInt(value(PersonField::Protected)) != 0);
    showContacts();
    m_same->show(m_group, m_person);
    const auto keys = cases();
    const auto rows = m_bridge.reader().rows(keys).value_or(std::vector<store::CaseRow>{});
    showCases(rows);
    showConsent(rows);
    showTimeline(rows, another);
}

void CitizenView::Parts::showContacts() {
    while (auto* item = m_contacts->takeAt(0)) {
        if (item->widget()) item->widget()->hide(), item->widget()->deleteLater();
        delete item;
    }
    int n = 0;
    std::vector<std::pair<ContactKind, std::string>> seen;
    const auto catalogue = m_bridge.catalogue();
    for (const auto& record : m_group.records) {
        for (const auto& contact : record.state.contacts) {
            if (std::ranges::contains(seen, std::pair(contact.kind, contact.value))) continue;
            seen.emplace_back(contact.kind, contact.value);
            auto* row = new QWidget;
            auto* line = new QHBoxLayout(row);
            line->setContentsMargins(0, 0, 0, 0);
            line->setSpacing(grid(2));
            auto* icon = new IconLabel(contactKindIconName(contact.kind));
            auto* text = new QLabel(contactWords(contact, *catalogue));
            text->setObjectName(u"contact%1"_s.arg(n));
            text->setToolTip(contactKindWord(contact.kind) + u'\n' + fromText(contact.value));
            text->setTextInteractionFlags(Qt::TextSelectableByMouse);
            auto* label = new QLabel(fromText(contact.label));
            auto* remove = new QToolButton;
            remove->setObjectName(u"removeContact%1"_s.arg(n++));
            remove->setIcon(QIcon::fromTheme(u"edit-delete"_s));
            remove->setAutoRaise(true);
            remove->setFocusPolicy(Qt::TabFocus);
            remove->setAccessibleName(tr("Remove %1").arg(text->text()));
            remove->setToolTip(remove->accessibleName());
            connect(remove, &QToolButton::clicked, this,
                    [this, id = record.state.id, added = contact.added.dot] { removeContact(id, added); });
            line->addWidget(icon);
            line->addWidget(text);
            line->addWidget(label);
            line->addStretch();
            line->addWidget(remove);
            makeQuiet(label);
            m_contacts->addWidget(row);
        }
    }
}

// Of all records, newest first.
std::vector<CaseKey> CitizenView::Parts::cases() const {
    std::vector<CaseKey> keys;
    for (const auto& record : m_group.records)
        for (const auto key : m_bridge.reader().casesOf(record.state.id).value_or(std::vector<CaseKey>{}))
            if (!std::ranges::contains(keys, key)) keys.push_back(key);
    std::ranges::sort(keys, std::ranges::greater{});
    return keys;
}

void CitizenView::Parts::showCases(std::vector<store::CaseRow> rows) {
    const auto catalogue = m_bridge.catalogue();
    const auto zone = zoneOf(*catalogue);
    const auto now = m_bridge.now();
    const int at = m_cases->currentIndex().row();
    m_caseModel->removeRows(0, m_caseModel->rowCount());
    const auto open = std::ranges::count_if(rows, [](const store::CaseRow& row) { return isOpen(row.status); });
    // What we promised and have not kept yet stands first, the earliest before all.
    std::ranges::stable_sort(rows, {}, [](const store::CaseRow& row) {
        return std::pair(!isOpen(row.status), isOpen(row.status) && row.clock.due
                                                  ? row.clock.due.ms
                                                  : std::numeric_limits<std::int64_t>::max());
    });
    for (const auto& row : rows) {
        auto* number =
            new QStandardItem(QIcon::fromTheme(slaIconName(slaStateAt(row.clock, now))), fromText(row.number));
        number->setData(static_cast<qlonglong>(row.key.value), kKeyRole);
        number->setToolTip(slaWord(slaStateAt(row.clock, now)));
        const auto due = isOpen(row.status) ? row.clock.due : Instant{};
        auto* promised = new QStandardItem(due ? agoWords(due, now) : QString());
        if (due) promised->setToolTip(absoluteWords(due, zone));
        auto* requested = new QStandardItem(agoWords(row.requestedAt, now));
        requested->setToolTip(absoluteWords(row.requestedAt, zone));
        m_caseModel->appendRow({number, new QStandardItem(fromText(catalogue->serviceName(row.service))),
                                new QStandardItem(statusWord(row.status)), promised, requested,
                                new QStandardItem(fromText(row.address))});
    }
    m_cases->resizeColumnsToContents();
    if (at >= 0) m_cases->selectRow(at);
    m_tabs->setTabText(0, rows.empty() ? tr("No c&ases yet") : tr("C&ases: %1, open: %2").arg(rows.size()).arg(open));
}

// The latest that was said of it, in any report.
void CitizenView::Parts::showConsent(const std::vector<store::CaseRow>& rows) {
    Instant latest;
    std::int64_t said = 0;
    QString number;
    const auto take = [&](Instant at, std::int64_t consent, const std::string& of) {
        if (consent == 0 || at < latest) return;
        latest = at, said = consent, number = fromText(of);
    };
    for (const auto& row : rows) {
        const auto detail = m_bridge.reader().detail(row.key);
        if (!detail) continue;
        const auto* requester = std::get_if<EntityId>(&detail->state.value(CaseField::Requester));
        if (requester && m_group.contains(*requester))
            take(row.requestedAt, detail->state.number(CaseField::ConsentGiven), row.number);
        for (const auto& report : detail->state.reports)
            if (m_group.contains(report.person)) take(report.at, report.consent, row.number);
    }
    m_consent->setText(said == 0 ? tr("Consent to contact: never asked")
                                 : tr("Consent to contact: %1, %2, with %3")
                                       .arg(consentWord(static_cast<Consent>(said)), agoWords(latest, m_bridge.now()),
                                            number));
}

// Everything that they reported, said or were told. Of cases that somebody else opened, their own report and the steps.
void CitizenView::Parts::showTimeline(const std::vector<store::CaseRow>& rows, bool another) {
    constexpr std::size_t kMostCases = 60;
    const auto catalogue = m_bridge.catalogue();
    const auto city = m_bridge.engine().city();
    const WordContext words{*catalogue,
                            city.get(),
                            zoneOf(*catalogue),
                            [this](const PersonId& id) {
                                const auto person = m_bridge.reader().person(id);
                                return person ? fromText(person->state.text(PersonField::Name)) : tr("a citizen");
                            },
                            {}};
    std::vector<TimelineLine> lines;
    for (const auto& row : std::span(rows).first(std::min(rows.size(), kMostCases))) {
        auto entries = m_bridge.reader().timeline(row.key);
        const auto detail = m_bridge.reader().detail(row.key);
        if (!entries || !detail) continue;
        const auto* requester = std::get_if<EntityId>(&detail->state.value(CaseField::Requester));
        const bool own = requester && m_group.contains(*requester);
        const auto told = timelineLines(*entries, words);
        for (std::size_t i = 0; i < told.size(); ++i) {
            const auto& body = (*entries)[i].op.body;
            const auto* said = std::get_if<InteractionRecorded>(&body);
            const auto* report = std::get_if<ReportJoined>(&body);
            const bool theirs =
                (said && (own || m_group.contains(said->person))) || (report && m_group.contains(report->person)) ||
                (own && std::holds_alternative<CaseOpened>(body)) || std::holds_alternative<CaseStatusChanged>(body);
            if (!theirs) continue;
            lines.push_back(told[i]);
            lines.back().heading = tr("%1 · %2").arg(fromText(row.number), lines.back().heading);
        }
    }
    std::ranges::stable_sort(lines, {}, &TimelineLine::at);
    m_timeline->show(std::move(lines), words.zone, m_bridge.now(), !another);
}

void CitizenView::Parts::commit(PersonField field, Value value) {
    if (m_person.isNull() || m_group.records.empty()) return;
    const auto& standing = holderOf(field).state.value(field);
    if (value == standing || (!isSet(standing) && (asText(value).empty() && asInt(value) == 0))) return;
    if (std::holds_alternative<std::string>(value) && asText(value).empty()) value = {};
    engine::EditPerson edit;
    edit.person = holderOf(field).state.id;
    edit.fields.set(field, std::move(value));
    submit(std::move(edit));
}

void CitizenView::Parts::addContact() {
    auto value = m_newValue->text().trimmed();
    if (value.isEmpty() || m_group.records.empty()) return;
    auto kind = static_cast<ContactKind>(m_newKind->currentData().toInt());
    if (kind == ContactKind::Phone && value.contains(u'@')) kind = ContactKind::Email;
    engine::EditPerson edit;
    edit.person = m_person;
    edit.added.push_back({kind, toText(value), {}});
    submit(std::move(edit));
    m_newValue->clear();
}

void CitizenView::Parts::removeContact(const PersonId& record, const Dot& added) {
    engine::EditPerson edit;
    edit.person = record;
    edit.removed.push_back(added);
    submit(std::move(edit));
}

void CitizenView::Parts::submit(engine::Command command) {
    m_bridge.submit(std::move(command), this, [this](const Result<engine::Receipt>& done) {
        if (done) m_problem->hide();
        else problem(errorWords(done.error()).line());
    });
}

void CitizenView::Parts::problem(const QString& words) {
    m_problem->setText(words);
    m_problem->show();
}

}  // namespace wl::ui
