#include "constructs/src/validation/property_check.hpp"

#include <cmath>
#include <optional>

#include "constructs/src/validation/late_values.hpp"
#include "constructs/src/validation/limits.hpp"
#include "constructs/src/validation/messages.hpp"
#include "constructs/src/validation/rules.hpp"

namespace loam {

namespace {

/// The two values of Fn::If, or nothing for any other value. Each must fit where the whole stands.
struct Branches {
    const Value& whenTrue;
    const Value& whenFalse;
};
std::optional<Branches> branchesOf(const Value& value) {
    if (value.node()->kind != NodeKind::Function) return std::nullopt;
    const auto& function = as<FunctionNode>(*value.node());
    if (function.function != Intrinsic::If) return std::nullopt;
    return Branches{function.arguments.at(1), function.arguments.at(2)};
}

bool isContainer(NodeKind kind) {
    return kind == NodeKind::List || kind == NodeKind::Map || kind == NodeKind::Object;
}

bool isLateScalar(const Node& node) { return node.late && !isContainer(node.kind); }

std::string_view typeName(FieldType type) {
    switch (type) {
        case FieldType::String:
            return "a text";
        case FieldType::Integer:
            return "an integer";
        case FieldType::Double:
            return "a number";
        case FieldType::Boolean:
            return "a boolean";
        case FieldType::Struct:
            return "an object";
        case FieldType::Json:
            return "any value";
    }
    return {};
}

std::vector<std::string_view> namesOf(const StructTable& table) {
    std::vector<std::string_view> names;
    for (std::uint16_t i = 0; i < table.count; ++i) names.emplace_back(table.fields[i].name);
    return names;
}

enum class Presence { No, Maybe, Yes };

Presence presenceOf(const Value* fields, const StructTable& table, std::string_view name) {
    const int index = table.find(name);
    if (index < 0) return Presence::Maybe;
    const Value& value = fields[index];
    if (!value.present() || isNoValue(value)) return Presence::No;
    return branchesOf(value) ? Presence::Maybe : Presence::Yes;
}

}  // namespace

void PropertyCheck::checkStruct(
    const Value& value, const StructTable& table, const PropertyPath& path) {
    const Node& node = *value.node();
    if (node.kind == NodeKind::Object && as<ObjectNode>(node).table == &table) {
        checkFields(as<ObjectNode>(node).fields.data(), table, path);
    } else if (node.kind == NodeKind::Object || node.kind == NodeKind::Map) {
        checkFields(fieldsByName(value, table, path).data(), table, path);
    } else {
        reportType("an object", value, path);
    }
}

void PropertyCheck::checkFields(
    const Value* fields, const StructTable& table, const PropertyPath& path) {
    for (std::uint16_t i = 0; i < table.count; ++i) {
        const Field& field = table.fields[i];
        const Value& value = fields[i];
        if (value.present() && !isNoValue(value)) {
            checkField(field, value, PropertyPath(path, field.name));
        } else if ((field.flags & fieldRequired) != 0) {
            findings_.error(at_, rules::missingProperty,
                "is required by " + std::string(table.name) + " and was not given; set it",
                PropertyPath(path, field.name).text());
        }
    }
    for (std::uint16_t i = 0; i < table.combinationCount; ++i) {
        checkCombination(table.combinations[i], fields, table, path);
    }
}

/// The fields in the order of the table, from a value that names them.
std::vector<Value> PropertyCheck::fieldsByName(
    const Value& value, const StructTable& table, const PropertyPath& path) {
    std::vector<Value> fields(table.count);
    const auto take = [&](std::string_view name, const Value& field) {
        if (!field.present()) return;
        if (const int index = table.find(name); index >= 0) {
            fields[static_cast<std::size_t>(index)] = field;
        } else {
            reportUnknown(name, table, path);
        }
    };
    if (value.node()->kind == NodeKind::Map) {
        for (const auto& [name, field] : as<MapNode>(*value.node()).entries) take(name, field);
        return fields;
    }
    const auto& object = as<ObjectNode>(*value.node());
    for (std::size_t i = 0; i < object.fields.size(); ++i) {
        take(object.table->fields[i].name, object.fields[i]);
    }
    return fields;
}

void PropertyCheck::checkField(const Field& field, const Value& value, const PropertyPath& path) {
    if (const auto branches = branchesOf(value)) {
        for (const Value* branch : {&branches->whenTrue, &branches->whenFalse}) {
            if (branch->present() && !isNoValue(*branch)) checkField(field, *branch, path);
        }
        return;
    }
    if (field.container == Container::List) {
        checkList(field, value, path);
    } else if (field.container == Container::Map) {
        checkMap(field, value, path);
    } else {
        checkElement(field, value, path);
    }
}

void PropertyCheck::checkList(const Field& field, const Value& value, const PropertyPath& path) {
    const Node& node = *value.node();
    if (isLateScalar(node)) return checkLate(field, Container::List, node, path);
    if (node.kind != NodeKind::List) {
        return reportType("a list, of " + std::string(typeName(field.type)) + " each", value, path);
    }
    const auto& list = as<ListNode>(node);
    for (std::size_t i = 0; i < list.items.size(); ++i) {
        if (list.items[i].present()) checkElement(field, list.items[i], PropertyPath(path, i));
    }
    constraints_.checkItems(field, list, path);
}

void PropertyCheck::checkMap(const Field& field, const Value& value, const PropertyPath& path) {
    const Node& node = *value.node();
    if (isLateScalar(node)) return checkLate(field, Container::Map, node, path);
    if (node.kind == NodeKind::Object) return;
    if (node.kind != NodeKind::Map) {
        return reportType("a map, from text to " + std::string(typeName(field.type)), value, path);
    }
    for (const auto& [key, item] : as<MapNode>(node).entries) {
        if (item.present()) checkElement(field, item, PropertyPath(path, key));
    }
}

void PropertyCheck::checkElement(const Field& field, const Value& value, const PropertyPath& path) {
    if (field.type == FieldType::Json || isNoValue(value)) return;
    if (const auto branches = branchesOf(value)) {
        for (const Value* branch : {&branches->whenTrue, &branches->whenFalse}) {
            if (branch->present()) checkElement(field, *branch, path);
        }
        return;
    }
    if (isLateScalar(*value.node())) {
        checkLate(field, Container::None, *value.node(), path);
    } else if (field.type == FieldType::Struct) {
        checkStruct(value, *field.table, path);
    } else {
        checkScalar(field, value, path);
    }
}

void PropertyCheck::checkScalar(const Field& field, const Value& value, const PropertyPath& path) {
    if (isContainer(value.node()->kind)) return reportType(typeName(field.type), value, path);
    switch (field.type) {
        case FieldType::String:
            return checkString(field, value, path);
        case FieldType::Integer:
        case FieldType::Double:
            return checkNumber(field, value, path);
        case FieldType::Boolean:
            return checkBoolean(value, path);
        case FieldType::Struct:
        case FieldType::Json:
            return;
    }
}

/// CloudFormation turns numbers and booleans into texts, so they pass.
void PropertyCheck::checkString(const Field& field, const Value& value, const PropertyPath& path) {
    if (const std::string* text = literal(value)) constraints_.checkText(field, *text, path);
}

void PropertyCheck::checkNumber(const Field& field, const Value& value, const PropertyPath& path) {
    std::optional<double> number;
    if (const std::string* text = literal(value)) {
        number = numberIn(*text);
    } else if (value.node()->kind == NodeKind::Number) {
        const auto& node = as<NumberNode>(*value.node());
        number = node.integral ? static_cast<double>(node.integer) : node.real;
        // Those are reported wherever they are; see StackGraph.
        if (!std::isfinite(*number)) return;
    }
    const bool fits =
        number && (field.type != FieldType::Integer || std::floor(*number) == *number);
    if (!fits) return reportType(typeName(field.type), value, path);
    constraints_.checkNumber(field, *number, value, path);
}

void PropertyCheck::checkBoolean(const Value& value, const PropertyPath& path) {
    const std::string* text = literal(value);
    const bool fits =
        value.node()->kind == NodeKind::Boolean ||
        (text != nullptr && (*text == "true" || *text == "false"));
    if (!fits) reportType("true or false", value, path);
}

void PropertyCheck::checkLate(
    const Field& field, Container container, const Node& node, const PropertyPath& path) {
    const LateShape shape = shapeOf(node);
    const bool wantsList = container == Container::List;
    const bool wantsObject =
        container == Container::Map ||
        (container == Container::None && field.type == FieldType::Struct);
    if (shape == LateShape::List && !wantsList) {
        return reportType(wantsObject ? "an object" : "a single value", Value(&node), path);
    }
    if (shape == LateShape::Scalar && (wantsList || wantsObject)) {
        return reportType(wantsList ? "a list" : "an object", Value(&node), path);
    }
    if (container == Container::None && field.type == FieldType::String) {
        checkReferenceKind(at_, field, node, path, patterns_, findings_);
    }
}

void PropertyCheck::checkCombination(const Combination& combination, const Value* fields,
    const StructTable& table, const PropertyPath& path) {
    const std::vector<std::string_view> names(
        combination.properties, combination.properties + combination.count);
    std::vector<std::string_view> given;
    std::vector<std::string_view> absent;
    for (const std::string_view name : names) {
        const Presence presence = presenceOf(fields, table, name);
        if (presence == Presence::Yes) given.push_back(name);
        if (presence == Presence::No) absent.push_back(name);
    }
    const bool firstGiven = !given.empty() && given.front() == names.front();
    switch (combination.kind) {
        case CombinationKind::RequiredXor:
        case CombinationKind::RequiredOr:
            if (absent.size() == names.size()) {
                findings_.error(at_, rules::missingProperty,
                    std::string(table.name) + " needs one of " + alternatives(names) +
                        ", and none was given",
                    path.text());
            } else if (given.size() > 1 && combination.kind == CombinationKind::RequiredXor) {
                findings_.error(at_, rules::exclusiveProperties,
                    std::string(table.name) + " takes exactly one of " + alternatives(names) +
                        ", got " + std::to_string(given.size()) + " of them; remove the others",
                    path.text());
            }
            return;
        case CombinationKind::DependentRequired:
            if (!firstGiven) return;
            for (const std::string_view name : absent) {
                findings_.error(at_, rules::missingProperty,
                    "is required where " + std::string(names.front()) +
                        " is given; set it or remove that one",
                    PropertyPath(path, name).text());
            }
            return;
        case CombinationKind::DependentExcluded:
            if (!firstGiven) return;
            for (std::size_t i = 1; i < given.size(); ++i) {
                findings_.error(at_, rules::exclusiveProperties,
                    "cannot be given together with " + std::string(names.front()) +
                        "; remove one of them",
                    PropertyPath(path, given[i]).text());
            }
            return;
    }
}

void PropertyCheck::reportUnknown(
    std::string_view name, const StructTable& table, const PropertyPath& path) {
    const auto names = namesOf(table);
    const std::string near = suggestion(name, names);
    findings_.error(at_, rules::unknownProperty,
        "is no property of " + std::string(table.name) + "." +
            (near.empty() ? " There are " + alternatives(names) + "." : near) +
            " Correct the name, or acknowledge " + std::string(rules::unknownProperty) +
            " if AWS has added it since",
        PropertyPath(path, name).text());
}

void PropertyCheck::reportType(
    std::string_view wanted, const Value& given, const PropertyPath& path) {
    findings_.error(at_, rules::wrongType, "takes " + std::string(wanted) + ", got " + shown(given),
        path.text());
}

}  // namespace loam
