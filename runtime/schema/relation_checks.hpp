#pragma once

#include "runtime/schema/context.hpp"

namespace loam::runtime::schema {

/// Checks the two list fields of an implicit many-to-many relation.
void checkManyToMany(Context& context, const FieldId& left, const FieldId& right);

/// Checks a one-to-one or one-to-many relation; `forward` is the side that holds the key.
void checkForeignKey(Context& context, const FieldId& forward, const FieldId& back);

/// With relationMode "prisma" a cycle of relations that all change records would never end: reports
/// it.
void checkCycles(Context& context);

}  // namespace loam::runtime::schema
