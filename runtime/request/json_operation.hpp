#pragma once

#include "runtime/request/operation.hpp"
#include "runtime/request/value.hpp"

namespace loam::runtime::request {

/// Whether an object is a request of Prisma Client's JSON protocol: it has an `action`.
bool isJsonRequest(const Value& object);

/// What the action of a request of the JSON protocol does to the data; a query when it is unknown.
OperationKind kindOfAction(const Value& object);

/// Reads `{"modelName", "action", "query": {"arguments", "selection"}}` and takes the arguments out
/// of the object. The views point to where those of the object did, or into `texts`.
///
/// Throws RequestError P2009 for another form, an unknown `$type`, and operations beyond
/// limits::selectedFields and limits::argumentValues.
Operation parseJsonOperation(const Value& object, TextPool& texts);

}  // namespace loam::runtime::request
