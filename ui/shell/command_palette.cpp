// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/command_palette.hpp"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>
#include <utility>

#include "ui/kit/icons.hpp"
#include "ui/kit/theme.hpp"
#include "ui/models/error_words.hpp"
#include "ui/models/query_slots.hpp"

namespace wl::ui {
namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Kind = PaletteResult::Kind;

constexpr auto kPause = 90ms;
constexpr int kWidth = grid(170);
constexpr int kHeight = grid(130);
constexpr int kDetailRole = Qt::UserRole + 1;
constexpr int kKeysRole = Qt::UserRole + 2;
constexpr int kHeadingRole = Qt::UserRole + 3;
constexpr int kIconRole = Qt::UserRole + 4;

class ResultDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override { return {kWidth, grid(7)}; }
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        painter->save();
        const auto line = option.rect.adjusted(grid(3), 0, -grid(3), 0);
        if (index.data(kHeadingRole).toBool()) {
            painter->setFont(smallFont(strongFont(option.font)));
            auto palette = option.palette;
            palette.setCurrentColorGroup(QPalette::Active);
            painter->setPen(quietText(palette));
            painter->drawText(line.adjusted(0, 0, 0, -grid(1)), Qt::AlignLeft | Qt::AlignBottom,
                              index.data().toString());
            painter->restore();
            return;
        }
        const bool selected = option.state.testFlag(QStyle::State_Selected);
        if (selected) painter->fillRect(option.rect, option.palette.color(QPalette::Highlight));
        const auto ink = option.palette.color(selected ? QPalette::HighlightedText : QPalette::Text);
        const auto quiet = selected ? ink : quietText(option.palette);
        const QRect picture(line.left(), line.top() + (line.height() - kIconSide) / 2, kIconSide, kIconSide);
        paintIcon(*painter, picture, index.data(kIconRole).toString(), ink);
        auto words = line.adjusted(kIconSide + grid(2), 0, 0, 0);
        painter->setFont(option.font);
        const QFontMetrics metrics(option.font);
        if (const auto keys = index.data(kKeysRole).toString(); !keys.isEmpty()) {
            painter->setPen(quiet);
            painter->drawText(words, Qt::AlignRight | Qt::AlignVCenter, keys);
            words.setRight(words.right() - metrics.horizontalAdvance(keys) - grid(3));
        }
        painter->setPen(ink);
        const auto title = metrics.elidedText(index.data().toString(), Qt::ElideRight, words.width());
        painter->drawText(words, Qt::AlignLeft | Qt::AlignVCenter, title);
        words.setLeft(words.left() + metrics.horizontalAdvance(title) + grid(3));
        painter->setPen(quiet);
        painter->drawText(words, Qt::AlignRight | Qt::AlignVCenter,
                          metrics.elidedText(index.data(kDetailRole).toString(), Qt::ElideRight, words.width()));
        painter->restore();
    }
};

}  // namespace

CommandPalette::CommandPalette(ConsoleBridge& bridge, const QueueListModel& queues, QWidget* window)
    : QFrame(window), m_bridge(bridge), m_queues(queues), m_input(new QLineEdit(this)), m_list(new QListWidget(this)) {
    setObjectName(u"commandPalette"_s);
    m_input->setObjectName(u"paletteInput"_s);
    m_input->setAccessibleName(tr("Search cases, people, commands"));
    m_input->setPlaceholderText(tr("Case number, phone number, name, address, words, or a command"));
    m_input->addAction(themedIcon(u"search"), QLineEdit::LeadingPosition);
    m_input->setClearButtonEnabled(true);
    m_input->setFont(headFont(font()));
    m_input->setMinimumHeight(grid(10));
    m_input->installEventFilter(this);
    m_list->setObjectName(u"paletteList"_s);
    m_list->setAccessibleName(tr("Found"));
    m_list->setItemDelegate(new ResultDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setUniformItemSizes(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(grid(2), grid(2), grid(2), grid(2));
    column->setSpacing(grid(2));
    column->addWidget(m_input);
    column->addWidget(m_list, 1);
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPause);
    connect(&m_pause, &QTimer::timeout, this, &CommandPalette::search);
    connect(m_input, &QLineEdit::textChanged, this, [this] {
        m_takeFirst = false;
        m_pause.start();
        fill();  // commands at once, records when the typing pauses
    });
    connect(m_list, &QListWidget::itemClicked, this, &CommandPalette::take);
    window->installEventFilter(this);
    hide();
}

void CommandPalette::open(const QList<QAction*>& actions) {
    m_actions = actions;
    m_records.clear();
    m_problem.clear();
    m_takeFirst = m_asking = false;
    ++m_asked;
    m_input->clear();
    m_pause.stop();
    fill();
    place();
    show();
    raise();
    m_input->setFocus(Qt::ShortcutFocusReason);
}

void CommandPalette::type(const QString& text) { m_input->setText(text); }

// On the reader thread: words that stand in half of a million cases take their time.
void CommandPalette::search() {
    const auto typed = m_input->text().simplified();
    const auto mine = ++m_asked;
    m_asking = typed.size() >= 2;
    if (!m_asking) {
        m_records.clear();
        fill();
        if (std::exchange(m_takeFirst, false)) take();
        return;
    }
    m_bridge.search(typed.toStdString(), kPaletteRecords, PaletteSlot, this,
                    [this, mine](const Result<engine::Found>& answer) {
                        if (mine != m_asked || isHidden()) return;
                        m_asking = false;
                        found(answer);
                    });
}

void CommandPalette::found(const Result<engine::Found>& answer) {
    m_records = answer ? recordResults(*answer, m_bridge) : std::vector<PaletteResult>();
    m_problem = answer ? QString() : errorWords(answer.error()).line();
    fill();
    if (std::exchange(m_takeFirst, false)) take();
}

void CommandPalette::fill() {
    const auto typed = m_input->text().simplified();
    if (typed.isEmpty()) m_records.clear();
    m_shown = m_records;
    auto commands = matchingCommands(typed, m_actions, m_queues);
    m_shown.insert(m_shown.end(), std::make_move_iterator(commands.begin()), std::make_move_iterator(commands.end()));
    m_list->clear();
    for (const auto& one : m_shown) {
        auto* item = new QListWidgetItem(one.title, m_list);
        item->setData(kDetailRole, one.detail);
        item->setData(kKeysRole, one.keys);
        item->setData(kIconRole, one.icon);
        item->setData(kHeadingRole, one.kind == Kind::Heading);
        if (one.kind == Kind::Heading) item->setFlags(Qt::NoItemFlags);
    }
    if (m_shown.empty()) {
        auto* none = new QListWidgetItem(emptyWords(typed), m_list);
        none->setData(kHeadingRole, true);
        none->setFlags(Qt::NoItemFlags);
    }
    m_list->setCurrentRow(-1);
    step(+1);
}

QString CommandPalette::emptyWords(const QString& typed) const {
    if (!isSettled()) return tr("Searching…");
    return m_problem.isEmpty() ? tr("Nothing found for “%1”").arg(typed) : m_problem;
}

void CommandPalette::step(int by) {
    const int count = static_cast<int>(m_shown.size());
    for (int row = m_list->currentRow() + by; row >= 0 && row < count; row += by)
        if (m_shown[static_cast<std::size_t>(row)].kind != Kind::Heading) {
            m_list->setCurrentRow(row);
            if (row == 1) m_list->scrollToTop();
            return;
        }
}

void CommandPalette::take() {
    const int row = m_list->currentRow();
    if (row < 0 || row >= static_cast<int>(m_shown.size())) return;
    const auto chosen = m_shown[static_cast<std::size_t>(row)];
    if (chosen.kind == Kind::Heading) return;
    hide();
    switch (chosen.kind) {
        case Kind::Heading: break;
        case Kind::Case: Q_EMIT caseChosen(chosen.caseKey); break;
        case Kind::Person: Q_EMIT personChosen(chosen.person); break;
        case Kind::Queue: Q_EMIT queueChosen(chosen.queue); break;
        case Kind::Command: chosen.action->trigger(); break;
    }
}

void CommandPalette::place() {
    const auto* window = parentWidget();
    const int width = std::min(kWidth, window->width() - grid(8));
    const int height = std::min(kHeight, window->height() - grid(24));
    setGeometry((window->width() - width) / 2, grid(14), width, height);
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event) {
    if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible()) place();
    if (watched != m_input) return QFrame::eventFilter(watched, event);
    if (event->type() == QEvent::FocusOut &&
        static_cast<QFocusEvent*>(event)->reason() != Qt::ActiveWindowFocusReason &&
        static_cast<QFocusEvent*>(event)->reason() != Qt::PopupFocusReason)
        hide();
    if (event->type() != QEvent::KeyPress) return false;
    switch (static_cast<QKeyEvent*>(event)->key()) {
        case Qt::Key_Down: step(+1); return true;
        case Qt::Key_Up: step(-1); return true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            // Enter right after the last letter means what the full text finds.
            if (m_pause.isActive() || m_asking) {
                m_takeFirst = true;
                if (m_pause.isActive()) {
                    m_pause.stop();
                    search();
                }
                return true;
            }
            take();
            return true;
        case Qt::Key_Escape: hide(); return true;
        default: return false;
    }
}

void CommandPalette::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(hairline(palette()), 1));
    painter.setBrush(palette().color(QPalette::Window));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), grid(2), grid(2));
}

}  // namespace wl::ui
