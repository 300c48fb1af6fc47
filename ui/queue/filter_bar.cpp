// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/queue/filter_bar.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QToolButton>

#include <chrono>

#include "ui/kit/check_popup.hpp"
#include "ui/kit/chip.hpp"
#include "ui/kit/flow_layout.hpp"
#include "ui/kit/icons.hpp"
#include "ui/kit/look.hpp"
#include "ui/models/filter_words.hpp"
#include "ui/queue/day_span_popup.hpp"
#include "ui/queue/filter_choices.hpp"

namespace wl::ui {
namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
constexpr auto kTyping = 120ms;

}  // namespace

FilterBar::FilterBar(ConsoleBridge& bridge, QWidget* parent)
    : QWidget(parent), m_bridge(bridge), m_text(new QLineEdit(this)), m_add(new QToolButton(this)),
      m_menu(new QMenu(tr("Filter By"), this)), m_clear(new QToolButton(this)), m_ofNow(new QLabel(this)) {
    setObjectName(u"filterBar"_s);
    m_text->setObjectName(u"filterText"_s);
    m_text->setAccessibleName(tr("Filter this list by words"));
    m_text->setPlaceholderText(tr("Filter this list"));
    m_text->setClearButtonEnabled(true);
    m_text->addAction(themedIcon(u"view-filter"), QLineEdit::LeadingPosition);
    m_text->setFixedWidth(grid(56));
    m_add->setObjectName(u"filterAdd"_s);
    m_add->setText(tr("Add filter"));
    m_add->setAccessibleName(m_add->text());
    m_add->setIcon(themedIcon(u"list-add"));
    m_add->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_add->setAutoRaise(true);
    connect(m_add, &QToolButton::clicked, this, &FilterBar::offer);
    m_add->setFocusPolicy(Qt::TabFocus);
    m_clear->setObjectName(u"filterClear"_s);
    m_clear->setText(tr("Clear all"));
    m_clear->setAccessibleName(tr("Clear all filters"));
    m_clear->setAutoRaise(true);
    m_clear->setFocusPolicy(Qt::TabFocus);
    auto* flow = new FlowLayout(this, grid(1));
    flow->setContentsMargins(grid(2), grid(2), grid(2), grid(2));
    flow->addWidget(m_text);
    m_ofNow->setObjectName(u"filterOfNow"_s);
    m_ofNow->setText(tr("Words, titles and addresses are those of now"));
    makeQuiet(m_ofNow);
    flow->addWidget(m_ofNow);
    connect(&bridge, &ConsoleBridge::instantChanged, this, &FilterBar::showChips);
    flow->addWidget(m_add);
    flow->addWidget(m_clear);
    buildMenu();
    m_typing.setSingleShot(true);
    m_typing.setInterval(kTyping);
    connect(m_text, &QLineEdit::textChanged, &m_typing, qOverload<>(&QTimer::start));
    connect(&m_typing, &QTimer::timeout, this, [this] {
        const auto typed = m_text->text().simplified().toStdString();
        if (typed == m_filter.text) return;
        m_filter.text = typed;
        change();
    });
    connect(m_clear, &QToolButton::clicked, this, &FilterBar::clearAll);
    connect(&bridge, &ConsoleBridge::catalogueChanged, this, &FilterBar::showChips);
    showChips();
}

void FilterBar::buildMenu() {
    for (const auto& field : filterFields()) {
        auto* action = m_menu->addAction(field.title() + u"…"_s);
        action->setObjectName(u"filterBy_"_s + QString::fromUtf8(field.name));
        connect(action, &QAction::triggered, this, [this, &field] {
            const CodeNames names(m_bridge.catalogue(), m_bridge.engine().city());
            auto* popup =
                new CheckPopup(field.choices(names, m_bridge.agent()), field.get(m_filter), field.title(), this);
            connect(popup, &CheckPopup::ticked, this, [this, &field](const QStringList& codes) {
                field.set(m_filter, codes);
                change();
            });
            popup->openUnder(m_add);
        });
    }
    m_menu->addSeparator();
    const auto span = [this](const QString& title, const QString& name, Instant engine::CaseFilter::* from,
                             Instant engine::CaseFilter::* to) {
        auto* action = m_menu->addAction(title + u"…"_s);
        action->setObjectName(u"filterBy_"_s + name);
        connect(action, &QAction::triggered, this, [this, from, to, title] { pickSpan(from, to, title); });
    };
    using F = engine::CaseFilter;
    span(tr("Requested"), u"requested"_s, &F::requestedFrom, &F::requestedTo);
    span(tr("Due"), u"due"_s, &F::dueFrom, &F::dueTo);
    span(tr("Updated"), u"updated"_s, &F::updatedFrom, &F::updatedTo);
    span(tr("Closed"), u"closed"_s, &F::closedFrom, &F::closedTo);
}

void FilterBar::pickSpan(Instant engine::CaseFilter::* from, Instant engine::CaseFilter::* to, const QString& title) {
    const CodeNames names(m_bridge.catalogue(), m_bridge.engine().city());
    auto* popup = new DaySpanPopup(m_filter.*from, m_filter.*to, m_bridge.now(), names.zone(), title, this);
    connect(popup, &DaySpanPopup::chosen, this, [this, from, to](Instant first, Instant end) {
        m_filter.*from = first;
        m_filter.*to = end;
        change();
    });
    popup->openUnder(m_add);
}

void FilterBar::setFilter(engine::CaseFilter filter) {
    if (filter == m_filter) return;
    m_filter = std::move(filter);
    change();
}

void FilterBar::clearAll() { setFilter({}); }

void FilterBar::focusText() {
    m_text->setFocus(Qt::ShortcutFocusReason);
    m_text->selectAll();
}

void FilterBar::offer() { m_menu->popup(m_add->mapToGlobal(QPoint(0, m_add->height()))); }

void FilterBar::change() {
    showChips();
    Q_EMIT filterChanged(m_filter);
}

void FilterBar::showChips() {
    m_typing.stop();
    if (const auto words = QString::fromStdString(m_filter.text); m_text->text().simplified() != words)
        m_text->setText(words);
    m_typing.stop();
    m_ofNow->setVisible(bool(m_bridge.asOf()) && !m_filter.text.empty());
    for (auto* chip : m_chips) chip->deleteLater();
    m_chips.clear();
    auto shown = m_filter;
    shown.text.clear();  // the text stands in its own field
    layout()->removeWidget(m_clear);
    for (const auto& one : filterChips(shown, CodeNames(m_bridge.catalogue(), m_bridge.engine().city()))) {
        auto* chip = new Chip(one.text, this);
        chip->setObjectName(u"filterChip"_s);
        connect(chip, &Chip::clicked, this, [this, clear = one.clear] {
            clear(m_filter);
            change();
        });
        layout()->addWidget(chip);
        chip->show();
        m_chips.push_back(chip);
    }
    layout()->addWidget(m_clear);
    m_clear->setVisible(!isEmpty());
    updateGeometry();
}

}  // namespace wl::ui
