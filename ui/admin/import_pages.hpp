// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The pages of the import wizard.

#include <QWizardPage>

#include <vector>

#include "ui/admin/import_wizard.hpp"

class QComboBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QTableWidget;

namespace wl::ui {

class EmptyState;

class ImportFilePage final : public QWizardPage {
    Q_OBJECT

public:
    explicit ImportFilePage(ImportWizard& wizard);
    void setFile(const QString& path);
    [[nodiscard]] bool isComplete() const override { return m_readable; }

private:
    void browse();
    void look();
    void sayEmpty(const Error* error);
    void chooseMapping();

    ImportWizard& m_wizard;
    bool m_readable{};
    QLineEdit* m_file;
    QComboBox* m_mapping;
    QTableWidget* m_rows;
    EmptyState* m_empty;
    QLabel* m_told;
};

class ImportColumnsPage final : public QWizardPage {
    Q_OBJECT

public:
    explicit ImportColumnsPage(ImportWizard& wizard);
    void initializePage() override;
    bool validatePage() override;

private:
    void store();
    void saveAs();

    ImportWizard& m_wizard;
    QLineEdit* m_source;
    QComboBox* m_zone;
    QLineEdit* m_dates;
    QTableWidget* m_fields;
    QLabel* m_error;
};

class ImportValuesPage final : public QWizardPage {
    Q_OBJECT

public:
    explicit ImportValuesPage(ImportWizard& wizard);
    void initializePage() override;
    bool validatePage() override;
    void cleanupPage() override;
    [[nodiscard]] bool isComplete() const override { return m_done; }

private:
    void fill(const FoundWords& found);
    void addWord(const QString& section, const QString& word);

    ImportWizard& m_wizard;
    bool m_done{};
    QWidget* m_reading;
    QLabel* m_told;
    QTableWidget* m_words;
    QLabel* m_error;
};

class ImportCheckPage final : public QWizardPage {
    Q_OBJECT

public:
    explicit ImportCheckPage(ImportWizard& wizard);
    void initializePage() override;
    void cleanupPage() override;
    [[nodiscard]] bool isComplete() const override { return m_done; }

private:
    void run(std::uint64_t limit);
    void show(const DryRun& result);

    ImportWizard& m_wizard;
    bool m_done{};
    QLabel* m_told;
    QTableWidget* m_groups;
    QPushButton* m_all;
};

class ImportRunPage final : public QWizardPage {
    Q_OBJECT

public:
    explicit ImportRunPage(ImportWizard& wizard);
    void initializePage() override;
    [[nodiscard]] bool isComplete() const override { return m_done; }

private:
    void run();
    void show(const engine::ImportProgress& progress);
    void finish(const Result<engine::ImportSummary>& summary);

    ImportWizard& m_wizard;
    bool m_done{};
    QProgressBar* m_bar;
    QLabel* m_counts;
    QLabel* m_told;
    QPushButton* m_cancel;
    QPushButton* m_goOn;
};

/// Why a row is refused, in words.
[[nodiscard]] QString rejectWords(const std::string& code);

}  // namespace wl::ui
