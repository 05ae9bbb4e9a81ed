#include "runtime/request/body.hpp"

#include <string>
#include <utility>

#include "runtime/request/error.hpp"
#include "runtime/request/graphql_operation.hpp"
#include "runtime/request/json_operation.hpp"
#include "runtime/request/json_parser.hpp"
#include "runtime/request/limits.hpp"

namespace loam::runtime::request {
namespace {

[[noreturn]] void refuse(const std::string& problem, int status = 400) {
    throw RequestError("P2009", problem).withStatus(status);
}

constexpr const char* expected =
    R"( Send a JSON object such as {"query": "{ findManyUser { id } }", "variables": {}}.)";

Value parseObject(std::string_view body, TextPool& texts) {
    if (body.size() > limits::bodyBytes) {
        refuse("The request has " + std::to_string(body.size()) + " bytes; the limit is " +
                   std::to_string(limits::bodyBytes) + " bytes.",
            413);
    }
    try {
        Value value = parseJson(body, texts);
        if (value.kind == Value::Kind::Object) {
            return value;
        }
    } catch (RequestError& error) {
        throw RequestError(error.code(), error.message() + expected).withStatus(400);
    }
    refuse(std::string("The body of the request must be a JSON object.") + expected);
}

UnparsedOperation readOperation(const Value& object) {
    UnparsedOperation text;
    if (object.kind != Value::Kind::Object) {
        refuse(
            std::string("Every element of `batch` must be an object with a `query`.") + expected);
    }
    if (isJsonRequest(object)) {
        text.json = object;
        return text;
    }
    const Value* query = object.find("query");
    if (query == nullptr || query->kind != Value::Kind::String) {
        refuse(std::string("The request needs a text named `query`.") + expected);
    }
    text.query = query->text;
    if (const Value* name = object.find("operationName"); name != nullptr && !name->isNull()) {
        if (name->kind != Value::Kind::String) {
            refuse("`operationName` must be a text or null.");
        }
        text.operationName = name->text;
    }
    if (const Value* variables = object.find("variables"); variables != nullptr) {
        if (variables->kind != Value::Kind::Object && !variables->isNull()) {
            refuse("`variables` must be an object or null.");
        }
        text.variables = *variables;
    }
    return text;
}

bool readTransaction(const Value& object) {
    const Value* transaction = object.find("transaction");
    if (transaction == nullptr || transaction->isNull()) {
        return false;
    }
    if (transaction->kind != Value::Kind::Boolean && transaction->kind != Value::Kind::Object) {
        refuse("`transaction` must be true, false or an object.");
    }
    const Value* level = transaction->find("isolationLevel");
    level = level != nullptr ? level : object.find("isolationLevel");
    if (level != nullptr && !level->isNull() && level->text != "Serializable" &&
        level->text != "SERIALIZABLE") {
        throw RequestError("",
            "Invalid isolation level `" + std::string(level->text) +
                "`; allowed is `Serializable`.");
    }
    return transaction->kind == Value::Kind::Object || transaction->boolean;
}

}  // namespace

Body parseBody(std::string_view body) {
    Body parsed;
    const Value object = parseObject(body, parsed.texts);
    const Value* batch = object.find("batch");
    if (batch == nullptr) {
        parsed.operations.push_back(readOperation(object));
        return parsed;
    }
    if (batch->kind != Value::Kind::List) {
        refuse("`batch` must be a list of requests.");
    }
    if (batch->items().size() > limits::batchOperations) {
        refuse("The batch has " + std::to_string(batch->items().size()) +
               " requests; the limit is " + std::to_string(limits::batchOperations) + ".");
    }
    parsed.isBatch = true;
    parsed.isTransaction = readTransaction(object);
    parsed.operations.reserve(batch->items().size());
    for (const Value& item : batch->items()) {
        parsed.operations.push_back(readOperation(item));
    }
    return parsed;
}

Operation parseOperation(UnparsedOperation& unparsed, TextPool& texts) {
    if (!unparsed.json.isNull()) {
        return parseJsonOperation(unparsed.json, texts);
    }
    const Document document = parseGraphql(unparsed.query, texts);
    return resolve(document, chooseOperation(document, unparsed.operationName), unparsed.variables);
}

OperationKind kindOf(const UnparsedOperation& unparsed, TextPool& texts) {
    if (!unparsed.json.isNull()) {
        return kindOfAction(unparsed.json);
    }
    const Document document = parseGraphql(unparsed.query, texts);
    return chooseOperation(document, unparsed.operationName).kind;
}

}  // namespace loam::runtime::request
