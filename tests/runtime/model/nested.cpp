// Writes to records and, nested in them, to those they are connected with.

#include <algorithm>
#include <set>

#include "tests/runtime/model/oracle.hpp"

namespace loam::modeltest {

std::vector<Number> Writer::matching(std::size_t model, const Node* where) const {
    Numbers found;
    for (const Record& record : state_.tables[model].records) {
        if (where == nullptr || reader_.holds(model, record, *where) == Truth::True) {
            found.push_back(record.number);
        }
    }
    return found;
}

Number Writer::find(std::size_t model, const Node& where) const {
    const Numbers found = matching(model, &where);
    return found.empty() ? 0 : found.front();
}

std::vector<Number>
Writer::present(const End& end, std::size_t model, Number number, const Node* where) const {
    Numbers found;
    for (const Record* other : reader_.related(end, model, reader_.record(model, number))) {
        if (where == nullptr || reader_.holds(end.other, *other, *where) == Truth::True) {
            found.push_back(other->number);
        }
    }
    return found;
}

/// The record that a new one refers to.
Number Writer::createRelated(const End& end, const Node& data) {
    const auto& [operation, argument] = data.members.front();
    if (operation == "create") {
        return create(end.other, argument, {});
    }
    const bool isConnect = operation == "connect";
    const Number found = find(end.other, isConnect ? argument : *argument.find("where"));
    if (found != 0) {
        return found;
    }
    if (isConnect) {
        throw Failure{"P2025"};
    }
    return create(end.other, *argument.find("create"), {});
}

std::vector<Value> Writer::idOf(std::size_t model, Number number) const {
    return valuesAt(reader_.record(model, number), shape_.models[model].id);
}

/// Nobody says what is answered when a nested write renames the record around it.
void Writer::checkId(std::size_t model, Number number, const std::vector<Value>& id) const {
    if (reader_.has(model, number) && idOf(model, number) != id) {
        throw Unclear{};
    }
}

Number Writer::create(std::size_t model, const Node& data, Changes extra) {
    Changes values = changesOf(model, data);
    values.insert(values.end(), extra.begin(), extra.end());
    for (const End& end : shape_.ends(model)) {
        const Node* nested = data.find(end.name);
        if (nested == nullptr || !end.isHolder || end.isManyToMany) {
            continue;
        }
        const Relation& relation = shape_.relations[end.relation];
        const Number other = createRelated(end, *nested);
        if (relation.kind == Many::OneToOne) {
            free(opposite(shape_, end), end.other, other, 0);
        }
        const Changes key = reference(relation, other);
        values.insert(values.end(), key.begin(), key.end());
    }
    const Number number = insert(model, values);
    for (const End& end : shape_.ends(model)) {
        const Node* operations = data.find(end.name);
        if (operations != nullptr && (!end.isHolder || end.isManyToMany)) {
            nested(end, model, number, *operations);
        }
    }
    return number;
}

Number Writer::update(std::size_t model, Number number, const Node& data) {
    change(model, {number}, data);
    for (const End& end : shape_.ends(model)) {
        if (const Node* operations = data.find(end.name)) {
            nested(end, model, number, *operations);
        }
    }
    return number;
}

bool Writer::mayReferToEachOther(std::size_t model) const {
    return std::any_of(
        shape_.relations.begin(), shape_.relations.end(), [&](const Relation& relation) {
            return relation.kind != Many::ManyToMany && relation.holder == model &&
                   relation.target == model;
        });
}

void Writer::nested(const End& end, std::size_t model, Number number, const Node& operations) {
    const std::vector<Value> id = idOf(model, number);
    for (const auto& [operation, argument] : operations.members) {
        if (operation == "set") {
            set(end, model, number, argument);
            continue;
        }
        if (end.isList && (operation == "connect" || operation == "delete")) {
            checkNamed(end, model, number, operation, argument);
        }
        for (const Node* item : argument.items()) {
            nestedOne(end, model, number, operation, *item);
            checkId(model, number, id);
        }
    }
}

/// All records that are named must be there before anything happens to one of them, and none of
/// those to delete may be named twice.
void Writer::checkNamed(const End& end, std::size_t model, Number number,
    const std::string& operation, const Node& argument) const {
    std::set<Number> deleted;
    for (const Node* item : argument.items()) {
        if (operation == "connect" && find(end.other, *item) == 0) {
            throw Failure{end.isManyToMany ? "P2025" : "P2018"};
        }
        if (operation == "delete") {
            const Numbers found = present(end, model, number, item);
            if (found.empty() || !deleted.insert(found.front()).second) {
                throw Failure{"P2017"};
            }
        }
    }
}

void Writer::nestedOne(const End& end, std::size_t model, Number number,
    const std::string& operation, const Node& argument) {
    const Node* where = argument.isObject() && end.isList ? argument.find("where") : nullptr;
    if (operation == "createMany") {
        areDeferred_ = !shape_.isEmulated && mayReferToEachOther(end.other);
        for (const Node* row : argument.find("data")->items()) {
            addRelated(end, model, number, *row);
        }
        areDeferred_ = false;
        checkReferences();
    } else if (operation == "create") {
        addRelated(end, model, number, argument);
    } else if (operation == "connect" || operation == "connectOrCreate") {
        const bool isConnect = operation == "connect";
        const Number other = find(end.other, isConnect ? argument : *argument.find("where"));
        if (other != 0) {
            connect(end, model, number, other);
        } else if (!isConnect) {
            addRelated(end, model, number, *argument.find("create"));
        } else {
            throw Failure{"P2025"};
        }
    } else if (operation == "disconnect") {
        if (!end.isManyToMany && shape_.relations[end.relation].isRequired) {
            throw Failure{"P2014"};
        }
        if (end.isHolder && !end.isManyToMany && !argument.isObject()) {
            change(model, {number}, noReference(shape_.relations[end.relation]));
            return;
        }
        for (const Number other :
            present(end, model, number, argument.isObject() ? &argument : nullptr)) {
            disconnect(end, model, number, other);
        }
    } else if (operation == "update" || operation == "upsert") {
        const Numbers found = present(end, model, number, where);
        const Node* given = argument.find(operation == "upsert" ? "update" : "data");
        const Node& data = given == nullptr ? argument : *given;
        if (!found.empty()) {
            update(end.other, found.front(), data);
        } else if (operation == "upsert") {
            addRelated(end, model, number, *argument.find("create"));
        } else if (!data.members.empty()) {
            throw Failure{"P2025"};
        }
    } else if (operation == "updateMany") {
        change(end.other, present(end, model, number, where), *argument.find("data"));
    } else {
        removeNested(end, model, number, argument, operation == "deleteMany");
    }
}

void Writer::removeNested(
    const End& end, std::size_t model, Number number, const Node& argument, bool isMany) {
    const Numbers found = present(end, model, number, argument.isObject() ? &argument : nullptr);
    if (isMany) {
        remove(end.other, found);
        return;
    }
    if (found.empty()) {
        throw Failure{end.isList ? "P2017" : "P2025"};
    }
    remove(end.other, {found.front()});
}

void Writer::addRelated(const End& end, std::size_t model, Number number, const Node& data) {
    const Relation& relation = shape_.relations[end.relation];
    if (end.isManyToMany) {
        connect(end, model, number, create(end.other, data, {}));
    } else if (end.isHolder) {
        const Number other = create(end.other, data, {});
        change(model, {number}, reference(relation, other));
    } else {
        if (!end.isList) {
            free(end, model, number, 0);
        }
        create(end.other, data, reference(relation, number));
    }
}

/// Lets go of the record on the other side of a one-to-one relation, where it holds the key.
void Writer::free(const End& end, std::size_t model, Number number, Number except) {
    const Relation& relation = shape_.relations[end.relation];
    for (const Number other : present(end, model, number)) {
        if (other != except) {
            if (relation.isRequired) {
                throw Failure{"P2014"};
            }
            change(end.other, {other}, noReference(relation));
        }
    }
}

void Writer::connect(const End& end, std::size_t model, Number number, Number other) {
    const Relation& relation = shape_.relations[end.relation];
    if (end.isManyToMany) {
        state_.links.emplace(
            end.relation, end.isHolder ? number : other, end.isHolder ? other : number);
    } else if (end.isHolder) {
        if (relation.kind == Many::OneToOne) {
            free(opposite(shape_, end), end.other, other, number);
        }
        change(model, {number}, reference(relation, other));
    } else {
        if (!end.isList) {
            free(end, model, number, other);
        }
        change(end.other, {other}, reference(relation, number));
    }
}

void Writer::disconnect(const End& end, std::size_t model, Number number, Number other) {
    const Relation& relation = shape_.relations[end.relation];
    if (end.isManyToMany) {
        state_.links.erase(
            {end.relation, end.isHolder ? number : other, end.isHolder ? other : number});
        return;
    }
    if (relation.isRequired) {
        throw Failure{"P2014"};
    }
    change(
        end.isHolder ? model : end.other, {end.isHolder ? number : other}, noReference(relation));
}

void Writer::set(const End& end, std::size_t model, Number number, const Node& wanted) {
    Numbers kept;
    for (const Node* where : wanted.items()) {
        if (const Number found = find(end.other, *where); found != 0) {
            kept.push_back(found);
        }
    }
    if (end.isManyToMany && kept.size() < wanted.items().size()) {
        throw Failure{"P2025"};
    }
    for (const Number other : present(end, model, number)) {
        if (std::find(kept.begin(), kept.end(), other) == kept.end()) {
            disconnect(end, model, number, other);
        }
    }
    for (const Number other : kept) {
        connect(end, model, number, other);
    }
}

std::string Writer::read(std::size_t model, Number number, const Selection& selection) const {
    return reader_.json(model, reader_.record(model, number), selection.fields);
}

std::string Writer::createMany(const Request& request) {
    const std::vector<const Node*> rows = request.root.arguments.find("data")->items();
    Numbers added;
    for (const Node* row : rows) {
        const Changes changes = changesOf(request.model, *row);
        added.push_back(
            mayReferToEachOther(request.model)
                ? add(request.model, changes)
                : insert(request.model, changes));
    }
    checkReferences();
    std::string text;
    for (const Number number : added) {
        if (request.action != "createMany") {
            text += (text.empty() ? "" : ",") + read(request.model, number, request.root);
        }
    }
    return request.action != "createMany"
               ? "[" + text + "]"
               : "{\"count\":" + std::to_string(rows.size()) + "}";
}

std::string Writer::answer(const Request& request) {
    const Node& arguments = request.root.arguments;
    const Node* where = arguments.find("where");
    const Node* data = arguments.find("data");
    const std::string& action = request.action;
    const std::size_t model = request.model;
    const auto counted = [](std::size_t count) {
        return "{\"count\":" + std::to_string(count) + "}";
    };
    if (action == "createOne") {
        return read(model, create(model, *data, {}), request.root);
    }
    if (action.starts_with("createMany")) {
        return createMany(request);
    }
    const Numbers found = matching(model, where);
    if (action == "updateMany") {
        change(model, found, *data);
        return counted(data->members.empty() ? 0 : found.size());
    }
    if (action == "deleteMany") {
        remove(model, found);
        return counted(found.size());
    }
    if (action == "upsertOne") {
        const Number number =
            found.empty()
                ? create(model, *arguments.find("create"), {})
                : update(model, found.front(), *arguments.find("update"));
        return read(model, number, request.root);
    }
    if (found.empty()) {
        throw Failure{"P2025"};
    }
    if (action == "updateOne") {
        const Number number = update(model, found.front(), *data);
        return reader_.has(model, number) ? read(model, number, request.root) : "null";
    }
    std::string text = read(model, found.front(), request.root);
    remove(model, {found.front()});
    return text;
}

}  // namespace loam::modeltest
