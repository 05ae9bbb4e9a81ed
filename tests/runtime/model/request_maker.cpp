#include "tests/runtime/model/request_maker.hpp"

#include <algorithm>

#include "tests/runtime/model/value.hpp"

namespace loam::modeltest {

Node RequestMaker::someValue(const Column& column) {
    return column.isKey ? keySample(column.type, random_.below(6))
                        : random_.pick(samples(column.type));
}

Node RequestMaker::value(const Column& column) {
    return column.isOptional && random_.chance(25) ? Node{} : someValue(column);
}

Node RequestMaker::keyValues(const Model& model, const std::vector<std::size_t>& key) {
    Node values = object();
    for (const std::size_t column : key) {
        values.add(model.columns[column].name, someValue(model.columns[column]));
    }
    return values;
}

Node RequestMaker::uniqueWhere(std::size_t model) {
    const Model& shape = shape_.models[model];
    const std::vector<std::vector<std::size_t>> keys = shape.keys();
    const auto& key = random_.chance(60) ? keys.front() : random_.pick(keys);
    Node values = keyValues(shape, key);
    return key.size() == 1 ? values : object({{shape.keyName(key), std::move(values)}});
}

Node RequestMaker::idOrder(const Model& model) const {
    Node order = list();
    for (const std::size_t column : model.id) {
        order.add("", object({{model.columns[column].name, word("asc")}}));
    }
    return order;
}

/// An order that ends with the identifier, so that it is total.
Node RequestMaker::order(std::size_t model, bool mayRelate) {
    const Model& shape = shape_.models[model];
    const auto direction = [&] { return word(random_.chance(50) ? "asc" : "desc"); };
    Node order = list();
    for (std::size_t count = random_.below(3); count > 0; --count) {
        const std::vector<End> ends = shape_.ends(model);
        if (mayRelate && !ends.empty() && random_.chance(25)) {
            const End& end = random_.pick(ends);
            const Column& other = random_.pick(shape_.models[end.other].columns);
            if (end.isList || other.type != Type::Json) {
                const std::string name = end.isList ? "_count" : other.name;
                order.add("", object({{end.name, object({{name, direction()}})}}));
            }
            continue;
        }
        const Column& column = random_.pick(shape.columns);
        if (column.type == Type::Json) {
            continue;
        }
        Node sort = direction();
        if (column.isOptional && random_.chance(40)) {
            sort = object({{"sort", std::move(sort)},
                {"nulls", word(random_.chance(50) ? "first" : "last")}});
        }
        order.add("", object({{column.name, std::move(sort)}}));
    }
    for (const std::size_t column : shape.id) {
        order.add("", object({{shape.columns[column].name, direction()}}));
    }
    return order;
}

void RequestMaker::addPage(std::size_t model, Node& arguments, bool hasCursor) {
    if (random_.chance(12)) {
        const Column& column = random_.pick(shape_.models[model].columns);
        if (column.type != Type::Json) {
            arguments.add("distinct", list({word(column.name)}));
        }
    }
    if (hasCursor && random_.chance(20)) {
        arguments.add("cursor", uniqueWhere(model));
    }
    if (random_.chance(20)) {
        arguments.add("skip", word(std::to_string(random_.below(4))));
    }
    if (random_.chance(30)) {
        const std::string sign = random_.chance(30) ? "-" : "";
        arguments.add("take", word(sign + std::to_string(1 + random_.below(4))));
    }
}

Node RequestMaker::pageArguments(std::size_t model, bool hasCursor) {
    Node arguments = object();
    if (random_.chance(60)) {
        arguments.add("where", where(model, 2));
    }
    arguments.add("orderBy", order(model));
    addPage(model, arguments, hasCursor);
    return arguments;
}

Selection RequestMaker::counts(const std::vector<End>& ends) {
    Selection counts{"_count"};
    for (const End& end : ends) {
        if (end.isList) {
            counts.fields.push_back({end.name});
            if (random_.chance(40)) {
                counts.fields.back().arguments.add("where", where(end.other, 1));
            }
        }
    }
    return counts;
}

std::vector<Selection> RequestMaker::selection(std::size_t model, int depth) {
    const Model& shape = shape_.models[model];
    std::vector<Selection> fields;
    for (const Column& column : shape.columns) {
        if (random_.chance(60)) {
            fields.push_back({column.name});
        }
    }
    const std::vector<End> ends = shape_.ends(model);
    for (const End& end : ends) {
        if (depth > 0 && random_.chance(40)) {
            Node arguments = end.isList ? pageArguments(end.other, true) : object();
            fields.push_back({end.name, std::move(arguments), selection(end.other, depth - 1)});
        }
    }
    if (random_.chance(20)) {
        Selection counted = counts(ends);
        if (!counted.fields.empty()) {
            fields.push_back(std::move(counted));
        }
    }
    if (fields.empty()) {
        fields.push_back({shape.columns.front().name});
    }
    return fields;
}

Request RequestMaker::content(std::size_t model) const {
    const Model& shape = shape_.models[model];
    Request request{.action = "findMany", .model = model, .root = {"findMany" + shape.name}};
    request.root.arguments = object({{"orderBy", idOrder(shape)}});
    for (const Column& column : shape.columns) {
        request.root.fields.push_back({column.name});
    }
    for (const End& end : shape_.ends(model)) {
        if (end.isManyToMany) {
            const Model& other = shape_.models[end.other];
            request.root.fields.push_back({end.name, object({{"orderBy", idOrder(other)}}),
                {{other.columns[other.id.front()].name}}});
        }
    }
    return request;
}

Selection RequestMaker::aggregation(const Model& model) {
    const std::vector<std::string> functions = {"_count", "_sum", "_avg", "_min", "_max"};
    Selection selection{random_.pick(functions)};
    for (const Column& column : model.columns) {
        const bool isNumber = column.type <= Type::Decimal;
        const bool isOrdered =
            column.type != Type::Json && column.type != Type::Bytes && column.type != Type::Enum &&
            column.type != Type::Boolean;
        if (selection.name == "_count" || (selection.name == "_sum" && isNumber) ||
            (selection.name == "_avg" && isNumber && column.type != Type::BigInt) ||
            ((selection.name == "_min" || selection.name == "_max") && isOrdered)) {
            selection.fields.push_back({column.name});
        }
    }
    if (selection.fields.empty()) {
        selection = {"_count", object(), {{"_all"}}};
    }
    return selection;
}

void RequestMaker::aggregate(Request& request) {
    request.root.arguments = pageArguments(request.model, true);
    std::erase_if(request.root.arguments.members, [](const auto& member) {
        return member.first == "distinct";
    });
    request.root.fields = {aggregation(shape_.models[request.model])};
}

void RequestMaker::groupBy(Request& request) {
    const Model& model = shape_.models[request.model];
    Node by = list();
    Node order = list();
    for (const Column& column : model.columns) {
        if (column.type != Type::Json && (by.members.empty() || random_.chance(15))) {
            by.add("", word(column.name));
            order.add("", object({{column.name, word(random_.chance(50) ? "asc" : "desc")}}));
            request.root.fields.push_back({column.name});
        }
        if (random_.chance(30)) {
            by.members.clear();
            order.members.clear();
            request.root.fields.clear();
        }
    }
    if (by.members.empty()) {
        const std::string& name = model.columns.front().name;
        by.add("", word(name));
        order.add("", object({{name, word("asc")}}));
        request.root.fields.push_back({name});
    }
    Node& arguments = request.root.arguments;
    const Column& measured = random_.pick(model.columns);
    const std::vector<std::string> functions = {"_count", "_sum", "_avg", "_min", "_max"};
    const bool isInt = measured.type == Type::Int || measured.type == Type::Float;
    const std::string function = isInt ? random_.pick(functions) : "_count";
    if (random_.chance(40)) {
        const Node direction = word(random_.chance(50) ? "asc" : "desc");
        order.members.insert(order.members.begin(),
            {"", object({{function, object({{measured.name, direction}})}})});
    }
    if (random_.chance(40)) {
        Column result{"", function == "_count" ? Type::Int : measured.type};
        result.type = function == "_avg" ? Type::Float : result.type;
        Node inner = condition(result);
        const std::string name = by.members.front().second.text;
        arguments.add("having",
            random_.chance(30)
                ? object({{name, condition(model.columns[*model.column(name)])}})
                : object({{measured.name, object({{function, inner}})}}));
    }
    arguments.add("by", std::move(by));
    arguments.add("orderBy", std::move(order));
    if (random_.chance(40)) {
        arguments.add("where", where(request.model, 2));
    }
    if (random_.chance(30)) {
        arguments.add("skip", word(std::to_string(random_.below(3))));
        arguments.add("take", word(std::to_string(1 + random_.below(3))));
    }
    request.root.fields.push_back(aggregation(model));
}

void RequestMaker::createMany(Request& request) {
    Node rows = list();
    for (std::size_t count = 1 + random_.below(3); count > 0; --count) {
        rows.add("", createRow(request.model, std::nullopt, true));
    }
    request.root.arguments.add("data", std::move(rows));
    if (request.action == "createMany") {
        return;
    }
    std::vector<Selection>& fields = request.root.fields;
    fields = selection(request.model, 0);
    std::erase_if(fields, [](const Selection& field) { return field.name == "_count"; });
    if (fields.empty()) {
        fields = {{shape_.models[request.model].columns.front().name}};
    }
}

/// A unique criterion, at times with more conditions.
Node RequestMaker::criterion(std::size_t model) {
    Node criterion = uniqueWhere(model);
    if (random_.chance(15)) {
        Node more = where(model, 1);
        if (!more.members.empty()) {
            criterion.add("AND", list({std::move(more)}));
        }
    }
    return criterion;
}

Request RequestMaker::make() {
    const std::vector<std::string> actions = {"createOne", "createOne", "createOne", "createMany",
        "createManyAndReturn", "updateOne", "updateOne", "updateOne", "updateMany", "upsertOne",
        "deleteOne", "deleteMany", "findMany", "findMany", "findMany", "findFirst", "findUnique",
        "aggregate", "groupBy"};
    return make(random_.pick(actions));
}

Request RequestMaker::make(const std::string& action) {
    Request request{.action = action, .model = random_.below(shape_.models.size())};
    const std::size_t model = request.model;
    const bool isReturned = action == "createManyAndReturn";
    request.root.name =
        isReturned ? "createMany" + shape_.models[model].name + "AndReturn"
                   : action + shape_.models[model].name;
    request.isWrite =
        action.starts_with("create") || action.starts_with("up") || action.starts_with("delete");
    Node& arguments = request.root.arguments;
    if (action == "aggregate") {
        aggregate(request);
        return request;
    }
    if (action == "groupBy") {
        groupBy(request);
        return request;
    }
    request.root.fields = {{"count"}};
    if (action == "createMany" || isReturned) {
        createMany(request);
        return request;
    }
    if (action == "updateMany" || action == "deleteMany") {
        arguments.add("where", where(model, 2));
        if (action == "updateMany") {
            arguments.add("data", updateScalars(model, std::nullopt, true, true));
        }
        return request;
    }
    request.root.fields = selection(model, 2);
    if (action.starts_with("find") && action != "findUnique") {
        arguments = pageArguments(model, true);
        return request;
    }
    if (action != "createOne") {
        arguments.add("where", criterion(model));
    }
    if (action == "upsertOne") {
        arguments.add("create", createData(model, 1));
        arguments.add("update", updateData(model, 1));
    } else if (action == "createOne" || action == "updateOne") {
        arguments.add("data", action == "createOne" ? createData(model, 2) : updateData(model, 2));
    }
    return request;
}

}  // namespace loam::modeltest
