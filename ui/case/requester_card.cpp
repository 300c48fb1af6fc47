// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/case/requester_card.hpp"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QToolButton>

#include <algorithm>

#include "ui/kit/look.hpp"
#include "ui/kit/sla_style.hpp"
#include "ui/kit/tone_label.hpp"
#include "ui/models/person_search.hpp"
#include "ui/models/time_words.hpp"
#include "ui/models/value_words.hpp"
#include "ui/models/vocab_words.hpp"

namespace wl::ui {
namespace {

using namespace Qt::StringLiterals;

constexpr std::size_t kMostCases = 3;

}  // namespace

RequesterCard::RequesterCard(ConsoleBridge& bridge, QWidget* parent)
    : QWidget(parent), m_bridge(bridge), m_name(new QToolButton), m_flags(new ToneLabel), m_contacts(new QVBoxLayout),
      m_cases(new QVBoxLayout) {
    setObjectName(u"requesterCard"_s);
    m_name->setObjectName(u"requesterName"_s);
    m_name->setAutoRaise(true);
    m_name->setFont(strongFont(font()));
    m_name->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_name->setIcon(QIcon::fromTheme(u"user-identity"_s));
    m_name->setFocusPolicy(Qt::TabFocus);
    m_flags->setObjectName(u"requesterFlags"_s);
    connect(m_name, &QToolButton::clicked, this, [this] {
        if (!m_person.isNull()) Q_EMIT openPerson(m_person);
    });
    auto* top = new QHBoxLayout;
    top->setSpacing(grid(2));
    top->addWidget(m_name);
    top->addWidget(m_flags);
    top->addStretch();
    for (auto* list : {m_contacts, m_cases}) list->setSpacing(0);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(grid(2), grid(1), grid(3), grid(1));
    all->setSpacing(0);
    all->addLayout(top);
    all->addLayout(m_contacts);
    all->addLayout(m_cases);
}

void RequesterCard::clear(QLayout& layout) {
    while (auto* item = layout.takeAt(0)) {
        if (item->widget()) item->widget()->hide(), item->widget()->deleteLater();
        delete item;
    }
}

QToolButton* RequesterCard::link(const QString& text, const QString& icon, const QString& name) {
    auto* button = new QToolButton;
    button->setObjectName(name);
    button->setText(text);
    button->setAccessibleName(text);
    button->setAutoRaise(true);
    button->setIcon(QIcon::fromTheme(icon));
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

void RequesterCard::show(const PersonId& person, CaseKey except) {
    m_person = person;
    clear(*m_contacts);
    clear(*m_cases);
    m_flags->clear();
    m_name->setEnabled(!person.isNull());
    if (person.isNull()) {
        m_name->setText(tr("Anonymous"));
        return;
    }
    const auto view = m_bridge.reader().person(person);
    if (!view) {
        m_name->setText(tr("A citizen whose record is not on this console"));
        return;
    }
    const auto name = fromText(view->state.text(PersonField::Name));
    m_name->setText(name.isEmpty() ? tr("Name not known") : name);
    m_name->setToolTip(tr("Open the citizen's record (U)"));
    QStringList flags;
    if (asInt(view->state.value(PersonField::DoNotContact)) != 0) flags << tr("do not contact");
    if (asInt(view->state.value(PersonField::Protected)) != 0) flags << tr("protected record");
    m_flags->setText(flags.join(u", "_s));
    int n = 0;
    for (const auto& contact : view->state.contacts) {
        auto* button = link(contactWords(contact, *m_bridge.catalogue()), contactKindIconName(contact.kind),
                            u"requesterContact%1"_s.arg(n++));
        button->setToolTip(tr("%1, copy").arg(contactKindWord(contact.kind)));
        connect(button, &QToolButton::clicked, this, [this, text = button->text()] {
            QGuiApplication::clipboard()->setText(text);
            Q_EMIT told(tr("Copied %1").arg(text));
        });
        m_contacts->addWidget(button, 0, Qt::AlignLeft);
    }
    showCases(except);
}

void RequesterCard::showCases(CaseKey except) {
    const auto keys = m_bridge.reader().casesOf(m_person, 100);
    if (!keys) return;
    auto rows = m_bridge.shownRows(*keys);
    if (!rows) return;
    std::erase_if(*rows, [except](const store::CaseRow& row) { return row.key == except || !isOpen(row.status); });
    const auto catalogue = m_bridge.catalogue();
    for (std::size_t i = 0; i < std::min(rows->size(), kMostCases); ++i) {
        const auto& row = (*rows)[i];
        auto* button =
            link(tr("%1 · %2 · %3")
                     .arg(fromText(row.number), fromText(catalogue->serviceName(row.service)), statusWord(row.status)),
                 slaIconName(slaStateAt(row.clock, m_bridge.shownAt())), u"requesterCase%1"_s.arg(i));
        button->setToolTip(tr("Open this case of the same citizen"));
        connect(button, &QToolButton::clicked, this, [this, key = row.key] { Q_EMIT openCase(key); });
        m_cases->addWidget(button, 0, Qt::AlignLeft);
    }
    if (rows->size() > kMostCases) {
        auto* more = link(tr("and %n more open", nullptr, static_cast<int>(rows->size() - kMostCases)),
                          u"view-list-details"_s, u"requesterMore"_s);
        connect(more, &QToolButton::clicked, this, [this] { Q_EMIT openPerson(m_person); });
        m_cases->addWidget(more, 0, Qt::AlignLeft);
    }
}

}  // namespace wl::ui
