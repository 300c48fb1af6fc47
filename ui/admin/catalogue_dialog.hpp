// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Administration: what the city offers, who works there, when, by which targets and rules. A page a kind: the items, a
// form, and what is wrong with it beside the field. Nothing changes until it is published, all of it as one change set
// with one undo. Changes are kept while the dialog is open.

#include <QDialog>

#include <map>

#include "engine/routing_trial.hpp"
#include "ui/models/catalogue_form.hpp"
#include "ui/models/console_bridge.hpp"

class QFormLayout;
class QLabel;
class QListWidget;
class QPushButton;
class QScrollArea;
class QTreeWidget;
class QWidget;

namespace wl::ui {

class CatalogueDialog final : public QDialog {
    Q_OBJECT

public:
    explicit CatalogueDialog(ConsoleBridge& bridge, QWidget* parent = nullptr);

    void showKind(const QString& kind);
    void showItem(const QString& code);
    [[nodiscard]] QStringList kinds() const;

protected:
    void reject() override;

private:
    using Key = std::pair<std::string, std::string>;  ///< kind, code
    void layOut();
    void fillItems();
    void fillForm();
    void typed(const FormField& field, const QString& text);
    void check();
    void add();
    void withdraw();
    void importFile();
    void exportFile();
    void tryRules();
    void showTrial(const Result<engine::RoutingTrial>& trial);
    void publish();
    [[nodiscard]] QString documentOf(const Key& key) const;
    [[nodiscard]] const FormKind& kind() const;
    [[nodiscard]] std::vector<rules::CatalogueItem> standing() const;
    [[nodiscard]] std::vector<rules::CatalogueItem> changes() const;

    ConsoleBridge& m_bridge;
    std::map<Key, std::string> m_standing;  ///< documents in force
    std::map<Key, std::string> m_drafts;    ///< changed here; empty = withdrawn
    std::map<std::string, QString> m_typing;  ///< by member: why what is typed cannot be read
    Key m_current;
    QListWidget* m_kinds;
    QTreeWidget* m_items;
    QWidget* m_form{};
    QScrollArea* m_scroll;
    std::map<std::string, QLabel*> m_errors;  ///< by member
    QLabel* m_summary;
    QPushButton *m_publish, *m_try;
};

}  // namespace wl::ui
