// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the user is looking at, above all other issues: the selected cases larger and ringed, the hovered one with a
// ring that opens once, and the draft pin of a report being taken. A few image nodes, so it answers within a frame.

#include <QImage>
#include <QVariantAnimation>

#include <optional>

#include "ui/map/issue_layers.hpp"

namespace wl::ui {

class FocusLayer : public MapFollower {
    Q_OBJECT

public:
    explicit FocusLayer(QQuickItem* parent = nullptr);

    void setIssues(IssueIndexPtr issues);
    void setSelected(std::vector<std::int64_t> keys);
    void setHovered(std::optional<std::int64_t> key);
    void setDraftPin(std::optional<geo::WorldPoint> at);
    void setAccent(const QColor& accent);
    /// 0 = no motion.
    void setPulseDuration(int ms) { m_pulseMs = ms; }

    [[nodiscard]] const std::vector<std::int64_t>& selected() const { return m_selected; }
    [[nodiscard]] std::optional<geo::WorldPoint> draftPin() const { return m_draft; }
    /// Whether the draft pin's head lies under `pos`.
    [[nodiscard]] bool isOnDraftPin(QPointF pos) const;

protected:
    void updatePolish() override;
    QSGNode* updatePaintNode(QSGNode* old, UpdatePaintNodeData*) override;

private:
    /// Pictures are made once for each kind and reused for every case of that kind.
    struct Sprite {
        int kind;  ///< SLA state, or one of the below
        bool hovered;
        auto operator<=>(const Sprite&) const = default;
    };
    static constexpr int kDraft = 100, kPulse = 101;
    struct Mark {
        Sprite sprite;
        QPointF at;
        double scale = 1, opacity = 1;
    };
    [[nodiscard]] QImage draw(Sprite sprite, double dpr) const;
    void addCase(std::int64_t key, const Viewport& view);

    IssueIndexPtr m_issues;
    std::vector<std::int64_t> m_selected;
    std::optional<std::int64_t> m_hovered;
    std::optional<geo::WorldPoint> m_draft;
    QColor m_accent;
    QVariantAnimation m_pulse;
    int m_pulseMs = 180;
    std::vector<Mark> m_marks;
    int m_epoch = 0;  ///< of theme and accent; older textures are dropped
};

}  // namespace wl::ui
