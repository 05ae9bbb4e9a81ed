#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "runtime/plan/input_types.hpp"
#include "runtime/plan/links.hpp"
#include "runtime/plan/nested.hpp"
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

    // input_filters.cpp: conditions.
    InputType where(const Model& model) const;
    InputType whereUnique(const Model& model) const;
    InputType having(const Model& model) const;
    InputType columnNames(const Model& model) const;

    // input_orders.cpp
    InputType orderBy(const Model& model) const;
    InputType groupOrderBy(const Model& model) const;

    // input_data.cpp: content of records.
    Types create(const Model& model, const Link* from = nullptr) const;
    Types update(const Model& model, const Link* from = nullptr) const;
    /// Of createMany; `from` when nested.
    InputType createMany(const Model& model, const Link* from = nullptr) const;
    /// Of updateMany.
    Types updateMany(const Model& model, const Link* from = nullptr) const;

    static InputType scalar(std::string name, bool isList = false);
    static InputType null();
    /// The name of another field; `type` is part of the type's name.
    static InputType fieldReference(const std::string& type);
    static InputType enumeration(std::string name, std::vector<InputWord> words = {});
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
    std::string typeName(const Field& field) const;
    InputType compoundKey(const Model& model, const schema::Key& key) const;
    InputType scalarWhere(const Model& model) const;
    static Fields logic(const InputType& type);
    void addConditions(Fields& fields, const Model& model) const;
    InputType relationFilter(const Link& link) const;
    Types conditions(const Field& field, bool aggregates) const;
    /// The filter as an alternative of the value to be equal to.
    InputType besideValue(InputType filter, const Field& field, bool aggregates) const;
    /// The filters of a column: with `aggregates` those of `having`.
    InputType
    columnFilter(const Field& field, bool isNested, bool isOptional, bool aggregates) const;
    Fields filterFields(const Field& field, bool isOptional, bool aggregates) const;
    static Fields jsonFilterFields();
    void addAggregates(Fields& fields, const Field& field, bool isOptional) const;
    InputType aggregateOrder(const Model& model, const AggregationRow& row) const;

    Types data(const Model& model, const Link* from, WriteOf of) const;
    Fields dataFields(const Model& model, const Link* from, WriteOf of, Content content) const;
    Fields columnFields(const Model& model, const Link* from, WriteOf of, Content content) const;
    bool isWritten(const Model& model, const Field& field, const Link* from, Content content) const;
    Types storedTypes(const Field& field) const;
    Types changeTypes(const Field& field) const;
    InputType nestedCreate(const Link& link, Content content) const;
    InputType nestedUpdate(const Link& link, Content content) const;
    InputType connectOrCreate(const Link& link) const;
    InputType envelope(const Link& link) const;
    InputType nestedUpsert(const Link& link) const;
    InputField nestedChange(const Link& link) const;
    static InputType detach(const Link& link);
    void addListWrites(Fields& fields, const Link& link) const;
    Types created(const Link& link) const;
    /// What a nested type leaves out: the relation that leads back.
    std::string without(const Link& link) const;

    const schema::Schema* schema_;
    const Links* links_;
};

}  // namespace loam::runtime::plan
