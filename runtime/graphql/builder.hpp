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
#include "runtime/plan/input_types.hpp"
#include "runtime/plan/plan.hpp"
#include "runtime/schema/schema.hpp"

namespace loam::runtime::graphql {

/// Whether GraphQL reads the word as something else than a value of an enum.
bool isReservedWord(std::string_view name);

class Builder {
  public:
    Builder(Types& types, const plan::Catalog& catalog);

    void build();

  private:
    using Model = schema::Model;
    using SchemaField = schema::Field;
    using Fill = std::function<void(Type&)>;

    // builder.cpp
    const Type* make(TypeKind kind, std::string name, Fill fill);
    const Type* makeNamed(TypeKind kind, std::string name, Fill fill);
    const Type* columnType(const SchemaField& field);
    const Type* enumType(const schema::Enum& source);
    const Type* scalar(std::string_view name);

    // roots.cpp
    const Type* root(request::OperationKind kind);
    Reference answer(const plan::RootField& root);

    // outputs.cpp
    const Type* record(const Model& model);
    const Type* relationCounts(const Model& model);
    const Type* affectedRows();
    const Type* aggregate(const Model& model);
    const Type* group(const Model& model);
    const Type* aggregated(const Model& model, const plan::AggregationRow& row);
    const Type* aggregatedType(const plan::AggregationRow& row, const SchemaField& field);
    void addAggregations(Type& type, const Model& model);

    // inputs.cpp
    std::vector<InputValue> inputs(const std::vector<plan::InputField>& fields);
    Reference reference(const plan::InputField& field);
    const Type* inputType(const std::vector<plan::InputType>& alternatives);
    const Type* valueType(const plan::InputType& type);
    std::string describe(const plan::InputType& value, const plan::InputType& object);

    // meta_types.cpp
    void addMetaTypes();
    void addDirectives();

    Types& types_;
    const plan::Catalog& catalog_;
    const schema::Schema& schema_;
    std::deque<std::pair<Type*, Fill>> pending_;
};

}  // namespace loam::runtime::graphql
