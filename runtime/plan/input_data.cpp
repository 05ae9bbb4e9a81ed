#include <algorithm>
#include <cctype>

#include "runtime/plan/input_builder.hpp"
#include "runtime/plan/values.hpp"
#include "runtime/plan/writes.hpp"

namespace loam::runtime::plan {
/// With a capital letter, unless another field has that name.
std::string InputBuilder::without(const Link& link) const {
    const std::string& field = links_->opposite(link).field->name;
    std::string name = field;
    name.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(name.front())));
    return link.related->findField(name) == nullptr ? name : field;
}

bool InputBuilder::isWritten(
    const Model& model, const Field& field, const Link* from, Content content) const {
    if (field.isIgnored || (from != nullptr && &field == links_->opposite(*from).field)) {
        return false;
    }
    if (field.isRelation()) {
        const Link& link = links_->of(field);
        return !link.related->isView && (content == Content::Checked || !link.holdsForeignKey());
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
        types.push_back(null());
    }
    return types;
}

/// A value, or one operation on the stored one.
InputBuilder::Types InputBuilder::changeTypes(const Field& field) const {
    if (isJson(field)) {
        return storedTypes(field);
    }
    const bool isOptional = !field.isRequired();
    InputType operations = object(
        (isOptional ? "Nullable" : "") + columnName(field) + "FieldUpdateOperationsInput",
        [self = *this, field] {
            Fields fields{{"set", self.storedTypes(field)}};
            if (isNumeric(field)) {
                for (const std::string_view name :
                    {"increment", "decrement", "multiply", "divide"}) {
                    fields.push_back({name, {self.columnType(field)}});
                }
            }
            return fields;
        });
    operations.family = typeName(field) + "FieldUpdateOperationsInput";
    operations.meaning = "to store, or an object with one operation of";
    operations.fewest = operations.most = 1;
    Types types{columnType(field), std::move(operations)};
    if (isOptional) {
        types.push_back(null());
    }
    return types;
}

/// The fields that the content of a record has.
InputBuilder::Fields
InputBuilder::dataFields(const Model& model, const Link* from, WriteOf of, Content content) const {
    const bool isNew = of == WriteOf::NewRecord;
    Fields fields;
    for (const Field* each : fieldsOf(model)) {
        const Field& field = *each;
        if (!isWritten(model, field, from, content)) {
            continue;
        }
        if (field.isRelation()) {
            const Link& link = links_->of(field);
            fields.push_back({field.name,
                {isNew ? nestedCreate(link, content) : nestedUpdate(link, content)},
                isNew && field.isRequired(), &field});
        } else {
            fields.push_back({field.name, isNew ? storedTypes(field) : changeTypes(field),
                isNew && mustBeGiven(field), &field});
        }
    }
    return fields;
}

/// Without relations, as writes to many records take it.
InputBuilder::Fields InputBuilder::columnFields(
    const Model& model, const Link* from, WriteOf of, Content content) const {
    Fields fields = dataFields(model, from, of, content);
    std::erase_if(fields, [](const InputField& field) { return field.source->isRelation(); });
    return fields;
}

/// Either with relations, or with the columns that hold them.
InputBuilder::Types InputBuilder::data(const Model& model, const Link* from, WriteOf of) const {
    const std::string name =
        (of == WriteOf::NewRecord ? "Create" : "Update") +
        (from == nullptr ? "Input" : "Without" + without(*from) + "Input");
    const auto fields = [&](Content content) {
        return [self = *this, &model, from, of, content] {
            return self.dataFields(model, from, of, content);
        };
    };
    return {object(model.name + name, fields(Content::Checked)),
        object(model.name + "Unchecked" + name, fields(Content::Unchecked))};
}

InputBuilder::Types InputBuilder::create(const Model& model, const Link* from) const {
    return data(model, from, WriteOf::NewRecord);
}

InputBuilder::Types InputBuilder::update(const Model& model, const Link* from) const {
    return data(model, from, WriteOf::Changes);
}

InputType InputBuilder::createMany(const Model& model, const Link* from) const {
    const std::string parent = from == nullptr ? "" : without(*from);
    return object(model.name + "CreateMany" + parent + "Input", [self = *this, &model, from] {
        return self.columnFields(model, from, WriteOf::NewRecord, Content::Unchecked);
    });
}

InputBuilder::Types InputBuilder::updateMany(const Model& model, const Link* from) const {
    const auto fields = [&](Content content) {
        return [self = *this, &model, from, content] {
            return self.columnFields(model, from, WriteOf::Changes, content);
        };
    };
    const std::string nested = from == nullptr ? "" : "Without" + without(*from);
    InputType checked = object(model.name + "UpdateManyMutationInput", fields(Content::Checked));
    checked.family = model.name + "UpdateManyMutation" + nested + "Input";
    return {std::move(checked),
        object(model.name + "UncheckedUpdateMany" + nested + "Input", fields(Content::Unchecked))};
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
    envelope.family = link.related->name + "UpdateToOneWithout" + without(link) + "Input";
    envelope.meaning = "Either `data` with an optional `where`, or the changes themselves.";
    const Types direct = update(*link.related, &link);
    return {"update", {envelope, direct[0], direct[1]}};
}

/// Whether to detach the related record.
InputType InputBuilder::detach(const Link& link) {
    InputType type = scalar("Boolean");
    type.family = link.related->name + "DetachInput";
    type.meaning =
        "that says whether the related record is meant, or conditions that it must meet:";
    return type;
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
                fields.push_back({write, oneOrMany(unique)});
            }
        } else if (isOptional) {
            const Types which{self.detach(link), self.where(*link.related)};
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
