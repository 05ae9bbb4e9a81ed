#pragma once

#include <string>
#include <vector>

#include "runtime/plan/context.hpp"
#include "runtime/plan/plan.hpp"

// What conditions on Json fields have and no others: a path into the document and two kinds of
// null.

namespace loam::runtime::plan {

/// Whether the member of a Json filter says how its conditions are meant and is none itself.
bool isJsonSetting(const request::Member& member);

/// The value of `path` among the conditions, empty for the whole document; `mode` is accepted,
/// since texts in documents are compared without regard to case anyway. Throws RequestError P2009.
std::string jsonPathOf(Context& context, const std::vector<request::Member>& members);

/// Lets all conditions of the filter be on the value at the path.
void setPath(Filter& filter, const std::string& path);

/// The field compared with a word: DbNull is NULL, JsonNull the document `null`, AnyNull both.
/// Throws RequestError P2009 for another word.
Filter jsonNullCondition(const Context& context, const schema::Field& field,
    const request::Value& value, bool isNegated);

}  // namespace loam::runtime::plan
