// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/signals/tile_layout.hpp"

#include <QStringList>

#include <algorithm>
#include <set>

namespace wl::ui {

using namespace Qt::StringLiterals;
using rules::signals::figureSpec;

std::vector<TilePlace> defaultTiles(std::string_view role) {
    using K = FigureKind;
    constexpr auto time = TileChart::Mode::Time;
    if (role == "manager" || role == "supervisor")
        return {{K::OnTime},
                {K::Backlog, 1, 1, time, {}},
                {K::Opened, 1, 1, time, {}},
                {K::TimeToClose},
                {K::Ageing},
                {K::Overdue},
                {K::FirstResponse},
                {K::Reopened},
                {K::Fairness},
                {K::Oldest},
                {K::Workload},
                {K::Duplicates},
                {K::HandOffs},
                {K::Held},
                {K::HotSpots},
                {K::MessagesSent},
                {K::MessagesKept},
                {K::Council}};
    if (role == "dispatcher" || role == "crew")
        return {{K::AtRisk},   {K::DueSoon}, {K::Overdue}, {K::Workload}, {K::Oldest},
                {K::HandOffs}, {K::Held},    {K::Ageing},  {K::HotSpots}, {K::Opened, 1, 1, time, {}}};
    return {{K::Opened, 1, 1, time, {}},
            {K::FirstResponse},
            {K::AtRisk},
            {K::Overdue},
            {K::Oldest},
            {K::Ageing},
            {K::Duplicates},
            {K::Reopened},
            {K::MessagesKept},
            {K::OnTime}};
}

std::vector<TilePlace> tilesFromText(const QString& text) {
    std::vector<TilePlace> out;
    std::set<FigureKind> known;
    for (const auto& word : text.split(u' ', Qt::SkipEmptyParts)) {
        const auto parts = word.split(u':');
        const auto* spec = figureSpec(parts[0].toStdString());
        if (spec == nullptr || !known.insert(spec->kind).second) continue;
        TilePlace place;
        place.kind = spec->kind;
        if (parts.size() > 2) {
            place.width = std::clamp(parts[1].toInt(), 1, 3);
            place.height = std::clamp(parts[2].toInt(), 1, 2);
        }
        if (parts.size() > 3 && parts[3] == u"time") place.mode = TileChart::Mode::Time;
        bool number = false;
        if (parts.size() > 4)
            if (const auto target = parts[4].toDouble(&number); number && target > 0) place.target = target;
        out.push_back(place);
    }
    return out;
}

QString textOf(const std::vector<TilePlace>& tiles) {
    QStringList out;
    for (const auto& t : tiles) {
        auto word = u"%1:%2:%3:%4"_s.arg(QString::fromUtf8(figureSpec(t.kind).name.data()))
                        .arg(t.width)
                        .arg(t.height)
                        .arg(t.mode == TileChart::Mode::Time ? u"time"_s : u"groups"_s);
        if (t.target) word += u":%1"_s.arg(*t.target);
        out << word;
    }
    return out.join(u' ');
}

std::vector<TileCell> layTiles(const std::vector<TilePlace>& tiles, int columns) {
    std::vector<TileCell> out;
    std::set<std::pair<int, int>> taken;
    const auto isFree = [&](int row, int column, int height, int width) {
        for (int r = row; r < row + height; ++r)
            for (int c = column; c < column + width; ++c)
                if (taken.contains({r, c})) return false;
        return true;
    };
    for (const auto& tile : tiles) {
        const int width = std::min(tile.width, columns);
        for (int row = 0, column = 0;;) {
            if (column + width > columns) {
                ++row;
                column = 0;
                continue;
            }
            if (!isFree(row, column, tile.height, width)) {
                ++column;
                continue;
            }
            for (int r = row; r < row + tile.height; ++r)
                for (int c = column; c < column + width; ++c) taken.insert({r, c});
            out.push_back({row, column, tile.height, width});
            break;
        }
    }
    return out;
}

}  // namespace wl::ui
