#pragma once

#include <string>

#include "runtime/graphql/types.hpp"

namespace loam::runtime::graphql {

/// The types in the schema definition language of GraphQL, in alphabetical order; those that every
/// GraphQL service has are left out.
std::string printSdl(const Types& types);

}  // namespace loam::runtime::graphql
