// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Brings another system's cases in, step by step: file, columns, values, a dry run that says what would be refused,
// the import itself, the summary. GUI thread; the work is the session's.

#include <QWizard>

#include <filesystem>

#include "channels/feed/preview.hpp"
#include "ui/admin/import_session.hpp"
#include "ui/admin/mapping_text.hpp"
#include "ui/models/console_bridge.hpp"

namespace wl::ui {

/// What the pages share.
struct ImportState {
    std::filesystem::path file;
    MappingText mapping;
    feed::Preview preview;
    DryRun dryRun;
    std::optional<Result<engine::ImportSummary>> summary;
};

class ImportWizard final : public QWizard {
    Q_OBJECT

public:
    explicit ImportWizard(ConsoleBridge& bridge, QWidget* parent = nullptr);

    /// Starts with a file that is known already (dropped on the window).
    void setFile(const std::filesystem::path& file);
    [[nodiscard]] ImportState& state() { return m_state; }
    [[nodiscard]] ImportSession& session() { return m_session; }
    [[nodiscard]] ConsoleBridge& bridge() { return m_bridge; }

    /// While rows are being stored, closing means "stop": the wizard stays to say how far it came.
    void reject() override;

    enum Page { FilePage, ColumnsPage, ValuesPage, CheckPage, RunPage };

private:
    ConsoleBridge& m_bridge;
    ImportState m_state;
    ImportSession m_session;
};

}  // namespace wl::ui
