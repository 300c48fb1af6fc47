// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Who may be who, for the window: the finder's answers on the GUI thread. One for each bridge. GUI thread.

#include <QObject>

#include <memory>

#include "engine/person_finder.hpp"
#include "ui/models/console_bridge.hpp"

namespace wl::ui {

class PersonSearch final : public QObject {
    Q_OBJECT

public:
    /// The one of this bridge; made when first asked for, deleted with it.
    static PersonSearch& of(ConsoleBridge& bridge);
    ~PersonSearch() override;

    /// Begins to look; `automatic` joins what is beyond doubt. Asking begins too, without joining.
    void start(bool automatic);
    void review(std::size_t limit, QObject* context,
                std::function<void(const Result<engine::PersonFinder::Review>&)> answer);
    /// Records that may be of the same person as this one.
    void likely(const PersonId& person, std::size_t limit, QObject* context,
                std::function<void(const Result<std::vector<engine::PersonHit>>&)> answer);

Q_SIGNALS:
    /// Pairs were found or decided.
    void changed();

private:
    explicit PersonSearch(ConsoleBridge& bridge) : QObject(nullptr), m_bridge(bridge) {}

    ConsoleBridge& m_bridge;
    std::unique_ptr<engine::PersonFinder> m_finder;
};

/// "(617) 555-0142" for a number of the city's region, in international form for others, anything else as it is.
[[nodiscard]] QString contactWords(const Contact& contact, const rules::Catalogue& catalogue);
/// "same telephone number (+8.7), similar address (+2.0)": what agreed and how much that counts.
[[nodiscard]] QString likenessWords(const rules::matching::PersonLikeness& likeness);

/// The same of what is kept with a judgement: "first name +4.5, number +8.7".
[[nodiscard]] QString reasonWords(const std::string& reasons);

}  // namespace wl::ui
