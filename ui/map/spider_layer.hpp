// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Cases that stand at one place, spread out on legs so that each can be seen, hovered and clicked.

#include "ui/map/issue_layers.hpp"

namespace wl::ui {

class SpiderLayer : public IssueLayer {
    Q_OBJECT

public:
    static constexpr std::size_t kMost = 60;  ///< legs; the rest is told as a number

    explicit SpiderLayer(QQuickItem* parent = nullptr) : IssueLayer(parent) {}
    /// The cases by their keys, the gravest first; empty closes.
    void open(geo::WorldPoint body, std::vector<std::int64_t> keys);
    void close() { open({}, {}); }
    [[nodiscard]] bool isOpen() const { return !m_keys.empty(); }
    [[nodiscard]] const std::vector<std::int64_t>& keys() const { return m_keys; }
    /// Key of the case whose spread mark lies under `pos`.
    [[nodiscard]] std::optional<std::int64_t> at(QPointF pos) const;
    /// Where the n-th mark stands in the view.
    [[nodiscard]] QPointF foot(std::size_t n) const;

protected:
    [[nodiscard]] Paint snapshot() const override;

private:
    geo::WorldPoint m_body;
    std::vector<std::int64_t> m_keys;
};

}  // namespace wl::ui
