#pragma once

#include <string_view>
#include <unordered_map>
#include <vector>

#include "runtime/schema/schema.hpp"

namespace loam::runtime::plan {

/// How the records of two models belong together, seen from a relation field. A record and a
/// related one have equal values in `columns` and `relatedColumns`; with a join table, a row of it
/// holds both.
struct Link {
    /// The relation field.
    const schema::Field* field = nullptr;
    /// The model that has the field.
    const schema::Model* model = nullptr;
    /// The model that the field lists.
    const schema::Model* related = nullptr;
    /// Columns of `model`: its foreign key, or what the foreign key of the others refers to.
    std::vector<const schema::Field*> columns = {};
    /// Columns of `related`, as many as `columns`.
    std::vector<const schema::Field*> relatedColumns = {};
    /// Set for implicit many-to-many relations.
    const schema::JoinTable* joinTable = nullptr;

    /// Whether the field on the other side is a list.
    bool isOppositeList = false;
    /// Whether the foreign key may refer to no record, since the database does not check it.
    bool mayDangle = false;

    bool holdsForeignKey() const { return field->relation->holdsForeignKey(); }
    bool isList() const { return field->isList(); }
};

/// The links of every relation field of a schema, which must outlive them.
class Links {
  public:
    explicit Links(const schema::Schema& schema);

    /// The link of a relation field of the schema.
    const Link& of(const schema::Field& field) const { return links_.at(&field); }
    /// The same relation, seen from the other model.
    const Link& opposite(const Link& link) const;

  private:
    const schema::Schema& schema_;
    std::unordered_map<const schema::Field*, Link> links_;
};

}  // namespace loam::runtime::plan
