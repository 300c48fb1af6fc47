// SPDX-License-Identifier: GPL-3.0-or-later
// The file form of a CityMap:
//
//   magic "WLMAP\1" · length of the CBOR (8 bytes, big end first) · zstd frame · BLAKE2b-256 of all before it
//
// Coordinates are whole numbers of 2^-40 of the world (0.04 mm), each as the difference to the one before it.
#include "geo/city_map.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "domain/cbor.hpp"
#include "domain/compress.hpp"
#include "domain/crypto.hpp"

namespace wl::geo {

namespace {

constexpr std::string_view magic{"WLMAP\1", 6};
constexpr std::size_t headLength = 6 + 8;
constexpr std::size_t hashLength = 32;
constexpr std::uint64_t largestBody = std::uint64_t{1} << 30;
constexpr double steps = 0x1p40;

std::int64_t stepsOf(double v) { return std::llround(v * steps); }

class Encoder {
public:
    explicit Encoder(std::string& out) : m_cbor(out) {}

    void map(const CityMap& m) {
        m_cbor.array(8);
        m_cbor.text(m.name);
        m_cbor.text(m.copyright);
        rect(m.bounds);
        m_cbor.array(m.names.size());
        for (const std::string& name : m.names) m_cbor.text(name);
        m_cbor.array(m.ringEnds.size());
        for (const std::uint32_t end : m.ringEnds) m_cbor.uint(end);
        m_cbor.array(m.features.size());
        for (const Feature& f : m.features) feature(f, m);
        m_cbor.array(m.addresses.size());
        for (const Address& a : m.addresses) address(a);
        m_cbor.array(m.areas.size());
        for (const Area& a : m.areas) area(a);
    }

private:
    void points(std::span<const WorldPoint> list) {
        m_cbor.array(list.size() * 2);
        for (const WorldPoint p : list) point(p);
    }
    void point(WorldPoint p) {
        const std::int64_t x = stepsOf(p.x);
        const std::int64_t y = stepsOf(p.y);
        m_cbor.sint(x - m_x);
        m_cbor.sint(y - m_y);
        m_x = x;
        m_y = y;
    }
    void rect(const WorldRect& r) {
        m_cbor.array(4);
        point({r.left, r.top});
        point({r.right, r.bottom});
    }
    void feature(const Feature& f, const CityMap& m) {
        m_cbor.array(6);
        m_cbor.uint(static_cast<std::uint64_t>(f.cls));
        m_cbor.uint(static_cast<std::uint64_t>(f.shape));
        m_cbor.uint(f.name);
        m_cbor.uint(f.firstRing);
        m_cbor.uint(f.ringCount);
        points(m.pointsOf(f));
    }
    void address(const Address& a) {
        m_cbor.array(5);
        m_cbor.uint(a.street);
        m_cbor.uint(a.number);
        m_cbor.uint(a.area);
        m_cbor.sint(std::int64_t{a.at.latE7} - m_at.latE7);
        m_cbor.sint(std::int64_t{a.at.lonE7} - m_at.lonE7);
        m_at = a.at;
    }
    void area(const Area& a) {
        m_cbor.array(5);
        m_cbor.text(a.code);
        m_cbor.text(a.name);
        m_cbor.text(a.kind);
        m_cbor.array(2);
        point(a.label);
        m_cbor.array(a.rings.size());
        for (const auto& ring : a.rings) points(ring);
    }

    cbor::Writer m_cbor;
    std::int64_t m_x{}, m_y{};
    GeoPoint m_at;
};

std::unexpected<Error> corrupt(const char* what) { return fail(ErrorKind::Corrupt, "map.corrupt", what); }

/// Reads and checks: every index that is handed out lies within its list.
class Decoder {
public:
    explicit Decoder(std::string_view body) : m_cbor(body), m_length(body.size()) {}

    Result<CityMap> map() {
        CityMap m;
        WL_CHECK(exactly(8));
        WL_TRY(m.name, text());
        WL_TRY(m.copyright, text());
        WL_CHECK(exactly(4));
        WL_TRY(const WorldPoint topLeft, point());
        WL_TRY(const WorldPoint bottomRight, point());
        m.bounds = {topLeft.x, topLeft.y, bottomRight.x, bottomRight.y};
        WL_CHECK(list(m.names, [&] { return text(); }));
        WL_CHECK(list(m.ringEnds, [&] { return index(UINT32_MAX); }));
        WL_CHECK(list(m.features, [&] { return feature(m); }));
        WL_CHECK(list(m.addresses, [&] { return address(m); }));
        WL_CHECK(list(m.areas, [&] { return area(); }));
        for (const Address& a : m.addresses)
            if (a.area >= m.areas.size() && a.area != 0) return corrupt("address.area");
        if (!m_cbor.atEnd()) return corrupt("end");
        return m;
    }

private:
    template <class Item, class Read>
    Result<std::size_t> list(std::vector<Item>& out, Read read) {
        WL_TRY(const std::uint64_t count, m_cbor.array());
        if (count > m_length) return corrupt("count");  // an item takes at least a byte
        out.reserve(count);
        for (std::uint64_t i = 0; i < count; ++i) {
            WL_TRY(Item item, read());
            out.push_back(std::move(item));
        }
        return out.size();
    }
    Result<std::uint64_t> exactly(std::uint64_t count) {
        WL_TRY(const std::uint64_t found, m_cbor.array());
        if (found != count) return corrupt("count");
        return found;
    }
    Result<std::string> text() {
        WL_TRY(const std::string_view found, m_cbor.text());
        return std::string(found);
    }
    /// A whole number below the bound.
    Result<std::uint32_t> index(std::uint64_t bound) {
        WL_TRY(const std::uint64_t found, m_cbor.uint());
        if (found >= bound) return corrupt("index");
        return static_cast<std::uint32_t>(found);
    }
    Result<double> coordinate(std::int64_t& last) {
        WL_TRY(const std::int64_t difference, m_cbor.sint());
        constexpr std::int64_t world = std::int64_t{1} << 44;
        if (difference > world || difference < -world) return corrupt("coordinate");
        last += difference;
        if (last > world || last < -world) return corrupt("coordinate");
        return static_cast<double>(last) / steps;
    }
    Result<WorldPoint> point() {
        WL_TRY(const double x, coordinate(m_x));
        WL_TRY(const double y, coordinate(m_y));
        return WorldPoint{x, y};
    }
    Result<std::size_t> points(std::vector<WorldPoint>& out) {
        WL_TRY(const std::uint64_t numbers, m_cbor.array());
        if (numbers % 2 != 0 || numbers > m_length) return corrupt("points");
        for (std::uint64_t i = 0; i < numbers / 2; ++i) {
            WL_TRY(const WorldPoint p, point());
            out.push_back(p);
        }
        return numbers / 2;
    }
    Result<Feature> feature(CityMap& m) {
        Feature f;
        WL_CHECK(exactly(6));
        WL_TRY(const std::uint32_t cls, index(static_cast<std::uint64_t>(FeatureClass::Place) + 1));
        WL_TRY(const std::uint32_t shape, index(static_cast<std::uint64_t>(Shape::Polygon) + 1));
        WL_TRY(f.name, index(m.names.size()));
        WL_TRY(f.firstRing, index(m.ringEnds.size() + 1));
        WL_TRY(f.ringCount, index(m.ringEnds.size() - f.firstRing + 1));
        f.cls = static_cast<FeatureClass>(cls);
        f.shape = static_cast<Shape>(shape);
        f.firstPoint = static_cast<std::uint32_t>(m.points.size());
        WL_TRY(const std::size_t count, points(m.points));
        if (count == 0) return corrupt("feature");
        f.pointCount = static_cast<std::uint32_t>(count);
        std::uint32_t before = 0;
        for (std::uint32_t r = f.firstRing; r < f.firstRing + f.ringCount; ++r) {
            if (m.ringEnds[r] < before || m.ringEnds[r] > f.pointCount) return corrupt("ring");
            before = m.ringEnds[r];
        }
        f.bounds = boundsOf(m.pointsOf(f));
        return f;
    }
    Result<Address> address(const CityMap& m) {
        Address a;
        WL_CHECK(exactly(5));
        WL_TRY(a.street, index(m.names.size()));
        WL_TRY(a.number, index(m.names.size()));
        WL_TRY(a.area, index(UINT32_MAX));
        WL_TRY(const std::int64_t lat, m_cbor.sint());
        WL_TRY(const std::int64_t lon, m_cbor.sint());
        constexpr std::int64_t turn = 3'600'000'000;
        if (lat > turn || lat < -turn || lon > turn || lon < -turn) return corrupt("address");
        if (std::abs(m_at.latE7 + lat) > 900'000'000 || std::abs(m_at.lonE7 + lon) > 1'800'000'000)
            return corrupt("address");
        m_at = {static_cast<std::int32_t>(m_at.latE7 + lat), static_cast<std::int32_t>(m_at.lonE7 + lon)};
        a.at = m_at;
        return a;
    }
    Result<std::vector<WorldPoint>> ring() {
        std::vector<WorldPoint> found;
        WL_CHECK(points(found));
        return found;
    }
    Result<Area> area() {
        Area a;
        WL_CHECK(exactly(5));
        WL_TRY(a.code, text());
        WL_TRY(a.name, text());
        WL_TRY(a.kind, text());
        WL_CHECK(exactly(2));
        WL_TRY(a.label, point());
        WL_CHECK(list(a.rings, [&] { return ring(); }));
        std::vector<WorldPoint> all;
        for (const auto& ring : a.rings) all.insert(all.end(), ring.begin(), ring.end());
        if (!all.empty()) a.bounds = boundsOf(all);
        return a;
    }

    cbor::Reader m_cbor;
    std::size_t m_length;
    std::int64_t m_x{}, m_y{};
    GeoPoint m_at;
};

}  // namespace

WorldRect boundsOf(std::span<const WorldPoint> points) {
    WorldRect r{points[0].x, points[0].y, points[0].x, points[0].y};
    for (const WorldPoint p : points) {
        r.left = std::min(r.left, p.x);
        r.right = std::max(r.right, p.x);
        r.top = std::min(r.top, p.y);
        r.bottom = std::max(r.bottom, p.y);
    }
    return r;
}

std::string encodeCityMap(const CityMap& map) {
    std::string body;
    Encoder(body).map(map);
    std::string file(magic);
    for (int shift = 56; shift >= 0; shift -= 8) file += static_cast<char>(body.size() >> shift & 0xFF);
    file += compress(body, 9);
    const Hash hash = blake2b({file});
    file += view(hash);
    return file;
}

Result<CityMap> decodeCityMap(std::string_view bytes) {
    if (!bytes.starts_with(magic)) return fail(ErrorKind::Input, "map.notAMap");
    if (bytes.size() < headLength + hashLength) return corrupt("length");
    const std::string_view covered = bytes.substr(0, bytes.size() - hashLength);
    const Hash hash = blake2b({covered});
    if (view(hash) != bytes.substr(covered.size())) return corrupt("checksum");
    std::uint64_t length = 0;
    for (std::size_t i = magic.size(); i < headLength; ++i) length = length << 8 | static_cast<std::uint8_t>(bytes[i]);
    if (length > largestBody) return corrupt("length");
    WL_TRY(const std::string body, decompress(covered.substr(headLength), length));
    return Decoder(body).map();
}

}  // namespace wl::geo
