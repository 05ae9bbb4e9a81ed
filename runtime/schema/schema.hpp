#pragma once

// A parsed and validated Prisma schema as plain values. Models, enums and fields refer to each
// other by index, so that a Schema can be copied and moved; every index in a Schema is valid, since
// parse() refuses a schema in which something does not resolve.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace loam::runtime::schema {

/// The scalar types of the Prisma schema language.
enum class ScalarType : std::uint8_t {
    Int,
    BigInt,
    Float,
    Decimal,
    Boolean,
    String,
    DateTime,
    Bytes,
    Json,
};

/// The type's name in the schema language, such as "DateTime".
std::string_view toString(ScalarType type);

/// What a field holds: a column of a scalar or enum type, other records, or a column of a type that
/// clients cannot read or write.
enum class FieldKind : std::uint8_t { Scalar, Enum, Relation, Unsupported };

/// How many values a field holds: `String`, `String?` or `Post[]`.
enum class Arity : std::uint8_t { Required, Optional, List };

/// What happens to referencing records when a referenced record is deleted or its key changes.
enum class ReferentialAction : std::uint8_t { Cascade, Restrict, NoAction, SetNull, SetDefault };

/// The action's name in the schema language, such as "SetNull".
std::string_view toString(ReferentialAction action);

/// The direction that `sort:` gives to a column of an index.
enum class SortOrder : std::uint8_t { Ascending, Descending };

/// Who keeps relations intact: foreign keys of the database, or the query engine.
enum class RelationMode : std::uint8_t { ForeignKeys, Prisma };

/// Where a default value comes from.
enum class DefaultKind : std::uint8_t {
    /// `text` is the value: digits as written, `true` or `false`, an RFC 3339 time, base64 for
    /// Bytes,
    /// JSON text for Json, and for String the text without quotes and escapes.
    Literal,
    /// `text` is the enum value's name in the schema (not its mapped name).
    EnumValue,
    /// The database counts; only on Int and BigInt.
    AutoIncrement,
    /// The time of the request; only on DateTime.
    Now,
    /// `argument` is the version, 4 or 7.
    Uuid,
    /// `argument` is the version, 1 or 2.
    Cuid,
    /// `argument` is the length in characters, 2 to 255.
    Nanoid,
    Ulid,
    /// `text` is the SQL expression; empty when the author gave none.
    DbGenerated,
};

/// The value of `@default(...)`.
struct Default {
    DefaultKind kind = DefaultKind::Literal;
    std::string text = {};
    int argument = 0;
};

/// The table behind an implicit many-to-many relation, seen from one of its two fields. With
/// ForeignKeys and Prisma mode alike it has the columns "A" and "B", each holding the single id of
/// one side.
struct JoinTable {
    /// Name in the database: "_" and the relation's name.
    std::string name = {};
    /// "A" or "B": the column that holds the id of the record that has the field.
    std::string ownColumn = {};
    /// The other column: it holds the ids of the records that the field lists.
    std::string otherColumn = {};
};

/// One side of a relation; every relation field has one, and so has its opposite in the related
/// model.
struct Relation {
    /// The name given, or the two model names in alphabetical order joined with "To".
    std::string name = {};
    /// Index of the related model.
    std::size_t model = 0;
    /// Index, in the related model, of the relation field on the other side.
    std::size_t opposite = 0;
    /// Indexes of the columns of this model that refer to the related model, in the order written.
    /// Empty on the side that holds no foreign key, and on both sides of an implicit many-to-many
    /// relation.
    std::vector<std::size_t> fields = {};
    /// Indexes, in the related model, of the fields referred to; as many as `fields`.
    std::vector<std::size_t> references = {};
    /// What happens on delete and on update of the referenced record, with the default filled in.
    /// Both sides of a relation carry the same actions. Meaningless for implicit many-to-many
    /// relations.
    ReferentialAction onDelete = ReferentialAction::Restrict;
    ReferentialAction onUpdate = ReferentialAction::Cascade;
    /// Set for implicit many-to-many relations only.
    std::optional<JoinTable> joinTable = {};

    /// Whether this side holds the foreign key.
    bool holdsForeignKey() const { return !fields.empty(); }
};

/// A field of a model, in the order of the schema.
struct Field {
    std::string name = {};
    /// Name of the column: the name, or `@map`. The name itself for relation fields, which have no
    /// column.
    std::string databaseName = {};
    /// Text of the `///` comments before the field, without the slashes; lines joined by a newline.
    std::string documentation = {};
    FieldKind kind = FieldKind::Scalar;
    Arity arity = Arity::Required;
    /// Meaningful when kind is Scalar.
    ScalarType scalar = ScalarType::Int;
    /// Index of the enum when kind is Enum.
    std::size_t enumIndex = 0;
    /// The column type of `Unsupported("type")`.
    std::string unsupportedType = {};
    /// Set when kind is Relation.
    std::optional<Relation> relation = {};
    std::optional<Default> defaultValue = {};
    /// Whether the field alone is the primary key: `@id`, or `@@id` with this field only.
    bool isId = false;
    /// Whether a unique index covers the field alone: `@unique`, or `@@unique` with this field
    /// only.
    bool isUnique = false;
    bool isUpdatedAt = false;
    bool isIgnored = false;

    bool isRelation() const { return kind == FieldKind::Relation; }
    bool isList() const { return arity == Arity::List; }
    bool isRequired() const { return arity == Arity::Required; }
    /// Whether the field is a column that clients may use: a scalar or an enum that is not ignored.
    bool isUsableColumn() const {
        return !isIgnored && (kind == FieldKind::Scalar || kind == FieldKind::Enum);
    }
};

/// A column of a key or index.
struct KeyField {
    /// Index of the field in its model.
    std::size_t field = 0;
    /// Set only when `sort:` is written.
    std::optional<SortOrder> sort = {};
};

/// A primary key, a unique criterion or an index.
struct Key {
    /// What clients call it: the field's name for one field; for several, `name:` or the field
    /// names joined by "_". Unused for plain indexes.
    std::string name = {};
    /// Name of the index in the database; empty for primary keys, which have none on SQLite.
    std::string databaseName = {};
    std::vector<KeyField> fields = {};

    bool isCompound() const { return fields.size() > 1; }
};

/// A model or a view.
struct Model {
    std::string name = {};
    /// Name of the table or view: the name, or `@@map`.
    std::string databaseName = {};
    /// Text of the `///` comments before the model.
    std::string documentation = {};
    std::vector<Field> fields = {};
    std::optional<Key> primaryKey = {};
    /// `@unique` and `@@unique`: those of single fields first, in the order of the fields, then
    /// those of the block.
    std::vector<Key> uniques = {};
    /// `@@index`, in the order of the schema.
    std::vector<Key> indexes = {};
    bool isIgnored = false;
    bool isView = false;

    /// The field of that name, or null.
    const Field* findField(std::string_view fieldName) const;
    /// The index of the field of that name, or nothing.
    std::optional<std::size_t> fieldIndex(std::string_view fieldName) const;
    /// The field with that column name, or null. Relation fields have none.
    const Field* findColumn(std::string_view columnName) const;
};

/// One value of an enum.
struct EnumValue {
    std::string name = {};
    /// What the database stores: the name, or `@map`.
    std::string databaseName = {};
    std::string documentation = {};
};

/// An enum of the schema.
struct Enum {
    std::string name = {};
    std::string databaseName = {};
    std::string documentation = {};
    std::vector<EnumValue> values = {};

    /// The value of that name in the schema, or null.
    const EnumValue* findValue(std::string_view valueName) const;
    /// The value that the database stores as that text, or null.
    const EnumValue* findStored(std::string_view stored) const;
};

/// The `datasource` block.
struct Datasource {
    std::string name = {};
    /// "sqlite", the one provider that is accepted.
    std::string provider = {};
    /// The literal url; empty when it comes from the environment or is missing.
    std::string url = {};
    /// The variable of `url = env("X")`; empty when the url is a literal or missing.
    std::string urlVariable = {};
    RelationMode relationMode = RelationMode::ForeignKeys;
};

/// A `generator` block; only read, never run.
struct Generator {
    std::string name = {};
    std::string provider = {};
    std::vector<std::string> previewFeatures = {};
};

/// A whole schema.
struct Schema {
    /// Models and views, in the order of the schema.
    std::vector<Model> models = {};
    std::vector<Enum> enums = {};
    /// Missing when no file has a datasource block; SQLite and foreign keys are meant then.
    std::optional<Datasource> datasource = {};
    std::vector<Generator> generators = {};

    /// The model or view of that name, or null.
    const Model* findModel(std::string_view name) const;
    /// The index of the model or view of that name, or nothing.
    std::optional<std::size_t> modelIndex(std::string_view name) const;
    /// The enum of that name, or null.
    const Enum* findEnum(std::string_view name) const;
    /// The model that a relation field lists; the field must have a relation.
    const Model& related(const Field& field) const;
    /// The relation field on the other side; the field must have a relation.
    const Field& opposite(const Field& field) const;
    /// The datasource's relation mode, or ForeignKeys without a datasource.
    RelationMode relationMode() const;
};

/// One file of a schema, with the path that errors name.
struct SourceFile {
    std::string path = {};
    std::string text = {};
};

/// One mistake in a schema.
struct Diagnostic {
    std::string file = {};
    /// Both count from 1; the column counts characters, not bytes.
    std::size_t line = 1;
    std::size_t column = 1;
    std::string message = {};

    /// "prisma/schema.prisma:12:5: error text".
    std::string toString() const;
};

/// Thrown for a schema that Prisma would reject; carries every mistake found, in the order of the
/// files.
class SchemaError : public std::runtime_error {
  public:
    /// Takes at least one diagnostic; what() joins them by newlines.
    explicit SchemaError(std::vector<Diagnostic> diagnostics);

    /// All mistakes; never empty.
    const std::vector<Diagnostic>& diagnostics() const { return diagnostics_; }
    /// File, line, column and message of the first mistake.
    const std::string& file() const { return diagnostics_.front().file; }
    std::size_t line() const { return diagnostics_.front().line; }
    std::size_t column() const { return diagnostics_.front().column; }
    const std::string& message() const { return diagnostics_.front().message; }

  private:
    std::vector<Diagnostic> diagnostics_;
};

/// Parses and validates one schema text; `file` is the path that errors name. Throws SchemaError.
///
/// The language is that of Prisma 6 for SQLite. Beyond it, lists may go over several lines, the
/// datasource may lack a url, and names of preview features are not checked.
Schema parse(std::string_view text, std::string_view file = "schema.prisma");

/// Parses and validates a schema that is split over several files. Throws SchemaError.
Schema parse(const std::vector<SourceFile>& files);

}  // namespace loam::runtime::schema
