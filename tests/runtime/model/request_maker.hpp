#pragma once

#include <optional>
#include <string>

#include "tests/runtime/model/random.hpp"
#include "tests/runtime/model/shape.hpp"
#include "tests/runtime/model/tree.hpp"

namespace loam::modeltest {

/// Makes requests that are valid for a shape, whatever is stored.
class RequestMaker {
  public:
    RequestMaker(const Shape& shape, Random& random) : shape_(shape), random_(random) {}

    Request make();

    /// A request for all that is stored for a model.
    Request content(std::size_t model) const;

    /// A request of the kind, such as "createOne".
    Request make(const std::string& action);

  private:
    using MaybeRelation = std::optional<std::size_t>;

    Node value(const Column& column);
    Node someValue(const Column& column);
    Node keyValues(const Model& model, const std::vector<std::size_t>& key);
    Node uniqueWhere(std::size_t model);
    Node where(std::size_t model, int depth);
    void addScalarCondition(const Model& model, Node& where);
    void addRelationCondition(std::size_t model, int depth, Node& where);
    void addCombination(std::size_t model, int depth, Node& where);
    /// `model` is where other columns are to compare with, if any.
    Node condition(const Column& column, const Model* model = nullptr, bool mayNest = true);
    Node reference(const Column& column, const Model& model);
    Node order(std::size_t model, bool mayRelate = true);
    Node idOrder(const Model& model) const;
    void addPage(std::size_t model, Node& arguments, bool hasCursor);
    Node pageArguments(std::size_t model, bool hasCursor);
    std::vector<Selection> selection(std::size_t model, int depth);
    Selection counts(const std::vector<End>& ends);

    Node createData(std::size_t model, int depth, MaybeRelation parent = std::nullopt);
    Node createRow(std::size_t model, MaybeRelation parent, bool hasForeign);
    Node updateData(std::size_t model, int depth, MaybeRelation parent = std::nullopt);
    Node updateScalars(std::size_t model, MaybeRelation parent, bool hasForeign, bool isMany);
    Node nestedCreate(const End& end, int depth);
    Node nestedUpdate(const End& end, int depth);
    Node nestedListUpdate(const End& end, int depth);
    Node connectOrCreate(const End& end, int depth);
    bool belongsTo(std::size_t model, std::size_t column, MaybeRelation parent) const;

    Node criterion(std::size_t model);
    void createMany(Request& request);
    void aggregate(Request& request);
    void groupBy(Request& request);
    Selection aggregation(const Model& model);

    const Shape& shape_;
    Random& random_;
};

}  // namespace loam::modeltest
