#pragma once

#include <cstdint>
#include <optional>

#include "runtime/plan/context.hpp"
#include "runtime/plan/plan.hpp"

namespace loam::runtime::plan {

/// What a filter chooses among.
enum class FilterTarget : std::uint8_t {
    Rows,
    /// Groups of rows, in `having`: conditions may be on aggregations.
    Groups,
};

/// What stands under the name of a column in a filter: a value, or an object of operators. Nothing
/// when the object has none. Throws RequestError.
std::optional<Filter> conditionsOf(Context& context, const schema::Model& model,
    const schema::Field& field, const request::Value& value, FilterTarget target);

/// The field compared with a value that it must equal, as in a unique criterion. Throws
/// RequestError.
Filter equalTo(const Context& context, const schema::Field& field, const request::Value& value);

}  // namespace loam::runtime::plan
