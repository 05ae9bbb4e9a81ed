#pragma once

#include "runtime/plan/catalog.hpp"
#include "runtime/plan/generators.hpp"
#include "runtime/plan/plan.hpp"
#include "runtime/request/operation.hpp"

namespace loam::runtime::plan {

/// Checks an operation against the schema and turns it into typed steps. Defaults are generated
/// here.
///
/// The plan points into the catalog's schema, but not into the operation. Throws RequestError:
/// P2009 and its kin for mistakes, and P2009 that says so for parts of Prisma that this version
/// lacks.
Plan plan(const Catalog& catalog, const request::Operation& operation, const Sources& sources);

}  // namespace loam::runtime::plan
