#include "runtime/engine/missing.hpp"

#include <string>

#include "runtime/request/text.hpp"

namespace loam::runtime::engine {
namespace {

using plan::Link;
using request::RequestError;

std::string member(std::string_view name, std::string_view text) {
    std::string out = "\"" + std::string(name) + "\":";
    request::appendJsonString(out, text);
    return out;
}

RequestError missing(const std::string& cause, const std::string& modelName) {
    return RequestError("P2025",
        "An operation failed because it depends on one or more records that were required but not "
        "found. " +
            cause)
        .withMeta("{" + member("modelName", modelName) + "," + member("cause", cause) + "}");
}

/// "one-to-many relation 'PostToUser'"
std::string relation(const Link& link) {
    std::string kind = "one-to-many";
    if (link.joinTable != nullptr) {
        kind = "many-to-many";
    } else if (!link.isList() && !link.isOppositeList) {
        kind = "one-to-one";
    }
    return kind + " relation '" + link.field->relation->name + "'";
}

}  // namespace

RequestError missingRecord(const schema::Model& model, std::string_view purpose) {
    return missing("No record was found for " + std::string(purpose) + ".", model.name);
}

RequestError missingRelated(const Link& link, std::string_view operation) {
    return missing(
        "No '" + link.related->name + "' record was found for a nested " + std::string(operation) +
            " on " + relation(link) + ".",
        link.model->name);
}

RequestError requiredRelation(const Link& link) {
    // The model with the foreign key comes first.
    const bool isHolder = link.holdsForeignKey();
    const std::string& first = (isHolder ? link.model : link.related)->name;
    const std::string& second = (isHolder ? link.related : link.model)->name;
    const std::string& name = link.field->relation->name;
    return RequestError("P2014",
        "The change you are trying to make would violate the required "
        "relation '" +
            name + "' between the `" + first + "` and `" + second + "` models.")
        .withMeta("{" + member("relation_name", name) + "," + member("model_a_name", first) + "," +
                  member("model_b_name", second) + "}");
}

RequestError notConnected(const Link& link) {
    const std::string& name = link.field->relation->name;
    return RequestError("P2017",
        "The records for relation `" + name + "` between the `" + link.model->name + "` and `" +
            link.related->name + "` models are not connected.")
        .withMeta(
            "{" + member("relation_name", name) + "," + member("parent_name", link.model->name) +
            "," + member("child_name", link.related->name) + "}");
}

RequestError missingConnected(const Link& link, std::size_t wanted, std::size_t found, bool isNew) {
    const std::string expected = "Expected " + std::to_string(wanted) + " records to be connected";
    if (link.joinTable != nullptr) {
        return missing(expected + ", found only " + std::to_string(found) + ".", link.model->name);
    }
    if (!link.isList()) {
        const bool isOneToOne = !link.isOppositeList;
        std::string need;
        if (!isOneToOne) {
            need = " (needed to inline the relation on '" + link.model->name + "' record(s))";
        } else if (isNew) {
            need = " (needed to create or connect inlined relation for '" + link.model->name +
                   "' record(s))";
        }
        return missing(
            "No '" + link.related->name + "' record" + need +
                " was found for a nested connect on " + relation(link) + ".",
            link.model->name);
    }
    const std::string details =
        expected + " after connect operation on " + relation(link) + ", found " +
        std::to_string(found) + ".";
    return RequestError("P2018", "The required connected records were not found. " + details)
        .withMeta("{" + member("details", details) + "}");
}

}  // namespace loam::runtime::engine
