// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/top_bar.hpp"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QStyleOptionFrame>
#include <QToolButton>

#include <algorithm>

#include "ui/kit/choice_popup.hpp"
#include "ui/kit/icons.hpp"
#include "ui/kit/sla_style.hpp"
#include "domain/time_zone.hpp"
#include "ui/kit/theme.hpp"
#include "ui/models/sync_words.hpp"
#include "ui/models/time_words.hpp"

namespace wl::ui {
namespace {

using namespace Qt::StringLiterals;
constexpr int kGlyph = 12;

// Looks like a field and opens the search box, where the typing takes place.
class SearchField final : public QAbstractButton {
public:
    SearchField(const QString& text, QString keys, QWidget* parent) : QAbstractButton(parent), m_keys(std::move(keys)) {
        setText(text);
        setCursor(Qt::IBeamCursor);
        setFocusPolicy(Qt::TabFocus);
    }
    QSize sizeHint() const override { return {grid(90), grid(8)}; }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        QStyleOptionFrame frame;
        frame.initFrom(this);
        frame.lineWidth = 1;
        frame.state |= QStyle::State_Sunken;
        style()->drawPrimitive(QStyle::PE_PanelLineEdit, &frame, &painter, this);
        const auto line = rect().adjusted(grid(2), 0, -grid(2), 0);
        const auto quiet = quietText(palette());
        paintIcon(painter, {line.left(), (height() - kIconSide) / 2, kIconSide, kIconSide}, u"search"_s, quiet);
        painter.setPen(quiet);
        painter.drawText(line.adjusted(kIconSide + grid(2), 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, text());
        painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, m_keys);
    }

private:
    QString m_keys;
};

}  // namespace

VitalSign::VitalSign(QString queue, SlaState look, QWidget* parent)
    : QAbstractButton(parent), m_queue(std::move(queue)), m_look(look) {
    setObjectName(u"vital_"_s + m_queue);
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
}

void VitalSign::show(const QString& word, std::int64_t count, bool known) {
    m_count = known ? QLocale().toString(static_cast<qlonglong>(count)) : u"–"_s;
    m_calm = count == 0;
    setText(word);
    setAccessibleName(tr("%1: %2").arg(word, m_count));
    setToolTip(tr("Show the queue “%1”").arg(word));
    updateGeometry();
    update();
}

QSize VitalSign::sizeHint() const {
    const QFontMetrics number(tabular(headFont(font())));
    const int digits = std::max(number.horizontalAdvance(m_count), number.horizontalAdvance(u"000"_s));
    return {grid(2) + kGlyph + grid(2) + digits + grid(1) + fontMetrics().horizontalAdvance(text()) + grid(2), grid(8)};
}

void VitalSign::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool dark = isDark(palette());
    if (underMouse() || hasFocus()) {
        painter.setPen(hasFocus() ? QPen(palette().color(QPalette::Highlight), 1) : QPen(Qt::NoPen));
        painter.setBrush(raised(palette()));
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), grid(1), grid(1));
    }
    const auto quiet = quietText(palette());
    const auto ink = m_calm                     ? quiet
                     : m_look == SlaState::None ? palette().color(QPalette::WindowText)
                                                : slaColour(m_look, dark);
    int x = grid(2);
    const QRectF box(x, (height() - kGlyph) / 2.0, kGlyph, kGlyph);
    if (m_look == SlaState::None)
        paintIcon(painter, QRect(x - 2, (height() - kIconSide) / 2, kIconSide, kIconSide), u"user"_s, ink);
    else paintSlaGlyph(painter, box, m_look, ink);
    x += kGlyph + grid(2);
    painter.setFont(tabular(headFont(font())));
    painter.setPen(ink);
    const int digits = painter.fontMetrics().horizontalAdvance(m_count);
    painter.drawText(QRect(x, 0, digits + grid(1), height()), Qt::AlignLeft | Qt::AlignVCenter, m_count);
    x += digits + grid(1);
    painter.setFont(font());
    painter.setPen(quiet);
    painter.drawText(QRect(x, 0, width() - x, height()), Qt::AlignLeft | Qt::AlignVCenter, text());
}

void VitalSign::enterEvent(QEnterEvent* event) {
    QAbstractButton::enterEvent(event);
    update();
}

void VitalSign::leaveEvent(QEvent* event) {
    QAbstractButton::leaveEvent(event);
    update();
}

TopBar::TopBar(ConsoleBridge& bridge, const QueueListModel& queues, QAction* search, QWidget* parent)
    : QWidget(parent), m_bridge(bridge), m_queues(queues), m_answered(new QLabel(this)), m_sync(new QToolButton(this)),
      m_agent(new QToolButton(this)) {
    setObjectName(u"topBar"_s);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(grid(2), grid(1), grid(2), grid(1));
    row->setSpacing(grid(2));

    auto* find = new SearchField(tr("Search cases, people, commands"),
                                 search->shortcut().toString(QKeySequence::NativeText), this);
    find->setObjectName(u"topSearch"_s);
    find->setAccessibleName(find->text());
    connect(find, &QAbstractButton::clicked, search, &QAction::trigger);
    row->addWidget(find);
    row->addSpacing(grid(4));

    for (const auto& [queue, look] :
         {std::pair(u"unassigned"_s, SlaState::None), std::pair(u"at_risk"_s, SlaState::AtRisk),
          std::pair(u"breached"_s, SlaState::Breached)}) {
        auto* sign = new VitalSign(queue, look, this);
        connect(sign, &VitalSign::clicked, this, [this, sign] { Q_EMIT queueWanted(sign->queue()); });
        row->addWidget(sign);
        m_vitals << sign;
    }
    m_answered->setObjectName(u"vital_first_response"_s);
    m_answered->setForegroundRole(QPalette::PlaceholderText);
    row->addWidget(m_answered);
    row->addStretch(1);

    m_sync->setObjectName(u"syncMark"_s);
    m_sync->setAutoRaise(true);
    m_sync->setFocusPolicy(Qt::TabFocus);
    m_sync->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    connect(m_sync, &QToolButton::clicked, this, &TopBar::consolesWanted);
    connect(&bridge, &ConsoleBridge::syncChanged, this, &TopBar::showSync);
    showSync();
    row->addWidget(m_sync);

    m_agent->setObjectName(u"agentSelector"_s);
    m_agent->setAutoRaise(true);
    m_agent->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_agent->setIcon(themedIcon(u"user-identity"));
    m_agent->setPopupMode(QToolButton::InstantPopup);
    m_agent->setToolTip(tr("Who works at this console; edits are signed with this name"));
    m_agent->setFocusPolicy(Qt::TabFocus);
    connect(m_agent, &QToolButton::clicked, this, &TopBar::chooseAgent);
    row->addWidget(m_agent);

    connect(&queues, &QueueListModel::counted, this, &TopBar::refresh);
    connect(&queues, &QueueListModel::redefined, this, &TopBar::refresh);
    refresh();
}

void TopBar::refresh() {
    for (auto* sign : std::as_const(m_vitals))
        if (const auto* queue = m_queues.entry(sign->queue()))
            sign->show(queue->name, queue->tally.total, m_queues.isCounted());
    const auto& zone = m_bridge.catalogue()->timeZone();
    const auto midnight = zone.toUtc(LocalTime::of(zone.toLocal(m_bridge.now()).day()));
    m_answered->setVisible(!m_bridge.asOf());  // it is known of now alone; Signals has it of any day
    const auto answered = m_bridge.reader().firstResponsesSince(midnight);
    if (!answered || answered->count == 0) m_answered->setText(tr("No first answer yet today"));
    else m_answered->setText(tr("First answer after %1").arg(durationWords(answered->median)));
    m_answered->setToolTip(
        tr("Median over the cases first answered today by a person (%1), from the request to the answer")
            .arg(QLocale().toString(static_cast<qulonglong>(answered ? answered->count : 0))));
    m_agent->setText(QString::fromStdString(m_bridge.catalogue()->staffName(m_bridge.agent())));
    m_agent->setAccessibleName(tr("Agent: %1").arg(m_agent->text()));
}

void TopBar::showSync() {
    const auto mark = syncMark(*m_bridge.sync(), m_bridge.now());
    m_sync->setIcon(themedIcon(mark.icon));
    m_sync->setText(mark.text);
    m_sync->setFont(mark.worry ? strongFont(font()) : font());
    m_sync->setAccessibleName(tr("Consoles: %1").arg(mark.text));
    m_sync->setToolTip(mark.tip);
}

void TopBar::chooseAgent() {
    auto choices = staffChoices(*m_bridge.catalogue(), m_bridge.agent(), {});
    if (choices.empty()) {
        m_agent->setToolTip(tr("The catalogue has no staff yet"));
        return;
    }
    auto* popup = new ChoicePopup(std::move(choices), tr("Who works here?"), this);
    connect(popup, &ChoicePopup::chosen, this, &TopBar::agentChosen);
    popup->openUnder(m_agent, QString::fromStdString(m_bridge.agent()));
}

}  // namespace wl::ui
