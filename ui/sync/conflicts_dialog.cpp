// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sync/conflicts_dialog.hpp"

#include <QCommandLinkButton>
#include <QDialogButtonBox>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QSplitter>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

#include "ui/kit/icons.hpp"
#include "ui/kit/look.hpp"
#include "ui/kit/tone_label.hpp"
#include "ui/models/error_words.hpp"
#include "ui/models/field_labels.hpp"
#include "ui/models/time_words.hpp"
#include "ui/models/value_words.hpp"

namespace wl::ui {
namespace {

using namespace Qt::StringLiterals;
constexpr std::size_t kMostCases = 200;  // more are shown when these are settled
constexpr std::size_t kAtATime = 4;      // a case takes a millisecond or two

}  // namespace

ConflictsDialog::ConflictsDialog(ConsoleBridge& bridge, QWidget* parent)
    : QDialog(parent), m_bridge(bridge), m_title(new QLabel(tr("Reading…"), this)), m_list(new QListWidget(this)),
      m_sides(new QWidget(this)), m_sidesLayout(new QVBoxLayout(m_sides)),
      m_problem(new ToneLabel(SlaState::Breached, this)) {
    setObjectName(u"conflictsDialog"_s);
    setWindowTitle(tr("Conflicts to settle"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(grid(4), grid(4), grid(4), grid(4));
    column->setSpacing(grid(3));
    m_title->setObjectName(u"conflictsTitle"_s);
    m_title->setWordWrap(true);
    column->addWidget(m_title);
    auto* split = new QSplitter(Qt::Horizontal, this);
    m_split = split;
    split->setChildrenCollapsible(false);
    m_list->setObjectName(u"conflictsList"_s);
    m_list->setAccessibleName(tr("Conflicts"));
    split->addWidget(m_list);
    auto* right = new QWidget(split);
    auto* rightColumn = new QVBoxLayout(right);
    rightColumn->setContentsMargins(grid(2), 0, 0, 0);
    m_sides->setObjectName(u"conflictSides"_s);
    m_sidesLayout->setContentsMargins(0, 0, 0, 0);
    rightColumn->addWidget(m_sides);
    m_problem->setWordWrap(true);
    m_problem->hide();
    rightColumn->addWidget(m_problem);
    rightColumn->addStretch(1);
    split->addWidget(right);
    split->setStretchFactor(1, 1);
    split->setSizes({grid(75), grid(110)});
    column->addWidget(split, 1);
    column->addStretch(0);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->button(QDialogButtonBox::Close)->setAutoDefault(false);
    m_open = buttons->addButton(tr("&Open the case"), QDialogButtonBox::ActionRole);
    m_open->setObjectName(u"conflictOpen"_s);
    m_open->setAutoDefault(false);
    connect(m_open, &QPushButton::clicked, this, [this] {
        const auto row = m_list->currentRow();
        if (row >= 0) Q_EMIT caseWanted(m_conflicts[static_cast<std::size_t>(row)].key);
    });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    column->addWidget(buttons);
    connect(m_list, &QListWidget::currentRowChanged, this, &ConflictsDialog::showCurrent);
    connect(&bridge, &ConsoleBridge::changed, this, &ConflictsDialog::load);
    resize(grid(200), grid(110));
    load();
}

void ConflictsDialog::load() {
    if (m_loading) {
        m_again = true;
        return;
    }
    m_loading = true;
    engine::CaseQuery query;
    query.filter.conflicted = true;
    m_bridge.query(std::move(query), 0, this, [this](const Result<engine::CaseListingPtr>& listing) {
        m_reading.clear();
        if (listing) return readNext(*listing, 0);
        m_loading = false;
        if (std::exchange(m_again, false)) return load();
        m_title->setText(errorWords(listing.error()).line());
    });
}

void ConflictsDialog::readNext(const engine::CaseListingPtr& listing, std::size_t at) {
    const auto end = std::min({kMostCases, listing->keys.size(), at + kAtATime});
    for (; at < end && !m_again; ++at) read(listing->keys[at]);
    if (!m_again && at < std::min(kMostCases, listing->keys.size()))
        return QTimer::singleShot(0, this, [this, listing, at] { readNext(listing, at); });
    m_loading = false;
    if (std::exchange(m_again, false)) return load();
    m_conflicts = std::move(m_reading);
    fill();
}

void ConflictsDialog::read(CaseKey key) {
    const auto detail = m_bridge.reader().detail(key);
    const auto history = m_bridge.reader().timeline(key);
    if (!detail || !history) return;
    const auto catalogue = m_bridge.catalogue();
    const auto city = m_bridge.engine().city();
    const WordContext words{*catalogue, city.get(), zoneOf(*catalogue),
                            [this](const PersonId& id) {
                                const auto person = m_bridge.reader().person(id);
                                return person ? fromText(person->state.text(PersonField::Name)) : tr("a citizen");
                            },
                            detail->state.text(CaseField::Service)};
    for (const auto& spec : kCaseFields) {
        if ((detail->state.fields.conflicts() & bit(static_cast<CaseField>(spec.id))) == 0) continue;
        Conflict conflict{key,
                          fromText(detail->number),
                          fromText(catalogue->serviceName(detail->state.text(CaseField::Service))),
                          caseFieldLabel(spec.name),
                          static_cast<CaseField>(spec.id),
                          {}};
        const auto& standing = detail->state.fields[spec.id];
        auto heads = standing.rivals;
        heads.push_back(standing.stamp);
        std::ranges::sort(heads, std::greater{});
        for (const auto& head : heads) {
            const auto entry = std::ranges::find(*history, head, &store::TimelineEntry::stamp);
            if (entry == history->end()) continue;
            const Value* value = nullptr;
            if (const auto* edited = std::get_if<CaseEdited>(&entry->op.body))
                value = edited->fields.find(conflict.field);
            if (const auto* opened = std::get_if<CaseOpened>(&entry->op.body))
                value = opened->fields.find(conflict.field);
            const auto held = value ? *value : Value{};
            const auto said = valueWords(conflict.field, held, words);
            const auto* console = m_bridge.sync()->find(head.dot.origin);
            const auto where = console ? QString::fromStdString(console->name) : QString();
            const auto who = fromText(catalogue->staffName(entry->op.agent));
            const auto when = agoWords(entry->at, m_bridge.now());
            conflict.sides.push_back({held, said.isEmpty() ? tr("(nothing)") : said,
                                      where.isEmpty() ? tr("%1, %2").arg(who, when)
                                                      : tr("%1 at %2, %3").arg(who, where, when)});
        }
        if (conflict.sides.size() > 1) m_reading.push_back(std::move(conflict));
    }
}

void ConflictsDialog::fill() {
    const auto before = std::max(0, m_list->currentRow());
    {
        const QSignalBlocker quiet(m_list);
        m_list->clear();
        for (const auto& conflict : m_conflicts) {
            auto* item = new QListWidgetItem(themedIcon(u"dialog-warning"),
                                             tr("%1: %2").arg(conflict.number, conflict.label), m_list);
            item->setToolTip(conflict.service);
        }
        if (!m_conflicts.empty()) m_list->setCurrentRow(std::min(before, count() - 1));
    }
    m_title->setText(m_conflicts.empty()
                         ? tr("Nothing to settle: no two people changed the same field without seeing each other.")
                         : tr("%n field(s) were changed by two people who did not see each other. Choose the value "
                              "that is right; the others stay in the history.",
                              nullptr, count()));
    m_split->setVisible(!m_conflicts.empty());
    m_open->setEnabled(!m_conflicts.empty());
    showCurrent();
}

void ConflictsDialog::showCurrent() {
    while (auto* item = m_sidesLayout->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    m_problem->hide();
    const auto row = m_list->currentRow();
    if (row < 0 || row >= count()) return;
    const auto& conflict = m_conflicts[static_cast<std::size_t>(row)];
    auto* head = new QLabel(tr("%1 · %2").arg(conflict.service, conflict.label), m_sides);
    head->setFont(headFont(font()));
    head->setWordWrap(true);
    m_sidesLayout->addWidget(head);
    for (std::size_t i = 0; i < conflict.sides.size(); ++i) {
        const auto& side = conflict.sides[i];
        auto* button = new QCommandLinkButton(side.words.left(300), side.by, m_sides);
        button->setObjectName(u"conflictSide%1"_s.arg(i + 1));
        button->setAccessibleName(tr("Choose %1, by %2").arg(side.words, side.by));
        if (i < 9) {
            button->setToolTip(tr("Choose this one (%1)").arg(i + 1));
            button->setText(tr("%1   %2").arg(i + 1).arg(side.words.left(300)));
            button->setShortcut(QKeySequence(QString::number(i + 1)));
        }
        button->setAutoDefault(false);
        // The buttons are made anew by what the choice does.
        connect(button, &QPushButton::clicked, this, [this, i] { choose(i); }, Qt::QueuedConnection);
        m_sidesLayout->addWidget(button);
    }
}

void ConflictsDialog::choose(std::size_t side) {
    const auto row = m_list->currentRow();
    if (row < 0 || row >= count()) return;
    const auto& conflict = m_conflicts[static_cast<std::size_t>(row)];
    engine::EditCase edit;
    edit.target.key = conflict.key;
    edit.fields.set(conflict.field, conflict.sides[side].value);
    m_bridge.submit(std::move(edit), this, [this](const Result<engine::Receipt>& done) {
        if (done) return;
        m_problem->setText(errorWords(done.error()).line());
        m_problem->show();
    });
}

}  // namespace wl::ui
