#include "runtime/graphql/types.hpp"

#include <algorithm>

#include "runtime/graphql/builder.hpp"

namespace loam::runtime::graphql {

std::string Reference::toString() const {
    std::string text = isList ? "[" + type->name + "!]" : type->name;
    return isRequired ? text + "!" : text;
}

const Field* Type::findField(std::string_view fieldName) const {
    const auto found = std::find_if(fields.begin(), fields.end(), [&](const Field& candidate) {
        return candidate.name == fieldName;
    });
    return found == fields.end() ? nullptr : &*found;
}

Types::Types(const plan::Catalog& catalog) { Builder(*this, catalog).build(); }

const Type* Types::find(std::string_view name) const {
    const auto found = byName_.find(name);
    return found == byName_.end() ? nullptr : found->second;
}

}  // namespace loam::runtime::graphql
