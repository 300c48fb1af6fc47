// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/signals/figure_dialog.hpp"

#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

#include <set>

#include "ui/kit/look.hpp"
#include "ui/kit/theme.hpp"
#include "ui/models/error_words.hpp"
#include "ui/models/pattern_feed.hpp"

namespace wl::ui {

using namespace Qt::StringLiterals;
using namespace rules::signals;

namespace {

QString row(const QString& name, const QString& value) {
    return u"<tr><td style='padding-right:16px'>%1</td><td>%2</td></tr>"_s.arg(name.toHtmlEscaped(),
                                                                               value.toHtmlEscaped());
}
QString count(std::int64_t n) { return QLocale().toString(static_cast<qlonglong>(n)); }

/// Sorts by the number, not by its words.
class NumberItem final : public QTableWidgetItem {
public:
    NumberItem(const QString& words, double number) : QTableWidgetItem(words) {
        setData(Qt::UserRole, number);
        setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    }
    bool operator<(const QTableWidgetItem& other) const override {
        return data(Qt::UserRole).toDouble() < other.data(Qt::UserRole).toDouble();
    }
};

}  // namespace

FigureDialog::FigureDialog(SignalsFeed& feed, FigureKind kind, const CodeNames& names, std::optional<double> target,
                           QWidget* parent)
    : QDialog(parent), m_feed(feed), m_kind(kind), m_names(names), m_text(new QLabel(this)), m_said(new QLabel(this)),
      m_table(new QTableWidget(this)), m_all(new QPushButton(tr("Show the &cases"), this)),
      m_counted(new QPushButton(this)), m_others(new QPushButton(this)) {
    setObjectName(u"figureDialog"_s);
    setWindowTitle(tr("How this figure was made: %1").arg(figureTitle(kind)));
    resize(grid(190), grid(170));
    auto* all = new QVBoxLayout(this);
    all->setSpacing(grid(2));
    m_text->setObjectName(u"figureText"_s);
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::RichText);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    all->addWidget(m_text);
    m_table->setObjectName(u"figureGroups"_s);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->verticalHeader()->hide();
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    m_table->setToolTip(tr("Enter shows the cases of a line"));
    all->addWidget(m_table, 1);
    m_said->setObjectName(u"figureSaid"_s);
    makeQuiet(m_said);
    all->addWidget(m_said);

    const auto unit = figureSpec(kind).unit;
    if (unit == Unit::Share || unit == Unit::Days || unit == Unit::Hours) {
        auto* form = new QFormLayout;
        auto* goal = new QDoubleSpinBox(this);
        goal->setObjectName(u"figureTarget"_s);
        goal->setRange(0, unit == Unit::Share ? 100 : 9'999);
        goal->setDecimals(1);
        goal->setSuffix(unit == Unit::Share ? tr(" %") : unit == Unit::Days ? tr(" d") : tr(" h"));
        goal->setSpecialValueText(tr("none"));
        const double scale = unit == Unit::Share ? 100 : 1;
        goal->setValue(target.value_or(0) * scale);
        connect(goal, &QDoubleSpinBox::valueChanged, this, [this, scale](double value) {
            Q_EMIT targetChanged(value > 0 ? std::optional(value / scale) : std::nullopt);
        });
        form->addRow(tr("&Target, a line in the chart over time"), goal);
        all->addLayout(form);
    }

    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    m_all->setObjectName(u"figureCases"_s);
    m_counted->setObjectName(u"figureCounted"_s);
    m_others->setObjectName(u"figureOthers"_s);
    for (auto* button : {m_all, m_counted, m_others}) buttons->addButton(button, QDialogButtonBox::ActionRole);
    m_counted->setText(kind == FigureKind::OnTime ? tr("Those in &time") : tr("Those that came &back"));
    m_others->setText(kind == FigureKind::OnTime ? tr("The &late ones") : tr("Those that &did not"));
    m_counted->setVisible(unit == Unit::Share);
    m_others->setVisible(unit == Unit::Share);
    all->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    const auto title = figureTitle(kind);
    connect(m_all, &QPushButton::clicked, this, [this, title] { ask({}, title, Which::All); });
    connect(m_counted, &QPushButton::clicked, this, [this, title] { ask({}, title, Which::Counted); });
    connect(m_others, &QPushButton::clicked, this, [this, title] { ask({}, title, Which::Others); });
    connect(m_table, &QTableWidget::cellActivated, this, [this, title](int at, int) {
        const auto* item = m_table->item(at, 0);
        ask(item->data(Qt::UserRole + 1).toString().toStdString(), u"%1: %2"_s.arg(title, item->text()), Which::All);
    });
    connect(&feed, &SignalsFeed::counted, this, [this](const QList<int>& kinds) {
        if (kinds.contains(static_cast<int>(m_kind))) fill();
    });
    fill();
    m_all->setDefault(true);
}

void FigureDialog::fill() {
    const auto* figure = m_feed.figure(m_kind);
    if (!figure) return m_text->setText(tr("Counting…"));
    const auto& f = figure->now;
    QString rows = row(tr("Value"), figureValue(f));
    if (f.unit == Unit::Share) {
        rows += row(tr("Numerator"), count(f.numerator));
        rows += row(tr("Denominator"), count(f.denominator));
    } else {
        rows += row(f.unit == Unit::Messages   ? tr("Messages counted (n)")
                    : f.unit == Unit::Patterns ? tr("Patterns counted (n)")
                                               : tr("Cases counted (n)"),
                    count(f.n));
    }
    for (const auto& p : f.parts) {
        const bool share =
            p.name == "finished_only" || p.name == "closed_without_hand_off" || p.name == "share_kept_back";
        const auto value = share ? unitValue(Unit::Share, p.value)
                                 : unitValue(p.name == "p90" || p.name == "oldest" ? f.unit : Unit::Cases, p.value);
        rows += row(partWord(p.name),
                    share ? tr("%1 (%2 of %3)").arg(value, count(p.numerator), count(p.denominator)) : value);
    }
    rows += row(tr("Period"), tr("%1, %2").arg(periodWords(f, m_names.zone()), QString::fromUtf8(m_names.zone().id())));
    for (const auto& e : f.exclusions)
        rows += row(tr("Not counted"), u"%1 %2"_s.arg(count(e.n), exclusionWord(e.name)));
    if (f.kind != FigureKind::AtRisk && f.kind != FigureKind::HotSpots)
        rows += row(tr("The period before"), figureValue(figure->before));
    if (figure->city) rows += row(tr("The whole city"), figureValue(*figure->city));
    QStringList unusual;
    for (const auto& day : figure->usual)
        if (day.unusual) unusual << unusualWords(day, m_names.zone());
    if (!figure->usual.empty()) rows += row(tr("Unusual days"), unusual.isEmpty() ? tr("none") : unusual.join(u"; "_s));
    auto formula = figureFormula(m_kind);
    if (!figure->usual.empty())
        formula +=
            u' ' + tr("A day is unusual more than three spreads from the median of the same weekday in the eight "
                      "weeks before it; days with fewer than 20 cases in those weeks are not judged.");
    m_text->setText(u"<p>%1</p><table>%2</table>"_s.arg(formula.toHtmlEscaped(), rows));

    const bool medians = f.unit == Unit::Days || f.unit == Unit::Hours, fair = f.kind == FigureKind::Fairness;
    QStringList heads{byWord(f.by), tr("Value"), tr("n")};
    if (f.unit == Unit::Share) heads << tr("Numerator") << tr("Denominator");
    if (medians && f.by != By::Band) heads << tr("90 in 100 by");
    if (fair) heads << tr("95 in 100 between");
    if (f.kind == FigureKind::Workload) heads << tr("A day");
    if (f.kind == FigureKind::HotSpots) heads << tr("Surprise") << tr("The like comes up");
    const auto kept = m_table->currentRow();
    m_table->setSortingEnabled(false);
    m_table->setColumnCount(static_cast<int>(heads.size()));
    m_table->setHorizontalHeaderLabels(heads);
    m_table->setRowCount(static_cast<int>(f.groups.size()));
    const auto digits = tabular(font());
    for (int at = 0; at < m_table->rowCount(); ++at) {
        const auto& g = f.groups[static_cast<std::size_t>(at)];
        auto* name = new QTableWidgetItem(groupLabel(f, g, m_names));
        name->setData(Qt::UserRole + 1, QString::fromStdString(g.key));
        auto value = groupValue(f, g);
        if (g.few && !isCount(f.unit)) value = tr("%1 (few)").arg(value);
        QList<QTableWidgetItem*> cells{name, new NumberItem(value, g.value),
                                       new NumberItem(count(g.n), static_cast<double>(g.n))};
        if (f.unit == Unit::Share)
            cells << new NumberItem(count(g.numerator), static_cast<double>(g.numerator))
                  << new NumberItem(count(g.denominator), static_cast<double>(g.denominator));
        if (medians && f.by != By::Band) cells << new NumberItem(unitValue(f.unit, g.p90), g.p90);
        if (fair)
            cells << new NumberItem(
                g.n == 0 ? tr("too few cases")
                         : tr("%1 and %2").arg(QLocale().toString(g.low, 'f', 2), QLocale().toString(g.high, 'f', 2)),
                g.low);
        if (f.kind == FigureKind::Workload)
            cells << new NumberItem(g.denominator > 0 ? count(g.denominator) : u"–"_s,
                                    static_cast<double>(g.denominator));
        if (f.kind == FigureKind::HotSpots)
            cells << new NumberItem(QLocale().toString(g.value, 'f', 1), g.value)
                  << new NumberItem(recurrenceWords(g.high), g.high);
        for (int column = 0; column < cells.size(); ++column) {
            if (column > 0) cells[column]->setFont(digits);
            m_table->setItem(at, column, cells[column]);
        }
    }
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_table->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    m_table->setSortingEnabled(true);
    if (kept >= 0 && kept < m_table->rowCount()) m_table->selectRow(kept);
    m_said->setText(f.groups.empty()  ? nothingWords(f, bool(m_feed.asOf()))
                    : isCount(f.unit) ? QString()
                                      : tr("Fewer than 20 cases rank nothing."));
    for (auto* button : {m_all, m_counted, m_others}) button->setEnabled(f.n > 0);
}

void FigureDialog::ask(std::optional<std::string> group, const QString& label, Which which) {
    m_said->setText(tr("Looking for the cases…"));
    m_feed.cases(m_kind, std::move(group), this, [this, label, which](const Result<engine::FiguresPtr>& figures) {
        if (!figures) return m_said->setText(errorWords(figures.error()).line());
        const auto& f = (*figures)->front();
        auto keys = which == Which::Counted ? f.counted : f.cases;
        if (which == Which::Others) {
            const std::set<CaseKey> counted(f.counted.begin(), f.counted.end());
            std::erase_if(keys, [&](CaseKey key) { return counted.contains(key); });
        }
        if (keys.empty()) return m_said->setText(tr("There are none."));
        accept();
        Q_EMIT casesWanted(keys, label);
    });
}

}  // namespace wl::ui
