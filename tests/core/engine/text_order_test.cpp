// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text_order.hpp"

#include <QTest>

#include <algorithm>
#include <map>

#include "support/property.hpp"

using namespace wl;
using namespace wl::engine;
using namespace wl::test;

namespace {

std::string small(std::string text) {
    for (auto& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text.substr(0, TextOrder::kCompared);
}

// What the order ought to be: by folded text, empty last, then by slot.
std::vector<TextOrder::Slot> sorted(const std::map<TextOrder::Slot, std::string>& texts) {
    std::vector<std::tuple<bool, std::string, TextOrder::Slot>> all;
    for (const auto& [slot, text] : texts) all.emplace_back(text.empty(), small(text), slot);
    std::ranges::sort(all);
    std::vector<TextOrder::Slot> slots;
    for (const auto& one : all) slots.push_back(std::get<2>(one));
    return slots;
}

std::string compare(const TextOrder& order, const std::map<TextOrder::Slot, std::string>& texts) {
    auto slots = sorted(texts);
    for (std::size_t i = 1; i < slots.size(); ++i)
        if (order.rank(slots[i - 1]) >= order.rank(slots[i]))
            return "\"" + texts.at(slots[i - 1]) + "\" is not before \"" + texts.at(slots[i]) + "\"";
    return order.size() == texts.size() ? "" : "cases missing or twice";
}

}  // namespace

class TextOrderTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anyRunsAndAnyChangesGiveTheSortedOrder() {
        QVERIFY(holds(
            "order",
            [](Recipe& r) -> std::string {
                std::map<TextOrder::Slot, std::string> texts;
                TextOrder order;
                const auto count = r.below(60);
                for (TextOrder::Slot slot = 1; slot <= count; ++slot) {
                    const auto text = r.text(3);
                    texts[slot] = text;
                    order.add(slot, text);
                    if (r.chance(20)) order.endRun();
                }
                const auto step = 1 + r.below(7);
                for (int rounds = 0; !order.merge(step); ++rounds)
                    if (rounds > 100) return "never ready";
                if (const auto wrong = compare(order, texts); !wrong.empty()) return wrong;
                for (auto changes = r.below(40); changes > 0; --changes) {
                    const auto slot = static_cast<TextOrder::Slot>(1 + r.below(80));
                    texts[slot] = r.text(3);
                    const auto placed =
                        order.place(slot, texts[slot],
                                    [&](TextOrder::Slot other) -> Result<std::string> { return texts.at(other); });
                    if (!placed) return "not placed";
                    if (const auto wrong = compare(order, texts); !wrong.empty()) return wrong;
                }
                return {};
            },
            200, 400));
    }

    // Always at the same spot, until no number is left between the neighbours.
    void gapsThatRunOutAreMadeAnew() {
        std::map<TextOrder::Slot, std::string> texts{{1, "a"}, {2, "z"}};
        TextOrder order;
        order.add(1, "a");
        order.add(2, "z");
        QVERIFY(order.merge(10));
        for (TextOrder::Slot slot = 3; slot < 300; ++slot) {
            texts[slot] = "m";
            QVERIFY(order
                        .place(slot, "m", [&](TextOrder::Slot other) -> Result<std::string> { return texts.at(other); })
                        .has_value());
        }
        QCOMPARE(compare(order, texts), std::string());
    }

    void aTextThatCannotBeReadTakesTheCaseOut() {
        TextOrder order;
        order.add(1, "a");
        order.add(2, "b");
        QVERIFY(order.merge(10));
        const auto placed =
            order.place(2, "c", [](TextOrder::Slot) -> Result<std::string> { return fail(ErrorKind::Corrupt, "row"); });
        QVERIFY(!placed.has_value());
        QCOMPARE(order.rank(2), TextOrder::kLast);
    }
};

QTEST_GUILESS_MAIN(TextOrderTest)
#include "text_order_test.moc"
