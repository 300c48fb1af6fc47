// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A list of objects: a table that shows the first columns, below it the editors of the row that is chosen. Members that
// no column shows are kept. Ins adds a row, Del takes it out, Alt+Up and Alt+Down move it.

#include <vector>

#include "ui/admin/field_editor.hpp"

class QTableWidget;
class QToolButton;

namespace wl::ui {

class ToneLabel;

class RowsEditor final : public FieldEditor {
    Q_OBJECT

public:
    RowsEditor(const FormField& field, FormChoicesPtr choices);

    [[nodiscard]] int rowCount() const { return static_cast<int>(m_rows.size()); }
    /// Takes in rows that are not there yet, by their first column, and puts all in the order of that.
    void merge(const QJsonArray& rows);

private:
    void show(const QJsonValue& value) override;
    [[nodiscard]] std::optional<QJsonValue> read(QString* why) const override;
    void fill();
    void showRow();
    void take();
    void addRow();
    void removeRow();
    void moveRow(int by);
    void restructured(int current);

    FormChoicesPtr m_choices;
    QTableWidget* m_table;
    QWidget* m_detail;
    std::vector<FieldEditor*> m_editors;
    ToneLabel* m_problem;
    QToolButton *m_remove, *m_up, *m_down;
    std::vector<QJsonObject> m_rows;
    QString m_why;  ///< why the chosen row cannot be read
    bool m_filling{};
};

}  // namespace wl::ui
