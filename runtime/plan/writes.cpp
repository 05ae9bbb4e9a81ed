#include "runtime/plan/writes.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "runtime/plan/nested.hpp"
#include "runtime/plan/values.hpp"

namespace loam::runtime::plan {
namespace {

using request::Member;
using request::Value;
using schema::Field;
using schema::Model;

struct Operator {
    std::string_view name;
    AssignmentKind kind;
};

constexpr std::array operators{
    Operator{"set", AssignmentKind::Set},
    Operator{"increment", AssignmentKind::Increment},
    Operator{"decrement", AssignmentKind::Decrement},
    Operator{"multiply", AssignmentKind::Multiply},
    Operator{"divide", AssignmentKind::Divide},
};

/// Whether the data of a write may name the field; `from` is the relation that the record is
/// written over. What a view lists can only be read.
bool isWritable(const Context& context, const Field& field, const Link* from) {
    if (!field.isRelation()) {
        return field.isUsableColumn();
    }
    const bool isBack = from != nullptr && &field == context.links.opposite(*from).field;
    return !field.isIgnored && !isBack && !context.links.of(field).related->isView;
}

Names writableNames(const Context& context, const Model& model, const Link* from) {
    Names names;
    for (const Field& field : model.fields) {
        if (isWritable(context, field, from)) {
            names.push_back(field.name);
        }
    }
    return names;
}

/// A value to store: null where the field may be null, DbNull and JsonNull for Json. What a client
/// of the JSON protocol writes in place is a document, null too.
Scalar storedValue(const Context& context, const Field& field, const Value& value) {
    if (isJson(field) && value.kind == Value::Kind::Enum) {
        if (value.text == "JsonNull") {
            return Json{"null"};
        }
        if (value.text == "DbNull" && !field.isRequired()) {
            return {};
        }
        const std::string_view type =
            field.isRequired() ? "JsonNullValueInput" : "NullableJsonNullValueInput";
        context.failValue(value,
            "`" + std::string(value.text) + "` is not a valid `" + std::string(type) + "`", type);
    }
    if (value.isNull() && !isDocument(context, field)) {
        if (field.isRequired()) {
            context.failRequired(value.location);
        }
        return {};
    }
    return scalarOf(context, field, value);
}

Assignment changeOf(Context& context, const Field& field, const Value& value) {
    if (value.kind != Value::Kind::Object || isDocument(context, field)) {
        return {&field, AssignmentKind::Set, storedValue(context, field, value)};
    }
    if (value.members().size() != 1) {
        context.fail("P2009", value.members().empty() ? "SomeFieldsMissing" : "TooManyFieldsGiven",
            "`" + context.argumentPath() + "` takes exactly one operation, such as `set`.",
            value.location);
    }
    const Member& member = value.members().front();
    const auto step = context.enterArgument(member.name);
    const std::size_t allowed = isNumeric(field) ? operators.size() : 1;
    const auto* const end = operators.begin() + allowed;
    const auto* found = std::find_if(operators.begin(), end, [&](const Operator& candidate) {
        return candidate.name == member.name;
    });
    if (found == end) {
        Names names;
        std::for_each(operators.begin(), end, [&](const Operator& candidate) {
            names.push_back(candidate.name);
        });
        context.failUnknownField(member, names);
    }
    if (found->kind != AssignmentKind::Set && member.value.isNull()) {
        context.failRequired(member.value.location);
    }
    return {&field, found->kind, storedValue(context, field, member.value)};
}

bool hasAssignment(const std::vector<Assignment>& assignments, const Field& field) {
    return std::any_of(assignments.begin(), assignments.end(), [&](const Assignment& assignment) {
        return assignment.field == &field;
    });
}

bool contains(const std::vector<const Field*>& fields, const Field& field) {
    return std::find(fields.begin(), fields.end(), &field) != fields.end();
}

/// Whether the column is part of a foreign key; of one that may be missing with `isOptional`.
bool isForeignKey(const Links& links, const Model& model, const Field& column, bool isOptional) {
    return std::any_of(model.fields.begin(), model.fields.end(), [&](const Field& field) {
        return field.isRelation() && field.relation->holdsForeignKey() &&
               !(isOptional && field.isRequired()) && contains(links.of(field).columns, column);
    });
}

/// Gives a column the time of the request.
void addTime(std::vector<Assignment>& assignments, const Context& context, const Field& field) {
    Assignment& time = assignments.emplace_back();
    time.field = &field;
    time.value = DateTime{context.sources.nowMilliseconds};
}

/// The time of the request for the columns with @updatedAt that are not given. A change that only
/// takes a foreign key away does not count, as with Prisma.
std::vector<Assignment>
timesOf(const Context& context, const Model& model, const std::vector<Assignment>& given) {
    std::vector<Assignment> times;
    for (const Field& field : model.fields) {
        if (field.isUpdatedAt && !hasAssignment(given, field)) {
            addTime(times, context, field);
        }
    }
    return times;
}

/// Reads the members of a create or an update.
class DataReader {
  public:
    enum class Of : std::uint8_t { NewRecord, Changes };

    DataReader(Context& context, const Model& model, const Link* from, Of of)
        : context_(context), model_(model), from_(from), of_(of) {}

    Data read(const Value& value) {
        const bool isNew = of_ == Of::NewRecord;
        for (const Member& member :
            membersOf(context_, value, model_.name + (isNew ? "CreateInput" : "UpdateInput"))) {
            const auto step = context_.enterArgument(member.name);
            this->member(member);
        }
        checkMixture();
        for (NestedWrite& write : data_.nested) {
            const bool isHolder = write.link->holdsForeignKey();
            write.stamps = timesOf(context_, isHolder ? model_ : *write.link->related,
                isHolder ? data_.assignments : std::vector<Assignment>{});
        }
        return std::move(data_);
    }

    /// Whether the relation or another record fills the column.
    static bool isFilled(const Data& data, const Link* from, const Field& column) {
        if (from != nullptr && !from->holdsForeignKey() && from->joinTable == nullptr &&
            contains(from->relatedColumns, column)) {
            return true;
        }
        return std::any_of(data.nested.begin(), data.nested.end(), [&](const NestedWrite& write) {
            return write.link->holdsForeignKey() && contains(write.link->columns, column);
        });
    }

  private:
    void member(const Member& member) {
        const Field* field = model_.findField(member.name);
        if (field == nullptr || !isWritable(context_, *field, from_)) {
            context_.failUnknownField(member, writableNames(context_, model_, from_));
        }
        if (field->isRelation()) {
            relation(*field, member);
        } else {
            column(*field, member);
        }
    }

    /// A record has either its foreign keys as columns or all its relations as objects.
    void checkMixture() {
        if (foreignKey_ == nullptr || relation_ == nullptr) {
            return;
        }
        const auto step = context_.enterArgument(foreignKey_->name);
        context_.fail("P2009", "UnknownInputField",
            "`" + context_.argumentPath() + "`: Field does not exist in enclosing type: `" +
                std::string(foreignKey_->name) + "` and `" + std::string(relation_->name) +
                "` cannot stand together. Give either the columns of foreign keys and counted "
                "identifiers, or the relations themselves.",
            foreignKey_->location);
    }

    void relation(const Field& field, const Member& member) {
        const Link& link = context_.links.of(field);
        if (link.holdsForeignKey()) {
            relation_ = &member;
        }
        const bool isNew = of_ == Of::NewRecord;
        addNested(context_, link, member.value, isNew ? WriteOf::NewRecord : WriteOf::Changes,
            data_.nested);
    }

    void column(const Field& field, const Member& member) {
        if (isFilled({}, from_, field)) {
            context_.failUnknownField(member, writableNames(context_, model_, from_));
        }
        if (isUnchecked(context_.links, model_, field)) {
            foreignKey_ = &member;
        }
        if (of_ == Of::NewRecord) {
            data_.assignments.push_back(
                {&field, AssignmentKind::Set, storedValue(context_, field, member.value)});
        } else {
            data_.assignments.push_back(changeOf(context_, field, member.value));
        }
    }

    Context& context_;
    const Model& model_;
    const Link* from_;
    Of of_;
    Data data_;
    /// The last one of each kind.
    const Member* foreignKey_ = nullptr;
    const Member* relation_ = nullptr;
};

/// What to name where a column is missing: its relation where that can be given, unless the record
/// is written with its foreign keys.
std::string_view
missingName(Context& context, const Model& model, const Data& data, const Field& column) {
    const bool hasUnchecked = std::any_of(
        data.assignments.begin(), data.assignments.end(), [&](const Assignment& assignment) {
            return isUnchecked(context.links, model, *assignment.field);
        });
    for (const Field& field : model.fields) {
        if (!hasUnchecked && field.isRelation() && field.relation->holdsForeignKey() &&
            contains(context.links.of(field).columns, column)) {
            const auto step = context.enterArgument(field.name);
            return context.isArgument() ? field.name : column.name;
        }
    }
    return column.name;
}

void addDefaults(Context& context, const Model& model, const Link* from, Data& data,
    request::Location location) {
    for (const Field& field : model.fields) {
        const bool isColumn =
            field.kind == schema::FieldKind::Scalar || field.kind == schema::FieldKind::Enum;
        if (!isColumn || hasAssignment(data.assignments, field) ||
            DataReader::isFilled(data, from, field)) {
            continue;
        }
        if (std::optional<Scalar> value = defaultValue(context.schema, field, context.sources)) {
            data.assignments.push_back({&field, AssignmentKind::Set, std::move(*value)});
        } else if (field.isUpdatedAt) {
            addTime(data.assignments, context, field);
        } else if (mustBeGiven(field) && !isForeignKey(context.links, model, field, true)) {
            const auto step = context.enterArgument(missingName(context, model, data, field));
            context.failRequired(location);
        }
    }
}

}  // namespace

bool mustBeGiven(const Field& field) {
    return field.isRequired() && !field.isIgnored && !field.defaultValue && !field.isUpdatedAt;
}

bool isUnchecked(const Links& links, const Model& model, const Field& column) {
    const bool isCounted =
        column.isId && column.scalar == schema::ScalarType::Int && column.defaultValue &&
        column.defaultValue->kind == schema::DefaultKind::AutoIncrement;
    return isCounted || isForeignKey(links, model, column, false);
}

Data recordOf(Context& context, const Model& model, const Value* value, const Link* from) {
    Data data;
    request::Location location;
    if (value != nullptr) {
        location = value->location;
        data = DataReader(context, model, from, DataReader::Of::NewRecord).read(*value);
    }
    addDefaults(context, model, from, data, location);
    return data;
}

Data changesOf(Context& context, const Model& model, const Value& value, const Link* from) {
    Data data = DataReader(context, model, from, DataReader::Of::Changes).read(value);
    if (!data.assignments.empty()) {
        const std::vector<Assignment> times = timesOf(context, model, data.assignments);
        data.assignments.insert(data.assignments.end(), times.begin(), times.end());
    }
    return data;
}

void refuseRelations(Context& context, const Model& model, const Value& data, const Link* from) {
    for (const Member& member : data.members()) {
        const Field* field = model.findField(member.name);
        if (field != nullptr && field->isRelation()) {
            const auto step = context.enterArgument(member.name);
            Names names = writableNames(context, model, from);
            names.erase(
                std::remove_if(names.begin(), names.end(),
                    [&](std::string_view name) { return model.findField(name)->isRelation(); }),
                names.end());
            context.failUnknownField(member, names);
        }
    }
}

}  // namespace loam::runtime::plan
