// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Open311 GeoReport v2 (wiki.open311.org/GeoReport_v2): a request in, an answer out. Discovery, services, definitions,
// requests filed, listed and looked up, tokens, and the servicerequestupdates extension; XML and JSON by the ending of
// the path. Keeps nothing between requests; what the city has it asks a Desk for.

#include <optional>
#include <set>

#include "channels/http/http.hpp"
#include "domain/geo_point.hpp"
#include "domain/result.hpp"
#include "domain/time.hpp"

namespace wl::open311 {

struct Attribute {
    std::string code, datatype, datatypeDescription, description;
    bool variable{true}, required{};
    int order{};
    http::Pairs values;  ///< key, name
};
struct Service {
    std::string code, name, description, group;
    std::vector<std::string> keywords;
    std::vector<Attribute> attributes;
};
struct ServiceRequest {
    std::string id, statusNotes, serviceName, serviceCode, description, agency, notice, address, zipcode, mediaUrl;
    bool open{};
    Instant requested, updated, expected;
    std::optional<GeoPoint> position;
};
struct Update {
    std::string id, requestId, description;
    bool open{};
    Instant at;
};
/// What somebody files. Texts are as they came, checked for length and form.
struct Filing {
    std::string service, description, address, addressId, firstName, lastName, email, phone, deviceId, accountId,
        mediaUrl;
    std::optional<GeoPoint> position;
    std::vector<std::pair<std::string, std::vector<std::string>>> answers;  ///< attribute code, values
    std::string onceKey;  ///< Idempotency-Key of the client with its API key; empty if it gave none
};
struct Filed {
    std::string id, notice;
};
struct NewUpdate {
    std::string requestId, id, status, description, firstName, lastName, email, phone, mediaUrl;
    Instant at;
};
struct Filter {
    std::vector<std::string> services;
    std::optional<bool> open;
    Instant from, to;                ///< requested_datetime, [from, to)
    Instant updatedFrom, updatedTo;  ///< updated_datetime
    std::optional<std::pair<GeoPoint, GeoPoint>> box;  ///< south-west, north-east
    std::optional<GeoPoint> near;
    double metres{};
    std::string words;
    std::size_t skip{}, limit{1000};
};

/// The city's side. Called by one thread at a time; may take a while.
class Desk {
public:
    virtual ~Desk() = default;
    [[nodiscard]] virtual Instant now() const = 0;
    /// What the public may ask for.
    [[nodiscard]] virtual std::vector<Service> services() const = 0;
    virtual Result<Filed> file(const Filing& filing) = 0;
    /// Newest first; what is confidential is never among them.
    virtual Result<std::vector<ServiceRequest>> list(const Filter& filter) = 0;
    /// Nothing where there is no such request, or none that the public may see.
    virtual Result<std::optional<ServiceRequest>> find(std::string_view id) = 0;
    virtual Result<std::vector<Update>> updates(Instant from, Instant to, std::size_t limit) = 0;
    /// The same id twice is one update.
    virtual Result<void> addUpdate(const NewUpdate& update) = 0;
};

struct Settings {
    std::set<std::string> keys;      ///< who may file; empty: nobody
    std::string jurisdiction;        ///< jurisdiction_id that callers may name
    std::string contact;             ///< whom developers ask for a key
    std::string baseUrl;             ///< "https://city.example/open311/v2"
    std::string changeset;           ///< when services last changed, ISO 8601
    bool production{};
};

class GeoReport {
public:
    GeoReport(Desk& desk, Settings settings) : m_desk(desk), m_settings(std::move(settings)) {}
    /// `path` is what follows the endpoint's root: "/requests.xml".
    [[nodiscard]] http::Answer answer(const http::Request& request, std::string_view path);

private:
    Desk& m_desk;
    Settings m_settings;
};

}  // namespace wl::open311
