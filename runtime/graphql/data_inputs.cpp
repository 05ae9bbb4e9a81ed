#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "runtime/graphql/builder.hpp"
#include "runtime/plan/values.hpp"

namespace loam::runtime::graphql {
namespace {

bool contains(const std::vector<const schema::Field*>& fields, const schema::Field& field) {
    return std::find(fields.begin(), fields.end(), &field) != fields.end();
}

/// Whether a new record must name the value, unless a relation gives it.
bool mustBeGiven(const schema::Field& field) {
    return field.isUsableColumn() && field.isRequired() && !field.defaultValue &&
           !field.isUpdatedAt;
}

/// The type of an operation that has arguments of its own; "*" stands for the relation on the other
/// side. The names are Prisma's.
struct OperationName {
    std::string_view operation;
    std::string_view ofList;
    std::string_view ofOne;
};

constexpr std::array operationNames{
    OperationName{
        "connectOrCreate", "CreateOrConnectWithout*Input", "CreateOrConnectWithout*Input"},
    OperationName{"createMany", "CreateMany*InputEnvelope", ""},
    OperationName{"update", "UpdateWithWhereUniqueWithout*Input", "UpdateToOneWithout*Input"},
    OperationName{"updateMany", "UpdateManyWithWhereWithout*Input", ""},
    OperationName{"upsert", "UpsertWithWhereUniqueWithout*Input", "UpsertWithout*Input"},
};

}  // namespace

/// A name for what is written over the relation, in which "*" stands for the field on the other
/// side.
std::string Builder::nameFor(const plan::Link& link, std::string_view pattern) const {
    const SchemaField& back = *catalog_.links().opposite(link).field;
    std::string word = back.name;
    if (word.front() >= 'a' && word.front() <= 'z') {
        word.front() = static_cast<char>(word.front() - 'a' + 'A');
    }
    if (word != back.name && link.related->findField(word) != nullptr) {
        word = back.name;
    }
    std::string name = link.related->name + std::string(pattern);
    return name.replace(name.find('*'), 1, word);
}

/// Whether the data of a write has the field; `from` is the relation over which it is written.
bool Builder::isWritten(
    const Model& model, const SchemaField& field, const plan::Link* from, Content content) const {
    if (field.isRelation()) {
        const bool isBack = from != nullptr && &field == catalog_.links().opposite(*from).field;
        return content == Content::WithRelations && !field.isIgnored && !isBack;
    }
    const bool isFilled =
        from != nullptr && !from->holdsForeignKey() && from->joinTable == nullptr &&
        contains(from->relatedColumns, field);
    return field.isUsableColumn() && !isFilled && model.findField(field.name) != nullptr;
}

/// Whether a new record needs any data.
bool Builder::needsData(const Model& model) const {
    return std::any_of(model.fields.begin(), model.fields.end(), mustBeGiven);
}

const Type* Builder::createInput(const Model& model, const plan::Link* from, Content content) {
    const bool isMany = content == Content::ColumnsOnly;
    const std::string name =
        from == nullptr
            ? model.name + (isMany ? "CreateManyInput" : "CreateInput")
            : nameFor(*from, isMany ? "CreateMany*Input" : "CreateWithout*Input");
    return make(TypeKind::InputObject, name, [this, &model, from, content](Type& type) {
        for (const SchemaField& field : model.fields) {
            if (!isWritten(model, field, from, content)) {
                continue;
            }
            if (field.isRelation()) {
                const Type* nested =
                    nestedInput(catalog_.links().of(field), plan::WriteOf::NewRecord);
                type.inputs.push_back({field.name, {nested}, field.documentation, {}});
                continue;
            }
            // Where a relation may be given instead, the foreign key may be missing.
            const bool isForeignKey =
                content == Content::WithRelations &&
                std::any_of(
                    model.fields.begin(), model.fields.end(), [&](const SchemaField& candidate) {
                        return candidate.isRelation() && candidate.relation->holdsForeignKey() &&
                               contains(catalog_.links().of(candidate).columns, field);
                    });
            type.inputs.push_back({field.name,
                {columnType(field), false, mustBeGiven(field) && !isForeignKey},
                field.documentation, {}});
        }
    });
}

const Type* Builder::updateInput(const Model& model, const plan::Link* from, Content content) {
    const bool isMany = content == Content::ColumnsOnly;
    const std::string name =
        from == nullptr
            ? model.name + (isMany ? "UpdateManyMutationInput" : "UpdateInput")
            : nameFor(*from, isMany ? "UpdateManyMutationWithout*Input" : "UpdateWithout*Input");
    return make(TypeKind::InputObject, name, [this, &model, from, content](Type& type) {
        for (const SchemaField& field : model.fields) {
            if (isWritten(model, field, from, content)) {
                const Type* change =
                    field.isRelation()
                        ? nestedInput(catalog_.links().of(field), plan::WriteOf::Changes)
                        : updateOperations(field);
                type.inputs.push_back({field.name, {change}, field.documentation, {}});
            }
        }
    });
}

const Type* Builder::updateOperations(const SchemaField& field) {
    columnType(field);
    const std::string type = columnTypeName(field);
    const std::string prefix = field.kind == schema::FieldKind::Enum ? "Enum" : "";
    std::string operations = "set: " + type;
    if (plan::isNumeric(field)) {
        for (const std::string_view name : {"increment", "decrement", "multiply", "divide"}) {
            operations += ", " + std::string(name) + ": " + type;
        }
    }
    return makeScalar(prefix + type + "FieldUpdateOperationsInput",
        "The new `" + type + "`, or an object with one operation of `{" + operations + "}`.");
}

/// What stands under a relation in the data of a write.
const Type* Builder::nestedInput(const plan::Link& link, plan::WriteOf of) {
    std::string_view pattern =
        link.isList() ? "UpdateManyWithout*NestedInput"
        : link.field->isRequired()
            ? "UpdateOneRequiredWithout*NestedInput"
            : "UpdateOneWithout*NestedInput";
    if (of == plan::WriteOf::NewRecord) {
        pattern = link.isList() ? "CreateNestedManyWithout*Input" : "CreateNestedOneWithout*Input";
    }
    const std::string name = nameFor(link, pattern);
    return make(TypeKind::InputObject, name, [this, &link, of](Type& type) {
        for (const std::string_view operation : plan::nestedOperations(link, of)) {
            type.inputs.push_back(nestedOperation(link, operation));
        }
    });
}

InputValue Builder::nestedOperation(const plan::Link& link, std::string_view name) {
    const Model& related = *link.related;
    const auto with = [&](const Type* type, bool isList) {
        return InputValue{name, {type, isList, false}, {}, {}};
    };
    if (name == "createMany") {
        return with(nestedObject(link, name), false);
    }
    if (name == "create") {
        return with(createInput(related, &link, Content::WithRelations), link.isList());
    }
    if (name == "connect" || name == "set") {
        return with(whereUnique(related), link.isList());
    }
    if (name == "disconnect" || name == "delete") {
        return with(link.isList() ? whereUnique(related) : detachInput(related), link.isList());
    }
    if (name == "deleteMany") {
        return with(where(related), true);
    }
    if (name == "update" && !link.isList()) {
        return with(singleUpdate(link), false);
    }
    return with(nestedObject(link, name), link.isList());
}

/// An operation that has arguments of its own.
const Type* Builder::nestedObject(const plan::Link& link, std::string_view name) {
    const auto* row = std::find_if(operationNames.begin(), operationNames.end(),
        [&](const OperationName& candidate) { return candidate.operation == name; });
    const std::string typeName = nameFor(link, link.isList() ? row->ofList : row->ofOne);
    return make(TypeKind::InputObject, typeName, [this, &link, name = row->operation](Type& type) {
        const Model& related = *link.related;
        const auto add =
            [&](std::string_view input, const Type* of, bool isRequired, bool isList = false) {
                type.inputs.push_back({input, {of, isList, isRequired}, {}, {}});
            };
        if (name == "createMany") {
            add("data", createInput(related, &link, Content::ColumnsOnly), true, true);
            return;
        }
        if (name == "updateMany") {
            add("where", where(related), false);
            add("data", updateInput(related, &link, Content::ColumnsOnly), true);
            return;
        }
        const bool isUnique = link.isList() || name == "connectOrCreate";
        add("where", isUnique ? whereUnique(related) : where(related), isUnique);
        if (name == "update") {
            add("data", updateInput(related, &link, Content::WithRelations), true);
            return;
        }
        if (name == "upsert") {
            add("update", updateInput(related, &link, Content::WithRelations), true);
        }
        add("create", createInput(related, &link, Content::WithRelations), true);
    });
}

/// The update of the one related record: its changes, or `{where, data}`.
const Type* Builder::singleUpdate(const plan::Link& link) {
    const std::string name = nameFor(link, "UpdateToOneWithout*Input");
    return make(TypeKind::InputObject, name, [this, &link](Type& type) {
        const Model& related = *link.related;
        type.description = "Either `data` with an optional `where`, or the changes themselves.";
        type.inputs.push_back({"where", {where(related)}, {}, {}});
        type.inputs.push_back(
            {"data", {updateInput(related, &link, Content::WithRelations)}, {}, {}});
        for (const SchemaField& field : related.fields) {
            const bool isTaken = field.name == "where" || field.name == "data";
            if (!isTaken && isWritten(related, field, &link, Content::WithRelations)) {
                const Type* change =
                    field.isRelation()
                        ? nestedInput(catalog_.links().of(field), plan::WriteOf::Changes)
                        : updateOperations(field);
                type.inputs.push_back({field.name, {change}, field.documentation, {}});
            }
        }
    });
}

const Type* Builder::detachInput(const Model& model) {
    where(model);
    return makeScalar(model.name + "DetachInput",
        "`true` for the related record whatever it is, `false` for nothing, or a `" + model.name +
            "WhereInput` that it must meet.");
}

}  // namespace loam::runtime::graphql
