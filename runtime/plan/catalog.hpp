#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "runtime/plan/links.hpp"
#include "runtime/request/graphql_document.hpp"
#include "runtime/schema/schema.hpp"

namespace loam::runtime::plan {

/// What a root field does.
enum class Action : std::uint8_t {
    FindUnique,
    FindUniqueOrThrow,
    FindFirst,
    FindFirstOrThrow,
    FindMany,
    Aggregate,
    GroupBy,
    CreateOne,
    CreateMany,
    CreateManyAndReturn,
    UpdateOne,
    UpdateMany,
    UpdateManyAndReturn,
    UpsertOne,
    DeleteOne,
    DeleteMany,
    QueryRaw,
    ExecuteRaw,
};

/// A root field, such as findManyUser.
struct RootField {
    Action action = Action::FindMany;
    /// Null for raw queries, which belong to no model.
    const schema::Model* model = nullptr;
};

/// The root fields that a schema offers, indexed by name once, so that requests are only looked up.
class Catalog {
  public:
    /// The schema must outlive the catalog.
    explicit Catalog(const schema::Schema& schema);

    const schema::Schema& schema() const { return schema_; }
    const Links& links() const { return links_; }
    /// The root field of that name, or null.
    const RootField* find(request::OperationKind kind, std::string_view name) const;
    /// The names of the root fields, sorted.
    std::vector<std::string_view> names(request::OperationKind kind) const;

    /// The type that the root fields stand in: "Query" or "Mutation", with a "_" when a model or an
    /// enum has that name.
    std::string_view rootType(request::OperationKind kind) const {
        return kind == request::OperationKind::Query ? queryType_ : mutationType_;
    }

  private:
    using Fields = std::unordered_map<std::string_view, RootField>;
    struct Named {
        std::string name;
        request::OperationKind kind;
        RootField field;
    };

    const Fields& fields(request::OperationKind kind) const {
        return kind == request::OperationKind::Query ? queries_ : mutations_;
    }

    const schema::Schema& schema_;
    Links links_;
    /// Owns the names that the maps point to.
    std::vector<Named> named_;
    std::string queryType_;
    std::string mutationType_;
    Fields queries_;
    Fields mutations_;
};

/// The key that every record has: the primary key, or the first unique one whose fields are all
/// required, also when clients may not use its fields. Null for views without one.
const schema::Key* identifierOf(const schema::Model& model);

/// The keys by which clients may name one record: the primary key, then the unique ones.
std::vector<const schema::Key*> uniqueKeys(const schema::Model& model);

}  // namespace loam::runtime::plan
