// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Asks what to do with the selected cases, and submits it as one batch. GUI thread.

#include <QObject>

#include "ui/queue/queue_panel.hpp"
#include "ui/shell/bulk_edit.hpp"

namespace wl::ui {

class BulkMenu final : public QObject {
    Q_OBJECT

public:
    BulkMenu(ConsoleBridge& bridge, QueuePanel& panel, QObject* parent);

    void askOwner();
    void askPriority();
    void askStatus();

Q_SIGNALS:
    void told(const QString& line);

private:
    [[nodiscard]] std::vector<store::CaseRow> selected();
    void askReason(Status to);
    void submit(BulkEdit edit);

    ConsoleBridge& m_bridge;
    QueuePanel& m_panel;
};

}  // namespace wl::ui
