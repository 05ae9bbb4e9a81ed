#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "runtime/schema/attributes.hpp"
#include "runtime/schema/context.hpp"
#include "runtime/schema/literals.hpp"

namespace loam::runtime::schema {

namespace {

/// A function that may stand in @default, the types it gives, and the argument it takes.
struct DefaultFunction {
    std::string_view name;
    DefaultKind kind;
    std::array<std::optional<ScalarType>, 2> types;
    /// Used when no argument is written; 0 when the function takes none.
    int argument = 0;
    int minimum = 0;
    int maximum = 0;
    /// Whether only the two ends of the range are allowed.
    bool endsOnly = false;
};

constexpr std::array<DefaultFunction, 6> functions{{
    {"autoincrement", DefaultKind::AutoIncrement, {ScalarType::Int, ScalarType::BigInt}},
    {"now", DefaultKind::Now, {ScalarType::DateTime}},
    {"uuid", DefaultKind::Uuid, {ScalarType::String}, 4, 4, 7, true},
    {"cuid", DefaultKind::Cuid, {ScalarType::String}, 1, 1, 2, true},
    {"nanoid", DefaultKind::Nanoid, {ScalarType::String}, 21, 2, 255},
    {"ulid", DefaultKind::Ulid, {ScalarType::String}},
}};

std::string typeName(const Context& context, const Field& field) {
    if (field.kind == FieldKind::Enum) return context.schema.enums[field.enumIndex].name;
    if (field.kind == FieldKind::Unsupported) return "Unsupported";
    return std::string(toString(field.scalar));
}

/// Reads the arguments of `@default` for one field.
class DefaultReader {
  public:
    DefaultReader(Context& context, const Field& field, ArgumentReader& reader)
        : context_(context), field_(field), reader_(reader) {}

    std::optional<Default> read(const Expression& value) {
        if (value.kind == ExpressionKind::Function) {
            return value.text == "dbgenerated" ? databaseGenerated(value) : function(value);
        }
        if (field_.kind == FieldKind::Unsupported) {
            return refuse(
                value, "a field of type Unsupported takes @default(dbgenerated(\"...\")) only");
        }
        return field_.kind == FieldKind::Enum ? enumValue(value) : literal(value);
    }

  private:
    std::optional<Default> refuse(const Expression& value, const std::string& message) {
        reader_.report(value.position, message);
        return std::nullopt;
    }

    std::optional<Default> databaseGenerated(const Expression& value) {
        if (value.arguments.empty()) return Default{.kind = DefaultKind::DbGenerated};
        const auto& argument = value.arguments[0].value;
        if (value.arguments.size() > 1 || argument.kind != ExpressionKind::String ||
            argument.text.empty() || argument.text.find('\0') != std::string::npos) {
            return refuse(value,
                "dbgenerated() takes one string that is not empty, such as "
                "dbgenerated(\"(lower(hex(randomblob(8))))\")");
        }
        return Default{.kind = DefaultKind::DbGenerated, .text = argument.text};
    }

    std::optional<Default> function(const Expression& value) {
        const auto* found = std::find_if(functions.begin(), functions.end(),
            [&](const DefaultFunction& candidate) { return candidate.name == value.text; });
        if (found == functions.end()) {
            std::vector<std::string_view> names{"dbgenerated"};
            for (const auto& candidate : functions) names.push_back(candidate.name);
            return refuse(value,
                "unknown function " + value.text +
                    "(); allowed are autoincrement(), now(), uuid(), cuid(), nanoid(), ulid() "
                    "and dbgenerated()." +
                    suggestion(value.text, names));
        }
        const bool fits =
            field_.kind == FieldKind::Scalar &&
            std::find(found->types.begin(), found->types.end(), field_.scalar) !=
                found->types.end();
        if (!fits) {
            return refuse(value,
                value.text + "() cannot be the default of a field of type " +
                    typeName(context_, field_));
        }
        Default result{.kind = found->kind, .argument = found->argument};
        if (value.arguments.empty()) return result;
        const auto argument = functionArgument(*found, value);
        if (!argument) return std::nullopt;
        result.argument = *argument;
        return result;
    }

    std::optional<int> functionArgument(const DefaultFunction& function, const Expression& value) {
        const std::string name(function.name);
        const auto& argument = value.arguments[0].value;
        if (function.argument == 0) {
            refuse(value, name + "() takes no argument");
            return std::nullopt;
        }
        int number = -1;
        const auto* end = argument.text.data() + argument.text.size();
        const auto parsed = std::from_chars(argument.text.data(), end, number);
        const bool isNumber =
            argument.kind == ExpressionKind::Number && parsed.ec == std::errc{} &&
            parsed.ptr == end && value.arguments.size() == 1;
        const bool inRange =
            function.endsOnly
                ? number == function.minimum || number == function.maximum
                : number >= function.minimum && number <= function.maximum;
        if (isNumber && inRange) return number;
        refuse(argument,
            name + "() takes one number, " + std::to_string(function.minimum) +
                (function.endsOnly ? " or " : " to ") + std::to_string(function.maximum) +
                ", got " + describe(argument));
        return std::nullopt;
    }

    std::optional<Default> enumValue(const Expression& value) {
        const auto& enumeration = context_.schema.enums[field_.enumIndex];
        if (value.kind == ExpressionKind::Constant &&
            enumeration.findValue(value.text) != nullptr) {
            return Default{.kind = DefaultKind::EnumValue, .text = value.text};
        }
        std::vector<std::string> names;
        for (const auto& candidate : enumeration.values) names.push_back(candidate.name);
        return refuse(value,
            "the default must be a value of the enum " + enumeration.name + ": " + listed(names) +
                "; got " + describe(value));
    }

    std::optional<Default> literal(const Expression& value) {
        const auto problem = literalProblem(field_.scalar, value);
        if (problem) return refuse(value, *problem);
        return Default{.kind = DefaultKind::Literal, .text = value.text};
    }

    Context& context_;
    const Field& field_;
    ArgumentReader& reader_;
};

}  // namespace

void readDefault(Context& context, const FieldId& id, const Attribute& attribute) {
    auto& field = context.schema.models[id.model].fields[id.field];
    ArgumentReader reader(attribute.arguments, "@default", attribute.position, context.diagnostics);
    const auto* value = reader.required("value");
    if (const auto* map = reader.named("map")) {
        reader.report(map->position, "SQLite has no named defaults; remove map");
    }
    reader.finish();
    if (value == nullptr || field.isList()) return;
    field.defaultValue = DefaultReader(context, field, reader).read(*value);
}

}  // namespace loam::runtime::schema
