// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The figures of the Signals perspective: for each kind on show the figure itself, that of the period before and that
// of the whole city. Counted by the reader thread, paced; after a change only the kinds that it concerns. GUI thread.

#include <map>
#include <set>

#include "rules/signals/expectation.hpp"
#include "ui/models/console_bridge.hpp"
#include "ui/models/pacer.hpp"

namespace wl::ui {

using FigureKind = rules::signals::FigureKind;

/// A figure with what it is compared with.
struct ComparedFigure {
    rules::signals::Figure now, before;
    std::optional<rules::signals::Figure> city;  ///< where the scope is a part of the city
    std::vector<rules::signals::ExpectedDay> usual{};  ///< of the first series, where it goes by days
};

/// Which days: counted from today, or fixed.
struct SignalPeriod {
    enum class Usual : std::uint8_t { Today, Week, Month, Quarter, ThisMonth, LastMonth, Year, Days };
    Usual usual{Usual::Month};
    Instant from, to;  ///< Days: [from, to)
    bool operator==(const SignalPeriod&) const = default;
};
/// The instants of a period as of a moment, [from, to).
[[nodiscard]] std::pair<Instant, Instant> spanOf(const SignalPeriod& period, Instant now, const TimeZone& zone);

class SignalsFeed final : public QObject {
    Q_OBJECT

public:
    explicit SignalsFeed(ConsoleBridge& bridge, QObject* parent = nullptr);

    void setKinds(const std::vector<FigureKind>& kinds);
    void setPeriod(const SignalPeriod& period);
    /// Departments, services and areas; the instants are the period's.
    void setScope(engine::SignalScope scope);
    /// As things stood then; none = now, kept up.
    void setAsOf(Instant at);
    [[nodiscard]] const SignalPeriod& period() const { return m_period; }
    [[nodiscard]] const engine::SignalScope& scope() const { return m_scope; }
    [[nodiscard]] Instant asOf() const { return m_scope.asOf; }
    /// The scope with the instants of the period.
    [[nodiscard]] engine::SignalScope fullScope() const;
    /// What such a scope is compared with: as many days before, or the month before, as things stood at its end.
    [[nodiscard]] engine::SignalScope before(const engine::SignalScope& scope) const;
    /// Somebody has looked for early patterns again.
    void touchPatterns();
    /// Nothing is asked while nobody looks.
    void setWatched(bool on);
    [[nodiscard]] const ComparedFigure* figure(FigureKind kind) const;
    [[nodiscard]] bool isSettled() const { return m_dirty.empty() && m_asking == 0; }

    /// The cases behind a figure, or behind one of its groups.
    void cases(FigureKind kind, std::optional<std::string> group, QObject* context,
               std::function<void(const Result<engine::FiguresPtr>&)> answer);

Q_SIGNALS:
    /// These kinds have new figures.
    void counted(const QList<int>& kinds);
    void failed(const wl::Error& error);

private:
    void askAnew();
    void touchAll();
    void touch(const ChangeSet& changes);
    void ask();
    /// Which of the figures that were asked for belong to a kind; -1 = none.
    struct Asked {
        FigureKind kind;
        int now, before, city{-1}, weeks{-1};
    };
    void take(const std::vector<Asked>& asked, const Result<engine::FiguresPtr>& figures, std::uint64_t epoch);
    ConsoleBridge& m_bridge;
    SignalPeriod m_period;
    engine::SignalScope m_scope;
    std::set<FigureKind> m_kinds, m_dirty;
    std::map<FigureKind, ComparedFigure> m_figures;
    Pacer m_pacer;
    QTimer m_clock;  ///< figures that follow the clock alone
    std::uint64_t m_epoch{};  ///< of period, scope and instant; answers of an older one are dropped
    int m_asking{};
    bool m_watched{};
};

}  // namespace wl::ui
