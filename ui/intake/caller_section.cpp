// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/intake/caller_section.hpp"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

#include <algorithm>

#include "channels/phone_numbers.hpp"
#include "ui/kit/look.hpp"
#include "ui/kit/suggestions.hpp"
#include "ui/models/person_search.hpp"
#include "ui/models/value_words.hpp"

namespace wl::ui {
namespace {

using namespace Qt::StringLiterals;

bool looksLikePhone(const QString& text) {
    const auto digits = std::ranges::count_if(text, [](QChar c) { return c.isDigit(); });
    return digits >= 3 && std::ranges::all_of(text, [](QChar c) { return c.isDigit() || u"+-()/. "_s.contains(c); });
}

// One of each group of records that are of one person.
void addGroup(ConsoleBridge& bridge, const PersonId& id, std::vector<PersonId>& into) {
    const auto group = bridge.reader().personGroup(id);
    const auto lead = group ? group->records.front().state.id : id;
    if (!std::ranges::contains(into, lead)) into.push_back(lead);
}

QString nameOf(const store::PersonGroup& group) {
    for (const auto& record : group.records)
        if (const auto name = fromText(record.state.text(PersonField::Name)); !name.isEmpty()) return name;
    return CallerSection::tr("Name not known");
}

QStringList contactsOf(const store::PersonGroup& group, const rules::Catalogue& catalogue) {
    QStringList out;
    for (const auto& record : group.records)
        for (const auto& c : record.state.contacts)
            if (const auto words = contactWords(c, catalogue); !out.contains(words)) out << words;
    return out;
}

}  // namespace

std::vector<PersonId> knownBy(ConsoleBridge& bridge, const QString& contact) {
    auto& reader = bridge.reader();
    const auto number = channels::toE164(contact.toStdString(), bridge.catalogue()->jurisdiction().region);
    auto keys =
        number.empty() ? std::vector<PersonKey>{} : reader.personsByContact(number).value_or(std::vector<PersonKey>{});
    if (keys.empty()) keys = reader.personsByContact(contact.toStdString(), 8).value_or(std::vector<PersonKey>{});
    std::vector<PersonId> out;
    for (const auto key : keys)
        if (const auto person = reader.person(key)) addGroup(bridge, person->state.id, out);
    return out;
}

CallerSection::CallerSection(ConsoleBridge& bridge, QWidget* parent)
    : QWidget(parent), m_bridge(bridge), m_find(new QLineEdit), m_name(new QLineEdit), m_phone(new QLineEdit),
      m_email(new QLineEdit), m_anew(new QWidget), m_card(new QWidget), m_cardText(new QLabel),
      m_cardOpen(new QToolButton), m_cardDrop(new QToolButton) {
    const auto set = [](QLineEdit* line, const QString& name, const QString& label, const QString& hint) {
        line->setObjectName(name);
        line->setAccessibleName(label);
        line->setPlaceholderText(hint);
    };
    set(m_find, u"callerFind"_s, tr("Caller"), tr("Phone, name or e-mail; empty = anonymous"));
    set(m_name, u"callerName"_s, tr("Name of the caller"), tr("Name"));
    set(m_phone, u"callerPhone"_s, tr("Phone of the caller"), tr("Phone"));
    set(m_email, u"callerEmail"_s, tr("E-mail of the caller"), tr("E-mail"));
    m_suggestions = new Suggestions(*m_find);

    auto* anew = new QGridLayout(m_anew);
    anew->setContentsMargins(0, 0, 0, 0);
    anew->setHorizontalSpacing(grid(2));
    anew->setVerticalSpacing(grid(1));
    anew->addWidget(m_name, 0, 0, 1, 2);
    anew->addWidget(m_phone, 1, 0);
    anew->addWidget(m_email, 1, 1);
    m_cardText->setObjectName(u"callerKnown"_s);
    m_cardText->setWordWrap(true);
    m_cardOpen->setObjectName(u"callerOpen"_s);
    m_cardOpen->setText(tr("Record"));
    m_cardOpen->setToolTip(tr("Open the citizen's record"));
    m_cardDrop->setObjectName(u"callerDrop"_s);
    m_cardDrop->setText(tr("Somebody else"));
    m_cardDrop->setToolTip(tr("Take down another caller"));
    auto* card = new QHBoxLayout(m_card);
    card->setContentsMargins(0, 0, 0, 0);
    card->setSpacing(grid(1));
    card->addWidget(m_cardText, 1);
    card->addWidget(m_cardOpen);
    card->addWidget(m_cardDrop);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(grid(1));
    all->addWidget(m_find);
    all->addWidget(m_anew);
    all->addWidget(m_card);

    connect(m_find, &QLineEdit::textEdited, this, &CallerSection::search);
    connect(m_suggestions, &Suggestions::taken, this, &CallerSection::choose);
    connect(m_find, &QLineEdit::editingFinished, this, &CallerSection::follow);
    for (auto* line : {m_name, m_phone, m_email}) connect(line, &QLineEdit::textEdited, this, &CallerSection::changed);
    connect(m_cardDrop, &QToolButton::clicked, this, &CallerSection::forget);
    connect(m_cardOpen, &QToolButton::clicked, this, [this] { Q_EMIT openPerson(m_known); });
    m_find->installEventFilter(this);
    m_card->hide();
    m_anew->hide();
}

// Tab goes on to what this caller still lacks: those fields must be there before it looks for the next one.
bool CallerSection::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_find && event->type() == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Tab)
        follow();
    return QWidget::eventFilter(watched, event);
}

void CallerSection::begin() {
    (m_known.isNull() ? static_cast<QWidget*>(m_find) : m_cardDrop)->setFocus(Qt::ShortcutFocusReason);
}
QWidget* CallerSection::lastEditor() const { return m_email; }
bool CallerSection::isEmpty() const {
    return m_known.isNull() && m_find->text().trimmed().isEmpty() && m_name->text().isEmpty();
}

void CallerSection::search(const QString& typed) {
    m_offered.clear();
    std::vector<Suggestion> rows;
    auto& reader = m_bridge.reader();
    const auto wanted = typed.trimmed();
    if (wanted.size() >= 3) {
        const bool contact = looksLikePhone(wanted) || wanted.contains(u'@');
        std::vector<PersonId> found;
        if (contact) found = knownBy(m_bridge, wanted);
        else
            for (const auto key : reader.personsByName(wanted.toStdString(), 8).value_or(std::vector<PersonKey>{}))
                if (const auto person = reader.person(key)) addGroup(m_bridge, person->state.id, found);
        for (const auto& id : found) {
            const auto group = reader.personGroup(id);
            if (!group) continue;
            m_offered.push_back(id);
            rows.push_back({nameOf(*group), contactsOf(*group, *m_bridge.catalogue()).join(u", "_s),
                            u"user-identity"_s});
        }
    }
    m_suggestions->offer(rows);
    Q_EMIT changed();
}

void CallerSection::choose(int row) {
    if (const auto at = static_cast<std::size_t>(row); at < m_offered.size()) know(m_offered[at]);
    Q_EMIT changed();
}

void CallerSection::know(const PersonId& id) {
    const auto group = m_bridge.reader().personGroup(id);
    if (!group) return;
    m_known = id;
    QStringList lines{nameOf(*group)};
    lines << contactsOf(*group, *m_bridge.catalogue());
    std::vector<CaseKey> cases;
    for (const auto& record : group->records)
        for (const auto key : m_bridge.reader().casesOf(record.state.id, 100).value_or(std::vector<CaseKey>{}))
            if (!std::ranges::contains(cases, key)) cases.push_back(key);
    if (!cases.empty()) lines << tr("%n earlier case(s)", nullptr, static_cast<int>(cases.size()));
    m_cardText->setText(lines.join(u" · "_s));
    const bool hadFocus = m_find->hasFocus();
    m_card->show();
    m_find->hide();
    m_anew->hide();
    if (hadFocus) m_cardDrop->setFocus(Qt::OtherFocusReason);
}

void CallerSection::forget() {
    m_known = {};
    m_card->hide();
    m_find->clear();
    m_find->show();
    m_find->setFocus(Qt::OtherFocusReason);
    Q_EMIT changed();
}

// Nobody known was chosen: what was typed begins a new record.
void CallerSection::follow() {
    const auto typed = m_find->text().trimmed();
    if (!m_known.isNull() || typed.isEmpty() || m_suggestions->isOpen()) return;
    m_anew->show();
    if (typed.contains(u'@')) m_email->setText(typed);
    else if (looksLikePhone(typed)) m_phone->setText(typed);
    else m_name->setText(typed);
    Q_EMIT changed();
}

void CallerSection::takePerson(const PersonId& person) {
    know(person);
    Q_EMIT changed();
}

void CallerSection::takeContact(const QString& contact) {
    m_find->setText(contact);
    const auto known = knownBy(m_bridge, contact);
    if (known.size() == 1) know(known.front());
    else follow();
    Q_EMIT changed();
}

QString CallerSection::name() const {
    return m_known.isNull() ? m_name->text().trimmed() : m_cardText->text().section(u" · "_s, 0, 0);
}

engine::RequesterDraft CallerSection::requester() const {
    engine::RequesterDraft draft;
    draft.known = m_known;
    if (!m_known.isNull()) return draft;
    if (const auto text = m_name->text().trimmed(); !text.isEmpty())
        draft.fields.set(PersonField::Name, text.toStdString());
    if (const auto text = m_phone->text().trimmed(); !text.isEmpty())
        draft.contacts.push_back({ContactKind::Phone, text.toStdString(), {}});
    if (const auto text = m_email->text().trimmed().toLower(); !text.isEmpty())
        draft.contacts.push_back({ContactKind::Email, text.toStdString(), {}});
    return draft;
}

QJsonObject CallerSection::toJson() const {
    QJsonObject json;
    if (!m_known.isNull()) json[u"known"_s] = fromText(toHex(m_known));
    for (const auto* line : {m_find, m_name, m_phone, m_email})
        if (!line->text().isEmpty()) json[line->objectName()] = line->text();
    return json;
}

void CallerSection::fromJson(const QJsonObject& json) {
    m_known = {};
    for (auto* line : {m_find, m_name, m_phone, m_email}) line->setText(json.value(line->objectName()).toString());
    m_find->show();
    m_card->hide();
    const bool anew = !m_name->text().isEmpty() || !m_phone->text().isEmpty() || !m_email->text().isEmpty();
    m_anew->setVisible(anew);
    const auto known = QByteArray::fromHex(json.value(u"known"_s).toString().toLatin1());
    if (known.size() == 16) know(idFromBytes<PersonId>({known.constData(), static_cast<std::size_t>(known.size())}));
}

}  // namespace wl::ui
