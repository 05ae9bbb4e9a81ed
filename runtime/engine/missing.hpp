#pragma once

// The refusals of writes that break a relation or find no record, in Prisma's words.

#include <cstddef>
#include <string_view>

#include "runtime/plan/links.hpp"
#include "runtime/request/error.hpp"
#include "runtime/schema/schema.hpp"

namespace loam::runtime::engine {

/// P2025: `purpose` is "a query", "an update" or "a delete".
request::RequestError missingRecord(const schema::Model& model, std::string_view purpose);

/// P2025: a nested write found nothing; `operation` is "connect", "update", "delete" ...
request::RequestError missingRelated(const plan::Link& link, std::string_view operation);

/// P2014: records would be left without the one that they need.
request::RequestError requiredRelation(const plan::Link& link);

/// P2017: the record belongs to another one.
request::RequestError notConnected(const plan::Link& link);

/// P2018 or, where a record refers to one other and for many-to-many relations, P2025: of the
/// records to connect with only some exist. `isNew`: the record that they are connected with is
/// being made.
request::RequestError
missingConnected(const plan::Link& link, std::size_t wanted, std::size_t found, bool isNew);

}  // namespace loam::runtime::engine
