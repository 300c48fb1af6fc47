// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/bulk_run.hpp"

#include <QRandomGenerator>

#include <algorithm>
#include <span>

namespace wl::ui {

bool BulkRun::start(std::vector<CaseKey> cases, Make make) {
    if (m_running) return false;
    m_cases = std::move(cases);
    m_make = std::move(make);
    m_read = 0;
    m_outcome = {};
    m_group = QRandomGenerator::global()->generate64() | 1U;
    m_running = true;
    m_stopping = false;
    next();
    return true;
}

void BulkRun::next() {
    while (!m_stopping && m_waiting.empty() && m_read < m_cases.size()) {
        const auto page = std::span(m_cases).subspan(m_read, std::min(kBatch, m_cases.size() - m_read));
        const auto rows = m_bridge.reader().rows(page);
        if (!rows) {
            m_outcome.why = rows.error();
            return finish();
        }
        m_read += page.size();
        auto edit = m_make(*rows);
        m_outcome.skipped += edit.skipped;
        if (!edit.batch.commands.empty()) m_waiting.push_back(std::move(edit.batch.commands));
    }
    m_outcome.stopped = m_stopping && (m_read < m_cases.size() || !m_waiting.empty());
    if (m_stopping || m_waiting.empty()) return finish();
    auto commands = std::move(m_waiting.front());
    m_waiting.pop_front();
    submit(std::move(commands));
}

void BulkRun::submit(std::vector<engine::Command> commands) {
    engine::CommandBatch batch;
    batch.commands = commands;
    batch.group = m_cases.size() > 1 ? m_group : 0;
    m_bridge.submit(std::move(batch), this,
                    [this, commands = std::move(commands)](const Result<engine::Receipt>& receipt) {
                        answered(commands, receipt);
                    });
}

void BulkRun::answered(const std::vector<engine::Command>& commands, const Result<engine::Receipt>& receipt) {
    const auto count = static_cast<qsizetype>(commands.size());
    if (receipt) {
        m_outcome.changed += count;
    } else if (receipt.error().kind == ErrorKind::World || receipt.error().kind == ErrorKind::Corrupt) {
        m_outcome.why = receipt.error();
        return finish();
    } else if (count == 1) {
        ++m_outcome.skipped;
        if (m_cases.size() == 1) m_outcome.why = receipt.error();
    } else {
        const auto middle = commands.begin() + count / 2;
        m_waiting.emplace_front(middle, commands.end());
        m_waiting.emplace_front(commands.begin(), middle);
    }
    Q_EMIT progressed(static_cast<qsizetype>(m_read), static_cast<qsizetype>(m_cases.size()));
    next();
}

void BulkRun::finish() {
    m_running = false;
    m_waiting.clear();
    m_cases.clear();
    m_make = {};
    Q_EMIT finished(m_outcome);
}

}  // namespace wl::ui
