// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/case/explain_dialog.hpp"

#include <QClipboard>
#include <QCoreApplication>
#include <QDialogButtonBox>
#include <QGuiApplication>
#include <QHeaderView>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

#include "rules/sla_explain.hpp"
#include "ui/kit/look.hpp"
#include "ui/kit/sla_style.hpp"
#include "ui/models/clock_words.hpp"
#include "ui/models/code_names.hpp"
#include "ui/models/field_labels.hpp"
#include "ui/models/time_words.hpp"
#include "ui/models/value_words.hpp"
#include "ui/models/vocab_words.hpp"

namespace wl::ui {

using namespace Qt::StringLiterals;

namespace {

using Kind = rules::ExplainedStretch::Kind;

// What a policy names and the case has.
QString becauseWords(const rules::SlaPolicy& policy, const CodeNames& names) {
    struct Words {
        Q_DECLARE_TR_FUNCTIONS(ExplainDialog)
    };
    QStringList out;
    const auto add = [&](const QString& what, const std::string& code, const QString& name) {
        if (!code.empty()) out << Words::tr("%1: %2").arg(what, name);
    };
    const auto label = [](CaseField field) { return fieldLabel(field); };
    add(label(CaseField::Service), policy.service, names.service(policy.service));
    add(Words::tr("Group"), policy.group, fromText(policy.group));
    add(label(CaseField::Crew), policy.crew, names.crew(policy.crew));
    add(label(CaseField::Department), policy.department, names.department(policy.department));
    if (policy.priority) out << Words::tr("%1: %2").arg(label(CaseField::Priority), priorityWord(*policy.priority));
    add(label(CaseField::Area), policy.area, names.area(policy.area));
    if (policy.validFrom) out << Words::tr("for requests from %1").arg(absoluteWords(policy.validFrom, names.zone()));
    return out.join(u", "_s);
}

QString policyNames(const std::vector<std::string>& codes, const rules::Catalogue& catalogue) {
    QStringList out;
    for (const auto& code : codes) {
        const auto known = std::ranges::find(catalogue.policies(), code, &rules::SlaPolicy::code);
        out << fromText(known == catalogue.policies().end() ? code : known->name);
    }
    return out.join(u", "_s);
}

}  // namespace

ExplainDialog::ExplainDialog(const QString& number, const CaseState& state, const DerivedCase& row,
                             const std::optional<engine::Forecast>& forecast, const CodeNames& names, Instant now,
                             QWidget* parent)
    : QDialog(parent), m_tree(new QTreeWidget) {
    setObjectName(u"explainDialog"_s);
    setWindowTitle(tr("Why case %1 is due when it is due").arg(number));
    m_tree->setObjectName(u"explainTree"_s);
    m_tree->setAccessibleName(windowTitle());
    m_tree->setColumnCount(4);
    m_tree->setHeaderLabels({tr("What"), tr("From"), tr("To"), tr("Counted")});
    m_tree->setAlternatingRowColors(true);
    m_tree->setUniformRowHeights(true);
    m_tree->setRootIsDecorated(true);
    fill(state, names, now);
    if (forecast && row.due && row.settled == SlaState::OnTrack) fillForecast(state, row, *forecast, names, now);
    for (int column = 0; column < 4; ++column)
        m_tree->header()->setSectionResizeMode(column,
                                               column == 0 ? QHeaderView::Stretch : QHeaderView::ResizeToContents);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    auto* copy = buttons->addButton(tr("Copy"), QDialogButtonBox::ActionRole);
    copy->setObjectName(u"explainCopy"_s);
    connect(copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(asText()); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* all = new QVBoxLayout(this);
    all->addWidget(m_tree);
    all->addWidget(buttons);
    resize(grid(240), grid(150));
    m_tree->setFocus();
}

void ExplainDialog::fill(const CaseState& state, const CodeNames& names, Instant now) {
    const auto& catalogue = names.catalogue();
    const auto& zone = names.zone();
    const auto line = [](QTreeWidgetItem* under, const QString& what, const QString& from = {}, const QString& to = {},
                         const QString& counted = {}) {
        auto* item = new QTreeWidgetItem(under, {what, from, to, counted});
        item->setTextAlignment(3, Qt::AlignRight | Qt::AlignVCenter);
        item->setFirstColumnSpanned(from.isEmpty());
    };
    for (const auto& e : rules::explainClocks(state, catalogue)) {
        const auto view = clockView(e.clock, catalogue, zone, now);
        auto* top =
            new QTreeWidgetItem(m_tree, {tr("%1: %2").arg(view.name, view.words), absoluteWords(e.clock.start, zone),
                                         absoluteWords(e.clock.due, zone), durationWords(e.counted)});
        top->setTextAlignment(3, Qt::AlignRight | Qt::AlignVCenter);
        top->setIcon(0, QIcon::fromTheme(slaIconName(view.state)));
        top->setFont(0, strongFont(font()));
        if (e.clock.policy) {
            const auto* target = rules::targetOf(*e.clock.policy, e.clock.kind);
            line(top,
                 tr("Policy: %1 (%2)").arg(fromText(e.clock.policy->name), target ? targetWords(*target) : QString()));
            const auto because = becauseWords(*e.clock.policy, names);
            line(top,
                 because.isEmpty() ? tr("It holds for everything") : tr("It names what the case has. %1").arg(because));
            if (!e.passedOver.empty()) line(top, tr("Less specific: %1").arg(policyNames(e.passedOver, catalogue)));
            const auto* calendar = catalogue.calendar(e.calendar);
            line(top, calendar ? tr("Calendar: %1 (%2)").arg(fromText(calendar->name), fromText(calendar->timeZone))
                               : tr("All time counts"));
        } else {
            line(top, tr("The due date came with the case or was set by hand"));
        }
        for (const auto& s : e.stretches) {
            const auto from = absoluteWords(s.from, zone);
            const auto to = s.to ? absoluteWords(s.to, zone) : tr("now");
            switch (s.kind) {
                case Kind::Counted: line(top, tr("Counts"), from, to, durationWords(s.counted)); break;
                case Kind::Paused: {
                    const auto* reason = catalogue.pauseReason(s.name);
                    line(top, tr("Paused: %1").arg(fromText(reason ? reason->name : s.name)), from, to);
                    break;
                }
                case Kind::Holiday: line(top, tr("Holiday: %1").arg(fromText(s.name)), from, to); break;
                case Kind::Closure: line(top, tr("Closed: %1").arg(fromText(s.name)), from, to); break;
            }
        }
        top->setExpanded(true);
    }
    if (m_tree->topLevelItemCount() == 0)
        new QTreeWidgetItem(m_tree,
                            {tr("No policy gives this case a target. A policy for its service or department does.")});
}

void ExplainDialog::fillForecast(const CaseState& state, const DerivedCase& row, const engine::Forecast& forecast,
                                 const CodeNames& names, Instant now) {
    const auto requested = state.instant(CaseField::RequestedAt);
    const bool late = forecast.middle.count() == 0 || requested + forecast.middle > row.due;
    auto* top =
        new QTreeWidgetItem(m_tree, {late ? tr("Forecast: more likely late than not") : tr("Forecast: in time")});
    top->setFirstColumnSpanned(true);
    top->setFont(0, strongFont(font()));
    top->setIcon(0, QIcon::fromTheme(slaIconName(slaStateAt(row, now))));
    auto lines = forecastWords(forecast, requested, names.zone());
    lines << tr("At risk from %1").arg(absoluteWords(row.warn, names.zone()));
    for (const auto& words : lines) (new QTreeWidgetItem(top, {words}))->setFirstColumnSpanned(true);
    top->setExpanded(true);
}

QString ExplainDialog::asText() const {
    QStringList lines;
    const auto add = [&](const QTreeWidgetItem* item, const QString& indent) {
        QStringList cells;
        for (int column = 0; column < 4; ++column)
            if (!item->text(column).isEmpty()) cells << item->text(column);
        lines << indent + cells.join(u" | "_s);
    };
    for (int i = 0; i < m_tree->topLevelItemCount(); ++i) {
        const auto* top = m_tree->topLevelItem(i);
        add(top, {});
        for (int k = 0; k < top->childCount(); ++k) add(top->child(k), u"  "_s);
    }
    return lines.join(u'\n');
}

}  // namespace wl::ui
