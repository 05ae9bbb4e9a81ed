#include <algorithm>

#include "runtime/contract/contract.hpp"
#include "runtime/migrate/error.hpp"
#include "runtime/migrate/migrate.hpp"
#include "runtime/request/error.hpp"
#include "runtime/request/json_parser.hpp"
#include "runtime/request/text.hpp"

namespace loam::runtime::migrate {
namespace {

using Kind = request::Value::Kind;

[[noreturn]] void refuse(const std::string& what) {
    throw MigrationError("InvalidPayload",
        what + R"(; the payload is a JSON object such as {"reset": false, "migrate": true})");
}

request::Value parseDocument(std::string_view json, request::TextPool& pool) {
    try {
        return request::parseJson(json, pool);
    } catch (const request::RequestError& error) {
        refuse("the payload is no JSON: " + error.message());
    }
}

bool readFlag(const request::Member& member) {
    if (member.value.kind != Kind::Boolean) {
        refuse("\"" + request::excerpt(member.name, 60) + "\" must be true or false");
    }
    return member.value.boolean;
}

}  // namespace

Request Request::parse(std::string_view json) {
    Request result;
    if (json.find_first_not_of(" \t\r\n") == std::string_view::npos) {
        return result;
    }
    request::TextPool pool;
    const request::Value document = parseDocument(json, pool);
    if (document.kind != Kind::Object && !document.isNull()) {
        refuse("the payload is no JSON object");
    }
    for (const request::Member& member : document.members()) {
        if (member.name == contract::payload::reset) {
            result.reset = readFlag(member);
        } else if (member.name == contract::payload::migrate) {
            result.migrate = readFlag(member);
        } else {
            refuse(
                "the payload has the unknown member \"" + request::excerpt(member.name, 60) + "\"");
        }
    }
    return result;
}

std::string toJson(const std::vector<std::string>& appliedMigrations) {
    std::string json = R"({"success":true,"data":{"appliedMigrations":[)";
    for (const std::string& name : appliedMigrations) {
        json.append(json.back() == '[' ? "" : ",");
        json += request::jsonString(name);
    }
    return json + "]}}";
}

std::string errorJson(std::string_view code, std::string_view message) {
    return R"({"success":false,"error":{"code":)" + request::jsonString(code) +
           ",\"message\":" + request::jsonString(message) + "}}";
}

}  // namespace loam::runtime::migrate
