// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/intake/place_section.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

#include "ui/kit/look.hpp"
#include "ui/models/value_words.hpp"

namespace wl::ui {

using namespace Qt::StringLiterals;

PlaceSection::PlaceSection(ConsoleBridge& bridge, QWidget* parent)
    : QWidget(parent), m_bridge(bridge), m_places(PlaceSearch::of(bridge)), m_address(new QLineEdit),
      m_note(new QLineEdit), m_where(new QLabel) {
    m_address->setObjectName(u"placeAddress"_s);
    m_address->setAccessibleName(tr("Address"));
    m_address->setPlaceholderText(tr("Address, street, crossing or place"));
    m_note->setObjectName(u"placeNote"_s);
    m_note->setAccessibleName(tr("How to find the spot"));
    m_note->setPlaceholderText(tr("How to find the spot (optional)"));
    m_where->setObjectName(u"placeWhere"_s);
    m_where->setWordWrap(true);
    m_suggestions = new Suggestions(*m_address);
    auto* pick = new QToolButton;
    pick->setObjectName(u"placePick"_s);
    pick->setIcon(QIcon::fromTheme(u"mark-location"_s));
    pick->setText(tr("Pin"));
    pick->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    pick->setShortcut(QKeySequence(Qt::ALT | Qt::Key_M));
    pick->setToolTip(tr("Set the pin on the map (Alt+M)"));
    pick->setFocusPolicy(Qt::TabFocus);
    auto* top = new QHBoxLayout;
    top->setSpacing(grid(1));
    top->addWidget(m_address, 1);
    top->addWidget(pick);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(grid(1));
    all->addLayout(top);
    all->addWidget(m_where);
    all->addWidget(m_note);
    makeQuiet(m_where);
    connect(m_address, &QLineEdit::textEdited, this, &PlaceSection::search);
    connect(m_suggestions, &Suggestions::taken, this, &PlaceSection::take);
    connect(m_note, &QLineEdit::textEdited, this, &PlaceSection::changed);
    connect(pick, &QToolButton::clicked, this, &PlaceSection::pickRequested);
    connect(&m_places, &PlaceSearch::ready, this, [this] { place(m_pin); });
    place({});
}

QString PlaceSection::address() const { return m_address->text().trimmed(); }
QString PlaceSection::note() const { return m_note->text().trimmed(); }
std::string PlaceSection::area() const { return m_pin ? m_places.areaAt(*m_pin) : std::string(); }

void PlaceSection::search(const QString& typed) {
    m_typed = !typed.trimmed().isEmpty();
    m_offered = m_places.search(typed);
    std::vector<Suggestion> rows;
    const auto city = m_bridge.engine().city();
    for (const auto& hit : m_offered) {
        auto detail = areaName(city.get(), hit.areaCode);
        if (hit.approximate) detail = tr("nearest number, %1").arg(detail);
        rows.push_back({fromText(hit.label), detail, u"mark-location"_s});
    }
    m_suggestions->offer(rows);
    Q_EMIT changed();
}

void PlaceSection::take(int row) {
    const auto at = static_cast<std::size_t>(row);
    if (at >= m_offered.size()) return;
    m_typed = false;
    place(m_offered[at].at);
    Q_EMIT changed();
}

void PlaceSection::setPin(GeoPoint at) {
    if (!m_typed || m_address->text().trimmed().isEmpty()) {
        const auto near = m_places.nearest(at);
        m_address->setText(near ? fromText(near->hit.label) : QString());
        m_typed = false;
    }
    place(at);
    Q_EMIT changed();
}

void PlaceSection::place(std::optional<GeoPoint> at) {
    const bool moved = at != m_pin;
    m_pin = at;
    const auto city = m_bridge.engine().city();
    if (!at) {
        m_where->setText(tr("No pin yet: choose an address from the list, or set the pin on the map."));
    } else {
        const auto code = area();
        m_where->setText(code.empty() ? tr("Pin set, outside of all districts")
                                      : tr("Pin set in %1").arg(areaName(city.get(), code)));
    }
    if (moved) Q_EMIT pinChanged(at);
}

QJsonObject PlaceSection::toJson() const {
    QJsonObject json;
    if (!address().isEmpty()) json[u"address"_s] = address();
    if (!note().isEmpty()) json[u"note"_s] = note();
    if (m_typed) json[u"typed"_s] = true;
    if (m_pin) {
        json[u"latE7"_s] = m_pin->latE7;
        json[u"lonE7"_s] = m_pin->lonE7;
    }
    return json;
}

void PlaceSection::fromJson(const QJsonObject& json) {
    m_address->setText(json.value(u"address"_s).toString());
    m_note->setText(json.value(u"note"_s).toString());
    m_typed = json.value(u"typed"_s).toBool();
    if (json.contains(u"latE7"_s)) place(GeoPoint{json.value(u"latE7"_s).toInt(), json.value(u"lonE7"_s).toInt()});
    else place({});
}

}  // namespace wl::ui
