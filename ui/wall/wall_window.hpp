// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The wall: the city's map over a whole screen and on it what leadership has to see from across the room. Nobody's
// personal data; services that are confidential are not shown. Space stops and starts the tour, arrows go on, S sets
// it up, Esc or F11 ends it.

#include <QTimer>
#include <QWidget>

#include <filesystem>

#include "ui/map/picture_tiles.hpp"
#include "ui/models/pattern_feed.hpp"
#include "ui/models/queue_list_model.hpp"
#include "ui/shell/map_points_feed.hpp"
#include "ui/wall/wall_board.hpp"
#include "ui/wall/wall_settings.hpp"

namespace wl::ui {

class MapWidget;

class WallWindow final : public QWidget {
    Q_OBJECT

public:
    WallWindow(ConsoleBridge& bridge, const QueueListModel& queues, const PatternFeed& patterns,
               const std::filesystem::path& folder);

    /// Over the whole of the screen that the settings name.
    void showOnScreen();
    [[nodiscard]] WallBoard& board() { return *m_board; }
    [[nodiscard]] const WallSettings& settings() const { return m_settings; }
    void setSettings(const WallSettings& settings);
    [[nodiscard]] bool isSettled() const;
    [[nodiscard]] bool isTouring() const { return m_tour.isActive(); }

Q_SIGNALS:
    void closed();

protected:
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void closeEvent(QCloseEvent* event) override;

private:
    struct Stop {
        QString name;
        geo::WorldRect area;
    };
    void ask();          ///< what has to be asked of the reader thread
    void compose();      ///< everything known into words
    void drawPatterns();
    void goTo(int stop);
    [[nodiscard]] double magnification() const;
    void pauseTour();
    void follow();       ///< theme, drift, tour by the settings
    void setUp();
    [[nodiscard]] std::vector<Stop> stops() const;
    [[nodiscard]] bool mayShow(const store::CaseRow& row) const;
    [[nodiscard]] QString bannerWords() const;
    [[nodiscard]] WallPanel queuePanel() const;
    [[nodiscard]] WallPanel breachPanel() const;
    [[nodiscard]] WallPanel patternPanel() const;
    [[nodiscard]] QString placeOf(const store::CaseRow& row) const;

    ConsoleBridge& m_bridge;
    const QueueListModel& m_queues;
    const PatternFeed& m_patterns;
    std::filesystem::path m_folder;
    WallSettings m_settings;
    MapWidget* m_map;
    PictureTilesPtr m_pictures;
    WallBoard* m_board;
    MapPointsFeed m_points;
    QTimer m_beat, m_tour, m_resume, m_asking;
    std::vector<engine::QueueTally> m_departments;
    std::vector<store::CaseRow> m_nextDue, m_breached, m_newest;
    Instant m_changedAt;
    int m_stop{}, m_answers{};
    int m_drift{};
};

}  // namespace wl::ui
