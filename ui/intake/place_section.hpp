// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Where it is: an address found in the gazetteer or a pin on the map, and a note on how to find the spot.

#include <QJsonObject>
#include <QWidget>

#include <optional>

#include "ui/kit/suggestions.hpp"
#include "ui/models/place_search.hpp"

class QLabel;
class QLineEdit;

namespace wl::ui {

class PlaceSection final : public QWidget {
    Q_OBJECT

public:
    explicit PlaceSection(ConsoleBridge& bridge, QWidget* parent = nullptr);

    [[nodiscard]] std::optional<GeoPoint> pin() const { return m_pin; }
    [[nodiscard]] QString address() const;
    [[nodiscard]] QString note() const;
    [[nodiscard]] std::string area() const;
    /// The pin was set on the map: names the nearest address where nothing was typed by hand.
    void setPin(GeoPoint at);
    [[nodiscard]] QJsonObject toJson() const;
    void fromJson(const QJsonObject& json);
    [[nodiscard]] QLineEdit* line() const { return m_address; }
    [[nodiscard]] QLineEdit* noteLine() const { return m_note; }

Q_SIGNALS:
    void changed();
    void pinChanged(std::optional<wl::GeoPoint> at);
    void pickRequested();

private:
    void search(const QString& typed);
    void take(int row);
    void place(std::optional<GeoPoint> at);

    ConsoleBridge& m_bridge;
    PlaceSearch& m_places;
    std::optional<GeoPoint> m_pin;
    bool m_typed{};  ///< the address is the user's own words
    QLineEdit* m_address;
    QLineEdit* m_note;
    QLabel* m_where;
    Suggestions* m_suggestions;
    std::vector<geo::GazetteerHit> m_offered;
};

}  // namespace wl::ui
