// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Keeps what the list shows as a view: its name, and who else is to have it.

#include <QDialog>

#include "ui/models/view_store.hpp"

class QComboBox;
class QLineEdit;
class QPushButton;

namespace wl::ui {

class ToneLabel;

class ViewDialog final : public QDialog {
    Q_OBJECT

public:
    /// `words`: the conditions as a person reads them.
    ViewDialog(ViewStore& views, const rules::Catalogue& catalogue, engine::CaseQuery query, std::string agent,
               const QString& words, QWidget* parent);

Q_SIGNALS:
    void saved(const QString& id);

private:
    void save();

    ViewStore& m_views;
    engine::CaseQuery m_query;
    std::string m_agent;
    QLineEdit* m_name;
    QComboBox* m_who;
    ToneLabel* m_error;
    QPushButton* m_save;
};

}  // namespace wl::ui
