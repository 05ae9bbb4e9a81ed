#include "runtime/schema/ddl.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "runtime/schema/literals.hpp"

namespace loam::runtime::schema {

namespace {

std::string quoted(std::string_view name, char quote) {
    std::string text(1, quote);
    for (const char c : name) {
        if (c == quote) text += c;
        text += c;
    }
    return text + quote;
}

std::string identifier(std::string_view name) { return quoted(name, '"'); }
std::string literal(std::string_view text) { return quoted(text, '\''); }

std::string columnType(const Field& field) {
    if (field.kind == FieldKind::Enum) return "TEXT";
    if (field.kind == FieldKind::Unsupported) return field.unsupportedType;
    constexpr std::array<std::string_view, 9> types{
        "INTEGER", "BIGINT", "REAL", "DECIMAL", "BOOLEAN", "TEXT", "DATETIME", "BLOB", "JSONB"};
    return std::string(types.at(static_cast<std::size_t>(field.scalar)));
}

std::string hexadecimal(std::string_view bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        text += digits[byte >> 4U];
        text += digits[byte & 15U];
    }
    return text;
}

/// RFC 3339 time as Prisma's schema engine writes it: blanks for "T" and before the offset,
/// "+00:00" for "Z", and no, 3, 6 or 9 digits of a second.
std::string spacedTime(std::string_view time) {
    constexpr std::size_t seconds = 19;
    const bool isUtc = time.back() == 'Z' || time.back() == 'z';
    const auto end = isUtc ? time.size() - 1 : time.size() - 6;
    auto fraction = std::string(time.substr(seconds, end - seconds));
    while (!fraction.empty() && (fraction.back() == '0' || fraction.back() == '.'))
        fraction.pop_back();
    while (fraction.size() % 3 != 1 && !fraction.empty()) fraction += '0';
    fraction = fraction.substr(0, 10);
    const auto offset = isUtc ? std::string("+00:00") : std::string(time.substr(end));
    return std::string(time.substr(0, 10)) + ' ' + std::string(time.substr(11, 8)) + fraction +
           ' ' + offset;
}

std::string literalDefault(const Field& field, const std::string& text) {
    switch (field.scalar) {
        case ScalarType::String:
        case ScalarType::Json:
            return literal(text);
        case ScalarType::DateTime:
            return literal(spacedTime(text));
        case ScalarType::Bytes:
            return literal(hexadecimal(decodeBase64(text).value_or("")));
        default:
            return text;
    }
}

/// What stands after DEFAULT; empty when the database makes no value.
std::string defaultClause(const Schema& schema, const Field& field) {
    if (!field.defaultValue) return {};
    const auto& value = *field.defaultValue;
    switch (value.kind) {
        case DefaultKind::Literal:
            return literalDefault(field, value.text);
        case DefaultKind::EnumValue:
            return literal(schema.enums[field.enumIndex].findValue(value.text)->databaseName);
        case DefaultKind::Now:
            return "CURRENT_TIMESTAMP";
        case DefaultKind::DbGenerated:
            return value.text;
        default:
            return {};
    }
}

std::string column(const Schema& schema, const Field& field) {
    std::string text = identifier(field.databaseName) + ' ' + columnType(field);
    if (field.isRequired()) text += " NOT NULL";
    if (field.isId) {
        text += " PRIMARY KEY";
        if (field.kind == FieldKind::Scalar && field.scalar == ScalarType::Int)
            text += " AUTOINCREMENT";
    }
    const auto value = defaultClause(schema, field);
    if (!value.empty()) text += " DEFAULT " + value;
    return text;
}

std::string columnList(const Model& model, const std::vector<std::size_t>& fields) {
    std::string text;
    for (const auto field : fields) {
        if (!text.empty()) text += ", ";
        text += identifier(model.fields[field].databaseName);
    }
    return text;
}

std::string sqlAction(ReferentialAction action) {
    constexpr std::array<std::string_view, 5> words{
        "CASCADE", "RESTRICT", "NO ACTION", "SET NULL", "SET DEFAULT"};
    return std::string(words.at(static_cast<std::size_t>(action)));
}

std::string foreignKey(const Schema& schema, const Model& model, const Relation& relation) {
    const auto& related = schema.models[relation.model];
    std::string name = model.databaseName;
    for (const auto field : relation.fields) name += '_' + model.fields[field].databaseName;
    return "CONSTRAINT " + identifier(name + "_fkey") + " FOREIGN KEY (" +
           columnList(model, relation.fields) + ") REFERENCES " + identifier(related.databaseName) +
           " (" + columnList(related, relation.references) + ") ON DELETE " +
           sqlAction(relation.onDelete) + " ON UPDATE " + sqlAction(relation.onUpdate);
}

std::string createTable(const std::string& name, const std::vector<std::string>& lines) {
    std::string text = "CREATE TABLE " + identifier(name) + " (\n";
    for (std::size_t i = 0; i < lines.size(); ++i) {
        // A table-level primary key stands apart from the columns by an empty line.
        text += (lines[i].rfind("PRIMARY KEY", 0) == 0 ? "\n    " : "    ") + lines[i];
        text += i + 1 < lines.size() ? ",\n" : "\n";
    }
    return text + ")";
}

std::string table(const Schema& schema, const Model& model) {
    std::vector<std::string> lines;
    for (const auto& field : model.fields) {
        if (!field.isRelation()) lines.push_back(column(schema, field));
    }
    if (model.primaryKey && model.primaryKey->isCompound()) {
        std::vector<std::size_t> fields;
        for (const auto& field : model.primaryKey->fields) fields.push_back(field.field);
        lines.push_back("PRIMARY KEY (" + columnList(model, fields) + ")");
    }
    for (const auto& field : model.fields) {
        if (schema.relationMode() == RelationMode::Prisma || !field.isRelation()) continue;
        const auto& relation = *field.relation;
        // A view cannot be referred to by a foreign key.
        if (relation.holdsForeignKey() && !schema.models[relation.model].isView) {
            lines.push_back(foreignKey(schema, model, relation));
        }
    }
    return createTable(model.databaseName, lines);
}

std::string joinColumn(const Model& model, const char* name) {
    return identifier(name) + ' ' + columnType(model.fields[model.primaryKey->fields[0].field]) +
           " NOT NULL";
}

std::string joinKey(const JoinTable& join, const Model& model, const char* name) {
    const auto& id = model.fields[model.primaryKey->fields[0].field];
    return "CONSTRAINT " + identifier(join.name + '_' + name + "_fkey") + " FOREIGN KEY (" +
           identifier(name) + ") REFERENCES " + identifier(model.databaseName) + " (" +
           identifier(id.databaseName) + ") ON DELETE CASCADE ON UPDATE CASCADE";
}

std::string joinTable(const Schema& schema, const Model& model, const Field& field) {
    const auto& join = *field.relation->joinTable;
    const auto& other = schema.related(field);
    std::vector<std::string> lines{joinColumn(model, "A"), joinColumn(other, "B")};
    if (schema.relationMode() == RelationMode::ForeignKeys) {
        lines.push_back(joinKey(join, model, "A"));
        lines.push_back(joinKey(join, other, "B"));
    }
    return createTable(join.name, lines);
}

std::string index(const Model& model, const Key& key, bool isUnique) {
    std::string text =
        std::string(isUnique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ") +
        identifier(key.databaseName) + " ON " + identifier(model.databaseName) + "(";
    for (std::size_t i = 0; i < key.fields.size(); ++i) {
        const auto& [field, sort] = key.fields[i];
        text += (i > 0 ? ", " : "") + identifier(model.fields[field].databaseName);
        if (sort) text += *sort == SortOrder::Ascending ? " ASC" : " DESC";
    }
    return text + ")";
}

/// Calls `visit` once for each implicit many-to-many relation, with the side whose id is in column
/// A.
template <typename Visit>
void forEachJoinTable(const Schema& schema, Visit visit) {
    for (const auto& model : schema.models) {
        for (const auto& field : model.fields) {
            if (!field.isRelation() || !field.relation->joinTable) continue;
            if (field.relation->joinTable->ownColumn == "A") visit(model, field);
        }
    }
}

}  // namespace

std::vector<std::string> createStatements(const Schema& schema) {
    std::vector<std::string> statements;
    for (const auto& model : schema.models) {
        if (!model.isView) statements.push_back(table(schema, model));
    }
    forEachJoinTable(schema, [&](const Model& model, const Field& field) {
        statements.push_back(joinTable(schema, model, field));
    });
    for (const auto& model : schema.models) {
        if (model.isView) continue;
        for (const auto& key : model.uniques) statements.push_back(index(model, key, true));
        for (const auto& key : model.indexes) statements.push_back(index(model, key, false));
    }
    forEachJoinTable(schema, [&](const Model&, const Field& field) {
        const auto& name = field.relation->joinTable->name;
        statements.push_back(
            "CREATE UNIQUE INDEX " + identifier(name + "_AB_unique") + " ON " + identifier(name) +
            R"(("A", "B"))");
        statements.push_back(
            "CREATE INDEX " + identifier(name + "_B_index") + " ON " + identifier(name) +
            "(\"B\")");
    });
    return statements;
}

}  // namespace loam::runtime::schema
