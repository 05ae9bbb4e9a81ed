#pragma once

#include <vector>

#include "runtime/plan/context.hpp"
#include "runtime/plan/plan.hpp"

namespace loam::runtime::plan {

/// The columns of a new record, with defaults filled in; `data` may be null for a record of
/// defaults only. Throws RequestError.
std::vector<Assignment>
recordOf(Context& context, const schema::Model& model, const request::Value* data);

/// The changes of an update; empty when nothing is to change. Throws RequestError.
std::vector<Assignment>
changesOf(Context& context, const schema::Model& model, const request::Value& data);

/// With relationMode "prisma" the engine keeps relations intact, which this version does not do
/// yet: refuses to delete from a model that others refer to. Throws RequestError P2009.
void checkDelete(const Context& context, const schema::Model& model, request::Location location);

}  // namespace loam::runtime::plan
