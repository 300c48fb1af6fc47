// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/queue/case_table.hpp"

#include <QAction>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QScrollBar>

#include <algorithm>
#include <chrono>
#include <unordered_set>

#include "ui/kit/empty_state.hpp"
#include "ui/kit/icons.hpp"
#include "ui/models/case_columns.hpp"
#include "ui/models/time_words.hpp"
#include "ui/models/vocab_words.hpp"
#include "ui/queue/case_table_delegate.hpp"

namespace wl::ui {
namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using engine::CaseColumn;

constexpr auto kRest = 80ms;           // long enough that held-down J does not open every case on the way
constexpr auto kLongestTick = 60s;
constexpr int kSlaGlyph = 12;          // px, as the delegate draws it
constexpr int kTitle = static_cast<int>(engine::CaseColumn::Title);
constexpr qsizetype kKeptRuns = 500;    // more pieces of a selection are not put back
constexpr int kKeptRows = 50'000;       // nor more rows, but for all of them

}  // namespace

CaseTable::CaseTable(CaseTableModel& model, ConsoleBridge& bridge, const Theme& theme, QWidget* parent)
    : QTableView(parent), m_cases(model), m_bridge(bridge), m_theme(theme), m_empty(new EmptyState(viewport())) {
    setObjectName(u"caseTable"_s);
    setAccessibleName(tr("Cases"));
    setModel(&model);
    setItemDelegate(new CaseTableDelegate(this));
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setDragEnabled(true);
    setDragDropMode(DragOnly);
    setEditTriggers(NoEditTriggers);
    setAlternatingRowColors(true);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setFrameShape(QFrame::NoFrame);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollMode(ScrollPerPixel);
    setContextMenuPolicy(Qt::CustomContextMenu);
    setMouseTracking(true);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setMinimumSectionSize(grid(5));
    verticalHeader()->setDefaultSectionSize(theme.rowHeight());
    buildHeader();

    m_rest.setSingleShot(true);
    m_rest.setInterval(kRest);
    m_tick.setSingleShot(true);
    connect(&m_rest, &QTimer::timeout, this, [this] {
        if (const auto key = currentCase(); key != m_settled) Q_EMIT settled(m_settled = key);
    });
    connect(&m_tick, &QTimer::timeout, this, &CaseTable::tick);
    connect(&theme, &Theme::densityChanged, this,
            [this] { verticalHeader()->setDefaultSectionSize(m_theme.rowHeight()); });
    connect(this, &QTableView::entered, this,
            [this](const QModelIndex& at) { Q_EMIT hovered(m_cases.keyAt(at.row())); });
    connect(this, &QTableView::doubleClicked, this,
            [this](const QModelIndex& at) { Q_EMIT opened(m_cases.keyAt(at.row())); });
    connect(this, &QTableView::customContextMenuRequested, this,
            [this](const QPoint& at) { Q_EMIT menuRequested(viewport()->mapToGlobal(at)); });
    connect(&model, &QAbstractItemModel::modelAboutToBeReset, this, &CaseTable::keepPlace);
    connect(&model, &QAbstractItemModel::modelReset, this, &CaseTable::restorePlace);
    connect(&model, &QAbstractItemModel::rowsInserted, this, &CaseTable::updateEmpty);
    connect(&model, &QAbstractItemModel::rowsRemoved, this, &CaseTable::updateEmpty);
    connect(&model, &QAbstractItemModel::dataChanged, this, &CaseTable::tick);
    updateEmpty();
}

void CaseTable::buildHeader() {
    auto* header = horizontalHeader();
    header->setObjectName(u"caseTableHeader"_s);
    header->setSectionsMovable(true);
    header->setSectionsClickable(true);
    header->setHighlightSections(false);
    header->setStretchLastSection(false);
    header->setSortIndicatorShown(true);
    header->setMinimumSectionSize(grid(10));
    header->setContextMenuPolicy(Qt::ActionsContextMenu);
    for (const auto& column : caseColumns()) {
        const auto at = static_cast<int>(column.column);
        auto* action = new QAction(column.header(), this);
        action->setObjectName(u"column_"_s + QString::fromUtf8(column.name));
        action->setCheckable(true);
        connect(action, &QAction::toggled, this, [this, at](bool shown) {
            setColumnHidden(at, !shown);
            fitTitle();
        });
        m_columnActions << action;
        header->addAction(action);
    }
    auto* reset = new QAction(tr("Columns as at First"), this);
    reset->setObjectName(u"columnsReset"_s);
    connect(reset, &QAction::triggered, this, &CaseTable::resetColumns);
    header->addAction(reset);
    connect(header, &QHeaderView::sectionClicked, this, &CaseTable::sortBy);
    header->viewport()->installEventFilter(this);
    resetColumns();
}

void CaseTable::resetColumns() {
    auto* header = horizontalHeader();
    for (const auto& column : caseColumns()) {
        const auto at = static_cast<int>(column.column);
        header->moveSection(header->visualIndex(at), at);
        header->resizeSection(at, widthOf(column));
        m_columnActions[at]->setChecked(column.shown);
        setColumnHidden(at, !column.shown);
    }
    header->moveSection(header->visualIndex(kTitle), header->visualIndex(static_cast<int>(CaseColumn::Number)) + 1);
    fitTitle();
}

// Words of clocks and ages must never be cut: their columns are as wide as the longest of them.
int CaseTable::widthOf(const CaseColumnSpec& column) const {
    const QFontMetrics plain(font()), strong(tabular(strongFont(font())));
    const auto now = m_bridge.shownAt();
    int words = 0;
    if (column.column == CaseColumn::Sla) {
        for (const auto past : {59min, 47h + 59min, 6 * 24h + 23h + 0min, 999 * 24h + 0min})
            words = std::max(words, strong.horizontalAdvance(dueWords(SlaState::Breached, now - Millis(past), now)));
        for (const auto left : {9h + 59min, 6 * 24h + 23h + 0min})
            words = std::max(words, strong.horizontalAdvance(dueWords(SlaState::AtRisk, now + Millis(left), now)));
        return words + kSlaGlyph + grid(5) + 1;
    }
    if (column.column == CaseColumn::Requested) {
        for (const auto past : {0min, 59min, 47h + 0min, 999 * 24h + 0min})
            words = std::max(words, plain.horizontalAdvance(agoWords(now - Millis(past), now)));
        return std::max(words, plain.horizontalAdvance(column.header()) + grid(3)) + grid(3);
    }
    if (column.column == CaseColumn::Number)
        return QFontMetrics(tabular(font())).horizontalAdvance(u"0MH0W-0HM0D"_s) + grid(2);
    if (column.column == CaseColumn::Priority || column.column == CaseColumn::Status) {
        for (const auto priority : {Priority::Low, Priority::Normal, Priority::High, Priority::Urgent})
            words = std::max(words, plain.horizontalAdvance(priorityWord(priority)));
        for (int s = 0; s < kStatusCount && column.column == CaseColumn::Status; ++s)
            words = std::max(words, plain.horizontalAdvance(statusWord(static_cast<Status>(s))));
        return words + kIconSide + grid(4);
    }
    return column.width * plain.averageCharWidth() + grid(3);
}

void CaseTable::fitTitle() {
    auto* header = horizontalHeader();
    if (isColumnHidden(kTitle)) return;
    int others = 0;
    for (int at = 0; at < m_cases.columnCount(); ++at)
        if (at != kTitle && !isColumnHidden(at)) others += header->sectionSize(at);
    header->resizeSection(kTitle, std::max(grid(30), viewport()->width() - others));
}

// The header menu may have been opened after the layout was restored: ticks follow what is really shown.
bool CaseTable::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::ContextMenu || event->type() == QEvent::MouseButtonPress)
        for (int at = 0; at < m_columnActions.size(); ++at) m_columnActions[at]->setChecked(!isColumnHidden(at));
    return QTableView::eventFilter(watched, event);
}

void CaseTable::showOrder(engine::CaseOrder order) {
    horizontalHeader()->setSortIndicator(static_cast<int>(order.column),
                                         order.descending ? Qt::DescendingOrder : Qt::AscendingOrder);
}

void CaseTable::sortBy(int column) {
    const auto now = m_cases.order();
    const bool again = static_cast<int>(now.column) == column;
    const bool descending = again ? !now.descending : caseColumns()[static_cast<std::size_t>(column)].newestFirst;
    m_cases.sort(column, descending ? Qt::DescendingOrder : Qt::AscendingOrder);
    showOrder(m_cases.order());
}

CaseKey CaseTable::currentCase() const { return m_cases.keyAt(currentIndex().row()); }

bool CaseTable::choose(CaseKey key) {
    const int row = key ? m_cases.rowOf(key) : -1;
    if (row < 0) return false;
    if (row == currentIndex().row()) return true;
    const int column = std::max(currentIndex().column(), horizontalHeader()->logicalIndex(0));
    const auto at = m_cases.index(row, column);
    selectionModel()->setCurrentIndex(at, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    scrollTo(at);
    return true;
}

std::vector<CaseKey> CaseTable::selectedCases() const {
    std::vector<int> rows;
    for (const auto& range : selectionModel()->selection())
        for (int row = range.top(); row <= range.bottom(); ++row) rows.push_back(row);
    std::ranges::sort(rows);
    const auto twice = std::ranges::unique(rows);
    rows.erase(twice.begin(), twice.end());
    std::vector<CaseKey> keys;
    keys.reserve(rows.size());
    for (const int row : rows) keys.push_back(m_cases.keyAt(row));
    return keys;
}

QString CaseTable::selectedAsText() const {
    std::vector<int> columns;
    for (int visual = 0; visual < m_cases.columnCount(); ++visual)
        if (const int at = horizontalHeader()->logicalIndex(visual); !isColumnHidden(at)) columns.push_back(at);
    QStringList lines{QString()};
    for (const int at : columns)
        lines[0] += (at == columns.front() ? u""_s : u"\t"_s) + caseColumns()[static_cast<std::size_t>(at)].header();
    for (const auto key : selectedCases()) {
        if (lines.size() > kCopyLimit) break;
        QString line;
        const int row = m_cases.rowOf(key);
        for (const int at : columns)
            line += (at == columns.front() ? u""_s : u"\t"_s) + m_cases.index(row, at).data().toString();
        lines << line;
    }
    return lines.join(u'\n');
}

QString CaseTable::selectedNumbers() const {
    QStringList numbers;
    for (const auto key : selectedCases()) {
        if (numbers.size() >= kCopyLimit) break;
        numbers << m_cases.index(m_cases.rowOf(key), static_cast<int>(engine::CaseColumn::Number)).data().toString();
    }
    return numbers.join(u'\n');
}

void CaseTable::walk(int step) {
    if (m_cases.rowCount() == 0) return;
    const int row = std::clamp(currentIndex().row() + step, 0, m_cases.rowCount() - 1);
    choose(m_cases.keyAt(row));
}

void CaseTable::keyPressEvent(QKeyEvent* event) {
    const bool plain = event->modifiers() == Qt::NoModifier || event->modifiers() == Qt::KeypadModifier;
    if (plain) switch (event->key()) {
            case Qt::Key_J: walk(+1); return;
            case Qt::Key_K: walk(-1); return;
            case Qt::Key_Home: walk(-m_cases.rowCount()); return;
            case Qt::Key_End: walk(m_cases.rowCount()); return;
            case Qt::Key_Return:
            case Qt::Key_Enter:
                if (const auto key = currentCase()) Q_EMIT opened(key);
                return;
            default: break;
        }
    if (plain || event->modifiers() == Qt::ShiftModifier) {
        const QKeySequence pressed(event->keyCombination());
        if (m_selected > 1 && triggerLetter(m_lettersForSeveral, pressed)) return;
        if (triggerLetter(m_letters, pressed)) return;
    }
    QTableView::keyPressEvent(event);
}

bool CaseTable::triggerLetter(const QList<QAction*>& actions, const QKeySequence& pressed) {
    for (auto* action : actions)
        if (action->isEnabled() && action->shortcuts().contains(pressed)) {
            action->trigger();
            return true;
        }
    return false;
}

void CaseTable::leaveEvent(QEvent* event) {
    Q_EMIT hovered({});
    QTableView::leaveEvent(event);
}

void CaseTable::showEvent(QShowEvent* event) {
    QTableView::showEvent(event);
    tick();
}

void CaseTable::resizeEvent(QResizeEvent* event) {
    QTableView::resizeEvent(event);
    if (event->size().width() != event->oldSize().width()) fitTitle();
}

void CaseTable::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
    QTableView::currentChanged(current, previous);
    m_rest.start();
}

void CaseTable::selectionChanged(const QItemSelection& selected, const QItemSelection& deselected) {
    QTableView::selectionChanged(selected, deselected);
    int rows = 0;
    for (const auto& range : selectionModel()->selection()) rows += range.height();
    m_selected = rows;
    Q_EMIT selectionCountChanged(rows);
}

void CaseTable::keepPlace() {
    m_keptCurrent = currentCase();
    m_keptAll = m_selected > 1 && m_selected == m_cases.rowCount();
    m_keptSelection = m_keptAll || m_selected > kKeptRows ? std::vector<CaseKey>{} : selectedCases();
}

// A selection in very many pieces would cost more than it is worth.
std::optional<QItemSelection> CaseTable::rowsOf(const std::vector<CaseKey>& cases) const {
    QItemSelection runs;
    const int last = m_cases.columnCount() - 1;
    if (cases.size() == 1) {
        if (const int row = m_cases.rowOf(cases.front()); row >= 0)
            runs.select(m_cases.index(row, 0), m_cases.index(row, last));
        return runs;
    }
    const std::unordered_set<CaseKey> wanted(cases.begin(), cases.end());
    int began = -1;
    for (int row = 0; row <= m_cases.rowCount(); ++row) {
        const bool here = row < m_cases.rowCount() && wanted.contains(m_cases.keyAt(row));
        if (here && began < 0) began = row;
        if (here || began < 0) continue;
        runs.append(QItemSelectionRange(m_cases.index(began, 0), m_cases.index(row - 1, last)));
        began = -1;
        if (runs.size() > kKeptRuns) return std::nullopt;
    }
    return runs;
}

bool CaseTable::select(const std::vector<CaseKey>& cases, bool beside) {
    const auto runs = rowsOf(cases);
    if (!runs) return false;
    int top = -1;
    for (const auto& run : *runs) top = top < 0 ? run.top() : std::min(top, run.top());
    if (top >= 0) {
        selectionModel()->setCurrentIndex(m_cases.index(top, 0), QItemSelectionModel::NoUpdate);
        scrollTo(m_cases.index(top, 0));
    }
    selectionModel()->select(*runs, beside ? QItemSelectionModel::Select : QItemSelectionModel::ClearAndSelect);
    return true;
}

// Selected cases are selected again wherever they stand now.
void CaseTable::restorePlace() {
    QItemSelection again;
    if (std::exchange(m_keptAll, false) && m_cases.rowCount() > 0) {
        again.select(m_cases.index(0, 0), m_cases.index(m_cases.rowCount() - 1, m_cases.columnCount() - 1));
    } else if (!m_keptSelection.empty()) {
        again = rowsOf(m_keptSelection).value_or(QItemSelection());
    }
    if (const int row = m_keptCurrent ? m_cases.rowOf(m_keptCurrent) : -1; row >= 0)
        selectionModel()->setCurrentIndex(m_cases.index(row, 0), QItemSelectionModel::NoUpdate);
    if (!again.isEmpty()) selectionModel()->select(again, QItemSelectionModel::ClearAndSelect);
    if (const auto at = currentIndex(); at.isValid()) scrollTo(at);
    m_rest.start();
    updateEmpty();
    tick();
}

// Only words change with time: repaint, read nothing again, and sleep until the next of them is due to change.
void CaseTable::tick() {
    viewport()->update();
    if (m_cases.rowCount() == 0) return;
    const auto now = m_bridge.shownAt();
    auto stay = std::chrono::duration_cast<Millis>(kLongestTick);
    const int first = std::max(0, rowAt(0));
    const int last = rowAt(viewport()->height() - 1) < 0 ? m_cases.rowCount() - 1 : rowAt(viewport()->height() - 1);
    for (int row = first; row <= std::min(last, first + 200); ++row) {
        const auto* one = m_cases.caseAt(row);
        if (!one) continue;
        if (one->clock.due && one->clock.settled == SlaState::OnTrack)
            stay = std::min(stay, wordsStayFor(one->clock.due - now));
        stay = std::min(stay, wordsStayFor(one->requestedAt - now));
    }
    m_tick.start(std::max(stay, Millis{1000}));
}

void CaseTable::updateEmpty() { m_empty->setVisible(m_cases.rowCount() == 0); }

}  // namespace wl::ui
