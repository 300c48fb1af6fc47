// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/hotspot_watch.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <map>

namespace wl::engine {
namespace {

namespace json = boost::json;

constexpr std::int64_t kSlice = 20'000;
constexpr std::size_t kStep = 500;         // cases lived through in one go
constexpr std::size_t kManyLate = 200;     // older cases that came in: the past is another one
constexpr const char* kKind = "pattern_acknowledged";

geo::ScanCase scanCaseOf(const store::CaseFacet& f) {
    geo::ScanCase out{f.key.value, static_cast<std::uint32_t>(f.service), {f.requestedMs}, {}};
    if (f.hasPlace) out.place = f.place;
    return out;
}

bool counts(const store::CaseFacet& f) { return f.status != 255 && f.service > 0 && f.requestedMs > 0; }

}  // namespace

Result<std::unique_ptr<HotSpotWatch>> HotSpotWatch::start(Engine& engine, const std::filesystem::path& folder,
                                                          std::function<void(PatternsPtr)> tell) {
    WL_TRY(auto reader, store::FacetReader::open(store::databasePath(folder)));
    return std::unique_ptr<HotSpotWatch>(new HotSpotWatch(engine, std::move(reader), std::move(tell)));
}

HotSpotWatch::HotSpotWatch(Engine& engine, std::unique_ptr<store::FacetReader> reader,
                           std::function<void(PatternsPtr)> tell)
    : m_engine(engine), m_reader(std::move(reader)), m_tell(std::move(tell)) {
    m_worker.post([this] { begin(); });
    m_subscription = engine.subscribe([this](const ChangeSetPtr& changes) {
        if (changes->everything || changes->catalogue || !changes->cases.empty())
            m_worker.post([this, changes] { changed(changes); });
    });
}

HotSpotWatch::~HotSpotWatch() {
    m_subscription = {};
    m_stopping = true;
    m_worker.finish();
}

void HotSpotWatch::begin() {
    ++m_run;
    m_scan = std::make_unique<geo::HotSpotScan>();
    m_history.clear();
    m_patterns.clear();
    m_next = m_cases = m_late = 0;
    m_after = 0;
    m_asOf = {};
    m_complete = false;
    m_loading = true;
    loadNext();
}

void HotSpotWatch::loadNext() {
    const auto highest = m_reader->highestKey();
    const bool read = highest && m_reader
                                     ->slice({m_after}, kSlice,
                                             [this](const store::CaseFacet& f) {
                                                 if (counts(f)) m_history.push_back(scanCaseOf(f));
                                             })
                                     .has_value();
    if (m_stopping) return;
    if (!read) return m_tell(nullptr);  // verification names what cannot be read
    m_after += kSlice;
    const auto next = m_after < *highest ? &HotSpotWatch::loadNext : &HotSpotWatch::scanNext;
    if (next == &HotSpotWatch::scanNext) {
        m_loading = false;
        std::ranges::sort(m_history, [](const geo::ScanCase& a, const geo::ScanCase& b) {
            return a.at != b.at ? a.at < b.at : a.key < b.key;
        });
    }
    m_worker.post([this, next, run = m_run] {
        if (run == m_run && !m_stopping) (this->*next)();
    });
}

void HotSpotWatch::scanNext() {
    const auto until = std::min(m_history.size(), m_next + kStep);
    for (; m_next < until; ++m_next) take(m_history[m_next]);
    if (m_next < m_history.size()) {
        m_worker.post([this, run = m_run] {
            if (run == m_run && !m_stopping) scanNext();
        });
        return;
    }
    m_history = {};
    m_complete = true;
    publish();
}

void HotSpotWatch::take(const geo::ScanCase& next) {
    ++m_cases;
    if (next.at < m_asOf) ++m_late;
    m_asOf = std::max(m_asOf, next.at);
    for (auto& spot : m_scan->add(next)) {
        Pattern pattern;
        for (const auto key : spot.members) pattern.cases.push_back(CaseKey{key});
        const auto code = m_reader->text(static_cast<std::int32_t>(spot.service));
        if (!code) continue;
        pattern.service = *code;
        pattern.area = areaOf(pattern.cases);
        const auto episode = spot.episode;
        pattern.spot = std::move(spot);
        std::erase_if(m_patterns, [&](const Pattern& p) { return p.spot.episode == episode; });
        m_patterns.push_back(std::move(pattern));
    }
    std::erase_if(m_patterns, [this](const Pattern& p) { return p.spot.to + kShown < m_asOf; });
}

std::string HotSpotWatch::areaOf(std::span<const CaseKey> cases) {
    std::map<std::int32_t, int> counts;
    const auto read = m_reader->some(cases, [&](const store::CaseFacet& f) { ++counts[f.area]; });
    if (!read || counts.empty()) return {};
    const auto most = std::ranges::max_element(counts, {}, [](const auto& one) { return one.second; });
    return m_reader->text(most->first).value_or(std::string());
}

void HotSpotWatch::changed(const ChangeSetPtr& changes) {
    if (m_stopping) return;
    if (changes->everything) return begin();
    std::vector<CaseKey> fresh;
    for (const auto& [key, mask] : changes->cases)
        if ((mask & kOpenedCase) != 0) fresh.push_back(key);
    if (fresh.empty() && !changes->catalogue) return;
    if (!fresh.empty()) {
        std::ranges::sort(fresh);
        // Those that loading will still meet are not taken twice.
        if (m_loading) std::erase_if(fresh, [this](CaseKey key) { return key.value > m_after; });
        std::vector<geo::ScanCase> cases;
        const auto read = m_reader->some(fresh, [&](const store::CaseFacet& f) {
            if (counts(f)) cases.push_back(scanCaseOf(f));
        });
        if (!read) return;
        std::ranges::sort(cases, {}, [](const geo::ScanCase& c) { return c.at.ms; });
        if (!m_complete) {
            m_history.insert(m_history.end(), cases.begin(), cases.end());
            return;
        }
        for (const auto& c : cases) take(c);
        if (m_late > kManyLate) {  // an import of the past: once it is in, live through it anew
            m_late = 0;
            m_worker.callAfter(std::chrono::seconds(5), [this] { begin(); });
        }
    }
    publish();
}

void HotSpotWatch::publish() {
    if (!m_complete) return;
    auto out = std::make_shared<Patterns>();
    out->list = m_patterns;
    out->cases = m_cases;
    out->asOf = m_asOf;
    out->complete = m_complete;
    const auto catalogue = m_engine.catalogue();
    for (auto& p : out->list) p.acknowledged = isAcknowledged(p, *catalogue);
    std::ranges::stable_sort(out->list, [](const Pattern& a, const Pattern& b) {
        if (a.acknowledged != b.acknowledged) return b.acknowledged;
        return a.spot.recurrenceDays > b.spot.recurrenceDays;
    });
    m_engine.setPatterns(out);
    m_tell(std::move(out));
}

rules::CatalogueItem acknowledgementOf(const Pattern& pattern, Instant now, const std::string& agent) {
    const auto& s = pattern.spot;
    // Keys in the order of the alphabet, as in every document.
    const json::object document{{"at", now.ms},
                                {"by", agent},
                                {"lat", s.centre.latE7},
                                {"long", s.centre.lonE7},
                                {"observed", s.observed},
                                {"pattern_to", s.to.ms},
                                {"radius", static_cast<std::int64_t>(s.radiusMetres)},
                                {"service", pattern.service},
                                {"whole_city", s.cityWide}};
    return {kKind, pattern.service + '-' + std::to_string(s.to.ms / 1000) + '-' + std::to_string(s.centre.latE7),
            json::serialize(document)};
}

bool isAcknowledged(const Pattern& pattern, const rules::Catalogue& catalogue) {
    const auto& s = pattern.spot;
    for (const auto& item : catalogue.unknownItems()) {
        if (item.kind != kKind || item.document.empty()) continue;
        boost::system::error_code bad;
        const auto value = json::parse(item.document, bad);
        const auto* o = bad ? nullptr : value.if_object();
        if (!o) continue;
        const auto number = [&](const char* key) {
            const auto* v = o->if_contains(key);
            const auto* n = v ? v->if_int64() : nullptr;
            return n ? *n : 0;
        };
        const auto* service = o->if_contains("service");
        if (!service || !service->is_string() || service->as_string() != pattern.service) continue;
        const auto* whole = o->if_contains("whole_city");
        if ((whole && whole->is_bool() && whole->as_bool()) != s.cityWide) continue;
        const Instant noted{number("pattern_to")};
        if (s.from > noted + HotSpotWatch::kShown || noted > s.to + HotSpotWatch::kShown) continue;
        if (s.observed >= 2 * number("observed")) continue;  // it has grown since
        if (s.cityWide) return true;
        const GeoPoint at{static_cast<std::int32_t>(number("lat")), static_cast<std::int32_t>(number("long"))};
        if (geo::distanceMetres(at, s.centre) <= s.radiusMetres + static_cast<double>(number("radius"))) return true;
    }
    return false;
}

}  // namespace wl::engine
