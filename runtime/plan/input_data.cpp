#include <algorithm>
#include <cctype>

#include "runtime/plan/input_builder.hpp"
#include "runtime/plan/values.hpp"
#include "runtime/plan/writes.hpp"

namespace loam::runtime::plan {
namespace {

constexpr std::string_view names[] = {"set", "increment", "decrement", "multiply", "divide"};

}  // namespace

std::string InputBuilder::without(const Link& link) const {
    std::string name = links_->opposite(link).field->name;
    name.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(name.front())));
    return name;
}

bool InputBuilder::isWritten(
    const Model& model, const Field& field, const Link* from, Content content) const {
    if (field.isIgnored || (from != nullptr && &field == links_->opposite(*from).field)) {
        return false;
    }
    if (field.isRelation()) {
        return content == Content::Checked || !links_->of(field).holdsForeignKey();
    }
    const bool isFilledByParent =
        from != nullptr && !from->holdsForeignKey() && from->joinTable == nullptr &&
        std::find(from->relatedColumns.begin(), from->relatedColumns.end(), &field) !=
            from->relatedColumns.end();
    if (!field.isUsableColumn() || isFilledByParent) {
        return false;
    }
    return content == Content::Unchecked || !isUnchecked(*links_, model, field);
}

/// What can be stored in a column.
InputBuilder::Types InputBuilder::storedTypes(const Field& field) const {
    if (isJson(field)) {
        return {
            enumeration(field.isRequired() ? "JsonNullValueInput" : "NullableJsonNullValueInput"),
            scalar("Json")};
    }
    Types types{columnType(field)};
    if (!field.isRequired()) {
        types.push_back(scalar("Null"));
    }
    return types;
}

InputType InputBuilder::createObject(const Model& model, const Link* from, Content content) const {
    const std::string kind = content == Content::Checked ? "" : "Unchecked";
    const std::string suffix = from == nullptr ? "Input" : "Without" + without(*from) + "Input";
    return object(model.name + kind + "Create" + suffix, [self = *this, &model, from, content] {
        Fields fields;
        for (const Field* each : fieldsOf(model)) {
            const Field& field = *each;
            if (!self.isWritten(model, field, from, content)) {
                continue;
            }
            if (field.isRelation()) {
                fields.push_back({field.name, {self.nestedCreate(self.links_->of(field), content)},
                    field.isRequired()});
            } else {
                fields.push_back({field.name, self.storedTypes(field), mustBeGiven(field)});
            }
        }
        return fields;
    });
}

InputBuilder::Types InputBuilder::create(const Model& model, const Link* from) const {
    return {
        createObject(model, from, Content::Checked), createObject(model, from, Content::Unchecked)};
}

InputType InputBuilder::createMany(const Model& model, const Link* from) const {
    const std::string parent = from == nullptr ? "" : without(*from);
    return object(model.name + "CreateMany" + parent + "Input", [self = *this, &model, from] {
        Fields fields;
        for (const Field& field : model.fields) {
            if (!field.isRelation() && self.isWritten(model, field, from, Content::Unchecked)) {
                fields.push_back({field.name, self.storedTypes(field), mustBeGiven(field)});
            }
        }
        return fields;
    });
}

/// A value, or one operation on the stored one.
InputField InputBuilder::changedField(const Field& field) const {
    if (isJson(field)) {
        return {field.name, storedTypes(field)};
    }
    const bool isOptional = !field.isRequired();
    InputType operations = object(
        (isOptional ? "Nullable" : "") + columnName(field) + "FieldUpdateOperationsInput",
        [self = *this, field] {
            Fields fields;
            for (const std::string_view name : names) {
                if (name == "set") {
                    fields.push_back({"set", self.storedTypes(field)});
                } else if (isNumeric(field)) {
                    fields.push_back({std::string(name), {self.columnType(field)}});
                }
            }
            return fields;
        });
    operations.fewest = operations.most = 1;
    Types types{columnType(field), std::move(operations)};
    if (isOptional) {
        types.push_back(scalar("Null"));
    }
    return {field.name, std::move(types)};
}

InputType InputBuilder::updateObject(const Model& model, const Link* from, Content content) const {
    const std::string kind = content == Content::Checked ? "" : "Unchecked";
    const std::string suffix = from == nullptr ? "Input" : "Without" + without(*from) + "Input";
    return object(model.name + kind + "Update" + suffix, [self = *this, &model, from, content] {
        Fields fields;
        for (const Field* each : fieldsOf(model)) {
            const Field& field = *each;
            if (!self.isWritten(model, field, from, content)) {
                continue;
            }
            if (field.isRelation()) {
                fields.push_back(
                    {field.name, {self.nestedUpdate(self.links_->of(field), content)}});
            } else {
                fields.push_back(self.changedField(field));
            }
        }
        return fields;
    });
}

InputBuilder::Types InputBuilder::update(const Model& model, const Link* from) const {
    return {
        updateObject(model, from, Content::Checked), updateObject(model, from, Content::Unchecked)};
}

InputBuilder::Types InputBuilder::updateMany(const Model& model, const Link* from) const {
    const auto columns = [&](std::string name, Content content) {
        return object(std::move(name), [self = *this, &model, from, content] {
            Fields fields;
            for (const Field& field : model.fields) {
                if (!field.isRelation() && self.isWritten(model, field, from, content)) {
                    fields.push_back(self.changedField(field));
                }
            }
            return fields;
        });
    };
    const std::string nested = from == nullptr ? "" : "Without" + without(*from);
    return {columns(model.name + "UpdateManyMutationInput", Content::Checked),
        columns(model.name + "UncheckedUpdateMany" + nested + "Input", Content::Unchecked)};
}

InputBuilder::Types InputBuilder::created(const Link& link) const {
    Types types = create(*link.related, &link);
    return link.isList() ? Types{types[0], list(types[0]), types[1], list(types[1])} : types;
}

InputType InputBuilder::connectOrCreate(const Link& link) const {
    return object(link.related->name + "CreateOrConnectWithout" + without(link) + "Input",
        [self = *this, &link]() -> Fields {
            return {{"where", {self.whereUnique(*link.related)}, true},
                {"create", self.create(*link.related, &link), true}};
        });
}

/// `{data: [...]}` of a nested createMany.
InputType InputBuilder::envelope(const Link& link) const {
    return object(link.related->name + "CreateMany" + without(link) + "InputEnvelope",
        [self = *this, &link]() -> Fields {
            return {{"data", oneOrMany(self.createMany(*link.related, &link)), true}};
        });
}

InputType InputBuilder::nestedCreate(const Link& link, Content content) const {
    const std::string kind = content == Content::Checked ? "" : "Unchecked";
    return object(
        link.related->name + kind + "CreateNested" + (link.isList() ? "Many" : "One") + "Without" +
            without(link) + "Input",
        [self = *this, &link]() -> Fields {
            const InputType orCreate = self.connectOrCreate(link);
            const InputType unique = self.whereUnique(*link.related);
            Fields fields{{"create", self.created(link)},
                {"connectOrCreate", link.isList() ? oneOrMany(orCreate) : Types{orCreate}}};
            if (link.isList() && link.joinTable == nullptr) {
                fields.push_back({"createMany", {self.envelope(link)}});
            }
            fields.push_back({"connect", link.isList() ? oneOrMany(unique) : Types{unique}});
            return fields;
        });
}

InputType InputBuilder::nestedUpsert(const Link& link) const {
    const bool isList = link.isList();
    return object(
        link.related->name + (isList ? "UpsertWithWhereUniqueWithout" : "UpsertWithout") +
            without(link) + "Input",
        [self = *this, &link, isList]() -> Fields {
            const Model& related = *link.related;
            const InputField update{"update", self.update(related, &link), true};
            const InputField create{"create", self.create(related, &link), true};
            if (isList) {
                return {{"where", {self.whereUnique(related)}, true}, update, create};
            }
            return {update, create, {"where", {self.where(related)}}};
        });
}

/// `update` of a nested write.
InputField InputBuilder::nestedChange(const Link& link) const {
    const bool isList = link.isList();
    const std::string name =
        link.related->name +
        (isList ? "UpdateWithWhereUniqueWithout" : "UpdateToOneWithWhereWithout") + without(link) +
        "Input";
    InputType envelope = object(name, [self = *this, &link, isList]() -> Fields {
        const Model& related = *link.related;
        return {{"where", {isList ? self.whereUnique(related) : self.where(related)}, isList},
            {"data", self.update(related, &link), true}};
    });
    if (isList) {
        return {"update", oneOrMany(envelope)};
    }
    envelope.isEnvelope = true;
    const Types direct = update(*link.related, &link);
    return {"update", {envelope, direct[0], direct[1]}};
}

/// updateMany and deleteMany of a nested write.
void InputBuilder::addListWrites(Fields& fields, const Link& link) const {
    const InputType many = object(
        link.related->name + "UpdateManyWithWhereWithout" + without(link) + "Input",
        [self = *this, &link]() -> Fields {
            return {{"where", {self.scalarWhere(*link.related)}, true},
                {"data", self.updateMany(*link.related, &link), true}};
        });
    fields.push_back({"updateMany", oneOrMany(many)});
    fields.push_back({"deleteMany", oneOrMany(scalarWhere(*link.related))});
}

InputType InputBuilder::nestedUpdate(const Link& link, Content content) const {
    const bool isList = link.isList();
    const bool isOptional = !isList && !link.field->isRequired();
    const std::string name =
        link.related->name + (content == Content::Checked ? "Update" : "UncheckedUpdate") +
        (isList ? "Many" : (isOptional ? "One" : "OneRequired")) + "Without" + without(link) +
        "NestedInput";
    return object(name, [self = *this, &link, isList, isOptional]() -> Fields {
        const auto types = [&](const InputType& type) {
            return isList ? oneOrMany(type) : Types{type};
        };
        const InputType unique = self.whereUnique(*link.related);
        Fields fields{{"create", self.created(link)},
            {"connectOrCreate", types(self.connectOrCreate(link))},
            {"upsert", types(self.nestedUpsert(link))}};
        if (isList && link.joinTable == nullptr) {
            fields.push_back({"createMany", {self.envelope(link)}});
        }
        if (isList) {
            for (const std::string_view write : {"set", "disconnect", "delete"}) {
                fields.push_back({std::string(write), oneOrMany(unique)});
            }
        } else if (isOptional) {
            const Types which{scalar("Boolean"), self.where(*link.related)};
            fields.push_back({"disconnect", which});
            fields.push_back({"delete", which});
        }
        fields.push_back({"connect", types(unique)});
        fields.push_back(self.nestedChange(link));
        if (isList) {
            self.addListWrites(fields, link);
        }
        return fields;
    });
}

}  // namespace loam::runtime::plan
