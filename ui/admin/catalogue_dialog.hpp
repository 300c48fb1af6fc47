// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Administration: what the city offers, who works there, when, by which targets and rules. A page a kind: the items, a
// form, and what is wrong with it beside the field. Nothing changes until it is published, all of it as one change set
// with one undo. Changes are kept while the dialog is open.

#include <QDialog>

#include "engine/routing_trial.hpp"
#include "ui/models/catalogue_drafts.hpp"
#include "ui/models/catalogue_form.hpp"
#include "ui/models/console_bridge.hpp"

class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;
class QSplitter;
class QTreeWidget;
class QTreeWidgetItem;

namespace wl::ui {

class ItemForm;
class WindowMemory;

class CatalogueDialog final : public QDialog {
    Q_OBJECT

public:
    /// With a memory its size and columns are remembered.
    explicit CatalogueDialog(ConsoleBridge& bridge, WindowMemory* memory = nullptr, QWidget* parent = nullptr);

    void showKind(const QString& kind);
    void showItem(const QString& code);
    [[nodiscard]] QStringList kinds() const;

protected:
    void reject() override;
    void done(int result) override;

private:
    using Key = CatalogueDrafts::Key;
    void layOut();
    void connectParts();
    void fillItems();
    void fillForm();
    void narrow();
    void showState(QTreeWidgetItem& item);
    void take();
    void check();
    void add();
    void addItem(const QString& code);
    void withdraw();
    void revert();
    void importFile();
    void exportFile();
    void tryRules();
    void showTrial(const Result<engine::RoutingTrial>& trial);
    void publish();
    void standingChanged();
    [[nodiscard]] const FormKind& kind() const;

    ConsoleBridge& m_bridge;
    WindowMemory* m_memory;
    CatalogueDrafts m_drafts;
    Key m_current;
    QListWidget* m_kinds;
    QLineEdit* m_search;
    QTreeWidget* m_items;
    ItemForm* m_form;
    QSplitter* m_parts;
    QLabel* m_summary;
    QPushButton *m_new, *m_withdraw, *m_revert, *m_publish, *m_try;
};

}  // namespace wl::ui
