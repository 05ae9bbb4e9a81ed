#pragma once

#include <vector>

#include "runtime/plan/context.hpp"
#include "runtime/plan/plan.hpp"

namespace loam::runtime::plan {

/// What the write around a nested one does with its record.
enum class WriteOf : std::uint8_t { NewRecord, Changes };

/// Reads what stands under a relation field in the data of a write, such as `{connect: {id: 1}}`,
/// and adds it to `writes`. Throws RequestError.
void addNested(Context& context, const Link& link, const request::Value& value, WriteOf of,
    std::vector<NestedWrite>& writes);

}  // namespace loam::runtime::plan
