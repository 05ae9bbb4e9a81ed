#pragma once

// Small things that writes to related records are made of.

#include <string>
#include <unordered_set>
#include <vector>

#include "runtime/engine/writer.hpp"
#include "runtime/plan/plan.hpp"

namespace loam::runtime::engine {

/// Whether both are the same record.
bool isSame(const Row& left, const Row& right);

/// Records of one model, found by their identifiers.
class RowSet {
  public:
    explicit RowSet(const std::vector<Row>& rows);

    bool contains(const Row& row) const;
    /// How many different rows there are.
    std::size_t size() const { return keys_.size(); }

  private:
    const schema::Model* model_;
    std::unordered_set<std::string> keys_ = {};
};

/// Whether each of two records is related to at most one.
bool isOneToOne(const plan::Link& link);

/// Lets the foreign key in `row` be what it refers to in `other`.
void copyKey(const plan::Link& link, const Row& other, Row& row);

/// Both conditions together.
plan::Filter both(plan::Filter left, plan::Filter right);

/// A column must have a stored value.
plan::Filter equals(const schema::Field& field, plan::Scalar value);

/// The columns that identify a record of the model and those that its relations use.
std::vector<const schema::Field*> keyColumns(const schema::Model& model, const plan::Links& links);

}  // namespace loam::runtime::engine
