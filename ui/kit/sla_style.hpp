// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How the state of a case's clock looks, in one table for map, case list, timers and charts: a colour, a shape, a
// symbol, an icon and a word, so that no state is told by colour alone. The colours are those of Okabe and Ito
// (2008), darkened or lightened until each stands at 4.5:1 or more on the light and the dark base.

#include <QColor>
#include <QPainterPath>
#include <QString>

#include "domain/vocab.hpp"

class QPainter;

namespace wl::ui {

/// The colour of text, lines and fills that stand for `state`.
[[nodiscard]] QColor slaColour(SlaState state, bool dark);
/// The ink for a symbol that lies on a fill of `slaColour`.
[[nodiscard]] QColor slaInk(bool dark);
/// Name in the Breeze icon theme.
[[nodiscard]] QString slaIconName(SlaState state);
/// The word beside the colour, translated: "At risk".
[[nodiscard]] QString slaWord(SlaState state);
/// From the number that models carry; an unknown number is None.
[[nodiscard]] SlaState slaStateOf(std::uint8_t number);

/// The outline that tells the state without colour: circle, diamond, triangle, square, shield; None is a small disc.
[[nodiscard]] QPainterPath slaShape(SlaState state, const QRectF& box);
/// The symbol alone (clock, hourglass, bolt, pause bars, tick) in one ink, for lists and timers.
void paintSlaGlyph(QPainter& painter, const QRectF& box, SlaState state, const QColor& ink);
/// Shape filled with the state's colour and the symbol in it, for the map and legends.
void paintSlaMark(QPainter& painter, const QRectF& box, SlaState state, bool dark);

}  // namespace wl::ui
