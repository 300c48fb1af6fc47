// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/signals/signals_panel.hpp"

#include <QComboBox>
#include <QDateEdit>
#include <QElapsedTimer>
#include <QGridLayout>
#include <QLabel>
#include <QMenu>
#include <QScrollArea>
#include <QSlider>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

#include "ui/kit/icons.hpp"
#include "ui/kit/look.hpp"
#include "ui/models/error_words.hpp"
#include "ui/models/time_words.hpp"
#include "ui/models/value_words.hpp"
#include "ui/shell/window_memory.hpp"
#include "ui/signals/figure_dialog.hpp"

namespace wl::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int kCell = 52;      // height of a cell in grid steps
constexpr int kWidest = 4;     // cells in a row
constexpr int kDaysBack = 365;
constexpr qint64 kTurn = 1'000'000;  // ns

using Usual = SignalPeriod::Usual;

QDate dateOf(Instant at, const QTimeZone& zone) { return QDateTime::fromMSecsSinceEpoch(at.ms, zone).date(); }
Instant startOf(const QDate& day, const QTimeZone& zone) { return {day.startOfDay(zone).toMSecsSinceEpoch()}; }

}  // namespace

SignalsPanel::SignalsPanel(ConsoleBridge& bridge, WindowMemory& memory, QWidget* parent)
    : QWidget(parent), m_bridge(bridge), m_memory(memory), m_feed(bridge), m_schedule(bridge, memory, this),
      m_period(new QComboBox(this)), m_department(new QComboBox(this)), m_area(new QComboBox(this)),
      m_service(new QComboBox(this)), m_from(new QDateEdit(this)), m_to(new QDateEdit(this)),
      m_asOf(new QDateEdit(this)), m_back(new QSlider(Qt::Horizontal, this)), m_now(new QToolButton(this)),
      m_add(new QToolButton(this)), m_report(new QToolButton(this)), m_past(new QLabel(this)),
      m_addMenu(new QMenu(this)), m_scroll(new QScrollArea(this)), m_board(new QWidget),
      m_grid(new QGridLayout(m_board)) {
    setObjectName(u"signalsPanel"_s);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(grid(2), grid(2), grid(2), grid(2));
    all->setSpacing(grid(2));
    buildBar();
    m_scroll->setObjectName(u"signalsBoard"_s);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setSpacing(grid(2));
    m_scroll->setWidget(m_board);
    all->addWidget(m_scroll, 1);

    m_nextTile.setSingleShot(true);
    connect(&m_nextTile, &QTimer::timeout, this, &SignalsPanel::drawNext);
    connect(&m_feed, &SignalsFeed::counted, this, &SignalsPanel::refresh);
    connect(&m_feed, &SignalsFeed::failed, this, [this](const Error& error) {
        for (auto* one : m_tiles) one->fail(errorWords(error).line());
    });
    // Looking back in the whole window goes before the day that is set here.
    connect(&bridge, &ConsoleBridge::instantChanged, this, [this] {
        const bool past = bool(m_bridge.asOf());
        for (auto* one : {static_cast<QWidget*>(m_asOf), static_cast<QWidget*>(m_back)}) one->setEnabled(!past);
        if (past) m_now->setEnabled(false);
        else takeAsOf(m_asOf->date());
    });
    connect(&m_schedule, &ReportSchedule::told, this, &SignalsPanel::told);
    QMetaObject::invokeMethod(&m_schedule, &ReportSchedule::check, Qt::QueuedConnection);
    connect(&bridge, &ConsoleBridge::agentChanged, this, [this] {
        load();
        rebuild();
    });
    connect(&bridge, &ConsoleBridge::catalogueChanged, this, &SignalsPanel::fillChoices);
    fillChoices();
    load();
    rebuild();
}

CodeNames SignalsPanel::names() const { return {m_bridge.catalogue(), m_bridge.engine().city()}; }

void SignalsPanel::buildBar() {
    const auto name = [](QWidget* widget, const char* id, const QString& words) {
        widget->setObjectName(QString::fromLatin1(id));
        widget->setAccessibleName(words);
        widget->setToolTip(words);
    };
    name(m_period, "signalsPeriod", tr("Period"));
    const std::pair<QString, Usual> periods[] = {
        {tr("Today"), Usual::Today},          {tr("Last 7 days"), Usual::Week},   {tr("Last 30 days"), Usual::Month},
        {tr("Last 90 days"), Usual::Quarter}, {tr("Last 365 days"), Usual::Year}, {tr("This month"), Usual::ThisMonth},
        {tr("Last month"), Usual::LastMonth}, {tr("From … to …"), Usual::Days}};
    for (const auto& [words, usual] : periods) m_period->addItem(words, static_cast<int>(usual));
    m_period->setCurrentIndex(2);
    name(m_from, "signalsFrom", tr("First day"));
    name(m_to, "signalsTo", tr("Last day"));
    name(m_asOf, "signalsAsOf", tr("As things stood at the end of this day"));
    const auto zone = zoneOf(*m_bridge.catalogue());
    const auto today = dateOf(m_bridge.now(), zone);
    m_from->setDate(today.addDays(-29));
    for (auto* day : {m_from, m_to, m_asOf}) {
        day->setCalendarPopup(true);
        day->setMaximumDate(today);
        if (day != m_from) day->setDate(today);
        day->setDisplayFormat(u"d MMM yyyy"_s);
    }
    m_from->hide(), m_to->hide();
    name(m_department, "signalsDepartment", tr("Department"));
    name(m_area, "signalsArea", tr("Area"));
    name(m_service, "signalsService", tr("Service"));
    for (auto* box : {m_department, m_area, m_service}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
        box->setMaximumWidth(grid(55));
        connect(box, &QComboBox::activated, this, &SignalsPanel::takeScope);
    }
    name(m_back, "signalsBack", tr("Days back from today"));
    m_back->setRange(-kDaysBack, 0);
    m_back->setPageStep(7);
    m_back->setFixedWidth(grid(40));
    name(m_now, "signalsNow", tr("As things stand now"));
    m_now->setText(tr("Now"));
    m_now->setEnabled(false);
    name(m_add, "signalsAdd", tr("Add a figure (Insert)"));
    m_add->setText(tr("Add a figure"));
    m_add->setIcon(themedIcon(u"list-add"));
    m_add->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_add->setPopupMode(QToolButton::InstantPopup);
    m_add->setMenu(m_addMenu);
    auto* insert = new QAction(tr("Add a figure"), this);
    insert->setShortcut(QKeySequence(Qt::Key_Insert));
    insert->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    addAction(insert);
    connect(insert, &QAction::triggered, m_add, &QToolButton::showMenu);
    name(m_report, "signalsReport", tr("A report of these figures: print, PDF or CSV (Ctrl+P)"));
    m_report->setText(tr("Report…"));
    m_report->setIcon(themedIcon(u"document-print"));
    m_report->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_report->setShortcut(QKeySequence(u"Ctrl+P"_s));
    connect(m_report, &QToolButton::clicked, this, &SignalsPanel::openReport);
    m_past->setObjectName(u"signalsPast"_s);
    m_past->setText(tr("As of"));

    auto* line = new QHBoxLayout;
    line->setSpacing(grid(2));
    for (auto* widget :
         {static_cast<QWidget*>(m_period), static_cast<QWidget*>(m_from), static_cast<QWidget*>(m_to),
          static_cast<QWidget*>(m_department), static_cast<QWidget*>(m_area), static_cast<QWidget*>(m_service)})
        line->addWidget(widget);
    line->addStretch(1);
    for (auto* widget : {static_cast<QWidget*>(m_past), static_cast<QWidget*>(m_back), static_cast<QWidget*>(m_asOf),
                         static_cast<QWidget*>(m_now), static_cast<QWidget*>(m_add), static_cast<QWidget*>(m_report)})
        line->addWidget(widget);
    qobject_cast<QVBoxLayout*>(layout())->addLayout(line);

    connect(m_period, &QComboBox::activated, this, &SignalsPanel::takePeriod);
    for (auto* day : {m_from, m_to})
        connect(day, &QDateEdit::dateChanged, this, [this] { takePeriod(m_period->currentIndex()); });
    connect(m_asOf, &QDateEdit::dateChanged, this, &SignalsPanel::takeAsOf);
    connect(m_back, &QSlider::valueChanged, this,
            [this](int days) { m_asOf->setDate(dateOf(m_bridge.now(), zoneOf(*m_bridge.catalogue())).addDays(days)); });
    connect(m_now, &QToolButton::clicked, this, [this] { m_back->setValue(0); });
    connect(m_addMenu, &QMenu::aboutToShow, this, &SignalsPanel::fillAddMenu);
}

void SignalsPanel::fillChoices() {
    const auto refill = [](QComboBox* box, const QString& all,
                           const std::vector<std::pair<QString, QString>>& choices) {
        const auto kept = box->currentData().toString();
        box->clear();
        box->addItem(all, QString());
        for (const auto& [code, words] : choices) box->addItem(words, code);
        box->setCurrentIndex(std::max(0, box->findData(kept)));
    };
    const auto known = m_bridge.catalogue();
    std::vector<std::pair<QString, QString>> departments, services, areas;
    for (const auto& d : known->departments()) departments.emplace_back(fromText(d.code), fromText(d.name));
    for (const auto& s : known->services()) services.emplace_back(fromText(s.code), fromText(s.name));
    const auto named = names();
    for (const auto& [code, words] : named.areas()) areas.emplace_back(fromText(code), words);
    refill(m_department, tr("All departments"), departments);
    refill(m_service, tr("All services"), services);
    refill(m_area, tr("The whole city"), areas);
}

void SignalsPanel::takeScope() {
    engine::SignalScope scope;
    const auto take = [](const QComboBox* box, std::vector<std::string>& codes) {
        if (box->currentIndex() > 0) codes = {box->currentData().toString().toStdString()};
    };
    take(m_department, scope.departments);
    take(m_area, scope.areas);
    take(m_service, scope.services);
    m_feed.setScope(std::move(scope));
}

void SignalsPanel::takePeriod(int index) {
    SignalPeriod period;
    period.usual = static_cast<Usual>(m_period->itemData(index).toInt());
    const bool days = period.usual == Usual::Days;
    m_from->setVisible(days);
    m_to->setVisible(days);
    if (days) {
        const auto zone = zoneOf(*m_bridge.catalogue());
        period.from = startOf(std::min(m_from->date(), m_to->date()), zone);
        period.to = startOf(std::max(m_from->date(), m_to->date()).addDays(1), zone);
    }
    m_feed.setPeriod(period);
    m_memory.set("signalsPeriod", QString::number(index));
}

void SignalsPanel::takeAsOf(const QDate& day) {
    const auto zone = zoneOf(*m_bridge.catalogue());
    const auto today = dateOf(m_bridge.now(), zone);
    const bool past = day < today;
    const QSignalBlocker quiet(m_back);
    m_back->setValue(static_cast<int>(std::max<qint64>(today.daysTo(day), -kDaysBack)));
    m_now->setEnabled(past);
    m_past->setFont(past ? strongFont(font()) : font());
    m_feed.setAsOf(past ? startOf(day.addDays(1), zone) - Millis{1} : Instant{});
}

void SignalsPanel::load() {
    const auto& agent = m_bridge.agent();
    m_places = tilesFromText(m_memory.text(("signals." + agent).c_str()));
    if (m_places.empty()) {
        const auto catalogue = m_bridge.catalogue();
        const auto* staff = catalogue->staff(agent);
        m_places = defaultTiles(staff ? staff->role : "manager");
    }
    bool known = false;
    if (const auto period = m_memory.text("signalsPeriod").toInt(&known); known && period < m_period->count() - 1) {
        m_period->setCurrentIndex(period);
        takePeriod(period);
    }
}

void SignalsPanel::keep() { m_memory.set(("signals." + m_bridge.agent()).c_str(), textOf(m_places)); }

void SignalsPanel::rebuild() {
    for (auto* old : m_tiles) {
        old->hide();
        old->deleteLater();
    }
    m_tiles.clear();
    QWidget* before = m_report;
    for (const auto& place : m_places) {
        const auto kind = place.kind;
        auto* one = new SignalTile(place, m_board);
        connect(one, &SignalTile::opened, this, [this, kind] { openFigure(kind); });
        connect(one, &SignalTile::casesWanted, this, [this, kind] { showCases(kind, {}); });
        connect(one, &SignalTile::groupWanted, this,
                [this, kind](const QString& key) { showCases(kind, key.toStdString()); });
        connect(one, &SignalTile::menuWanted, this, [this, kind](const QPoint& at) { tileMenu(kind, at); });
        connect(one, &SignalTile::keyed, this, [this, kind](int key, auto with) { keyed(kind, key, with); });
        if (const auto* figure = m_feed.figure(kind)) one->setFigure(*figure, names(), bool(m_feed.asOf()));
        setTabOrder(before, one);
        before = one;
        m_tiles.push_back(one);
    }
    lay();
    countKinds({});
}

// Those on the board, and one that is open without being there.
void SignalsPanel::countKinds(std::optional<FigureKind> open) {
    std::vector<FigureKind> kinds;
    for (const auto& place : m_places) kinds.push_back(place.kind);
    if (open) kinds.push_back(*open);
    m_feed.setKinds(kinds);
}

int SignalsPanel::columns() const { return std::clamp(width() / grid(85), 1, kWidest); }

void SignalsPanel::lay() {
    m_columns = columns();
    while (auto* item = m_grid->takeAt(0)) delete item;
    for (int i = 0; i < m_grid->columnCount(); ++i) m_grid->setColumnStretch(i, 0);
    for (int i = 0; i < m_grid->rowCount(); ++i) {
        m_grid->setRowMinimumHeight(i, 0);
        m_grid->setRowStretch(i, 0);
    }
    const auto cells = layTiles(m_places, m_columns);
    int rows = 0;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const auto& c = cells[i];
        m_tiles[i]->setFixedHeight(c.height * grid(kCell) + (c.height - 1) * grid(2));
        m_grid->addWidget(m_tiles[i], c.row, c.column, c.height, c.width);
        m_tiles[i]->show();
        rows = std::max(rows, c.row + c.height);
    }
    for (int i = 0; i < m_columns; ++i) m_grid->setColumnStretch(i, 1);
    for (int i = 0; i < rows; ++i) m_grid->setRowMinimumHeight(i, grid(kCell));
    m_grid->setRowStretch(rows, 1);
}

void SignalsPanel::refresh(const QList<int>& kinds) {
    for (const auto kind : kinds)
        if (!m_toDraw.contains(kind)) m_toDraw << kind;
    drawNext();
}

// A turn of the loop draws for a millisecond: a key that is pressed meanwhile waits for one chart at most.
void SignalsPanel::drawNext() {
    QElapsedTimer spent;
    spent.start();
    while (!m_toDraw.isEmpty() && spent.nsecsElapsed() < kTurn) {
        const auto kind = static_cast<FigureKind>(m_toDraw.takeFirst());
        auto* one = tile(kind);
        const auto* figure = m_feed.figure(kind);
        if (!one || !figure) continue;
        one->setFigure(*figure, names(), bool(m_feed.asOf()));
    }
    if (!m_toDraw.isEmpty()) m_nextTile.start();
}

SignalTile* SignalsPanel::tile(FigureKind kind) const {
    const auto at = std::ranges::find(m_tiles, kind, [](const SignalTile* t) { return t->place().kind; });
    return at == m_tiles.end() ? nullptr : *at;
}

std::size_t SignalsPanel::indexOf(FigureKind kind) const {
    return static_cast<std::size_t>(std::ranges::find(m_places, kind, &TilePlace::kind) - m_places.begin());
}

void SignalsPanel::focusFirst() {
    if (!m_tiles.empty()) m_tiles.front()->setFocus(Qt::OtherFocusReason);
}

void SignalsPanel::keyed(FigureKind kind, int key, Qt::KeyboardModifiers with) {
    const auto at = static_cast<int>(indexOf(kind)), last = static_cast<int>(m_tiles.size()) - 1;
    const auto to = [&](int index) {
        auto* one = m_tiles[static_cast<std::size_t>(std::clamp(index, 0, last))];
        one->setFocus(Qt::OtherFocusReason);
        m_scroll->ensureWidgetVisible(one);
    };
    const bool moving = (with & Qt::ControlModifier) != 0, tall = (with & Qt::ShiftModifier) != 0;
    const auto grow = [&](int by) {
        change(kind, [&](TilePlace& p) {
            if (tall) p.height = std::clamp(p.height + by, 1, 2);
            else p.width = std::clamp(p.width + by, 1, 3);
        });
    };
    switch (key) {
        case Qt::Key_Left: return moving ? move(kind, -1) : to(at - 1);
        case Qt::Key_Right: return moving ? move(kind, 1) : to(at + 1);
        case Qt::Key_Up: return moving ? move(kind, -m_columns) : to(at - m_columns);
        case Qt::Key_Down: return moving ? move(kind, m_columns) : to(at + m_columns);
        case Qt::Key_Home: return to(0);
        case Qt::Key_End: return to(last);
        case Qt::Key_Plus: return grow(1);
        case Qt::Key_Minus: return grow(-1);
        case Qt::Key_T:
            return change(kind, [](TilePlace& p) {
                p.mode = p.mode == TileChart::Mode::Time ? TileChart::Mode::Groups : TileChart::Mode::Time;
            });
        case Qt::Key_Delete: return remove(kind);
        default: return;
    }
}

void SignalsPanel::change(FigureKind kind, const std::function<void(TilePlace&)>& how) {
    const auto at = indexOf(kind);
    if (at >= m_places.size()) return;
    how(m_places[at]);
    m_tiles[at]->setPlace(m_places[at]);
    lay();
    if (const auto* figure = m_feed.figure(kind)) m_tiles[at]->setFigure(*figure, names(), bool(m_feed.asOf()));
    keep();
}

void SignalsPanel::move(FigureKind kind, int by) {
    const auto from = static_cast<int>(indexOf(kind)), last = static_cast<int>(m_places.size()) - 1;
    const auto to = std::clamp(from + by, 0, last);
    const auto shift = [&](auto& items) {
        auto one = items[static_cast<std::size_t>(from)];
        items.erase(items.begin() + from);
        items.insert(items.begin() + to, one);
    };
    shift(m_places);
    shift(m_tiles);
    lay();
    m_scroll->ensureWidgetVisible(m_tiles[static_cast<std::size_t>(to)]);
    keep();
}

void SignalsPanel::remove(FigureKind kind) {
    const auto at = indexOf(kind);
    m_places.erase(m_places.begin() + static_cast<std::ptrdiff_t>(at));
    rebuild();
    keep();
    if (!m_tiles.empty()) m_tiles[std::min(at, m_tiles.size() - 1)]->setFocus(Qt::OtherFocusReason);
    Q_EMIT told(tr("%1 was taken away; Insert puts it back.").arg(figureTitle(kind)));
}

void SignalsPanel::fillAddMenu() {
    m_addMenu->clear();
    for (const auto& spec : rules::signals::figureSpecs()) {
        if (indexOf(spec.kind) < m_places.size()) continue;
        auto* action = m_addMenu->addAction(figureTitle(spec.kind));
        connect(action, &QAction::triggered, this, [this, kind = spec.kind] {
            TilePlace place;
            place.kind = kind;
            m_places.push_back(place);
            rebuild();
            keep();
            m_tiles.back()->setFocus(Qt::OtherFocusReason);
        });
    }
    if (m_addMenu->isEmpty()) m_addMenu->addAction(tr("Every figure is on the board"))->setEnabled(false);
    m_addMenu->addSeparator();
    connect(m_addMenu->addAction(tr("&Begin again with the usual board")), &QAction::triggered, this, [this] {
        m_memory.set(("signals." + m_bridge.agent()).c_str(), QString());
        load();
        rebuild();
    });
}

void SignalsPanel::tileMenu(FigureKind kind, const QPoint& at) {
    QMenu menu(this);
    const auto add = [&](const QString& words, int key, Qt::KeyboardModifiers with = {}) {
        auto* action = menu.addAction(words);
        const QKeyCombination keys(with, static_cast<Qt::Key>(key));
        action->setText(words + u'\t' + QKeySequence(keys).toString(QKeySequence::NativeText));
        connect(action, &QAction::triggered, this, [this, kind, key, with] { keyed(kind, key, with); });
    };
    connect(menu.addAction(tr("&How this figure was made…\tEnter")), &QAction::triggered, this,
            [this, kind] { openFigure(kind); });
    connect(menu.addAction(tr("Show the &cases\tC")), &QAction::triggered, this, [this, kind] { showCases(kind, {}); });
    menu.addSeparator();
    add(tr("Over &time, or by group"), Qt::Key_T);
    add(tr("Move &left"), Qt::Key_Left, Qt::ControlModifier);
    add(tr("Move &right"), Qt::Key_Right, Qt::ControlModifier);
    add(tr("&Wider"), Qt::Key_Plus);
    add(tr("&Narrower"), Qt::Key_Minus);
    add(tr("T&aller"), Qt::Key_Plus, Qt::ShiftModifier);
    add(tr("&Lower"), Qt::Key_Minus, Qt::ShiftModifier);
    menu.addSeparator();
    add(tr("Take &away"), Qt::Key_Delete);
    menu.exec(at);
}

void SignalsPanel::openFigure(FigureKind kind) {
    const auto at = indexOf(kind);
    countKinds(kind);
    auto* dialog =
        new FigureDialog(m_feed, kind, names(), at < m_places.size() ? m_places[at].target : std::nullopt, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &FigureDialog::casesWanted, this, &SignalsPanel::casesWanted);
    connect(dialog, &QDialog::finished, this, [this] { countKinds({}); });
    connect(dialog, &FigureDialog::targetChanged, this,
            [this, kind](std::optional<double> target) { change(kind, [&](TilePlace& p) { p.target = target; }); });
    dialog->open();
}

void SignalsPanel::openReport() {
    std::vector<FigureKind> kinds;
    for (const auto& place : m_places) kinds.push_back(place.kind);
    auto* dialog = new ReportDialog(m_bridge, m_memory,
                                    planOf(m_feed, kinds, m_feed.before(m_feed.fullScope()), names()), names(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ReportDialog::scheduleChanged, &m_schedule, &ReportSchedule::check);
    dialog->open();
}

void SignalsPanel::showCases(FigureKind kind, std::optional<std::string> group) {
    m_feed.cases(kind, std::move(group), this, [this, kind](const Result<engine::FiguresPtr>& figures) {
        if (!figures) return Q_EMIT told(errorWords(figures.error()).line());
        const auto& keys = (*figures)->front().cases;
        if (keys.empty()) return Q_EMIT told(tr("There are no cases behind this figure."));
        Q_EMIT casesWanted(keys, figureTitle(kind));
    });
}

void SignalsPanel::showEvent(QShowEvent* event) {
    m_feed.setWatched(true);
    QWidget::showEvent(event);
}
void SignalsPanel::hideEvent(QHideEvent* event) {
    m_feed.setWatched(false);
    QWidget::hideEvent(event);
}
void SignalsPanel::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    if (columns() != m_columns) lay();
}

}  // namespace wl::ui
