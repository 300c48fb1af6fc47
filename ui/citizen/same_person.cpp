// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/citizen/same_person.hpp"

#include <QKeyEvent>
#include <QLabel>
#include <QListWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

#include "ui/kit/look.hpp"
#include "ui/kit/short_list.hpp"
#include "ui/models/person_search.hpp"
#include "ui/models/value_words.hpp"

namespace wl::ui {
namespace {

using namespace Qt::StringLiterals;

constexpr std::size_t kMostLikely = 4;

}  // namespace

engine::JudgePersons judgeCommand(const PersonId& a, const PersonId& b, Judgement judgement,
                                  const rules::matching::PersonLikeness& likeness) {
    return {a, b, judgement, false, std::lround(likeness.logOdds * 1000), rules::matching::reasonsOf(likeness)};
}

SamePerson::SamePerson(ConsoleBridge& bridge, QWidget* parent)
    : QWidget(parent), m_bridge(bridge), m_joinedTitle(new QLabel), m_joined(makeShortList(u"joinedRecords"_s)),
      m_likelyTitle(new QLabel), m_likely(makeShortList(u"likelyRecords"_s)) {
    setObjectName(u"samePerson"_s);
    m_joinedTitle->setObjectName(u"joinedTitle"_s);
    m_likelyTitle->setObjectName(u"likelyRecordsTitle"_s);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(grid(1));
    for (auto* label : {m_joinedTitle, m_likelyTitle}) label->setFont(strongFont(font())), label->setWordWrap(true);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_joinedTitle, m_joined, m_likelyTitle, m_likely})
        all->addWidget(widget);
    for (auto* one : {m_joined, m_likely}) one->installEventFilter(this);
    connect(m_likely, &QListWidget::itemActivated, this, [this](QListWidgetItem* item) {
        Q_EMIT openPerson(m_hits[static_cast<std::size_t>(m_likely->row(item))].record.state.id);
    });
    hide();
}

QString SamePerson::recordWords(const PersonState& state) const {
    const auto name = fromText(state.text(PersonField::Name));
    QStringList words{name.isEmpty() ? tr("Name not known") : name};
    for (const auto& c : state.contacts) words << contactWords(c, *m_bridge.catalogue());
    if (const auto address = fromText(state.text(PersonField::Address)); !address.isEmpty()) words << address;
    return words.join(u" · "_s);
}

void SamePerson::show(const store::PersonGroup& group, const PersonId& shown) {
    if (shown != m_person) showLikely({});
    m_person = shown;
    m_others.clear();
    m_joined->clear();
    for (const auto& record : group.records) {
        if (record.state.id == shown) continue;
        m_others.push_back(record.state.id);
        auto* item = new QListWidgetItem(QIcon::fromTheme(u"user-identity"_s), recordWords(record.state), m_joined);
        // Why they are one: the mark on whichever of the two holds it.
        const auto home = std::max(shown, record.state.id), other = std::min(shown, record.state.id);
        for (const auto& one : group.records)
            if (const auto* mark = one.state.id == home ? one.state.judgements.deciding(other) : nullptr)
                item->setText(item->text() + u'\n' +
                              (mark->automatic ? tr("joined automatically: %1") : tr("joined by hand: %1"))
                                  .arg(reasonWords(mark->reasons)));
    }
    m_joinedTitle->setText(tr("%n record(s) joined into this one; X takes one apart", nullptr, m_joined->count()));
    m_joined->setAccessibleName(m_joinedTitle->text());
    m_joinedTitle->setVisible(m_joined->count() > 0);
    m_joined->setVisible(m_joined->count() > 0);
    fitHeight(*m_joined, static_cast<int>(kMostLikely));
    setVisible(m_joined->count() > 0 || m_likely->count() > 0);
    PersonSearch::of(m_bridge).likely(shown, kMostLikely, this,
                                      [this, shown](const Result<std::vector<engine::PersonHit>>& hits) {
                                          if (shown == m_person)
                                              showLikely(hits.value_or(std::vector<engine::PersonHit>{}));
                                      });
}

void SamePerson::showLikely(std::vector<engine::PersonHit> hits) {
    const int at = m_likely->currentRow();
    m_likely->clear();
    m_hits = std::move(hits);
    for (const auto& hit : m_hits)
        new QListWidgetItem(QIcon::fromTheme(u"user-identity"_s),
                            recordWords(hit.record.state) + u'\n' + likenessWords(hit.likeness), m_likely);
    if (m_likely->count() > 0) m_likely->setCurrentRow(std::clamp(at, 0, m_likely->count() - 1));
    m_likelyTitle->setText(tr("The same person? M joins them, X says no, Enter opens"));
    m_likely->setAccessibleName(m_likelyTitle->text());
    m_likelyTitle->setVisible(m_likely->count() > 0);
    m_likely->setVisible(m_likely->count() > 0);
    fitHeight(*m_likely, static_cast<int>(kMostLikely));
    setVisible(m_joined->count() > 0 || m_likely->count() > 0);
}

bool SamePerson::eventFilter(QObject* watched, QEvent* event) {
    const bool press = event->type() == QEvent::KeyPress, asked = event->type() == QEvent::ShortcutOverride;
    if (!press && !asked) return QWidget::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    const bool joins = key->key() == Qt::Key_M && watched == m_likely;
    if (key->modifiers() != Qt::NoModifier || (key->key() != Qt::Key_X && !joins))
        return QWidget::eventFilter(watched, event);
    event->accept();
    if (asked) return true;
    if (watched == m_likely) {
        const auto row = static_cast<std::size_t>(std::max(0, m_likely->currentRow()));
        if (row < m_hits.size())
            Q_EMIT wanted(judgeCommand(m_person, m_hits[row].record.state.id,
                                       joins ? Judgement::Same : Judgement::Different, m_hits[row].likeness));
    } else if (const auto row = static_cast<std::size_t>(std::max(0, m_joined->currentRow())); row < m_others.size()) {
        Q_EMIT wanted(engine::JudgePersons{m_person, m_others[row], Judgement::Different, false, 0, {}});
    }
    return true;
}

}  // namespace wl::ui
