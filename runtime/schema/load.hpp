#pragma once

#include <string>
#include <vector>

#include "runtime/schema/schema.hpp"

namespace loam::runtime::schema {

/// Reads a schema file, or every `.prisma` file in a folder and below it, in the order of their
/// paths. Throws SchemaError when there is nothing to read or a file cannot be read.
std::vector<SourceFile> readSources(const std::string& path);

/// Parses and validates the schema at a path: a file, or a folder of `.prisma` files. Throws
/// SchemaError.
Schema parsePath(const std::string& path);

}  // namespace loam::runtime::schema
