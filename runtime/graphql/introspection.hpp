#pragma once

#include <memory>
#include <string>

#include "runtime/graphql/types.hpp"
#include "runtime/request/operation.hpp"

namespace loam::runtime::graphql {

/// Answers `__schema` and `__type`. The types are made when they are first asked for, since most
/// processes never are.
class Introspector {
  public:
    /// The catalog must outlive the introspector.
    explicit Introspector(const plan::Catalog& catalog) : catalog_(catalog) {}

    /// Appends the answer as JSON. Throws RequestError P2009.
    void answer(const request::Field& field, std::string& out);

  private:
    const plan::Catalog& catalog_;
    std::unique_ptr<Types> types_;
};

}  // namespace loam::runtime::graphql
