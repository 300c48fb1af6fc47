// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/case/incident_card.hpp"

#include <QKeyEvent>
#include <QLabel>
#include <QListWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

#include "ui/kit/look.hpp"
#include "ui/kit/short_list.hpp"
#include "ui/kit/sla_style.hpp"
#include "ui/models/likeness_words.hpp"
#include "ui/models/time_words.hpp"
#include "ui/models/value_words.hpp"
#include "ui/models/vocab_words.hpp"

namespace wl::ui {
namespace {

using namespace Qt::StringLiterals;

constexpr int kLikelySlot = 72;
constexpr std::size_t kAsked = 12;
constexpr int kMostLikely = 4, kMostLines = 6;

}  // namespace

IncidentCard::IncidentCard(ConsoleBridge& bridge, QWidget* parent)
    : QWidget(parent), m_bridge(bridge), m_reportersTitle(new QLabel), m_reporters(makeShortList(u"reporterList"_s)),
      m_likelyTitle(new QLabel), m_likely(makeShortList(u"likelyList"_s)) {
    setObjectName(u"incidentCard"_s);
    m_reportersTitle->setObjectName(u"reportersTitle"_s);
    m_likelyTitle->setObjectName(u"likelyTitle"_s);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(grid(3), 0, grid(3), grid(1));
    all->setSpacing(grid(1));
    for (auto* label : {m_reportersTitle, m_likelyTitle}) {
        label->setFont(strongFont(font()));
        label->setWordWrap(true);
    }
    for (QWidget* widget : std::initializer_list<QWidget*>{m_reportersTitle, m_reporters, m_likelyTitle, m_likely})
        all->addWidget(widget);
    for (auto* one : {m_reporters, m_likely}) one->installEventFilter(this);
    connect(m_likely, &QListWidget::itemActivated, this,
            [this](QListWidgetItem* item) { Q_EMIT openCase(CaseKey{item->data(Qt::UserRole).toLongLong()}); });
    connect(m_reporters, &QListWidget::itemActivated, this, [this](QListWidgetItem* item) {
        const auto& reporter = m_incident.reporters[static_cast<std::size_t>(m_reporters->row(item))];
        if (reporter.caseKey != m_key) Q_EMIT openCase(reporter.caseKey);
        else if (!reporter.person.isNull()) Q_EMIT openPerson(reporter.person);
    });
    follow();
}

void IncidentCard::show(const store::CaseDetail& detail) {
    const bool another = m_key != detail.key;
    m_key = detail.key;
    m_id = detail.state.id;
    m_requestedAt = detail.state.instant(CaseField::RequestedAt);
    if (another) m_likely->clear();
    m_incident = m_bridge.reader().incident(m_key).value_or(store::Incident{m_key, detail.number, {}, {}});
    showReporters();
    if (!isOpen(detail.state.status)) {
        showLikely({});
    } else {
        engine::DuplicateQuery query;
        query.service = detail.state.text(CaseField::Service);
        if (const auto* place = std::get_if<GeoPoint>(&detail.state.value(CaseField::Position))) query.place = *place;
        query.description = detail.state.text(CaseField::Description);
        query.address = detail.state.text(CaseField::Address);
        query.except = m_key;
        m_bridge.duplicates(std::move(query), kAsked, kLikelySlot, this,
                            [this, key = m_key](const Result<std::vector<engine::DuplicateHit>>& hits) {
                                if (key == m_key) showLikely(hits.value_or(std::vector<engine::DuplicateHit>{}));
                            });
    }
}

void IncidentCard::showReporters() {
    const int at = m_reporters->currentRow();
    m_reporters->clear();
    const auto now = m_bridge.shownAt();
    for (const auto& one : m_incident.reporters) {
        const auto person = one.person.isNull() ? Result<store::PersonView>(std::unexpected(Error{}))
                                                : m_bridge.reader().person(one.person);
        auto name = person ? fromText(person->state.text(PersonField::Name)) : tr("Anonymous");
        if (name.isEmpty()) name = tr("Name not known");
        QStringList words{name, channelWord(one.channel), agoWords(one.at, now)};
        if (one.caseKey != m_key) words << tr("case %1").arg(fromText(one.number));
        auto* item = new QListWidgetItem(QIcon::fromTheme(u"user-identity"_s), words.join(u" · "_s), m_reporters);
        item->setToolTip(fromText(one.body));
    }
    if (at >= 0 && at < m_reporters->count()) m_reporters->setCurrentRow(at);
    m_reportersTitle->setText(m_incident.lead == m_key
                                  ? tr("Reported by %n; X takes a report off, Enter opens it", nullptr,
                                       m_reporters->count())
                                  : tr("Worked on as %1, reported by %2; X takes this case off, Enter opens")
                                        .arg(fromText(m_incident.leadNumber))
                                        .arg(m_reporters->count()));
    m_reporters->setAccessibleName(m_reportersTitle->text());
    fitHeight(*m_reporters, kMostLines);
    follow();
}

void IncidentCard::showLikely(const std::vector<engine::DuplicateHit>& hits) {
    const int at = m_likely->currentRow();
    m_likely->clear();
    m_hits.clear();
    const auto now = m_bridge.shownAt();
    for (const auto& hit : hits) {
        if (hit.likeness.score < rules::matching::kWorthOffering || m_likely->count() >= kMostLikely) continue;
        const auto& row = hit.row;
        if (row.key == m_incident.lead || std::ranges::contains(m_incident.members, row.key)) continue;
        if (m_bridge.reader().judgedCases(m_id, row.id).value_or(Judgement::None) != Judgement::None) continue;
        auto* item = new QListWidgetItem(
            QIcon::fromTheme(slaIconName(slaStateAt(row.clock, now))),
            tr("%1 · %2 · %3").arg(fromText(row.number), fromText(row.address), statusWord(row.status)) + u'\n' +
                likenessWords(hit, now),
            m_likely);
        item->setData(Qt::UserRole, static_cast<qlonglong>(row.key.value));
        item->setToolTip(fromText(row.description));
        m_hits.push_back(hit);
    }
    if (m_likely->count() > 0) m_likely->setCurrentRow(std::clamp(at, 0, m_likely->count() - 1));
    m_likelyTitle->setText(tr("The same fault? M joins them, X says no, Enter opens"));
    m_likely->setAccessibleName(m_likelyTitle->text());
    fitHeight(*m_likely, kMostLines);
    follow();
}

void IncidentCard::follow() {
    const bool many = m_reporters->count() > 1 || m_incident.lead != m_key;
    m_reportersTitle->setVisible(many);
    m_reporters->setVisible(many);
    m_likelyTitle->setVisible(m_likely->count() > 0);
    m_likely->setVisible(m_likely->count() > 0);
    setVisible(many || m_likely->count() > 0);
}

bool IncidentCard::goToLikely() {
    if (m_likely->count() == 0) return false;
    m_likely->setFocus(Qt::ShortcutFocusReason);
    return true;
}

bool IncidentCard::eventFilter(QObject* watched, QEvent* event) {
    const bool press = event->type() == QEvent::KeyPress, asked = event->type() == QEvent::ShortcutOverride;
    if (!press && !asked) return QWidget::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    if (key->modifiers() != Qt::NoModifier) return QWidget::eventFilter(watched, event);
    const bool ours = key->key() == Qt::Key_X || (watched == m_likely && key->key() == Qt::Key_M);
    if (!ours) return QWidget::eventFilter(watched, event);
    event->accept();
    if (asked) return true;
    if (watched == m_reporters) return reporterKey(key->key());
    if (const auto* item = m_likely->currentItem())
        judge(*item, key->key() == Qt::Key_M ? Judgement::Same : Judgement::Different);
    return true;
}

// The older case goes on; the other one is closed as its duplicate.
void IncidentCard::judge(const QListWidgetItem& item, Judgement judgement) {
    const auto& hit = m_hits[static_cast<std::size_t>(m_likely->row(&item))];
    engine::JudgeCases command;
    command.target.key = m_key;
    command.of.key = hit.row.key;
    if (hit.row.requestedAt > m_requestedAt && isOpen(hit.row.status)) std::swap(command.target, command.of);
    command.judgement = judgement;
    command.weight = std::lround(hit.likeness.score * 1000);
    command.reasons = likenessCodes(hit.likeness);
    if (judgement == Judgement::Same) {
        const auto lead = command.of.key == m_key ? fromText(m_incident.leadNumber) : fromText(hit.row.number);
        command.note = toText(tr("The same fault as %1").arg(lead));
    }
    Q_EMIT wanted(command);
}

bool IncidentCard::reporterKey(int) {
    const int row = m_reporters->currentRow();
    if (row < 0 || static_cast<std::size_t>(row) >= m_incident.reporters.size()) return true;
    const auto& one = m_incident.reporters[static_cast<std::size_t>(row)];
    if (one.report.seq != 0) {
        Q_EMIT wanted(engine::SplitReport{{one.caseKey, {}}, one.report, true});
    } else if (one.caseKey != m_incident.lead) {
        engine::JudgeCases command;
        command.target.key = one.caseKey;
        command.of.key = m_incident.lead;
        command.judgement = Judgement::Different;
        Q_EMIT wanted(command);
    }
    return true;
}

}  // namespace wl::ui
