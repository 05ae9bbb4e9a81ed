#pragma once

#include <cstddef>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "runtime/queryplan/plan.hpp"
#include "runtime/queryplan/reader.hpp"

namespace loam::runtime::queryplan {

/// Variables that a place in the plan may name, from the parameters of the request and the `let`
/// nodes around the place.
class Names {
  public:
    void add(std::string_view name) { ++counts_[name]; }
    void remove(std::string_view name) { --counts_[name]; }
    bool has(std::string_view name) const {
        const auto found = counts_.find(name);
        return found != counts_.end() && found->second > 0;
    }

  private:
    std::unordered_map<std::string_view, std::size_t> counts_;
};

/// The name of a variable that is set there. Throws RequestError P2009.
std::string_view parseVariable(const Reader& reader, const Names& names);

/// Checks a value of the plan: that references name a variable, and that generators are known and
/// called with what they take. Throws RequestError P2009.
Expression parseExpression(const Reader& reader, const Names& names);

/// Checks a statement and its arguments. Throws RequestError P2009.
DbQuery parseQuery(const Reader& reader, const Names& names);

/// Whether the statement may change the database; told from its words, so that some reading
/// statements that begin with WITH count as writing.
bool mayWrite(const DbQuery& query);

/// Checks the operations of a `process` node. Throws RequestError P2009.
Operations parseOperations(const Reader& reader, const Names& names);

/// Checks the shape of an answer against the enums that it may use. Throws RequestError P2009.
Structure parseStructure(const Reader& reader, const DataMapNode& node);

/// Checks a rule of a validation. Throws RequestError P2009.
Rule parseRule(const Reader& reader);

/// Checks a whole plan. Throws RequestError P2009 for a node, value or shape that is not known.
Plan parsePlan(const Reader& reader, Names& names);

}  // namespace loam::runtime::queryplan
