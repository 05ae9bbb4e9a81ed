#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "runtime/plan/input_types.hpp"
#include "runtime/plan/links.hpp"
#include "runtime/plan/plan.hpp"
#include "runtime/schema/schema.hpp"

namespace loam::runtime::plan {

/// Makes the types of arguments. It is copied into the types that it makes; schema and links must
/// outlive them.
class InputBuilder {
  public:
    using Fields = std::vector<InputField>;
    using Types = std::vector<InputType>;
    using Model = schema::Model;
    using Field = schema::Field;

    InputBuilder(const schema::Schema& schema, const Links& links)
        : schema_(&schema), links_(&links) {}

    // input_filters.cpp: conditions and orders.
    InputType where(const Model& model) const;
    InputType whereUnique(const Model& model) const;
    InputType having(const Model& model) const;
    InputType orderBy(const Model& model) const;
    InputType groupOrderBy(const Model& model) const;
    InputType columnNames(const Model& model) const;

    // input_data.cpp: content of records.
    Types create(const Model& model, const Link* from = nullptr) const;
    Types update(const Model& model, const Link* from = nullptr) const;
    /// Of createMany; `from` when nested.
    InputType createMany(const Model& model, const Link* from = nullptr) const;
    /// Of updateMany.
    Types updateMany(const Model& model, const Link* from = nullptr) const;

    static InputType scalar(std::string name, bool isList = false);
    static InputType enumeration(std::string name);
    static InputType object(std::string name, std::function<Fields()> fields);
    static InputType list(InputType type);
    /// The type alone and as a list.
    static Types oneOrMany(const InputType& type);

  private:
    enum class Content : std::uint8_t { Checked, Unchecked };

    /// The columns of the model, then its relations, as Prisma lists them.
    static std::vector<const Field*> fieldsOf(const Model& model);
    InputType columnType(const Field& field) const;
    std::string columnName(const Field& field) const;
    InputType scalarWhere(const Model& model) const;
    void addConditions(
        Fields& fields, const Model& model, const std::vector<std::string_view>& without) const;
    InputType relationFilter(const Link& link) const;
    /// The filters of a column: with `aggregates` those of `having`.
    InputType
    columnFilter(const Field& field, bool isNested, bool isOptional, bool aggregates) const;
    Fields filterFields(const Field& field, bool isOptional, bool aggregates) const;
    Fields jsonFilterFields(const Field& field, bool aggregates) const;
    void addAggregates(Fields& fields, const Field& field, bool isOptional) const;
    InputType aggregateOrder(const Model& model, const AggregationRow& row) const;

    InputType createObject(const Model& model, const Link* from, Content content) const;
    InputType updateObject(const Model& model, const Link* from, Content content) const;
    bool isWritten(const Model& model, const Field& field, const Link* from, Content content) const;
    Types storedTypes(const Field& field) const;
    InputField changedField(const Field& field) const;
    InputType nestedCreate(const Link& link, Content content) const;
    InputType nestedUpdate(const Link& link, Content content) const;
    InputType connectOrCreate(const Link& link) const;
    InputType envelope(const Link& link) const;
    InputType nestedUpsert(const Link& link) const;
    InputField nestedChange(const Link& link) const;
    void addListWrites(Fields& fields, const Link& link) const;
    Types created(const Link& link) const;
    /// What a nested type leaves out: the relation that leads back.
    std::string without(const Link& link) const;

    const schema::Schema* schema_;
    const Links* links_;
};

}  // namespace loam::runtime::plan
