// SPDX-License-Identifier: GPL-3.0-or-later
// The one place that knows GDAL.
#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <map>
#include <memory>
#include <mutex>

#include "geo/basemap/source_feature.hpp"

namespace wl::geo::basemap {
namespace {

std::string lower(std::string text) {
    std::ranges::transform(text, text.begin(),
                           [](unsigned char c) { return static_cast<char>(c < 128 ? std::tolower(c) : c); });
    return text;
}

// What GDAL complains of while one file is read. Its handlers are a stack of each thread.
struct Complaints {
    std::string first;
    Complaints() { CPLPushErrorHandlerEx(&Complaints::take, this); }
    ~Complaints() { CPLPopErrorHandler(); }
    Complaints(const Complaints&) = delete;
    Complaints& operator=(const Complaints&) = delete;
    static void take(CPLErr kind, CPLErrorNum, const char* words) {
        auto* self = static_cast<Complaints*>(CPLGetErrorHandlerUserData());
        if (kind >= CE_Failure && self->first.empty()) self->first = words;
    }
};

// "a"=>"b","c"=>"d": what the reader of OpenStreetMap files puts the other tags into.
void splitTags(const char* text, std::vector<std::pair<std::string, std::string>>& into) {
    const auto quoted = [&text](std::string& out) {
        out.clear();
        while (*text != 0 && *text != '"') ++text;
        if (*text == 0) return false;
        for (++text; *text != 0 && *text != '"'; ++text) {
            if (*text == '\\' && text[1] != 0) ++text;
            out += *text;
        }
        if (*text == 0) return false;
        ++text;
        return true;
    };
    std::string key, value;
    while (quoted(key) && quoted(value)) into.emplace_back(key, value);
}

void addRing(const OGRLineString& line, SourceFeature& out) {
    auto& part = out.parts.emplace_back();
    part.reserve(static_cast<std::size_t>(line.getNumPoints()));
    for (int i = 0; i < line.getNumPoints(); ++i) part.push_back({line.getX(i), line.getY(i)});
}

bool flatten(const OGRGeometry& geometry, SourceFeature& out) {
    if (geometry.hasCurveGeometry()) {
        const std::unique_ptr<OGRGeometry> straight(geometry.getLinearGeometry());
        return straight && flatten(*straight, out);
    }
    const auto type = wkbFlatten(geometry.getGeometryType());
    if (type == wkbPoint) {
        const auto& p = *geometry.toPoint();
        out.shape = Shape::Point;
        out.parts.push_back({{p.getX(), p.getY()}});
        return true;
    }
    if (type == wkbMultiPoint)
        return geometry.toMultiPoint()->getNumGeometries() > 0 &&
               flatten(*geometry.toMultiPoint()->getGeometryRef(0), out);
    out.shape = type == wkbLineString || type == wkbMultiLineString ? Shape::Line : Shape::Polygon;
    if (type == wkbLineString) addRing(*geometry.toLineString(), out);
    else if (type == wkbMultiLineString)
        for (const auto* line : *geometry.toMultiLineString()) addRing(*line, out);
    else if (type == wkbPolygon)
        for (const auto* ring : *geometry.toPolygon()) addRing(*ring, out);
    else if (type == wkbMultiPolygon)
        for (const auto* polygon : *geometry.toMultiPolygon())
            for (const auto* ring : *polygon) addRing(*ring, out);
    else if (type == wkbGeometryCollection)  // what is left of a polygon that was made valid
        for (const auto* part : *geometry.toGeometryCollection())
            if (part->getDimension() == 2) flatten(*part, out);
    return !out.parts.empty();
}

struct TransformDeleter {
    void operator()(OGRCoordinateTransformation* t) const { OGRCoordinateTransformation::DestroyCT(t); }
};

// One layer's way to WGS84; empty when it is there already.
class ToEarth {
public:
    static Result<ToEarth> of(const OGRLayer& layer, const std::string& file) {
        ToEarth out;
        const auto* from = const_cast<OGRLayer&>(layer).GetSpatialRef();
        if (from == nullptr || from->IsLocal())
            return fail(ErrorKind::Input, "basemap.no_crs", file, layer.GetDescription());
        out.m_name = from->GetName() ? from->GetName() : "";
        OGRSpatialReference wgs84;
        wgs84.importFromEPSG(4326);
        wgs84.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
        OGRSpatialReference source(*from);
        source.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
        if (source.IsSame(&wgs84)) return out;
        out.m_transform.reset(OGRCreateCoordinateTransformation(&source, &wgs84));
        if (!out.m_transform) return fail(ErrorKind::Input, "basemap.wrong_crs", file, out.m_name);
        return out;
    }
    /// False where the coordinates are not of this reference system.
    bool convert(OGRGeometry& geometry) const {
        if (m_transform && geometry.transform(m_transform.get()) != OGRERR_NONE) return false;
        OGREnvelope e;
        geometry.getEnvelope(&e);
        return std::isfinite(e.MinX) && std::isfinite(e.MaxX) && e.MinX >= -180.001 && e.MaxX <= 180.001 &&
               e.MinY >= -90.001 && e.MaxY <= 90.001;
    }
    [[nodiscard]] const std::string& name() const { return m_name; }

private:
    std::unique_ptr<OGRCoordinateTransformation, TransformDeleter> m_transform;
    std::string m_name;
};

void takeColumns(const OGRFeature& from, SourceFeature& out) {
    for (int i = 0; i < from.GetFieldCount(); ++i) {
        if (!from.IsFieldSetAndNotNull(i)) continue;
        const char* name = from.GetFieldDefnRef(i)->GetNameRef();
        const char* value = from.GetFieldAsString(i);
        if (value == nullptr || *value == 0) continue;
        if (std::strcmp(name, "other_tags") == 0) splitTags(value, out.tags);
        else out.tags.emplace_back(lower(name), value);
    }
}

}  // namespace

const std::string& SourceFeature::tag(std::string_view name) const {
    static const std::string none;
    const auto at = std::ranges::find(tags, name, &std::pair<std::string, std::string>::first);
    return at == tags.end() ? none : at->second;
}

const std::string& SourceFeature::firstOf(std::initializer_list<std::string_view> names) const {
    static const std::string none;
    for (const auto name : names)
        if (const auto& value = tag(name); !value.empty()) return value;
    return none;
}

Result<void> readSource(const std::filesystem::path& file, bool repair, const std::function<bool(double)>& progress,
                        const std::function<void(SourceFeature&&)>& each, std::size_t& repaired) {
    static std::once_flag once;
    std::call_once(once, [] {
        GDALAllRegister();
        CPLSetConfigOption("OGR_INTERLEAVED_READING", "YES");
        CPLSetConfigOption("OSM_COMPRESS_NODES", "YES");
        CPLSetConfigOption("OGR_GEOJSON_MAX_OBJ_SIZE",
                           "100");  // MB; up to this much is kept of a file that is streamed
    });
    const auto shown = file.string();
    std::error_code missing;
    if (!std::filesystem::exists(file, missing)) return fail(ErrorKind::NotFound, "basemap.missing", shown);
    Complaints complaints;
    const auto path = file.extension() == ".gz" ? "/vsigzip/" + shown : shown;
    const std::unique_ptr<GDALDataset> data(GDALDataset::Open(path.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY));
    if (!data) {
        const bool damaged = !complaints.first.empty() && !complaints.first.contains("not recognized");
        return damaged ? fail(ErrorKind::Input, "basemap.damaged", shown, complaints.first)
                       : fail(ErrorKind::Input, "basemap.unreadable", shown);
    }
    const bool osm = std::strcmp(data->GetDriverName(), "OSM") == 0;
    const bool tiles = std::strcmp(data->GetDriverName(), "MBTiles") == 0;
    std::map<const OGRLayer*, ToEarth> ways;
    for (auto* layer : data->GetLayers()) {
        if (layer->GetGeomType() == wkbNone) continue;
        WL_TRY(auto way, ToEarth::of(*layer, shown));
        ways.emplace(layer, std::move(way));
    }
    bool stopped = false;
    std::size_t read = 0;
    OGRLayer* layer = nullptr;
    double share = 0;
    while (std::unique_ptr<OGRFeature> feature{data->GetNextFeature(&layer, &share, nullptr, nullptr)}) {
        if (stopped = ++read % 512 == 0 && !progress(share); stopped) break;
        auto* geometry = feature->GetGeometryRef();
        const auto way = ways.find(layer);
        if (geometry == nullptr || geometry->IsEmpty() || way == ways.end()) continue;
        if (!way->second.convert(*geometry))
            return fail(ErrorKind::Input, "basemap.wrong_crs", shown, way->second.name());
        SourceFeature out;
        out.osm = osm;
        out.layer = lower(layer->GetName());
        takeColumns(*feature, out);
        if (tiles) tagsOfTile(out);
        if (tiles && out.tags.empty()) continue;
        std::unique_ptr<OGRGeometry> valid;
        if (repair && geometry->getDimension() == 2 && !geometry->IsValid()) {
            valid.reset(geometry->MakeValid());
            if (valid) geometry = valid.get(), ++repaired;
        }
        if (flatten(*geometry, out)) each(std::move(out));
    }
    if (stopped) return fail(ErrorKind::Cancelled, "basemap.cancelled", shown);
    if (!complaints.first.empty()) return fail(ErrorKind::Input, "basemap.damaged", shown, complaints.first);
    return {};
}

}  // namespace wl::geo::basemap
