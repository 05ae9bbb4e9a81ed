#pragma once

// What can be said about values that are known only at deployment.

#include <loam/findings.hpp>
#include <loam/node.hpp>

#include "constructs/src/validation/patterns.hpp"
#include "constructs/src/validation/property_path.hpp"

namespace loam {

class Resource;

/// The shape that a late value will have.
enum class LateShape : std::uint8_t { Unknown, Scalar, List };
LateShape shapeOf(const Node& node);

/// The resource that a reference or attribute is about, or null.
const Resource* resourceOf(const Node& node);

/// The attribute of its type that a reference or attribute gives: for `Ref` what the type's facts
/// say. Empty if that is not known.
std::string_view attributeGivenBy(const Node& node, const Resource& resource);

/// Reports an id or name where an ARN belongs, and the other way round, from what the facts say
/// about the field and about the resource.
void checkReferenceKind(const Construct& at, const Field& field, const Node& node,
    const PropertyPath& path, Patterns& patterns, Findings& findings);

}  // namespace loam
