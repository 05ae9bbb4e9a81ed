#include <array>
#include <string>

#include "runtime/queryplan/limits.hpp"
#include "runtime/queryplan/parser.hpp"

// The parts of nodes: rules, operations in memory, shapes of answers, and values.

namespace loam::runtime::queryplan {
namespace {

using request::Value;

constexpr std::array rules{
    std::pair{std::string_view("rowCountEq"), Rule::Kind::RowCountEquals},
    std::pair{std::string_view("rowCountNeq"), Rule::Kind::RowCountDiffers},
    std::pair{std::string_view("affectedRowCountEq"), Rule::Kind::AffectedRowsEqual},
    std::pair{std::string_view("never"), Rule::Kind::Never},
};

constexpr std::array structures{
    std::pair{std::string_view("affectedRows"), Structure::Kind::AffectedRows},
    std::pair{std::string_view("object"), Structure::Kind::Object},
    std::pair{std::string_view("field"), Structure::Kind::Field},
};

constexpr std::array fieldTypes{
    std::pair{std::string_view("string"), FieldType::String},
    std::pair{std::string_view("int"), FieldType::Int},
    std::pair{std::string_view("bigint"), FieldType::BigInt},
    std::pair{std::string_view("float"), FieldType::Float},
    std::pair{std::string_view("boolean"), FieldType::Boolean},
    std::pair{std::string_view("decimal"), FieldType::Decimal},
    std::pair{std::string_view("datetime"), FieldType::DateTime},
    std::pair{std::string_view("json"), FieldType::Json},
    std::pair{std::string_view("object"), FieldType::Object},
    std::pair{std::string_view("bytes"), FieldType::Bytes},
    std::pair{std::string_view("enum"), FieldType::Enum},
    std::pair{std::string_view("unsupported"), FieldType::Unsupported},
};

constexpr std::array encodings{
    std::pair{std::string_view("array"), BytesEncoding::Array},
    std::pair{std::string_view("base64"), BytesEncoding::Base64},
    std::pair{std::string_view("hex"), BytesEncoding::Hex},
};

constexpr std::array arities{
    std::pair{std::string_view("required"), false},
    std::pair{std::string_view("optional"), false},
    std::pair{std::string_view("list"), true},
};

/// What a generator takes.
enum class Generator : std::uint8_t { Plain, Uuid, Cuid, Nanoid, Product };

constexpr std::array generators{
    std::pair{std::string_view("now"), Generator::Plain},
    std::pair{std::string_view("ulid"), Generator::Plain},
    std::pair{std::string_view("uuid"), Generator::Uuid},
    std::pair{std::string_view("cuid"), Generator::Cuid},
    std::pair{std::string_view("nanoid"), Generator::Nanoid},
    std::pair{std::string_view("product"), Generator::Product},
};

void checkVersion(const Reader& args, std::int64_t first, std::int64_t second) {
    const std::int64_t version = args.size() == 1 ? args.item(0).integer() : 0;
    if (version != first && version != second) {
        args.fail("must hold " + std::to_string(first) + " or " + std::to_string(second));
    }
}

void checkGenerator(const Reader& call, const Names& names) {
    const Generator generator = call.member("name").choose(generators);
    const Reader args = call.member("args");
    const std::size_t count = args.size();
    switch (generator) {
        case Generator::Plain:
            return;
        case Generator::Uuid:
            checkVersion(args, 4, 7);
            return;
        case Generator::Cuid:
            checkVersion(args, 1, 2);
            return;
        case Generator::Nanoid: {
            const std::int64_t length = count == 0 ? 21 : args.item(0).integer();
            if (length < 1 || length > static_cast<std::int64_t>(limits::nanoidLength)) {
                args.fail("must hold a length from 1 to " + std::to_string(limits::nanoidLength));
            }
            return;
        }
        case Generator::Product:
            if (count != 2) {
                args.fail("must hold two values");
            }
            parseExpression(args, names);
            return;
    }
}

std::optional<std::int64_t> countAt(const Reader& reader, std::string_view name) {
    if (!reader.has(name)) {
        return std::nullopt;
    }
    const std::int64_t count = reader.member(name).integer();
    if (count < 0) {
        reader.member(name).fail("must not be negative");
    }
    return count;
}

Pagination parsePagination(const Reader& reader, const Names& names) {
    Pagination pagination;
    pagination.take = countAt(reader, "take");
    pagination.skip = countAt(reader, "skip");
    if (reader.has("cursor")) {
        pagination.hasCursor = true;
        pagination.cursor = reader.member("cursor").members([&](const Reader& field) {
            return std::pair{field.name(), parseExpression(field, names)};
        });
    }
    return pagination;
}

Field parseField(const Reader& reader, const DataMapNode& node) {
    Field field;
    field.column = reader.member("dbName").text();
    const Reader type = reader.member("fieldType");
    field.type = type.member("type").choose(fieldTypes);
    field.isList = type.member("arity").choose(arities);
    if (field.type == FieldType::Bytes) {
        field.encoding = type.member("encoding").choose(encodings);
    }
    if (field.type == FieldType::Enum) {
        const Reader name = type.member("name");
        for (const auto& [known, names] : node.enums) {
            if (known == name.text()) {
                field.names = names.get();
            }
        }
        if (field.names == nullptr) {
            name.fail("names an enum that the plan does not list");
        }
    }
    return field;
}

}  // namespace

Rule parseRule(const Reader& reader) {
    Rule rule;
    rule.kind = reader.member("type").choose(rules);
    if (rule.kind != Rule::Kind::Never) {
        rule.count = reader.member("args").integer();
    }
    return rule;
}

std::string_view parseVariable(const Reader& reader, const Names& names) {
    const std::string_view name = reader.text();
    if (!names.has(name)) {
        reader.fail("names the variable \"" + std::string(name) + "\", which is not set here");
    }
    return name;
}

Expression parseExpression(const Reader& reader, const Names& names) {
    const Value& value = reader.value();
    if (value.kind == Value::Kind::List) {
        reader.items([&](const Reader& item) { return parseExpression(item, names); });
        return &value;
    }
    const Value* tag = value.find("prisma__type");
    if (tag == nullptr) {
        return &value;
    }
    constexpr std::array tags{
        std::pair{std::string_view("param"), true},
        std::pair{std::string_view("generatorCall"), false},
    };
    const bool isParameter = reader.member("prisma__type").choose(tags);
    const Reader content = reader.member("prisma__value");
    if (!isParameter) {
        checkGenerator(content, names);
        return &value;
    }
    parseVariable(content.member("name"), names);
    if (content.has("type")) {
        static_cast<void>(content.member("type").text());
    }
    return &value;
}

Operations parseOperations(const Reader& reader, const Names& names) {
    Operations operations;
    if (reader.has("pagination")) {
        operations.pagination = parsePagination(reader.member("pagination"), names);
    }
    if (reader.has("distinct")) {
        operations.distinct = reader.member("distinct").texts();
    }
    operations.reverse = reader.flag("reverse");
    if (reader.has("linkingFields")) {
        operations.linkingFields = reader.member("linkingFields").texts();
    }
    if (reader.has("nested")) {
        operations.nested = reader.member("nested").members([&](const Reader& field) {
            return NestedOperations{field.name(), parseOperations(field, names)};
        });
    }
    return operations;
}

Structure parseStructure(const Reader& reader, const DataMapNode& node) {
    Structure structure;
    structure.kind = reader.member("type").choose(structures);
    if (structure.kind == Structure::Kind::Field) {
        structure.field = parseField(reader, node);
    }
    if (structure.kind != Structure::Kind::Object) {
        return structure;
    }
    structure.skipNulls = reader.flag("skipNulls");
    if (reader.has("serializedName")) {
        structure.source = reader.member("serializedName").text();
    }
    structure.fields = reader.member("fields").members([&](const Reader& field) {
        NamedStructure named{field.name(), parseStructure(field, node)};
        if (named.structure.kind == Structure::Kind::AffectedRows) {
            field.fail("must be an object or a field");
        }
        return named;
    });
    return structure;
}

}  // namespace loam::runtime::queryplan
