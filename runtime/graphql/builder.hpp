#pragma once

// Makes the types of a schema. A type is made when something first refers to it and filled later,
// so that types may refer to each other, and only those that can be reached are there.

#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "runtime/graphql/types.hpp"
#include "runtime/plan/catalog.hpp"
#include "runtime/plan/links.hpp"
#include "runtime/plan/nested.hpp"
#include "runtime/plan/plan.hpp"
#include "runtime/schema/schema.hpp"

namespace loam::runtime::graphql {

class Builder {
  public:
    Builder(Types& types, const plan::Catalog& catalog);

    void build();

  private:
    using Model = schema::Model;
    using SchemaField = schema::Field;
    using Fill = std::function<void(Type&)>;

    /// What a create or an update writes: a record with its relations, or columns only.
    enum class Content : std::uint8_t { WithRelations, ColumnsOnly };

    // builder.cpp
    const Type* make(TypeKind kind, std::string name, Fill fill);
    const Type* makeNamed(TypeKind kind, std::string name, Fill fill);
    const Type* makeScalar(std::string name, std::string description);
    const Type* columnType(const SchemaField& field);
    const Type* scalar(std::string_view name);
    const Type* sortOrder();
    const Type* fieldNames(const Model& model);
    std::string columnTypeName(const SchemaField& field) const;

    // roots.cpp
    const Type* root(request::OperationKind kind);
    Field rootField(std::string_view name, const plan::RootField& root);
    void addModelField(Field& field, const plan::RootField& root);
    void addRawField(Field& field, plan::Action action);
    void addArgument(Field& field, std::string_view name, const Type* type, bool isRequired = false,
        bool isList = false);
    void addRowsArguments(Field& field, const Model& model);
    void addGroupArguments(Field& field, const Model& model);

    // outputs.cpp
    const Type* record(const Model& model);
    const Type* relationCounts(const Model& model);
    const Type* affectedRows();
    const Type* aggregate(const Model& model);
    const Type* group(const Model& model);
    const Type* aggregated(const Model& model, const plan::AggregationRow& row);
    const Type* aggregatedType(const plan::AggregationRow& row, const SchemaField& field);
    void addAggregations(Type& type, const Model& model);

    // filter_inputs.cpp
    const Type* where(const Model& model);
    const Type* whereUnique(const Model& model);
    const Type* having(const Model& model);
    const Type* columnFilter(const SchemaField& field, bool ofGroups);
    const Type* jsonFilter(bool ofGroups);
    const Type* relationFilter(const plan::Link& link);
    const Type* compoundKey(const Model& model, const schema::Key& key);
    void addLogic(Type& type);
    void addConditions(Type& type, const Model& model);
    std::string operatorsOf(const SchemaField& field) const;

    // order_inputs.cpp
    const Type* orderBy(const Model& model);
    const Type* groupOrderBy(const Model& model);
    const Type* columnOrder(const SchemaField& field);

    // data_inputs.cpp
    std::string nameFor(const plan::Link& link, std::string_view pattern) const;
    const Type* createInput(const Model& model, const plan::Link* from, Content content);
    const Type* updateInput(const Model& model, const plan::Link* from, Content content);
    const Type* updateOperations(const SchemaField& field);
    const Type* nestedInput(const plan::Link& link, plan::WriteOf of);
    InputValue nestedOperation(const plan::Link& link, std::string_view name);
    const Type* nestedObject(const plan::Link& link, std::string_view name);
    const Type* singleUpdate(const plan::Link& link);
    const Type* detachInput(const Model& model);
    bool isWritten(const Model& model, const SchemaField& field, const plan::Link* from,
        Content content) const;
    bool needsData(const Model& model) const;

    // meta_types.cpp
    void addMetaTypes();
    void addDirectives();

    Types& types_;
    const plan::Catalog& catalog_;
    const schema::Schema& schema_;
    std::deque<std::pair<Type*, Fill>> pending_;
};

}  // namespace loam::runtime::graphql
