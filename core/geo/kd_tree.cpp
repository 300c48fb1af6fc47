// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/kd_tree.hpp"

#include <cmath>
#include <thread>
#include <utility>

namespace wl::geo {

namespace {
constexpr std::size_t kSplit = 60'000;  // points that are worth a second thread
}

KdTree::KdTree(std::span<const float> xy) : m_ids(xy.size() / 2), m_xy(xy.begin(), xy.end()) {
    for (std::size_t i = 0; i < m_ids.size(); ++i) m_ids[i] = static_cast<std::uint32_t>(i);
    if (!m_ids.empty()) sort(0, m_ids.size() - 1, 0);
}

void KdTree::sort(std::size_t left, std::size_t right, std::size_t axis) {
    if (right - left <= leafSize) return;
    const std::size_t middle = (left + right) / 2;
    select(middle, left, right, axis);
    if (right - left > kSplit) {  // the halves have nothing in common
        std::jthread half([=, this] { sort(left, middle - 1, 1 - axis); });
        sort(middle + 1, right, 1 - axis);
        return;
    }
    sort(left, middle - 1, 1 - axis);
    sort(middle + 1, right, 1 - axis);
}

// Floyd and Rivest, "Algorithm 489: SELECT" (1975): the k-th smallest comes to k, smaller ones before it.
void KdTree::select(std::size_t k, std::size_t left, std::size_t right, std::size_t axis) {
    while (right > left) {
        if (right - left > 600) {
            const double n = static_cast<double>(right - left + 1);
            const double m = static_cast<double>(k - left + 1);
            const double z = std::log(n);
            const double s = 0.5 * std::exp(2.0 * z / 3.0);
            const double sd = 0.5 * std::sqrt(z * s * (n - s) / n) * (m < n / 2.0 ? -1.0 : 1.0);
            const double low = static_cast<double>(k) - m * s / n + sd;
            const double high = static_cast<double>(k) + (n - m) * s / n + sd;
            select(k, low > static_cast<double>(left) ? static_cast<std::size_t>(low) : left,
                   high < static_cast<double>(right) ? static_cast<std::size_t>(high) : right, axis);
        }
        const float pivot = m_xy[2 * k + axis];
        std::size_t i = left;
        std::size_t j = right;
        swap(left, k);
        if (m_xy[2 * right + axis] > pivot) swap(left, right);
        while (i < j) {
            swap(i, j);
            ++i;
            --j;
            while (m_xy[2 * i + axis] < pivot) ++i;
            while (m_xy[2 * j + axis] > pivot) --j;
        }
        if (m_xy[2 * left + axis] == pivot) {
            swap(left, j);
        } else {
            ++j;
            swap(j, right);
        }
        if (j <= k) left = j + 1;
        if (k <= j) {
            if (j == 0) return;
            right = j - 1;
        }
    }
}

void KdTree::swap(std::size_t i, std::size_t j) {
    std::swap(m_ids[i], m_ids[j]);
    std::swap(m_xy[2 * i], m_xy[2 * j]);
    std::swap(m_xy[2 * i + 1], m_xy[2 * j + 1]);
}

}  // namespace wl::geo
