// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Early patterns for the window: what the watch found last, told on the GUI thread.

#include <QObject>

#include "engine/hotspot_watch.hpp"
#include "ui/models/console_bridge.hpp"

namespace wl::ui {

class PatternFeed final : public QObject {
    Q_OBJECT

public:
    PatternFeed(ConsoleBridge& bridge, const std::filesystem::path& folder, QObject* parent = nullptr);
    ~PatternFeed() override;

    /// Null until the past has been lived through.
    [[nodiscard]] const engine::PatternsPtr& patterns() const { return m_patterns; }
    /// Patterns nobody has acknowledged.
    [[nodiscard]] int open() const;

Q_SIGNALS:
    void changed();

private:
    engine::PatternsPtr m_patterns;
    struct Inbox;
    std::shared_ptr<Inbox> m_inbox;
    std::unique_ptr<engine::HotSpotWatch> m_watch;
};

/// "Pothole: 9 instead of 1.2 within 300 m in 7 days".
[[nodiscard]] QString patternLine(const engine::Pattern& pattern, const rules::Catalogue& catalogue);
/// "9 instead of 1.2".
[[nodiscard]] QString patternFigures(const engine::Pattern& pattern);
/// "once in 12 days", "once in 3 years".
[[nodiscard]] QString recurrenceWords(double days);

}  // namespace wl::ui
