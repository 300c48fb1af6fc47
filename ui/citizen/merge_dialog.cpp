// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/citizen/merge_dialog.hpp"

#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>

#include "ui/citizen/same_person.hpp"
#include "ui/kit/look.hpp"
#include "ui/kit/tone_label.hpp"
#include "ui/models/error_words.hpp"
#include "ui/models/person_search.hpp"
#include "ui/models/value_words.hpp"

namespace wl::ui {
namespace {

using namespace Qt::StringLiterals;

constexpr std::size_t kMostPairs = 300;
constexpr int kMostAutomatic = 200;

QTableWidget* table(const QString& name, const QStringList& headers) {
    auto* made = new QTableWidget(0, static_cast<int>(headers.size()));
    made->setObjectName(name);
    made->setHorizontalHeaderLabels(headers);
    made->setSelectionBehavior(QAbstractItemView::SelectRows);
    made->setSelectionMode(QAbstractItemView::SingleSelection);
    made->setEditTriggers(QAbstractItemView::NoEditTriggers);
    made->setTabKeyNavigation(false);
    made->setShowGrid(false);
    made->setWordWrap(true);
    made->verticalHeader()->hide();
    made->horizontalHeader()->setHighlightSections(false);
    made->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    made->horizontalHeader()->setSectionResizeMode(3, QHeaderView::ResizeToContents);
    return made;
}

}  // namespace

MergeDialog::MergeDialog(ConsoleBridge& bridge, QWidget* parent)
    : QDialog(parent), m_bridge(bridge), m_progress(new QLabel), m_automaticTitle(new QLabel),
      m_table(table(u"mergePairs"_s, {tr("Record"), tr("Perhaps the same as"), tr("What agrees"), tr("Counts")})),
      m_joined(table(u"mergedPairs"_s, {tr("Record"), tr("Joined with"), tr("What agreed"), tr("Counts")})),
      m_problem(new ToneLabel) {
    setObjectName(u"mergeDialog"_s);
    setWindowTitle(tr("Citizens with more than one record"));
    m_progress->setObjectName(u"mergeProgress"_s);
    m_progress->setWordWrap(true);
    m_automaticTitle->setFont(strongFont(font()));
    m_automaticTitle->setWordWrap(true);
    m_problem->hide();
    m_table->setAccessibleName(tr("Records that may be of one person"));
    m_joined->setAccessibleName(tr("Records that were joined automatically"));
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(grid(3), grid(3), grid(3), grid(3));
    all->setSpacing(grid(2));
    all->addWidget(m_progress);
    all->addWidget(m_problem);
    all->addWidget(m_table, 3);
    all->addWidget(m_automaticTitle);
    all->addWidget(m_joined, 1);
    for (auto* one : {m_table, m_joined}) one->installEventFilter(this);
    connect(m_table, &QTableWidget::itemActivated, this,
            [this](QTableWidgetItem* item) { Q_EMIT openPerson(m_lines[static_cast<std::size_t>(item->row())].b); });
    connect(m_joined, &QTableWidget::itemActivated, this, [this](QTableWidgetItem* item) {
        Q_EMIT openPerson(m_automatic[static_cast<std::size_t>(item->row())].b);
    });
    auto& search = PersonSearch::of(bridge);
    connect(&search, &PersonSearch::changed, this, &MergeDialog::ask);
    connect(&bridge, &ConsoleBridge::changed, this, [this](const ChangeSetPtr& changes) {
        if (!changes->persons.empty() || changes->everything) ask();
    });
    resize(grid(240), grid(150));
    m_table->setFocus();
    ask();
}

void MergeDialog::ask() {
    PersonSearch::of(m_bridge).review(kMostPairs, this, [this](const Result<engine::PersonFinder::Review>& review) {
        if (!review) {
            m_problem->setText(errorWords(review.error()).line());
            m_problem->show();
        } else {
            spread(*review);
        }
    });
    showAutomatic();
}

void MergeDialog::addLine(QTableWidget& into, const PersonState& a, const PersonState& b, const QString& why,
                          double weight) {
    const auto words = [&](const PersonState& state) {
        const auto name = fromText(state.text(PersonField::Name));
        QStringList lines{name.isEmpty() ? tr("Name not known") : name};
        QStringList contacts;
        for (const auto& c : state.contacts) contacts << contactWords(c, *m_bridge.catalogue());
        if (!contacts.isEmpty()) lines << contacts.join(u", "_s);
        if (const auto address = fromText(state.text(PersonField::Address)); !address.isEmpty()) lines << address;
        return lines.join(u'\n');
    };
    const int row = into.rowCount();
    into.insertRow(row);
    into.setItem(row, 0, new QTableWidgetItem(words(a)));
    into.setItem(row, 1, new QTableWidgetItem(words(b)));
    into.setItem(row, 2, new QTableWidgetItem(why));
    auto* counts = new QTableWidgetItem(QLocale().toString(weight, 'f', 1));
    counts->setTextAlignment(Qt::AlignRight | Qt::AlignTop);
    for (int column = 0; column < 3; ++column) into.item(row, column)->setTextAlignment(Qt::AlignLeft | Qt::AlignTop);
    into.setItem(row, 3, counts);
}

void MergeDialog::spread(const engine::PersonFinder::Review& review) {
    const int at = m_table->currentRow();
    m_table->setRowCount(0);
    m_lines.clear();
    for (const auto& pair : review.pairs) {
        m_lines.push_back({pair.a.state.id, pair.b.state.id, pair.likeness});
        addLine(*m_table, pair.a.state, pair.b.state, likenessWords(pair.likeness), pair.likeness.logOdds);
    }
    m_table->resizeRowsToContents();
    if (m_table->rowCount() > 0) m_table->selectRow(std::clamp(at, 0, m_table->rowCount() - 1));
    const auto looked = review.complete
                            ? tr("All %n record(s) were compared.", nullptr, static_cast<int>(review.records))
                            : tr("%1 of %2 records were compared so far.").arg(review.passed).arg(review.records);
    m_progress->setText(m_lines.empty()
                            ? tr("%1 No two records wait for a decision.").arg(looked)
                            : tr("%1 M joins the two records, X says they are not the same person, Enter opens one. "
                                 "Ctrl+Z in the window takes the last decision back.")
                                  .arg(looked));
}

// The daily look at what nobody was asked about.
void MergeDialog::showAutomatic() {
    const int at = m_joined->currentRow();
    m_joined->setRowCount(0);
    m_automatic.clear();
    const auto pairs = m_bridge.reader().judgedPersonPairs(Judgement::Same, kMostAutomatic);
    for (const auto& [home, other] : pairs.value_or(std::vector<std::pair<PersonId, PersonId>>{})) {
        const auto a = m_bridge.reader().person(other), b = m_bridge.reader().person(home);
        if (!a || !b) continue;
        const auto* mark = b->state.judgements.deciding(other);
        if (mark == nullptr || !mark->automatic) continue;
        m_automatic.push_back({other, home, {}});
        addLine(*m_joined, a->state, b->state, reasonWords(mark->reasons), static_cast<double>(mark->weight) / 1000);
    }
    m_joined->resizeRowsToContents();
    if (at >= 0 && at < m_joined->rowCount()) m_joined->selectRow(at);
    m_automaticTitle->setText(tr("Joined automatically: %n; X takes the two records apart for good", nullptr,
                                 m_joined->rowCount()));
    m_automaticTitle->setVisible(!m_automatic.empty());
    m_joined->setVisible(!m_automatic.empty());
}

void MergeDialog::judge(Judgement judgement) {
    const auto row = static_cast<std::size_t>(std::max(0, m_table->currentRow()));
    if (row >= m_lines.size()) return;
    const auto& line = m_lines[row];
    submit(judgeCommand(line.a, line.b, judgement, line.likeness));
}

void MergeDialog::submit(engine::Command command) {
    m_bridge.submit(std::move(command), this, [this](const Result<engine::Receipt>& done) {
        m_problem->setVisible(!done.has_value());
        if (!done) m_problem->setText(errorWords(done.error()).line());
        ask();
    });
}

bool MergeDialog::eventFilter(QObject* watched, QEvent* event) {
    const bool press = event->type() == QEvent::KeyPress, asked = event->type() == QEvent::ShortcutOverride;
    if (!press && !asked) return QDialog::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    const bool joins = key->key() == Qt::Key_M && watched == m_table;
    if (key->modifiers() != Qt::NoModifier || (key->key() != Qt::Key_X && !joins))
        return QDialog::eventFilter(watched, event);
    event->accept();
    if (asked) return true;
    if (watched == m_table) {
        judge(joins ? Judgement::Same : Judgement::Different);
    } else if (const auto row = static_cast<std::size_t>(std::max(0, m_joined->currentRow()));
               row < m_automatic.size()) {
        submit(engine::JudgePersons{m_automatic[row].a, m_automatic[row].b, Judgement::Different, false, 0, {}});
    }
    return true;
}

}  // namespace wl::ui
