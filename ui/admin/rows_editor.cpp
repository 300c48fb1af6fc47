// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/admin/rows_editor.hpp"

#include <QFormLayout>
#include <QHeaderView>
#include <QJsonArray>
#include <QShortcut>
#include <QTableWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

#include "ui/kit/icons.hpp"
#include "ui/kit/look.hpp"
#include "ui/kit/tone_label.hpp"

namespace wl::ui {

using namespace Qt::StringLiterals;

RowsEditor::RowsEditor(const FormField& field, FormChoicesPtr choices)
    : FieldEditor(field), m_choices(std::move(choices)), m_table(new QTableWidget), m_detail(new QWidget),
      m_problem(new ToneLabel) {
    const auto name = u"form_"_s + QString::fromLatin1(field.member);
    m_table->setObjectName(name);
    m_table->setColumnCount(field.shown);
    QStringList titles;
    for (int i = 0; i < field.shown; ++i) titles << field.columns[static_cast<std::size_t>(i)].label;
    m_table->setHorizontalHeaderLabels(titles);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(field.shown > 3 ? 0 : field.shown - 1, QHeaderView::Stretch);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeader()->setMinimumSectionSize(grid(20));
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().lineSpacing() + grid(1));
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->verticalHeader()->hide();
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setTabKeyNavigation(false);
    m_table->setWordWrap(false);
    m_table->setFixedHeight(8 * (fontMetrics().lineSpacing() + grid(1)));
    place(m_table);

    auto* verbs = new QHBoxLayout;
    verbs->setContentsMargins(0, 0, 0, 0);
    const auto verb = [&](const QString& what, const QString& text, const QString& tip, const char16_t* icon,
                          const QKeySequence& key, auto act) {
        auto* button = new QToolButton;
        button->setObjectName(name + what);
        button->setText(text);
        button->setToolTip(tip);
        button->setAccessibleName(tip);
        button->setIcon(themedIcon(icon));
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setFocusPolicy(Qt::TabFocus);
        connect(button, &QToolButton::clicked, this, act);
        connect(new QShortcut(key, m_table, nullptr, nullptr, Qt::WidgetShortcut), &QShortcut::activated, this, act);
        verbs->addWidget(button);
        return button;
    };
    verb(u"_add"_s, tr("Add"), tr("Add a row (Ins)"), u"list-add", Qt::Key_Insert, [this] { addRow(); });
    m_remove = verb(u"_remove"_s, tr("Remove"), tr("Remove the row (Del)"), u"list-remove", Qt::Key_Delete,
                    [this] { removeRow(); });
    m_up = verb(u"_up"_s, tr("Up"), tr("Move the row up (Alt+Up)"), u"go-up", Qt::ALT | Qt::Key_Up,
                [this] { moveRow(-1); });
    m_down = verb(u"_down"_s, tr("Down"), tr("Move the row down (Alt+Down)"), u"go-down", Qt::ALT | Qt::Key_Down,
                  [this] { moveRow(1); });
    verbs->addStretch();
    static_cast<QVBoxLayout*>(layout())->addLayout(verbs);

    auto* form = new QFormLayout(m_detail);
    form->setContentsMargins(grid(3), 0, 0, grid(2));
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setVerticalSpacing(grid(1));
    for (const auto& column : field.columns) {
        auto* editor = makeFieldEditor(column, m_choices);
        connect(editor, &FieldEditor::edited, this, &RowsEditor::take);
        if (column.kind == FormField::Kind::Flag) form->addRow(editor);
        else form->addRow(column.label, editor);
        m_editors.push_back(editor);
    }
    m_problem->setWordWrap(true);
    form->addRow(m_problem);
    layout()->addWidget(m_detail);
    connect(m_table, &QTableWidget::currentCellChanged, this, [this](int row, int, int before, int) {
        if (!m_filling && row != before) showRow();
    });
}

void RowsEditor::show(const QJsonValue& value) {
    m_rows.clear();
    for (const auto one : value.toArray()) m_rows.push_back(one.toObject());
    m_why.clear();
    fill();
    m_table->setCurrentCell(m_rows.empty() ? -1 : 0, 0);
    showRow();
}

std::optional<QJsonValue> RowsEditor::read(QString* why) const {
    if (!m_why.isEmpty()) {
        *why = tr("Row %1: %2").arg(m_table->currentRow() + 1).arg(m_why);
        return std::nullopt;
    }
    QJsonArray list;
    for (const auto& row : m_rows) list.append(row);
    return list;
}

void RowsEditor::fill() {
    m_filling = true;
    m_table->setRowCount(rowCount());
    for (int row = 0; row < rowCount(); ++row)
        for (int column = 0; column < field().shown; ++column) {
            const auto words = memberWords(field().columns[static_cast<std::size_t>(column)],
                                           m_rows[static_cast<std::size_t>(row)], *m_choices);
            if (auto* item = m_table->item(row, column)) item->setText(words);
            else m_table->setItem(row, column, new QTableWidgetItem(words));
        }
    m_filling = false;
}

void RowsEditor::showRow() {
    const int row = m_table->currentRow();
    const bool any = row >= 0 && row < rowCount();
    m_detail->setVisible(any);
    m_remove->setEnabled(any);
    m_up->setEnabled(row > 0);
    m_down->setEnabled(any && row + 1 < rowCount());
    m_why.clear();
    m_problem->clear();
    m_problem->hide();
    if (!any) return;
    for (auto* editor : m_editors) editor->load(m_rows[static_cast<std::size_t>(row)]);
}

void RowsEditor::take() {
    const int row = m_table->currentRow();
    if (row < 0 || row >= rowCount()) return;
    auto object = m_rows[static_cast<std::size_t>(row)];
    m_why.clear();
    for (const auto* editor : m_editors)
        if (QString why; !editor->store(object, &why) && m_why.isEmpty()) m_why = why;
    m_problem->setText(m_why);
    m_problem->setVisible(!m_why.isEmpty());
    if (m_why.isEmpty()) {
        m_rows[static_cast<std::size_t>(row)] = object;
        fill();
    }
    Q_EMIT edited();
}

void RowsEditor::addRow() {
    m_rows.insert(m_rows.begin() + (m_table->currentRow() + 1), QJsonObject{});
    restructured(m_table->currentRow() + 1);
    m_editors.front()->setFocus(Qt::TabFocusReason);
}

void RowsEditor::removeRow() {
    const int row = m_table->currentRow();
    if (row < 0 || row >= rowCount()) return;
    m_rows.erase(m_rows.begin() + row);
    restructured(std::min(row, rowCount() - 1));
}

void RowsEditor::moveRow(int by) {
    const int row = m_table->currentRow(), to = row + by;
    if (row < 0 || to < 0 || to >= rowCount()) return;
    std::swap(m_rows[static_cast<std::size_t>(row)], m_rows[static_cast<std::size_t>(to)]);
    restructured(to);
}

// Where rows carry their place as a number, it follows.
void RowsEditor::restructured(int current) {
    if (QLatin1StringView(field().member) == "attributes"_L1)
        for (std::size_t i = 0; i < m_rows.size(); ++i) m_rows[i].insert(u"order"_s, static_cast<int>(i) + 1);
    fill();
    m_filling = true;
    m_table->setCurrentCell(current, 0);
    m_filling = false;
    showRow();
    Q_EMIT edited();
}

void RowsEditor::merge(const QJsonArray& rows) {
    const QLatin1StringView key(field().columns.front().member);
    for (const auto one : rows) {
        const auto known = std::ranges::any_of(m_rows, [&](const QJsonObject& row) {
            return row.value(key) == one.toObject().value(key);
        });
        if (!known) m_rows.push_back(one.toObject());
    }
    std::ranges::stable_sort(m_rows, {}, [&](const QJsonObject& row) { return row.value(key).toString(); });
    restructured(m_rows.empty() ? -1 : 0);
}

}  // namespace wl::ui
