// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/person_search.hpp"

#include <QAbstractEventDispatcher>
#include <QCoreApplication>
#include <QLocale>
#include <QPointer>
#include <QStringList>
#include <QThread>

#include "channels/phone_numbers.hpp"
#include "ui/models/value_words.hpp"

namespace wl::ui {
namespace {

using namespace Qt::StringLiterals;

// Hands an answer of the finder's thread to the GUI thread, unless who asked has gone by then.
template <class T>
std::function<void(T)> onGui(QObject* context, std::function<void(const T&)> answer) {
    return [context = QPointer<QObject>(context), answer = std::move(answer), app = QThread::currentThread()](T value) {
        QMetaObject::invokeMethod(QAbstractEventDispatcher::instance(app),
                                  [context, answer, value = std::make_shared<T>(std::move(value))] {
                                      if (context) answer(*value);
                                  });
    };
}

}  // namespace

PersonSearch& PersonSearch::of(ConsoleBridge& bridge) {
    if (auto* existing = bridge.findChild<PersonSearch*>(Qt::FindDirectChildrenOnly)) return *existing;
    auto* made = new PersonSearch(bridge);
    made->setParent(&bridge);
    return *made;
}

PersonSearch::~PersonSearch() = default;

void PersonSearch::start(bool automatic) {
    if (m_finder) return;
    auto finder = engine::PersonFinder::start(m_bridge.engine(), automatic);
    if (!finder) return;  // asking says so
    m_finder = std::move(*finder);
    m_finder->onChange([self = QPointer<PersonSearch>(this), app = QThread::currentThread()] {
        QMetaObject::invokeMethod(QAbstractEventDispatcher::instance(app), [self] {
            if (self) Q_EMIT self->changed();
        });
    });
}

void PersonSearch::review(std::size_t limit, QObject* context,
                          std::function<void(const Result<engine::PersonFinder::Review>&)> answer) {
    start(false);
    if (!m_finder) return answer(fail(ErrorKind::World, "replica.unreadable"));
    m_finder->review(limit, onGui<Result<engine::PersonFinder::Review>>(context, std::move(answer)));
}

void PersonSearch::likely(const PersonId& person, std::size_t limit, QObject* context,
                          std::function<void(const Result<std::vector<engine::PersonHit>>&)> answer) {
    start(false);
    if (!m_finder) return answer(fail(ErrorKind::World, "replica.unreadable"));
    const auto view = m_bridge.reader().person(person);
    if (!view) return answer(std::unexpected(view.error()));
    m_finder->likely(engine::factsOf(view->state, m_bridge.catalogue()->jurisdiction().region), person, limit,
                     onGui<Result<std::vector<engine::PersonHit>>>(context, std::move(answer)));
}

QString contactWords(const Contact& contact, const rules::Catalogue& catalogue) {
    if (contact.kind != ContactKind::Phone && contact.kind != ContactKind::WhatsApp) return fromText(contact.value);
    return fromText(channels::shownPhone(contact.value, catalogue.jurisdiction().region));
}

QString reasonWords(const std::string& reasons) {
    struct Words {
        Q_DECLARE_TR_FUNCTIONS(PersonLikeness)
    };
    QStringList out;
    for (const auto& reason : fromText(reasons).split(u';', Qt::SkipEmptyParts)) {
        const auto part = reason.section(u'=', 0, 0);
        const auto words = part == u"given"_s     ? Words::tr("first name")
                           : part == u"family"_s  ? Words::tr("family name")
                           : part == u"phone"_s   ? Words::tr("number")
                           : part == u"email"_s   ? Words::tr("e-mail")
                           : part == u"address"_s ? Words::tr("address")
                                                  : part;
        const double weight = reason.section(u'=', 1).toDouble() / 1000;
        out << u"%1 %2%3"_s.arg(words, weight >= 0 ? u"+"_s : QString(), QLocale().toString(weight, 'f', 1));
    }
    return out.join(u", "_s);
}

QString likenessWords(const rules::matching::PersonLikeness& likeness) {
    struct Words {
        Q_DECLARE_TR_FUNCTIONS(PersonLikeness)
    };
    const QStringList parts{Words::tr("first name"), Words::tr("family name"), Words::tr("number"), Words::tr("e-mail"),
                            Words::tr("address")};
    QStringList out;
    for (std::size_t p = 0; p < rules::matching::kPersonParts; ++p) {
        const int level = likeness.level[p];
        if (level == rules::matching::kUnknown) continue;
        const auto words = level == 3   ? Words::tr("same %1")
                           : level == 2 ? Words::tr("nearly the same %1")
                           : level == 1 ? Words::tr("similar %1")
                                        : Words::tr("another %1");
        const auto weight = QLocale().toString(likeness.weight[p], 'f', 1);
        out << words.arg(parts[static_cast<qsizetype>(p)]) +
                   u" (%1%2)"_s.arg(likeness.weight[p] >= 0 ? u"+"_s : QString(), weight);
    }
    return out.join(u", "_s);
}

}  // namespace wl::ui
