// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Carries out one change on any number of cases, some hundreds at a time, so that neither the window nor the desk's
// other work is held up. All of it is one undo. A batch that is refused is halved until the case it is about stands
// alone; that case is left out and counted. GUI thread; one run at a time.

#include <QObject>

#include <deque>
#include <functional>

#include "ui/shell/bulk_edit.hpp"

namespace wl::ui {

class BulkRun final : public QObject {
    Q_OBJECT

public:
    struct Outcome {
        qsizetype changed{};
        qsizetype skipped{};        ///< already so, or refused
        bool stopped{};             ///< by the user
        std::optional<Error> why;   ///< what ended it early
    };
    using Make = std::function<BulkEdit(const std::vector<store::CaseRow>&)>;

    BulkRun(ConsoleBridge& bridge, QObject* parent) : QObject(parent), m_bridge(bridge) {}

    /// False, and nothing happens, while another run goes on.
    bool start(std::vector<CaseKey> cases, Make make);
    /// After the batch that is under way; what was changed stays, and can be undone.
    void stop() { m_stopping = true; }
    [[nodiscard]] bool isRunning() const { return m_running; }

    static constexpr std::size_t kBatch = 400;

Q_SIGNALS:
    void progressed(qsizetype done, qsizetype total);
    void finished(const wl::ui::BulkRun::Outcome& outcome);

private:
    void next();
    void submit(std::vector<engine::Command> commands);
    void answered(const std::vector<engine::Command>& commands, const Result<engine::Receipt>& receipt);
    void finish();

    ConsoleBridge& m_bridge;
    std::vector<CaseKey> m_cases;
    std::size_t m_read{};
    std::deque<std::vector<engine::Command>> m_waiting;
    Make m_make;
    Outcome m_outcome;
    std::uint64_t m_group{};
    bool m_running{}, m_stopping{};
};

}  // namespace wl::ui
