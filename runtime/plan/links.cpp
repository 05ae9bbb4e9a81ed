#include "runtime/plan/links.hpp"

namespace loam::runtime::plan {
namespace {

using schema::Field;
using schema::Model;

std::vector<const Field*> fieldsOf(const Model& model, const std::vector<std::size_t>& indexes) {
    std::vector<const Field*> fields;
    for (const std::size_t index : indexes) {
        fields.push_back(&model.fields[index]);
    }
    return fields;
}

const Field* idOf(const Model& model) {
    return &model.fields[model.primaryKey->fields.front().field];
}

Link linkOf(const schema::Schema& schema, const Model& model, const Field& field) {
    const schema::Relation& relation = *field.relation;
    Link link;
    link.field = &field;
    link.model = &model;
    link.related = &schema.related(field);
    link.isOppositeList = schema.opposite(field).isList();
    link.mayDangle = schema.relationMode() == schema::RelationMode::Prisma;
    if (relation.joinTable) {
        link.columns = {idOf(model)};
        link.relatedColumns = {idOf(*link.related)};
        link.joinTable = &*relation.joinTable;
    } else if (relation.holdsForeignKey()) {
        link.columns = fieldsOf(model, relation.fields);
        link.relatedColumns = fieldsOf(*link.related, relation.references);
    } else {
        const schema::Relation& other = *schema.opposite(field).relation;
        link.columns = fieldsOf(model, other.references);
        link.relatedColumns = fieldsOf(*link.related, other.fields);
    }
    return link;
}

}  // namespace

Links::Links(const schema::Schema& schema) : schema_(schema) {
    for (const Model& model : schema.models) {
        for (const Field& field : model.fields) {
            if (field.isRelation()) {
                links_.emplace(&field, linkOf(schema, model, field));
            }
        }
    }
}

const Link& Links::opposite(const Link& link) const { return of(schema_.opposite(*link.field)); }

}  // namespace loam::runtime::plan
